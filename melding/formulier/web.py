"""What every public page shares: the cookie, what may be kept by nobody, how much may come in, and how often."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from melding.formulier.bestanden import GROOTSTE_VERZOEK, InGeheugen
from melding.formulier.grenzen import UUR, te_druk, te_druk_voor_concept
from melding.formulier.models import Concept
from melding.formulier.opslag import begin, kenmerk, nieuw_token, vind

KOEKJE = "melding"
PAD = "/melden/"
View = Callable[..., HttpResponse]


class Kruisverzoek(CsrfViewMiddleware):
    """The same guard as everywhere; whoever has no cookies reads here why it stopped, and whom to call."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return render(request, "openbaar/verlopen.html", status=403)


csrf_protect = decorator_from_middleware(Kruisverzoek)


def token_van(request: HttpRequest) -> str:
    """Whatever stands in the cookie, cut to what a token can be."""
    return request.COOKIES.get(KOEKJE, "")[:100]


def concept_van(request: HttpRequest) -> Concept | None:
    """The form of this browser that is still being filled in, or was just sent."""
    return vind(token_van(request))


def nieuw_concept() -> tuple[Concept, str]:
    token = nieuw_token()
    return begin(token), token


def zet_koekje(antwoord: HttpResponse, token: str) -> HttpResponse:
    """For this browser, these pages and this sitting only; scripts and other sites never see it."""
    antwoord.set_cookie(
        KOEKJE, token, path=PAD, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )
    return antwoord


def wis_koekje(antwoord: HttpResponse) -> HttpResponse:
    antwoord.delete_cookie(KOEKJE, path=PAD, samesite="Strict")
    return antwoord


def openbaar(view: View) -> View:
    """A page for everyone: no log-in, kept by no cache, small requests only, and not too many of them.

    The length is looked at before anything is read, also before the CSRF token, which stands in the body.
    """
    beschermd: Any = csrf_protect(view)

    @wraps(view)
    def binnen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _te_lang(request):
            return render(request, "openbaar/te_groot.html", status=413)
        if request.method == "POST":
            request.upload_handlers = [InGeheugen(request)]
        if te_druk(request, "bladzijde") and not _is_onderweg(request):
            return _houd_vast(request)
        antwoord: HttpResponse = beschermd(request, *args, **kwargs)
        antwoord["X-Robots-Tag"] = "noarchive"
        return antwoord

    gemaakt: Any = login_not_required(never_cache(sensitive_post_parameters()(csrf_exempt(binnen))))
    return gemaakt


def _te_lang(request: HttpRequest) -> bool:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > GROOTSTE_VERZOEK
    except ValueError:
        return True


def _is_onderweg(request: HttpRequest) -> bool:
    """Looked up only when it is too busy, so that a flood does not reach the database before that."""
    concept = concept_van(request)
    return concept is not None and not te_druk_voor_concept(kenmerk(concept))


def _houd_vast(request: HttpRequest) -> HttpResponse:
    """A page that was sent comes back with what stood on it; a file is not read while it is this busy."""
    if request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
        antwoord: HttpResponse = _beschermd_druk(request)
        return antwoord
    return druk(request)


def _druk_met_antwoorden(request: HttpRequest) -> HttpResponse:
    ingevuld = [(naam, waarde) for naam, rij in request.POST.lists() for waarde in rij if naam != "csrfmiddlewaretoken"]
    return druk(request, ingevuld=ingevuld)


_beschermd_druk: Any = csrf_protect(_druk_met_antwoorden)


def druk(request: HttpRequest, **context: Any) -> HttpResponse:
    """Too much at once: nothing is lost, and there is a telephone."""
    antwoord = render(request, "openbaar/druk.html", context, status=429)
    antwoord["Retry-After"] = str(UUR // 4)
    return antwoord
