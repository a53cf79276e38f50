"""The pages with questions, the people, and the attachments."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from melding.formulier import mensen
from melding.formulier.bestanden import MEESTE, BestandForm
from melding.formulier.bladzijden import GROEPEN, OP_SLUG, Bladzijde, volgende
from melding.formulier.forms import PersoonForm
from melding.formulier.opslag import Antwoorden, lees, wis_bestanden
from melding.formulier.samenvatting import personen_in
from melding.formulier.views.gemeen import bewaar_en_ga, lopend, toon_blad, weg_of_klaar
from melding.formulier.web import concept_van, openbaar
from vt_cvs.kern.regels import regel


@openbaar
@regel("PRO-1")
def bladzijde(request: HttpRequest, slug: str = "wie") -> HttpResponse:
    """One page of questions: shown with what was answered before, kept, and on to the next."""
    blad = OP_SLUG.get(slug)
    if blad is None or blad.form is None:
        raise Http404("Deze bladzijde is er niet.")
    concept = concept_van(request)
    if request.method != "POST" and slug != "wie" and (anders := weg_of_klaar(request, concept)):
        return anders
    antwoorden = lees(lopend(concept))
    form = blad.maak_form(antwoorden, request.POST if request.method == "POST" else None)
    if form.is_valid():
        erbij = request.POST.get("actie") == "erbij" or _eerste_keer_ja(slug, antwoorden, form.cleaned_data)
        waarheen = partial(_waarheen, blad, erbij=erbij)
        if antwoord := bewaar_en_ga(request, form, partial(_zet, slug, form.antwoorden()), waarheen):
            return antwoord
    meer: dict[str, Any] = {}
    if slug in GROEPEN:
        meer = {"personen": personen_in(antwoorden, slug), "vol": _is_vol(antwoorden, slug)}
    return toon_blad(request, blad, f"openbaar/{_sjabloon(slug)}.html", antwoorden, form=form, **meer)


def _sjabloon(slug: str) -> str:
    return "mensen" if slug in GROEPEN else "begin" if slug == "wie" else "bladzijde"


def _is_vol(antwoorden: Antwoorden, groep: str) -> bool:
    return len(antwoorden.personen(groep)) >= mensen.MEESTE


def _zet(slug: str, waarden: dict[str, Any], antwoorden: Antwoorden) -> None:
    antwoorden.per_blad[slug] = waarden


def _eerste_keer_ja(slug: str, eerder: Antwoorden, nu: dict[str, Any]) -> bool:
    """Who says for the first time that there are children is asked who they are."""
    return slug == "kinderen" and nu.get("afhankelijken") == "ja" != eerder.antwoord("kinderen", "afhankelijken")


def _waarheen(blad: Bladzijde, antwoorden: Antwoorden, *, erbij: bool) -> str:
    if erbij and blad.slug in GROEPEN and not _is_vol(antwoorden, blad.slug):
        return reverse("formulier:persoon", args=[blad.slug, mensen.volgend_nummer(antwoorden, blad.slug)])
    return volgende(blad, antwoorden).pad


@openbaar
@regel("WVT-10")
def persoon(request: HttpRequest, groep: str, nummer: int) -> HttpResponse:
    """One person: what is known of them. A child needs no adult."""
    if groep not in GROEPEN:
        raise Http404("Deze bladzijde is er niet.")
    concept = concept_van(request)
    if request.method != "POST" and (anders := weg_of_klaar(request, concept)):
        return anders
    blad, antwoorden = OP_SLUG[groep], lees(lopend(concept))
    bekend = mensen.vind_persoon(antwoorden, groep, nummer)
    kan_erbij = nummer == mensen.volgend_nummer(antwoorden, groep) and not _is_vol(antwoorden, groep)
    if request.method != "POST" and bekend is None and not kan_erbij:
        return HttpResponseRedirect(blad.pad)
    form = PersoonForm(
        request.POST if request.method == "POST" else None,
        initial=bekend,
        groep=groep,
        eerste=mensen.eerste_persoon(antwoorden) in (None, bekend),
    )
    nieuw = request.POST.get("nieuw", "")[:16]
    if form.is_valid():
        weg = request.POST.get("actie") == "weghalen"
        bewaren = partial(_persoon, groep, nummer, form.antwoorden(), nieuw)
        wijzig = partial(_weghalen, groep, nummer) if weg else bewaren
        if antwoord := bewaar_en_ga(request, form, wijzig, lambda _: blad.pad):
            return antwoord
    return toon_blad(
        request,
        blad,
        "openbaar/persoon.html",
        antwoorden,
        form=form,
        bekend=bekend,
        terug=blad.pad,
        nieuw=nieuw or ("" if bekend else secrets.token_hex(8)),
    )


def _persoon(groep: str, nummer: int, gegevens: dict[str, Any], nieuw: str, antwoorden: Antwoorden) -> None:
    mensen.bewaar_persoon(antwoorden, groep, nummer, gegevens, nieuw=nieuw)


def _weghalen(groep: str, nummer: int, antwoorden: Antwoorden) -> None:
    mensen.haal_weg(antwoorden, groep, nummer)


@openbaar
def bestanden(request: HttpRequest) -> HttpResponse:
    """Add a file, take one away, or go on; a file that was chosen goes along whichever button is pressed."""
    concept = concept_van(request)
    if request.method != "POST" and (anders := weg_of_klaar(request, concept)):
        return anders
    blad, antwoorden = OP_SLUG["bestanden"], lees(lopend(concept))
    posten = request.method == "POST"
    form = BestandForm(request.POST if posten else None, request.FILES if posten else None, antwoorden=antwoorden)
    if form.is_valid():
        verder = request.POST.get("actie") == "verder"
        if antwoord := _bewaar_bestand(request, form, volgende(blad, antwoorden).pad if verder else blad.pad):
            return antwoord
    vol = len(antwoorden.bestanden) >= MEESTE
    return toon_blad(
        request, blad, "openbaar/bestanden.html", antwoorden, form=form, bestanden=antwoorden.bestanden, vol=vol
    )


def _bewaar_bestand(request: HttpRequest, form: BestandForm, pad: str) -> HttpResponse | None:
    nieuw, weg = form.bewaar(), request.POST.get("weg", "")
    gehouden = False

    def wijzig(antwoorden: Antwoorden) -> None:
        nonlocal gehouden
        antwoorden.bestanden = [b for b in antwoorden.bestanden if b.opslagnaam != weg]
        if nieuw and len(antwoorden.bestanden) < MEESTE:
            antwoorden.bestanden.append(nieuw)
            gehouden = True

    try:
        return bewaar_en_ga(request, form, wijzig, lambda _: pad)
    finally:
        if nieuw and not gehouden:
            wis_bestanden([nieuw.opslagnaam])
