"""What a V&V or an onderzoek has to find out, and who helps: questions and expertise in one form."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from casus.models import Casus, Casusstuk, Processtap
from vt_cvs.kern.velden import PlatteTekst, Regeltekst

STANDAARDVRAAG = "Is er sprake van huiselijk geweld en/of kindermishandeling?"

_STANDAARDVRAAG_ONTBREEKT = """
    IF EXISTS (SELECT 1 FROM diensten_oz WHERE id = NEW.id)
       AND NOT EXISTS (SELECT 1 FROM diensten_onderzoekspunt WHERE stap_id = NEW.stap_id AND standaard) THEN
        RAISE EXCEPTION 'rw_9_14: onderzoek % heeft zijn standaardvraag nog niet', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
standaardvraag_hoort_erbij = pgtrigger.Trigger(
    name="rw_9_14_standaardvraag_hoort_erbij",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func=_STANDAARDVRAAG_ONTBREEKT,
)


class Onderzoekspunt(Casusstuk):
    """A question, or the part of the task that an expert takes on; and what came of it (RW-9.16)."""

    class Soort(models.TextChoices):
        VRAAG = "vraag", "Onderzoeksvraag"
        GEDRAGSWETENSCHAPPER = "gedragswetenschapper", "Inzet gedragswetenschapper"
        VERTROUWENSARTS = "vertrouwensarts", "Inzet vertrouwensarts"

    telbaar = frozenset({"soort_punt"})
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = ("soort_punt", "vraag_of_taak", "deskundige", "bevinding", "vervallen_op")

    stap = models.ForeignKey(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    soort_punt = models.CharField(
        "vraag of inzet",
        max_length=24,
        choices=Soort.choices,
        default=Soort.VRAAG,
        help_text="Een vraag die beantwoord moet worden, of een deskundige die een deel van de taak doet.",
    )
    standaard = models.BooleanField("standaardvraag", default=False, editable=False)
    vraag_of_taak = PlatteTekst("vraag of taak", help_text="Wat je wilt weten, of wat de deskundige doet.")
    deskundige = Regeltekst("deskundige", blank=True, help_text="Wie het doet, als je dat al weet.")
    bevinding = PlatteTekst("bevinding", blank=True, help_text="Wat hierop het antwoord werd.")
    vervallen_op = models.DateTimeField("vervallen op", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "onderzoeksvraag of expertise"
        verbose_name_plural = "onderzoeksvragen en expertise"
        ordering = ("-standaard", "id")
        constraints = [
            models.UniqueConstraint(fields=["stap"], condition=Q(standaard=True), name="rw_9_14_een_standaardvraag"),
            models.CheckConstraint(
                condition=Q(standaard=False) | Q(soort_punt="vraag", vervallen_op__isnull=True),
                name="rw_9_14_standaardvraag_blijft",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="rw_9_14_standaardvraag_staat_vast",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__standaard=True, new__standaard=False)
                | pgtrigger.Q(old__standaard=True, old__stap__df=pgtrigger.F("new__stap")),
            )
        ]

    def __str__(self) -> str:
        return self.get_soort_punt_display()

    @property
    def casus(self) -> Casus:
        return self.stap.casus

    def pad(self) -> str:
        return f"{self.casus.pad()}diensten/{self.stap_id}/vragen/{self.pk}/"
