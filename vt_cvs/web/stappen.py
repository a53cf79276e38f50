"""The steps of every machine as addresses of the API, made from their declarations: same rights, same rules.

`GET  /<soort>/<nummer>` says how it stands and what can be done; `POST /<soort>/<nummer>/<stap>` does it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.http import Http404
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vt_cvs.kern.overgangen import Overgang, Toestandsmodel, belemmeringen_voor, voer_uit
from vt_cvs.web.api import StrikteSerializer
from vt_cvs.web.parameters import GeenBericht, veld_voor
from vt_cvs.web.problemen import Probleem, als_belemmering

Lezer = Callable[[Request, Any], None]
"""Raises Http404 when this employee may not see it; otherwise the look is logged."""

_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')
_NUMMER = OpenApiParameter("nummer", OpenApiTypes.STR, OpenApiParameter.PATH, description="Nummer of sleutel.")
_IF_MATCH = OpenApiParameter(
    "If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True, description="De ETag die je kent."
)


class Stand(serializers.Serializer):
    """How it stands after a step."""

    stand = serializers.CharField()
    versie = serializers.IntegerField()


class Stap(serializers.Serializer):
    """A step this employee could take, and what still stands in its way."""

    stap = serializers.CharField()
    naam = serializers.CharField()
    naar = serializers.CharField()
    adres = serializers.CharField()
    belemmeringen = serializers.ListField(child=serializers.DictField())


class StandMetStappen(Stand):
    """How it stands and where it can go."""

    stand_naam = serializers.CharField()
    stappen = Stap(many=True)


def modellen() -> list[type[Toestandsmodel]]:
    """Every machine that is in the API, in a fixed order."""
    gevonden = [m for m in apps.get_models() if issubclass(m, Toestandsmodel) and m.api_soort]
    return sorted(gevonden, key=lambda m: m.api_soort)


def stap_urls(lees: Lezer, modellen: Iterable[type[Toestandsmodel]] | None = None) -> list[URLPattern]:
    """The addresses of these machines (all of them unless told)."""
    paden: list[URLPattern] = []
    for model in globals()["modellen"]() if modellen is None else modellen:
        soort = model.api_soort
        paden.append(path(f"{soort}/<str:nummer>", standweergave(model, lees), name=f"stand-{soort}"))
        for overgang in model.overgangen():
            if not past_in_bericht(model, overgang):
                continue
            adres = f"{soort}/<str:nummer>/{overgang.naam.replace('_', '-')}"
            paden.append(path(adres, stapweergave(model, overgang, lees), name=f"stap-{soort}-{overgang.naam}"))
    return paden


def haal(model: type[Toestandsmodel], nummer: str, request: Request, lees: Lezer) -> Any:
    """What this number names, when this employee may see it; not yours and not there look the same."""
    gevonden = model.zoek(nummer).first() if "\x00" not in nummer else None
    if gevonden is None:
        raise Http404
    lees(request, gevonden)
    return gevonden


def standweergave(model: type[Toestandsmodel], lees: Lezer) -> Any:
    soort = str(model._meta.verbose_name)

    class Weergave(APIView):
        @extend_schema(
            operation_id=f"lees_{model._meta.model_name}",
            summary=f"Hoe {soort} staat en wat er kan",
            tags=[model.api_soort],
            parameters=[_NUMMER],
            responses=StandMetStappen,
        )
        def get(self, request: Request, nummer: str) -> Response:
            stuk = haal(model, nummer, request, lees)
            return _met_versie(stuk, {"stand_naam": stuk.get_stand_display(), "stappen": _stappen(stuk, request)})

    return Weergave.as_view()


def stapweergave(model: type[Toestandsmodel], overgang: Overgang, lees: Lezer) -> Any:
    vorm = gegevens_van(model, overgang)

    class Weergave(APIView):
        @extend_schema(
            operation_id=f"{model._meta.model_name}_{overgang.naam}",
            summary=overgang.knop,
            description=beschrijving(overgang),
            tags=[model.api_soort],
            parameters=[_NUMMER, _IF_MATCH],
            request=vorm,
            responses=Stand,
        )
        def post(self, request: Request, nummer: str) -> Response:
            stuk = haal(model, nummer, request, lees)
            versie = gekende_versie(request)
            gegevens = vorm(data=request.data, context={"request": request, "stuk": stuk})
            gegevens.is_valid(raise_exception=True)
            stuk = voer_uit(stuk, overgang.naam, door=request.user, versie=versie, **gegevens.validated_data)
            return _met_versie(stuk)

    return Weergave.as_view()


def past_in_bericht(model: type[Toestandsmodel], overgang: Overgang) -> bool:
    """False for the few steps of the system itself that take more than a message can hold."""
    try:
        gegevens_van(model, overgang)
    except GeenBericht:
        return False
    return True


def gegevens_van(model: type[Toestandsmodel], overgang: Overgang) -> type[StrikteSerializer]:
    """The message of this step: a motivation, and the parameters its method names."""
    velden: dict[str, Any] = {p.name: veld_voor(p, model) for p in overgang.gegevens}
    velden.setdefault("motivering", veld_voor(None, model))
    naam = "".join(deel.capitalize() for deel in overgang.naam.split("_"))
    return type(f"{model.__name__}{naam}", (StrikteSerializer,), velden)


def beschrijving(overgang: Overgang) -> str:
    """From where to where, who may, and which rules hold: read from the declaration."""
    regels = [f"- {r.id} ({r.soort}): {r.eis}" for r in overgang.regels]
    zinnen = [f"Van {', '.join(overgang.van)} naar {overgang.naar}.", overgang.mag.weigering, *regels]
    return "\n".join(zinnen)


def gekende_versie(request: Request) -> int:
    """The version this message was based on; without one, nobody can tell whether it overwrites another's work."""
    waarde = request.headers.get("If-Match", "").strip()
    if not waarde:
        raise Probleem(428, detail="Haal eerst de stand op en stuur de ETag daarvan mee als If-Match.")
    gevonden = _ETAG.fullmatch(waarde)
    if gevonden is None:
        raise Probleem(412, detail="Deze If-Match past bij geen enkele versie. Haal de stand opnieuw op.")
    return int(gevonden[1])


def _stappen(stuk: Any, request: Request) -> list[dict[str, Any]]:
    return [
        {
            "stap": o.naam,
            "naam": o.knop,
            "naar": o.naar,
            "adres": f"{request.path}/{o.naam.replace('_', '-')}",
            "belemmeringen": [als_belemmering(b) for b in belemmeringen_voor(stuk, o.naam)],
        }
        for o in stuk.mogelijke_stappen(request.user)
    ]


def _met_versie(stuk: Any, meer: dict[str, Any] | None = None) -> Response:
    inhoud = {"stand": stuk.stand, "versie": stuk.versie, **(meer or {})}
    return Response(inhoud, headers={"ETag": f'"{stuk.versie}"'})
