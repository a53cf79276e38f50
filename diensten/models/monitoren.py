"""Monitoren: after V&V, look again at agreed moments until it is stably safe."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Casus, Casusstuk, Processtap, eigenaarstrigger
from diensten import rechten, voorwaarden
from diensten.models.dienst import Dienst
from vt_cvs.kern.overgangen import overgang
from vt_cvs.kern.termijnen import op_kalender, plaatselijk
from vt_cvs.kern.velden import PlatteTekst, Regeltekst

if TYPE_CHECKING:
    from vt_cvs.kern.termijnen import Termijn
    from vt_cvs.organisatie.models import Medewerker


class Monitoren(Dienst):
    """Runs from the end of V&V until someone establishes that it is stably safe, or says why it stops (RAD-6)."""

    api_soort = "monitoringen"
    soort = Processtap.Soort.MONITOREN

    class Stand(models.TextChoices):
        LOPEND = "lopend", "Lopend"
        AFGEROND = "afgerond", "Afgerond"
        OPGEVOLGD = "opgevolgd", "Opgevolgd"

    geeindigd_als = frozenset({Stand.AFGEROND, Stand.OPGEVOLGD})

    telbaar = frozenset({"stand", "opgepakt_op", "stabiel_veilig"})
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = ("stand", "werkwijze", "stabiel_veilig", "toelichting")

    stand = FSMField("status", choices=Stand.choices, default=Stand.LOPEND, protected=True)
    werkwijze = PlatteTekst(
        "werkwijze", blank=True, help_text="Hoe en met wie je nagaat of het veilig blijft, zoals afgesproken."
    )
    stabiel_veilig = models.BooleanField("stabiel veilig", default=False, editable=False)
    toelichting = PlatteTekst("toelichting", blank=True, help_text="Waar het uit blijkt.")

    @overgang(
        stand,
        van=Stand.LOPEND,
        naar=Stand.AFGEROND,
        mag=rechten.mag_behandelen,
        mits=[voorwaarden.momenten_zijn_gehouden],
        knop="Stabiel veilig: monitoren afronden",
        zin="Stabiel veilig vastgesteld, monitoren afgerond",
        regels=["RAD-6"],
    )
    def stel_stabiel_veilig_vast(self, *, door: Medewerker, toelichting: str = "") -> None:
        """It is safe and stays safe: an employee says so."""
        self.stabiel_veilig = True
        self.toelichting = toelichting

    @overgang(
        stand,
        van=Stand.LOPEND,
        naar=Stand.AFGEROND,
        mag=rechten.mag_behandelen,
        mits=[voorwaarden.stabiel_veilig_is_vastgesteld, voorwaarden.momenten_zijn_gehouden],
        knop="Monitoren afronden zonder stabiel veilig",
        zin="Monitoren afgerond zonder dat stabiel veilig is vastgesteld",
        regels=["RAD-6"],
    )
    def rond_af(self, *, door: Medewerker, toelichting: str = "") -> None:
        """It stops for another reason, which is always written down."""
        self.toelichting = toelichting

    @overgang(
        stand,
        van=Stand.LOPEND,
        naar=Stand.OPGEVOLGD,
        mag=rechten.mag_opvolgen,
        knop="Monitoren laten opvolgen",
        zin="Monitoren opgevolgd door een nieuwe casus",
        regels=["RW-3.1"],
    )
    def laat_opvolgen(self, *, door: Medewerker) -> None:
        """A case from before 2019 gives way to the new case of a new report."""

    class Meta:
        verbose_name = "monitoren"
        verbose_name_plural = "monitoringen"
        constraints = [
            models.CheckConstraint(
                condition=Q(stabiel_veilig=False) | Q(stand="afgerond"), name="rad_6_stabiel_veilig_is_afgerond"
            )
        ]
        triggers: ClassVar = [
            eigenaarstrigger("monitoren"),
            pgtrigger.FSM(
                name="monitoren_machine",
                field="stand",
                transitions=[("lopend", "afgerond"), ("lopend", "opgevolgd")],
            ),
        ]

    @property
    def momenten(self) -> QuerySet[Monitormoment]:
        return Monitormoment.objects.filter(stap_id=self.stap_id).select_related("stap__casus")

    @property
    def open_momenten(self) -> QuerySet[Monitormoment]:
        return self.momenten.filter(gehouden_op__isnull=True, vervallen_op__isnull=True)

    @property
    def volgende_moment(self) -> Monitormoment | None:
        return self.open_momenten.first()

    @property
    def termijn(self) -> Termijn | None:
        moment = None if self.is_geeindigd else self.volgende_moment
        return moment.termijn if moment else None


class Monitormoment(Casusstuk):
    """One look at how safe it is: planned with whom and for what, and what was heard (RAD-7)."""

    class Antwoord(models.TextChoices):
        JA = "ja", "Ja"
        DEELS = "deels", "Deels"
        NEE = "nee", "Nee"
        ONBEKEND = "onbekend", "Onbekend"

    telbaar = frozenset(
        {"gepland_op", "gehouden_op", "vervallen_op", "werd_veilig", "werkt_aan_herstel", "inzet_genoeg"}
    )
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = (
        "gepland_op", "gehouden_op", "met", "waarvoor", "werd_veilig", "werkt_aan_herstel", "inzet_genoeg", "verslag",
    )  # fmt: skip

    stap = models.ForeignKey(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    gepland_op = models.DateField("gepland op", help_text="De dag waarop je nagaat hoe veilig het is.")
    na_maanden = models.PositiveSmallIntegerField("na zoveel maanden", null=True, blank=True, editable=False)
    gerekend_vanaf = models.DateTimeField("gerekend vanaf", null=True, blank=True, editable=False)
    met = Regeltekst("met", blank=True, help_text="Wie je benadert: gezinsleden, professionals of een instelling.")
    waarvoor = Regeltekst("waarvoor", blank=True, help_text="Wat je van wie wilt weten.")
    gehouden_op = models.DateTimeField("gehouden op", null=True, blank=True, help_text="Wanneer je het hebt nagegaan.")
    werd_veilig = models.CharField(
        "veilig", max_length=10, choices=Antwoord.choices, blank=True, help_text="Of het veilig werd en veilig blijft."
    )
    werkt_aan_herstel = models.CharField(
        "herstel", max_length=10, choices=Antwoord.choices, blank=True, help_text="Of er aan herstel wordt gewerkt."
    )
    inzet_genoeg = models.CharField(
        "inzet", max_length=10, choices=Antwoord.choices, blank=True, help_text="Of de inzet genoeg oplevert."
    )
    verslag = PlatteTekst("verslag", blank=True, help_text="Wat je hoorde, en van wie.")
    vervallen_op = models.DateTimeField("vervallen op", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "monitormoment"
        verbose_name_plural = "monitormomenten"
        ordering = ("gepland_op", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["stap", "na_maanden"],
                condition=Q(na_maanden__isnull=False, gehouden_op__isnull=True, vervallen_op__isnull=True),
                name="rw_11_4_eenmaal_per_termijn",
            ),
            models.CheckConstraint(
                condition=Q(gehouden_op__isnull=True) | Q(vervallen_op__isnull=True), name="gehouden_of_vervallen"
            ),
        ]

    def __str__(self) -> str:
        return f"monitormoment {self.gepland_op:%d-%m-%Y}"

    @property
    def casus(self) -> Casus:
        return self.stap.casus

    @property
    def gebeurd_op(self) -> datetime:
        return self.gehouden_op or timezone.now()

    @property
    def is_open(self) -> bool:
        return self.gehouden_op is None and self.vervallen_op is None

    @property
    def antwoorden(self) -> list[tuple[str, str]]:
        """The three questions of RAD-7 in short, each with its answer."""
        namen = ("werd_veilig", "werkt_aan_herstel", "inzet_genoeg")
        waarden = [(str(self._meta.get_field(n).verbose_name), getattr(self, n)) for n in namen]  # type: ignore[union-attr]
        return [(vraag, self.Antwoord(w).label.lower() if w else "niet gevraagd") for vraag, w in waarden]

    @property
    def termijn(self) -> Termijn:
        """The planned day; moved or extra moments have no derivation but themselves."""
        from vt_cvs.kern.termijnen import Termijn, dag_kort

        if self.na_maanden:
            vanzelf = op_kalender(plaatselijk(self.gerekend_vanaf or self.stap.begonnen_op), self.na_maanden)
            if vanzelf.uiterlijk == self.gepland_op:
                return vanzelf
        return Termijn(
            "monitormoment", self.gepland_op, self.gepland_op, f"Afgesproken op {dag_kort(self.gepland_op)}."
        )

    def pad(self) -> str:
        return f"{self.casus.pad()}diensten/{self.stap_id}/moment/{self.pk}/"
