"""The texts of letters and mails: shipped in plain Dutch, changed by the administrator, each version kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import PlatteTekst, Regeltekst, als_platte_tekst

PLAATSHOUDERS = {
    "meldingsnummer": "het nummer van de eigen melding",
    "casusnummer_advies": "het nummer van het advies",
    "aan": "de naam van wie het bericht krijgt",
    "kind": "de naam van het kind, als het bericht naar een ouder of voogd gaat",
    "datum_melding": "de dag waarop de melding binnenkwam",
    "vandaag": "de dag van vandaag",
    "organisatie": "de naam van dit Veilig Thuis",
}
MELDER = frozenset({"meldingsnummer", "aan", "datum_melding", "vandaag", "organisatie"})
_HAAK = re.compile(r"\{([^{}\n]*)\}")


class Partij(models.TextChoices):
    """Whom a message is for."""

    PROFESSIONAL = "professional", "melder: professional"
    BURGER = "burger", "melder: burger"
    POLITIE = "politie", "melder: politie"
    ANONIEM = "anoniem", "melder: anoniem"
    DIRECTBETROKKENE = "directbetrokkene", "directbetrokkene"
    GEZAGHEBBENDE = "gezaghebbende", "gezaghebbende van een kind"
    ADVIESVRAGER = "adviesvrager", "adviesvrager"


class Moment(models.TextChoices):
    """When a message goes out."""

    ADVIES = "advies", "bij een vraag om advies"
    MELDING = "melding", "over de melding en het dossier"
    TRIAGEBESLUIT = "triagebesluit", "na het triagebesluit"
    OVERDRACHT = "overdracht", "over de overdracht"
    EINDE = "einde", "aan het einde van de actieve betrokkenheid"


class Uitkomst(models.TextChoices):
    """What was decided, where that changes the text."""

    BIJ_VT = "bij_vt", "Veilig Thuis gaat verder"
    OVERDRACHT = "overdracht", "overdracht"
    MAATWERK = "maatwerk", "regionale maatwerktaak"
    EINDE = "einde", "geen vervolgstappen"


def toegestaan(partij: str) -> frozenset[str]:
    """The placeholders this party may read: a melder no more than the own report (RW-5.1), an adviesvrager the number
    of the advies and nothing else (RW-5.2)."""
    if partij == Partij.ADVIESVRAGER:
        return frozenset({"casusnummer_advies", "vandaag", "organisatie"})
    if partij == Partij.GEZAGHEBBENDE:
        return MELDER | {"kind"}
    return MELDER


def onbekende_plaatshouders(tekst: str, partij: str) -> Iterator[str]:
    """Everything between braces that is no placeholder for this party, and braces that do not close."""
    kan = toegestaan(partij)
    yield from (f"{{{naam}}}" for naam in _HAAK.findall(tekst) if naam not in kan)
    rest = _HAAK.sub("", tekst)
    yield from sorted({teken for teken in rest if teken in "{}"})


@regel("RW-12.3", "RW-5.11")
class Sjabloon(models.Model):
    """The text for one party at one moment, and for one outcome where that matters."""

    partij = models.CharField("voor wie", max_length=20, choices=Partij.choices, editable=False)
    moment = models.CharField("wanneer", max_length=16, choices=Moment.choices, editable=False)
    uitkomst = models.CharField("bij welk besluit", max_length=12, choices=Uitkomst.choices, blank=True, editable=False)
    onderwerp = Regeltekst("onderwerp", help_text="Zonder namen: een onderwerp leest ook een ander.")
    tekst = PlatteTekst(
        "tekst",
        help_text="Schrijf korte zinnen en gewone woorden, met “u”. De disclaimer komt er vanzelf onder. "
        + "Wat tussen accolades staat, wordt ingevuld: "
        + ", ".join(f"{{{naam}}} is {uitleg}" for naam, uitleg in PLAATSHOUDERS.items())
        + ".",
    )
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    history = HistoricalRecords(user_db_constraint=False)

    class Meta:
        verbose_name = "sjabloon"
        verbose_name_plural = "sjablonen van brieven en mails"
        ordering = ("partij", "moment", "uitkomst")
        constraints = [
            models.UniqueConstraint(fields=["partij", "moment", "uitkomst"], name="rw_12_3_een_tekst_per_soort"),
            models.CheckConstraint(
                condition=~Q(tekst__regex=r"^\s*$") & ~Q(onderwerp__regex=r"^\s*$"), name="rw_12_3_sjabloon_niet_leeg"
            ),
        ]

    def __str__(self) -> str:
        waar = f"{self.get_partij_display()}, {self.get_moment_display()}"
        return f"{waar}: {self.get_uitkomst_display()}" if self.uitkomst else waar

    def clean(self) -> None:
        fouten: dict[str, str] = {}
        for veld in ("onderwerp", "tekst"):
            waarde = str(getattr(self, veld))
            if not waarde.strip():
                fouten[veld] = "Deze tekst mag anders, maar niet leeg zijn: een bericht wacht er nooit op."
            elif vreemd := list(dict.fromkeys(onbekende_plaatshouders(waarde, self.partij))):
                kan = ", ".join(f"{{{naam}}}" for naam in PLAATSHOUDERS if naam in toegestaan(self.partij))
                fouten[veld] = f"Dit kan hier niet: {', '.join(vreemd)}. Kies uit: {kan}."
        if fouten:
            raise ValidationError(fouten)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A changed text is the next version; the earlier ones stay readable."""
        self.onderwerp, self.tekst = als_platte_tekst(self.onderwerp), als_platte_tekst(self.tekst)
        if self.pk:
            oud = type(self).objects.filter(pk=self.pk).values_list("onderwerp", "tekst").first()
            if oud is not None and oud != (self.onderwerp, self.tekst):
                self.versie += 1
        super().save(*args, **kwargs)


@regel("RW-12.3")
def sjabloon_voor(partij: str, moment: str, uitkomst: str = "") -> Sjabloon:
    """The text for this outcome, or else for this moment; as shipped where the database has none."""
    gevonden = Sjabloon.objects.filter(partij=partij, moment=moment, uitkomst__in={uitkomst, ""})
    if rij := max(gevonden, key=lambda rij: rij.uitkomst, default=None):
        return rij
    from vt_cvs.organisatie.lijsten.sjablonen import meegeleverd

    past = [v for v in meegeleverd() if v["partij"] == partij and v["moment"] == moment]
    return Sjabloon(**max((v for v in past if v["uitkomst"] in {uitkomst, ""}), key=lambda v: v["uitkomst"]))


def vul(tekst: str, waarden: Mapping[str, str]) -> str:
    """Fill the placeholders; one without a value stays, so that whoever sends it sees it."""
    return _HAAK.sub(lambda haak: waarden.get(haak[1]) or haak[0], tekst)


def niet_ingevuld(tekst: str) -> list[str]:
    """What still stands between braces."""
    return [f"{{{naam}}}" for naam in _HAAK.findall(tekst) if naam in PLAATSHOUDERS]
