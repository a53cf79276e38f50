"""What a professional says of the five steps of the meldcode, as it was given."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from melding.signalen.models.bij import BijSignaal
from melding.signalen.models.inhoud import RUIM, JaNee
from melding.signalen.models.signaal import Signaal
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import PlatteTekst, Regeltekst


@regel("PRO-2")
class Meldcode(BijSignaal):
    """The steps a professional took before reporting; nothing of it was needed to report."""

    class Stap(models.TextChoices):
        SIGNALEN = "1", "signalen in kaart gebracht"
        OVERLEG = "2", "overlegd met een collega of advies gevraagd"
        GESPREK = "3", "gesproken met betrokkenen"
        WEGEN = "4", "het geweld of de mishandeling gewogen"
        BESLISSEN = "5", "beslist over melden en over hulp"

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = (
        "meldcodestappen",
        "afwegingskader",
        "weging",
        "gesprek_gevoerd",
        "gesprek_verslag",
        "weet_van_melding",
        "melden_nodig",
        "hulp_mogelijk",
        "besluit_uitleg",
    )

    signaal = models.OneToOneField(
        Signaal, models.CASCADE, related_name="meldcode", verbose_name="signaal", editable=False
    )
    meldcodestappen = ArrayField(
        models.CharField(max_length=1, choices=Stap.choices),
        verbose_name="gezette stappen van de meldcode",
        default=list,
        blank=True,
        editable=False,
    )
    afwegingskader = Regeltekst("afwegingskader", max_length=RUIM, blank=True, editable=False)
    weging = PlatteTekst("uitkomst van de afweging", blank=True, editable=False)
    gesprek_gevoerd = models.CharField(
        "gesprek met betrokkenen", max_length=8, choices=JaNee.choices, blank=True, editable=False
    )
    gesprek_verslag = PlatteTekst("over dat gesprek", blank=True, editable=False)
    weet_van_melding = models.CharField(
        "betrokkenen weten van de melding", max_length=8, choices=JaNee.choices, blank=True, editable=False
    )
    melden_nodig = models.CharField(
        "eerste beslissing: melden is nodig", max_length=8, choices=JaNee.choices, blank=True, editable=False
    )
    hulp_mogelijk = models.CharField(
        "tweede beslissing: melder kan zelf hulp geven of regelen",
        max_length=8,
        choices=JaNee.choices,
        blank=True,
        editable=False,
    )
    besluit_uitleg = PlatteTekst("over de twee beslissingen", blank=True, editable=False)

    class Meta:
        verbose_name = "meldcode"
        verbose_name_plural = "meldcodes"
        ordering = ("id",)
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="rw_6_3_meldcode_zoals_ontvangen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "meldcodestappen",
                    "afwegingskader",
                    "weging",
                    "gesprek_gevoerd",
                    "gesprek_verslag",
                    "weet_van_melding",
                    "melden_nodig",
                    "hulp_mogelijk",
                    "besluit_uitleg",
                ),
            )
        ]

    def __str__(self) -> str:
        return "meldcode volgens de melder"

    @property
    def stapzinnen(self) -> list[tuple[str, bool]]:
        """All five, each with whether it was taken: a step that was left out is seen as well."""
        return [(f"{stap.value}. {stap.label}", stap.value in self.meldcodestappen) for stap in self.Stap]

    @property
    def antwoorden(self) -> list[tuple[str, str]]:
        """What was answered about steps 3, 4 and 5, each with its label."""
        gezegd = {
            "afwegingskader": self.afwegingskader,
            "weging": self.weging,
            "gesprek_gevoerd": self.get_gesprek_gevoerd_display(),
            "gesprek_verslag": self.gesprek_verslag,
            "weet_van_melding": self.get_weet_van_melding_display(),
            "melden_nodig": self.get_melden_nodig_display(),
            "hulp_mogelijk": self.get_hulp_mogelijk_display(),
            "besluit_uitleg": self.besluit_uitleg,
        }
        velden = {veld.name: str(veld.verbose_name).capitalize() for veld in self._meta.concrete_fields}
        return [(velden[naam], waarde) for naam, waarde in gezegd.items() if waarde]
