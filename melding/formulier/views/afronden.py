"""The summary, sending, what comes after, and leaving."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from melding.formulier.bladzijden import OP_SLUG
from melding.formulier.grenzen import LOKAAS, is_haastig, stempel, te_druk
from melding.formulier.opslag import kenmerk, lees, vind, wis
from melding.formulier.samenvatting import samenvatting
from melding.formulier.versturen import NietTeVersturen, verstuur
from melding.formulier.views.gemeen import bij_ander, klaar, toon_blad, weg_of_klaar
from melding.formulier.web import concept_van, openbaar, token_van, wis_koekje
from vt_cvs.kern.regels import regel
from vt_cvs.web.formulieren import Punt

NOG_EEN_KEER = "Uw melding is nog niet verstuurd. Kijk uw antwoorden na en druk nog een keer op ‘Melding versturen’."
DRUK = (
    "Uw melding is nog niet verstuurd, want het is nu erg druk. Uw antwoorden staan er nog. Probeer het over een "
    "kwartier nog een keer, of bel gratis 0800 2000, dag en nacht."
)
ANDER = "In een ander tabblad bent u opnieuw begonnen. Dit zijn de antwoorden van die melding. Kijk of alles klopt."


@openbaar
@regel("PRO-1")
def controle(request: HttpRequest) -> HttpResponse:
    """Everything once more; pressing the button sends it. Whoever comes back afterwards sees the number."""
    concept = concept_van(request)
    if anders := weg_of_klaar(request, concept):
        return anders
    punten: list[Punt] = []
    status = 200
    if request.method == "POST":
        punten, status = _bezwaren(request, concept)
        if not punten:
            try:
                verstuur(token_van(request))
            except NietTeVersturen:
                return HttpResponseRedirect(request.path)
            return klaar()
    antwoorden = lees(concept)
    ons = kenmerk(concept)
    eerder = request.POST.get("stempel", "")
    return toon_blad(
        request,
        OP_SLUG["controle"],
        "openbaar/controle.html",
        antwoorden,
        status=status,
        delen=samenvatting(antwoorden),
        fouten=punten,
        foutkop="Uw melding is nog niet verstuurd.",
        zonder_verhaal=not antwoorden.antwoord("situatie", "tekst"),
        stempel=eerder if eerder.startswith(f"{ons}:") else stempel(ons),
        lokaas=LOKAAS,
    )


def _bezwaren(request: HttpRequest, concept: Any) -> tuple[list[Punt], int]:
    """What keeps it from being sent now. Pressing once more is always enough: no person may lose a report."""
    if bij_ander(request, concept):
        return [Punt(ANDER)], 409
    if not lees(concept).antwoord("situatie", "tekst"):
        return [
            Punt("Schrijf eerst in het kort wat er gebeurt.", f"{OP_SLUG['situatie'].pad}#id_tekst", "Wat er gebeurt")
        ], 422
    if request.POST.get(LOKAAS) or is_haastig(request.POST.get("stempel", ""), kenmerk(concept)):
        return [Punt(NOG_EEN_KEER)], 422
    if te_druk(request, "versturen"):
        return [Punt(DRUK)], 429
    return [], 200


@openbaar
@require_GET
@regel("RW-5.1")
def verzonden(request: HttpRequest) -> HttpResponse:
    """The number and what happens next: nothing else, whoever the report is about."""
    concept = concept_van(request)
    if concept is None:
        return render(request, "openbaar/verlopen.html", status=410)
    if not concept.verzonden:
        return HttpResponseRedirect(OP_SLUG["controle"].pad)
    return render(request, "openbaar/klaar.html", {"meldingsnummer": concept.nummer})


@openbaar
@require_POST
def wissen(request: HttpRequest) -> HttpResponse:
    """Stop: nothing was sent, and nothing is left."""
    _wis(request)
    return wis_koekje(HttpResponseRedirect(reverse("formulier:gewist")))


@openbaar
@require_GET
def gewist(request: HttpRequest) -> HttpResponse:
    return render(request, "openbaar/gewist.html")


@login_not_required
@never_cache
@require_safe
def weg(request: HttpRequest) -> HttpResponse:
    """Leave now: what was filled in goes, and another page comes. No form stands between, also without JavaScript.

    Only this browser on this site carries the cookie (SameSite=Strict), so nobody else's link erases anything.
    """
    _wis(request)
    return wis_koekje(HttpResponseRedirect(settings.VT_SNELWEG))


@transaction.atomic
def _wis(request: HttpRequest) -> None:
    concept = vind(token_van(request), slot=True)
    if concept is not None:
        wis(concept)
