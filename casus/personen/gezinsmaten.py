"""Measures of the family diagram in pixels, and what is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from casus.personen.gezinsleden import Mens

KOLOM, TUSSEN = 114, 20  # width of one person, and what separates blocks
HALF = 18  # half a symbol
KOP, LIJF, GAT = 26, 128, 58  # above the symbol, from its middle to under the texts, between rows
RAND = 16
SPOOR = 9  # between two lines in the same gap


@dataclass(frozen=True, slots=True)
class Figuur:
    """One person with symbol and texts; y is the middle of the symbol."""

    mens: Mens
    x: int
    y: int
    regels: tuple[tuple[str, str, int], ...]
    half: int


@dataclass(frozen=True, slots=True)
class Kader:
    """A household: a frame of straight lines, and where its name stands."""

    pad: str
    naam: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Pijl:
    """Suspected violence, from whom to whom."""

    pad: str
    punt: str
    x: int
    y: int


@dataclass(slots=True)
class Schema:
    links: int = 0
    breed: int = 0
    hoog: int = 0
    figuren: list[Figuur] = field(default_factory=list)
    kaders: list[Kader] = field(default_factory=list)
    lijnen: list[tuple[str, str]] = field(default_factory=list)
    pijlen: list[Pijl] = field(default_factory=list)

    @property
    def breedte(self) -> int:
        return self.breed - self.links
