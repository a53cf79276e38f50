"""Advice: someone asks what to do, and nobody they talk about is written down."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMField

from casus.models import Bericht, Betrokkene, Casus, Casusstuk, Processtap, eigenaarstrigger
from casus.voorwaarden import geen_open_taak
from melding import rechten, voorwaarden
from melding.advies import wachters
from melding.signalen.models.signaal import Signaal
from vt_cvs.kern.overgangen import Toestandsmodel, overgang
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import PlatteTekst, Regeltekst

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vt_cvs.kern.regels import Belemmering
    from vt_cvs.organisatie.models import Medewerker


def geen_open_taak_in_advies(advies: Advies) -> Iterator[Belemmering]:
    """Asked here too, so that what is still open shows beside what is not filled."""
    yield from geen_open_taak(advies.casus)


@regel("RW-6.2")
class Advies(Casusstuk, Toestandsmodel):
    """A request for advice, in a case of its own. There is no field for whom it is about (RW-6.2)."""

    class Stand(models.TextChoices):
        LOPEND = "lopend", "Lopend"
        AFGESLOTEN = "afgesloten", "Afgesloten"

    class Vrager(models.TextChoices):
        DIRECTBETROKKENE = "directbetrokkene", "het gaat over de vrager zelf of het eigen gezin"
        PROFESSIONAL = "professional", "professional"
        OMSTANDER = "omstander", "familie, buren, vrienden of anderen"

    class Kanaal(models.TextChoices):
        TELEFOON = "telefoon", "telefoon"
        CHAT = "chat", "chat"
        MAIL = "mail", "mail"
        GESPREK = "gesprek", "gesprek"

    telbaar = frozenset({"stand", "adviesvrager_functie", "adviesvrager_organisatie"})
    na_vernietiging = telbaar | {"stap"}
    ter_inzage = ("adviesvrager_naam", "adviesvrager_functie", "adviesvrager_organisatie", "onderwerp", "advies")

    api_soort = "adviezen"

    stap = models.OneToOneField(Processtap, models.CASCADE, related_name="+", verbose_name="processtap", editable=False)
    stand = FSMField("status", choices=Stand.choices, default=Stand.LOPEND, protected=True)
    adviesvrager_naam = Regeltekst(
        "naam van de adviesvrager", blank=True, help_text="Om terug te kunnen bellen; mag leeg."
    )
    adviesvrager_functie = models.CharField(
        "functie van de adviesvrager", max_length=40, blank=True, help_text="Voor het CBS; onbekend mag."
    )
    adviesvrager_organisatie = models.CharField(
        "organisatie van de adviesvrager", max_length=40, blank=True, help_text="Voor het CBS; onbekend mag."
    )
    adviesvrager_telefoon = Regeltekst(
        "telefoon van de adviesvrager", max_length=40, blank=True, help_text="Om terug te kunnen bellen."
    )
    adviesvrager_email = Regeltekst(
        "e-mail van de adviesvrager", blank=True, help_text="Voor de bevestiging met het nummer; mag leeg."
    )
    vrager_is = models.CharField(
        "wie vraagt om advies",
        max_length=20,
        choices=Vrager.choices,
        blank=True,
        help_text="Alleen wie er zelf bij betrokken is, kan toestemming geven om namen op te schrijven.",
    )
    kanaal = models.CharField(
        "hoe het contact ging",
        max_length=10,
        choices=Kanaal.choices,
        default=Kanaal.TELEFOON,
        help_text="Bellen, chatten, mailen of een gesprek.",
    )
    fictieve_naam = Regeltekst(
        "fictieve naam", max_length=80, blank=True, help_text="Een verzonnen naam om het advies terug te vinden."
    )
    onderwerp = PlatteTekst(
        "onderwerp", blank=True, help_text="Wat de adviesvrager wil weten, zonder namen of andere persoonsgegevens."
    )
    advies = PlatteTekst(
        "advies", blank=True, help_text="Wat er is geadviseerd, zonder namen of andere persoonsgegevens."
    )
    signaal = models.OneToOneField(
        Signaal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="advies",
        verbose_name="signaal",
        editable=False,
    )

    @overgang(
        stand,
        van=Stand.LOPEND,
        naar=Stand.AFGESLOTEN,
        mag=rechten.mag_advies_geven,
        mits=[geen_open_taak_in_advies, voorwaarden.telbare_velden_van_advies],
        knop="Advies afsluiten",
        zin="Advies afgesloten",
        regels=["RW-5.12e"],
    )
    def sluit_af(self, *, door: Medewerker) -> None:
        """The question has been answered; the step ends and the case closes."""

    class Meta:
        verbose_name = "advies"
        verbose_name_plural = "adviezen"
        ordering = ("-id",)
        triggers: ClassVar = [
            eigenaarstrigger("advies"),
            pgtrigger.FSM(name="advies_machine", field="stand", transitions=[("lopend", "afgesloten")]),
            wachters.vrager_blijft_betrokken,
        ]

    def __str__(self) -> str:
        return f"advies {self.fictieve_naam}".strip()

    @classmethod
    def zoek(cls, nummer: str) -> models.QuerySet[Advies]:
        """By the number of its case: an advies has one case and one number."""
        return cls.objects.filter(stap__casus__nummer=nummer)

    @property
    def casus(self) -> Casus:
        return self.stap.casus

    @property
    def nummer(self) -> str:
        return self.casus.nummer

    @property
    def gebeurd_op(self) -> datetime:
        return self.stap.begonnen_op

    def pad(self) -> str:
        return f"{self.casus.pad()}advies/"

    @property
    def mag_personen(self) -> bool:
        """Whether people may be written down here: only with recorded consent (RW-6.2)."""
        return Toestemming.objects.filter(advies=self).exists()

    def na_stap(self, naam: str, *, door: Any) -> None:
        from melding.advies.services import na_stap

        na_stap(self, naam, door=door)


class Adviesstuk(Casusstuk):
    """What belongs to one advies and stands in its case."""

    advies: models.ForeignKey[Any, Any]

    class Meta:
        abstract = True

    @property
    def casus(self) -> Casus:
        return self.advies.casus

    @property
    def logstap_id(self) -> int | None:
        return self.advies.stap_id

    def pad(self) -> str:
        return self.advies.pad()


@regel("RW-6.2")
class Toestemming(Adviesstuk):
    """Who is involved himself says that names may be written down: who, when and what for."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("gegeven_op", "gegeven_door", "waarvoor")

    advies = models.OneToOneField(
        Advies, models.CASCADE, related_name="toestemming", verbose_name="advies", editable=False
    )
    gegeven_door = Regeltekst("toestemming van", help_text="Wie toestemming gaf: de adviesvrager zelf.")
    gegeven_op = models.DateTimeField(
        "toestemming gegeven op", default=timezone.now, help_text="Wanneer de adviesvrager toestemming gaf."
    )
    waarvoor = Regeltekst("waarvoor", help_text="Van wie je wat opschrijft, en waarom dat nodig is.")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="vastgelegd door", editable=False
    )

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        constraints = [
            models.CheckConstraint(
                condition=~Q(gegeven_door__regex=r"^\s*$") & ~Q(waarvoor__regex=r"^\s*$"),
                name="rw_6_2_van_wie_en_waarvoor",
            )
        ]
        triggers: ClassVar = [wachters.alleen_van_directbetrokkene]

    def __str__(self) -> str:
        return "toestemming om namen op te schrijven"


