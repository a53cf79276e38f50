"""The people a signal names, as they were named."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from casus.models import Persoon
from melding.signalen.models.bij import BijSignaal
from melding.signalen.models.inhoud import RUIM
from melding.signalen.models.signaal import Signaal
from vt_cvs.kern.velden import BSNVeld, Regeltekst


class AangemeldePersoon(BijSignaal):
    """Someone a signal names, as it was written. Nothing is put right here; what cannot be right is said."""

    class Soort(models.TextChoices):
        KIND = "kind", "kind"
        VOLWASSENE = "volwassene", "volwassene"

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = (
        "soort",
        "voornamen",
        "voorvoegsel",
        "achternaam",
        "geboortedatum_opgegeven",
        "geslacht",
        "rol",
        "afhankelijk",
    )
    buiten_inzage = frozenset({"straat", "postcode", "plaats", "telefoon"})

    signaal = models.ForeignKey(
        Signaal, models.CASCADE, related_name="personen", verbose_name="signaal", editable=False
    )
    soort = models.CharField("kind of volwassene", max_length=10, choices=Soort.choices, editable=False)
    voornamen = Regeltekst("voornamen", max_length=RUIM, blank=True, editable=False)
    voorvoegsel = Regeltekst("voorvoegsel", max_length=RUIM, blank=True, editable=False)
    achternaam = Regeltekst("achternaam", max_length=RUIM, blank=True, editable=False)
    geboortedatum_opgegeven = Regeltekst("geboortedatum zoals opgegeven", max_length=RUIM, blank=True, editable=False)
    geboortedatum = models.DateField("geboortedatum", null=True, blank=True, editable=False)
    bsn = BSNVeld("BSN", blank=True, editable=False)
    geslacht = Regeltekst("geslacht", max_length=RUIM, blank=True, editable=False)
    straat = Regeltekst("straat en huisnummer", max_length=RUIM, blank=True, editable=False)
    postcode = Regeltekst("postcode", max_length=RUIM, blank=True, editable=False)
    plaats = Regeltekst("woonplaats", max_length=RUIM, blank=True, editable=False)
    telefoon = Regeltekst("telefoon", max_length=RUIM, blank=True, editable=False)
    rol = Regeltekst("rol zoals opgegeven", max_length=RUIM, blank=True, editable=False)
    afhankelijk = models.BooleanField("heeft zorg van een ander nodig", default=False, editable=False)
    twijfels = ArrayField(models.TextField(), verbose_name="na te kijken", default=list, blank=True, editable=False)
    persoon = models.ForeignKey(
        Persoon,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="persoon",
        editable=False,
    )

    class Meta:
        verbose_name = "aangemelde persoon"
        verbose_name_plural = "aangemelde personen"
        ordering = ("id",)
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="rw_6_3_persoon_zoals_ontvangen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "soort",
                    "voornamen",
                    "voorvoegsel",
                    "achternaam",
                    "geboortedatum_opgegeven",
                    "geslacht",
                    "straat",
                    "postcode",
                    "plaats",
                    "telefoon",
                    "rol",
                    "afhankelijk",
                ),
            )
        ]

    def __str__(self) -> str:
        return self.volle_naam or "naam onbekend"

    @property
    def volle_naam(self) -> str:
        return " ".join(deel for deel in (self.voornamen, self.voorvoegsel, self.achternaam) if deel)

    @property
    def is_kind(self) -> bool:
        return self.soort == self.Soort.KIND
