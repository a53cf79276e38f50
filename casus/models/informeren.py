"""What a directbetrokkene says to a report: asked for every report, recorded with it, or written why not."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casus.models import wachters
from casus.models.betrokkenen import Betrokkene
from casus.models.casus import Casusstuk
from casus.models.processtap import Processtap
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import PlatteTekst, Regeltekst


@regel("RW-7.8")
class Reactie(Casusstuk):
    """The reaction of one directbetrokkene to one report. No row: still to be asked."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("betrokkene", "op", "reactie", "reden_geen_reactie")

    stap = models.ForeignKey(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    betrokkene = models.ForeignKey(
        Betrokkene, models.CASCADE, related_name="+", verbose_name="voor wie", editable=False
    )
    op = models.DateTimeField("wanneer", default=timezone.now, help_text="Wanneer deze persoon reageerde.")
    reactie = PlatteTekst(
        "reactie op de melding", blank=True, help_text="In de woorden van deze persoon; komt bij de melding te staan."
    )
    reden_geen_reactie = Regeltekst(
        "reden van geen reactie", blank=True, help_text="Waarom er geen reactie is, bijvoorbeeld: wilde niets zeggen."
    )
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vastgelegd door", editable=False
    )

    class Meta:
        verbose_name = "reactie op de melding"
        verbose_name_plural = "reacties op de melding"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["stap", "betrokkene"], name="rw_7_8_een_reactie_per_melding"),
            models.CheckConstraint(
                condition=~Q(reactie__regex=r"^\s*$") | ~Q(reden_geen_reactie__regex=r"^\s*$"),
                name="rw_7_8_reactie_of_reden",
            ),
        ]
        triggers: ClassVar = [wachters.betrokkene_van_deze_casus]

    def __str__(self) -> str:
        return f"reactie van {self.betrokkene}"

    @property
    def gebeurd_op(self) -> datetime:
        return self.op

    def pad(self) -> str:
        return f"{self.dossier.pad()}informeren/"
