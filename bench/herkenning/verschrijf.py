"""How a name comes over the telephone: ten kinds of mistakes, seeded, each with what else is known of the person."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bench.herkenning.mensen import Mens

LETTERS = "abcdefghijklmnoprstuvwz"
KLANK: Mapping[str, Sequence[tuple[str, str]]] = {
    "Nederlands": (
        ("ck", "k"),
        ("sch", "sg"),
        ("ch", "g"),
        ("dt", "t"),
        ("d$", "t"),
        ("th", "t"),
        ("ph", "f"),
        ("v", "f"),
        ("z", "s"),
        ("ei", "ij"),
        ("ij", "ei"),
        ("ou", "au"),
        ("au", "ou"),
        ("oe", "ou"),
        ("c", "k"),
        ("k", "c"),
        ("x", "ks"),
        ("qu", "kw"),
        ("aa", "a"),
        ("ee", "e"),
        ("oo", "o"),
        ("ss", "s"),
        ("nn", "n"),
        ("ll", "l"),
        ("s$", "z"),
        ("ie", "y"),
    ),
    "Turks": (
        ("ş", "sj"),
        ("ş", "sh"),
        ("ç", "tsj"),
        ("ç", "ch"),
        ("c", "dj"),
        ("ğ", ""),
        ("ı", "i"),
        ("ö", "eu"),
        ("ü", "u"),
        ("y", "j"),
        ("u", "oe"),
        ("z", "s"),
        ("k", "c"),
        ("v", "w"),
        ("i", "ie"),
        ("t$", "d"),
    ),
    "Marokkaans": (
        ("kh", "ch"),
        ("ch", "sj"),
        ("ou", "oe"),
        ("ou", "u"),
        ("y", "j"),
        ("q", "k"),
        ("k", "q"),
        ("ss", "s"),
        ("gh", "g"),
        ("dd", "d"),
        ("mm", "m"),
        ("ï", "i"),
        ("oua", "wa"),
        ("h", ""),
        ("z", "s"),
        ("i", "ie"),
        ("e", "i"),
        ("d", "t"),
    ),
    "Pools": (
        ("sz", "sj"),
        ("sz", "sh"),
        ("cz", "tsj"),
        ("cz", "ch"),
        ("w", "v"),
        ("ł", "l"),
        ("ń", "n"),
        ("rz", "zj"),
        ("ż", "zj"),
        ("j", "y"),
        ("ó", "u"),
        ("ś", "s"),
        ("ą", "on"),
        ("ę", "en"),
        ("k", "c"),
        ("ch", "g"),
        ("zi", "si"),
        ("y", "i"),
    ),
    "Surinaams": (
        ("oe", "u"),
        ("dj", "j"),
        ("tj", "ch"),
        ("j", "y"),
        ("ie", "i"),
        ("sh", "sj"),
        ("ch", "tj"),
        ("w", "v"),
        ("k", "c"),
        ("s$", "z"),
        ("th", "t"),
        ("aa", "a"),
        ("ss", "s"),
        ("z", "s"),
        ("d$", "t"),
        ("oo", "o"),
        ("ij", "y"),
    ),
}
AFKORTING = {
    "van de": ("v.d.", "v/d", "vd"),
    "van der": ("v.d.", "v/d", "vd"),
    "van den": ("v.d.", "vd", "van"),
    "van": ("v.", ""),
    "de": ("d'", ""),
    "el": ("", "al"),
    "ait": ("", "aït"),
    "in 't": ("i/h", "in het"),
}


@dataclass(frozen=True, slots=True)
class Vraag:
    """What is typed, and who it is."""

    soort: str
    weet: str
    wie: int
    velden: dict[str, Any]


def _een_fout(woord: str, lot: random.Random) -> str:
    """One letter wrong, too many or missing."""
    i = lot.randrange(len(woord))
    wat = lot.choice(("anders", "erbij", "weg"))
    if wat == "weg":
        return woord[:i] + woord[i + 1 :]
    letter = lot.choice(LETTERS)
    return woord[:i] + letter + woord[i + (wat == "anders") :]


def _wissel(woord: str, lot: random.Random) -> str:
    plekken = [i for i in range(len(woord) - 1) if woord[i] != woord[i + 1]]
    i = lot.choice(plekken)
    return woord[:i] + woord[i + 1] + woord[i] + woord[i + 2 :]


def _in_een_woord(mens: Mens, lot: random.Random, doe: Callable[[str, random.Random], str]) -> dict[str, str] | None:
    """Somewhere in the first names or the surname, in a word of at least four letters."""
    velden = {"voornamen": mens.voornamen, "achternaam": _heel(mens)}
    plekken = [(v, m) for v, tekst in velden.items() for m in re.finditer(r"[^\W\d_]{4,}", tekst)]
    if not plekken:
        return None
    veld, m = lot.choice(plekken)
    velden[veld] = velden[veld][: m.start()] + doe(m[0], lot) + velden[veld][m.end() :]
    return velden


def _heel(mens: Mens) -> str:
    return f"{mens.voorvoegsel} {mens.achternaam}".strip()


def een_letter(mens: Mens, lot: random.Random) -> dict[str, str] | None:
    return _in_een_woord(mens, lot, _een_fout)


def twee_letters(mens: Mens, lot: random.Random) -> dict[str, str] | None:
    """In one word or in two."""
    if lot.random() < 0.5:
        return _in_een_woord(mens, lot, lambda woord, lot: _een_fout(_een_fout(woord, lot), lot))
    if len(mens.voornamen) < 4 or len(mens.achternaam) < 4:
        return None
    return {"voornamen": _een_fout(mens.voornamen, lot), "achternaam": _een_fout(mens.achternaam, lot)}


def omgewisseld(mens: Mens, lot: random.Random) -> dict[str, str] | None:
    return _in_een_woord(mens, lot, _wissel)


def klinkt(mens: Mens, lot: random.Random) -> dict[str, str] | None:
    """One to three of the rewritings of that language, as often as each fits."""
    velden = {"voornamen": mens.voornamen.lower(), "achternaam": _heel(mens).lower()}
    anders = 0
    for van, naar in lot.sample(list(KLANK[mens.herkomst]), len(KLANK[mens.herkomst])):
        veld = lot.choice(list(velden))
        patroon = rf"{van[:-1]}\b" if van.endswith("$") else van
        nieuw = re.sub(patroon, naar, velden[veld], count=1)
        if nieuw != velden[veld]:
            velden[veld], anders = nieuw, anders + 1
        if anders == 2:
            break
    return {veld: tekst.title() for veld, tekst in velden.items()} if anders else None


def voorvoegsel(mens: Mens, lot: random.Random) -> dict[str, str] | None:
    """Left out, shortened, another one, or written as one word."""
    if not mens.voorvoegsel:
        return None
    kort = lot.choice((*AFKORTING.get(mens.voorvoegsel, ("",)), "", "van", mens.voorvoegsel.replace(" ", "")))
    lijm = "" if lot.random() < 0.15 and "." not in kort and "/" not in kort else " "
    return {"voornamen": mens.voornamen, "achternaam": f"{kort}{lijm}{mens.achternaam}".strip()}


def half(mens: Mens, lot: random.Random) -> dict[str, str] | None:
    """One half of a double name, or the halves written as one."""
    velden = {"voornamen": mens.voornamen, "achternaam": _heel(mens)}
    dubbel = [veld for veld, teken in (("voornamen", "[ -]"), ("achternaam", "-")) if re.search(teken, velden[veld])]
    if not dubbel:
        return None
    veld = lot.choice(dubbel)
    delen = re.split(r"-| ", velden[veld], maxsplit=1) if veld == "voornamen" else velden[veld].split("-", 1)
    velden[veld] = lot.choice((delen[0], delen[1], "".join(delen)))
    return velden


def volgorde(mens: Mens, lot: random.Random) -> dict[str, str] | None:
    """Surname in the field of the first names, or all of it in one field the other way round."""
    if lot.random() < 0.5:
        return {"voornamen": _heel(mens), "achternaam": mens.voornamen}
    return {"tekst": f"{_heel(mens)}, {mens.voornamen}"}


def ij_of_y(mens: Mens, lot: random.Random) -> dict[str, str] | None:
    velden = {"voornamen": mens.voornamen, "achternaam": _heel(mens)}
    for veld, tekst in velden.items():
        if re.search("ij|y", tekst):
            velden[veld] = re.sub("ij|y", lambda m: {"ij": lot.choice(("y", "ei")), "y": "ij"}[m[0]], tekst)
            return velden
    return None


def meisjesnaam_eerst(mens: Mens, lot: random.Random) -> dict[str, str] | None:
    eerste, streep, tweede = _heel(mens).partition("-")
    return {"voornamen": mens.voornamen, "achternaam": f"{tweede}{lot.choice('- ')}{eerste}"} if streep else None


def initiaal(mens: Mens, lot: random.Random) -> dict[str, str] | None:
    punt = lot.choice((".", ""))
    fout = _in_een_woord(mens, lot, _een_fout) if lot.random() < 0.3 else None
    achternaam = fout["achternaam"] if fout else _heel(mens)
    return {"voornamen": f"{mens.voornamen[0]}{punt}", "achternaam": achternaam}


SOORTEN: dict[str, Callable[[Mens, random.Random], dict[str, str] | None]] = {
    "één letter fout": een_letter,
    "twee letters fout": twee_letters,
    "letters omgewisseld": omgewisseld,
    "klinkt gelijk": klinkt,
    "voorvoegsel": voorvoegsel,
    "dubbele naam": half,
    "andere volgorde": volgorde,
    "ij en y": ij_of_y,
    "meisjesnaam eerst": meisjesnaam_eerst,
    "voorletter": initiaal,
}
WEET = ("datum", "datum omgekeerd", "voorletter en adres", "BSN")


def vragen(mensen: Sequence[Mens], *, aantal: int, zaad: int) -> Iterator[Vraag]:
    """So many of each kind: six in ten with the date of birth, two with it reversed, then an address or a BSN."""
    lot = random.Random(zaad)
    met_bsn = [mens for mens in mensen if mens.bsn]
    for soort, doe in SOORTEN.items():
        for n in range(aantal // len(SOORTEN)):
            weet = ("datum", "datum omgekeerd")[n % 10 >= 6] if n % 10 < 8 else WEET[2 + n % 2]
            yield _vraag(soort, doe, weet, met_bsn if weet == "BSN" else mensen, lot)


def _vraag(soort: str, doe: Any, weet: str, uit: Sequence[Mens], lot: random.Random) -> Vraag:
    while True:
        mens = lot.choice(uit)
        erbij = _erbij(mens, weet)
        velden = doe(mens, lot) if erbij else None
        if velden and erbij:
            if weet == "voorletter en adres" and soort != "andere volgorde":
                velden["voornamen"] = f"{mens.voornamen[0]}."
            return Vraag(soort, weet, mens.id, velden | erbij)


def _erbij(mens: Mens, weet: str) -> dict[str, Any] | None:
    g = mens.geboortedatum
    if weet == "datum":
        return {"geboortedatum": g}
    if weet == "datum omgekeerd":
        return {"geboortedatum": date(g.year, g.day, g.month)} if g.day <= 12 and g.day != g.month else None
    if weet == "BSN":
        return {"bsn": mens.bsn}
    return None if mens.adres_geheim else {"postcode": mens.postcode, "straat": mens.straat}
