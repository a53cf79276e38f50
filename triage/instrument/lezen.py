"""Reading an edition from YAML or JSON. Whatever is wrong with it comes back at once, in sentences with the place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from triage.instrument.soorten import Criterium, Instrument, Onderdeel
from vt_cvs.kern.velden import als_platte_tekst

LETTERS = ("A", "B", "C")
MEESTE_TEKENS, MEESTE_VRAGEN, LANGSTE_TEKST = 200_000, 40, 600
VERSIE = re.compile(r"[a-z0-9][a-z0-9.\-]{0,39}")
CODE = re.compile(r"[ABC][0-9]{1,3}[a-z]?")
BLAD_TEKST, DEEL_TEKST, VRAAG_TEKST = ("naam", "bron"), ("naam", "positief", "negatief"), ("tekst", "kort", "uitleg")
BLAD = {"versie", "geldig_van", "voorbeeld", "onderdelen", *BLAD_TEKST}
DEEL = {"letter", "vragen", "opnieuw", *DEEL_TEKST}
VRAAG = {"code", "criterium_b", "was", *VRAAG_TEKST}


class Uitgavefout(ValueError):
    """This is no edition; every sentence says what is wrong and where."""

    def __init__(self, zinnen: list[str]) -> None:
        self.zinnen = zinnen
        super().__init__(" ".join(zinnen))


class _Lezer(yaml.SafeLoader):
    """YAML (and so JSON) without references: a few lines can otherwise unfold to gigabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise Uitgavefout(["Het bestand verwijst binnen zichzelf (‘*’). Schrijf elke tekst voluit."])
        return super().compose_node(parent, index)


def lees(tekst: str) -> dict[str, Any]:
    """The edition as plain data, ready to keep; raises `Uitgavefout` with all that is wrong."""
    if len(tekst) > MEESTE_TEKENS:
        raise Uitgavefout([f"Het bestand is te groot: hoogstens {MEESTE_TEKENS} tekens."])
    try:
        gegevens = yaml.load(tekst, Loader=_Lezer)  # noqa: S506 - a SafeLoader, with references refused
    except yaml.MarkedYAMLError as fout:
        waar = fout.problem_mark
        regel = f" bij regel {waar.line + 1}" if waar else ""
        raise Uitgavefout([f"Het bestand is niet te lezen als YAML of JSON{regel}."]) from fout
    except (yaml.YAMLError, ValueError, RecursionError) as fout:
        if isinstance(fout, Uitgavefout):
            raise
        raise Uitgavefout(["Het bestand is niet te lezen als YAML of JSON."]) from fout
    if zinnen := list(_gebreken(gegevens)):
        raise Uitgavefout(zinnen)
    return gegevens | {"geldig_van": _dag(gegevens["geldig_van"]).isoformat()}  # type: ignore[union-attr]


def maak(gegevens: Mapping[str, Any]) -> Instrument:
    """The edition from data that `lees` found good."""
    onderdelen = tuple(
        Onderdeel(**{**deel, "vragen": tuple(Criterium(**vraag) for vraag in deel["vragen"])})
        for deel in gegevens["onderdelen"]
    )
    dag = _dag(gegevens["geldig_van"]) or date.min
    return Instrument(**{"voorbeeld": False, **gegevens, "geldig_van": dag, "onderdelen": onderdelen})


def _dag(waarde: Any) -> date | None:
    if isinstance(waarde, date):
        return date(waarde.year, waarde.month, waarde.day)
    try:
        return date.fromisoformat(waarde) if isinstance(waarde, str) else None
    except ValueError:
        return None


# --- what can be wrong --------------------------------------------------------------------------------------------


def _gebreken(gegevens: Any) -> Iterator[str]:
    if not isinstance(gegevens, dict):
        yield "Het bestand beschrijft geen uitgave. Begin met versie, naam, bron, geldig_van en onderdelen."
        return
    yield from _namen(gegevens, BLAD, "de uitgave")
    versie = gegevens.get("versie")
    if not isinstance(versie, str) or not VERSIE.fullmatch(versie):
        yield "Geef de uitgave een versie van kleine letters, cijfers, punten en streepjes, zoals ‘regio-2027.1’."
    if _dag(gegevens.get("geldig_van")) is None:
        yield "Zet bij geldig_van de eerste dag waarop deze uitgave geldt, zoals 2027-01-01."
    yield from _teksten(gegevens, BLAD_TEKST, "de uitgave")
    yield from _ja_of_nee(gegevens, "voorbeeld", "de uitgave")
    delen = gegevens.get("onderdelen")
    letters = [deel.get("letter") for deel in delen if isinstance(deel, dict)] if isinstance(delen, list) else []
    if not isinstance(delen, list) or tuple(letters) != LETTERS or len(delen) != len(LETTERS):
        yield "De uitgave heeft precies drie onderdelen: A, B en C, in die volgorde. Daar rekenen de regels mee."
        return
    for deel in delen:
        yield from _gebreken_van_deel(deel)
    yield from _gebreken_samen(delen)


