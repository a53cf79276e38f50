"""What in a free text looks like it tells who someone is: a BSN, a date, an address, a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from vt_cvs.kern.velden import alleen_cijfers, voldoet_aan_elfproef

MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_KORT = {naam[:3]: nummer for nummer, naam in enumerate(MAANDEN, 1)} | {"mrt": 3}
_BSN = re.compile(r"(?<![\w-])\d(?:[ .]?\d){8}(?![\w-])")
_DATUM = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)")
_VOLUIT = re.compile(r"(?<!\d)(\d{1,2})\s+([a-z]{3,9})\.?\s+(\d{4})(?!\d)", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<!\w)([1-9]\d{3})\s?([A-Z]{2})(?!\w)", re.IGNORECASE)
_STRAAT = re.compile(
    r"\b(?:[A-Z][\w’'-]*\s)*[A-Z][\w’'-]*(?:\s?(?:straat|laan|weg|plein|hof|kade|gracht|dijk|singel|pad|steeg|dreef))\s+\d+"
)
_TUSSEN = r"(?:\s(?:van|de|der|den|het|ter|te|ten|el|al|la|’t|'t))*"
_NAAM = re.compile(rf"\b([A-Z][a-zà-ÿ’'-]+{_TUSSEN}\s[A-Z][a-zà-ÿ’'-]+)\b")
_GEEN_NAAM = frozenset({"Veilig Thuis"})


def bsns(tekst: str) -> list[str]:
    """Nine digits that pass the elfproef, as they were written; a case or report number is none."""
    return [vondst[0] for vondst in _BSN.finditer(tekst) if voldoet_aan_elfproef(alleen_cijfers(vondst[0]))]


def postcodes(tekst: str) -> set[str]:
    return {f"{cijfers}{letters.upper()}" for cijfers, letters in _POSTCODE.findall(tekst)}


def data(tekst: str) -> Iterator[tuple[date, str]]:
    """Every day that is written out, with the way it was written."""
    for vondst in _DATUM.finditer(tekst):
        dag, maand, jaar = (int(deel) for deel in vondst.groups())
        if jaar < 100:
            jaar += 2000 if jaar <= date.today().year % 100 else 1900
        if gevonden := _dag(jaar, maand, dag):
            yield gevonden, vondst[0]
    for vondst in _VOLUIT.finditer(tekst):
        nummer = _KORT.get(vondst[2].lower()[:3], 0)
        if gevonden := _dag(int(vondst[3]), nummer, int(vondst[1])):
            yield gevonden, vondst[0]


def _dag(jaar: int, maand: int, dag: int) -> date | None:
    try:
        return date(jaar, maand, dag)
    except ValueError:
        return None


def sporen(tekst: str) -> Iterator[tuple[str, str]]:
    """What it looks like and the words themselves, for a warning before a text is kept (WVT-2)."""
    yield from (("een BSN", bsn) for bsn in bsns(tekst))
    yield from (("een datum, misschien een geboortedatum", zoals) for _, zoals in data(tekst))
    yield from (("een postcode", vondst[0]) for vondst in _POSTCODE.finditer(tekst))
    yield from (("een adres", vondst[0]) for vondst in _STRAAT.finditer(tekst))
    yield from (("een naam", naam) for naam in _NAAM.findall(tekst) if naam not in _GEEN_NAAM)
