"""Reading what an organisation sends: every fault at once, each with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from register.dienst.models import Betrokkenheid
from register.dienst.problemen import Probleem
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import als_platte_tekst, voldoet_aan_elfproef

GROOTST = 16 * 1024
HOOGSTE_VERSIE = 2**62
VELDEN = ("pseudoniem", "versie", "stand", "bsn", "naam", "begin", "eind")


@dataclass(frozen=True, slots=True)
class Aanmelding:
    """The present state of one person at one organisation."""

    pseudoniem: str
    versie: int
    stand: str
    bsn: str = ""
    naam: str = ""
    begin: date | None = None
    eind: date | None = None


def lees_json(inhoud: bytes) -> dict[str, Any]:
    if len(inhoud) > GROOTST:
        raise Probleem(413, "Het bericht is te groot", f"Een registratie is hoogstens {GROOTST} bytes.")
    try:
        gegevens = json.loads(inhoud.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Probleem(400, "Geen leesbare JSON", "Stuur één JSON-object in UTF-8.") from None
    if not isinstance(gegevens, dict):
        raise Probleem(400, "Geen JSON-object", "Stuur één JSON-object.")
    return gegevens


def lees(inhoud: bytes) -> Aanmelding:
    """The message, or a `Probleem` that names every fault."""
    gegevens = {naam: waarde for naam, waarde in lees_json(inhoud).items() if waarde is not None}
    fouten = list(_fouten(gegevens))
    if fouten:
        raise Probleem(422, "De registratie klopt niet", "Zie de fouten per veld.", fouten=fouten)
    return Aanmelding(
        pseudoniem=gegevens["pseudoniem"],
        versie=gegevens["versie"],
        stand=gegevens["stand"],
        bsn=gegevens.get("bsn", ""),
        naam=als_platte_tekst(gegevens.get("naam", "")),
        begin=_dag(gegevens.get("begin")),
        eind=_dag(gegevens.get("eind")),
    )


def _fouten(gegevens: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(place, what is wrong); the value itself is never repeated."""
    if any(naam not in VELDEN for naam in gegevens):
        yield "", f"Alleen deze velden mogen mee: {', '.join(VELDEN)}."
    pseudoniem, versie, stand = (gegevens.get(naam) for naam in ("pseudoniem", "versie", "stand"))
    if not isinstance(pseudoniem, str) or not re.fullmatch(r"[0-9a-f]{64}", pseudoniem):
        yield "/pseudoniem", "64 kleine hexadecimale tekens."
    if type(versie) is not int or not 1 <= versie <= HOOGSTE_VERSIE:
        yield "/versie", "Een geheel getal vanaf 1."
    if stand not in tuple(Betrokkenheid.values):
        yield "/stand", f"Een van: {', '.join(Betrokkenheid.values)}."
    elif stand == Betrokkenheid.VERWIJDERD:
        yield from _overbodig(gegevens)
    else:
        yield from _fouten_in_persoon(gegevens)
        yield from _fouten_in_periode(gegevens, stand)


@regel("VTR-1")
def _overbodig(gegevens: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for naam in ("bsn", "naam", "begin", "eind"):
        if gegevens.get(naam, "") != "":
            yield f"/{naam}", "Hoort niet bij een intrekking."


@regel("RW-14.1")
def _fouten_in_persoon(gegevens: dict[str, Any]) -> Iterator[tuple[str, str]]:
    bsn, naam = gegevens.get("bsn"), gegevens.get("naam", "")
    if not isinstance(bsn, str) or not bsn.isascii() or not voldoet_aan_elfproef(bsn):
        yield "/bsn", "Negen cijfers die aan de elfproef voldoen."
    if not isinstance(naam, str) or len(naam) > 300:
        yield "/naam", "Tekst van hoogstens 300 tekens."


def _fouten_in_periode(gegevens: dict[str, Any], stand: str) -> Iterator[tuple[str, str]]:
    begin, eind = _dag(gegevens.get("begin")), _dag(gegevens.get("eind"))
    if begin is None:
        yield "/begin", "Een datum als 2026-11-22."
    if stand == Betrokkenheid.ACTIEF and gegevens.get("eind") is not None:
        yield "/eind", "Hoort niet bij een actieve registratie."
    elif stand == Betrokkenheid.INACTIEF and eind is None:
        yield "/eind", "Een datum als 2026-11-22."
    elif begin and eind and eind < begin:
        yield "/eind", "Niet voor het begin."


def _dag(waarde: object) -> date | None:
    if not isinstance(waarde, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", waarde, re.ASCII):
        return None
    try:
        return date.fromisoformat(waarde)
    except ValueError:
        return None
