"""What an edition of the instrument is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Criterium:
    """One question, with what it is for. `was` names the question of an earlier edition that it continues."""

    code: str
    tekst: str
    kort: str
    uitleg: str
    criterium_b: bool = False
    was: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Onderdeel:
    """Part A, B or C, and what its conclusion is called. `opnieuw`: about now, so each melding answers it afresh."""

    letter: str
    naam: str
    positief: str
    negatief: str
    vragen: tuple[Criterium, ...]
    opnieuw: bool = False


@dataclass(frozen=True, slots=True)
class Instrument:
    """One edition; old assessments keep the edition they were made with."""

    versie: str
    naam: str
    voorbeeld: bool
    bron: str
    geldig_van: date
    onderdelen: tuple[Onderdeel, ...]

    @property
    def vragen(self) -> tuple[Criterium, ...]:
        return tuple(vraag for onderdeel in self.onderdelen for vraag in onderdeel.vragen)

    @property
    def opnieuw(self) -> str:
        """The letters of what every melding answers afresh."""
        return " en ".join(onderdeel.letter for onderdeel in self.onderdelen if onderdeel.opnieuw)

    def vraag(self, code: str) -> Criterium:
        return next(vraag for vraag in self.vragen if vraag.code == code)
