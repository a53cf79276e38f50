"""Case and report numbers: not countable, not derivable from each other, with a check digit (RW-6.18)."""

import re
import secrets

PATROON = re.compile(r"[A-Z]-[0-9]{3}-[0-9]{3}-[0-9]{3}")


def controlecijfer(cijfers: str) -> int:
    """ISO 7064 MOD 11,10: catches every single wrong digit and nearly every swap of neighbours."""
    rest = 10
    for cijfer in cijfers:
        som = (rest + int(cijfer)) % 10 or 10
        rest = som * 2 % 11
    return (11 - rest) % 10


def nieuw_nummer(letter: str) -> str:
    """A random number such as C-481-730-962; uniqueness is the database's to guard."""
    cijfers = f"{secrets.randbelow(10**8):08d}"
    cijfers += str(controlecijfer(cijfers))
    return f"{letter}-{cijfers[:3]}-{cijfers[3:6]}-{cijfers[6:]}"


def klopt(nummer: str) -> bool:
    cijfers = nummer[2:].replace("-", "")
    return bool(PATROON.fullmatch(nummer)) and controlecijfer(cijfers[:-1]) == int(cijfers[-1])


def lees_nummer(invoer: str) -> str:
    """What someone types or reads out loud (c481730962, C 481 730 962) as a number, or "" when it is none."""
    kaal = re.sub(r"[^0-9A-Za-z]", "", invoer).upper()
    if not re.fullmatch(r"[A-Z][0-9]{9}", kaal):
        return ""
    nummer = f"{kaal[0]}-{kaal[1:4]}-{kaal[4:7]}-{kaal[7:]}"
    return nummer if klopt(nummer) else ""
