"""The conclusion: it follows from the answers and from nothing else, and says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from triage.instrument.soorten import Criterium, Instrument, Onderdeel
from vt_cvs.kern.regels import regel

MULTIPROBLEMATISCH_CRITERIUM_B = 5
"""The number that the total conclusion bears when a criterium B was ticked (RW-8.22)."""
ACUUT, STRUCTUREEL, MULTIPROBLEMATISCH, GEEN, ONBEKEND = (
    "acuut",
    "structureel",
    "multiproblematisch",
    "geen",
    "onbekend",
)
TELWOORDEN = ("nul", "één", "twee", "drie", "vier", "vijf", "zes")


@dataclass(frozen=True, slots=True)
class Deelconclusie:
    """What one part says so far: yes as soon as one answer is yes, no when all are no, otherwise open."""

    onderdeel: Onderdeel
    ja: tuple[Criterium, ...]
    open: tuple[Criterium, ...]

    @property
    def letter(self) -> str:
        return self.onderdeel.letter

    @property
    def positief(self) -> bool | None:
        if self.ja:
            return True
        return None if self.open else False

    @property
    def merk(self) -> str:
        """The mark on screen: shape, word and colour of this answer."""
        if self.positief:
            return {"A": ACUUT, "B": STRUCTUREEL, "C": MULTIPROBLEMATISCH}[self.letter]
        return "stabiel" if self.positief is False else ONBEKEND

    @property
    def beantwoord(self) -> int:
        return len(self.onderdeel.vragen) - len(self.open)

    @property
    def stand(self) -> str:
        """“Ja, 3 van 4”, “Nee, 4 van 4”, “2 van 4”: for the head of the part."""
        van = len(self.onderdeel.vragen)
        if self.positief:
            return f"Ja, {len(self.ja)} van {van}"
        return f"Nee, {van} van {van}" if self.positief is False else f"{self.beantwoord} van {van} beantwoord"

    @property
    def conclusie(self) -> str:
        if self.positief is None:
            return "Nog open"
        return self.onderdeel.positief if self.positief else self.onderdeel.negatief

    @property
    def omdat(self) -> str:
        if self.ja:
            return f"omdat {_opsomming([f'{v.code} ({v.kort})' for v in self.ja])} ‘ja’ {_zijn(self.ja)}"
        van = len(self.onderdeel.vragen)
        if self.positief is False:
            return f"omdat alle {_telwoord(van)} vragen ‘nee’ zijn"
        return f"{self.beantwoord} van {van} vragen beantwoord"


@dataclass(frozen=True, slots=True)
class Conclusie:
    """All of it: the total, the number that belongs to a criterium B, and why."""

    totaal: str
    a: Deelconclusie
    b: Deelconclusie
    c: Deelconclusie
    criterium_b: tuple[Criterium, ...]
    omdat: str
    ernaast: str = ""

    @property
    def nummer(self) -> int | None:
        """Five when a criterium B was ticked; also when it stands beside a positive A or B."""
        return MULTIPROBLEMATISCH_CRITERIUM_B if self.criterium_b else None

    @property
    def delen(self) -> tuple[Deelconclusie, Deelconclusie, Deelconclusie]:
        return self.a, self.b, self.c

    @property
    def c_is_nodig(self) -> bool:
        """Without acute and without structural danger part C is required (RW-8.7)."""
        return not self.a.positief and not self.b.positief

    @property
    def c_is_aan_de_beurt(self) -> bool:
        """A and B are answered and both “nee”: only C can still say something."""
        return self.a.positief is False and self.b.positief is False

    @property
    def c_omdat(self) -> str:
        """Why part C is asked, or not."""
        for deel in (self.a, self.b):
            if deel.positief:
                return f"omdat {deel.letter} al ‘ja’ is"
        nog = [deel.letter for deel in (self.a, self.b) if deel.open]
        if nog:
            return f"{_opsomming(nog)} {'is' if len(nog) == 1 else 'zijn'} nog niet helemaal beantwoord"
        return "omdat A en B ‘nee’ zijn"

    @property
    def ontbreekt(self) -> Iterator[Criterium]:
        for deel in self.delen:
            yield from deel.open


@regel("RW-8.22", "RW-8.7")
def concludeer(instrument: Instrument, antwoorden: Mapping[str, bool | None]) -> Conclusie:
    """Computed from the answers and from nothing else; a positive A or B is never pushed aside by C."""
    a, b, c = (_deel(onderdeel, antwoorden) for onderdeel in instrument.onderdelen)
    criterium_b = tuple(vraag for vraag in c.ja if vraag.criterium_b)
    totaal = _totaal(a, b, c)
    ernaast = ""
    if c.positief and totaal in {ACUUT, STRUCTUREEL}:
        nummer = f" (conclusie {MULTIPROBLEMATISCH_CRITERIUM_B})" if criterium_b else ""
        ernaast = f"De leefsituatie{nummer} staat ernaast en vervangt dit niet."
    return Conclusie(totaal, a, b, c, criterium_b, _waarom(totaal, a, b, c), ernaast)


def _deel(onderdeel: Onderdeel, antwoorden: Mapping[str, bool | None]) -> Deelconclusie:
    return Deelconclusie(
        onderdeel,
        tuple(vraag for vraag in onderdeel.vragen if antwoorden.get(vraag.code) is True),
        tuple(vraag for vraag in onderdeel.vragen if antwoorden.get(vraag.code) is None),
    )


def _totaal(a: Deelconclusie, b: Deelconclusie, c: Deelconclusie) -> str:
    for deel, totaal in ((a, ACUUT), (b, STRUCTUREEL), (c, MULTIPROBLEMATISCH)):
        if deel.positief:
            return totaal
    return ONBEKEND if any(deel.open for deel in (a, b, c)) else GEEN


def _waarom(totaal: str, a: Deelconclusie, b: Deelconclusie, c: Deelconclusie) -> str:
    if totaal == GEEN:
        return "omdat alle vragen van A, B en C ‘nee’ zijn"
    if totaal == ONBEKEND:
        letters = [deel.letter for deel in (a, b, c) if deel.open]
        return f"omdat {_opsomming(letters)} nog niet helemaal beantwoord {'is' if len(letters) == 1 else 'zijn'}"
    ja = {ACUUT: a, STRUCTUREEL: b, MULTIPROBLEMATISCH: c}[totaal].ja
    return f"omdat {_opsomming([vraag.code for vraag in ja])} ‘ja’ {_zijn(ja)}"


def _opsomming(delen: list[str]) -> str:
    return delen[0] if len(delen) == 1 else f"{', '.join(delen[:-1])} en {delen[-1]}"


def _zijn(vragen: tuple[Criterium, ...]) -> str:
    return "is" if len(vragen) == 1 else "zijn"


def _telwoord(aantal: int) -> str:
    return TELWOORDEN[aantal] if aantal < len(TELWOORDEN) else str(aantal)
