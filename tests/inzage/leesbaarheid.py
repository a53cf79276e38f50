"""A simple measure of how easy a Dutch text reads: words per sentence, and Flesch-Douma."""

from __future__ import annotations

import re

KLINKERS = re.compile(r"(?:aa|ee|ie|oo|uu|oe|eu|ui|ei|ij|au|ou|ai|oi|[aeiouyéèëïöüáóú])+", re.IGNORECASE)


def zinnen(tekst: str) -> list[str]:
    return [z for z in re.split(r"(?<=[.!?:])\s+|\n+", tekst) if re.search(r"\w", z)]


def woorden(tekst: str) -> list[str]:
    return re.findall(r"[\w’'-]*[^\W\d_][\w’'-]*", tekst)


def lettergrepen(woord: str) -> int:
    return max(1, len(KLINKERS.findall(woord)))


def woorden_per_zin(tekst: str) -> float:
    return len(woorden(tekst)) / max(1, len(zinnen(tekst)))


def flesch_douma(tekst: str) -> float:
    """206.84 - 0.93 x words per sentence - 77 x syllables per word; 60 and up reads like B1."""
    alle = woorden(tekst)
    return 206.84 - 0.93 * woorden_per_zin(tekst) - 77 * sum(map(lettergrepen, alle)) / max(1, len(alle))
