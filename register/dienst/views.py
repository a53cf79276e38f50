"""The whole interface: register, hear, acknowledge. There is no search (VTR-2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from register.dienst import services
from register.dienst.aanmelding import lees
from register.dienst.models import Bericht, Organisatie
from register.dienst.organisaties import met_sleutel
from register.dienst.problemen import Probleem
from vt_cvs.kern.regels import regel


def _organisatie(request: HttpRequest) -> Organisatie:
    """Who asks, by its own key."""
    soort, _, sleutel = request.headers.get("Authorization", "").partition(" ")
    organisatie = met_sleutel(sleutel.strip()) if soort.lower() == "bearer" else None
    if organisatie is None:
        raise Probleem(401, "Deze sleutel is niet bekend", "Stuur de sleutel van je organisatie als Bearer mee.")
    return organisatie


def _met_organisatie(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @never_cache
    @wraps(view)
    def gevraagd(request: HttpRequest, **plek: int) -> HttpResponse:
        return view(request, _organisatie(request), **plek)

    return gevraagd


@require_POST
@_met_organisatie
@regel("VTR-2")
def registraties(request: HttpRequest, organisatie: Organisatie) -> HttpResponse:
    """The answer says something about the sender's own registration only."""
    if request.content_type != "application/json":
        raise Probleem(415, "Geen JSON", "Stuur de registratie als application/json.")
    uitkomst = services.neem_aan(organisatie, lees(request.body), sleutel=_sleutel(request))
    wachtend = len(services.open_berichten(organisatie))
    return JsonResponse({"versie": uitkomst.versie, "gewijzigd": uitkomst.gewijzigd, "berichten": wachtend})


def _sleutel(request: HttpRequest) -> UUID:
    try:
        return UUID(request.headers.get("Idempotency-Key", ""))
    except ValueError:
        raise Probleem(400, "Geen Idempotency-Key", "Geef elk bericht een eigen UUID als Idempotency-Key.") from None


@require_GET
@_met_organisatie
def berichten(_request: HttpRequest, organisatie: Organisatie) -> HttpResponse:
    return JsonResponse({"berichten": [_als_json(bericht) for bericht in services.open_berichten(organisatie)]})


def _als_json(bericht: Bericht) -> dict[str, object]:
    assert bericht.over is not None  # noqa: S101 - the database sees to it until it is received
    return {
        "id": bericht.pk,
        "soort": bericht.soort,
        "pseudoniem": bericht.pseudoniem,
        "organisatie": {
            "code": bericht.over.code,
            "naam": bericht.over.naam,
            "telefoon": bericht.over.telefoon,
        },
        "stand": bericht.stand or None,
        "begin": bericht.begin,
        "eind": bericht.eind,
    }


@require_POST
@_met_organisatie
def ontvangen(_request: HttpRequest, organisatie: Organisatie, nummer: int) -> HttpResponse:
    services.ontvangen(organisatie, nummer)
    return HttpResponse(status=204)


@require_GET
@never_cache
def gezond(_request: HttpRequest) -> HttpResponse:
    """Ready once the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM dienst_organisatie LIMIT 1")
    except DatabaseError:
        return JsonResponse({"gezond": False}, status=503)
    return JsonResponse({"gezond": True})
