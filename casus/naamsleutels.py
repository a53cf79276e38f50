"""Search keys: numbers that two spellings of one name have in common, so that an index on numbers finds people.

A word gives the word itself and every word with one letter less (two spellings that are one letter or one swap apart
then share a key, wherever the mistake is), its skeleton of sounds, and its beginnings for who is still typing. Words
that others write as one give their whole; an initial gives a key with the sound of the surname; an address that is not
secret gives one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

from casus.klank import klanken
from casus.namen import aaneen, ontdubbeld, voornaamwoorden, woorden

BEGIN, BEGIN_HOOGSTENS = 3, 6
HOOGSTENS_WOORDEN = 12
_POSTCODE = re.compile(r"([1-9]\d{3})\s*([a-z]{2})", re.IGNORECASE)
_HUISNUMMER = re.compile(r"(?<=[^\W\d])[^\w]+(\d{1,5})")
_INITIAAL = str.maketrans("cqyzvwp", "kkjsfff")  # C. and K., Y. and J.: heard, not seen


def sleutel(tekst: str) -> int:
    """Thirty-two bits, the same in every process and version."""
    getal = crc32(tekst.encode())
    return getal - 2**32 if getal >= 2**31 else getal


def _klein_verschil(woord: str) -> set[str]:
    """The word and the word less one letter, doubled letters as one."""
    vormen = {ontdubbeld(woord)}
    if len(woord) > 2:
        vormen.update(ontdubbeld(woord[:i] + woord[i + 1 :]) for i in range(len(woord)))
    return vormen


def _begin(woord: str) -> set[str]:
    kaal = ontdubbeld(woord)
    eerste = 2 if "y" in kaal[:2] else BEGIN  # “Dij” is two letters here
    return {f"^{kaal[:n]}" for n in range(eerste, min(len(kaal), BEGIN_HOOGSTENS + 1))}


@lru_cache(maxsize=131072)
def _van_woord(woord: str) -> frozenset[int]:
    return frozenset(map(sleutel, _klein_verschil(woord) | _klank(woord)))


@lru_cache(maxsize=131072)
def _begin_van_woord(woord: str) -> frozenset[int]:
    return frozenset(map(sleutel, _begin(woord)))


@lru_cache(maxsize=131072)
def _heel(woord: str) -> frozenset[int]:
    return frozenset(map(sleutel, {ontdubbeld(woord)} | _klank(woord)))


def _klank(woord: str) -> set[str]:
    return {f"~{vorm}" for vorm in klanken(woord)}


def _met_initiaal(letter: str, woord: str) -> set[int]:
    vormen = _klank(woord) or {ontdubbeld(woord)}
    return {sleutel(f"{letter.translate(_INITIAAL)}.{vorm}") for vorm in vormen}


def adressleutel(postcode: str, straat: str) -> int | None:
    """Postcode and house number; None when either is missing."""
    code, nummer = _POSTCODE.search(postcode), _HUISNUMMER.search(straat)
    return sleutel(f"@{code[1]}{code[2].upper()}{int(nummer[1])}") if code and nummer else None


def zoeksleutels(voornamen: str, achternaam: str, *, postcode: str = "", straat: str = "") -> list[int]:
    """All keys by which someone is found."""
    voor, achter = voornaamwoorden(voornamen)[:HOOGSTENS_WOORDEN], woorden(achternaam)[:HOOGSTENS_WOORDEN]
    gevonden: set[int] = set()
    for woord in (*voor, *achter):
        gevonden |= _van_woord(woord) | _begin_van_woord(woord)
    for woord in aaneen(voornamen) | aaneen(achternaam):
        gevonden |= _heel(woord)
    for naam in voor:
        for woord in achter:
            gevonden |= _met_initiaal(naam[0], woord)
    if (adres := adressleutel(postcode, straat)) is not None:
        gevonden.add(adres)
    return sorted(gevonden)


def gevraagde_sleutels(*teksten: str) -> tuple[frozenset[int], ...]:
    """Per typed word the keys of which a person has at least one; the last word of a field may be half typed."""
    lijsten = [woorden(tekst)[:HOOGSTENS_WOORDEN] for tekst in teksten]
    alle = [woord for lijst in lijsten for woord in lijst]
    achter = lijsten[-1] if len([lijst for lijst in lijsten if lijst]) > 1 else alle
    gevraagd = []
    for tekst, lijst in zip(teksten, lijsten, strict=True):
        gelijmd = aaneen(tekst)
        for plek, woord in enumerate(lijst):
            if len(woord) == 1:
                gevraagd.append(_initiaal(woord, [w for w in achter if len(w) > 1] or [w for w in alle if len(w) > 1]))
                continue
            sleutels = set(_van_woord(woord)) | {k for g in gelijmd if woord in g for k in _heel(g)}
            if plek == len(lijst) - 1:
                sleutels.add(sleutel(f"^{ontdubbeld(woord)[:BEGIN_HOOGSTENS]}"))
            gevraagd.append(frozenset(sleutels))
    return tuple(dict.fromkeys(vraag for vraag in gevraagd if vraag))[:HOOGSTENS_WOORDEN]


def _initiaal(letter: str, bij: Iterable[str]) -> frozenset[int]:
    return frozenset(k for woord in bij for k in _met_initiaal(letter, woord))


def klinkt_gelijk(een: str, ander: str) -> bool:
    return not _klank(een).isdisjoint(_klank(ander))


def lijkt_op(een: str, ander: str) -> bool:
    """At most a letter or a swap apart, or alike in sound."""
    return not _van_woord(een).isdisjoint(_van_woord(ander))
