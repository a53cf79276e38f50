"""Recognising: is this person known here, in which case, open or closed, and whom to call (RW-5.10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from casus import rechten
from casus.models import Betrokkene, Casus, Processtap
from casus.selectors.betrokkenheid import genoemd_in, zichtbare_casussen
from casus.selectors.personen import Zoekvraag, is_eenduidig, is_ver, lees_zoekvraag, vind_personen, waarom
from vt_cvs.kern.regels import regel
from vt_cvs.kern.toegang import Gebeurtenis, noteer_gezien
from vt_cvs.organisatie.models import Medewerker

HOOGSTENS = 10
STAPPEN = dict(Processtap.Soort.choices)


@dataclass(frozen=True, slots=True)
class BekendeCasus:
    """One case of a known person. Of a shielded case only `open`, and whom to call."""

    pk: int
    open: bool
    verantwoordelijke: str
    telefoon: str
    nummer: str = ""
    naam: str = ""
    soort: str = ""
    stap: str = ""
    rol: str = ""
    gestart_op: datetime | None = None
    gesloten_op: datetime | None = None
    afgeschermd: bool = False
    te_openen: bool = False

    @property
    def pad(self) -> str:
        return f"/casus/{self.nummer}/" if self.nummer else ""

    @property
    def waarde(self) -> str:
        """How a form names this case."""
        return str(self.pk)

    @property
    def bellen(self) -> str:
        """“Fatima Aziz, toestel 214”."""
        return ", ".join(deel for deel in (self.verantwoordelijke, self.telefoon) if deel)


@dataclass(frozen=True, slots=True)
class Herkenning:
    """One known person; of someone whose cases are all shielded no name, no date and no place.

    `zeker`: must be chosen or declined. `eenduidig`: nothing speaks against it, so it may stand chosen beforehand.
    `ver`: hardly alike, so it stands folded away.
    """

    persoon_id: int
    naam: str = ""
    geboortedatum: date | None = None
    plaats: str = ""
    waarom: str = ""
    zeker: bool = False
    eenduidig: bool = False
    ver: bool = False
    casussen: list[BekendeCasus] = field(default_factory=list)
    afgeschermd: bool = False

    @property
    def open_casussen(self) -> list[BekendeCasus]:
        return [casus for casus in self.casussen if casus.open]


def op_afstand(herkend: Iterable[Herkenning], *, eerst: int = HOOGSTENS) -> tuple[list[Herkenning], list[Herkenning]]:
    """Who is to be looked at first, and who may stay folded away."""
    nabij = [h for h in herkend if not h.ver]
    return nabij[:eerst], [*nabij[eerst:], *(h for h in herkend if h.ver)]


def die_het_is(herkend: Iterable[Herkenning]) -> Herkenning | None:
    """The one person about whom nothing speaks against it, when nobody else is as sure."""
    zeker = [h for h in herkend if h.zeker]
    return zeker[0] if len(zeker) == 1 and zeker[0].eenduidig else None


@regel("RW-5.10")
def herken(
    medewerker: Medewerker,
    *,
    tekst: str = "",
    voornamen: str = "",
    achternaam: str = "",
    geboortedatum: date | None = None,
    bsn: str = "",
    postcode: str = "",
    straat: str = "",
) -> list[Herkenning]:
    """Who this may be, most alike first. Nothing arises from it; that it was seen is logged per person."""
    rechten.mag_herkennen.eis(medewerker, None)
    vraag = lees_zoekvraag(
        tekst,
        voornamen=voornamen,
        achternaam=achternaam,
        geboortedatum=geboortedatum,
        bsn=bsn,
        postcode=postcode,
        straat=straat,
    )
    gevonden = herkenningen(medewerker, vraag, hoogstens=HOOGSTENS)
    noteer_gezien(
        medewerker,
        Gebeurtenis.HERKENNEN,
        soort="casus.persoon",
        persoon_ids=[h.persoon_id for h in gevonden],
        grond="opvoeren voor een melding",
    )
    return gevonden


def herkenningen(medewerker: Medewerker, vraag: Zoekvraag, *, hoogstens: int) -> list[Herkenning]:
    """Known people with their cases: one query for the people, one for the cases."""
    personen = vind_personen(vraag, hoogstens=hoogstens)
    casussen = casussen_van([persoon.pk for persoon in personen], medewerker)
    return [als_herkenning(persoon, vraag, casussen.get(persoon.pk, [])) for persoon in personen]


def als_herkenning(persoon: Any, vraag: Zoekvraag, casussen: list[BekendeCasus]) -> Herkenning:
    reden, zeker = waarom(persoon, vraag)
    if casussen and all(casus.afgeschermd for casus in casussen):
        return Herkenning(persoon.pk, casussen=casussen, afgeschermd=True, zeker=zeker)
    return Herkenning(
        persoon_id=persoon.pk,
        naam=str(persoon),
        geboortedatum=persoon.geboortedatum,
        plaats="" if persoon.adres_geheim else persoon.plaats,
        waarom=reden,
        zeker=zeker,
        eenduidig=zeker and is_eenduidig(reden, vraag),
        ver=is_ver(reden),
        casussen=casussen,
    )


def casussen_van(personen: Iterable[int], medewerker: Medewerker) -> dict[int, list[BekendeCasus]]:
    """By person, open ones first, then the latest."""
    gevonden: dict[int, list[BekendeCasus]] = {}
    for betrokkene in _betrokkenheden(personen, medewerker):
        gevonden.setdefault(betrokkene.persoon_id, []).append(_als_casus(betrokkene))
    return gevonden


def _betrokkenheden(personen: Iterable[int], medewerker: Medewerker) -> QuerySet[Betrokkene, Any]:
    open_stappen = Processtap.objects.filter(casus=OuterRef("casus"), geeindigd_op__isnull=True).order_by("begonnen_op")
    return (
        Betrokkene.objects.filter(persoon__in=list(personen), casus__soort=Casus.Soort.MELDING)
        .exclude(stand=Betrokkene.Rol.PROFESSIONAL)
        .annotate(
            te_openen=Exists(zichtbare_casussen(medewerker).filter(pk=OuterRef("casus"))),
            genoemd=genoemd_in(medewerker, "casus"),
            stappen=ArraySubquery(open_stappen.values("soort")),
        )
        .select_related("casus__verantwoordelijke")
        .order_by("persoon", "-casus__stand", "-casus__gestart_op", "-casus")
    )


def _als_casus(betrokkene: Any) -> BekendeCasus:
    casus = betrokkene.casus
    wie = casus.verantwoordelijke
    naam, telefoon = (wie.naam, wie.telefoon) if wie else ("de teamleider", "")
    if casus.afgeschermd and not betrokkene.genoemd:
        return BekendeCasus(casus.pk, casus.is_open, naam, telefoon, afgeschermd=True)
    return BekendeCasus(
        pk=casus.pk,
        open=casus.is_open,
        verantwoordelijke=naam,
        telefoon=telefoon,
        nummer=casus.nummer,
        naam=casus.naam,
        soort=casus.get_soort_display(),
        stap=", ".join(dict.fromkeys(STAPPEN.get(soort, soort) for soort in betrokkene.stappen)),
        rol=betrokkene.get_stand_display(),
        gestart_op=casus.gestart_op,
        gesloten_op=casus.gesloten_op,
        te_openen=betrokkene.te_openen,
    )
