"""The rule catalogue: every rule has a number, and every number is found back in code, database, tests and screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml

Soort = Literal["hard", "afwijk", "gedrag", "kader"]
Voorwaarde = Callable[[Any], Iterable["Belemmering"]]
Doel = TypeVar("Doel", bound=Callable[..., Any])

CATALOGUS = Path(__file__).with_name("regels.yaml")


@dataclass(frozen=True, slots=True)
class Regel:
    """One rule from the sources: `soort` decides what the system does, `toets` how one sees that it works."""

    id: str
    soort: Soort
    eis: str
    toets: str
    termijn: bool = False

    @property
    def te_bewijzen(self) -> bool:
        return self.soort != "kader"

    @property
    def in_database(self) -> str:
        """The prefix of constraint and trigger names that hold this rule: RW-8.19 becomes rw_8_19_."""
        return self.id.lower().replace("-", "_").replace(".", "_") + "_"


@dataclass(frozen=True, slots=True)
class Belemmering:
    """Why a step cannot be taken now, and what the user can do about it."""

    uitleg: str
    veld: str = ""
    link: str = ""
    link_tekst: str = ""
    regel: Regel | None = field(default=None)

    @property
    def hard(self) -> bool:
        return self.regel is None or self.regel.soort == "hard"


class RegelGeweigerd(Exception):
    """A step refused: every obstacle at once, hard ones and those that may pass with a motivation."""

    def __init__(self, belemmeringen: Iterable[Belemmering]) -> None:
        self.belemmeringen = list(belemmeringen)
        super().__init__("; ".join(b.uitleg for b in self.belemmeringen))


def eis(belemmeringen: Iterable[Belemmering]) -> None:
    """Raise `RegelGeweigerd` with all of them when there is one."""
    if gevonden := list(belemmeringen):
        raise RegelGeweigerd(gevonden)


def _lees() -> dict[str, Regel]:
    hoofdstukken = yaml.safe_load(CATALOGUS.read_text(encoding="utf-8"))
    regels = [Regel(**gegevens) for regels in hoofdstukken.values() for gegevens in regels]
    gevonden = {regel.id: regel for regel in regels}
    if len(gevonden) != len(regels):
        raise ValueError("Een regelnummer staat twee keer in regels.yaml.")
    return gevonden


REGELS = _lees()
PLEKKEN: dict[str, list[str]] = {}


def regel(*ids: str) -> Callable[[Doel], Doel]:
    """Mark the function or class that makes these rules true; an unknown id fails at import."""
    gevonden = [REGELS[id_] for id_ in ids]

    def merk(doel: Doel) -> Doel:
        for r in gevonden:
            noteer_plek(r.id, f"{doel.__module__}.{doel.__qualname__}")
        return doel

    return merk


def noteer_plek(id_: str, plek: str) -> None:
    """Remember where rule `id_` is made true, for `manage.py regels`."""
    plekken = PLEKKEN.setdefault(REGELS[id_].id, [])
    if plek not in plekken:
        plekken.append(plek)


def voorwaarde(id_: str) -> Callable[[Voorwaarde], Callable[[Any], Iterator[Belemmering]]]:
    """A condition that makes one rule true: every obstacle it yields carries that rule."""
    gevonden = REGELS[id_]

    def merk(functie: Voorwaarde) -> Callable[[Any], Iterator[Belemmering]]:
        @wraps(functie)
        def met_regel(onderwerp: Any) -> Iterator[Belemmering]:
            for belemmering in functie(onderwerp):
                yield replace(belemmering, regel=gevonden)

        return regel(id_)(met_regel)

    return merk
