"""What the screens read: the list of requests, and one request with its parts in chapters."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.samenstellen import hoofdstuk_van
from casus.inzage.services import termijn_van
from casus.models import Casus
from casus.selectors import zichtbare_casussen, zonder_geheim_voor
from vt_cvs.kern.termijnen import Klok
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.web import dagen

Oordeel = Onderdeel.Oordeel
ICONEN: dict[str, str] = {Oordeel.TONEN: "oog", Oordeel.LAKKEN: "lak", Oordeel.WEGLATEN: "weg", Oordeel.TE_DOEN: "open"}


@dataclass(frozen=True, slots=True)
class Voortgang:
    """How far the screening is, for the bar and its words."""

    tonen: int
    lakken: int
    weglaten: int
    te_doen: int

    @property
    def totaal(self) -> int:
        return self.tonen + self.lakken + self.weglaten + self.te_doen

    @property
    def klaar(self) -> int:
        return self.totaal - self.te_doen

    @property
    def x(self) -> list[tuple[str, int, int]]:
        """Class, place and width of each stretch of the bar."""
        plek, stukken = 0, []
        for klasse, aantal in (("v1", self.tonen), ("v2", self.lakken), ("v3", self.weglaten), ("v4", self.te_doen)):
            stukken.append((klasse, plek, aantal))
            plek += aantal
        return stukken


def voortgang_van(onderdelen: list[Onderdeel]) -> Voortgang:
    tel = dict.fromkeys(Oordeel.values, 0)
    for onderdeel in onderdelen:
        tel[onderdeel.oordeel if onderdeel.beoordeeld else Oordeel.TE_DOEN] += 1
    return Voortgang(tel["tonen"], tel["lakken"], tel["weglaten"], tel["te_doen"])


@dataclass(frozen=True, slots=True)
class Groep:
    """A chapter in the list of parts."""

    titel: str
    onderdelen: list[Onderdeel]


def in_hoofdstukken(onderdelen: list[Onderdeel], *, alleen_te_doen: bool = False) -> list[Groep]:
    groepen = []
    for nummer, ((_, _), rij) in enumerate(groupby(onderdelen, key=_hoofdstuk), 1):
        delen = list(rij)
        titel, _ = hoofdstuk_van(delen[0].stuksoort, delen[0].stap)
        over = [o for o in delen if not (alleen_te_doen and o.beoordeeld)]
        if over:
            groepen.append(Groep(f"{nummer} {titel}", over))
    return groepen


def _hoofdstuk(onderdeel: Onderdeel) -> tuple[int | None, bool]:
    return onderdeel.stap_id, onderdeel.stuksoort in {"casus.casus", "casus.betrokkene"}


def bij_onderdeel(onderdeel: Onderdeel) -> str:
    """The few words behind a part in the list: when, and what was decided."""
    delen = [dagen.kort(onderdeel.wanneer) if onderdeel.wanneer else "", "Alert" if onderdeel.alert else ""]
    if onderdeel.oordeel == Oordeel.LAKKEN:
        aantal = len(onderdeel.lakplekken)
        delen.append(f"{aantal} {'stuk' if aantal == 1 else 'stukken'} gelakt")
    elif onderdeel.oordeel == Oordeel.WEGLATEN:
        delen.append(str(onderdeel.get_grond_display()))
    return " · ".join(deel for deel in delen if deel)


def verzoeken(medewerker: Medewerker, *, afgerond: bool = False) -> QuerySet[Inzageverzoek]:
    """The requests this employee works on: of their own cases, or all of them for the privacyfunctionaris."""
    klaar = Q(stand__in=[Inzageverzoek.Stand.VERSTREKT, Inzageverzoek.Stand.AFGEWEZEN])
    rijen = Inzageverzoek.objects.filter(klaar if afgerond else ~klaar)
    privacy = medewerker.heeft_rol(Rol.PRIVACYFUNCTIONARIS)
    casussen = Casus.objects.filter(zonder_geheim_voor(medewerker)) if privacy else zichtbare_casussen(medewerker)
    rijen = rijen.filter(Exists(casussen.filter(pk=OuterRef("casus_id"))))
    return (
        rijen.select_related("casus", "verzoeker__persoon", "namens__persoon", "gescreend_door")
        .annotate(
            delen=Count("onderdelen"),
            te_doen=Count("onderdelen", filter=Q(onderdelen__oordeel=Oordeel.TE_DOEN)),
        )
        .order_by(*(["-verstrekt_op", "-id"] if afgerond else ["ontvangen_op", "id"]))
    )


def klok_van(verzoek: Inzageverzoek, vandaag: Any) -> Klok | None:
    return termijn_van(verzoek).klok(vandaag) if verzoek.loopt else None


def van_casus(casus: Casus) -> QuerySet[Inzageverzoek]:
    return (
        Inzageverzoek.objects.filter(casus=casus).select_related("verzoeker__persoon").order_by("-ontvangen_op", "-id")
    )
