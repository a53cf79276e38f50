"""Names as they are searched for: lower case, without accents, prefixes and hyphens, ij and y alike."""

import re
import unicodedata

VOORVOEGSELS = frozenset(
    [
        "van",
        "de",
        "den",
        "der",
        "het",
        "ter",
        "te",
        "ten",
        "el",
        "al",
        "op",
        "in",
        "t",
        "s",
        "la",
        "le",
        "du",
        "von",
        "bin",
        "ben",
        "ait",
    ]
)


def zonder_accenten(tekst: str) -> str:
    ontleed = unicodedata.normalize("NFKD", tekst.replace("ø", "o").replace("ł", "l").replace("ß", "ss"))
    return "".join(teken for teken in ontleed if not unicodedata.combining(teken))


def woorden(tekst: str) -> list[str]:
    kaal = zonder_accenten(tekst.casefold().replace("ij", "y"))
    return [w for w in re.split(r"[^a-z0-9]+", kaal) if w and w not in VOORVOEGSELS]


def zoeknaam(*delen: str) -> str:
    """First names and surname in one normalised string; order does not matter to trigrams."""
    return " ".join(woord for deel in delen for woord in woorden(deel))[:300]
