"""The rows of the VHT as the page lays them out: a question, a form of violence, a fact, a person with a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from triage.instrument import Criterium
from triage.models import Antwoord, Feit, Geweldsvorm, Herkomst
from triage.selectors import Bekende


@dataclass(frozen=True, slots=True)
class Botsing:
    """Someone else saved this row meanwhile: who, when, and what stands there now."""

    wie: str
    wanneer: datetime | None
    tekst: str

    @classmethod
    def van(cls, nu: Any) -> Botsing:
        laatste = nu.history.select_related("history_user").first()
        wie = str(laatste.history_user) if laatste and laatste.history_user else "Een collega"
        return cls(wie, laatste.history_date if laatste else None, in_woorden(nu))


def in_woorden(rij: Any) -> str:
    """What another person saved in this row, in one line."""
    wat = f"‘{rij.ja_of_nee}’" if isinstance(rij, Antwoord) else str(rij) if isinstance(rij, Geweldsvorm) else ""
    velden = (("feit", getattr(rij, "feit", "")), ("bron", getattr(rij, "bron", "")))
    return ", ".join(deel for deel in (wat, "; ".join(f"{naam}: {tekst}" for naam, tekst in velden if tekst)) if deel)


class Veld(TypedDict):
    """One field as its template writes it out. A dict, and its errors asked once: a page holds a hundred of them."""

    naam: str
    id: str
    label: str
    waarde: Any
    fouten: list[str]
    keuzes: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Vraagrij:
    """One question with its fields."""

    vraag: Criterium
    antwoord: Antwoord
    waarde: Veld
    feit: Veld
    bron: Veld
    botsing: Botsing | None

    @property
    def open(self) -> bool:
        """Unfolded where something must be looked at: a yes without a fact, or an error."""
        zonder = self.antwoord.waarde is True and not (self.antwoord.feit and self.antwoord.bron)
        return bool(zonder or self.feit["fouten"] or self.bron["fouten"] or self.botsing)


@dataclass(frozen=True, slots=True)
class Feitrij:
    """One fact with its fields."""

    rij: Feit
    feit: Veld
    bron: Veld
    botsing: Botsing | None

    @property
    def herkomst(self) -> list[Herkomst]:
        return list(self.rij.herkomst)


@dataclass(frozen=True, slots=True)
class Vormrij:
    """One form of violence, its facts, and room for one more."""

    rij: Geweldsvorm
    vorm: Veld
    feiten: list[Feitrij]
    nieuw: list[Veld]
    botsing: Botsing | None


@dataclass(frozen=True, slots=True)
class Scorerij:
    """One person with the last score and room for the next."""

    bekende: Bekende
    score: Veld
