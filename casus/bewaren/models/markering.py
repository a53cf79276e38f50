"""A file that is kept longer than its term, with the reason."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casus.models import Casus, Casusstuk
from vt_cvs.kern.velden import PlatteTekst


class Bewaarmarkering(Casusstuk):
    """Keep until this day, because (RW-5.16b2, RW-5.16c)."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("gemaakt_op", "bewaren_tot", "reden")

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="+", verbose_name="casus", editable=False)
    bewaren_tot = models.DateField("bewaren tot en met", help_text="Daarna staat het dossier weer in het overzicht.")
    reden = PlatteTekst("reden", help_text="Waarom dit dossier langer nodig is; concreet voor dit dossier.")
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now, editable=False)
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gemaakt door", editable=False
    )

    class Meta:
        verbose_name = "besluit om langer te bewaren"
        verbose_name_plural = "besluiten om langer te bewaren"
        ordering = ("-gemaakt_op", "-id")
        indexes = [models.Index(fields=["casus", "-bewaren_tot"], name="bewaarmarkering_casus")]
        constraints = [
            models.CheckConstraint(condition=~Q(reden__regex=r"^\s*$"), name="rw_5_16c_bewaren_met_reden"),
        ]

    def __str__(self) -> str:
        return f"bewaren tot en met {self.bewaren_tot:%d-%m-%Y}"

    @property
    def gebeurd_op(self) -> datetime:
        return self.gemaakt_op
