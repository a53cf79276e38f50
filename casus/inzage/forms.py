"""What people fill in: a request, the judgement that age asks for, and per part what the requester sees."""

from __future__ import annotations

from typing import Any

from django import forms

from casus.dossier import GRONDEN
from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.models import Betrokkene, Casus
from vt_cvs.web.formulieren import Formulier, Segment
from vt_cvs.web.velden import MomentVeld, PlatteTekst

JA_NEE = [("", "Nog niet beoordeeld"), ("ja", "Ja"), ("nee", "Nee")]


def _hulp(model: Any, naam: str) -> str:
    """The purpose of a field, as the model says it."""
    return str(model._meta.get_field(naam).help_text)


def _ja_of_nee(waarde: str) -> bool | None:
    return {"ja": True, "nee": False}.get(waarde)


class JaNeeVeld(forms.TypedChoiceField):
    """Yes, no, or nobody judged it yet; never filled in by itself."""

    def __init__(self, naam: str) -> None:
        veld: Any = Inzageverzoek._meta.get_field(naam)
        super().__init__(
            label=str(veld.verbose_name).capitalize(),
            choices=JA_NEE,
            required=False,
            coerce=_ja_of_nee,
            empty_value=None,
            widget=Segment,
            help_text=str(veld.help_text),
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "ja", False: "nee", None: ""}.get(value, value)


class OordeelForm(Formulier):
    """Whether this person may have access at all: a judgement, with what it rests on."""

    in_staat = JaNeeVeld("in_staat")
    belang_verzet_zich = JaNeeVeld("belang_verzet_zich")
    oordeel_toelichting = PlatteTekst(
        label="Toelichting op het oordeel",
        required=False,
        rijen=2,
        help_text=_hulp(Inzageverzoek, "oordeel_toelichting"),
    )


class VerzoekForm(OordeelForm):
    """A new request in one case."""

    breedte = {"verzoeker": "b3", "namens": "b3", "ontvangen_op": "b3"}
    field_order = ["verzoeker", "namens", "ontvangen_op", "in_staat", "belang_verzet_zich", "oordeel_toelichting"]

    verzoeker = forms.ModelChoiceField(
        label="Verzoeker",
        queryset=Betrokkene.objects.none(),
        empty_label="Kies",
        help_text=_hulp(Inzageverzoek, "verzoeker"),
    )
    namens = forms.ModelChoiceField(
        label="Voor wie",
        queryset=Betrokkene.objects.none(),
        required=False,
        empty_label="Voor zichzelf",
        help_text=_hulp(Inzageverzoek, "namens"),
    )
    ontvangen_op = MomentVeld(label="Ontvangen op", toekomst=False, help_text=_hulp(Inzageverzoek, "ontvangen_op"))

    def __init__(self, *args: Any, casus: Casus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mensen = Betrokkene.objects.filter(casus=casus, persoon__isnull=False).select_related("persoon")
        for naam in ("verzoeker", "namens"):
            self.fields[naam].queryset = mensen  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if gegevens.get("namens") and gegevens.get("namens") == gegevens.get("verzoeker"):
            self.add_error("namens", "Dit is de verzoeker zelf. Kies “Voor zichzelf”, of iemand anders.")
        return gegevens


class BeoordeelForm(Formulier):
    """One part. Nothing is chosen beforehand."""

    oordeel = forms.ChoiceField(
        label="Oordeel",
        choices=[keuze for keuze in Onderdeel.Oordeel.choices if keuze[0] != Onderdeel.Oordeel.TE_DOEN],
        widget=forms.RadioSelect,
    )
    grond = forms.ChoiceField(
        label="Grond om weg te laten",
        choices=[("", "Kies bij weglaten"), *GRONDEN.items()],
        required=False,
        help_text="Alleen bij weglaten; de verzoeker ziet deze grond.",
    )
    toelichting = PlatteTekst(label="Toelichting", required=False, rijen=2, help_text=_hulp(Onderdeel, "toelichting"))
    versie = forms.IntegerField(widget=forms.HiddenInput)
    vingerafdruk = forms.CharField(widget=forms.HiddenInput)


class LakForm(Formulier):
    """Words to redact, exactly as they stand in the text."""

    fragment = PlatteTekst(
        label="Woorden om te lakken", rijen=2, help_text="Neem ze letterlijk over uit de tekst hierboven."
    )
    lakgrond = forms.ChoiceField(label="Omdat", choices=list(GRONDEN.items()), widget=forms.RadioSelect)
    keer = forms.IntegerField(
        label="De hoeveelste keer",
        min_value=1,
        initial=1,
        required=False,
        help_text="Als dezelfde woorden vaker in de tekst staan.",
    )
    versie = forms.IntegerField(widget=forms.HiddenInput)


class StapForm(Formulier):
    """A step that asks nothing but which version was on the screen."""

    weigering = "Dit kan nog niet."
    versie = forms.IntegerField(widget=forms.HiddenInput)


class RedenForm(StapForm):
    """Why a screening is opened again."""

    reden = PlatteTekst(label="Reden", rijen=2, help_text=_hulp(Inzageverzoek, "reden"))


class AfwijsForm(RedenForm):
    """Refusing a request: a ground and a reason."""

    field_order = ["grond", "reden"]
    grond = forms.ChoiceField(
        label="Grond",
        choices=[("", "Kies"), *Inzageverzoek.Grond.choices],
        help_text=_hulp(Inzageverzoek, "grond"),
    )
