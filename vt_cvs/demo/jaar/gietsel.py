"""A cast: one mould filled with the people, staff, numbers and days of one case."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from vt_cvs.demo.jaar import mensen
from vt_cvs.demo.jaar.mal import BLIJVEND, LEEG, Mal, Slot
from vt_cvs.demo.jaar.mensen import Huis
from vt_cvs.kern import termijnen
from vt_cvs.kern.nummers import controlecijfer
from vt_cvs.kern.termijnen import Termijn, dag_kort
from vt_cvs.kern.velden import BSNVeld, bsn_index
from vt_cvs.kern.werkdagen import DAG, is_werkdag
from vt_cvs.organisatie.models import Medewerker, Team

KLOK = "Europe/Amsterdam"


@cache
def werkdagen() -> list[int]:
    """Every working day of the years a case can be in."""
    eerste = date(2015, 1, 1)
    return [dag.toordinal() for i in range(15_000) if is_werkdag(dag := eerste + i * DAG)]


def duur(mal: Mal) -> int:
    """How many working days the story takes after its first."""
    return _tussen(mal.begin.date(), mal.einde.date())


def _tussen(van: date, tot: date) -> int:
    return bisect_right(werkdagen(), tot.toordinal()) - bisect_right(werkdagen(), van.toordinal())


def eerste_dag(ontvangen: datetime) -> date:
    """When the work begins: the day it came, or the next morning that someone is there."""
    dag = ontvangen.date() if ontvangen.hour < 9 else ontvangen.date() + DAG
    return date.fromordinal(werkdagen()[bisect_left(werkdagen(), dag.toordinal())])


@dataclass(slots=True)
class Gietsel:
    """What one case is to be. `ontvangen` is on the Dutch clock, `traag` working days more than the mould took."""

    mal: Mal
    huis: Huis
    ontvangen: datetime
    traag: int
    team: Team
    wie: dict[str, Medewerker]
    melder: dict[str, str]
    vormen: tuple[tuple[str, str, str], tuple[str, str, str]]
    verhaal: str
    bekend: bool = False
    derde: bool = False
    casus: int = 0

    def dag(self, dag: date) -> date:
        """The same working day of the story, as this one goes."""
        stap = _tussen(self.mal.begin.date(), dag)
        begin = bisect_left(werkdagen(), eerste_dag(self.ontvangen).toordinal())
        return date.fromordinal(werkdagen()[begin + stap + (self.traag if stap else 0)])

    def moment(self, waarde: str) -> str:
        if waarde == self.mal.ontvangen:
            return f"{self.ontvangen:%Y-%m-%d %H:%M:%S} {KLOK}"
        return f"{self.dag(date.fromisoformat(waarde[:10])).isoformat()}{waarde[10:]} {KLOK}"

    @property
    def laat(self) -> bool:
        """Whether a triagebesluit in it came after its term."""
        return any(self.dag(dag) > self.termijn(term[1], term[2]).uiterlijk for dag, term in self.mal.getekend)

    def termijn(self, naam: str, begin: date) -> Termijn:
        """Reckoned again by the engine, from the day it begins for this one."""
        eigen = self.ontvangen.date() if begin.isoformat() == self.mal.ontvangen[:10] else self.dag(begin)
        aantal, soort = naam.split()
        if naam in {"5 werkdagen", "7 dagen"}:
            return termijnen.triagetermijn(eigen).sturend
        hoe: dict[str, Callable[[date, int], Termijn]] = {
            "werkdag": termijnen.in_werkdagen,
            "werkdagen": termijnen.in_werkdagen,
            "dagen": termijnen.in_dagen,
            "weken": termijnen.in_weken,
            "maanden": termijnen.op_kalender,
        }
        return hoe[soort](eigen, int(aantal))


@dataclass(slots=True)
class Gieterij:
    """Gives out keys and collects the lines of a batch."""

    begin: dict[str, int]
    zaad: int
    volgende: dict[str, int] = field(default_factory=dict)
    regels: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    later: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    sluiten: list[tuple[int, str]] = field(default_factory=list)
    nummers: int = 0

    def giet(self, g: Gietsel) -> None:
        sleutels = self._sleutels(g)
        g.casus = int(sleutels["casus_casus", g.mal.sleutels["casus_casus"][0]])
        vuller = _Vuller(g, sleutels, self)
        waarden = {naam: vuller.vul(slot) for slot, naam in g.mal.slots.items()}
        for tabel, regels in g.mal.blokken:
            self.regels[tabel].append(regels % waarden)
        for tabel, versie, regel in g.mal.later:
            self.later[tabel, versie].append(regel % waarden)
        for tabel, personen, regel in g.mal.personen:
            if not all(self._is_bekend(g, persoon) for persoon in personen):
                self.regels[tabel].append(regel % waarden)
        if g.mal.gesloten_op:
            self.sluiten.append((g.casus, g.moment(g.mal.gesloten_op)))
        g.huis.casussen.append(g.casus)

    def _is_bekend(self, g: Gietsel, persoon: str) -> bool:
        return persoon in self._oude(g)

    @staticmethod
    def _oude(g: Gietsel) -> set[str]:
        personen = g.mal.sleutels["casus_persoon"]
        return {p for p, mens in zip(personen, g.huis.mensen, strict=False) if mens.id and mens.id < g.huis.grens}

    def _sleutels(self, g: Gietsel) -> dict[tuple[str, str], str]:
        sleutels: dict[tuple[str, str], str] = {}
        for tabel, oud in g.mal.sleutels.items():
            if tabel in BLIJVEND:
                continue
            op = self.volgende.get(tabel, self.begin[tabel])
            sleutels.update(((tabel, s), str(op + i)) for i, s in enumerate(oud))
            self.volgende[tabel] = op + len(oud)
        self._mensen(g, sleutels)
        return sleutels

    def _mensen(self, g: Gietsel, sleutels: dict[tuple[str, str], str]) -> None:
        """People and ties that are known keep their keys."""
        personen = g.mal.sleutels["casus_persoon"]
        g.huis.grens = self.volgende.setdefault("casus_persoon", self.begin["casus_persoon"])
        for plek, oud in enumerate(personen):
            mens = g.huis.mensen[plek]
            if not mens.id:
                mens.id = self._een("casus_persoon")
            sleutels["casus_persoon", oud] = str(mens.id)
        for plek, oud in enumerate(g.mal.sleutels.get("casus_familieband", ())):
            while len(g.huis.banden) <= plek:
                g.huis.banden.append(self._een("casus_familieband"))
            sleutels["casus_familieband", oud] = str(g.huis.banden[plek])

    def _een(self, tabel: str) -> int:
        op = self.volgende.get(tabel, self.begin[tabel])
        self.volgende[tabel] = op + 1
        return op

    def nummer(self, letter: str) -> str:
        """Without order, and no other twice: a step of the golden section through all eight digits."""
        self.nummers += 1
        cijfers = f"{(self.nummers * 61_803_399 + self.zaad * 7_919 + 4_321) % 10**8:08d}"
        cijfers += str(controlecijfer(cijfers))
        return f"{letter}-{cijfers[:3]}-{cijfers[3:6]}-{cijfers[6:]}"


class _Vuller:
    """What goes in each slot of one cast."""

    def __init__(self, g: Gietsel, sleutels: dict[tuple[str, str], str], gieterij: Gieterij) -> None:
        self.g, self.sleutels, self.gieterij = g, sleutels, gieterij
        self.nummers: dict[str, str] = {}
        self.bsns: dict[int, str] = {}
        self.kenmerken: dict[str, int] = {}

    def vul(self, slot: Slot) -> str:
        return str(getattr(self, f"_{slot[0]}")(*slot[1:]))

    def _id(self, tabel: str, oud: str) -> str:
        return self.sleutels[tabel, oud]

    def _nummer(self, letter: str, oud: str) -> str:
        if oud not in self.nummers:
            self.nummers[oud] = self.gieterij.nummer(letter)
        return self.nummers[oud]

    def _vingerafdruk(self, oud: str) -> str:
        return hashlib.sha256(self._nummer("M", oud).encode()).hexdigest()

    def _afzendernummer(self, oud: str) -> str:
        """What the sender calls it; whoever called has no such number."""
        return f"{self.g.ontvangen:%Y}-{self._nummer('M', oud)[2:]}" if self.g.melder["bron"] == "afzender" else ""

    def _kenmerken(self, oud: str) -> int:
        """Which of them: what the mould had was by chance."""
        return self.kenmerken.setdefault(oud, len(self.kenmerken))

    def _kenmerk(self, oud: str) -> str:
        return str(uuid5(NAMESPACE_OID, f"{self.gieterij.zaad}/{self.g.casus}/{self._kenmerken(oud)}"))

    def _moment(self, waarde: str) -> str:
        return self.g.moment(waarde)

    def _dag(self, dag: date) -> str:
        return self.g.dag(dag).isoformat()

    def _voluit(self, dag: date) -> str:
        return f"{self.g.dag(dag):%d-%m-%Y}"

    def _kort(self, wat: Slot, jaar: bool) -> str:
        dag = self.g.dag(wat[1]) if wat[0] == "dag" else self.g.termijn(*wat[1:3]).uiterlijk
        return f"{dag_kort(dag)} {dag.year}" if jaar else dag_kort(dag)

    def _term(self, naam: str, begin: date, wat: str) -> str:
        termijn = self.g.termijn(naam, begin)
        return str(termijn.naam if wat == "termijn" else getattr(termijn, wat))

    def _wie(self, oud: str) -> str:
        wie = self.g.wie.get(oud)
        return str(wie.pk) if wie else oud

    def _medewerker(self, oud: str) -> str:
        return self.g.wie[oud].naam

    def _team(self, _oud: str) -> int:
        return self.g.team.pk

    def _nog_zonder_eigenaar(self) -> str:
        return "f"

    def _casus(self, kolom: str) -> Any:
        if kolom == "volgt_op_id":
            return self.g.huis.casussen[-1] if self.g.huis.casussen and self.g.bekend else LEEG
        return "open" if kolom == "stand" else LEEG

    def _voornaam(self, wie: int) -> str:
        return self.g.huis.mensen[wie].voornaam

    def _achternaam(self, wie: int) -> str:
        return self.g.huis.mensen[wie].achternaam

    def _geboren(self, wie: int, hoe: str) -> str:
        dag = self.g.huis.mensen[wie].geboren
        return {"iso": dag.isoformat(), "jaar": str(dag.year), "cijfers": f"{dag:%d-%m-%Y}"}[hoe]

    def _bsn(self, wie: int, _tabel: str) -> str:
        if wie not in self.bsns:
            self.bsns[wie] = BSNVeld().get_db_prep_save(self.g.huis.mensen[wie].bsn, None)
        return self.bsns[wie]

    def _bsn_index(self, wie: int, _tabel: str) -> str:
        return bsn_index(self.g.huis.mensen[wie].bsn)

    def _zoeknaam(self, wie: int, _tabel: str) -> str:
        return mensen.zoeknaam_van(self.g.huis.mensen[wie])

    def _zoeksleutels(self, wie: int, _tabel: str) -> str:
        return mensen.zoeksleutels_van(self.g.huis.mensen[wie], self.g.huis)

    def _straat(self) -> str:
        return self.g.huis.straat

    def _postcode(self) -> str:
        return self.g.huis.postcode

    def _plaats(self) -> str:
        return self.g.huis.plaats

    def _gemeente(self) -> str:
        return self.g.huis.gemeente

    def _verhaal(self) -> str:
        return self.g.verhaal

    def _meldernaam(self) -> str:
        return self.g.melder["naam"]

    def _melder(self, kolom: str) -> str:
        return self.g.melder[kolom]

    def _vorm(self, welke: int) -> str:
        return self.g.vormen[welke][0]

    def _vormnaam(self, welke: int) -> str:
        return self.g.vormen[welke][1]

    def _feit(self, welke: int) -> str:
        return self.g.vormen[welke][2]


def einde_van(mal: Mal, ontvangen: datetime, traag: int) -> datetime:
    """When such a case would be where the story ends."""
    eerste = bisect_left(werkdagen(), eerste_dag(ontvangen).toordinal())
    return datetime.combine(date.fromordinal(werkdagen()[eerste + duur(mal) + traag]), time(23))
