"""Asking, answering, ending without an answer, and giving."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from casus.forms import BijlageVeld
from casus.models import Betrokkene, Casus, Informatieverzoek, Verstrekking
from casus.models.informatie import Verteld
from vt_cvs.organisatie.selectors import keuzes
from vt_cvs.web.formulieren import Formulier, ModelFormulier
from vt_cvs.web.velden import DatumVeld, MomentVeld, PlatteTekst

GEWONE_TIJD = timedelta(weeks=2)
"""What stands filled in as the time for an answer; the employee decides."""


class _UitwisselingForm(ModelFormulier):
    """What asking and giving share: an addressee, a ground from the list, whether it was told."""

    wat = ""

    def __init__(self, *args: Any, casus: Casus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        velden: dict[str, Any] = self.fields
        grond = velden["informatiegrond"]
        velden["informatiegrond"] = forms.ChoiceField(
            label="Grond van uitwisselen", help_text=grond.help_text, choices=keuzes("informatiegrond")
        )
        mensen = Betrokkene.objects.filter(casus=casus, persoon__isnull=False).select_related("persoon")
        velden["betrokkene"].queryset = mensen
        velden["betrokkene"].label = "Iemand uit deze casus"
        velden["betrokkene"].empty_label = "Niemand uit deze casus"
        velden["aan"].required = False
        velden["verteld"].choices = [("", "Kies"), *Verteld.choices]
        if "over_wie" in velden:
            velden["over_wie"].queryset = mensen

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if not gegevens.get("aan") and gegevens.get("betrokkene"):
            gegevens["aan"] = str(gegevens["betrokkene"])
        elif not gegevens.get("aan"):
            self.add_error("aan", f"Schrijf op aan wie je het {self.wat}, of kies iemand uit deze casus.")
        if gegevens.get("verteld") == "niet" and not (gegevens.get("reden_niet_verteld") or "").strip():
            self.add_error("reden_niet_verteld", "Schrijf op waarom je het niet vertelt.")
        return gegevens


class VraagForm(_UitwisselingForm):
    wat = "vraagt"
    breedte = {"aan": "b3", "betrokkene": "b3", "adres": "b4", "vraagwijze": "b2", "antwoord_uiterlijk": "b3",
               "informatiegrond": "b6", "verteld": "b3"}  # fmt: skip

    class Meta:
        model = Informatieverzoek
        fields = ("aan", "betrokkene", "adres", "vraagwijze", "over_wie", "vraagtekst", "doel", "informatiegrond",
                  "verteld", "reden_niet_verteld", "antwoord_uiterlijk")  # fmt: skip
        field_classes = {"antwoord_uiterlijk": DatumVeld}
        widgets = {
            "over_wie": forms.CheckboxSelectMultiple,
            "vraagtekst": forms.Textarea(attrs={"rows": 5}),
            "doel": forms.Textarea(attrs={"rows": 3}),
            "reden_niet_verteld": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verteld"].required = True
        self.fields["antwoord_uiterlijk"].initial = timezone.localdate() + GEWONE_TIJD

    def clean_antwoord_uiterlijk(self) -> Any:
        dag = self.cleaned_data["antwoord_uiterlijk"]
        if dag is not None and dag < timezone.localdate():
            raise forms.ValidationError("Kies een dag die nog komt.")
        return dag


class VerstrekkingForm(_UitwisselingForm):
    wat = "gaf"
    breedte = {"aan": "b3", "betrokkene": "b3", "verstrekt_op": "b3", "informatiegrond": "b6", "verteld": "b3"}

    class Meta:
        model = Verstrekking
        fields = ("aan", "betrokkene", "verstrekt_op", "gegeven", "doel", "informatiegrond", "verteld",
                  "reden_niet_verteld")  # fmt: skip
        field_classes = {"verstrekt_op": MomentVeld}
        widgets = {
            "gegeven": forms.Textarea(attrs={"rows": 4}),
            "doel": forms.Textarea(attrs={"rows": 3}),
            "reden_niet_verteld": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verstrekt_op"].required = False

    def clean_verstrekt_op(self) -> Any:
        moment = self.cleaned_data["verstrekt_op"]
        if moment is not None and moment > timezone.now():
            raise forms.ValidationError("Dit moment ligt in de toekomst. Vul in wanneer je het gaf.")
        return moment


class AntwoordForm(Formulier):
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    antwoord = PlatteTekst(
        label="Antwoord",
        rijen=8,
        required=False,
        help_text=str(Informatieverzoek._meta.get_field("antwoord").help_text),
    )
    bijlage = BijlageVeld(label="Bijlage", required=False, help_text="Pdf, foto, Word, Excel of tekst, tot 20 MB.")
    breedte = {"antwoord": "b6", "bijlage": "b6"}

    @property
    def bestand(self) -> tuple[str, bytes] | None:
        gekozen = self.cleaned_data["bijlage"]
        return (gekozen.name, gekozen.read()) if gekozen else None


class ZonderForm(Formulier):
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reden = PlatteTekst(
        label="Reden",
        rijen=4,
        help_text=str(Informatieverzoek._meta.get_field("reden_zonder_antwoord").help_text),
    )
    breedte = {"reden": "b6"}
