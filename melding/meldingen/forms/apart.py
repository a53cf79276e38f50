"""What stands apart from the report: NTI, how to reach an anonymous melder, and handing over to another region."""

from __future__ import annotations

from typing import Any

from django import forms

from melding.formuliervelden import codeveld, modelveld, tekst_van
from melding.meldingen.models import NTI, Melder, Regiooverdracht
from vt_cvs.web.formulieren import Formulier
from vt_cvs.web.velden import MomentVeld, PlatteTekst

CONTACT = ("naam", "email", "email_reden", "telefoon")


class NTIForm(Formulier):
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    inhoud = PlatteTekst(**tekst_van(NTI, "inhoud"))
    reden = codeveld(NTI, "reden")
    toelichting = modelveld(NTI, "toelichting")

    breedte = {"inhoud": "b6", "reden": "b3", "toelichting": "b6"}


class VerwijderNTIForm(Formulier):
    reden = forms.CharField(
        label="Reden", max_length=400, required=False, help_text="Waarom dit de melder niet meer verraadt."
    )
    breedte = {"reden": "b6"}


class ContactForm(Formulier):
    """How to reach an anonymous melder: as carefully as NTI."""

    melder_versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    naam = modelveld(Melder, "naam")
    email = modelveld(Melder, "email", widget=forms.EmailInput)
    email_reden = modelveld(Melder, "email_reden")
    telefoon = modelveld(Melder, "telefoon")

    @classmethod
    def van(cls, melder: Melder, data: Any = None) -> ContactForm:
        begin = {naam: getattr(melder, naam) for naam in CONTACT} | {"melder_versie": melder.versie}
        return cls(data, initial=begin)

    @property
    def contact(self) -> dict[str, Any]:
        gegevens = {naam: self.cleaned_data[naam] for naam in CONTACT}
        return gegevens | ({"email_reden": ""} if gegevens["email"] else {})


class RegioForm(Formulier):
    andere_regio = codeveld(Regiooverdracht, "andere_regio")
    overgedragen_op = MomentVeld(toekomst=False, required=False, **tekst_van(Regiooverdracht, "overgedragen_op"))
    aan_wie = modelveld(Regiooverdracht, "aan_wie")
    meegegeven = PlatteTekst(rijen=5, required=False, **tekst_van(Regiooverdracht, "meegegeven"))

    weigering = "De overdracht kan nog niet worden vastgelegd."
    breedte = {"meegegeven": "b6", "aan_wie": "b3", "overgedragen_op": "b3"}
