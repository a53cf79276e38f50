"""Fetch, judge, keep, go on: what every page of the form does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from melding.formulier.bladzijden import Bladzijde, bladzijden_voor, vorige
from melding.formulier.forms import Bladzijdeformulier
from melding.formulier.grenzen import te_druk
from melding.formulier.models import Concept
from melding.formulier.opslag import Antwoorden, bewaar, kenmerk, lees, vind
from melding.formulier.web import concept_van, nieuw_concept, token_van, zet_koekje

ANDER = (
    "Uw eerdere antwoorden zijn er niet meer. Dat gebeurt na twee uur, of als u in een ander tabblad stopte of opnieuw "
    "begon. Wat op deze bladzijde staat, is er nog. Druk nog een keer op de knop om hiermee verder te gaan."
)
DRUK = (
    "Het is nu erg druk. Uw antwoorden op deze bladzijde staan er nog. Wacht even en druk nog een keer op de knop, of "
    "bel gratis 0800 2000, dag en nacht."
)
Wijziging = Callable[[Antwoorden], Any]


def lopend(concept: Concept | None) -> Concept | None:
    """The form that is still being filled in; one that was sent is finished."""
    return concept if concept is not None and not concept.verzonden else None


def klaar() -> HttpResponse:
    return HttpResponseRedirect(reverse("formulier:klaar"))


def weg_of_klaar(request: HttpRequest, concept: Concept | None) -> HttpResponse | None:
    """For a page that needs a form under way: after sending there is only the number, and after two hours nothing."""
    if concept is None:
        return render(request, "openbaar/verlopen.html", status=410)
    return klaar() if concept.verzonden else None


def bij_ander(request: HttpRequest, concept: Concept | None) -> bool:
    """Whether this page belongs to another form than the one of this browser now."""
    return request.POST.get("concept", "") != kenmerk(lopend(concept))


def is_al_verzonden(request: HttpRequest, concept: Concept | None) -> bool:
    """This very form was sent, in another tab or a moment ago."""
    return concept is not None and concept.verzonden and request.POST.get("concept") == kenmerk(concept)


def bewaar_en_ga(
    request: HttpRequest, form: Bladzijdeformulier, wijzig: Wijziging, waarheen: Callable[[Antwoorden], str]
) -> HttpResponse | None:
    """Keep this page and go on; None when it stays on screen, with the reason in the form."""
    concept = concept_van(request)
    if is_al_verzonden(request, concept):
        return klaar()
    if bij_ander(request, concept):
        form.add_error(None, ANDER)
        return None
    if lopend(concept) is None:
        return _begin(request, form, wijzig, waarheen)
    antwoorden = bewaar_in(token_van(request), wijzig)
    return HttpResponseRedirect(waarheen(antwoorden)) if antwoorden is not None else klaar()


def _begin(
    request: HttpRequest, form: Bladzijdeformulier, wijzig: Wijziging, waarheen: Callable[[Antwoorden], str]
) -> HttpResponse | None:
    if te_druk(request, "beginnen"):
        form.add_error(None, DRUK)
        return None
    _, token = nieuw_concept()
    antwoorden = bewaar_in(token, wijzig) or Antwoorden()
    return zet_koekje(HttpResponseRedirect(waarheen(antwoorden)), token)


@transaction.atomic
def bewaar_in(token: str, wijzig: Wijziging) -> Antwoorden | None:
    """Change what stands there now, not what this tab once read: two tabs at once lose nothing."""
    concept = lopend(vind(token, slot=True))
    if concept is None:
        return None
    antwoorden = lees(concept)
    wijzig(antwoorden)
    bewaar(concept, antwoorden)
    return antwoorden


def toon_blad(
    request: HttpRequest,
    blad: Bladzijde,
    sjabloon: str,
    antwoorden: Antwoorden,
    *,
    form: Any = None,
    status: int | None = None,
    **meer: Any,
) -> HttpResponse:
    """The page with its place in the row, and with the way back."""
    rij = bladzijden_voor(antwoorden)
    if blad not in rij:
        rij = sorted([*rij, blad], key=lambda ander: ander is blad)
    terug = vorige(blad, antwoorden)
    if status is None:
        status = 422 if form is not None and form.is_bound and form.errors else 200
    context = {
        "blad": blad,
        "form": form,
        "concept": kenmerk(lopend(concept_van(request))),
        "bladzijden": rij,
        "nummer": rij.index(blad) + 1,
        "terug": terug.pad if terug else "",
        "nu_gevaar": antwoorden.antwoord("situatie", "gevaar") == "ja",
        **meer,
    }
    return render(request, sjabloon, context, status=status)
