"""The people of a cast: households that can come back, and staff that has a place in every team."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from casus.naamsleutels import zoeksleutels
from casus.namen import zoeknaam
from vt_cvs.demo.gezinnen import _testnummers
from vt_cvs.demo.jaar import merktekens
from vt_cvs.demo.namen import HERKOMSTEN, PLAATSEN, STRATEN, VERDELING
from vt_cvs.organisatie.models import Medewerker, Rol, Team

TEAMS = ("Noord", "Midden", "Zuid", "Kust")
PER_TEAM = ((Rol.VOORKANT, 4), (Rol.ACHTERKANT, 9), (Rol.GEDRAGSWETENSCHAPPER, 1), (Rol.TEAMLEIDER, 1))
VOORNAMEN = ("Marit", "Jorn", "Selma", "Thomas", "Aylin", "Wessel", "Nadia", "Floor", "Ruud", "Imke", "Driss", "Paula")
ACHTERNAMEN = ("Merenstra", "Oosterkamp", "Zandwijk", "Hofkes", "Lindewater")


@dataclass(slots=True)
class Mens:
    """Someone who does not exist; `id` is the row once there is one."""

    voornaam: str
    achternaam: str
    geboren: date
    bsn: str
    id: int = 0


@dataclass(slots=True)
class Huis:
    """A household and what is on file about it."""

    nummer: int
    mensen: list[Mens]
    straat: str
    postcode: str
    plaats: str
    gemeente: str
    casussen: list[int] = field(default_factory=list)
    vrij_vanaf: datetime | None = None
    banden: list[int] = field(default_factory=list)
    grens: int = 0  # people with a lower key were on file before the case at hand

    @property
    def kinderen(self) -> int:
        return len(self.mensen) - 2


def maak_huis(toeval: Random, nummer: int, kinderen: int, op: date) -> Huis:
    """Two grown-ups who have a name of their own, children with that of the second."""
    herkomst = toeval.choices(HERKOMSTEN, VERDELING)[0]
    ander = herkomst if toeval.random() < 0.75 else toeval.choice(HERKOMSTEN)
    plaats, leeftijd = toeval.choice(PLAATSEN), toeval.randint(22, 46)
    een, twee = _achternaam(toeval, herkomst.achternamen), _achternaam(toeval, ander.achternamen)
    mensen = [
        _mens(toeval, toeval.choice(herkomst.vrouwen), een, leeftijd, op, nummer * 4),
        _mens(toeval, toeval.choice(ander.mannen), twee, leeftijd + toeval.randint(-3, 8), op, nummer * 4 + 1),
    ]
    oudste = toeval.randint(2, min(15, leeftijd - 19))
    for i in range(kinderen):
        namen = ander.meisjes if i == 0 else ander.jongens
        mensen.append(_mens(toeval, toeval.choice(namen), twee, max(0, oudste - 2 * i), op, nummer * 4 + 2 + i))
    return Huis(
        nummer,
        mensen,
        f"{toeval.choice(STRATEN)} {toeval.randint(1, 380)}",
        f"{plaats.postcode} {toeval.choice('ABCDEFGHJKLM')}{toeval.choice('NPRSTVWXZ')}",
        plaats.naam,
        plaats.gemeente,
    )


def _achternaam(toeval: Random, namen: tuple[tuple[str, str], ...]) -> str:
    return toeval.choice([naam for voorvoegsel, naam in namen if not voorvoegsel])


def _mens(toeval: Random, voornaam: str, achternaam: str, leeftijd: int, op: date, volgnummer: int) -> Mens:
    geboren = op - timedelta(days=round(leeftijd * 365.25) + toeval.randint(20, 340))
    bsns = _testnummers()
    return Mens(voornaam, achternaam, geboren, bsns[volgnummer % len(bsns)])


def zoeknaam_van(mens: Mens) -> str:
    return zoeknaam(mens.voornaam, mens.achternaam)


def zoeksleutels_van(mens: Mens, huis: Huis) -> str:
    sleutels = zoeksleutels(mens.voornaam, mens.achternaam, postcode=huis.postcode, straat=huis.straat)
    return "{" + ",".join(map(str, sleutels)) + "}"


@dataclass(frozen=True, slots=True)
class Bezetting:
    """The teams, and who can do what in each."""

    teams: tuple[tuple[Team, dict[str, list[Medewerker]]], ...]


def maak_bezetting() -> Bezetting:
    """Four teams of fifteen; nobody of them can log in."""
    teams = []
    for t, naam in enumerate(TEAMS):
        team, _ = Team.objects.get_or_create(naam=naam)
        rollen: dict[str, list[Medewerker]] = {}
        volgnummer = 0
        for rol, aantal in PER_TEAM:
            for _ in range(aantal):
                wie = f"{VOORNAMEN[volgnummer % len(VOORNAMEN)]} {ACHTERNAMEN[(volgnummer + t) % len(ACHTERNAMEN)]}"
                adres = f"jaar.{naam.lower()}.{volgnummer}@merenland.example"
                lid, _ = Medewerker.objects.get_or_create(
                    email=adres, defaults={"naam": wie, "team": team, "rollen": [rol], "password": "!"}
                )
                rollen.setdefault(rol, []).append(lid)
                volgnummer += 1
        teams.append((team, rollen))
    return Bezetting(tuple(teams))


KINDPLEK = len(merktekens.LEDEN) - 2
"""Where in a household with two children the eldest stands."""
