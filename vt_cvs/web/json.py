"""JSON as it comes in: read strictly, so that nothing is guessed and nothing surprises the code behind it."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

DIEPST = 32
MEESTE = 1_200_000
"""Commas: a report with the longest text stays below it; beyond it the parts would fill the memory."""


class StrikteJSONParser(BaseParser):
    """UTF-8, every name once, no NaN or Infinity, not too deep and not too large."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        grootste = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        inhoud = stream.read(grootste + 1)
        if len(inhoud) > grootste:
            raise RequestDataTooBig(f"Het bericht is groter dan {grootste // 1024 // 1024} MB.")
        return lees(inhoud)


def lees(inhoud: bytes) -> Any:
    """The value of this document, or `ParseError` that says in one sentence why it cannot be read."""
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        raise ParseError(f"Het bericht is geen UTF-8: byte {fout.start} is niet te lezen.") from fout
    if tekst.count(",") > MEESTE:
        raise ParseError("Het bericht bevat te veel onderdelen. Lever het in delen aan.")
    try:
        waarde = json.loads(
            tekst, object_pairs_hook=_elke_naam_eenmaal, parse_constant=_geen_getal, parse_float=_eindig
        )
    except json.JSONDecodeError as fout:
        raise ParseError(f"Het bericht is geen JSON: kijk naar regel {fout.lineno}, teken {fout.colno}.") from fout
    except RecursionError as fout:
        raise ParseError(f"Het bericht is dieper genest dan {DIEPST} lagen.") from fout
    except ValueError as fout:  # a number of thousands of digits
        raise ParseError("Het bericht bevat een getal dat te lang is om te lezen.") from fout
    if _diepte(waarde) >= DIEPST:
        raise ParseError(f"Het bericht is dieper genest dan {DIEPST} lagen.")
    return _zonder_halve_tekens(waarde)


def _elke_naam_eenmaal(paren: list[tuple[str, Any]]) -> dict[str, Any]:
    gevonden = dict(paren)
    if len(gevonden) != len(paren):
        dubbel = next(naam for naam, keer in Counter(naam for naam, _ in paren).items() if keer > 1)
        raise ParseError(f"De naam {_leesbaar(dubbel)[:60]!r} staat twee keer in hetzelfde object.")
    return gevonden


def _geen_getal(woord: str) -> Any:
    raise ParseError(f"{woord} is geen getal in JSON.")


def _eindig(cijfers: str) -> float:
    getal = float(cijfers)
    return getal if math.isfinite(getal) else _geen_getal(cijfers[:20])


def _diepte(waarde: Any) -> int:
    diepte, laag = 0, [waarde]
    while laag := [kind for ouder in laag for kind in _kinderen(ouder)]:
        diepte += 1
    return diepte


def _kinderen(waarde: Any) -> Iterator[Any]:
    if isinstance(waarde, dict):
        yield from waarde.values()
    elif isinstance(waarde, list):
        yield from waarde


def _zonder_halve_tekens(waarde: Any) -> Any:
    """Half a surrogate pair (a cut-off emoji) cannot be stored or sent back; it becomes the replacement mark."""
    if isinstance(waarde, str):
        return _leesbaar(waarde)
    if isinstance(waarde, dict):
        return {_leesbaar(naam): _zonder_halve_tekens(kind) for naam, kind in waarde.items()}
    if isinstance(waarde, list):
        return [_zonder_halve_tekens(kind) for kind in waarde]
    return waarde


def _leesbaar(tekst: str) -> str:
    try:
        tekst.encode("utf-8")
    except UnicodeEncodeError:
        return tekst.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return tekst
