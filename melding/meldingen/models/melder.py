"""Whoever reported."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from casus.models import Casus, Casusstuk
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import Regeltekst
from vt_cvs.organisatie.sjablonen import Partij

ANONIEM = frozenset({"soort", "functie", "organisatie", "naam", "email", "email_reden", "telefoon", "anoniem"})


@regel("RW-6.4", "RW-7.7")
class Melder(Casusstuk):
    """Whoever reported. An anonymous melder is known to us by function and organisation, to the family not at all."""

    class Soort(models.TextChoices):
        PROFESSIONAL = "professional", "professional"
        BURGER = "burger", "burger"
        POLITIE = "politie", "politie"
        ANONIEM = "anoniem", "anoniem"

    class EmailReden(models.TextChoices):
        NIET_BEKEND = "niet_bekend", "niet bekend"
        WIL_NIET = "wil_niet", "wil geen e-mailadres geven"

    telbaar = frozenset({"soort", "functie", "organisatie", "anoniem"})
    na_vernietiging = frozenset({"soort", "functie", "organisatie", "anoniem", "casus"})
    ter_inzage = ("naam", "functie", "organisatie")

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="+", verbose_name="casus", editable=False)
    soort = models.CharField(
        "soort melder", max_length=12, choices=Soort.choices, blank=True, help_text="Telt mee in de cijfers."
    )
    functie = models.CharField(
        "functie", max_length=40, blank=True, help_text="Rol of beroep van de melder. Voor het CBS; onbekend mag."
    )
    organisatie = models.CharField(
        "organisatie", max_length=40, blank=True, help_text="Waar de melder werkt. Voor het CBS; onbekend mag."
    )
    naam = Regeltekst("naam", blank=True, help_text="Om de melder te kunnen aanspreken en terug te koppelen.")
    email = Regeltekst("e-mailadres", blank=True, help_text="Om contact te kunnen leggen.")
    email_reden = models.CharField(
        "geen e-mailadres, omdat",
        max_length=12,
        choices=EmailReden.choices,
        blank=True,
        help_text="Een keuze volstaat; zonder adres volgt een taak om anders terug te koppelen.",
    )
    telefoon = Regeltekst("telefoon", max_length=40, blank=True, help_text="Om contact te kunnen leggen.")
    anoniem = models.BooleanField(
        "anoniem voor het gezin",
        default=False,
        help_text="Het gezin krijgt dan niets te weten over de melder, ook niet functie en organisatie.",
    )

    class Meta:
        verbose_name = "melder"
        verbose_name_plural = "melders"
        constraints = [
            models.CheckConstraint(condition=~Q(soort="anoniem") | Q(anoniem=True), name="melder_anoniem_is_anoniem")
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="rw_6_16_eerst_de_nti",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("anoniem"),
                func="""
                    IF OLD.anoniem AND NOT NEW.anoniem AND EXISTS (
                        SELECT 1 FROM melding_nti n JOIN melding_melding m ON m.id = n.melding_id
                         WHERE m.melder_id = NEW.id) THEN
                        RAISE EXCEPTION 'rw_6_16: beslis eerst over de NTI, dan wordt de melder open'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return "anonieme melder" if self.anoniem else self.naam or "melder"

    @property
    def partij(self) -> str:
        """For whom feedback is written: an anonymous melder gets the text that says so (RW-12.3)."""
        if self.anoniem:
            return Partij.ANONIEM
        return self.soort or (Partij.PROFESSIONAL if self.functie or self.organisatie else Partij.BURGER)

    @property
    def logstap_id(self) -> int | None:
        return None

    @regel("RW-5.18a")
    def niet_ter_inzage(self) -> frozenset[str]:
        """Of an anonymous melder the family learns nothing, not even what kind of work it is."""
        return ANONIEM if self.anoniem else frozenset()
