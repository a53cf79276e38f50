"""Attachments of a form: judged by their content, cleaned names, and no more than one form needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadhandler import MemoryFileUploadHandler

from casus.services.bijlagen import SOORTEN, OnveiligeBijlage, herken_soort, passende_naam
from melding.formulier.forms import Bladzijdeformulier
from melding.formulier.opslag import Antwoorden, Bestand, bewaar_bestand

MEGABYTE = 1024 * 1024
GROOTSTE = 10 * MEGABYTE
SAMEN = 25 * MEGABYTE
MEESTE = 5
GROOTSTE_VERZOEK = GROOTSTE + MEGABYTE
"""What one page may send: one file and the page itself."""
KEUZE = ".pdf,.jpg,.jpeg,.png,.gif,.webp,.mp3,.mp4,.docx,.xlsx,.txt"
WEL = ", ".join(dict.fromkeys(SOORTEN.values()))


class InGeheugen(MemoryFileUploadHandler):
    """A file never touches the disk before it is encrypted; the length of the request was looked at already."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


class BestandForm(Bladzijdeformulier):
    bestand = forms.FileField(
        label="Kies een bestand",
        required=False,
        max_length=400,
        help_text=f"Bijvoorbeeld een foto of een verslag. Het mag zijn: {WEL}. Hoogstens 10 MB per bestand.",
        widget=forms.FileInput(attrs={"accept": KEUZE}),
        error_messages={"max_length": "De naam van dit bestand is te lang. Geef het een kortere naam."},
    )

    foutkop = "Het bestand is niet meegestuurd."

    def __init__(self, data: Any = None, files: Any = None, *, antwoorden: Antwoorden, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.antwoorden_ = antwoorden

    def clean_bestand(self) -> tuple[bytes, str, str] | None:
        """The content, its cleaned name and its kind; nothing when no file was chosen."""
        bestand = self.cleaned_data["bestand"]
        if not bestand:
            return None
        aanwezig = self.antwoorden_.bestanden
        if len(aanwezig) >= MEESTE:
            raise forms.ValidationError(f"U kunt {MEESTE} bestanden meesturen. Haal er eerst een weg.")
        if bestand.size > GROOTSTE:
            raise forms.ValidationError("Dit bestand is groter dan 10 MB. Kies een kleiner bestand.")
        if bestand.size + sum(ander.grootte for ander in aanwezig) > SAMEN:
            raise forms.ValidationError("De bestanden zijn samen groter dan 25 MB. Haal er eerst een weg.")
        inhoud = bestand.read()
        try:
            soort = herken_soort(inhoud)
            return inhoud, passende_naam(bestand.name, soort), soort
        except OnveiligeBijlage as bezwaar:
            raise forms.ValidationError(str(bezwaar)) from bezwaar

    def bewaar(self) -> Bestand | None:
        gekozen = self.cleaned_data.get("bestand")
        if not gekozen:
            return None
        inhoud, naam, soort = gekozen
        return Bestand(opslagnaam=bewaar_bestand(inhoud), naam=naam, soort=SOORTEN[soort], grootte=len(inhoud))
