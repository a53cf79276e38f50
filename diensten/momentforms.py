"""Forms of a monitormoment: planned, and held."""

from __future__ import annotations

from typing import Any

from diensten.forms import versieveld
from diensten.models import Monitormoment
from vt_cvs.web.formulieren import ModelFormulier, Segment
from vt_cvs.web.velden import DatumVeld, MomentVeld


class MomentPlannenForm(ModelFormulier):
    """When, whom and what for."""

    versie = versieveld()
    breedte = {"gepland_op": "b4", "met": "b6", "waarvoor": "b6"}

    class Meta:
        model = Monitormoment
        fields = ("gepland_op", "met", "waarvoor")
        field_classes = {"gepland_op": DatumVeld}


class MomentHoudenForm(ModelFormulier):
    """What was heard; everything may stay empty but the day it was held."""

    versie = versieveld()
    breedte = {"gehouden_op": "b6", "met": "b6", "werd_veilig": "b6", "werkt_aan_herstel": "b6", "inzet_genoeg": "b6"}

    class Meta:
        model = Monitormoment
        fields = ("gehouden_op", "met", "werd_veilig", "werkt_aan_herstel", "inzet_genoeg", "verslag")
        field_classes = {"gehouden_op": MomentVeld}
        labels = {
            "werd_veilig": "Werd en blijft het veilig?",
            "werkt_aan_herstel": "Wordt er aan herstel gewerkt?",
            "inzet_genoeg": "Levert de inzet genoeg op?",
        }
        widgets = {"werd_veilig": Segment, "werkt_aan_herstel": Segment, "inzet_genoeg": Segment}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam in ("werd_veilig", "werkt_aan_herstel", "inzet_genoeg"):
            veld: Any = self.fields[naam]
            veld.choices = Monitormoment.Antwoord.choices
