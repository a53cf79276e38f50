"""The people of a half-filled form: each with a number of its own, so that two tabs never mix them up."""

from __future__ import annotations

from typing import Any

from melding.formulier.opslag import Antwoorden

MEESTE = 30
ADRES = ("straat", "postcode", "plaats")


def volgend_nummer(antwoorden: Antwoorden, groep: str) -> int:
    return max((int(persoon["id"]) for persoon in antwoorden.personen(groep)), default=0) + 1


def vind_persoon(antwoorden: Antwoorden, groep: str, nummer: int) -> dict[str, Any] | None:
    return next((persoon for persoon in antwoorden.personen(groep) if persoon["id"] == nummer), None)


def eerste_persoon(antwoorden: Antwoorden) -> dict[str, Any] | None:
    """Whose address others can share."""
    return next(iter([*antwoorden.kinderen, *antwoorden.volwassenen]), None)


def bewaar_persoon(
    antwoorden: Antwoorden, groep: str, nummer: int, gegevens: dict[str, Any], *, nieuw: str = ""
) -> None:
    """Change someone, or add someone: `nieuw` marks one showing of an empty page.

    Sent twice it adds nobody twice; two tabs that both add someone add two. Nothing filled in is nobody.
    """
    persoon = vind_persoon(antwoorden, groep, nummer)
    if persoon is not None and nieuw in {"", persoon.get("nieuw")}:
        eerder = persoon.get("nieuw", "")
        persoon.clear()
        persoon |= gegevens | {"id": nummer, "nieuw": eerder}
    elif gegevens and len(antwoorden.personen(groep)) < MEESTE:
        vrij = {"id": volgend_nummer(antwoorden, groep), "nieuw": nieuw}
        antwoorden.personen(groep).append(gegevens | vrij)


def haal_weg(antwoorden: Antwoorden, groep: str, nummer: int) -> None:
    """Take someone out; an address that others shared stays with the next person."""
    persoon, eerste = vind_persoon(antwoorden, groep, nummer), eerste_persoon(antwoorden)
    if persoon is None:
        return
    antwoorden.personen(groep).remove(persoon)
    opvolger = eerste_persoon(antwoorden)
    if persoon is eerste and opvolger and opvolger.pop("zelfde_adres", False):
        opvolger |= {naam: persoon[naam] for naam in ADRES if naam in persoon}
