"""What stands beside a triagebesluit: who decided along in an MDO, who signed, and notes written later."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casus.models import Casus, Casusstuk
from triage.models import besluitwachters as wachters
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import PlatteTekst


class Besluitstuk(Casusstuk):
    """Stands beside a triagebesluit and never changes it."""

    besluit: Any

    class Meta:
        abstract = True

    @property
    def casus(self) -> Casus:
        return self.besluit.casus

    @property
    def logstap_id(self) -> int | None:
        return self.besluit.logstap_id

    def pad(self) -> str:
        return self.besluit.pad()


class Deelnemer(Besluitstuk):
    """One of those who decide together in an MDO. Each signs under their own log-in, the first makes it hold."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset({"besluit", "medewerker"})
    ter_inzage = ("medewerker",)

    besluit = models.ForeignKey(
        "triage.Triagebesluit",
        models.CASCADE,
        related_name="deelnemers",
        verbose_name="triagebesluit",
        editable=False,
    )
    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="medewerker",
        help_text="Wie er in het MDO meebesliste; tekent onder eigen naam.",
    )

    class Meta:
        verbose_name = "deelnemer aan het MDO"
        verbose_name_plural = "deelnemers aan het MDO"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["besluit", "medewerker"], name="deelnemer_eenmaal_per_besluit")]
        triggers: ClassVar = wachters.DEELNEMER_TRIGGERS

    def __str__(self) -> str:
        return self.medewerker.naam


class Bevestiging(Besluitstuk):
    """What the second employee thinks of it, under their own log-in: before it holds, or afterwards when acute."""

    class Oordeel(models.TextChoices):
        EENS = "eens", "Ik ben het eens"
        TERUG = "terug", "Terug met vraag of bezwaar"

    telbaar = frozenset({"oordeel", "getekend_op"})
    na_vernietiging = frozenset({"besluit", "oordeel", "getekend_op", "getekend_door"})
    ter_inzage = ("getekend_op", "oordeel")

    besluit = models.ForeignKey(
        "triage.Triagebesluit",
        models.CASCADE,
        related_name="handtekeningen",
        verbose_name="triagebesluit",
        editable=False,
    )
    oordeel = models.CharField(
        "oordeel", max_length=8, choices=Oordeel.choices, help_text="Of je het met dit besluit eens bent."
    )
    toelichting = PlatteTekst("toelichting", blank=True, help_text="Mag leeg als je het eens bent.")
    getekend_op = models.DateTimeField("getekend op", default=timezone.now, editable=False)
    getekend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="getekend door", editable=False
    )

    class Meta:
        verbose_name = "handtekening"
        verbose_name_plural = "handtekeningen"
        ordering = ("getekend_op", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["besluit", "getekend_door"], condition=Q(oordeel="eens"), name="rw_8_10b_eenmaal_bevestigd"
            )
        ]
        triggers: ClassVar = wachters.HANDTEKENING_TRIGGERS

    def __str__(self) -> str:
        return self.get_oordeel_display()

    @property
    def gebeurd_op(self) -> datetime:
        return self.getekend_op


@regel("RW-9.3")
class Besluitaantekening(Besluitstuk):
    """A note beside a decision that has been taken: the decision itself stays as it was."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("gemaakt_op", "aantekening")

    besluit = models.ForeignKey(
        "triage.Triagebesluit",
        models.CASCADE,
        related_name="aantekeningen",
        verbose_name="triagebesluit",
        editable=False,
    )
    aantekening = PlatteTekst(
        "aantekening", help_text="Wat er na het besluit duidelijk werd. Het besluit blijft staan."
    )
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now, editable=False)
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gemaakt door", editable=False
    )

    class Meta:
        verbose_name = "aantekening bij het besluit"
        verbose_name_plural = "aantekeningen bij het besluit"
        ordering = ("gemaakt_op", "id")

    def __str__(self) -> str:
        return self.aantekening

    @property
    def gebeurd_op(self) -> datetime:
        return self.gemaakt_op
