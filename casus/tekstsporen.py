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
_CIJFERS = re.compile(r"(?<![\d+])(?<!\+\d\d[ .-])(?<!\b[A-Za-z]-)\d(?:[ .\u00a0-]?\d)*")
_DATUM = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)")
_VOLUIT = re.compile(r"(?<!\d)(\d{1,2})\s+([a-z]{3,9})\.?\s+(\d{4}|['’]\d{2})(?!\d)", re.IGNORECASE)
_JAAR_VOOROP = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)")
_AANEEN = re.compile(r"(?<!\d)(\d\d)(\d\d)((?:19|20)\d\d)(?!\d)")
_TELEFOON = re.compile(r"(?<![\w+])(?:\+|00)?\d(?:[\s.()/-]{0,2}\d){8,14}(?!\w)")
_MAIL = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
_POSTCODE = re.compile(r"(?<!\w)([1-9]\d{3})\s?([A-Z]{2})(?!\w)", re.IGNORECASE)
_STRAAT = re.compile(
    r"\b(?:[A-Z][\w’'-]*\s)*[A-Z][\w’'-]*(?:\s?(?:straat|laan|weg|plein|hof|kade|gracht|dijk|singel|pad|steeg|dreef))\s+\d+"
)
_TUSSEN = r"(?:\s(?:van|de|der|den|het|ter|te|ten|el|al|la|’t|'t))*"
_NAAM = re.compile(rf"\b([A-Z][a-zà-ÿ’'-]+{_TUSSEN}\s[A-Z][a-zà-ÿ’'-]+)\b")
_GEEN_NAAM = frozenset({"Veilig Thuis"})


def bsns(tekst: str) -> list[str]:
    """Nine digits that pass the elfproef, as they were written: in one piece or in groups. A case or report number is
    none, and neither is a telephone number."""
    return [zoals for vondst in _CIJFERS.finditer(tekst) for zoals in _bsns_in(vondst[0])]


def _bsns_in(cijferreeks: str) -> Iterator[str]:
    """Groups that stand together and make nine digits; ten that begin with a nought are a telephone number."""
    if len(kaal := alleen_cijfers(cijferreeks)) == 10 and kaal.startswith("0"):
        return
    groepen = [(deel.start(), deel.end()) for deel in re.finditer(r"\d+", cijferreeks)]
    for i, (begin, _) in enumerate(groepen):
        for _, eind in groepen[i:]:
            if voldoet_aan_elfproef(alleen_cijfers(cijferreeks[begin:eind])):
                yield cijferreeks[begin:eind]


def telefoonnummers(tekst: str) -> dict[str, str]:
    """The nine digits that make a Dutch number, whatever stands before and between, with the way it was written."""
    gevonden = {}
    for vondst in _TELEFOON.finditer(tekst):
        cijfers = re.sub(r"^(?:00|\+)?31\(?0?|^0", "", alleen_cijfers(vondst[0]).removeprefix("00"))
        if len(cijfers) >= 9:
            gevonden[cijfers[-9:]] = vondst[0].strip()
    return gevonden


def mailadressen(tekst: str) -> set[str]:
    return {vondst.casefold().strip(".") for vondst in _MAIL.findall(tekst)}


def postcodes(tekst: str) -> set[str]:
    return {f"{cijfers}{letters.upper()}" for cijfers, letters in _POSTCODE.findall(tekst)}


def data(tekst: str) -> Iterator[tuple[date, str]]:
    """Every day that is written out, with the way it was written."""
    for vondst in (*_DATUM.finditer(tekst), *_AANEEN.finditer(tekst)):
        if gevonden := _dag(_jaar(vondst[3]), int(vondst[2]), int(vondst[1])):
            yield gevonden, vondst[0]
    for vondst in _JAAR_VOOROP.finditer(tekst):
        if gevonden := _dag(int(vondst[1]), int(vondst[2]), int(vondst[3])):
            yield gevonden, vondst[0]
    for vondst in _VOLUIT.finditer(tekst):
        nummer = _KORT.get(vondst[2].lower()[:3], 0)
        if gevonden := _dag(_jaar(vondst[3]), nummer, int(vondst[1])):
            yield gevonden, vondst[0]


def _jaar(cijfers: str) -> int:
    """Two digits are the year that has been: nobody was born tomorrow."""
    jaar = int(cijfers.strip("'’"))
    return jaar if jaar > 99 else jaar + (2000 if jaar <= date.today().year % 100 else 1900)


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
