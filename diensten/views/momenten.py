"""Monitormomenten: add one, move one, and record what was heard."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from casus.models import Casus
from casus.selectors.mensen import scores
from casus.web import casus_context, haal_casus
from diensten import rechten
from diensten.models import Monitoren, Monitormoment
from diensten.momentforms import MomentHoudenForm, MomentPlannenForm
from diensten.services import monitoring
from diensten.views.diensten import haal_dienst
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def _haal(request: Verzoek, nummer: str, stap_pk: int) -> tuple[Casus, Monitoren]:
    casus = haal_casus(request, nummer, recht=rechten.mag_behandelen)
    monitoren = haal_dienst(casus, stap_pk)
    if not isinstance(monitoren, Monitoren):
        raise Http404("Deze dienst kent geen monitormomenten.")
    return casus, monitoren


def _toon(
    request: Verzoek, casus: Casus, monitoren: Monitoren, form: Any, titel: str, knop: str, **meer: Any
) -> HttpResponse:
    context = casus_context(
        request,
        casus,
        tab="diensten",
        form=form,
        titel=titel,
        knop=knop,
        dienst=monitoren,
        scores=scores(casus),
        **meer,
    )
    return toon(request, "diensten/formulier.html", "formulier", context)


def nieuw(request: Verzoek, nummer: str, stap_pk: int) -> HttpResponse:
    """An extra moment (RW-11.5)."""
    casus, monitoren = _haal(request, nummer, stap_pk)
    form = MomentPlannenForm(request.POST or None)
    if form.is_valid():
        velden = {naam: form.cleaned_data[naam] for naam in MomentPlannenForm.Meta.fields}
        with toon_belemmeringen(form):
            monitoring.voeg_moment_toe(monitoren, velden.pop("gepland_op"), door=request.user, **velden)
            return naar(request, monitoren, gedaan="Monitormoment toegevoegd")
    return _toon(request, casus, monitoren, form, "Monitormoment toevoegen", "Moment toevoegen")


def verzet(request: Verzoek, nummer: str, stap_pk: int, pk: int) -> HttpResponse:
    """Another day, or another plan (RW-11.5)."""
    casus, monitoren = _haal(request, nummer, stap_pk)
    moment = get_object_or_404(Monitormoment, pk=pk, stap=monitoren.stap)
    form = MomentPlannenForm(request.POST or None, instance=moment, initial={"versie": moment.versie})
    if form.is_valid():
        velden = {naam: form.cleaned_data[naam] for naam in (*MomentPlannenForm.Meta.fields, "versie")}
        with toon_belemmeringen(form):
            monitoring.verzet_moment(moment, velden.pop("gepland_op"), door=request.user, **velden)
            return naar(request, monitoren, gedaan="Monitormoment bewaard")
    return _toon(request, casus, monitoren, form, "Monitormoment verzetten", "Moment bewaren", moment=moment)


def houd(request: Verzoek, nummer: str, stap_pk: int, pk: int) -> HttpResponse:
    """What was heard: three answers, with whom, and a score beside it (RAD-7)."""
    casus, monitoren = _haal(request, nummer, stap_pk)
    moment = get_object_or_404(Monitormoment, pk=pk, stap=monitoren.stap)
    begin = {"versie": moment.versie, "gehouden_op": moment.gehouden_op or timezone.now()}
    form = MomentHoudenForm(request.POST or None, instance=moment, initial=begin)
    if form.is_valid():
        velden = {naam: form.cleaned_data[naam] for naam in (*MomentHoudenForm.Meta.fields, "versie")}
        with toon_belemmeringen(form):
            monitoring.houd_moment(moment, door=request.user, **velden)
            return naar(request, monitoren, gedaan="Monitormoment vastgelegd")
    return _toon(
        request, casus, monitoren, form, "Monitormoment", "Monitormoment vastleggen", moment=moment, houden=True
    )
