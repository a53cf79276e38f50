"""NTI: what would give an anonymous melder away."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models

from casus.models import Casus, Casusstuk
from melding.meldingen.models.melding import Melding
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import PlatteTekst, Regeltekst


@regel("RW-6.16", "RW-6.17")
class NTI(Casusstuk):
    """What would give an anonymous melder away. Seen by who works on the case, never by the family."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ()
    buiten_inzage = frozenset({"inhoud", "reden", "toelichting"})

    melding = models.OneToOneField(Melding, models.CASCADE, related_name="+", verbose_name="melding", editable=False)
    inhoud = PlatteTekst(
        "inhoud", help_text="Wat herleidbaar is tot de anonieme melder; komt nooit in het inzagedossier."
    )
    reden = Regeltekst(
        "reden", max_length=40, blank=True, help_text="Waardoor dit de melder zou verraden, uit de lijst."
    )
    toelichting = PlatteTekst("toelichting", blank=True, help_text="Wat een collega moet weten om dit te begrijpen.")

    class Meta:
        verbose_name = "NTI"
        verbose_name_plural = "NTI"
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="rw_7_10_alleen_anonieme_melder",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    PERFORM 1 FROM melding_melder d JOIN melding_melding m ON m.melder_id = d.id
                      WHERE m.id = NEW.melding_id AND d.anoniem FOR UPDATE OF d;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'rw_7_10: NTI hoort bij een anonieme melder' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"NTI bij {self.melding}"

    @property
    def casus(self) -> Casus:
        return self.melding.casus

    @property
    def logstap_id(self) -> int | None:
        return self.melding.stap_id

    def pad(self) -> str:
        return self.melding.pad()
