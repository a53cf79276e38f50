"""Names as they are searched for: lower case, plain a to z, without prefixes and hyphens, ij and y alike."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

VOORVOEGSELS = frozenset(
    {"van", "de", "den", "der", "het", "ter", "te", "ten", "t", "s", "n", "d", "l", "op", "in", "aan", "bij", "by"}
    | {"onder", "over", "tot", "uit", "voor", "vd", "vdr", "vde", "vder", "vden", "vh", "vt", "von", "zu", "zum", "zur"}
    | {"im", "am", "el", "al", "la", "le", "les", "las", "los", "des", "du", "del", "della", "di", "da", "das", "dos"}
    | {"do", "bin", "bint", "ibn", "ben", "ait", "ould", "oulad"}
)
_LOS = frozenset("dnlst")  # a single letter that is a prefix, also without its apostrophe
_NA_V = frozenset({"d", "de", "den", "der", "t", "h"})  # “v.d.”, “v. der”, “v ’t”
_EIGEN = {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "ŋ": "ng", "ə": "e", "ɛ": "e", "ɔ": "o"}
_EIGEN |= {"ʃ": "sh", "ĸ": "k", "ẟ": "d"}
_LATIJN = re.compile(
    r"LATIN SMALL (?:LETTER|LIGATURE) (?:DOTLESS |LONG |CLOSED |REVERSED |TURNED |MIDDLE-WELSH )*([A-Z]{1,2})\b"
)
_APOSTROF = re.compile(r"['’‘`´ʼʻʹ′]")
_LETTERS = frozenset({"Ll", "Lu", "Lo", "Nd"})
_TEKENS = frozenset({"Mn", "Lm"})  # accents, dots and hooks that stand loose
_WOORD = re.compile(r"[^\W_]+\.?")


@lru_cache(maxsize=2048)
def _letter(teken: str) -> str:
    """One letter in a to z; letters of other scripts stay as they are."""
    if teken.isascii():
        return teken
    if unicodedata.category(teken) in _TEKENS:
        return ""
    ontleed = "".join(deel for deel in unicodedata.normalize("NFKD", teken) if unicodedata.category(deel) in _LETTERS)
    if ontleed not in {teken, ""}:
        return "".join(map(_letter, ontleed))
    gevonden = _LATIJN.match(unicodedata.name(teken, ""))
    return _EIGEN.get(teken) or (gevonden[1].lower() if gevonden else teken)


def zonder_accenten(tekst: str) -> str:
    """Also of letters that are no letter with an accent: ı, ł, ø, đ."""
    return "".join(map(_letter, unicodedata.normalize("NFC", tekst)))


@lru_cache(maxsize=65536)
def delen(tekst: str) -> tuple[tuple[str, bool], ...]:
    """Each word, and whether it is a prefix. “d’Angelo” is two words, “M’Barek” and “O’Neill” are one."""
    kaal = zonder_accenten(_APOSTROF.sub("'", tekst).casefold())
    kaal = re.sub(r"(?<!\w)([dlstn])'", r"\1 ", kaal)
    kaal = re.sub(r"(?<!\w)'([stn])\b", r" \1 ", kaal).replace("'", "").replace("ij", "y")
    ruw = _WOORD.findall(kaal)
    woorden_ = [woord.rstrip(".") for woord in ruw]
    gevonden = []
    for i, woord in enumerate(woorden_):
        volgt = woorden_[i + 1 : i + 2]
        voor_v = woord == "v" and (i > 0 or bool(volgt and volgt[0] in _NA_V and len(woorden_) > i + 2))
        na_v = woord in _NA_V and i > 0 and woorden_[i - 1] == "v"
        initiaal = woord in _LOS and ruw[i].endswith(".")
        gevonden.append((woord, voor_v or na_v or (woord in VOORVOEGSELS and not initiaal)))
    return tuple(gevonden)


def woorden(tekst: str) -> list[str]:
    """What carries a name; when it is nothing but prefixes (“Ben”, “Le”) those are the name."""
    alle = delen(tekst)
    return [woord for woord, voor in alle if not voor] or [woord for woord, _ in alle]


def zoeknaam(*teksten: str) -> str:
    """First names and surname in one normalised string; order does not matter to trigrams."""
    return " ".join(woord for tekst in teksten for woord in woorden(tekst))[:300]


def aaneen(tekst: str) -> set[str]:
    """Words that others write as one: “anne marie”, “vries bakker”, “el amrani”, “van den berg”."""
    alle = delen(tekst)
    dragend = woorden(tekst)
    gevonden = {a + b for a, b in pairwise(dragend)}
    for i, (woord, voor) in enumerate(alle):
        if voor or i == 0 or not alle[i - 1][1]:
            continue
        geplakt = woord
        for vorige, is_voor in reversed(alle[:i]):
            if not is_voor:
                break
            geplakt = vorige + geplakt
            gevonden.add(geplakt)
    return gevonden


def ontdubbeld(woord: str) -> str:
    """“Hassanni” and “Hasani” alike."""
    return re.sub(r"(.)\1+", r"\1", woord)


def voornaamwoorden(tekst: str) -> list[str]:
    """Of first names nothing is a prefix: Ben, Al and Di are names there."""
    return [woord for woord, _ in delen(tekst)]
