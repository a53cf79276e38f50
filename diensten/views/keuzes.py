"""The choice of what follows, beside what is known; and opening one that does not stand ready."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from casus.models import Casus
from casus.selectors.mensen import scores
from casus.selectors.tijdlijn import actuele_voorwaarden
from casus.web import casus_context, haal_casus
from diensten import rechten, voorwaarden
from diensten.forms import KeuzeForm, OpenKeuzeForm
from diensten.models import Keuze
from diensten.selectors import besluit_van, eerste_contact, eigen_dienst, laatste_vht, meldingen_van
from diensten.services.keuzes import maak_keuze, open_keuze, open_keuze_na
from diensten.views.diensten import haal_dienst
from triage.models import VHT
from vt_cvs.kern.overgangen import belemmeringen_voor
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def keuze(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """Choose; what asks for a motivation stands there before anyone presses (RW-8.18)."""
    casus = haal_casus(request, nummer)
    rij = get_object_or_404(Keuze.objects.select_related("stap__casus", "vht__melding"), pk=pk, stap__casus=casus)
    if rij.stand == Keuze.Stand.GEMAAKT or not rechten.mag_kiezen(request.user, rij):
        return toon(request, "diensten/keuze.html", "keuze", _context(request, casus, rij))
    form = KeuzeForm(request.POST or None, instance=rij)
    if form.is_valid():
        gekozen = {naam: form.cleaned_data[naam] for naam in KeuzeForm.Meta.fields if naam in form.cleaned_data}
        gekozen |= {"versie": form.cleaned_data["versie"], "motivering": request.POST.get("motivering", "")}
        with toon_belemmeringen(form):
            maak_keuze(rij, door=request.user, **gekozen)
            return naar(request, f"{casus.pad()}diensten/", gedaan="Keuze vastgelegd")
    elif not form.belemmeringen:
        form.belemmeringen = belemmeringen_voor(rij, "kies")
    return toon(request, "diensten/keuze.html", "keuze", _context(request, casus, rij, form=form))


def _context(request: Verzoek, casus: Casus, rij: Keuze, **meer: Any) -> dict[str, Any]:
    """What one wants to know while choosing."""
    return casus_context(
        request,
        casus,
        tab="diensten",
        keuze=rij,
        contact=eerste_contact(rij),
        besluit=besluit_van(rij.vht) if rij.vht else None,
        meldingen=meldingen_van(rij),
        eigen=eigen_dienst(casus),
        scores=scores(casus),
        voorwaarden=actuele_voorwaarden(casus),
        **meer,
    )


def open_na_triage(request: Verzoek, nummer: str, meldingsnummer: str) -> HttpResponse:
    """After another triagebesluit than “bij VT”: with a motivation (RW-9.1, scenario 2)."""
    casus = haal_casus(request, nummer, recht=rechten.mag_kiezen)
    vht = get_object_or_404(VHT, melding__nummer=meldingsnummer, melding__stap__casus=casus)
    form = OpenKeuzeForm(request.POST if request.method == "POST" else None)
    form.belemmeringen = list(voorwaarden.keuze_na_besluit_bij_vt(Keuze(stap=vht.stap, vht=vht)))
    if request.method == "POST":
        with toon_belemmeringen(form):
            rij = open_keuze(vht, door=request.user, motivering=request.POST.get("motivering", ""))
            return naar(request, rij, gedaan="Keuze geopend")
    return _vraag_openen(request, casus, form)


def open_na_dienst(request: Verzoek, nummer: str, stap_pk: int) -> HttpResponse:
    """At the end of a service: a new choice, no new triagebesluit (RW-8.21)."""
    casus = haal_casus(request, nummer, recht=rechten.mag_kiezen)
    dienst = haal_dienst(casus, stap_pk)
    if not dienst.is_geeindigd:
        raise Http404("Deze dienst loopt nog.")
    form = OpenKeuzeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with toon_belemmeringen(form):
            rij = open_keuze_na(dienst, door=request.user, motivering=request.POST.get("motivering", ""))
            return naar(request, rij, gedaan="Keuze geopend")
    return _vraag_openen(request, casus, form, vht=laatste_vht(dienst.meldingen.all()))


def _vraag_openen(request: Verzoek, casus: Casus, form: OpenKeuzeForm, **meer: Any) -> HttpResponse:
    context = casus_context(
        request, casus, tab="diensten", form=form, titel="Keuze vervolgstappen openen", knop="Keuze openen", **meer
    )
    return toon(request, "diensten/formulier.html", "formulier", context)
