"""The smallest valid thing of each kind, made through the services; traits name situations."""

from __future__ import annotations

import itertools
from typing import Any

from casus.models import Betrokkene, Casus, Persoon
from casus.services.betrokkenen import maak_persoon, voeg_betrokkene_toe
from casus.services.casussen import open_casus
from melding.aanlevering import Aangeleverd, AangeleverdePersoon
from melding.models import Melding, Signaal
from melding.services import neem_melding_aan, ontvang_signaal
from vt_cvs.organisatie.models import Afzender, Medewerker, Rol, Team, systeemmedewerker

_teller = itertools.count(1)
SLEUTELS: dict[str, str] = {}
"""The key of each sender made here, by its name: it cannot be read back."""


def team(naam: str = "West") -> Team:
    return Team.objects.get_or_create(naam=naam)[0]


def medewerker(*rollen: str, naam: str = "", van: Team | None = None, **velden: Any) -> Medewerker:
    """An employee of team West unless told otherwise; without roles a worker of the achterkant."""
    n = next(_teller)
    return Medewerker.objects.create_user(
        f"medewerker{n}@merenland.example",
        "een lang wachtwoord",
        naam=naam or f"Medewerker {n}",
        team=van or team(),
        rollen=list(rollen) or [Rol.ACHTERKANT],
        **velden,
    )


def collega(van: Medewerker, *rollen: str, **velden: Any) -> Medewerker:
    return medewerker(*rollen, van=van.team, **velden)


def buitenstaander(*rollen: str) -> Medewerker:
    """Same role, another team: not involved in anything of team West."""
    return medewerker(*rollen, van=team("Oost"))


def systeem() -> Medewerker:
    return systeemmedewerker("Klok")


def casus(door: Medewerker | None = None, **velden: Any) -> Casus:
    door = door or medewerker()
    velden.setdefault("verantwoordelijke", door)
    return open_casus(door=door, **velden)


def persoon(door: Medewerker | None = None, **velden: Any) -> Persoon:
    velden.setdefault("voornamen", "Jelle")
    velden.setdefault("achternaam", "Terpstra")
    return maak_persoon(door=door or systeem(), **velden)


def betrokkene(
    in_casus: Casus, *, door: Medewerker | None = None, rol: str = Betrokkene.Rol.DIRECT, **velden: Any
) -> Betrokkene:
    door = door or in_casus.verantwoordelijke or systeem()
    return voeg_betrokkene_toe(in_casus, persoon(door, **velden), door=door, rol=rol)


def signaal(*, van: Afzender | None = None, door: Medewerker | None = None, **velden: Any) -> Signaal:
    """A report as a sender delivers it; with `door` and no `van` one an employee wrote down."""
    if van is None and door is None:
        van = afzender()
    velden.setdefault("kenmerk", f"PL-{next(_teller)}")
    velden.setdefault("tekst", "Buren hoorden geschreeuw. De kinderen zaten op de trap.")
    wie = door or (van.medewerker if van else systeem())
    return ontvang_signaal(Aangeleverd(**velden), afzender=van, door=wie)[0]


def aangeleverd(soort: str = "volwassene", **velden: Any) -> AangeleverdePersoon:
    """Someone in a report about whom nothing is doubtful."""
    velden.setdefault("voornamen", "Rik")
    velden.setdefault("achternaam", "Brouwers")
    velden.setdefault("geboortedatum", "05-04-1988" if soort == "volwassene" else "12-03-2019")
    return AangeleverdePersoon(soort=soort, **velden)


def melding(signaal: Signaal | None = None, *, door: Medewerker | None = None, **velden: Any) -> Melding:
    """A report in a new case of `door`, unless told otherwise."""
    return neem_melding_aan(signaal, door=door or medewerker(Rol.VOORKANT, Rol.ACHTERKANT), **velden)


def afzender(naam: str = "Politie Merenland") -> Afzender:
    """A system that sends reports; its key stands in `SLEUTELS`."""
    gevonden = Afzender.objects.filter(naam=naam).first()
    if gevonden is None:
        gevonden, SLEUTELS[naam] = Afzender.nieuw(naam)
    return gevonden
