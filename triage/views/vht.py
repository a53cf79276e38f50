"""The VHT: what is known, the questions, and the conclusion so far. Every answer goes through (RW-3.3)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from casus.models import Casus, Processtap
from casus.services.vastleggen import leg_score_vast
from casus.web import casus_context, haal_casus
from triage import rechten
from triage.bijzonder import voorgestelde_conclusie
from triage.forms import VHTForm
from triage.models import VHT
from triage.selectors import Bekend, bronnen, haal_vht, wat_al_bekend_is
from triage.selectors.versies import versies_van
from triage.selectors.vindplaatsen import doelen, gekozen
from triage.services import bewaar_invulling, haal_weg
from triage.services.plukken import pluk
from triage.services.versies import lopende_dienst
from triage.voorwaarden import plek
from vt_cvs.kern.overgangen import belemmeringen_voor, voer_uit
from vt_cvs.kern.toegang import noteer_ingezien
from vt_cvs.web.tonen import Verzoek, heeft_bezwaar, naar, toon, toon_belemmeringen


def vht(request: Verzoek, nummer: str, meldingsnummer: str) -> HttpResponse:
    """Fill in, pick, save, and set the final conclusion; whatever is refused, what was filled in has been saved."""
    casus = haal_casus(request, nummer)
    taxatie = haal_vht(casus, meldingsnummer)
    bekend = wat_al_bekend_is(taxatie, request.user)
    mag = rechten.mag_invullen(request.user, taxatie) and casus.is_open
    data = request.POST if mag and request.method == "POST" else None
    form = VHTForm(data, vht=taxatie, alleen_lezen=not mag, scores=bekend.scores)
    if form.is_valid():
        with toon_belemmeringen(form):
            if (antwoord := _bewaar(request, taxatie, form, bekend)) is not None:
                return antwoord
        taxatie = haal_vht(casus, meldingsnummer)
        form = form.na_bewaren(taxatie)
        bekend = wat_al_bekend_is(taxatie, request.user)
    return _bladzijde(request, taxatie, form, bekend, mag=mag)


def _bladzijde(request: Verzoek, taxatie: VHT, form: VHTForm, bekend: Bekend, *, mag: bool) -> HttpResponse:
    casus = taxatie.casus
    _log_eerdere(request, bekend, taxatie.melding.nummer)
    context = casus_context(request, casus, tab="veiligheid", bekend=bekend, **_stand(taxatie, form), mag=mag)
    return toon(
        request,
        "triage/vht.html",
        "",
        context
        | {
            "bronnen": bronnen(taxatie, bekend),
            "voorgesteld": voorgestelde_conclusie(taxatie),
            "doelen": doelen(taxatie) if mag else [],
            "gepakt": request.POST.getlist("pak"),
            "tijdens": _tijdens(request, taxatie) if mag else None,
            "vanuit": _vanuit(request),
        },
    )


def _bewaar(request: Verzoek, taxatie: VHT, form: VHTForm, bekend: Bekend) -> HttpResponse | None:
    """Save the rows and scores, then do what the button asks."""
    tijdens = _tijdens(request, taxatie)
    botsingen = bewaar_invulling(taxatie, form.invulling, door=request.user, tijdens=tijdens)
    for wie, score in form.nieuwe_scores:
        herkomst = form.cleaned_data["score-herkomst"]
        leg_score_vast(wie, score, door=request.user, stap=taxatie.stap, herkomst=herkomst)
    if botsingen:
        form.toon_botsingen(botsingen)
        return None
    return _doe(request, taxatie, form, bekend, tijdens)


def _doe(
    request: Verzoek, taxatie: VHT, form: VHTForm, bekend: Bekend, tijdens: Processtap | None
) -> HttpResponse | None:
    actie, anker = request.POST.get("actie", ""), ""
    if actie == "acuut":
        return naar(request, f"{taxatie.casus.pad()}besluit/{taxatie.melding.nummer}/?acuut=1")
    if actie == "vaststellen":
        taxatie = voer_uit(taxatie, "stel_vast", door=request.user, motivering=request.POST.get("motivering", ""))
        waarheen = taxatie.pad() if taxatie.besluit.is_genomen else taxatie.besluit.pad()
        return naar(request, waarheen, gedaan="Eindconclusie vastgesteld")
    if actie == "overnemen":
        form.weigering = "Er is nog niets overgenomen."
        zinnen = gekozen(bekend.vindplaatsen, request.POST.getlist("pak"))
        plekken = pluk(taxatie, zinnen, bij=request.POST.get("bij", ""), door=request.user, tijdens=tijdens)
        anker = f"#{plek(plekken[0])}" if "-" not in plekken[0] else "#vormen"
        return naar(request, f"{_hier(request, taxatie)}{anker}", gedaan="Overgenomen in de VHT")
    if weg := request.POST.get("weg", ""):
        haal_weg(taxatie, weg, door=request.user)
    anker = "#vormen" if weg or actie == "vorm" else "#scores" if form.nieuwe_scores else ""
    return naar(request, f"{_hier(request, taxatie)}{anker}", gedaan="VHT bewaard")


def _vanuit(request: Verzoek) -> str:
    """The dienst this page was opened from goes along with everything that is sent."""
    vanuit = request.GET.get("vanuit", "")
    return f"?{urlencode({'vanuit': vanuit})}" if vanuit else ""


def _hier(request: Verzoek, taxatie: VHT) -> str:
    return f"{taxatie.pad()}{_vanuit(request)}"


def _tijdens(request: Verzoek, taxatie: VHT) -> Processtap | None:
    return lopende_dienst(taxatie.casus, request.GET.get("vanuit", "")) if taxatie.is_vastgesteld else None


@require_POST
def rij(request: Verzoek, nummer: str, meldingsnummer: str, welke: str) -> HttpResponse:
    """One answer, form of violence or fact that saves itself; the answer is the conclusion anew."""
    casus = haal_casus(request, nummer, recht=rechten.mag_invullen)
    taxatie = haal_vht(casus, meldingsnummer, herkomst_van="")
    form = VHTForm(request.POST, vht=taxatie, alleen=welke)
    if not form.fields:
        raise Http404
    if form.is_valid():
        with toon_belemmeringen(form):
            tijdens = _tijdens(request, taxatie)
            form.toon_botsingen(bewaar_invulling(taxatie, form.invulling, door=request.user, tijdens=tijdens))
    vers = haal_vht(casus, meldingsnummer, herkomst_van=welke)
    nu = VHTForm(vht=vers, alleen=welke)
    nu.botsingen = form.botsingen
    bezwaar = heeft_bezwaar(form) or bool(form.botsingen)
    if not request.htmx and not bezwaar:
        return naar(request, vers, gedaan="VHT bewaard")
    context = {"casus": casus, "fouten_in": form, "mag": True, **_stand(vers, nu)}
    return render(request, "triage/vht.html#stand", context, status=422 if bezwaar and not request.htmx else 200)


def _stand(taxatie: VHT, form: VHTForm) -> dict[str, Any]:
    """The conclusion so far and what is missing, the same for the page and for one answer."""
    return {
        "vht": taxatie,
        "form": form,
        "conclusie": taxatie.conclusie,
        "mist": belemmeringen_voor(taxatie, "stel_vast"),
        "besluit": taxatie.besluit,
        "versies": versies_van(taxatie),
        "stand": None,
    }


def _log_eerdere(request: Verzoek, bekend: Bekend, meldingsnummer: str) -> None:
    """Looking into another case of the same people is looking (RW-3.8)."""
    gezien = [eerder.casus.pk for eerder in bekend.eerder if eerder.zichtbaar]
    noteer_ingezien(request.user, soort=Casus._meta.label_lower, casus_ids=gezien, grond=f"VHT bij {meldingsnummer}")
