"""What a VHT is made of: answers, forms of violence, and the facts both rest on, each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from casus.models import Casus, Casusstuk, Contact
from melding.models import Melding
from triage.models.vht import VHT
from vt_cvs.kern.velden import PlatteTekst, Regeltekst
from vt_cvs.organisatie.selectors import label
from vt_cvs.web import dagen

JA_OF_NEE: dict[bool | None, str] = {True: "ja", False: "nee", None: "nog open"}

_EIGEN_VHT = """
    IF NEW.vht_id <> (SELECT vht_id FROM triage_geweldsvorm WHERE id = NEW.vorm_id) THEN
        RAISE EXCEPTION 'rw_8_12: een feit hoort bij een vorm van dezelfde VHT' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class VHTStuk(Casusstuk):
    """A part of one VHT. Filling in is in the log; on the time line come only later supplements."""

    vht: Any

    class Meta:
        abstract = True

    @property
    def casus(self) -> Casus:
        return self.vht.casus

    @property
    def logstap_id(self) -> int | None:
        return self.vht.stap_id

    @property
    def op_tijdlijn(self) -> bool:
        return self.vht.is_vastgesteld

    def pad(self) -> str:
        return self.vht.pad()


@dataclass(frozen=True, slots=True)
class Herkomst:
    """Where a fact was taken from: words for on screen, and the page where it stands."""

    tekst: str
    pad: str


class Onderbouwing(VHTStuk):
    """A fact with its source; what was picked or taken over keeps the piece it came from (RW-8.12)."""

    feit = PlatteTekst("feit", blank=True, help_text="Wat er is gezien, gehoord of gezegd. Geen oordeel.")
    bron = Regeltekst("bron", blank=True, help_text="Van wie of waaruit je dit weet.")
    vastgelegd_op = models.DateTimeField("vastgelegd op", default=timezone.now, editable=False)
    uit = models.ForeignKey(
        VHT, models.SET_NULL, null=True, related_name="+", verbose_name="overgenomen uit", editable=False
    )
    uit_melding = models.ForeignKey(
        Melding, models.SET_NULL, null=True, related_name="+", verbose_name="uit melding", editable=False
    )
    uit_contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, related_name="+", verbose_name="uit contact", editable=False
    )

    HERKOMST: ClassVar = ("uit", "uit_melding", "uit_contact")

    class Meta:
        abstract = True

    @property
    def herkomst(self) -> Iterator[Herkomst]:
        """The piece it was read in first, then the earlier VHT that passed it on."""
        if self.uit_melding is not None:
            dag = dagen.kort(self.uit_melding.ontvangen_op)
            yield Herkomst(f"melding {self.uit_melding.nummer}, {dag}", self.uit_melding.pad())
        if self.uit_contact is not None:
            yield Herkomst(f"contact, {dagen.kort(self.uit_contact.op)}", self.uit_contact.pad())
        if self.uit is not None:
            dag = dagen.kort(self.uit.vastgesteld_op or self.uit.stap.begonnen_op)
            yield Herkomst(f"VHT van {dag}", self.uit.pad())

    @property
    def zelfde_herkomst(self) -> dict[str, Any]:
        """To pass on with a copy, without asking the database for the pieces themselves."""
        return {f"{naam}_id": getattr(self, f"{naam}_id") for naam in self.HERKOMST}


class Antwoord(Onderbouwing):
    """The answer to one question: yes, no or still open, with what it rests on."""

    telbaar = frozenset({"vraag", "waarde"})
    na_vernietiging = frozenset({"vht", "vraag", "onderdeel", "criterium_b", "waarde"})
    ter_inzage = ("vraag", "waarde", "feit", "bron")

    vht = models.ForeignKey(VHT, models.CASCADE, related_name="antwoorden", verbose_name="VHT", editable=False)
    vraag = models.CharField("vraag", max_length=8, editable=False)
    onderdeel = models.CharField("onderdeel", max_length=1, editable=False)
    criterium_b = models.BooleanField("criterium B aangekruist", default=False, editable=False)
    waarde = models.BooleanField(
        "antwoord", null=True, blank=True, help_text="Hieruit volgt de conclusie. Leeg: nog niet beantwoord."
    )

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["vht", "vraag"], name="antwoord_eenmaal_per_vraag")]

    def __str__(self) -> str:
        return f"{self.vraag} {self.ja_of_nee}"

    @property
    def ja_of_nee(self) -> str:
        return JA_OF_NEE[self.waarde]

    @property
    def is_aangeraakt(self) -> bool:
        """Whether anyone ever answered here, if only to empty it again."""
        return self.waarde is not None or bool(self.feit or self.bron) or self.versie > 1


class Geweldsvorm(VHTStuk):
    """A form of violence; the final conclusion wants facts with their source, recording it is never refused."""

    telbaar = frozenset({"vorm"})
    na_vernietiging = frozenset({"vht", "vorm"})
    ter_inzage = ("vorm",)

    vht = models.ForeignKey(VHT, models.CASCADE, related_name="vormen", verbose_name="VHT", editable=False)
    vorm = models.CharField("vorm van geweld", max_length=40, help_text="Telt mee in de cijfers; onbekend mag.")
    uit = models.ForeignKey(
        VHT, models.SET_NULL, null=True, related_name="+", verbose_name="overgenomen uit", editable=False
    )

    class Meta:
        verbose_name = "vorm van geweld"
        verbose_name_plural = "vormen van geweld"
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=~Q(vorm=""), name="vorm_is_gekozen")]

    def __str__(self) -> str:
        return self.naam

    @cached_property
    def naam(self) -> str:
        return label("geweldsvorm", self.vorm)


class Feit(Onderbouwing):
    """One fact that a form of violence rests on. A form has as many as are known."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("feit", "bron", "vastgelegd_op")

    vht = models.ForeignKey(VHT, models.CASCADE, related_name="feiten", verbose_name="VHT", editable=False)
    vorm = models.ForeignKey(
        Geweldsvorm, models.CASCADE, related_name="feiten", verbose_name="vorm van geweld", editable=False
    )

    class Meta:
        verbose_name = "feit"
        verbose_name_plural = "feiten"
        ordering = ("id",)
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="rw_8_12_feit_bij_eigen_vht",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("vht_id", "vorm_id"),
                func=_EIGEN_VHT,
            )
        ]

    def __str__(self) -> str:
        return self.feit or "Feit nog leeg"

    @property
    def ontbreekt(self) -> list[str]:
        return [veld for veld in ("feit", "bron") if not getattr(self, veld).strip()]
