"""What Veilig Thuis asks of others and gives to others for its task: to whom, on what ground and what for (PRO-4)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField

from casus import rechten
from casus.informatie.voorwaarden import eis_antwoord
from casus.models import wachters
from casus.models.berichten import Bericht
from casus.models.betrokkenen import Betrokkene
from casus.models.vastleggen import Bijlage, Casusaantekening
from casus.voorwaarden import eis_reden
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import PlatteTekst, Regeltekst
from vt_cvs.organisatie.selectors import label

if TYPE_CHECKING:
    from vt_cvs.organisatie.models import Medewerker


class Verteld(models.TextChoices):
    """Whether whoever it is about knows."""

    VOORAF = "vooraf", "ja, vooraf verteld"
    ACHTERAF = "achteraf", "wordt achteraf verteld"
    NIET = "niet", "nee, niet verteld"


class Uitwisseling(Casusaantekening):
    """Information that comes or goes: never without its ground and its purpose."""

    aan = Regeltekst("aan", help_text="De persoon of organisatie.")
    betrokkene = models.ForeignKey(
        Betrokkene,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="voor wie",
        help_text="Als het iemand uit deze casus is, bijvoorbeeld de huisarts.",
    )
    informatiegrond = models.CharField(
        "grond van uitwisselen", max_length=40, help_text="Waarom dit mag, ook zonder toestemming."
    )
    doel = PlatteTekst("doel", help_text="Waarvoor dit nodig is. Niet meer delen dan dat.")
    verteld = models.CharField(
        "directbetrokkene verteld",
        max_length=8,
        choices=Verteld.choices,
        blank=True,
        help_text="Of je de directbetrokkene hebt verteld dat je dit uitwisselt.",
    )
    reden_niet_verteld = PlatteTekst(
        "reden van niet vertellen", blank=True, help_text="Bijvoorbeeld: het maakt een kind onveilig."
    )

    class Meta:
        abstract = True

    @property
    def grond_in_woorden(self) -> str:
        return label("informatiegrond", self.informatiegrond)


def _wat_altijd_vaststaat(tekst: str, naam: str) -> list[models.BaseConstraint]:
    """Ground, purpose and what it is about are never empty; not telling has a reason."""
    leeg = r"^\s*$"
    return [
        models.CheckConstraint(
            condition=~Q(informatiegrond="") & ~Q(doel__regex=leeg) & ~Q(**{f"{tekst}__regex": leeg}),
            name=f"pro_4_{naam}_heeft_grond_en_doel",
        ),
        models.CheckConstraint(
            condition=~Q(verteld="niet") | ~Q(reden_niet_verteld__regex=leeg),
            name=f"pro_4_{naam}_niet_verteld_met_reden",
        ),
    ]


@regel("PRO-4")
class Informatieverzoek(Uitwisseling, Toestandsmodel):
    """A question to a third party; it stays in sight until there is an answer, or someone writes down why not."""

    api_soort = "informatieverzoeken"

    class Stand(models.TextChoices):
        GEVRAAGD = "gevraagd", "Gevraagd"
        BEANTWOORD = "beantwoord", "Beantwoord"
        ZONDER = "zonder", "Zonder antwoord"

    class Vraagwijze(models.TextChoices):
        BRIEF = "brief", "brief"
        TELEFOON = "telefoon", "telefoon of gesprek"

    telbaar = frozenset({"stand"})
    na_vernietiging = frozenset[str]()
    ter_inzage = (
        "gevraagd_op",
        "aan",
        "vraagtekst",
        "doel",
        "informatiegrond",
        "verteld",
        "reden_niet_verteld",
        "antwoord",
        "beantwoord_op",
        "reden_zonder_antwoord",
    )

    stand = FSMField("status", choices=Stand.choices, default=Stand.GEVRAAGD, protected=True)
    over_wie = models.ManyToManyField(
        Betrokkene, blank=True, related_name="+", verbose_name="over wie", help_text="Over wie je iets wilt weten."
    )
    adres = Regeltekst("adres", blank=True, help_text="Waar de brief heen gaat.")
    vraagwijze = models.CharField(
        "hoe gevraagd",
        max_length=8,
        choices=Vraagwijze.choices,
        default=Vraagwijze.BRIEF,
        help_text="Een brief komt als PDF bij de documenten.",
    )
    vraagtekst = PlatteTekst("wat je vraagt", help_text="Staat zo in de brief: concreet, en niet meer dan nodig.")
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now, editable=False)
    antwoord_uiterlijk = models.DateField(
        "antwoord uiterlijk", help_text="Is er dan geen antwoord, dan staat het bij je werk als te laat."
    )
    antwoord = PlatteTekst("antwoord", blank=True, help_text="Wat de ander antwoordde, met de bron erbij.")
    antwoordbijlage = models.OneToOneField(
        Bijlage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="bijlage bij het antwoord",
        editable=False,
    )  # fmt: skip
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True, editable=False)
    reden_zonder_antwoord = PlatteTekst(
        "reden van geen antwoord", blank=True, help_text="Waarom er geen antwoord komt, of waarom het niet meer hoeft."
    )
    bericht = models.OneToOneField(
        Bericht, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="bericht", editable=False
    )

    @overgang(
        stand,
        van=[Stand.GEVRAAGD, Stand.ZONDER],
        naar=Stand.BEANTWOORD,
        mag=rechten.mag_vastleggen,
        knop="Antwoord vastleggen",
        zin="Antwoord op het informatieverzoek vastgelegd",
        regels=["PRO-4"],
    )
    def leg_antwoord_vast(self, *, door: Medewerker, antwoord: str = "", bijlage: Bijlage | None = None) -> None:
        """What came back, in words or as a document; an answer that comes late after all counts too."""
        eis_antwoord(self, antwoord, bijlage)
        self.antwoord, self.antwoordbijlage = antwoord, bijlage
        self.beantwoord_op = timezone.now()

    @overgang(
        stand,
        van=Stand.GEVRAAGD,
        naar=Stand.ZONDER,
        mag=rechten.mag_vastleggen,
        knop="Er komt geen antwoord",
        zin="Informatieverzoek afgesloten zonder antwoord",
        regels=["PRO-4"],
    )
    def sluit_zonder_antwoord(self, *, door: Medewerker, reden: str) -> None:
        """No answer comes, or none is needed any more."""
        eis_reden(reden, veld="reden", regel="PRO-4")
        self.reden_zonder_antwoord = reden

    class Meta:
        verbose_name = "informatieverzoek"
        verbose_name_plural = "informatieverzoeken"
        ordering = ("-gevraagd_op", "-id")
        constraints = [
            *_wat_altijd_vaststaat("vraagtekst", "verzoek"),
            models.CheckConstraint(condition=~Q(verteld=""), name="pro_4_verzoek_zegt_of_het_is_verteld"),
            models.CheckConstraint(
                condition=Q(stand="beantwoord", beantwoord_op__isnull=False)
                | (~Q(stand="beantwoord") & Q(beantwoord_op__isnull=True)),
                name="pro_4_beantwoord_heeft_datum",
            ),
            models.CheckConstraint(
                condition=~Q(stand="zonder") | ~Q(reden_zonder_antwoord__regex=r"^\s*$"),
                name="pro_4_zonder_antwoord_met_reden",
            ),
        ]
        triggers: ClassVar = [
            wachters.uitwisseling_binnen_casus,
            pgtrigger.FSM(
                name="informatieverzoek_machine",
                field="stand",
                transitions=[("gevraagd", "beantwoord"), ("gevraagd", "zonder"), ("zonder", "beantwoord")],
            ),
        ]

    def __str__(self) -> str:
        return f"informatieverzoek aan {self.aan}"

    @property
    def gebeurd_op(self) -> datetime:
        return self.gevraagd_op

    @property
    def is_open(self) -> bool:
        return self.stand == self.Stand.GEVRAAGD

    @property
    def is_te_laat(self) -> bool:
        return self.is_open and self.antwoord_uiterlijk < timezone.localdate()

    def pad(self) -> str:
        return f"{self.dossier.pad()}informatie/{self.pk}/"

    def na_stap(self, naam: str, *, door: Any) -> None:
        from casus.informatie.services import na_stap

        na_stap(self, door=door)


@regel("PRO-4")
class Verstrekking(Uitwisseling):
    """What Veilig Thuis gave to someone, on what ground and what for. It happened: the row stays as it is."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("verstrekt_op", "aan", "gegeven", "doel", "informatiegrond", "verteld", "reden_niet_verteld")

    gegeven = PlatteTekst("wat er is gegeven", help_text="In het kort, of de titel van wat je meegaf.")
    verstrekt_op = models.DateTimeField("verstrekt op", default=timezone.now, help_text="Wanneer je dit gaf.")

    class Meta:
        verbose_name = "verstrekking"
        verbose_name_plural = "verstrekkingen"
        ordering = ("-verstrekt_op", "-id")
        constraints = _wat_altijd_vaststaat("gegeven", "verstrekking")
        triggers: ClassVar = [
            wachters.uitwisseling_binnen_casus,
            pgtrigger.Protect(
                name="pro_4_verstrekking_staat_vast",
                operation=pgtrigger.UpdateOf("aan", "gegeven", "informatiegrond", "doel", "verstrekt_op"),
            ),
        ]

    def __str__(self) -> str:
        return f"verstrekking aan {self.aan}"

    @property
    def gebeurd_op(self) -> datetime:
        return self.verstrekt_op

    def pad(self) -> str:
        return f"{self.dossier.pad()}informatie/"
