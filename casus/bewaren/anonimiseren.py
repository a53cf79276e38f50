"""Emptying the rows that survive destruction: field by field, from what the model declares."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, CheckConstraint, F, UniqueConstraint, Value, When
from django.db.models.functions import Cast, Concat
from django_fsm import FSMField

from casus.bewaren.wissen import BLIJFT, Rijen
from casus.models import Persoon
from vt_cvs.kern.dossier import Stuk
from vt_cvs.kern.nummers import klopt, nieuw_nummer
from vt_cvs.kern.velden import BlindeIndex, BSNVeld, PlatteTekstMixin
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker

GEWIST = "-"
"""Stands where a rule of the database asks that something stands."""


def blijvende_velden(model: type[Stuk]) -> frozenset[str]:
    """What this model declares to survive, and what is counted: figures stay the same (RW-15.A1, RW-15.A4)."""
    return frozenset(model.na_vernietiging) | frozenset(model.telbaar)


def overlevers(rijen: Rijen) -> Rijen:
    """The rows that stay, emptied: of models that declare something, and of whatever those cannot do without."""
    blijft = {m for m in rijen if issubclass(m, Stuk) and blijvende_velden(m) and m._meta.label_lower not in BLIJFT}
    while (
        erbij := {
            veld.related_model
            for model in blijft
            for veld in model._meta.concrete_fields
            if isinstance(veld, models.ForeignKey) and not veld.null and veld.related_model in rijen
        }
        - blijft
    ):
        blijft |= erbij  # type: ignore[arg-type]
    return {model: rijen[model] for model in rijen if model in blijft}


@cache
def _gelezen_door_regels(model: type[models.Model]) -> frozenset[str]:
    """Fields that a CHECK of the table reads: emptying those could leave a row that the database refuses."""
    namen: set[str] = set()
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            namen |= _velden_in(constraint.condition)
    return frozenset(namen)


def _velden_in(voorwaarde: Any) -> set[str]:
    """Field names in a Q, with the ones it compares with."""
    namen: set[str] = set()
    for deel in getattr(voorwaarde, "children", ()):
        if isinstance(deel, tuple):
            namen.add(str(deel[0]).split("__")[0])
            if isinstance(deel[1], F):
                namen.add(str(getattr(deel[1], "name", "")).split("__")[0])
        else:
            namen |= _velden_in(deel)
    return namen


def leeg_velden(rijen: Rijen, *, begin: datetime) -> None:
    """Empty what does not survive. Set-based per model; only numbers differ per row."""
    nummers: dict[str, str] = {}
    for model, pks in rijen.items():
        if not issubclass(model, Stuk):
            continue
        rij = model._base_manager.filter(pk__in=pks)
        nieuw = {
            veld.attname: waarde
            for veld in model._meta.concrete_fields
            if (waarde := _waarde(model, veld, begin)) is not _BLIJFT
        }
        if nieuw:
            rij.update(**nieuw)
        for veld in _nummervelden(model):
            _vervang_nummers(rij, veld, nummers)
        for relatie in model._meta.many_to_many:
            if relatie.name not in blijvende_velden(model):
                through: Any = relatie.remote_field.through
                through._base_manager.filter(**{f"{relatie.m2m_field_name()}__in": pks})._raw_delete("default")


def leeg_getypte_tekst(model: type[models.Model], pks: set[int]) -> None:
    """Of rows that must stay as they are for now: only what people typed goes."""
    vast = _gelezen_door_regels(model)
    velden = [veld for veld in model._meta.concrete_fields if isinstance(veld, PlatteTekstMixin)]
    if velden:
        model._base_manager.filter(pk__in=pks).update(
            **{veld.name: _tekst(veld, vast=veld.name in vast) for veld in velden}
        )


_BLIJFT: Any = object()


def _nummervelden(model: type[Stuk]) -> list[models.Field[Any, Any]]:
    """A number that people outside know leads nowhere any more (RW-15.A2), counted or not; so does a unique text."""
    return [
        veld
        for veld in model._meta.concrete_fields
        if isinstance(veld, models.CharField)
        and (veld.name == "nummer" or (veld.unique and veld.name not in blijvende_velden(model)))
    ]


def _vervang_nummers(rij: models.QuerySet[Any], veld: models.Field[Any, Any], nummers: dict[str, str]) -> None:
    for pk, oud in rij.values_list("pk", veld.name):
        if oud not in nummers:
            nummers[oud] = nieuw_nummer(oud[0]) if klopt(oud) else uuid.uuid4().hex[: veld.max_length or 13]
        rij.model._base_manager.filter(pk=pk).update(**{veld.name: nummers[oud]})


def _waarde(model: type[Stuk], veld: Any, begin: datetime) -> Any:
    """What comes in the place of this field, or `_BLIJFT`."""
    if veld.primary_key or veld.name in {"versie", "nummer", "heeft_eigenaar"} or veld.name in blijvende_velden(model):
        return _BLIJFT
    if isinstance(veld, FSMField):
        return _BLIJFT  # a machine moves along its arrows, also here
    if isinstance(veld, models.ForeignKey):
        return _verwijzing(model, veld)
    vast = veld.name in _gelezen_door_regels(model)
    if isinstance(veld, BlindeIndex | BSNVeld):
        return ""
    if isinstance(veld, models.CharField | models.TextField):
        return _tekst(veld, vast=vast)
    if isinstance(veld, models.JSONField | ArrayField):
        return veld.get_default() if veld.has_default() else ([] if isinstance(veld, ArrayField) else {})
    if vast:
        return _BLIJFT
    if veld.null:
        return None
    if isinstance(veld, models.DateField):
        return begin if isinstance(veld, models.DateTimeField) else begin.date()
    return veld.get_default() if veld.has_default() else 0


def _tekst(veld: Any, *, vast: bool) -> Any:
    """Coded values that a rule reads stay; what people typed never does."""
    if veld.choices:
        if vast or not (veld.blank or veld.has_default()):
            return _BLIJFT
        return "" if veld.blank else veld.get_default()
    if veld.unique:
        return _BLIJFT  # gets a new one per row
    if veld.name in _uniek_samen(veld.model):
        return Concat(Value(GEWIST), Cast("pk", models.CharField()), output_field=models.CharField())
    if veld.blank and not vast:
        return ""
    return Case(When(**{veld.name: ""}, then=Value("")), default=Value(GEWIST), output_field=type(veld)())


@cache
def _uniek_samen(model: type[models.Model]) -> frozenset[str]:
    """Fields that tell rows apart: emptied, they must still differ."""
    return frozenset(naam for c in model._meta.constraints if isinstance(c, UniqueConstraint) for naam in c.fields)


def _verwijzing(model: type[Stuk], veld: models.ForeignKey[Any, Any]) -> Any:
    """Ties within the file stay where they must; ties to a person are cut; who acted becomes the clock."""
    doel: Any = veld.related_model
    if doel is Persoon or not issubclass(doel, Stuk):
        if veld.null:
            return _BLIJFT if veld.name in _gelezen_door_regels(model) and doel is not Persoon else None
        return systeemmedewerker("Klok").pk if doel is Medewerker else _BLIJFT
    return None if veld.null and veld.name not in _gelezen_door_regels(model) else _BLIJFT
