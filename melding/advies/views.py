"""Advice: who asks and what we said. Nobody it is about is written down without consent, and nobody is recognised."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from casus.models import Casus
from casus.web import casus_context, haal_casus
from melding import rechten
from melding.advies import rond
from melding.advies.forms import AdviesForm, AfspraakForm, OndersteuningForm, ToestemmingForm
from melding.advies.models import Advies
from melding.advies.selectors import advies_van, rond_advies
from melding.advies.services import begin_advies, sluit_advies, wijzig_advies
from melding.signalen.models import Signaal
from melding.signalen.web import haal_signaal
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def nieuw_advies(request: Verzoek, nummer: str = "") -> HttpResponse:
    """A request for advice, possibly from a signal that an employee wrote down."""
    rechten.mag_opnemen.eis(request.user, None)
    van: Signaal | None = haal_signaal(request, nummer) if nummer else None
    form = AdviesForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            advies = begin_advies(van, door=request.user, motivering=form.motivering, **form.gegevens)
            return naar(request, advies, gedaan=f"Advies {advies.nummer} vastgelegd")
    context = {"form": form, "titel": "Nieuw advies", "knop": "Advies vastleggen", "advies": True}
    return toon(request, "melding/formulier.html", "", context)


def advies(request: Verzoek, nummer: str) -> HttpResponse:
    """What was asked and said; saving keeps it, closing ends the case, the confirmation says its number."""
    casus, gevonden = _haal(request, nummer)
    form = AdviesForm(request.POST or None, van=gevonden)
    if form.is_valid():
        with toon_belemmeringen(form), transaction.atomic():
            gevonden = wijzig_advies(
                gevonden,
                door=request.user,
                versie=form.cleaned_data["versie"],
                motivering=form.motivering,
                **form.gegevens,
            )
            return naar(request, gevonden, gedaan=_verder(request, gevonden))
    return _toon(request, casus, gevonden, form=form)


def _verder(request: Verzoek, advies: Advies) -> str:
    """Whatever else the button asked for, after saving."""
    stap = request.POST.get("stap")
    if stap == "sluit":
        sluit_advies(advies, door=request.user)
        return "Advies bewaard en afgesloten"
    if stap == "bevestig":
        rond.bevestig_advies(advies, door=request.user)
        return "Bevestiging met het nummer verstuurd"
    return "Advies bewaard"


def _haal(request: Verzoek, nummer: str) -> tuple[Casus, Advies]:
    casus = haal_casus(request, nummer)
    gevonden = advies_van(casus)
    if gevonden is None:
        raise Http404("Deze casus is geen advies.")
    return casus, gevonden


def _toon(request: Verzoek, casus: Casus, advies: Advies, **meer: Any) -> HttpResponse:
    context = casus_context(request, casus, tab="advies", advies=advies, **rond_advies(advies))
    context.setdefault("titel", "")
    return toon(request, "melding/advies.html", "", {**context, **meer})


def toestemming(request: Verzoek, nummer: str) -> HttpResponse:
    """Who is involved himself says that names may be written down."""
    casus, gevonden = _haal(request, nummer)
    form = ToestemmingForm(request.POST or None, initial={"gegeven_door": gevonden.adviesvrager_naam})
    if form.is_valid():
        with toon_belemmeringen(form):
            rond.leg_toestemming_vast(gevonden, door=request.user, **form.cleaned_data)
            return naar(request, gevonden, gedaan="Toestemming vastgelegd")
    return _apart(request, casus, gevonden, form, "Toestemming vastleggen")


def afspraak(request: Verzoek, nummer: str) -> HttpResponse:
    """A talk on another day, perhaps with the client there (WVT-4)."""
    casus, gevonden = _haal(request, nummer)
    form = AfspraakForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            rond.spreek_af(gevonden, door=request.user, **form.cleaned_data)
            return naar(request, gevonden, gedaan="Adviesgesprek afgesproken")
    return _apart(request, casus, gevonden, form, "Gesprek afspreken")


def ondersteuning(request: Verzoek, nummer: str) -> HttpResponse:
    """One more moment of help, with its date."""
    casus, gevonden = _haal(request, nummer)
    form = OndersteuningForm(request.POST or None, initial={"soort": "telefoon"})
    if form.is_valid():
        with toon_belemmeringen(form):
            rond.ondersteun(gevonden, door=request.user, motivering=form.motivering, **form.cleaned_data)
            return naar(request, gevonden, gedaan="Ondersteuning vastgelegd")
    return _apart(request, casus, gevonden, form, "Ondersteuning vastleggen")


def _apart(request: Verzoek, casus: Casus, advies: Advies, form: Any, titel: str) -> HttpResponse:
    context = casus_context(request, casus, tab="advies", advies=advies, form=form, titel=titel)
    return toon(request, "melding/advies_apart.html", "", context)


@require_POST
def gesprek(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """It took place, or it does not go on."""
    _, gevonden = _haal(request, nummer)
    rij = get_object_or_404(gevonden.afspraken, pk=pk)
    geweest = request.POST.get("stap") == "geweest"
    rond.rond_gesprek_af(rij, door=request.user, geweest=geweest)
    return naar(request, gevonden, gedaan="Gesprek vastgelegd" if geweest else "Afspraak vervallen")
