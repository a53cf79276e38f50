"""Feedback to whoever reported: from Mijn werk to sent in two acts, or recorded why not (RW-6.12, RW-6.15)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from casus import rechten
from casus.models import Bericht, Casus, Terugkoppeling
from casus.services.brieven import leg_brief_in_casus
from casus.services.terugkoppeling import concepttekst, met_disclaimer, schrijf_bericht, wordt_herhaald
from casus.terugkoppelingsforms import AndersForm, BerichtForm, NietForm
from casus.web import casus_context, haal_casus
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.uitpost import Later
from vt_cvs.web.tonen import naar, toon, toon_belemmeringen

HOE = {"bericht": "Mail of brief", "anders": "Anders gedaan", "niet": "Geen terugkoppeling"}


def terugkoppeling(request: HttpRequest, nummer: str, pk: int) -> HttpResponse:
    """One page: the letter filled in, or how it was done otherwise, or why not."""
    casus = haal_casus(request, nummer)
    gevonden = _haal(casus, pk)
    hoe = request.GET.get("hoe", "bericht")
    if hoe not in HOE:
        raise Http404
    form = _form(hoe, gevonden, request)
    if form.is_valid() and gevonden.is_open:
        with toon_belemmeringen(form):
            gevonden = DOEN[hoe](request, gevonden, form)
            return naar(request, _daarna(gevonden), gedaan=_gedaan(gevonden))
    context = casus_context(
        request,
        casus,
        tab="documenten" if gevonden.is_voor_melder else "informeren",
        terugkoppeling=gevonden,
        form=form,
        hoe=hoe,
        wegen=HOE.items(),
        opnieuw=wordt_herhaald(gevonden.bericht),
    )
    return toon(request, "casus/terugkoppeling.html", "", context)


def _haal(casus: Casus, pk: int) -> Terugkoppeling:
    return get_object_or_404(
        Terugkoppeling.objects.select_related("bericht", "stap__casus", "betrokkene__persoon", "via__persoon"),
        pk=pk,
        stap__casus=casus,
    )


def _form(hoe: str, terugkoppeling: Terugkoppeling, request: HttpRequest) -> Any:
    data = request.POST or None
    begin: dict[str, Any] = {"versie": terugkoppeling.versie}
    if hoe == "anders":
        return AndersForm(data, initial=begin)
    if hoe == "niet":
        return NietForm(data, initial=begin)
    return BerichtForm(data, initial=begin | _concept(terugkoppeling))


def _concept(terugkoppeling: Terugkoppeling) -> dict[str, Any]:
    """What was written before, or else the template filled in, disclaimer and all."""
    adres = terugkoppeling.adres
    begin = {"wijze": Bericht.Soort.MAIL if adres else Bericht.Soort.BRIEF, "adres": adres}
    eerder = terugkoppeling.bericht
    if eerder is not None:
        return begin | {
            "wijze": eerder.soort,
            "adres": eerder.adres,
            "onderwerp": eerder.onderwerp,
            "tekst": eerder.tekst,
        }
    onderwerp, tekst = concepttekst(terugkoppeling)
    return begin | {"onderwerp": onderwerp, "tekst": met_disclaimer(tekst)}


@transaction.atomic
def _verstuur(request: HttpRequest, terugkoppeling: Terugkoppeling, form: BerichtForm) -> Terugkoppeling:
    """Written and sent together, or neither."""
    geschreven = schrijf_bericht(terugkoppeling, door=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    return voer_uit(geschreven, "verstuur", door=request.user, motivering=form.motivering)


def _anders(request: HttpRequest, terugkoppeling: Terugkoppeling, form: AndersForm) -> Terugkoppeling:
    return voer_uit(terugkoppeling, "doe_anders", door=request.user, **form.cleaned_data)


def _niet(request: HttpRequest, terugkoppeling: Terugkoppeling, form: NietForm) -> Terugkoppeling:
    versie = form.cleaned_data["versie"]
    return voer_uit(terugkoppeling, "zie_af", door=request.user, versie=versie, reden=form.hele_reden)


DOEN: dict[str, Any] = {"bericht": _verstuur, "anders": _anders, "niet": _niet}


def _daarna(terugkoppeling: Terugkoppeling) -> str:
    """A letter must still be printed; anything else is done."""
    if terugkoppeling.bericht is not None and terugkoppeling.bericht.soort == Bericht.Soort.BRIEF:
        return terugkoppeling.pad()
    return terugkoppeling.dossier.pad()


def _gedaan(terugkoppeling: Terugkoppeling) -> str:
    if terugkoppeling.stand == Terugkoppeling.Stand.NIET:
        return "Vastgelegd waarom er geen terugkoppeling komt"
    return "Terugkoppeling verstuurd" if terugkoppeling.bericht else "Terugkoppeling vastgelegd"


def brief(request: HttpRequest, nummer: str, pk: int) -> HttpResponse:
    """The letter as a page to print, and nothing else on it."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    gevonden = _haal(casus, pk)
    if gevonden.bericht is None:
        raise Http404
    return render(request, "casus/brief.html", {"bericht": gevonden.bericht, "terug": gevonden.pad()})


def pdf(request: HttpRequest, nummer: str, pk: int) -> HttpResponse:
    """The letter as it stands in the case; made here when the worker has not come to it yet."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    gevonden = _haal(casus, pk)
    if gevonden.bericht is None or gevonden.bericht.soort != Bericht.Soort.BRIEF or not gevonden.bericht.verzonden_op:
        raise Http404
    try:
        leg_brief_in_casus(gevonden.bericht)
    except Later:
        return naar(request, gevonden, gedaan="De PDF kan nog niet worden gemaakt; de brief is wel af te drukken")
    document = Bericht.objects.select_related("document").get(pk=gevonden.bericht.pk).document
    return naar(request, f"{casus.pad()}documenten/{document.pk}/" if document else gevonden.pad())
