"""Names of nobody, from five origins: roots by hand, the rest put together; how often each comes falls off (Zipf)."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from pathlib import Path
from typing import Generic, TypeVar

import yaml

T = TypeVar("T")
Achternaam = tuple[str, str]
"""Prefix and name, as the file keeps them."""


class Verdeling(Generic[T]):
    """Draws the first of a list most often: the n-th with weight 1 / (n + `vlak`)."""

    def __init__(self, dingen: Iterable[T], *, vlak: float) -> None:
        self.dingen: Sequence[T] = list(dict.fromkeys(dingen))
        self.tot = list(accumulate(1 / (n + vlak) for n in range(1, len(self.dingen) + 1)))

    def trek(self, lot: random.Random) -> T:
        return self.dingen[min(bisect(self.tot, lot.random() * self.tot[-1]), len(self.dingen) - 1)]


@dataclass(frozen=True, slots=True)
class Herkomst:
    naam: str
    deel: int
    vrouwen: Verdeling[str]
    mannen: Verdeling[str]
    achternamen: Verdeling[Achternaam]
    twee_voornamen: float = 0.1


def _samen(voor: Sequence[str], achter: Sequence[str], *, zaad: int) -> list[str]:
    """Every first part with every second, in an order of its own."""
    alle = [a + b for a, b in product(voor, achter) if a[-1].lower() != b[0] and a.lower() != b]
    random.Random(zaad).shuffle(alle)
    return alle


def _met(voorvoegsels: Sequence[str], namen: Iterable[str], *, zaad: int) -> list[Achternaam]:
    lot = random.Random(zaad)
    return [(lot.choice(voorvoegsels), naam) for naam in namen]


def _kaal(namen: Iterable[str]) -> list[Achternaam]:
    return [("", naam) for naam in namen]


def _door(*rijen: Sequence[Achternaam], zaad: int, vast: int = 0) -> list[Achternaam]:
    """The first `vast` stay the most common; the others mixed."""
    alle = [naam for rij in rijen for naam in rij]
    rest = alle[vast:]
    random.Random(zaad).shuffle(rest)
    return alle[:vast] + rest


NAMEN: dict[str, list[str]] = {
    naam: tekst.split() for naam, tekst in yaml.safe_load(Path(__file__).with_name("namen.yaml").read_text()).items()
}
NL_TOP = (
    ("de", "Jong"),
    ("de", "Vries"),
    ("van den", "Berg"),
    ("van", "Dijk"),
    ("", "Bakker"),
    ("", "Janssen"),
    ("de", "Boer"),
    ("de", "Groot"),
    ("van", "Leeuwen"),
    ("van der", "Meer"),
    ("van der", "Linden"),
    ("de", "Haan"),
    ("van den", "Heuvel"),
    ("van der", "Veen"),
    ("van", "Vliet"),
    ("de", "Bruijn"),
    ("de", "Wit"),
    ("van den", "Broek"),
    ("van der", "Heijden"),
    ("van der", "Horst"),
    ("van", "Dam"),
    ("in 't", "Veld"),
    ("van 't", "Hof"),
    ("'t", "Hart"),
    ("de", "Lange"),
    ("de", "Ruiter"),
    ("ter", "Horst"),
    ("ten", "Brink"),
    ("op den", "Dries"),
    ("uit de", "Haag"),
    ("op 't", "Ende"),
    ("van der", "Ploeg"),
    ("van der", "Wal"),
    ("de", "Leeuw"),
    ("den", "Hartog"),
    ("l'", "Ami"),
)
PL_UITGANG = ("ski", "czyk", "iewicz", "ak", "owski", "iak", "icki", "ewski")


def _pools(voor: Sequence[str]) -> list[Achternaam]:
    return _kaal(v + u for v, u in product(voor, PL_UITGANG) if not (v.endswith("ow") and u == "owski"))


HERKOMSTEN = (
    Herkomst(
        "Nederlands",
        60,
        Verdeling(NAMEN["nl_vrouw"], vlak=8),
        Verdeling(NAMEN["nl_man"], vlak=8),
        Verdeling(
            _door(
                NL_TOP,
                _kaal(NAMEN["nl_naam"]),
                _kaal(_samen(NAMEN["nl_voor"], NAMEN["nl_achter"], zaad=1)[:2200]),
                _met(
                    ("van", "van de", "van der", "van den", "ter", "ten", "de", "op de", "van 't", "in 't", "onder de"),
                    _samen(NAMEN["nl_voor"], NAMEN["nl_achter"], zaad=2)[:1500],
                    zaad=3,
                ),
                zaad=4,
                vast=len(NL_TOP) + 40,
            ),
            vlak=20,
        ),
        twee_voornamen=0.3,
    ),
    Herkomst(
        "Turks",
        11,
        Verdeling(NAMEN["tr_vrouw"], vlak=4),
        Verdeling(NAMEN["tr_man"], vlak=4),
        Verdeling(
            _kaal(
                [
                    *NAMEN["tr_naam"],
                    *_samen(NAMEN["tr_voor"], NAMEN["tr_achter"], zaad=5),
                    *[f"{naam}oğlu" for naam in (*NAMEN["tr_man"], *NAMEN["tr_naam"][:30])],
                ]
            ),
            vlak=8,
        ),
        twee_voornamen=0.12,
    ),
    Herkomst(
        "Marokkaans",
        11,
        Verdeling(NAMEN["ma_vrouw"], vlak=4),
        Verdeling(NAMEN["ma_man"], vlak=4),
        Verdeling(
            _door(
                [("el", naam) for naam in NAMEN["ma_kern"]],
                _kaal(NAMEN["ma_los"]),
                [("ait", naam) for naam in NAMEN["ma_rond"]],
                [("ben", naam) for naam in NAMEN["ma_rond"]],
                _kaal(f"Ben{naam.lower()}" for naam in NAMEN["ma_rond"]),
                _kaal(f"Bou{naam.lower()}" for naam in NAMEN["ma_rond"]),
                _kaal(f"El {naam}" for naam in NAMEN["ma_rond"]),
                _kaal(f"{naam[:-1]}aoui" for naam in NAMEN["ma_rond"]),
                [("oulad", naam) for naam in NAMEN["ma_rond"][:12]],
                [("al", naam) for naam in NAMEN["ma_kern"]],
                zaad=6,
                vast=60,
            ),
            vlak=8,
        ),
        twee_voornamen=0.15,
    ),
    Herkomst(
        "Pools",
        8,
        Verdeling(NAMEN["pl_vrouw"], vlak=4),
        Verdeling(NAMEN["pl_man"], vlak=4),
        Verdeling(_door(_kaal(NAMEN["pl_naam"]), _pools(NAMEN["pl_voor"]), zaad=7, vast=30), vlak=8),
        twee_voornamen=0.1,
    ),
    Herkomst(
        "Surinaams",
        10,
        Verdeling(NAMEN["su_vrouw"], vlak=4),
        Verdeling(NAMEN["su_man"], vlak=4),
        Verdeling(
            _door(
                _kaal(NAMEN["su_naam"]),
                _kaal(_samen(NAMEN["su_hi_voor"], NAMEN["su_hi_achter"], zaad=8)),
                _kaal(_samen(NAMEN["su_jv_voor"], NAMEN["su_jv_achter"], zaad=9)),
                zaad=10,
                vast=25,
            ),
            vlak=8,
        ),
        twee_voornamen=0.25,
    ),
)


def verbogen(herkomst: str, naam: str, *, vrouw: bool) -> str:
    """A Polish woman is Kowalska where her father is Kowalski."""
    return f"{naam[:-1]}a" if herkomst == "Pools" and vrouw and naam.endswith(("ski", "cki")) else naam
