"""Forms of a research question or the expertise that is called in: one form for both (RW-9.16)."""

from __future__ import annotations

from typing import Any

from django import forms

from diensten.forms import versieveld
from diensten.models import Onderzoekspunt
from vt_cvs.web.formulieren import ModelFormulier


class PuntForm(ModelFormulier):
    """What one wants to know or who does what, and what came of it."""

    versie = versieveld()
    breedte = {"soort_punt": "b3", "deskundige": "b3", "vraag_of_taak": "b6", "bevinding": "b6"}

    class Meta:
        model = Onderzoekspunt
        fields = ("soort_punt", "deskundige", "vraag_of_taak", "bevinding")
        widgets = {"vraag_of_taak": forms.Textarea(attrs={"rows": 3}), "bevinding": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.standaard:
            for naam in ("soort_punt", "deskundige", "vraag_of_taak"):
                del self.fields[naam]  # the question of every onderzoek stays as it is (RW-9.14)
