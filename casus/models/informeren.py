"""What a directbetrokkene hears and says: when at the latest, and the reaction to every report or why there is none."""

from __future__ import annotations

from datetime import datetime, timedelta
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


@regel("RW-7.13")
class Informeeruitstel(Casusstuk):
    """Two weeks more before this person hears of this report, each time with the reason that the law asks (Wmo 5.3.1).

    The days are kept as counted; a Sunday or holiday moves the last one where it is shown.
    """

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("betrokkene", "uitstel_vanaf", "uitstel_tot", "reden_uitstel")

    stap = models.ForeignKey(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    betrokkene = models.ForeignKey(
        Betrokkene, models.CASCADE, related_name="+", verbose_name="voor wie", editable=False
    )
    uitstel_vanaf = models.DateField("was uiterlijk", editable=False)
    uitstel_tot = models.DateField("uitgesteld tot", editable=False)
    reden_uitstel = PlatteTekst(
        "reden van uitstel",
        help_text="Waarom informeren nu niet kan: wat het doet met de veiligheid, of met je taak.",
    )
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vastgelegd door", editable=False
    )
    vastgelegd_op = models.DateTimeField("vastgelegd op", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "uitstel van informeren"
        verbose_name_plural = "uitstel van informeren"
        ordering = ("uitstel_tot", "id")
        constraints = [
            models.UniqueConstraint(fields=["stap", "betrokkene", "uitstel_vanaf"], name="rw_7_13_uitstel_eenmaal"),
            models.CheckConstraint(
                condition=Q(uitstel_tot__gt=models.F("uitstel_vanaf"))
                & Q(uitstel_tot__lte=models.F("uitstel_vanaf") + timedelta(days=14)),
                name="rw_7_13_hoogstens_twee_weken_per_keer",
            ),
            models.CheckConstraint(condition=~Q(reden_uitstel__regex=r"^\s*$"), name="rw_7_13_uitstel_met_reden"),
        ]
        triggers: ClassVar = [wachters.betrokkene_van_deze_casus]

    def __str__(self) -> str:
        return f"uitstel tot {self.uitstel_tot:%d-%m-%Y}"

    @property
    def gebeurd_op(self) -> datetime:
        return self.vastgelegd_op

    def pad(self) -> str:
        return f"{self.dossier.pad()}informeren/"
