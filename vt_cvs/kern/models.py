"""Tables of the ground: the outbox and the access log. Neither holds what is in a file, only that and where."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q


class Uitpost(models.Model):
    """The outbox: what must reach the outside, written in the same transaction as the fact it reports.

    `inhoud` holds keys, never personal data; the deliverer reads what it needs at the moment of delivery. Only the
    oldest open row per `onderwerp` is delivered, so what is said last is also heard last.
    """

    sleutel = models.UUIDField("sleutel voor de ontvanger", default=uuid.uuid4, unique=True, editable=False)
    soort = models.CharField("soort", max_length=50)
    onderwerp = models.CharField("onderwerp", max_length=80)
    inhoud = models.JSONField("inhoud", default=dict)
    gemaakt_op = models.DateTimeField("gemaakt op", auto_now_add=True)
    niet_voor = models.DateTimeField("niet bezorgen voor", null=True, blank=True)
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    fout = models.CharField("laatste fout", max_length=200, blank=True)
    bezorgd_op = models.DateTimeField("bezorgd op", null=True, blank=True)

    class Meta:
        verbose_name = "bericht naar buiten"
        verbose_name_plural = "berichten naar buiten"
        indexes = [
            models.Index(fields=["onderwerp", "id"], condition=Q(bezorgd_op__isnull=True), name="uitpost_open"),
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.onderwerp}"


class Toegang(models.Model):
    """One look at a person or file (NEN 7513): who, in which role, on what ground, at what, when. Append-only."""

    class Gebeurtenis(models.TextChoices):
        INZIEN = "inzien", "ingezien"
        ZOEKEN = "zoeken", "gezocht en gezien"
        HERKENNEN = "herkennen", "herkend bij opvoeren"
        NTI = "nti", "NTI getoond"
        GEHEIM = "geheim", "geheim adres getoond"
        NOODKNOP = "noodknop", "met noodknop geopend"
        BIJLAGE = "bijlage", "bijlage geopend"
        VERSTREKT = "verstrekt", "verstrekt"
        BRP = "brp", "BRP bevraagd"
        LOG = "log", "toegangslog gelezen"

    op = models.DateTimeField("op", auto_now_add=True)
    medewerker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="medewerker"
    )
    rollen = models.CharField("rol op dat moment", max_length=200)
    gebeurtenis = models.CharField("gebeurtenis", max_length=12, choices=Gebeurtenis.choices)
    grond = models.CharField("grond", max_length=200, blank=True)
    soort = models.CharField("soort stuk", max_length=60)
    stuk_id = models.BigIntegerField("stuk", null=True)
    casus_id = models.BigIntegerField("casus", null=True)
    persoon_id = models.BigIntegerField("cliënt", null=True)

    class Meta:
        verbose_name = "inzageregel"
        verbose_name_plural = "toegangslog"
        indexes = [
            models.Index(fields=["casus_id", "-op"], name="toegang_casus"),
            models.Index(fields=["persoon_id", "-op"], name="toegang_persoon"),
            models.Index(fields=["medewerker", "-op"], name="toegang_medewerker"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="rw_3_8_toegangslog_staat_vast", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.op:%Y-%m-%d %H:%M} {self.gebeurtenis} {self.soort}"
