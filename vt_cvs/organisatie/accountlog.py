"""What happened to accounts: an append-only log, and the request of two administrators to take away a second factor."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Accountregel(models.Model):
    """One act on an account: who did what to whom, and what it was before. No line ever changes or goes."""

    class Wat(models.TextChoices):
        GEMAAKT = "gemaakt", "account gemaakt"
        ROLLEN = "rollen", "rollen gewijzigd"
        ADRES = "adres", "e-mailadres gewijzigd"
        TEAM = "team", "team gewijzigd"
        IN_DIENST = "in_dienst", "in dienst gezet"
        UIT_DIENST = "uit_dienst", "uit dienst gezet"
        LINK = "link", "link voor een wachtwoord gestuurd"
        FACTOR_GEVRAAGD = "factor_gevraagd", "gevraagd om de tweede factor te verwijderen"
        FACTOR_INGETROKKEN = "factor_ingetrokken", "verzoek over de tweede factor ingetrokken"
        FACTOR_WEG = "factor_weg", "tweede factor verwijderd"

    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="medewerker", editable=False
    )
    wat = models.CharField("wat er gebeurde", max_length=20, choices=Wat.choices, editable=False)
    oud = models.CharField("was", max_length=300, blank=True, editable=False)
    nieuw = models.CharField("werd", max_length=300, blank=True, editable=False)
    reden = models.TextField("reden", blank=True, editable=False)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="door", editable=False
    )
    op = models.DateTimeField("op", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "accountregel"
        verbose_name_plural = "accountlog"
        ordering = ("-op", "-id")
        indexes = [models.Index(fields=["medewerker", "wat", "-op"], name="accountlog_medewerker")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="accountlog_staat_vast", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.medewerker}: {self.get_wat_display()}"


class Factorherstel(models.Model):
    """Take away the second factor of a colleague who lost it: asked by one administrator, confirmed by another."""

    GELDIG: ClassVar[timedelta] = timedelta(days=3)

    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="medewerker",
        help_text="Van wie de tweede factor weg moet. Die stelt bij het inloggen een nieuwe in.",
    )
    reden = models.TextField(
        "reden", help_text="Waarom, en hoe je weet dat de vraag echt van deze collega komt. De collega leest dit ook."
    )
    gevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="gevraagd door", editable=False
    )
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now, editable=False)
    bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="bevestigd door",
        editable=False,
    )
    bevestigd_op = models.DateTimeField("bevestigd op", null=True, editable=False)
    vervallen_op = models.DateTimeField("vervallen op", null=True, editable=False)

    class Meta:
        verbose_name = "verzoek tweede factor"
        verbose_name_plural = "verzoeken tweede factor"
        ordering = ("-gevraagd_op", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["medewerker"],
                condition=Q(bevestigd_op__isnull=True, vervallen_op__isnull=True),
                name="factorherstel_een_tegelijk",
            ),
            models.CheckConstraint(
                condition=Q(bevestigd_door__isnull=True, bevestigd_op__isnull=True)
                | (
                    Q(bevestigd_door__isnull=False, bevestigd_op__isnull=False, vervallen_op__isnull=True)
                    & ~Q(bevestigd_door=F("gevraagd_door"))
                    & ~Q(bevestigd_door=F("medewerker"))
                ),
                name="factorherstel_door_twee_beheerders",
            ),
            models.CheckConstraint(condition=~Q(gevraagd_door=F("medewerker")), name="factorherstel_niet_voor_jezelf"),
            models.CheckConstraint(condition=~Q(reden__regex=r"^\s*$"), name="factorherstel_met_reden"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="factorherstel_blijft", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="factorherstel_vraag_staat_vast",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("medewerker", "reden", "gevraagd_door", "gevraagd_op"),
            ),
            pgtrigger.Protect(
                name="factorherstel_eenmaal_klaar",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__bevestigd_op__isnull=False) | pgtrigger.Q(old__vervallen_op__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"tweede factor van {self.medewerker}"

    @property
    def is_open(self) -> bool:
        return self.bevestigd_op is None and self.vervallen_op is None and not self.is_verlopen

    @property
    def is_verlopen(self) -> bool:
        """Nobody confirmed it in time."""
        return self.bevestigd_op is None and self.gevraagd_op + self.GELDIG <= timezone.now()

    @property
    def stand_in_woorden(self) -> str:
        if self.bevestigd_op:
            return "uitgevoerd"
        return "wacht op een andere beheerder" if self.is_open else "vervallen"
