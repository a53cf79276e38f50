"""Rows of every model there is, found by introspection: a model made tomorrow takes part by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from casus.bewaren.anonimiseren import blijvende_velden
from casus.bewaren.wissen import wachters
from casus.models import Casus, Processtap
from vt_cvs.kern.dossier import Stuk, dossiermodellen
from vt_cvs.organisatie.models import Medewerker

PROEF = "Proeftekst"
LANG = 16
FUNCTIONEEL = frozenset(
    {"nummer", "opslagnaam", "soort", "onderwerp", "onderwerp_soort", "pseudoniem", "meldingsnummer", "bsn", "sleutel"}
) | {"merk", "fout", "rollen"}
"""By these a row is found, or its number replaced: a probe there would hide the row from what is tried. The last three
are made by the system and say nothing about anyone in a file."""


VAN_NIEMAND = frozenset({"triage.Instrumentuitgave"})
"""Tables of those apps that hold what an organisation loads, and nothing about anyone."""


def proeven(woord: str = PROEF) -> Iterator[str]:
    return (f"{woord}{n:05d}x" for n in count(1))


def van_het_dossier() -> list[type[models.Model]]:
    """Every table of every app that holds files, its history and events included."""
    labels = {m._meta.app_label for m in dossiermodellen()} | {"kern"}
    modellen = apps.get_models(include_auto_created=True)
    return [m for m in modellen if m._meta.app_label in labels and m._meta.label not in VAN_NIEMAND]


def tekstvelden(model: type[models.Model]) -> list[models.Field]:
    """Where text fits, whether people type there or not."""
    return [
        veld
        for veld in model._meta.concrete_fields
        if isinstance(veld, models.CharField | models.TextField)
        and not veld.choices
        and veld.name not in FUNCTIONEEL
        and (veld.max_length or 99) >= LANG
    ]


def wisbaar(model: type[models.Model]) -> list[models.Field]:
    """Of those, what a destroyed file does not keep for the figures."""
    blijft = blijvende_velden(model) if issubclass(model, Stuk) else frozenset()
    return [veld for veld in tekstvelden(model) if veld.name not in blijft]


def maak_wat_ontbreekt(casus: Casus, door: Medewerker) -> list[str]:
    """One row, with its history, of each model of the file that has none yet; the labels that were made."""
    gemaakt: list[str] = []
    teksten = proeven("vulling")
    zonder_controles()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    over = [m for m in dossiermodellen() if not m._base_manager.exists()]
    while over:
        kan = [m for m in over if all(doel._base_manager.exists() for doel in _verplicht(m))]
        assert kan, f"Deze wijzen alleen naar elkaar: {over}"
        for model in kan:
            _maak(model, casus, door, teksten)
            gemaakt.append(model._meta.label)
        over = [m for m in over if m not in kan]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")
    return gemaakt


def zonder_controles() -> None:
    """Drop every CHECK for this test: rows need not make sense here, only be there with a text in each column."""
    tabellen = [model._meta.db_table for model in van_het_dossier()]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint "
            "WHERE contype = 'c' AND conrelid::regclass::text = ANY(%s)",
            [tabellen],
        )
        for tabel, naam in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {tabel} DROP CONSTRAINT "{naam}"')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _verplicht(model: type[Stuk]) -> list[Any]:
    return [
        veld.related_model
        for veld in model._meta.concrete_fields
        if isinstance(veld, models.ForeignKey)
        and (not veld.null or issubclass(veld.related_model, Stuk))
        and veld.related_model not in {Medewerker, model}
        and issubclass(veld.related_model, Stuk)
    ]


def _maak(model: type[Stuk], casus: Casus, door: Medewerker, teksten: Iterator[str]) -> None:
    stuk = model()
    for veld in model._meta.concrete_fields:
        if not veld.primary_key and veld.name != "versie":
            _vul(stuk, veld, casus, door, teksten)
    stuk.bewaar(door=door, reden=next(teksten))


def _vul(stuk: Stuk, veld: Any, casus: Casus, door: Medewerker, teksten: Iterator[str]) -> None:
    if isinstance(veld, models.ForeignKey):
        doel = veld.related_model
        if doel is Medewerker:
            waarde = None if veld.null else door
        elif veld.name == "stap" and veld.unique:
            waarde = Processtap(casus=casus, soort="melding", heeft_eigenaar=True)
            waarde.bewaar(door=door, reden="proef")
        else:
            waarde = None if doel is type(stuk) else doel._base_manager.order_by("pk").first()
        setattr(stuk, veld.name, waarde)
    elif veld.choices and not getattr(stuk, veld.attname):
        setattr(stuk, veld.attname, veld.choices[0][0])
    elif veld in tekstvelden(type(stuk)):
        setattr(stuk, veld.attname, next(teksten))
    elif isinstance(veld, models.CharField | models.TextField) and veld.unique:
        setattr(stuk, veld.attname, next(teksten)[: veld.max_length])
    elif not veld.null and getattr(stuk, veld.attname) is None:
        setattr(stuk, veld.attname, _iets(veld))


def _iets(veld: Any) -> Any:
    if isinstance(veld, models.DateTimeField):
        return timezone.now()
    if isinstance(veld, models.DateField):
        return date(2001, 1, 1)  # long ago: no term of it keeps the file
    return False if isinstance(veld, models.BooleanField) else 1


def zet_proeven() -> dict[str, str]:
    """A probe in every text column of every row; where each stands."""
    geplaatst: dict[str, str] = {}
    teksten = proeven()
    with pgtrigger.ignore(*wachters()):
        for model in van_het_dossier():
            for pk in model._base_manager.values_list("pk", flat=True):
                for veld in wisbaar(model):
                    proef = next(teksten)
                    model._base_manager.filter(pk=pk).update(**{veld.name: proef})
                    geplaatst[proef] = f"{model.__name__}.{veld.name}"
    return geplaatst
