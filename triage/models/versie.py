"""A version of a VHT: which rows it held, and in which version each. The words themselves stay in the history."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from casus.models import Processtap
from triage.models.onderbouwing import VHTStuk
from triage.models.vht import VHT
from vt_cvs.kern.regels import regel

_ALLEEN_DE_LAATSTE_GROEIT = """
    IF TG_OP = 'DELETE' OR OLD.soort <> 'aanvulling' OR NEW.soort <> OLD.soort OR NEW.nummer <> OLD.nummer
       OR NEW.vht_id <> OLD.vht_id
       OR EXISTS (SELECT 1 FROM triage_vhtversie WHERE vht_id = OLD.vht_id AND nummer > OLD.nummer) THEN
        RAISE EXCEPTION 'rw_8_20: een versie van een VHT staat vast' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@regel("RW-8.20")
class VHTVersie(VHTStuk):
    """The VHT as it stood. What one employee adds on one day during one dienst is one version that grows."""

    class Soort(models.TextChoices):
        TUSSENSTAND = "tussenstand", "Tussenstand A"
        EINDCONCLUSIE = "eindconclusie", "Eindconclusie"
        AANVULLING = "aanvulling", "Aanvulling"

    telbaar = frozenset({"soort", "op"})
    na_vernietiging = frozenset({"vht", "nummer", "soort", "op"})
    ter_inzage = ("op", "soort")

    vht = models.ForeignKey(VHT, models.CASCADE, related_name="versies", verbose_name="VHT", editable=False)
    nummer = models.PositiveIntegerField("nummer van de versie", editable=False)
    soort = models.CharField("aanleiding", max_length=16, choices=Soort.choices, editable=False)
    op = models.DateTimeField("wanneer", default=timezone.now, editable=False)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vastgelegd door", editable=False
    )
    tijdens = models.ForeignKey(
        Processtap, models.SET_NULL, null=True, related_name="+", verbose_name="tijdens", editable=False
    )
    rijen = models.JSONField("rijen met hun versie", default=dict, editable=False)

    class Meta:
        verbose_name = "versie van een VHT"
        verbose_name_plural = "versies van een VHT"
        ordering = ("nummer",)
        constraints = [models.UniqueConstraint(fields=["vht", "nummer"], name="rw_8_20_nummer_per_vht")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="rw_8_20_versie_staat_vast",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=_ALLEEN_DE_LAATSTE_GROEIT,
            )
        ]

    def __str__(self) -> str:
        waar = f" tijdens {self.tijdens.get_soort_display()}" if self.tijdens else ""
        return f"{self.get_soort_display()}{waar}"

    @property
    def gebeurd_op(self) -> datetime:
        return self.op

    def pad(self) -> str:
        return f"{self.vht.pad()}versie/{self.nummer}/"
