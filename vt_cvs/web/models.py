"""What the pages themselves keep: what someone was typing, until it is saved or thrown away."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

BLIJFT = timedelta(days=5)
"""How long a draft is kept after the last letter: over a long weekend, not for ever."""


class KladQuerySet(models.QuerySet["Klad"]):
    def verlopen(self) -> KladQuerySet:
        return self.filter(bijgewerkt_op__lte=timezone.now() - BLIJFT)

    def open(self) -> KladQuerySet:
        """What can still be gone on with."""
        return self.filter(klaar=False, bijgewerkt_op__gt=timezone.now() - BLIJFT)


class Klad(models.Model):
    """A draft: one form, in one window, of one employee. Nobody else ever reads it, and it is no piece of any file.

    What was typed stands in `inhoud`, encrypted; the page it was typed on is a keyed digest. `nummers` are the case and
    report numbers of that page, so that erasing a case takes its drafts along. After saving an empty row stays behind
    for a while, so that a draft that was still on its way does not come back to life.
    """

    sleutel = models.UUIDField("sleutel", unique=True, editable=False)
    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="medewerker", editable=False
    )
    bladzijde = models.CharField("vingerafdruk van de bladzijde", max_length=64, editable=False)
    nummers = ArrayField(
        models.CharField(max_length=13), verbose_name="nummers", default=list, blank=True, editable=False
    )
    inhoud = models.BinaryField("wat is getypt, versleuteld", editable=False, default=b"")
    versie = models.PositiveIntegerField("versie", default=1, editable=False)
    klaar = models.BooleanField("bewaard of weggegooid", default=False, editable=False)
    bijgewerkt_op = models.DateTimeField("bijgewerkt op", default=timezone.now, editable=False)

    objects = KladQuerySet.as_manager()

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepten"
        indexes = [
            models.Index(fields=["medewerker", "bladzijde"], name="klad_bladzijde"),
            models.Index(fields=["bijgewerkt_op"], name="klad_verlopen"),
        ]
        constraints = [models.CheckConstraint(condition=Q(klaar=False) | Q(inhoud=b""), name="klad_klaar_is_leeg")]

    def __str__(self) -> str:
        return "concept"
