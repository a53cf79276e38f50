"""What differs between two texts, as plain segments: the template escapes them, so no HTML is made here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Literal

Soort = Literal["gelijk", "erbij", "weg"]
Stuk = tuple[Soort, str]


def _woorden(tekst: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", tekst)


def verschil(oud: str, nieuw: str) -> list[Stuk]:
    """The new text word by word, with what was added and what was taken out."""
    a, b = _woorden(oud), _woorden(nieuw)
    stukken: list[Stuk] = []
    for wat, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if wat == "equal":
            stukken.append(("gelijk", "".join(b[b1:b2])))
            continue
        if a2 > a1:
            stukken.append(("weg", "".join(a[a1:a2])))
        if b2 > b1:
            stukken.append(("erbij", "".join(b[b1:b2])))
    return stukken


def voeg_samen(basis: str, hun: str, mijn: str, *, tussen: str = "\n\n") -> str:
    """Both changes in one text; where they touch the same place, their text and then mine, so nothing is lost."""
    woorden = _woorden(basis)
    ingrepen = sorted({*_ingrepen(woorden, _woorden(hun)), *_ingrepen(woorden, _woorden(mijn))})
    samen, tot = "", -1
    for begin, eind, nieuw in ingrepen:
        if begin <= tot:
            return f"{hun.rstrip()}{tussen}{mijn.lstrip()}"
        samen += "".join(woorden[max(tot, 0) : begin]) + nieuw
        tot = eind
    return samen + "".join(woorden[max(tot, 0) :])


def _ingrepen(basis: list[str], nieuw: list[str]) -> list[tuple[int, int, str]]:
    ops = SequenceMatcher(None, basis, nieuw, autojunk=False).get_opcodes()
    return [(a1, a2, "".join(nieuw[b1:b2])) for wat, a1, a2, b1, b2 in ops if wat != "equal"]


@dataclass(frozen=True, slots=True)
class VeldBotsing:
    """One field that two people wrote; `basis` is what both started from, if it is still known."""

    label: str
    hun: str
    mijn: str
    basis: str | None = None
    naam: str = ""
    tussen: str = "\n\n"
    """What stands between the two texts when they cannot be woven together."""

    @property
    def hun_stukken(self) -> list[Stuk]:
        return self._stukken(self.mijn, self.hun)

    @property
    def mijn_stukken(self) -> list[Stuk]:
        return self._stukken(self.hun, self.mijn)

    @property
    def samen(self) -> str:
        basis = self.mijn if self.basis is None else self.basis
        return voeg_samen(basis, self.hun, self.mijn, tussen=self.tussen)

    def _stukken(self, ander: str, deze: str) -> list[Stuk]:
        if self.basis is not None:
            return verschil(self.basis, deze)
        return [stuk for stuk in verschil(ander, deze) if stuk[0] != "weg"]


@dataclass(frozen=True, slots=True)
class Botsing:
    """Two people wrote at the same time: who saved first, when, and every field in both versions."""

    wie: str
    wanneer: datetime
    velden: Sequence[VeldBotsing]
