"""The reaction of one person to one report: what was said, or why nothing."""

from __future__ import annotations

from django import forms

from casus.models import Reactie
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
