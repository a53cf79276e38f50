"""Three ways to deal with feedback: a mail or letter, done otherwise, or not, with the reason."""

from __future__ import annotations

from typing import Any

from django import forms

from casus.models import Bericht, Terugkoppeling
from vt_cvs.organisatie.selectors import keuzes, label
from vt_cvs.web.formulieren import Formulier, Segment
from vt_cvs.web.velden import PlatteTekst

REDENEN = "reden_geen_terugkoppeling"
_VERDER = "mail, brief, of vastleggen hoe het anders is gedaan."


def _hulp(model: Any, naam: str) -> str:
    return str(model._meta.get_field(naam).help_text)


class BerichtForm(Formulier):
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    wijze = forms.ChoiceField(
        label="Hoe", choices=Bericht.Soort.choices, widget=Segment, help_text=_hulp(Terugkoppeling, "wijze")
    )
    adres = forms.CharField(label="Adres", max_length=200, required=False, help_text=_hulp(Bericht, "adres"))
    onderwerp = forms.CharField(label="Onderwerp", max_length=200, help_text=_hulp(Bericht, "onderwerp"))
    tekst = PlatteTekst(label="Tekst", rijen=16, help_text="Het sjabloon is ingevuld; pas aan wat nodig is.")

    wat_wel_kan = _VERDER
    breedte = {"wijze": "b6", "adres": "b3", "onderwerp": "b3", "tekst": "b6"}

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if gegevens.get("wijze") == Bericht.Soort.MAIL and gegevens.get("adres"):
            try:
                gegevens["adres"] = forms.EmailField().clean(gegevens["adres"])
            except forms.ValidationError:
                self.add_error("adres", "Schrijf het mailadres als naam@organisatie.nl, of kies brief.")
        return gegevens


class AndersForm(Formulier):
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    toelichting = PlatteTekst(label="Toelichting", rijen=5, help_text=_hulp(Terugkoppeling, "toelichting"))

    breedte = {"toelichting": "b6"}


class NietForm(Formulier):
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reden = forms.ChoiceField(
        label="Reden", required=False, choices=lambda: keuzes(REDENEN), help_text=_hulp(Terugkoppeling, "reden_niet")
    )
    toelichting = forms.CharField(
        label="Toelichting", max_length=150, required=False, help_text="Nodig als je “Anders” kiest."
    )

    wat_wel_kan = _VERDER
    breedte = {"reden": "b3", "toelichting": "b6"}

    @property
    def hele_reden(self) -> str:
        """The reason as it is recorded; “Anders” alone is no reason."""
        code, toelichting = self.cleaned_data["reden"], self.cleaned_data["toelichting"].strip()
        if not code or code == "anders":
            return toelichting
        return ": ".join(deel for deel in (label(REDENEN, code), toelichting) if deel)
