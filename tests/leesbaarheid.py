"""How easy a Dutch text reads, for the texts that leave the building: is it B1 or easier?

Three measures, each known and each simple to check by hand; a text is B1 when it passes all three.

- Flesch-Douma: 206.84 - 0.93 x words per sentence - 77 x syllables per word. From 60 up reads as “standaard” or easier,
  what a grown-up with B1 reads; legal letters score below 30.
- Sentences: on average at most 12 words, none longer than 20. B1 writing guides name 10 to 15.
- Long words: at most one word in ten has more than three syllables, names and words that every letter of Veilig Thuis
  must use left out.
"""

from __future__ import annotations

import re

from tests.inzage.leesbaarheid import flesch_douma, lettergrepen, woorden, woorden_per_zin, zinnen

FLESCH, GEMIDDELD, LANGSTE_ZIN, LANGE_WOORDEN = 60.0, 12.0, 20, 0.10
EIGEN_WOORDEN = frozenset({"meldingsnummer", "organisatie", "casusnummer", "vertrouwenspersoon", "veiligheid"})


def lange_woorden(tekst: str) -> float:
    """The share of words of more than three syllables."""
    alle = [woord.lower() for woord in woorden(tekst)]
    lang = [woord for woord in alle if lettergrepen(woord) > 3 and woord not in EIGEN_WOORDEN]
    return len(lang) / max(1, len(alle))


def te_moeilijk(tekst: str) -> list[str]:
    """Why this text is harder than B1; empty when it is not."""
    tekst = re.sub(r"\b[A-Z]-\d{3}-\d{3}-\d{3}\b|\b\d[\d-]+\b", "nummer", tekst)
    bezwaren = []
    if (score := flesch_douma(tekst)) < FLESCH:
        bezwaren.append(f"Flesch-Douma {score:.0f}, minstens {FLESCH:.0f}")
    if (gemiddeld := woorden_per_zin(tekst)) > GEMIDDELD:
        bezwaren.append(f"gemiddeld {gemiddeld:.1f} woorden per zin, hoogstens {GEMIDDELD:.0f}")
    bezwaren += [f"lange zin: {zin.strip()}" for zin in zinnen(tekst) if len(woorden(zin)) > LANGSTE_ZIN]
    if (deel := lange_woorden(tekst)) > LANGE_WOORDEN:
        bezwaren.append(f"{deel:.0%} lange woorden, hoogstens {LANGE_WOORDEN:.0%}")
    return bezwaren
