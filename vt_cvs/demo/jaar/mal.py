"""A mould: the rows that one story left behind, with a slot wherever a cast is to be different."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from vt_cvs.demo.jaar import merktekens
from vt_cvs.demo.jaar.tabellen import Tabel, hoogste, rijen_na, tabellen
from vt_cvs.demo.verhaal import Regie, Verhaal
from vt_cvs.kern.termijnen import DAGEN, MAANDEN
from vt_cvs.organisatie.models import Medewerker

BLIJVEND = {"casus_persoon", "casus_familieband"}
"""What stays when people come back: they are known, and so are their ties."""
IN_STAPPEN = {
    "casus_terugkoppeling",
    "triage_vht",
    "triage_triagebesluit",
    "diensten_keuze",
    "diensten_vv",
    "diensten_overdracht",
}
"""What the database only takes step by step: born as its first version, then brought through each that followed."""
PADEN = (
    (re.compile(r"(#contact-)(\d+)"), "casus_contact"),
    (re.compile(r"(/terugkoppeling/)(\d+)"), "casus_terugkoppeling"),
    (re.compile(r"(/keuze/)(\d+)"), "diensten_keuze"),
    (re.compile(r"(/diensten/)(\d+)"), "casus_processtap"),
    (re.compile(r"(/moment/)(\d+)"), "diensten_monitormoment"),
)
LEEG = r"\N"
_DAG = rf"(?:{'|'.join(DAGEN)}) (\d{{1,2}}) ({'|'.join(MAANDEN)})(?: (\d{{4}}))?\b"
_NA = re.compile(rf" na {_DAG}")
_CIJFERS = re.compile(r"\b(\d\d)-(\d\d)-(\d{4})\b")

Slot = tuple[Any, ...]
"""What stands there: ("id", table, old), ("moment", naive local), ("dag", date), ("term", …) or a mark of its own."""


@dataclass(slots=True)
class Mal:
    """`blokken` are lines for COPY with %-slots; `slots` says what goes in each; `tabellen` how many ids it takes."""

    naam: str
    begin: datetime
    einde: datetime
    blokken: list[tuple[str, str]] = field(default_factory=list)  # table, lines
    later: list[tuple[str, int, str]] = field(default_factory=list)  # table, version, line: what is brought up after
    personen: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)  # table, people it needs, line
    slots: dict[Slot, str] = field(default_factory=dict)
    sleutels: dict[str, list[str]] = field(default_factory=dict)  # table, the old ids in order
    getekend: list[tuple[date, Slot]] = field(default_factory=list)  # each triagebesluit: its day, and its term
    gesloten_op: str = ""
    ontvangen: str = ""
    meldingen: int = 1
    rijen: int = 0

    def slot(self, wat: Slot) -> str:
        naam = self.slots.setdefault(wat, f"s{len(self.slots)}")
        return f"%({naam})s"


def maak_mal(naam: str, vertel: Callable[[Verhaal], None], regie: Regie, nummer: int) -> Mal:
    """Tell the story, read what it left behind, and take it back."""
    with transaction.atomic():
        voor = {tabel.naam: hoogste(tabel) for tabel in tabellen()}
        verhaal = Verhaal(regie, nummer)
        vertel(verhaal)
        connection.check_constraints()
        rijen = {tabel.naam: list(rijen_na(tabel, voor[tabel.naam])) for tabel in tabellen()}
        transaction.set_rollback(True)
    mal = Mal(naam, timezone.make_naive(verhaal.begonnen), timezone.make_naive(verhaal.nu))
    Vormer(mal, rijen).vorm()
    return mal


class Vormer:
    """Turns rows into lines with slots."""

    def __init__(self, mal: Mal, rijen: dict[str, list[list[str]]]) -> None:
        self.mal, self.rijen = mal, {naam: r for naam, r in rijen.items() if r}
        self.per_naam = {tabel.naam: tabel for tabel in tabellen()}
        self.eigen = {naam: {r[self._plek(naam)] for r in rij} for naam, rij in self.rijen.items()}
        self.soorten = {m._meta.label_lower: m._meta.db_table for m in apps.get_models()}
        self.nummers = self._nummers()
        self.termijnen = self._termijnen()
        self.wie = {m.naam: str(m.pk) for m in Medewerker.objects.filter(systeem=False)}
        self.woorden = re.compile(
            "|".join([*self.nummers, *map(re.escape, self.wie), merktekens.PATROON, _DAG, _CIJFERS.pattern])
        )

    def _plek(self, naam: str) -> int:
        tabel = self.per_naam[naam]
        return tabel.kolommen.index(tabel.sleutel)

    def _kolom(self, naam: str, kolom: str) -> Iterator[str]:
        plek = self.per_naam[naam].kolommen.index(kolom)
        return (rij[plek] for rij in self.rijen.get(naam, ()))

    def _nummers(self) -> dict[str, Slot]:
        soorten = (("casus_casus", "C"), ("melding_signaal", "M"), ("melding_melding", "M"))
        return {
            nummer: ("nummer", letter, nummer) for tabel, letter in soorten for nummer in self._kolom(tabel, "nummer")
        }

    def _termijnen(self) -> dict[str, Slot]:
        """The last days that tasks carry: by the day as it stands, the term that gave it."""
        gevonden: dict[str, Slot] = {}
        kolommen = ("termijn", "uitleg", "uiterlijk", "rekenkundig")
        for termijn, uitleg, uiterlijk, rekenkundig in zip(
            *(self._kolom("casus_taak", k) for k in kolommen), strict=True
        ):
            if termijn and uiterlijk != LEEG and (na := _NA.search(uitleg)):
                begin = self._dag_voor(na, date.fromisoformat(uiterlijk))
                gevonden[uiterlijk] = ("term", termijn, begin, "uiterlijk")
                if rekenkundig != uiterlijk:
                    gevonden.setdefault(rekenkundig, ("term", termijn, begin, "rekenkundig"))
        return gevonden

    @staticmethod
    def _dag_voor(gevonden: re.Match[str], uiterlijk: date) -> date:
        """“vr 7 mrt” before that last day; the sentence leaves the year out."""
        dag, maand = int(gevonden[1]), MAANDEN.index(gevonden[2]) + 1
        jaar = uiterlijk.year - ((maand, dag) > (uiterlijk.month, uiterlijk.day))
        return date(jaar, maand, dag)

    def vorm(self) -> None:
        for naam, rijen in self.rijen.items():
            tabel = self.per_naam[naam]
            self.mal.sleutels[naam] = [rij[self._plek(naam)] for rij in rijen]
            regels = ["\t".join(self._rij(tabel, rij)) + "\n" for rij in rijen]
            if naam.replace("_historical", "_") in BLIJVEND:
                self.mal.personen += [
                    (naam, self._sleutels_van(tabel, r), t) for r, t in zip(rijen, regels, strict=True)
                ]
            elif naam in IN_STAPPEN:
                self._in_versies(tabel, rijen)
            else:
                self.mal.blokken.append((naam, "".join(regels)))
            self.mal.rijen += len(rijen)
        self.mal.meldingen = len(self.rijen.get("melding_melding", ()))
        kolommen = ("soort", "klaar_op", "uiterlijk")
        for soort, klaar, uiterlijk in zip(*(self._kolom("casus_taak", k) for k in kolommen), strict=True):
            if soort == "tekenen" and klaar != LEEG:
                self.mal.getekend.append((date.fromisoformat(klaar[:10]), self.termijnen[uiterlijk]))
        self.mal.ontvangen = min(self._kolom("melding_signaal", "ontvangen_op"))
        self.mal.gesloten_op = next(self._kolom("casus_casus", "gesloten_op")).replace(LEEG, "")

    def _in_versies(self, tabel: Tabel, rijen: list[list[str]]) -> None:
        """Each row as its first version, and a line for each later one, as the history has them."""
        toen = tabel.naam.replace("_", "_historical", 1)
        kolommen = self.per_naam[toen].kolommen
        versies: dict[str, list[dict[str, str]]] = {}
        for rij in sorted(self.rijen[toen], key=lambda r: int(r[kolommen.index("versie")])):
            bij_naam = dict(zip(kolommen, rij, strict=True))
            versies.setdefault(bij_naam["id"], []).append(bij_naam)
        geboren = []
        for rij in rijen:
            nu = dict(zip(tabel.kolommen, rij, strict=True))
            for nummer, versie in enumerate(versies[nu["id"]], 1):
                regel = "\t".join(self._rij(tabel, [versie.get(k, w) for k, w in nu.items()])) + "\n"
                if nummer == 1:
                    geboren.append(regel)
                else:
                    self.mal.later.append((tabel.naam, nummer, regel))
        self.mal.blokken.append((tabel.naam, "".join(geboren)))

    @staticmethod
    def _sleutels_van(tabel: Tabel, rij: Sequence[str]) -> tuple[str, ...]:
        """The keys of the people that such a row is about: itself, or the two that a tie binds."""
        bij_naam = dict(zip(tabel.kolommen, rij, strict=True))
        return (bij_naam["persoon_id"], bij_naam["ander_id"]) if "ander_id" in bij_naam else (bij_naam["id"],)

    def _rij(self, tabel: Tabel, rij: list[str]) -> Iterable[str]:
        bij_naam = dict(zip(tabel.kolommen, rij, strict=True))
        for kolom, waarde in bij_naam.items():
            yield self._cel(tabel, kolom, waarde, bij_naam)

    def _cel(self, tabel: Tabel, kolom: str, waarde: str, rij: Mapping[str, str]) -> str:
        if vast := merktekens.vast(tabel.naam, kolom, rij):
            return self.mal.slot(vast)
        if waarde == LEEG:
            return waarde
        if kolom == tabel.sleutel:
            return self.mal.slot(("id", tabel.naam, waarde))
        doel = tabel.wijst.get(kolom)
        if kolom == "onderwerp_id":
            doel = self.soorten[rij.get("soort" if tabel.naam == "casus_logregel" else "onderwerp_soort", "")]
        if doel:
            return self._verwijzing(doel, waarde)
        soort = tabel.soorten[kolom]
        if soort == "DateTimeField":
            return self.mal.slot(("moment", waarde))
        if soort == "UUIDField":
            return self.mal.slot(("kenmerk", waarde))
        if soort == "DateField":
            return self.mal.slot(self.termijnen.get(waarde) or ("dag", date.fromisoformat(waarde)))
        if soort == "JSONField" and tabel.naam.endswith("vhtversie"):
            return self._versies(waarde)
        if tabel.naam == "casus_taak" and kolom in {"uitleg", "termijn"} and waarde and rij["uiterlijk"] != LEEG:
            return self.mal.slot((*self.termijnen[rij["uiterlijk"]][:3], kolom))
        return self._pad(waarde) if kolom == "pad" else self._tekst(waarde)

    def _pad(self, waarde: str) -> str:
        """An address names rows by their keys: those of the cast."""
        for patroon, doel in PADEN:
            waarde = patroon.sub(lambda m, t=doel: m[1] + f"\0{t} {m[2]}\0", waarde)  # type: ignore[misc]
        stukken = waarde.split("\0")
        return "".join(
            self._verwijzing(*stuk.split(" ")) if i % 2 else self._tekst(stuk) for i, stuk in enumerate(stukken)
        )

    def _verwijzing(self, doel: str, waarde: str) -> str:
        if doel == "organisatie_medewerker":
            return self.mal.slot(("wie", waarde))
        if doel == "organisatie_team":
            return self.mal.slot(("team", waarde))
        return self.mal.slot(("id", doel, waarde)) if waarde in self.eigen.get(doel, ()) else waarde

    def _versies(self, waarde: str) -> str:
        """{"antwoorden": {"12": 2}}: which rows, by their ids."""
        for deel, tabel in (("antwoorden", "antwoord"), ("vormen", "geweldsvorm"), ("feiten", "feit")):
            patroon = re.compile(rf'("{deel}": {{)([^}}]*)(}})')
            waarde = patroon.sub(
                lambda m, t=f"triage_{tabel}": (
                    m[1]  # type: ignore[misc]
                    + re.sub(r'"(\d+)"', lambda n: f'"{self.mal.slot(("id", t, n[1]))}"', m[2])
                    + m[3]
                ),
                waarde,
            )
        return waarde

    def _tekst(self, waarde: str) -> str:
        return "".join(self._stukken(waarde))

    def _stukken(self, waarde: str) -> Iterator[str]:
        op = 0
        for gevonden in self.woorden.finditer(waarde):
            yield waarde[op : gevonden.start()].replace("%", "%%")
            yield self._woord(gevonden[0])
            op = gevonden.end()
        yield waarde[op:].replace("%", "%%")

    def _woord(self, woord: str) -> str:
        if woord in self.nummers:
            return self.mal.slot(self.nummers[woord])
        if woord in self.wie:
            return self.mal.slot(("medewerker", self.wie[woord]))
        if merk := merktekens.slot(woord):
            return self.mal.slot(merk)
        if cijfers := _CIJFERS.fullmatch(woord):
            dag = date(int(cijfers[3]), int(cijfers[2]), int(cijfers[1]))
            return self.mal.slot(("voluit", dag))
        gevonden = re.fullmatch(_DAG, woord)
        assert gevonden is not None  # noqa: S101 - nothing else is looked for
        dag = self._jaar_bij(gevonden)
        return self.mal.slot(("kort", self.termijnen.get(dag.isoformat()) or ("dag", dag), bool(gevonden[3])))

    def _jaar_bij(self, gevonden: re.Match[str]) -> date:
        """The year that is written, or else the one that brings it nearest to the story."""
        dag, maand = int(gevonden[1]), MAANDEN.index(gevonden[2]) + 1
        if gevonden[3]:
            return date(int(gevonden[3]), maand, dag)
        jaren = (self.mal.begin.year - 1, self.mal.begin.year, self.mal.begin.year + 1)
        mogelijk = [date(j, maand, dag) for j in jaren if (maand, dag) != (2, 29) or j % 4 == 0]
        return min(mogelijk, key=lambda d: abs(d - self.mal.einde.date()))
