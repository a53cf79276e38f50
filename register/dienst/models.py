"""All that the register knows (VTR-1): which organisation is or was involved with whom, from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from register.dienst.velden import VersleuteldeTekst


class Organisatie(models.Model):
    """A Veilig Thuis that takes part; its name and telephone are what the others get."""

    code = models.SlugField("code", unique=True)
    naam = models.CharField("naam", max_length=120)
    telefoon = models.CharField("telefoon", max_length=40)
    sleutel_hash = models.CharField("vingerafdruk van de sleutel", max_length=64, unique=True)
    actief = models.BooleanField("actief", default=True)

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"

    def __str__(self) -> str:
        return self.naam


class Betrokkenheid(models.TextChoices):
    ACTIEF = "actief", "actief"
    INACTIEF = "inactief", "inactief"
    VERWIJDERD = "verwijderd", "verwijderd"


class Registratie(models.Model):
    """The present involvement of one organisation with one person, as that organisation last said it.

    `pseudoniem` is made by the organisations with a key that this service does not have. A withdrawn registration
    keeps that and its version, so that an older message cannot revive it, and nothing else.
    """

    organisatie = models.ForeignKey(Organisatie, models.PROTECT, related_name="registraties")
    pseudoniem = models.CharField("pseudoniem", max_length=64, db_index=True)
    bsn = VersleuteldeTekst("BSN", blank=True)
    naam = VersleuteldeTekst("naam", blank=True)
    stand = models.CharField("stand", max_length=10, choices=Betrokkenheid.choices)
    begin = models.DateField("begin", null=True)
    eind = models.DateField("eind", null=True)
    versie = models.BigIntegerField("versie")
    gewijzigd_op = models.DateTimeField("gewijzigd op", auto_now=True)

    class Meta:
        verbose_name = "registratie"
        verbose_name_plural = "registraties"
        constraints = [
            models.UniqueConstraint(fields=["organisatie", "pseudoniem"], name="registratie_eenmaal"),
            models.CheckConstraint(
                condition=Q(stand="actief", begin__isnull=False, eind__isnull=True)
                | Q(stand="inactief", begin__isnull=False, eind__isnull=False)
                | Q(stand="verwijderd"),
                name="rw_14_6_inactief_heeft_einddatum",
            ),
            models.CheckConstraint(
                condition=(~Q(stand="verwijderd") & ~Q(bsn=""))
                | Q(stand="verwijderd", bsn="", naam="", begin__isnull=True, eind__isnull=True),
                name="rw_14_7_ingetrokken_is_leeg",
            ),
            models.CheckConstraint(
                condition=Q(eind__isnull=True) | Q(eind__gte=F("begin")), name="registratie_eindigt_na_begin"
            ),
        ]
        indexes = [models.Index(fields=["gewijzigd_op"], condition=Q(stand="verwijderd"), name="registratie_weg")]

    def __str__(self) -> str:
        return f"registratie {self.pk}"


class Match(models.Model):
    """Two organisations that know the same person: always two, the one with the lower number first."""

    pseudoniem = models.CharField("pseudoniem", max_length=64)
    een = models.ForeignKey(Organisatie, models.PROTECT, related_name="+")
    ander = models.ForeignKey(Organisatie, models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "match"
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(fields=["pseudoniem", "een", "ander"], name="rw_14_3_match_eenmaal"),
            models.CheckConstraint(condition=Q(een__lt=F("ander")), name="rw_14_3_precies_twee_partijen"),
        ]

    def __str__(self) -> str:
        return f"match {self.pk}"


class Bericht(models.Model):
    """What one organisation must hear about another; once it was received only that remains."""

    class Soort(models.TextChoices):
        MATCH = "match", "match"
        STAND = "stand", "betrokkenheid gewijzigd"
        INGETROKKEN = "ingetrokken", "registratie ingetrokken"

    organisatie = models.ForeignKey(Organisatie, models.PROTECT, related_name="berichten")
    soort = models.CharField("soort", max_length=12, choices=Soort.choices)
    pseudoniem = models.CharField("pseudoniem", max_length=64, blank=True)
    over = models.ForeignKey(Organisatie, models.PROTECT, null=True, related_name="+")
    stand = models.CharField("stand", max_length=10, choices=Betrokkenheid.choices, blank=True)
    begin = models.DateField("begin", null=True)
    eind = models.DateField("eind", null=True)
    gemaakt_op = models.DateTimeField("gemaakt op", auto_now_add=True)
    ontvangen_op = models.DateTimeField("ontvangen op", null=True)

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        indexes = [
            models.Index(fields=["organisatie", "id"], condition=Q(ontvangen_op__isnull=True), name="bericht_open"),
            models.Index(fields=["pseudoniem"], condition=~Q(pseudoniem=""), name="bericht_pseudoniem"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ontvangen_op__isnull=True, over__isnull=False)
                | Q(pseudoniem="", over__isnull=True, stand="", begin__isnull=True, eind__isnull=True),
                name="vtr_1_ontvangen_is_leeg",
            )
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.pk}"


class Ontvangst(models.Model):
    """That a message came in, by its key: a repeated one is not counted again. Says nothing about whom."""

    organisatie = models.ForeignKey(Organisatie, models.PROTECT, related_name="ontvangsten")
    sleutel = models.UUIDField("sleutel van de afzender")
    intrekking = models.BooleanField("intrekking")
    op = models.DateTimeField("op", auto_now_add=True)

    class Meta:
        verbose_name = "ontvangst"
        verbose_name_plural = "ontvangsten"
        constraints = [models.UniqueConstraint(fields=["organisatie", "sleutel"], name="ontvangst_eenmaal")]
        indexes = [models.Index(fields=["organisatie", "intrekking", "op"], name="ontvangst_per_uur")]

    def __str__(self) -> str:
        return f"ontvangst {self.pk}"


class Alarm(models.Model):
    """An unusual number of messages from one organisation within an hour (VTR-2)."""

    organisatie = models.ForeignKey(Organisatie, models.PROTECT, related_name="alarmen")
    intrekking = models.BooleanField("intrekkingen")
    uur = models.DateTimeField("uur")
    aantal = models.PositiveIntegerField("aantal")

    class Meta:
        verbose_name = "alarm"
        verbose_name_plural = "alarmen"
        constraints = [
            models.UniqueConstraint(fields=["organisatie", "intrekking", "uur"], name="alarm_eenmaal_per_uur")
        ]

    def __str__(self) -> str:
        return f"alarm {self.organisatie} {self.aantal}"
