"""Overdracht: another party goes on with the family; what it gets from us leaves in one letter with our disclaimer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Bericht, Processtap, eigenaarstrigger
from diensten import rechten, voorwaarden
from diensten.bijzonder import ieder_hoort_van_overdracht
from diensten.models.dienst import Dienst
from vt_cvs.kern.overgangen import overgang
from vt_cvs.kern.velden import PlatteTekst, Regeltekst
from vt_cvs.organisatie.selectors import label

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker

# Letters and digits only: a line end or an invisible mark in the setting must never hold up a letter.
_ZONDER_DISCLAIMER = """
    IF NOT EXISTS (
        SELECT 1 FROM casus_bericht b, organisatie_instelling i
         WHERE b.id = NEW.brief_id
           AND position(regexp_replace(normalize(i.disclaimer), '[^[:alnum:]]+', '', 'g')
                        in regexp_replace(normalize(b.tekst), '[^[:alnum:]]+', '', 'g')) > 0
    ) THEN
        RAISE EXCEPTION 'rw_10_4: overdracht % heeft geen brief met de disclaimer', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Overdracht(Dienst):
    """Prepared, offered, accepted and handed over; or refused or withdrawn, and then a new choice follows."""

    api_soort = "overdrachten"
    soort = Processtap.Soort.OVERDRACHT

    class Stand(models.TextChoices):
        VOORBEREIDING = "voorbereiding", "In voorbereiding"
        AANGEBODEN = "aangeboden", "Aangeboden"
        GEACCEPTEERD = "geaccepteerd", "Geaccepteerd"
        OVERGEDRAGEN = "overgedragen", "Overgedragen"
        GEWEIGERD = "geweigerd", "Geweigerd"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    geeindigd_als = frozenset({Stand.OVERGEDRAGEN, Stand.GEWEIGERD, Stand.INGETROKKEN})

    telbaar = frozenset({"stand", "soort_partij", "opgepakt_op", "aangeboden_op"})
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = (
        "stand",
        "soort_partij",
        "partij",
        "zicht_op_veiligheid",
        "advies_en_aandachtspunten",
        "aangeboden_op",
        "reden_niet_over",
    )

    stand = FSMField("status", choices=Stand.choices, default=Stand.VOORBEREIDING, protected=True)
    soort_partij = models.CharField(
        "soort partij", max_length=40, blank=True, help_text="Aan wat voor organisatie je overdraagt. Voor het CBS."
    )
    partij = Regeltekst("partij", blank=True, help_text="De naam van de organisatie of het team.")
    adres_partij = Regeltekst(
        "adres van de partij", blank=True, help_text="Waar de overdrachtsbrief heen gaat: mail- of postadres."
    )
    advies_en_aandachtspunten = PlatteTekst(
        "Advies en aandachtspunten",
        blank=True,
        help_text="Risicofactoren, beschermende factoren en veiligheidsafspraken; voorgevuld uit het dossier.",
    )
    zicht_op_veiligheid = Regeltekst(
        "zicht op veiligheid", blank=True, help_text="Wie na de overdracht in de gaten houdt of het veilig is."
    )
    aangeboden_op = models.DateTimeField("aangeboden op", null=True, blank=True, editable=False)
    reden_niet_over = PlatteTekst(
        "reden van niet overdragen", blank=True, help_text="Waarom de partij weigert of wij de overdracht intrekken."
    )
    brief = models.OneToOneField(
        Bericht, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="brief", editable=False
    )

    @overgang(
        stand,
        van=Stand.VOORBEREIDING,
        naar=Stand.AANGEBODEN,
        mag=rechten.mag_behandelen,
        mits=[voorwaarden.soort_partij_bij_aanbieden],
        knop="Overdracht aanbieden",
        zin="Overdracht aangeboden",
        regels=["RW-4.8b"],
    )
    def bied_aan(self, *, door: Medewerker) -> None:
        """The party is asked whether it takes over; nothing of the file leaves yet."""
        self.aangeboden_op = timezone.now()

    @overgang(
        stand,
        van=Stand.AANGEBODEN,
        naar=Stand.GEACCEPTEERD,
        mag=rechten.mag_behandelen,
        knop="Partij accepteert",
        zin="Overdracht geaccepteerd",
    )
    def accepteer(self, *, door: Medewerker) -> None:
        """The party takes it on."""

    @overgang(
        stand,
        van=Stand.GEACCEPTEERD,
        naar=Stand.OVERGEDRAGEN,
        mag=rechten.mag_behandelen,
        mits=[
            voorwaarden.soort_partij_bij_overdragen,
            voorwaarden.iemand_houdt_zicht,
            voorwaarden.geheim_adres_gaat_bewust_mee,
            ieder_hoort_van_overdracht,
        ],
        knop="Overdragen",
        zin="Overgedragen aan {o.aan_wie}",
        regels=["RW-4.8", "RW-10.4", "RAD-8"],
    )
    def draag_over(self, *, door: Medewerker) -> None:
        """The letter leaves, as it stands now and with the disclaimer, and stays in the file."""
        from diensten.services.overdrachten import verstuur_brief

        self.brief = verstuur_brief(self, door=door)

    @overgang(
        stand,
        van=Stand.AANGEBODEN,
        naar=Stand.GEWEIGERD,
        mag=rechten.mag_behandelen,
        knop="Partij weigert",
        zin="Overdracht geweigerd door de partij",
        regels=["RW-13.S2"],
    )
    def weiger(self, *, door: Medewerker, reden: str) -> None:
        """The party does not take it on; no new report and no new triagebesluit, but a new choice (scenario 2)."""
        voorwaarden.eis_reden(reden, veld="reden", regel="RW-13.S2")
        self.reden_niet_over = reden

    @overgang(
        stand,
        van=[Stand.VOORBEREIDING, Stand.AANGEBODEN, Stand.GEACCEPTEERD],
        naar=Stand.INGETROKKEN,
        mag=rechten.mag_behandelen,
        knop="Overdracht intrekken",
        zin="Overdracht ingetrokken",
        regels=["RW-13.S2"],
    )
    def trek_in(self, *, door: Medewerker, reden: str) -> None:
        """We take it back before it was handed over."""
        voorwaarden.eis_reden(reden, veld="reden", regel="RW-13.S2")
        self.reden_niet_over = reden

    class Meta:
        verbose_name = "overdracht"
        verbose_name_plural = "overdrachten"
        constraints = [
            models.CheckConstraint(
                condition=~Q(stand="overgedragen") | ~Q(soort_partij=""),
                name="rw_4_8_overgedragen_heeft_soort_partij",
            ),
            models.CheckConstraint(
                condition=Q(stand__in=["voorbereiding", "ingetrokken"]) | Q(aangeboden_op__isnull=False),
                name="overdracht_aangeboden_heeft_tijdstip",
            ),
        ]
        triggers: ClassVar = [
            eigenaarstrigger("overdracht"),
            pgtrigger.FSM(
                name="overdracht_machine",
                field="stand",
                transitions=[
                    ("voorbereiding", "aangeboden"),
                    ("voorbereiding", "ingetrokken"),
                    ("aangeboden", "geaccepteerd"),
                    ("aangeboden", "geweigerd"),
                    ("aangeboden", "ingetrokken"),
                    ("geaccepteerd", "overgedragen"),
                    ("geaccepteerd", "ingetrokken"),
                ],
            ),
            pgtrigger.Trigger(
                name="rw_10_4_brief_draagt_disclaimer",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("stand"),
                condition=pgtrigger.Q(new__stand="overgedragen"),
                func=_ZONDER_DISCLAIMER,
            ),
            pgtrigger.Protect(
                name="rw_13_s2_niet_over_heeft_reden",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("stand"),
                condition=pgtrigger.Q(new__stand__in=["geweigerd", "ingetrokken"], new__reden_niet_over=""),
            ),
        ]

    @property
    def soort_partij_in_woorden(self) -> str:
        return label("overdracht_organisatie", self.soort_partij) if self.soort_partij else ""

    @property
    def aan_wie(self) -> str:
        """The party by name, or else by kind."""
        return self.partij or self.soort_partij_in_woorden or "een andere partij"
