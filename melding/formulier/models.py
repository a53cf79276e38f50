"""The half-filled form: encrypted, known by a token that only one browser has, gone after two hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

BLIJFT = timedelta(hours=2)
"""How long a half-filled form is kept after the last page that was saved."""


class ConceptQuerySet(models.QuerySet["Concept"]):
    def geldig(self) -> ConceptQuerySet:
        return self.filter(bijgewerkt_op__gt=timezone.now() - BLIJFT)

    def verlopen(self) -> ConceptQuerySet:
        return self.filter(bijgewerkt_op__lte=timezone.now() - BLIJFT)


class Concept(models.Model):
    """One form under way. No piece of any file: nobody at Veilig Thuis reads it until it is sent.

    After sending only the meldingsnummer is left, so that sending once more gives that number and nothing else.
    """

    sleutel = models.CharField("vingerafdruk van het token", max_length=64, unique=True, editable=False)
    inhoud = models.BinaryField("antwoorden, versleuteld", editable=False, default=b"")
    bestanden = ArrayField(
        models.CharField(max_length=40), verbose_name="opslagnamen", default=list, blank=True, editable=False
    )
    nummer = models.CharField("meldingsnummer", max_length=13, blank=True, editable=False)
    begonnen_op = models.DateTimeField("begonnen op", default=timezone.now, editable=False)
    bijgewerkt_op = models.DateTimeField("bijgewerkt op", default=timezone.now, editable=False)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name = "concept van een melding"
        verbose_name_plural = "concepten van meldingen"
        indexes = [models.Index(fields=["bijgewerkt_op"], name="concept_verlopen")]
        constraints = [
            models.CheckConstraint(
                condition=Q(nummer="") | Q(inhoud=b"", bestanden=[]), name="rw_5_1_verzonden_concept_is_leeg"
            )
        ]

    def __str__(self) -> str:
        return "concept van een melding"

    @property
    def verzonden(self) -> bool:
        return bool(self.nummer)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.bijgewerkt_op = timezone.now()
        super().save(*args, **kwargs)
