"""A request for advice, and what comes around it. There is no field for whom it is about (RW-6.2)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from casus.models import Contact
from melding.advies.models import Advies, Adviesafspraak, Toestemming
from melding.formuliervelden import codeveld, modelveld, tekst_van
from vt_cvs.web.formulieren import Formulier
from vt_cvs.web.velden import MomentVeld

VELDEN = (
    "kanaal",
    "vrager_is",
    "adviesvrager_naam",
    "adviesvrager_functie",
    "adviesvrager_organisatie",
    "adviesvrager_telefoon",
    "adviesvrager_email",
    "fictieve_naam",
    "onderwerp",
    "advies",
)


class AdviesForm(Formulier):
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kanaal = modelveld(Advies, "kanaal")
    vrager_is = modelveld(Advies, "vrager_is")
    adviesvrager_naam = modelveld(Advies, "adviesvrager_naam")
    adviesvrager_functie = codeveld(Advies, "adviesvrager_functie")
    adviesvrager_organisatie = codeveld(Advies, "adviesvrager_organisatie")
    adviesvrager_telefoon = modelveld(Advies, "adviesvrager_telefoon")
    adviesvrager_email = modelveld(Advies, "adviesvrager_email")
    fictieve_naam = modelveld(Advies, "fictieve_naam")
    onderwerp = modelveld(Advies, "onderwerp")
    advies = modelveld(Advies, "advies")

    wat_wel_kan = "het advies bewaren en later afsluiten, of een melding starten."
    afwijkvraag = "Waarom blijft dit zo staan?"
    breedte = {
        "kanaal": "b3",
        "vrager_is": "b3",
        "adviesvrager_naam": "b3",
        "adviesvrager_functie": "b3",
        "adviesvrager_organisatie": "b3",
        "adviesvrager_email": "b3",
        "fictieve_naam": "b3",
        "adviesvrager_telefoon": "b3",
        "onderwerp": "b6",
        "advies": "b6",
    }

    def __init__(self, *args: Any, van: Advies | None = None, **kwargs: Any) -> None:
        if van is not None:
            kwargs["initial"] = {naam: getattr(van, naam) for naam in (*VELDEN, "versie")}
        super().__init__(*args, **kwargs)
        for naam, rijen in (("onderwerp", 4), ("advies", 6)):  # what is typed while someone talks
            self.fields[naam].widget.attrs["rows"] = rijen

    def clean_kanaal(self) -> str:
        return str(self.cleaned_data["kanaal"] or Advies.Kanaal.TELEFOON)

    @property
    def gegevens(self) -> dict[str, Any]:
        return {naam: self.cleaned_data[naam] for naam in VELDEN}


class ToestemmingForm(Formulier):
    gegeven_door = modelveld(Toestemming, "gegeven_door")
    waarvoor = modelveld(Toestemming, "waarvoor")

    breedte = {"gegeven_door": "b3", "waarvoor": "b6"}
    wat_wel_kan = "het advies verder invullen zonder namen, of een melding starten."


class AfspraakForm(Formulier):
    gesprek_op = MomentVeld(**tekst_van(Adviesafspraak, "gesprek_op"))
    waar = modelveld(Adviesafspraak, "waar")
    client_erbij = modelveld(Adviesafspraak, "client_erbij")

    breedte = {"gesprek_op": "b3", "waar": "b3", "client_erbij": "b6"}


class OndersteuningForm(Formulier):
    soort = forms.ChoiceField(choices=Contact.Soort.choices, **tekst_van(Contact, "soort"))
    op = MomentVeld(required=False, **tekst_van(Contact, "op"))
    verslag = modelveld(Contact, "verslag")

    afwijkvraag = "Waarom blijft dit zo staan?"
    breedte = {"soort": "b3", "op": "b3", "verslag": "b6"}

    def clean_op(self) -> Any:
        return self.cleaned_data["op"] or timezone.now()
