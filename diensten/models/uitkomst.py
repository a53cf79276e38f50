"""What became of each form of violence."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models

from casus.models import Casus, Casusstuk, Processtap
from vt_cvs.organisatie.selectors import label

_UITKOMST_WEG = """
    IF EXISTS (SELECT 1 FROM diensten_vv
                WHERE stap_id = NEW.stap_id AND stand = 'afgerond' AND NOT vervolg_onderzoek)
       OR EXISTS (SELECT 1 FROM diensten_oz WHERE stap_id = NEW.stap_id AND stand = 'afgerond') THEN
        RAISE EXCEPTION 'rw_4_8: de dienst van deze uitkomst is afgerond, de uitkomst kan niet leeg'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""
_TOCH_NIET_WEERLEGD = """
    IF EXISTS (SELECT 1 FROM diensten_oz
                WHERE stap_id = NEW.stap_id AND stand = 'afgerond' AND NOT vervolg_monitoren) THEN
        RAISE EXCEPTION 'rw_9_10: dit onderzoek eindigde zonder Monitoren, dus alles is weerlegd'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Uitkomst(Casusstuk):
    """What became of one form of violence, for the whole family system (RW-9.21)."""

    telbaar = frozenset({"vorm", "uitkomst_geweld"})
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = ("vorm", "uitkomst_geweld")

    stap = models.ForeignKey(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    vorm = models.CharField("vorm van geweld", max_length=40, help_text="Telt mee in de cijfers; onbekend mag.")
    uitkomst_geweld = models.CharField(
        "uitkomst", max_length=40, blank=True, help_text="Wat er uit kwam, voor het hele gezin. Voor het CBS."
    )

    class Meta:
        verbose_name = "uitkomst per vorm van geweld"
        verbose_name_plural = "uitkomsten per vorm van geweld"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["stap", "vorm"], name="uitkomst_eenmaal_per_vorm")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="rw_4_8_uitkomst_niet_leeg_na_afronden",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("uitkomst_geweld"),
                condition=pgtrigger.Q(new__uitkomst_geweld=""),
                func=_UITKOMST_WEG,
            ),
            pgtrigger.Trigger(
                name="rw_9_10_blijft_weerlegd",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("uitkomst_geweld", "stap_id"),
                condition=~pgtrigger.Q(new__uitkomst_geweld="weerlegd"),
                func=_TOCH_NIET_WEERLEGD,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vorm_in_woorden}: {self.in_woorden or 'nog geen uitkomst'}"

    @property
    def casus(self) -> Casus:
        return self.stap.casus

    @property
    def vorm_in_woorden(self) -> str:
        return label("geweldsvorm", self.vorm)

    @property
    def veldnaam(self) -> str:
        """The name of its control on the page of the service."""
        return f"uitkomst_{self.pk}"

    @property
    def in_woorden(self) -> str:
        return label("uitkomst_geweld", self.uitkomst_geweld) if self.uitkomst_geweld else ""

    def pad(self) -> str:
        return f"{self.casus.pad()}diensten/{self.stap_id}/"
