"""What a signal says, as it was said: kept to the letter, and forgotten when it becomes nothing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vt_cvs.kern.velden import PlatteTekst, Regeltekst

RUIM = 500
"""What one line of a received message may hold; longer is not a line."""


class JaNee(models.TextChoices):
    """An answer of whoever reports; unknown is an answer too."""

    JA = "ja", "ja"
    NEE = "nee", "nee"
    ONBEKEND = "onbekend", "weet de melder niet"


class Berichtinhoud(models.Model):
    """Everything somebody told, in the words in which it came; nothing of it is put right here."""

    eigen_gegevens: ClassVar[tuple[str, ...]] = (
        "tekst",
        "aanleiding",
        "hulpverlening",
        "wie_helpt",
        "duur_opgegeven",
        "gevaar",
        "afhankelijken",
        "incident_opgegeven",
        "ontvangen_opgegeven",
        "melder_naam",
        "melder_soort",
        "melder_organisatietype",
        "melder_email_reden",
        "melder_bereik",
        "melder_anoniem",
        "melder_functie",
        "melder_organisatie",
        "melder_email",
        "melder_telefoon",
    )

    ontvangen_opgegeven = Regeltekst("ontvangst zoals opgegeven", max_length=RUIM, blank=True, editable=False)
    incident_opgegeven = Regeltekst("incident zoals opgegeven", max_length=RUIM, blank=True, editable=False)
    tekst = PlatteTekst("tekst", blank=True, editable=False)
    aanleiding = Regeltekst("aanleiding", max_length=RUIM, blank=True, editable=False)
    hulpverlening = Regeltekst("betrokken hulpverlening", max_length=RUIM, blank=True, editable=False)
    wie_helpt = PlatteTekst("wie er hulp geeft", blank=True, editable=False)
    duur_opgegeven = Regeltekst("duur zoals opgegeven", max_length=RUIM, blank=True, editable=False)
    gevaar = models.CharField(
        "nu gevaar volgens de melder", max_length=8, choices=JaNee.choices, blank=True, editable=False
    )
    afhankelijken = models.CharField(
        "kinderen of afhankelijken in huis", max_length=8, choices=JaNee.choices, blank=True, editable=False
    )
    melder_naam = Regeltekst("naam van de melder", max_length=RUIM, blank=True, editable=False)
    melder_functie = Regeltekst("functie van de melder", max_length=RUIM, blank=True, editable=False)
    melder_organisatie = Regeltekst("organisatie van de melder", max_length=RUIM, blank=True, editable=False)
    melder_email = Regeltekst("e-mailadres van de melder", max_length=RUIM, blank=True, editable=False)
    melder_telefoon = Regeltekst("telefoon van de melder", max_length=RUIM, blank=True, editable=False)
    melder_soort = Regeltekst("soort melder zoals opgegeven", max_length=RUIM, blank=True, editable=False)
    melder_organisatietype = Regeltekst("type organisatie van de melder", max_length=RUIM, blank=True, editable=False)
    melder_email_reden = Regeltekst("melder geeft geen e-mailadres, omdat", max_length=RUIM, blank=True, editable=False)
    melder_bereik = Regeltekst(
        "waarop te letten bij contact met de melder", max_length=RUIM, blank=True, editable=False
    )
    melder_anoniem = models.CharField(
        "melder wil anoniem blijven", max_length=8, choices=JaNee.choices, blank=True, editable=False
    )

    class Meta:
        abstract = True

    def vergeet(self) -> None:
        """Empty what was said about people; the row then only tells that a signal came in, and when."""
        for veld in self.eigen_gegevens:
            setattr(self, veld, "")
