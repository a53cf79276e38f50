"""The VHT: what is known, the questions, and the conclusion so far. Every answer goes through (RW-3.3)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from casus.models import Casus
from casus.web import casus_context, haal_casus
from triage import rechten
from triage.bijzonder import voorgestelde_conclusie
from triage.forms import VHTForm
from triage.models import VHT, Geweldsvorm
from triage.selectors import Bekend, bronnen, haal_vht, wat_al_bekend_is
from triage.services import bewaar_invulling, verwijder_vorm
from vt_cvs.kern.overgangen import belemmeringen_voor, voer_uit
from vt_cvs.kern.toegang import noteer_ingezien
from vt_cvs.web.tonen import Verzoek, heeft_bezwaar, naar, toon, toon_belemmeringen


def vht(request: Verzoek, nummer: str, meldingsnummer: str) -> HttpResponse:
    """Fill in, save, and set the final conclusion; whatever is refused, what was filled in has been saved."""
    casus = haal_casus(request, nummer)
    taxatie = haal_vht(casus, meldingsnummer)
    mag = rechten.mag_invullen(request.user, taxatie) and casus.is_open
    form = VHTForm(request.POST if mag and request.method == "POST" else None, vht=taxatie, alleen_lezen=not mag)
    if form.is_valid():
        with toon_belemmeringen(form):
            if (antwoord := _bewaar(request, taxatie, form)) is not None:
                return antwoord
        taxatie = form.vht = haal_vht(casus, meldingsnummer)
    bekend = wat_al_bekend_is(taxatie, request.user)
    _log_eerdere(request, bekend, meldingsnummer)
    context = casus_context(request, casus, tab="veiligheid", bekend=bekend, **_stand(taxatie, form), mag=mag)
    return toon(
        request,
        "triage/vht.html",
        "",
        context | {"bronnen": bronnen(taxatie, bekend), "voorgesteld": voorgestelde_conclusie(taxatie)},
    )


def _bewaar(request: Verzoek, taxatie: VHT, form: VHTForm) -> HttpResponse | None:
    """Save the rows, then do what the button asks."""
    if botsingen := bewaar_invulling(taxatie, form.invulling, door=request.user):
        form.toon_botsingen(botsingen)
        return None
    actie = request.POST.get("actie", "")
    if actie == "acuut":
        return naar(request, f"{taxatie.casus.pad()}besluit/{taxatie.melding.nummer}/?acuut=1")
    if actie == "vaststellen":
        motivering = request.POST.get("motivering", "")
        taxatie = voer_uit(taxatie, "stel_vast", door=request.user, motivering=motivering)
        klaar = taxatie.besluit.is_genomen
        waarheen = taxatie.pad() if klaar else f"{taxatie.casus.pad()}besluit/{taxatie.melding.nummer}/"
        return naar(request, waarheen, gedaan="Eindconclusie vastgesteld")
    if len(weg := request.POST.get("weg", "")) < 19 and weg.isdecimal():
        for vorm in Geweldsvorm.objects.filter(pk=int(weg), vht=taxatie).select_related("vht__stap__casus"):
            verwijder_vorm(vorm, door=request.user)
    anker = "#vormen" if weg or actie == "vorm" else ""
    return naar(request, f"{taxatie.pad()}{anker}", gedaan="VHT bewaard")


@require_POST
def rij(request: Verzoek, nummer: str, meldingsnummer: str, welke: str) -> HttpResponse:
    """One answer or form of violence that saves itself; the answer is the conclusion anew."""
    casus = haal_casus(request, nummer, recht=rechten.mag_invullen)
    taxatie = haal_vht(casus, meldingsnummer)
    form = VHTForm(request.POST, vht=taxatie, alleen=welke)
    if not form.fields:
        raise Http404
    if form.is_valid():
        with toon_belemmeringen(form):
            form.toon_botsingen(bewaar_invulling(taxatie, form.invulling, door=request.user))
    vers = haal_vht(casus, meldingsnummer)
    nu = VHTForm(vht=vers, alleen=welke)
    nu.botsingen = form.botsingen
    bezwaar = heeft_bezwaar(form) or bool(form.botsingen)
    if not request.htmx and not bezwaar:
        return naar(request, vers, gedaan="VHT bewaard")
    context = {"casus": casus, "fouten_in": form, "mag": True, **_stand(vers, nu)}
    return render(request, "triage/vht.html#stand", context, status=422 if bezwaar and not request.htmx else 200)


def _stand(taxatie: VHT, form: VHTForm) -> dict[str, Any]:
    """The conclusion so far and what is missing, the same for the page and for one answer."""
    mist = belemmeringen_voor(taxatie, "stel_vast")
    return {"vht": taxatie, "form": form, "conclusie": taxatie.conclusie, "mist": mist, "besluit": taxatie.besluit}


def _log_eerdere(request: Verzoek, bekend: Bekend, meldingsnummer: str) -> None:
    """Looking into another case of the same people is looking (RW-3.8)."""
    gezien = [eerder.casus.pk for eerder in bekend.eerder if eerder.zichtbaar]
    noteer_ingezien(request.user, soort=Casus._meta.label_lower, casus_ids=gezien, grond=f"VHT bij {meldingsnummer}")
