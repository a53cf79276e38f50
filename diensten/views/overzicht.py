"""The tab Diensten: what waits, what runs, what ended, and the next step of each."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from casus.web import casus_context, haal_casus
from diensten import rechten
from diensten.forms import MaatwerkForm, OpenKeuzeForm
from diensten.selectors import diensten_in, eerste_contact, eigen_dienst, keuze_te_openen, open_keuzen, volgende_stappen
from diensten.services.overdrachten import begin_overdracht
from diensten.services.starten import start_maatwerk
from melding.models import Melding
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def overzicht(request: Verzoek, nummer: str) -> HttpResponse:
    """Every service with its clock, who does it, and what to do next."""
    casus = haal_casus(request, nummer)
    vandaag = timezone.localdate()
    diensten, volgende = diensten_in(casus), volgende_stappen(casus)
    lopend = [(d, termijn.klok(vandaag) if (termijn := d.termijn) else None) for d in diensten if not d.is_geeindigd]
    context = casus_context(
        request,
        casus,
        tab="diensten",
        keuzen=[(keuze, eerste_contact(keuze)) for keuze in open_keuzen(casus)],
        te_openen=keuze_te_openen(casus),
        lopend=[(dienst, klok, volgende.get(dienst.stap_id, "")) for dienst, klok in lopend],
        geeindigd=[dienst for dienst in reversed(diensten) if dienst.is_geeindigd],
        mag=rechten.mag_behandelen(request.user, casus),
        eigen=eigen_dienst(casus),
    )
    return toon(request, "diensten/overzicht.html", "lijst", context)


def nieuw_maatwerk(request: Verzoek, nummer: str) -> HttpResponse:
    """Local work may be used in every open case, in every step (RW-9.5)."""
    casus = haal_casus(request, nummer, recht=rechten.mag_behandelen)
    form = MaatwerkForm(request.POST or None)
    if form.is_valid():
        meldingen = Melding.objects.filter(stap__casus=casus).exclude(stand=Melding.Stand.AFGEHANDELD)
        with toon_belemmeringen(form):
            dienst = start_maatwerk(casus, list(meldingen), door=request.user, **form.cleaned_data)
            return naar(request, dienst, gedaan="Lokaal maatwerk gestart")
    context = casus_context(request, casus, tab="diensten", form=form, titel="Lokaal maatwerk inzetten", knop="Starten")
    return toon(request, "diensten/formulier.html", "formulier", context)


@transaction.atomic
def nieuwe_overdracht(request: Verzoek, nummer: str) -> HttpResponse:
    """An Overdracht beside V&V or onderzoek (RW-9.4): one press, and it stands in preparation."""
    casus = haal_casus(request, nummer, recht=rechten.mag_behandelen)
    form = OpenKeuzeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with toon_belemmeringen(form):
            return naar(request, begin_overdracht(casus, door=request.user), gedaan="Overdracht in voorbereiding")
    context = casus_context(
        request, casus, tab="diensten", form=form, titel="Overdracht starten", knop="Overdracht starten"
    )
    return toon(request, "diensten/formulier.html", "formulier", context)
