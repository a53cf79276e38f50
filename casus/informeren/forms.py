"""The reaction of one person to one report, and two weeks more before that person hears of it."""

from __future__ import annotations

from django import forms

from casus.models import Informeeruitstel, Reactie
from vt_cvs.web.formulieren import Formulier
from vt_cvs.web.velden import PlatteTekst


def _hulp(naam: str) -> str:
    return str(Reactie._meta.get_field(naam).help_text)  # type: ignore[union-attr]


class ReactieForm(Formulier):
    reactie = PlatteTekst(label="Reactie op de melding", rijen=6, required=False, help_text=_hulp("reactie"))
    reden = forms.CharField(
        label="Reden van geen reactie", max_length=200, required=False, help_text=_hulp("reden_geen_reactie")
    )

    breedte = {"reactie": "b6", "reden": "b6"}


class UitstelForm(Formulier):
    reden = PlatteTekst(
        label="Reden van uitstel",
        rijen=5,
        help_text=str(Informeeruitstel._meta.get_field("reden_uitstel").help_text),
    )

    breedte = {"reden": "b6"}
