"""Reading the rules back: where each is made true, held by the database, and proven."""

from __future__ import annotations

import ast
import importlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from pkgutil import walk_packages

from django.apps import apps
from django.conf import settings

from vt_cvs.kern.regels import PLEKKEN, REGELS, Regel


@dataclass(frozen=True, slots=True)
class Bewijs:
    """One rule: its places in the code, its guards in the database, its proving tests."""

    regel: Regel
    code: list[str] = field(default_factory=list)
    database: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)


def overzicht() -> list[Bewijs]:
    """Every rule of the catalogue, in its order."""
    _laad_alle_code()
    tests, wachters = _tests(settings.ROOT / "tests"), _wachters()
    return [
        Bewijs(
            regel=regel,
            code=sorted(PLEKKEN.get(id_, [])),
            database=sorted(naam for naam in wachters if naam.startswith(regel.in_database)),
            tests=tests.get(id_, []),
        )
        for id_, regel in REGELS.items()
    ]


def _laad_alle_code() -> None:
    """Rules are noted at import; a command must not depend on what happened to be imported."""
    for config in apps.get_app_configs():
        if not Path(config.path).is_relative_to(settings.ROOT) or ".venv" in config.path:
            continue
        for module in walk_packages([config.path], prefix=f"{config.name}."):
            if not {"migrations", "dienst", "wsgi", "settings"} & set(module.name.split(".")):
                importlib.import_module(module.name)


def _wachters() -> set[str]:
    """Names of constraints and triggers, of models and of their history."""
    namen: set[str] = set()
    for model in apps.get_models():
        namen |= {c.name for c in model._meta.constraints}
        namen |= {t.name for t in getattr(model._meta, "triggers", [])}
    return namen


def _tests(map_: Path) -> dict[str, list[str]]:
    """Rule id -> test functions that carry it, read from the source so that no test needs to run."""
    gevonden: dict[str, list[str]] = defaultdict(list)
    for bestand in sorted(map_.rglob("test_*.py")):
        boom = ast.parse(bestand.read_text(encoding="utf-8"))
        van_bestand = [id_ for knoop in boom.body if isinstance(knoop, ast.Assign) for id_ in _ids(knoop.value)]
        for knoop in ast.walk(boom):
            if not isinstance(knoop, ast.FunctionDef | ast.ClassDef):
                continue
            ids = [id_ for versiering in knoop.decorator_list for id_ in _ids(versiering)]
            if knoop.name.startswith("test_"):
                ids += van_bestand
            for id_ in dict.fromkeys(ids):
                gevonden[id_].append(f"{bestand.relative_to(settings.ROOT)}::{knoop.name}")
    return gevonden


def _ids(knoop: ast.expr) -> list[str]:
    """The arguments of every `mark.regel(...)` in an expression."""
    return [
        str(arg.value)
        for aanroep in ast.walk(knoop)
        if isinstance(aanroep, ast.Call) and isinstance(aanroep.func, ast.Attribute) and aanroep.func.attr == "regel"
        for arg in aanroep.args
        if isinstance(arg, ast.Constant)
    ]
