"""Lokaal maatwerk: what a region organises itself; may be used in every open case, in every step (RW-9.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db import models
from django_fsm import FSMField

from casus.models import Processtap, eigenaarstrigger
from diensten import rechten
from diensten.models.dienst import Dienst
from vt_cvs.kern.overgangen import overgang
from vt_cvs.kern.velden import PlatteTekst, Regeltekst
from vt_cvs.organisatie.selectors import label

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker


class Maatwerk(Dienst):
    """Runs until it has ended; the kind comes from this organisation's own list, or is written in."""

    api_soort = "maatwerken"
    soort = Processtap.Soort.MAATWERK

    class Stand(models.TextChoices):
        LOPEND = "lopend", "Lopend"
        AFGEROND = "afgerond", "Afgerond"

    geeindigd_als = frozenset({Stand.AFGEROND})

    telbaar = frozenset({"stand", "soort_maatwerk"})
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = ("stand", "soort_maatwerk", "toelichting")

    stand = FSMField("status", choices=Stand.choices, default=Stand.LOPEND, protected=True)
    soort_maatwerk = Regeltekst(
        "soort maatwerk", max_length=80, blank=True, help_text="Welk lokaal maatwerk wordt ingezet."
    )
    toelichting = PlatteTekst("toelichting", blank=True, help_text="Waarvoor het is ingezet en wat het opleverde.")

    @overgang(
        stand,
        van=Stand.LOPEND,
        naar=Stand.AFGEROND,
        mag=rechten.mag_behandelen,
        knop="Lokaal maatwerk afronden",
        zin="Lokaal maatwerk afgerond",
        regels=["RW-9.5"],
    )
    def rond_af(self, *, door: Medewerker, toelichting: str = "") -> None:
        """It has ended; what it brought stays in the file."""
        if toelichting.strip():
            self.toelichting = toelichting

    class Meta:
        verbose_name = "lokaal maatwerk"
        verbose_name_plural = "lokaal maatwerk"
        triggers: ClassVar = [
            eigenaarstrigger("maatwerk"),
            pgtrigger.FSM(name="maatwerk_machine", field="stand", transitions=[("lopend", "afgerond")]),
        ]

    @property
    def soort_in_woorden(self) -> str:
        return label("soort_maatwerk", self.soort_maatwerk)
