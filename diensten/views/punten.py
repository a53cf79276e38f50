"""Research questions and expertise: add one, work it out, or let it lapse."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from casus.models import Casus
from casus.web import casus_context, haal_casus
from diensten import rechten
from diensten.models import EigenDienst, Onderzoekspunt
from diensten.puntforms import PuntForm
from diensten.services import onderzoekspunten
from diensten.views.diensten import haal_dienst
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def _haal(request: Verzoek, nummer: str, stap_pk: int) -> tuple[Casus, EigenDienst]:
    casus = haal_casus(request, nummer, recht=rechten.mag_behandelen)
    dienst = haal_dienst(casus, stap_pk)
    if not isinstance(dienst, EigenDienst):
        raise Http404("Deze dienst kent geen onderzoeksvragen.")
    return casus, dienst


def _toon(request: Verzoek, casus: Casus, form: PuntForm, **meer: Any) -> HttpResponse:
    context = casus_context(request, casus, tab="diensten", form=form, **meer)
    return toon(request, "diensten/punt.html", "", context)


def nieuw(request: Verzoek, nummer: str, stap_pk: int) -> HttpResponse:
    """One more question, or an expert with a part of the task."""
    casus, dienst = _haal(request, nummer, stap_pk)
    form = PuntForm(request.POST or None)
    if form.is_valid():
        velden = {naam: form.cleaned_data[naam] for naam in PuntForm.Meta.fields}
        with toon_belemmeringen(form):
            punt = onderzoekspunten.voeg_punt_toe(dienst, door=request.user, **velden)
            return naar(request, dienst, gedaan=f"{punt} toegevoegd")
    return _toon(request, casus, form, dienst=dienst, titel="Vraag of expertise toevoegen")


def bijwerken(request: Verzoek, nummer: str, stap_pk: int, pk: int) -> HttpResponse:
    """What was found, other words, or not needed any more."""
    casus, dienst = _haal(request, nummer, stap_pk)
    punt = get_object_or_404(Onderzoekspunt.objects.select_related("stap__casus"), pk=pk, stap=dienst.stap)
    form = PuntForm(request.POST or None, instance=punt, initial={"versie": punt.versie})
    if form.is_valid():
        velden = {naam: waarde for naam, waarde in form.cleaned_data.items() if naam in PuntForm.Meta.fields}
        versie = form.cleaned_data["versie"]
        with toon_belemmeringen(form):
            if request.POST.get("doe") == "vervalt":
                onderzoekspunten.laat_punt_vervallen(punt, door=request.user, versie=versie)
                return naar(request, dienst, gedaan=f"{punt} vervallen")
            onderzoekspunten.werk_punt_bij(punt, door=request.user, versie=versie, **velden)
            return naar(request, dienst, gedaan=f"{punt} bewaard")
    return _toon(request, casus, form, dienst=dienst, punt=punt, titel=str(punt))
