"""A signal told to us, and the reason to close one without a report."""

from __future__ import annotations

from django import forms

from melding.aanlevering import Aangeleverd, AangeleverdeMelder
from melding.formuliervelden import modelveld
from melding.signalen.models import Signaal
from vt_cvs.web.formulieren import Formulier
from vt_cvs.web.velden import PlatteTekst

LENGTE = 200


class SignaalForm(Formulier):
    tekst = PlatteTekst(
        label="Wat er is verteld", rijen=12, help_text="In gewone tekst. Gaat mee als het een melding wordt."
    )
    naam = forms.CharField(label="Naam van de melder", max_length=LENGTE, required=False, help_text="Mag leeg.")
    functie = forms.CharField(
        label="Functie van de melder", max_length=LENGTE, required=False, help_text="Bijvoorbeeld: leerkracht."
    )
    organisatie = forms.CharField(
        label="Organisatie van de melder", max_length=LENGTE, required=False, help_text="Waar de melder werkt."
    )
    email = forms.EmailField(
        label="E-mailadres van de melder",
        max_length=LENGTE,
        required=False,
        help_text="Voor de terugkoppeling, als het een melding wordt.",
    )
    telefoon = forms.CharField(
        label="Telefoon van de melder", max_length=40, required=False, help_text="Om contact te kunnen leggen."
    )

    breedte = {"tekst": "b6"}

    @property
    def aangeleverd(self) -> Aangeleverd:
        gegevens = dict(self.cleaned_data)
        return Aangeleverd(tekst=gegevens.pop("tekst"), melder=AangeleverdeMelder(**gegevens))


class SluitenForm(Formulier):
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reden = modelveld(Signaal, "reden_sluiten")

    wat_wel_kan = "aannemen als melding, of het laten staan."
    breedte = {"reden": "b6"}
