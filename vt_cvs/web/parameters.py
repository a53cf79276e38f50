"""From the signature of a step to the fields of its message: what a parameter is called, what it takes, what for."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from rest_framework import serializers

from vt_cvs.web.api import Tekst

EENVOUDIG: dict[str, Callable[..., serializers.Field]] = {
    "str": Tekst,
    "int": serializers.IntegerField,
    "bool": serializers.BooleanField,
    "date": serializers.DateField,
    "datetime": serializers.DateTimeField,
}
_LIJST = re.compile(r"(?:list|Sequence|Iterable|Collection|set|tuple)\[(\w+)(?:, \.\.\.)?\]")


class GeenBericht(Exception):
    """This step takes something a message cannot hold; only the system takes such steps."""


class Verwijzing(serializers.PrimaryKeyRelatedField):
    """A row by its key; a piece of a file must be of the same case as the step."""

    default_error_messages = {"andere_casus": "Dit hoort bij een andere casus."}

    def get_queryset(self) -> Any:
        queryset: Any = super().get_queryset()
        namen = {veld.name for veld in queryset.model._meta.get_fields()}
        return queryset.filter(is_active=True, systeem=False) if {"is_active", "systeem"} <= namen else queryset

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool) or not isinstance(data, int | str) or len(str(data)) > 18:
            self.fail("incorrect_type", data_type=type(data).__name__)
        gevonden = super().to_internal_value(data)
        eigen = getattr(self.context.get("stuk"), "dossier", None)
        ander = getattr(gevonden, "dossier", eigen)
        if eigen is not None and ander != eigen:
            self.fail("andere_casus")
        return gevonden


def veld_voor(parameter: inspect.Parameter | None, model: type[models.Model]) -> serializers.Field:
    """The field of one parameter; None is the motivation, which every step takes."""
    if parameter is None:
        return Tekst(required=False, default="", allow_blank=True, help_text="Waarom; komt in het logboek.")
    naam = str(parameter.annotation).strip("'\"").replace("Optional[", "").replace(" | None", "")
    opties: dict[str, Any] = {"help_text": _hulp(model, parameter.name)}
    if " | None" in str(parameter.annotation):
        opties["allow_null"] = True
    if parameter.default is not inspect.Parameter.empty:
        opties |= {"required": False, "default": _vers(parameter.default)}
    if lijst := _LIJST.fullmatch(naam):
        return serializers.ListField(child=_enkel(lijst[1], parameter.name, model, {}), **opties)
    return _enkel(naam, parameter.name, model, opties)


def _enkel(soort: str, naam: str, model: type[models.Model], opties: dict[str, Any]) -> serializers.Field:
    keuzes = _keuzes(model, naam, soort)
    if keuzes:
        return serializers.ChoiceField(choices=keuzes, **opties)
    if soort == "str":
        lengte = getattr(_veld(model, naam), "max_length", None)
        return Tekst(
            allow_blank=True, max_length=lengte, **opties
        )  # an empty text is for the rule to refuse, by its name
    if soort in EENVOUDIG:
        return EENVOUDIG[soort](**opties)
    for kandidaat in apps.get_models():
        if kandidaat.__name__ == soort:
            return Verwijzing(queryset=kandidaat._default_manager.all(), **opties)
    raise GeenBericht(f"{model.__name__}: de API kent geen soort {soort!r} voor {naam!r}.")


def _vers(standaard: Any) -> Any:
    """A default as the serializer wants it; an empty container is made anew for each message."""
    return type(standaard) if isinstance(standaard, list | tuple | set | dict) and not standaard else standaard


def _veld(model: type[models.Model], naam: str) -> Any:
    try:
        return model._meta.get_field(naam)
    except FieldDoesNotExist:
        return None


def _hulp(model: type[models.Model], naam: str) -> str:
    veld = _veld(model, naam)
    return str(getattr(veld, "help_text", "")) if veld is not None else ""


def _keuzes(model: type[models.Model], naam: str, soort: str) -> list[tuple[str, str]]:
    """The choices of the field with this name, or of the class of choices that the annotation names."""
    klasse: Any = model
    for deel in soort.split("."):
        klasse = klasse if deel == model.__name__ else getattr(klasse, deel, None)
    if isinstance(klasse, type) and issubclass(klasse, models.Choices):
        return list(klasse.choices)
    veld = _veld(model, naam)
    return list(veld.choices) if soort == "str" and veld is not None and veld.choices else []
