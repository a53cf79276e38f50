"""The work that waits: one line per next thing to do, with its term and the reason it is there."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casus.models.casus import Casus
from casus.models.processtap import Processtap


class Taak(models.Model):
    """Something that waits for someone. Mijn werk and the clocks in lists read nothing else.

    `onderwerp` names what it is about without the spine knowing that table; `pad` is where one does it. A task is
    made again without harm: an open one with the same subject and kind is kept. `over_veiligheid` is false for what
    keeps the file in order (data to check, letters, closing): in an acute case that waits for its own term.
    """

    class Stand(models.TextChoices):
        OPEN = "open", "open"
        GEDAAN = "gedaan", "gedaan"
        VERVALLEN = "vervallen", "vervallen"

    casus = models.ForeignKey(Casus, models.CASCADE, null=True, blank=True, related_name="taken", verbose_name="casus")
    stap = models.ForeignKey(
        Processtap, models.CASCADE, null=True, blank=True, related_name="taken", verbose_name="processtap"
    )
    onderwerp_soort = models.CharField("over", max_length=60)
    onderwerp_id = models.BigIntegerField("stuk")
    soort = models.CharField("soort taak", max_length=30)
    titel = models.CharField("wat", max_length=200)
    omdat = models.CharField("omdat", max_length=300, blank=True)
    kop = models.CharField("kop zonder casus", max_length=120, blank=True)
    pad = models.CharField("waar", max_length=200)
    voor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="voor"
    )
    team = models.ForeignKey(
        "organisatie.Team", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="team"
    )
    uiterlijk = models.DateField("uiterlijk", null=True, blank=True)
    rekenkundig = models.DateField("voor verschuiving", null=True, blank=True)
    termijn = models.CharField("termijn", max_length=60, blank=True)
    uitleg = models.CharField("hoe de termijn is berekend", max_length=300, blank=True)
    direct = models.BooleanField("direct handelen", default=False)
    over_veiligheid = models.BooleanField("gaat over veiligheid", default=True)
    houdt_sluiten_tegen = models.BooleanField("houdt sluiten tegen", default=True)
    stand = models.CharField("stand", max_length=10, choices=Stand.choices, default=Stand.OPEN)
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gemaakt door"
    )
    klaar_op = models.DateTimeField("klaar op", null=True, blank=True)
    klaar_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="klaar door"
    )
    vooraf_herinnerd_op = models.DateTimeField("vooraf herinnerd", null=True, blank=True)
    herinnerd_op = models.DateTimeField("herinnerd", null=True, blank=True)

    telbaar: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        indexes = [
            models.Index(fields=["voor", "uiterlijk", "id"], condition=Q(stand="open"), name="taak_voor"),
            models.Index(fields=["team", "uiterlijk", "id"], condition=Q(stand="open"), name="taak_team"),
            models.Index(fields=["casus"], condition=Q(stand="open"), name="taak_casus"),
            models.Index(fields=["uiterlijk", "id"], condition=Q(stand="open"), name="taak_termijn"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["onderwerp_soort", "onderwerp_id", "soort", "voor"],
                condition=Q(stand="open"),
                nulls_distinct=False,
                name="taak_eenmaal_open",
            ),
            models.CheckConstraint(
                condition=Q(stand="open", klaar_op__isnull=True) | (~Q(stand="open") & Q(klaar_op__isnull=False)),
                name="taak_klaar_heeft_tijd",
            ),
        ]

    def __str__(self) -> str:
        return self.titel