def _gebreken_van_deel(deel: dict[str, Any]) -> Iterator[str]:
    waar = f"onderdeel {deel['letter']}"
    yield from _namen(deel, DEEL, waar)
    yield from _teksten(deel, DEEL_TEKST, waar)
    yield from _ja_of_nee(deel, "opnieuw", waar)
    vragen = deel.get("vragen")
    if not isinstance(vragen, list) or not vragen or not all(isinstance(vraag, dict) for vraag in vragen):
        yield f"Zet bij {waar} onder vragen minstens één vraag."
        return
    for plaats, vraag in enumerate(vragen, start=1):
        yield from _gebreken_van_vraag(vraag, deel["letter"], plaats)


def _gebreken_van_vraag(vraag: dict[str, Any], letter: str, plaats: int) -> Iterator[str]:
    code = vraag.get("code")
    goed = isinstance(code, str) and CODE.fullmatch(code) and code.startswith(letter)
    waar = f"vraag {code}" if goed else f"vraag {plaats} van {letter}"
    if not goed:
        yield f"Geef {waar} een code die met {letter} begint en dan een nummer, zoals {letter}{plaats}."
    yield from _namen(vraag, VRAAG, waar)
    yield from _teksten(vraag, VRAAG_TEKST, waar)
    yield from _ja_of_nee(vraag, "criterium_b", waar)
    if vraag.get("criterium_b") is True and letter != "C":
        yield f"Criterium B hoort bij C; {waar} hoort bij {letter}."
    was = vraag.get("was", {})
    if not isinstance(was, dict) or not all(isinstance(deel, str) for paar in was.items() for deel in paar):
        yield f"Schrijf bij {waar} onder ‘was’ per oudere versie de code van toen, zoals ‘regio-2026: A1’."


def _gebreken_samen(delen: list[dict[str, Any]]) -> Iterator[str]:
    vragen = [v for deel in delen for v in deel.get("vragen") or [] if isinstance(v, dict)]
    codes = [str(vraag.get("code")) for vraag in vragen]
    if dubbel := sorted({code for code in codes if codes.count(code) > 1}):
        yield f"Elke code mag één keer voorkomen; dubbel: {', '.join(dubbel)}."
    if len(vragen) > MEESTE_VRAGEN:
        yield f"De uitgave heeft {len(vragen)} vragen; hoogstens {MEESTE_VRAGEN}."
    if not any(vraag.get("criterium_b") is True for vraag in vragen if str(vraag.get("code")).startswith("C")):
        yield "Zet bij minstens één vraag van C ‘criterium_b: true’: daaruit volgt conclusie 5."


def _namen(gegevens: dict[Any, Any], bekend: set[str], waar: str) -> Iterator[str]:
    for naam in gegevens:
        if naam not in bekend:
            yield f"‘{str(naam)[:40]}’ bij {waar} is niet bekend. Bekend zijn: {', '.join(sorted(bekend))}."


def _teksten(gegevens: dict[str, Any], namen: tuple[str, ...], waar: str) -> Iterator[str]:
    for naam in namen:
        tekst = gegevens.get(naam)
        if not isinstance(tekst, str) or not tekst.strip():
            yield f"Zet bij {waar} een {naam}."
        elif len(tekst) > LANGSTE_TEKST:
            yield f"De {naam} bij {waar} is langer dan {LANGSTE_TEKST} tekens."
        elif als_platte_tekst(tekst) != tekst:
            yield f"De {naam} bij {waar} bevat tekens die niet te tonen zijn. Schrijf gewone tekst."


def _ja_of_nee(gegevens: dict[str, Any], naam: str, waar: str) -> Iterator[str]:
    if not isinstance(gegevens.get(naam, False), bool):
        yield f"Zet bij {waar} achter {naam} ‘true’ of ‘false’."
