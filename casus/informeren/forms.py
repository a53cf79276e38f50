"""The reaction of one person to one report, and two weeks more before that person hears of it."""

from __future__ import annotations

from typing import Any

from django import forms

from casus.models import Informeeruitstel, Reactie
from vt_cvs.web.formulieren import Formulier
from vt_cvs.web.velden import PlatteTekst


def _hulp(naam: str) -> str:
    return str(Reactie._meta.get_field(naam).help_text)  # type: ignore[union-attr]


class ReactieForm(Formulier):
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reactie = PlatteTekst(label="Reactie op de melding", rijen=6, required=False, help_text=_hulp("reactie"))
    reden_geen_reactie = forms.CharField(
        label="Reden van geen reactie", max_length=200, required=False, help_text=_hulp("reden_geen_reactie")
    )

    breedte = {"reactie": "b6", "reden_geen_reactie": "b6"}

    def clean_versie(self) -> int:
        """Without a number there was no reaction yet: who was first is then shown."""
        return int(self.cleaned_data["versie"] or 0)

    @property
    def gegevens(self) -> dict[str, Any]:
        velden = self.cleaned_data
        return {"reactie": velden["reactie"], "reden": velden["reden_geen_reactie"], "versie": velden["versie"]}


class UitstelForm(Formulier):
    reden = PlatteTekst(
        label="Reden van uitstel",
        rijen=5,
        help_text=str(Informeeruitstel._meta.get_field("reden_uitstel").help_text),
    )

    breedte = {"reden": "b6"}
