"""The tables of the file, as a mould reads them and a cast fills them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import connection, models

DOSSIER = ("casus", "melding", "triage", "diensten", "bewaren")
"""The file itself. What waits to be sent, or is kept for the register, is not cast: nothing of a cast goes anywhere."""


@dataclass(frozen=True, slots=True)
class Tabel:
    """What the code knows of a table: where its keys point, and which columns are days or moments."""

    naam: str
    sleutel: str
    wijst: Mapping[str, str]
    soorten: Mapping[str, str]
    kolommen: tuple[str, ...]


@cache
def tabellen() -> tuple[Tabel, ...]:
    """In the order of the models, so that the owner of a step comes after the step; history comes last."""
    alle = [m for naam in DOSSIER for m in apps.get_app_config(naam).get_models(include_auto_created=True)]
    eigen = [m for m in alle if m._meta.managed and m._meta.db_table != "casus_logregel"]
    gesorteerd = [m for m in eigen if not _is_historie(m)] + [m for m in alle if m._meta.db_table == "casus_logregel"]
    gesorteerd += [m for m in eigen if _is_historie(m)]
    return tuple(_tabel(m) for m in gesorteerd)


def _is_historie(model: type[models.Model]) -> bool:
    return model._meta.model_name is not None and model._meta.model_name.startswith("historical")


def _tabel(model: type[models.Model]) -> Tabel:
    wijst, soorten = {}, {}
    for veld in model._meta.concrete_fields:
        kolom = str(veld.column)
        if isinstance(veld, models.ForeignKey):
            wijst[kolom] = veld.related_model._meta.db_table
        soorten[kolom] = veld.get_internal_type()
    sleutel = str(model._meta.pk.column)
    if _is_historie(model):
        wijst["id"] = model.instance_type._meta.db_table  # type: ignore[attr-defined]
    kolommen = tuple(str(veld.column) for veld in model._meta.concrete_fields)
    return Tabel(model._meta.db_table, sleutel, wijst, soorten, kolommen)


def hoogste(tabel: Tabel) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max({tabel.sleutel})::text FROM {tabel.naam}")  # noqa: S608 - names of our own tables
        gevonden = cursor.fetchone()[0]
    return int(gevonden) if gevonden and gevonden.isdigit() else 0


def rijen_na(tabel: Tabel, na: int) -> Iterator[list[str]]:
    """As PostgreSQL itself writes them for COPY, moments on the Dutch clock."""
    if tabel.soorten[tabel.sleutel] not in {"BigAutoField", "AutoField"}:
        return
    kolommen = ", ".join(
        f"{k} AT TIME ZONE 'Europe/Amsterdam'" if tabel.soorten[k] == "DateTimeField" else k for k in tabel.kolommen
    )
    vraag = (
        f"COPY (SELECT {kolommen} FROM {tabel.naam} WHERE {tabel.sleutel} > {na} ORDER BY {tabel.sleutel}) TO STDOUT"  # noqa: S608
    )
    with connection.cursor() as cursor, cursor.cursor.copy(vraag) as kopie:
        inhoud = b"".join(bytes(deel) for deel in kopie).decode()
    for regel in inhoud.split("\n")[:-1]:
        yield regel.split("\t")
