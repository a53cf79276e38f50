"""A request for advice. There is no field for whom it is about (RW-6.2)."""

from __future__ import annotations

from typing import Any

from django import forms

from melding.forms.velden import codeveld, modelveld
from melding.models import Advies
from vt_cvs.web.formulieren import Formulier

VELDEN = (
    "adviesvrager_naam",
    "adviesvrager_functie",
    "adviesvrager_organisatie",
    "adviesvrager_telefoon",
    "fictieve_naam",
    "onderwerp",
    "advies",
)


class AdviesForm(Formulier):
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    adviesvrager_naam = modelveld(Advies, "adviesvrager_naam")
    adviesvrager_functie = codeveld(Advies, "adviesvrager_functie")
    adviesvrager_organisatie = codeveld(Advies, "adviesvrager_organisatie")
    adviesvrager_telefoon = modelveld(Advies, "adviesvrager_telefoon")
    fictieve_naam = modelveld(Advies, "fictieve_naam")
    onderwerp = modelveld(Advies, "onderwerp")
    advies = modelveld(Advies, "advies")

    wat_wel_kan = "het advies bewaren en later afsluiten."
    breedte = {"fictieve_naam": "b3", "adviesvrager_telefoon": "b3", "onderwerp": "b6", "advies": "b6"}

    def __init__(self, *args: Any, van: Advies | None = None, **kwargs: Any) -> None:
        if van is not None:
            kwargs["initial"] = {naam: getattr(van, naam) for naam in (*VELDEN, "versie")}
        super().__init__(*args, **kwargs)

    @property
    def gegevens(self) -> dict[str, Any]:
        return {naam: self.cleaned_data[naam] for naam in VELDEN}
