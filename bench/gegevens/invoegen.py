"""Rows made by the database itself: a hundred thousand at a time, each column an expression."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Model


def gereedschap(zaad: int) -> None:
    """`trek(n, id, what)`: a number below n that depends on the seed, the row and what it is for, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""CREATE OR REPLACE FUNCTION pg_temp.trek(n int, id bigint, wat int) RETURNS int LANGUAGE sql IMMUTABLE
                AS 'SELECT mod(hashint8extended(id * 1000 + wat, {int(zaad)}) & 9223372036854775807, n)::int'"""
        )
        cursor.execute(
            """CREATE OR REPLACE FUNCTION pg_temp.kies(uit text[], id bigint, wat int) RETURNS text
               LANGUAGE sql IMMUTABLE
               AS 'SELECT uit[1 + pg_temp.trek(array_length(uit, 1), id, wat)]'"""
        )
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS bench_wie (e int PRIMARY KEY, id bigint, team_id bigint)")
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS bench_mens (casus_id bigint, plek int, persoon_id bigint)")
        cursor.execute("TRUNCATE bench_wie, bench_mens")


def zonder_wachters() -> None:
    """What a restore does too: no foreign keys and triggers row by row, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")


def voeg_in(model: type[Model], *, bron: str, waarden: Mapping[str, Any] | None = None, **sql: str) -> None:
    """INSERT … SELECT: per field its expression, and for a field that is not named the default of the model."""
    kolommen: dict[str, str] = {}
    alle: dict[str, Any] = {"nu": _nu(), **(waarden or {})}
    for veld in model._meta.concrete_fields:
        if veld.name in sql:
            kolommen[str(veld.column)] = sql[veld.name]
        elif not veld.primary_key and not veld.null:
            kolommen[str(veld.column)] = f"%(standaard_{veld.name})s"
            alle[f"standaard_{veld.name}"] = veld.get_db_prep_save(veld.get_default(), connection)
    opdracht = (
        f"INSERT INTO {model._meta.db_table} ({', '.join(kolommen)}) SELECT {', '.join(kolommen.values())} {bron}"
    )
    with connection.cursor() as cursor:
        cursor.execute(opdracht, alle)


def _nu() -> datetime:
    """The same moment all day, so that two runs on one day are alike."""
    return datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0)
