"""How many questions a page asks the database, and along which indexes they are answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casus.selectors import tijdlijn
from vt_cvs.organisatie.models import Medewerker

WERKLIJST = ('FROM "casus_taak"', '"casus_casus"."gestart_op"')  # the query that puts what waits in order
TIJDLIJN = ('FROM "casus_logregel"', f"LIMIT {tijdlijn.PER_BLADZIJDE + 1}")


def ingelogd(medewerker: Medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


def vragen_van(client: Client, pad: str) -> list[str]:
    """Every query of one page, user and access log included; session and code lists are in the cache, as all day."""
    client.get(pad)
    with CaptureQueriesContext(connection) as gevangen:
        antwoord = client.get(pad)
    assert antwoord.status_code == 200, f"{pad} antwoordt {antwoord.status_code}"
    return [vraag["sql"] for vraag in gevangen.captured_queries]


def indexen(vragen: list[str], kenmerk: tuple[str, str], *, zonder: Sequence[str] = ()) -> list[str]:
    """The indexes by which PostgreSQL answers the query that has these marks, as the page really asked it.

    A small table is read whole and sorted, whatever index there is: `zonder` forbids such ways (“seqscan”, “sort”).
    """
    (vraag,) = (sql for sql in vragen if all(deel in sql for deel in kenmerk))
    return indexen_van(vraag, zonder=zonder)


def indexen_van(vraag: str, waarden: Mapping[str, Any] | None = None, *, zonder: Sequence[str] = ()) -> list[str]:
    with connection.cursor() as cursor:
        for weg in zonder:
            cursor.execute(f"SET enable_{weg} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {vraag}", waarden)
        plan = cursor.fetchone()[0]
        for weg in zonder:
            cursor.execute(f"RESET enable_{weg}")
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return sorted(set(_namen(plan[0]["Plan"])))


def _namen(knoop: dict[str, Any]) -> Iterator[str]:
    if naam := knoop.get("Index Name"):
        yield naam
    for kind in knoop.get("Plans", []):
        yield from _namen(kind)
