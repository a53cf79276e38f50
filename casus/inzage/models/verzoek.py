"""The request: one requester, one case, one screening."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django_fsm import FSMField

from casus.inzage import rechten, voorwaarden
from casus.inzage.models.wachters import alles_beoordeeld, een_verzoeker
from casus.models import Betrokkene, Casus, Casusstuk
from casus.voorwaarden import eis_reden
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.velden import PlatteTekst

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker


class Inzageverzoek(Casusstuk, Toestandsmodel):
    """Someone asks to see the file. Screened for this requester only (RW-5.18f)."""

    class Stand(models.TextChoices):
        ONTVANGEN = "ontvangen", "Ontvangen"
        IN_SCREENING = "in_screening", "In screening"
        GESCREEND = "gescreend", "Gescreend"
        VERSTREKT = "verstrekt", "Verstrekt"
        AFGEWEZEN = "afgewezen", "Afgewezen"

    class Hoedanigheid(models.TextChoices):
        ZELF = "zelf", "vraagt voor zichzelf"
        VERTEGENWOORDIGER = "vertegenwoordiger", "is wettelijk vertegenwoordiger"

    class Grond(models.TextChoices):
        LEEFTIJD = "leeftijd", "de leeftijd of het kunnen overzien laat inzage niet toe"
        ANDER = "ander", "de privacy van een ander gaat voor"
        VEILIGHEID = "veiligheid", "de veiligheid of de taak van Veilig Thuis vraagt het"
        GEEN_RECHT = "geen_recht", "de verzoeker heeft geen recht op dit dossier"
        INGETROKKEN = "ingetrokken", "de verzoeker trekt het verzoek in"

    api_soort = "inzageverzoeken"
    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("ontvangen_op", "verzoeker", "hoedanigheid", "namens", "stand", "verstrekt_op")

    casus = models.ForeignKey(Casus, models.CASCADE, related_name="+", verbose_name="casus", editable=False)
    stand = FSMField("status", choices=Stand.choices, default=Stand.ONTVANGEN, protected=True)
    verzoeker = models.ForeignKey(
        Betrokkene,
        models.CASCADE,
        related_name="+",
        verbose_name="verzoeker",
        help_text="Wie de inzage krijgt. Het dossier wordt voor deze persoon gescreend.",
    )
    hoedanigheid = models.CharField(
        "hoedanigheid",
        max_length=20,
        choices=Hoedanigheid.choices,
        default=Hoedanigheid.ZELF,
        help_text="Of de verzoeker voor zichzelf vraagt, of voor een kind.",
    )
    namens = models.ForeignKey(
        Betrokkene,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="voor wie",
        help_text="Het kind of de persoon die de verzoeker vertegenwoordigt.",
    )
    ontvangen_op = models.DateTimeField(
        "ontvangen op", default=timezone.now, help_text="Vanaf dan loopt de termijn van een maand."
    )
    in_staat = models.BooleanField(
        "kan zijn belangen overzien",
        null=True,
        blank=True,
        help_text="Jouw oordeel over wie om wie het gaat, als die nog geen 18 is; leeg: nog niet beoordeeld.",
    )
    belang_verzet_zich = models.BooleanField(
        "belang verzet zich",
        null=True,
        blank=True,
        help_text="Of inzage door de vertegenwoordiger ingaat tegen het belang van het kind; leeg: niet beoordeeld.",
    )
    oordeel_toelichting = PlatteTekst(
        "toelichting op het oordeel", blank=True, help_text="Waarop je dit oordeel baseert."
    )
    gescreend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gescreend door",
        editable=False,
    )
    gescreend_op = models.DateTimeField("gescreend op", null=True, blank=True, editable=False)
    verstrekt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="verstrekt door",
        editable=False,
    )
    verstrekt_op = models.DateTimeField("verstrekt op", null=True, blank=True, editable=False)
    grond = models.CharField(
        "grond", max_length=20, choices=Grond.choices, blank=True, help_text="Waarom het verzoek wordt afgewezen."
    )
    reden = PlatteTekst("reden", blank=True, help_text="Concreet voor dit dossier; komt in het logboek.")
    # The document as it was made after the screening; encrypted at rest.
    opslagnaam = models.CharField("plaats in de opslag", max_length=100, blank=True, editable=False)
    vingerafdruk = models.CharField("vingerafdruk", max_length=64, blank=True, editable=False)
    bladzijden = models.PositiveIntegerField("bladzijden", default=0, editable=False)
    voortgang = models.PositiveSmallIntegerField("voortgang", default=0, editable=False)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vastgelegd door", editable=False
    )

    @overgang(
        stand,
        van=Stand.ONTVANGEN,
        naar=Stand.IN_SCREENING,
        mag=rechten.mag_screenen,
        mits=[voorwaarden.leeftijd_laat_inzage_toe],
        knop="Screening beginnen",
        zin="Screening van het inzagedossier begonnen",
        regels=["RW-5.18f"],
    )
    def begin_screening(self, *, door: Medewerker) -> None:
        """Every piece of the file becomes a part to judge."""

    @overgang(
        stand,
        van=Stand.IN_SCREENING,
        naar=Stand.GESCREEND,
        mag=rechten.mag_screenen,
        mits=[voorwaarden.elk_onderdeel_is_beoordeeld],
        knop="Screening afronden",
        zin="Inzagedossier gescreend",
        regels=["RW-5.18f"],
    )
    def rond_screening_af(self, *, door: Medewerker) -> None:
        """The document is made in the background; then the second pair of eyes looks."""
        self.gescreend_door = door
        self.gescreend_op = timezone.now()
        self._vergeet_document()

    @overgang(
        stand,
        van=Stand.GESCREEND,
        naar=Stand.IN_SCREENING,
        mag=rechten.mag_heropenen,
        knop="Screening heropenen",
        zin="Screening heropend",
        regels=["RW-5.18f"],
    )
    def heropen(self, *, door: Medewerker, reden: str) -> None:
        """A part is new or changed, or the second pair of eyes disagrees."""
        eis_reden(reden, veld="reden", regel="RW-5.18f")
        self.gescreend_door = None
        self.gescreend_op = None
        self._vergeet_document()

    @overgang(
        stand,
        van=Stand.GESCREEND,
        naar=Stand.VERSTREKT,
        mag=rechten.mag_verstrekken,
        mits=[
            voorwaarden.leeftijd_laat_inzage_toe,
            voorwaarden.elk_onderdeel_is_beoordeeld,
            voorwaarden.document_staat_klaar,
        ],
        knop="Verstrekken",
        zin="Inzagedossier verstrekt",
        regels=["RW-5.18f"],
    )
    def verstrek(self, *, door: Medewerker) -> None:
        """What the second employee saw is what the requester gets."""
        self.verstrekt_door = door
        self.verstrekt_op = timezone.now()

    @overgang(
        stand,
        van=[Stand.ONTVANGEN, Stand.IN_SCREENING, Stand.GESCREEND],
        naar=Stand.AFGEWEZEN,
        mag=rechten.mag_afwijzen,
        knop="Verzoek afwijzen",
        zin="Inzageverzoek afgewezen",
        regels=["RW-3.8"],
    )
    def wijs_af(self, *, door: Medewerker, grond: str, reden: str) -> None:
        """A refusal is concrete: a ground and a reason that fits this file."""
        eis_reden(grond if grond in self.Grond.values else "", veld="grond", regel="RW-3.8")
        eis_reden(reden, veld="reden", regel="RW-3.8")
        self.grond = grond
        self.reden = reden

    class Meta:
        verbose_name = "inzageverzoek"
        verbose_name_plural = "inzageverzoeken"
        ordering = ("ontvangen_op", "id")
        indexes = [
            models.Index(fields=["casus", "-ontvangen_op"], name="inzage_casus"),
            models.Index(
                fields=["ontvangen_op", "id"], name="inzage_open", condition=~Q(stand__in=["verstrekt", "afgewezen"])
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stand__in=["gescreend", "verstrekt"]) | Q(gescreend_door__isnull=False),
                name="rw_5_18f_gescreend_door_iemand",
            ),
            models.CheckConstraint(
                condition=~Q(stand="verstrekt")
                | (Q(verstrekt_door__isnull=False) & ~Q(verstrekt_door=F("gescreend_door")) & ~Q(vingerafdruk="")),
                name="rw_5_18f_verstrekt_door_een_ander",
            ),
            models.CheckConstraint(
                condition=~Q(stand="afgewezen") | (~Q(grond="") & ~Q(reden__regex=r"^\s*$")),
                name="rw_3_8_afgewezen_met_grond",
            ),
            models.CheckConstraint(
                condition=Q(hoedanigheid="zelf", namens__isnull=True)
                | Q(hoedanigheid="vertegenwoordiger", namens__isnull=False),
                name="inzage_namens_iemand",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="inzageverzoek_machine",
                field="stand",
                transitions=[
                    ("ontvangen", "in_screening"),
                    ("in_screening", "gescreend"),
                    ("gescreend", "in_screening"),
                    ("gescreend", "verstrekt"),
                    ("ontvangen", "afgewezen"),
                    ("in_screening", "afgewezen"),
                    ("gescreend", "afgewezen"),
                ],
            ),
            alles_beoordeeld,
            een_verzoeker,
        ]

    def __str__(self) -> str:
        return f"inzageverzoek van {timezone.localdate(self.ontvangen_op):%d-%m-%Y}"

    @classmethod
    def zoek(cls, nummer: str) -> models.QuerySet[Inzageverzoek]:
        return (
            cls.objects.filter(pk=nummer)
            if nummer.isascii() and nummer.isdigit() and len(nummer) < 19
            else cls.objects.none()
        )

    def pad(self) -> str:
        return f"/inzage/{self.pk}/"

    @property
    def gebeurd_op(self) -> datetime:
        return self.ontvangen_op

    @property
    def gaat_over(self) -> Betrokkene:
        """Whose right it is: the requester, or who is represented."""
        return (self.namens or self.verzoeker).verder_als

    @property
    def loopt(self) -> bool:
        return self.stand not in {self.Stand.VERSTREKT, self.Stand.AFGEWEZEN}

    @property
    def heeft_document(self) -> bool:
        return bool(self.vingerafdruk)

    def _vergeet_document(self) -> None:
        self.vingerafdruk = ""
        self.bladzijden = self.voortgang = 0

    def na_stap(self, naam: str, *, door: Any) -> None:
        from casus.inzage.services import na_stap

        na_stap(self, naam, door=door)