@regel("WVT-4")
class Adviesafspraak(Adviesstuk):
    """A talk that has been arranged, possibly with the client there."""

    telbaar = frozenset[str]()
    na_vernietiging = frozenset[str]()
    ter_inzage = ("gesprek_op", "waar", "client_erbij", "geweest_op", "vervallen_op")

    advies = models.ForeignKey(Advies, models.CASCADE, related_name="afspraken", verbose_name="advies", editable=False)
    gesprek_op = models.DateTimeField("afspraak op", help_text="Dag en tijd van het gesprek.")
    waar = Regeltekst("waar of hoe", blank=True, help_text="Bijvoorbeeld: op kantoor, of videobellen.")
    client_erbij = models.BooleanField(
        "de cliënt is erbij", default=False, help_text="De adviesvrager komt samen met degene over wie het gaat."
    )
    geweest_op = models.DateTimeField("geweest op", null=True, blank=True, editable=False)
    vervallen_op = models.DateTimeField("vervallen op", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "adviesgesprek"
        verbose_name_plural = "adviesgesprekken"
        ordering = ("gesprek_op", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(geweest_op__isnull=True) | Q(vervallen_op__isnull=True), name="wvt_4_geweest_of_vervallen"
            )
        ]

    def __str__(self) -> str:
        return "adviesgesprek"

    @property
    def staat_open(self) -> bool:
        return self.geweest_op is None and self.vervallen_op is None


wachters.bewaak(Betrokkene, Bericht)
