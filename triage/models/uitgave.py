"""An edition of the instrument that this organisation loaded. It holds questions only, never anything of a case."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from triage.instrument.lezen import maak
from triage.instrument.soorten import Instrument
from vt_cvs.kern.regels import regel

_NIET_MEER_WEG = """
    IF EXISTS (SELECT 1 FROM triage_vht WHERE instrument = OLD.versie) THEN
        RAISE EXCEPTION 'rw_3_6: met deze uitgave zijn VHT''s gemaakt (%)', OLD.versie
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
"""


@regel("RW-3.6")
class Instrumentuitgave(models.Model):
    """One edition, as loaded. It never changes: what was answered was answered to these words."""

    versie = models.CharField("versie", max_length=40, unique=True)
    naam = models.CharField("naam", max_length=600)
    geldig_van = models.DateField("geldig vanaf")
    inhoud = models.JSONField("inhoud")
    ingelezen_op = models.DateTimeField("ingelezen op", default=timezone.now)
    ingelezen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ingelezen door"
    )

    class Meta:
        verbose_name = "uitgave van het instrument"
        verbose_name_plural = "uitgaven van het instrument"
        ordering = ("-geldig_van", "-id")
        triggers: ClassVar = [
            pgtrigger.Protect(name="rw_3_6_uitgave_staat_vast", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="rw_3_6_gebruikte_uitgave_blijft",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=_NIET_MEER_WEG,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam} ({self.versie})"

    @property
    def instrument(self) -> Instrument:
        return maak(self.inhoud)
