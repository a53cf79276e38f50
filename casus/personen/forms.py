"""Forms about the people of a case: who they are to each other, where they live, and whether two are one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from casus.forms import BetrokkeneForm, hulp
from casus.models import Benadering, Betrokkene, Casus, Familieband, GeenAandeel, Samenvoeging
from casus.personen.banden import KEUZES, huishoudkeuzes, nieuw_huishouden
from casus.personen.splitsen import Later
from casus.personen.vergelijken import InBeide, Verschil
from vt_cvs.web.formulieren import Formulier
from vt_cvs.web.velden import DatumVeld


class Mensenkeuze(forms.ModelChoiceField):
    """One of the people of the case, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class Mensenlijst(forms.ModelMultipleChoiceField):
    """Some of the people of the case, with their role."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.get_stand_display().lower()})"


def mensen_in(casus: Casus) -> QuerySet[Betrokkene]:
    return Betrokkene.objects.filter(casus=casus, persoon__isnull=False).select_related("persoon")


class NieuweBetrokkeneForm(BetrokkeneForm):
    """Whoever is added lives somewhere: with others of this case, or elsewhere."""

    huishouden = forms.TypedChoiceField(
        label="Woont in", coerce=int, empty_value=None, required=False, help_text=hulp(Betrokkene, "huishouden")
    )
    breedte = {"stand": "b6", "huishouden": "b6"}
    field_order = (*BetrokkeneForm.field_order, "huishouden")  # type: ignore[assignment]

    def __init__(self, *args: Any, casus: Casus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.casus = casus
        keuzes = [("", "Zoals bij de rol past"), *huishoudkeuzes(casus)]
        self.fields["huishouden"].choices = keuzes  # type: ignore[attr-defined]

    def clean_huishouden(self) -> int:
        """Left open: a directbetrokkene in the first household, anybody else in one of their own."""
        gekozen = self.cleaned_data.get("huishouden")
        direct = self.data.get("stand", Betrokkene.Rol.DIRECT) == Betrokkene.Rol.DIRECT
        if gekozen is None and direct:
            return 1
        return gekozen or nieuw_huishouden(self.casus)


class BandForm(Formulier):
    een = Mensenkeuze(label="Wie", queryset=Betrokkene.objects.none(), empty_label="Kies een persoon")
    soort = forms.ChoiceField(
        label="is", choices=[("", "Kies wat de een van de ander is"), *KEUZES], help_text=hulp(Familieband, "soort")
    )
    ander = Mensenkeuze(label="van wie", queryset=Betrokkene.objects.none(), empty_label="Kies een persoon")
    band_sinds = DatumVeld(label="Sinds wanneer", required=False, help_text=hulp(Familieband, "band_sinds"))
    band_tot = DatumVeld(label="Tot wanneer", required=False, help_text=hulp(Familieband, "band_tot"))

    def __init__(self, *args: Any, casus: Casus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam in ("een", "ander"):
            self.fields[naam].queryset = mensen_in(casus)  # type: ignore[attr-defined]


class BandWijzigForm(Formulier):
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    band_sinds = DatumVeld(label="Sinds wanneer", required=False, help_text=hulp(Familieband, "band_sinds"))
    band_tot = DatumVeld(label="Tot wanneer", required=False, help_text=hulp(Familieband, "band_tot"))


class HuishoudenForm(Formulier):
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    huishouden = forms.TypedChoiceField(
        label="Woont in", coerce=int, widget=forms.RadioSelect, help_text=hulp(Betrokkene, "huishouden")
    )
    op = DatumVeld(label="Sinds", required=False, help_text="De dag van de verhuizing; leeg als die niet bekend is.")
    ook = forms.TypedChoiceField(
        label="Woont ook in",
        coerce=int,
        empty_value=None,
        required=False,
        help_text=hulp(Betrokkene, "huishouden_ook"),
    )
    breedte = {"huishouden": "b6", "op": "b3", "ook": "b3"}

    def __init__(self, *args: Any, betrokkene: Betrokkene, **kwargs: Any) -> None:
        begin = {"huishouden": betrokkene.huishouden, "ook": betrokkene.huishouden_ook, "versie": betrokkene.versie}
        super().__init__(*args, initial=begin, **kwargs)
        keuzes = huishoudkeuzes(betrokkene.casus, behalve=betrokkene)
        self.fields["huishouden"].choices = keuzes  # type: ignore[attr-defined]
        self.fields["ook"].choices = [("", "nergens anders"), *keuzes[:-1]]  # type: ignore[attr-defined]


class BenaderForm(Formulier):
    betrokkenen = Mensenlijst(label="Wie", queryset=Betrokkene.objects.none(), widget=forms.CheckboxSelectMultiple)
    soort = forms.ChoiceField(
        label="Wat", choices=Benadering.Soort.choices, widget=forms.RadioSelect, help_text=hulp(Benadering, "soort")
    )
    waarvoor = forms.CharField(label="Waarvoor", max_length=200, required=False, help_text=hulp(Benadering, "waarvoor"))
    breedte = {"betrokkenen": "b6", "waarvoor": "b6"}

    def __init__(self, *args: Any, casus: Casus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["betrokkenen"].queryset = mensen_in(casus)  # type: ignore[attr-defined]


class GeenAandeelForm(Formulier):
    betrokkene = Mensenkeuze(label="Wie", queryset=Betrokkene.objects.none(), empty_label="Kies een directbetrokkene")
    toelichting = forms.CharField(
        label="Toelichting",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=hulp(GeenAandeel, "toelichting"),
    )
    breedte = {"betrokkene": "b6"}

    def __init__(self, *args: Any, casus: Casus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        direct = mensen_in(casus).filter(stand=Betrokkene.Rol.DIRECT)
        self.fields["betrokkene"].queryset = direct  # type: ignore[attr-defined]


class SamenvoegForm(Formulier):
    """A choice for every difference that nobody but a person can settle."""

    versie_een = forms.IntegerField(widget=forms.HiddenInput)
    versie_ander = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, verschillen: Iterable[Verschil], gedeeld: Iterable[InBeide], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alle = [*verschillen, *(verschil for paar in gedeeld for verschil in paar.verschillen)]
        for verschil in alle:
            if verschil.kies:
                self.fields[verschil.naam] = forms.ChoiceField(
                    label=verschil.label,
                    choices=[("een", verschil.een), ("ander", verschil.ander)],
                    widget=forms.RadioSelect,
                    error_messages={"required": f"Kies welk gegeven klopt: {verschil.label.lower()}."},
                )
        self.fields["reden"] = forms.CharField(
            label="Reden", widget=forms.Textarea(attrs={"rows": 2}), help_text=hulp(Samenvoeging, "reden")
        )

    @property
    def uit(self) -> dict[str, str]:
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if waarde in {"een", "ander"}}


class SplitsForm(Formulier):
    """Whose it is to become, for everything that came after the merging."""

    versie = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, later: Iterable[Later], een: str, ander: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for deel in later:
            nu = f"{deel.wat}: {deel.nu}" if deel.nu else deel.wat
            self.fields[deel.sleutel] = forms.ChoiceField(
                label=nu,
                choices=[("een", f"bij {een}"), ("ander", f"bij {ander}")],
                widget=forms.RadioSelect,
                help_text=f"Was bij het samenvoegen: {deel.eerder}." if deel.eerder else "",
                error_messages={"required": f"Kies bij wie dit hoort: {deel.wat}."},
            )
            self.breedte = {**self.breedte, deel.sleutel: "b6"}
        self.fields["reden"] = forms.CharField(
            label="Reden", widget=forms.Textarea(attrs={"rows": 2}), help_text="Waaraan je ziet dat het er twee zijn."
        )

    @property
    def kies(self) -> dict[str, str]:
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if waarde in {"een", "ander"}}
