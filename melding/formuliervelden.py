"""Form fields that take their label and help text from the model, so that each stands in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models

from vt_cvs.organisatie.selectors import keuzes, labels

CODELIJSTEN = {
    "functie": "functie_melder",
    "organisatie": "organisatie_melder",
    "adviesvrager_functie": "functie_melder",
    "adviesvrager_organisatie": "organisatie_melder",
    "aanleiding": "aanleiding",
    "taak_vt": "taak_vt",
    "taak_ander": "taak_ander",
    "duur_geweld": "duur_geweld",
    "hulpverlening": "hulpverlening",
    "gemeente": "gemeente",
    "reden": "reden_nti",
    "andere_regio": "vt_regio",
}


def tekst_van(model: type[models.Model], naam: str) -> dict[str, Any]:
    """Label and help text as the model says them."""
    veld: Any = model._meta.get_field(naam)
    label = str(veld.verbose_name)
    return {"label": label[:1].upper() + label[1:], "help_text": str(veld.help_text)}


def modelveld(model: type[models.Model], naam: str, **opties: Any) -> forms.Field:
    """The form field of this model field, never required."""
    veld: Any = model._meta.get_field(naam)
    if veld.choices and veld.blank:
        opties.setdefault("choices", [("", "Nog niet bekend"), *veld.choices])
    gemaakt = veld.formfield(required=False, **{**tekst_van(model, naam), **opties})
    if isinstance(gemaakt.widget, forms.Textarea):
        gemaakt.widget.attrs.setdefault("rows", 4)
    return gemaakt


class Codeveld(forms.ChoiceField):
    """A choice from a code list; a value that is no longer in the list stays choosable where it stands."""

    def __init__(self, lijst: str, **opties: Any) -> None:
        self.lijst = lijst
        super().__init__(required=False, choices=lambda: keuzes(lijst, leeg="Nog niet bekend"), **opties)

    def valid_value(self, value: Any) -> bool:
        return super().valid_value(value) or value in labels(self.lijst)


def codeveld(model: type[models.Model], naam: str) -> Codeveld:
    return Codeveld(CODELIJSTEN[naam], **tekst_van(model, naam))


def als_begin(data: Mapping[str, Any], prefix: str, velden: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as the start of a form that is not judged yet: nothing is lost, nothing complains."""
    voor = f"{prefix}-" if prefix else ""
    return {naam: data.get(f"{voor}{naam}", "") for naam in velden}
