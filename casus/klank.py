"""How a name sounds, roughly, as heard and written down in Dutch: one skeleton of consonants for what sounds alike.

Made for names from five languages: Yıldız and Jildiz, Çelik and Tsjelik, Khadija and Chadidja, Szymański and Simanski,
Soekarno and Sukarno. A letter group that is read in two ways gives both skeletons. One wrong letter need not be caught
here: `casus.naamsleutels` does that.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from casus.namen import ontdubbeld

HOOGSTENS = 6
KLANKEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("^(?:ou|u)(?=[aeiy])|(?<=[aeiou])ou(?=[aei])", ("F",)),  # Ouafa and Wafa, Jaouad and Jawad
    ("ou(?=[aei])", ("F", ".")),  # el Ouardi, Bouazza
    ("^(?:kh|gh|ch)(?=[aeiou])", ("K", "S", "A.")),  # Khadija, Chadija, Hadija
    ("^h?[aeiou]+[jy]?(?![aeiou])|^h?[aeiou]+|^h?y(?![aeiou])", ("A.",)),
    ("tsch|dsch|tsj|tch|dzj|dzh|cz", ("J",)),
    ("dj|tj", ("J", "T")),  # Djamila, Nadja
    ("sch", ("S", "SK")),
    ("szcz|sh|sj|sz|zj|zh", ("S",)),
    ("rz", ("S", "RS")),
    ("ch", ("K", "S", "")),  # Achraf, Aicha, Achmed
    ("kh|gh", ("K", "")),
    ("ck|k|g", ("K",)),
    ("qu(?=[aei])", ("KF",)),
    ("q", ("K",)),
    ("c(?=[eiy])", ("S", "J")),  # Cecilia, Cengiz, Çelik
    ("c", ("K", "J")),  # Carla, Can
    ("ph|f|v|w", ("F",)),
    ("th|dt|d|t", ("T",)),
    ("x", ("KS",)),
    ("s|z", ("S",)),
    ("^[jy]", ("J",)),
    ("b", ("P",)),
    ("[lmnpr]", ()),  # themselves
    ("[aeiou]", (".",)),  # keeps the two M's of Mohammed apart
    (".", ("",)),  # h, and j and y within
)
_GROEP = re.compile("|".join(f"(?P<k{i}>{patroon})" for i, (patroon, _) in enumerate(KLANKEN)))


@lru_cache(maxsize=262144)
def klanken(woord: str) -> tuple[str, ...]:
    """The skeletons of one word, at most six; none for a word that leaves too little to recognise it by."""
    keuzes: list[tuple[str, ...]] = []
    for groep in _GROEP.finditer(ontdubbeld(woord)):
        klank = KLANKEN[int(str(groep.lastgroup)[1:])][1] or (groep[0].upper(),)
        if klank != ("",):
            keuzes.append(klank)
    alle = dict.fromkeys(ontdubbeld("".join(delen)).replace(".", "") for delen in product(*keuzes[:24]))
    return tuple(vorm for vorm in list(alle)[:HOOGSTENS] if len(vorm) > 1)
