"""What people fill in: the day to look at, keeping longer, and proposing."""

from __future__ import annotations

from typing import Any

from django import forms

from casus.bewaren.models import Bewaarmarkering, Verwijdering
from vt_cvs.web.formulieren import Formulier
from vt_cvs.web.velden import DatumVeld, PlatteTekst


def _hulp(model: Any, naam: str) -> str:
    """The purpose of a field, as the model says it."""
    return str(model._meta.get_field(naam).help_text)


class PeildatumForm(Formulier):
    """For which day the list is made; today unless told."""

    op = DatumVeld(label="Peildatum", required=False, help_text="Wat op deze dag weg moet.")


class BewaarForm(Formulier):
    """Keep one file longer, with a reason."""

    breedte = {"bewaren_tot": "b3"}
    bewaren_tot = DatumVeld(label="Bewaren tot en met", verleden=False, help_text=_hulp(Bewaarmarkering, "bewaren_tot"))
    reden = PlatteTekst(label="Reden", rijen=2, help_text=_hulp(Bewaarmarkering, "reden"))


class VoorstelForm(Formulier):
    """Propose that one file goes. Nothing is chosen beforehand."""

    weigering = "Dit dossier kan nog niet weg."
    wat_wel_kan = "langer bewaren, met een reden."
    uitvoering = forms.ChoiceField(
        label="Wat er gebeurt",
        choices=Verwijdering.Wijze.choices,
        widget=forms.RadioSelect,
        help_text=_hulp(Verwijdering, "uitvoering"),
    )
    wegreden = forms.ChoiceField(
        label="Reden om weg te doen",
        choices=Verwijdering.Wegreden.choices,
        widget=forms.RadioSelect,
        help_text=_hulp(Verwijdering, "wegreden"),
    )
    toelichting = PlatteTekst(
        label="Toelichting", rijen=2, required=False, help_text=_hulp(Verwijdering, "toelichting")
    )


class StapForm(Formulier):
    """A step that asks nothing but which version was on the screen."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
