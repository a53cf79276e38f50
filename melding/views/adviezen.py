"""Advice: who asks and what we said. Nobody it is about is written down, and nobody is recognised (RW-6.2)."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from casus.web import casus_context, haal_casus
from melding import rechten
from melding.forms import AdviesForm
from melding.models import Signaal
from melding.selectors import advies_van
from melding.services.adviezen import begin_advies, sluit_advies, wijzig_advies
from melding.views.signalen import haal_signaal
from vt_cvs.web.tonen import naar, toon, toon_belemmeringen


def nieuw_advies(request: HttpRequest, nummer: str = "") -> HttpResponse:
    """A request for advice, possibly from a signal that an employee wrote down."""
    rechten.mag_opnemen.eis(request.user, None)
    van: Signaal | None = haal_signaal(request, nummer) if nummer else None
    form = AdviesForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            advies = begin_advies(van, door=request.user, **form.gegevens)  # type: ignore[arg-type]
            return naar(request, advies, gedaan=f"Advies {advies.nummer} vastgelegd")
    context = {"form": form, "titel": "Nieuw advies", "knop": "Advies vastleggen", "advies": True}
    return toon(request, "melding/formulier.html", "", context)


def advies(request: HttpRequest, nummer: str) -> HttpResponse:
    """What was asked and said; saving keeps it, closing ends the case."""
    casus = haal_casus(request, nummer)
    gevonden = advies_van(casus)
    if gevonden is None:
        raise Http404("Deze casus is geen advies.")
    form = AdviesForm(request.POST or None, van=gevonden)
    if form.is_valid():
        with toon_belemmeringen(form), transaction.atomic():
            versie = form.cleaned_data["versie"]
            gevonden = wijzig_advies(gevonden, door=request.user, versie=versie, **form.gegevens)  # type: ignore[arg-type]
            if request.POST.get("stap") == "sluit":
                sluit_advies(gevonden, door=request.user)  # type: ignore[arg-type]
            return naar(request, gevonden, gedaan="Advies bewaard")
    context = casus_context(request, casus, tab="advies", form=form, advies=gevonden)
    return toon(request, "melding/advies.html", "", context)
