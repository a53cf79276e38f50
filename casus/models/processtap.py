"""The step: one stretch of the process, with its own begin, end and responsible employee."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from casus.models.casus import Casus, Casusstuk

_EIGENAAR_ONTBREEKT = """
    IF NOT EXISTS (SELECT 1 FROM casus_processtap WHERE id = NEW.id AND heeft_eigenaar) AND
       EXISTS (SELECT 1 FROM casus_processtap WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'rw_3_10: een processtap hoort bij een melding, VHT of dienst (stap %)', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


# The lock lets a closing that is on its way finish first, and makes one that comes after see this step.
_ALLEEN_IN_OPEN_CASUS = """
    IF TG_OP = 'UPDATE' AND NEW.casus_id = OLD.casus_id AND NEW.geeindigd_op IS NOT NULL THEN RETURN NEW; END IF;
    IF EXISTS (SELECT 1 FROM (SELECT stand FROM casus_casus WHERE id = NEW.casus_id FOR SHARE) c WHERE stand <> 'open')
    THEN
        RAISE EXCEPTION 'rw_13_af: de casus is gesloten en krijgt geen open processtap (casus %)', NEW.casus_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


def eigenaarstrigger(soort: str) -> pgtrigger.Trigger:
    """For the model that owns steps of this kind: claims its step, and refuses another's or one of another kind."""
    return pgtrigger.Trigger(
        name=f"rw_3_10_eigenaar_{soort}",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("stap_id"),
        func=f"""
            IF TG_OP = 'UPDATE' AND NEW.stap_id = OLD.stap_id THEN RETURN NEW; END IF;
            UPDATE casus_processtap SET heeft_eigenaar = true
             WHERE id = NEW.stap_id AND soort = '{soort}' AND NOT heeft_eigenaar;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'rw_3_10: stap % is geen vrije stap van soort {soort}', NEW.stap_id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - the kind is a constant of the code
    )


class Processtap(Casusstuk):
    """Begin, end and responsible of a melding, triage or dienst; its owner carries none of these."""

    class Soort(models.TextChoices):
        ADVIES = "advies", "advies"
        MELDING = "melding", "melding"
        TRIAGE = "triage", "triage"
        VV = "vv", "V&V"
        OZ = "oz", "onderzoek"
        OVERDRACHT = "overdracht", "overdracht"
        MONITOREN = "monitoren", "monitoren"
        MAATWERK = "maatwerk", "lokaal maatwerk"

    telbaar = frozenset({"soort", "begonnen_op", "geeindigd_op"})
    na_vernietiging = telbaar
    ter_inzage = ("soort", "begonnen_op", "geeindigd_op", "verantwoordelijke")

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="stappen", verbose_name="casus", editable=False)
    soort = models.CharField("processtap", max_length=12, choices=Soort.choices, editable=False)
    begonnen_op = models.DateTimeField("begonnen op", default=timezone.now, editable=False)
    geeindigd_op = models.DateTimeField("geëindigd op", null=True, blank=True, editable=False)
    verantwoordelijke = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="verantwoordelijke",
        help_text="Wie deze stap doet en op wie hij wacht.",
    )
    team = models.ForeignKey(
        "organisatie.Team",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="team",
        help_text="Het team waarin deze stap wordt gedaan.",
    )
    medebehandelaars = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name="samen met",
        help_text="Collega's die meedoen in deze stap.",
    )
    heeft_eigenaar = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = "processtap"
        verbose_name_plural = "processtappen"
        ordering = ("begonnen_op", "id")
        indexes = [
            models.Index(fields=["casus"], condition=Q(geeindigd_op__isnull=True), name="stap_open"),
            models.Index(
                fields=["verantwoordelijke"], condition=Q(geeindigd_op__isnull=True), name="stap_verantwoordelijke"
            ),
            models.Index(fields=["team"], condition=Q(geeindigd_op__isnull=True), name="stap_team"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["casus"],
                condition=Q(soort__in=["vv", "oz"], geeindigd_op__isnull=True),
                name="rw_9_2_een_open_vv_of_oz",
            ),
            models.CheckConstraint(
                condition=Q(geeindigd_op__isnull=True) | Q(geeindigd_op__gte=F("begonnen_op")),
                name="stap_eindigt_na_begin",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="rw_3_10_stap_heeft_eigenaar",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=_EIGENAAR_ONTBREEKT,
            ),
            pgtrigger.Trigger(
                name="rw_13_af_alleen_in_open_casus",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("casus_id", "geeindigd_op"),
                func=_ALLEEN_IN_OPEN_CASUS,
            ),
            pgtrigger.Protect(
                name="rw_9_23_soort_staat_vast",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__soort__df=pgtrigger.F("new__soort")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_soort_display()

    @property
    def logstap_id(self) -> int | None:
        return self.pk

    @property
    def is_open(self) -> bool:
        return self.geeindigd_op is None
