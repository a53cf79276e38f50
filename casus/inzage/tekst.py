"""The text of one part: its paragraphs, what in it looks private, and how it reads once redacted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from casus.dossier import Alinea
from vt_cvs.kern.regels import regel

Plek = dict[str, Any]
TUSSEN = "\n\n"
KORTSTE_TREFFER = 4

_STRAAT = (
    r"(?:straat|weg|laan|plein|hof|kade|gracht|dijk|pad|singel|plantsoen|dreef|ring|steeg|markt|park|burg|wal|baan"
    r"|akker|veld|erf)"
)
_WOORD = r"(?:van|de|der|den|het|’t|'t|ter|ten|[A-Z][\w’'.-]*)"
_NUMMER = r"\d{1,4}(?: ?[a-zA-Z]\b)?"
PATRONEN = {
    "postcode": re.compile(r"\b[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}\b"),
    "mailadres": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "telefoonnummer": re.compile(
        r"(?<![\d-])(?!\d{1,2}-\d{1,2}-\d{4})(?:\+31[ -]?(?:\(0\))?|0031[ -]?|\(?0)[1-9]\)?(?:[ -]?\d){8}(?!\d)"
    ),
    "adres": re.compile(
        rf"\b[A-Z][\w’'-]*{_STRAAT} {_NUMMER}(?: in [A-Z][\w-]+)?"
        rf"|\b[A-Z][\w’'.-]*(?: {_WOORD}){{0,3}} {_NUMMER}(?=,? [1-9]\d{{3}} ?[A-Z]{{2}}\b| in [A-Z])"
    ),
}


@dataclass(frozen=True, slots=True)
class Stuktekst:
    """A piece of the file as the requester could read it, before any redaction."""

    titel: str
    alineas: tuple[Alinea, ...]

    @property
    def tekst(self) -> str:
        return TUSSEN.join(alinea.tekst for alinea in self.alineas)

    @property
    def vingerafdruk(self) -> str:
        """Changes when one letter of what the requester would read changes."""
        return hashlib.sha256(f"{self.titel}\x00{self.tekst}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text: shown, redacted with its ground, or proposed and not yet judged."""

    soort: Literal["tekst", "lak", "voorstel"]
    tekst: str
    nummer: int = 0
    grond: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph with its redactions."""

    soort: str
    segmenten: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Geheimen:
    """Values that never come from a field (RW-5.18a-e) and so are looked for in what people typed."""

    waarden: frozenset[str]

    @property
    def patroon(self) -> re.Pattern[str] | None:
        lang = sorted((w for w in self.waarden if len(w) >= KORTSTE_TREFFER), key=len, reverse=True)
        if not lang:
            return None
        return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w) for w in lang) + r")(?!\w)", re.IGNORECASE)


@regel("RW-5.18a", "RW-5.18b")
def stel_voor(stuk: Stuktekst, geheimen: Geheimen) -> list[Plek]:
    """Redactions to judge: whole paragraphs that ask for it, and whatever looks like an address or a secret value."""
    tekst = stuk.tekst
    gevonden = [(m.start(), m.end(), soort) for soort, p in PATRONEN.items() for m in p.finditer(tekst)]
    if patroon := geheimen.patroon:
        gevonden += [(m.start(), m.end(), "gegeven dat buiten inzage blijft") for m in patroon.finditer(tekst)]
    heel: list[tuple[int, int, str, str]] = []
    begin = 0
    for alinea in stuk.alineas:
        if alinea.voorstel:
            heel.append((begin, begin + len(alinea.tekst), "Alert", alinea.voorstel))
        begin += len(alinea.tekst) + len(TUSSEN)
    los = [(b, e, soort, "a") for b, e, soort in gevonden if not any(hb <= b and e <= he for hb, he, _, _ in heel)]
    return [
        {"begin": b, "eind": e, "grond": grond, "voorstel": True, "bron": bron}
        for b, e, bron, grond in _zonder_overlap([*heel, *los])
    ]


def _zonder_overlap(plekken: Iterable[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
    """The earliest and longest of what overlaps, joined so that no letter of it stays behind."""
    samen: list[tuple[int, int, str, str]] = []
    for begin, eind, bron, grond in sorted(plekken, key=lambda p: (p[0], -p[1])):
        if samen and begin < samen[-1][1]:
            b, e, eerste, g = samen[-1]
            samen[-1] = (b, max(e, eind), eerste, g)
        else:
            samen.append((begin, eind, bron, grond))
    return samen


def voeg_toe(plekken: Sequence[Plek], nieuw: Plek) -> list[Plek]:
    """One redaction more; what it covers or touches becomes part of it."""
    begin, eind = nieuw["begin"], nieuw["eind"]
    over: list[Plek] = []
    for plek in plekken:
        if plek["begin"] < eind and begin < plek["eind"]:
            begin, eind = min(begin, plek["begin"]), max(eind, plek["eind"])
        else:
            over.append(plek)
    return sorted([*over, {**nieuw, "begin": begin, "eind": eind}], key=lambda plek: plek["begin"])


def passages(stuk: Stuktekst, plekken: Sequence[Plek]) -> Iterator[Passage]:
    """The paragraphs with their redactions, as the screener sees them: every letter still there."""
    begin = 0
    for alinea in stuk.alineas:
        eind = begin + len(alinea.tekst)
        yield Passage(alinea.soort, tuple(_segmenten(alinea.tekst, begin, plekken)))
        begin = eind + len(TUSSEN)


def _segmenten(tekst: str, begin: int, plekken: Sequence[Plek]) -> Iterator[Segment]:
    op = 0
    for nummer, plek in enumerate(plekken, 1):
        van, tot = max(plek["begin"] - begin, op), min(plek["eind"] - begin, len(tekst))
        if van >= tot:
            continue
        if van > op:
            yield Segment("tekst", tekst[op:van])
        yield Segment("voorstel" if plek["voorstel"] else "lak", tekst[van:tot], nummer, plek["grond"])
        op = tot
    if op < len(tekst):
        yield Segment("tekst", tekst[op:])


def voor_de_lezer(stuk: Stuktekst, plekken: Sequence[Plek]) -> Iterator[Passage]:
    """What leaves the house: a redacted stretch is gone, only its ground is left. A proposal hides as well."""
    for passage in passages(stuk, plekken):
        yield Passage(
            passage.soort,
            tuple(s if s.soort == "tekst" else Segment("lak", "", s.nummer, s.grond) for s in passage.segmenten),
        )


def zoek_fragment(tekst: str, fragment: str, keer: int = 1) -> tuple[int, int] | None:
    """Where this piece of text stands, spaces and line ends counted alike; the `keer`-th time it occurs."""
    woorden = fragment.split()
    if not woorden:
        return None
    gevonden = list(re.finditer(r"\s+".join(re.escape(woord) for woord in woorden), tekst))
    return gevonden[keer - 1].span() if 0 < keer <= len(gevonden) else None
