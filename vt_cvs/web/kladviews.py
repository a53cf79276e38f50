"""The one endpoint of the drafts, and closing a draft when its form has been saved."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from rest_framework.exceptions import ParseError

from vt_cvs.web import klad
from vt_cvs.web.json import lees

WEG = "Dit concept is in een ander venster verder gegaan."
VOL = "Er staan te veel concepten, of dit is te lang om als concept te bewaren."
NIET = "Deze bladzijde heeft geen concept."


def _probleem(uitleg: str, status: int) -> JsonResponse:
    return JsonResponse({"uitleg": uitleg}, status=status)


@never_cache
@require_GET
def sleutel(request: HttpRequest) -> HttpResponse:
    """After logging in again an open page may go on: the token of the new session, for whoever the page is of."""
    return JsonResponse({"csrf": get_token(request), "wie": klad.wie(request.user)})


@never_cache
@require_POST
def doe(request: HttpRequest) -> HttpResponse:
    """`kijk`, `bewaar`, `verder` or `weg`; all of it in the body, nothing in the address."""
    try:
        gevraagd = lees(request.body)
        handeling = HANDELINGEN[gevraagd["doe"]]
        if gevraagd["wie"] != klad.wie(request.user):
            return _probleem("Deze bladzijde is van iemand anders. Laad haar opnieuw.", 412)
        return handeling(request, gevraagd)
    except (ParseError, KeyError, TypeError, ValueError, AttributeError):
        return _probleem("Dit bericht is niet te lezen.", 400)


def _kijk(request: HttpRequest, gevraagd: dict[str, Any]) -> JsonResponse:
    return JsonResponse(_andere(request, gevraagd))


def _andere(request: HttpRequest, gevraagd: dict[str, Any]) -> dict[str, Any]:
    """The drafts of this page that another window has."""
    eigen = [uuid.UUID(waarde) for waarde in gevraagd.get("eigen", [])[:50]]
    return {"andere": klad.andere(str(gevraagd["pad"]), door=request.user, behalve=eigen)}


def _bewaar(request: HttpRequest, gevraagd: dict[str, Any]) -> JsonResponse:
    if not klad.mag_klad(gevraagd["pad"]):
        return _probleem(NIET, 400)
    invoer = klad.Invoer(
        sleutel=uuid.UUID(gevraagd["sleutel"]),
        bladzijde=gevraagd["pad"],
        formulier=str(gevraagd["formulier"])[:200],
        venster=str(gevraagd["venster"])[:40],
        velden=[(str(naam), str(waarde)) for naam, waarde in gevraagd["velden"]],
        versie=min(max(int(gevraagd["versie"]), 0), 2**31 - 2),
    )
    try:
        bewaard = klad.bewaar(invoer, door=request.user)
    except klad.KladWeg:
        return JsonResponse({"elders": WEG})
    except klad.KladVol:
        return _probleem(VOL, 413)
    return JsonResponse({"versie": bewaard.versie, **_andere(request, gevraagd)})


def _verder(request: HttpRequest, gevraagd: dict[str, Any]) -> JsonResponse:
    gevonden = klad.neem_over(uuid.UUID(gevraagd["sleutel"]), door=request.user)
    if gevonden is None:
        return _probleem("Dit concept is er niet meer.", 404)
    rij, inhoud = gevonden
    return JsonResponse({"versie": rij.versie, "velden": inhoud["velden"]})


def _weg(request: HttpRequest, gevraagd: dict[str, Any]) -> JsonResponse:
    klad.sluit(uuid.UUID(gevraagd["sleutel"]), door=request.user)
    return JsonResponse({})


HANDELINGEN: dict[str, Callable[[HttpRequest, dict[str, Any]], JsonResponse]] = {
    "kijk": _kijk,
    "bewaar": _bewaar,
    "verder": _verder,
    "weg": _weg,
}


class KladMiddleware:
    """A form that was taken leads to another page: its draft is done. A refusal or a lost session keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        antwoord = self.get_response(request)
        if request.method == "POST" and request.user.is_authenticated and _leidt_verder(antwoord):
            for sleutel in klad.sleutels_in(request.POST.getlist("klad")):
                klad.sluit(sleutel, door=request.user)
        return antwoord


def _leidt_verder(antwoord: HttpResponse) -> bool:
    waarheen = antwoord.headers.get("Location" if antwoord.status_code in {302, 303} else "HX-Redirect", "")
    return bool(waarheen) and not waarheen.startswith(resolve_url(settings.LOGIN_URL))
