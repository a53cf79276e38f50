"""The acts that are always within reach: contact, hoor/wederhoor, score, agreement, condition, warning."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from casus import rechten
from casus.dossier import NieuwSignaal, nieuw_signaal
from casus.forms import (
    AanscherpForm,
    AfspraakForm,
    AlarmeringForm,
    BeeindigForm,
    ContactForm,
    ScoreForm,
    VoorwaardeForm,
)
from casus.models import Alarmering, Casus, Contact, Veiligheidsvoorwaarde
from casus.services import vastleggen
from casus.services.bijlagen import bewaar_bijlage
from casus.web import casus_context, haal_casus
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen

TITELS = {
    "contact": "Contact vastleggen",
    "hoor": "Hoor/wederhoor vastleggen",
    "score": "Veiligheidsscore vastleggen",
    "afspraak": "Veiligheidsafspraak vastleggen",
    "voorwaarde": "Veiligheidsvoorwaarde vaststellen",
    "alarmering": "Alarmering vastleggen",
}


def _vastleggen(request: Verzoek, casus: Casus, wat: str, form: Any, **meer: Any) -> HttpResponse:
    context = casus_context(
        request, casus, form=form, wat=wat, titel=TITELS[wat], knop=meer.pop("knop", TITELS[wat]), **meer
    )
    return toon(request, "casus/vastleggen.html", "formulier", context)


def contact(request: Verzoek, nummer: str, wat: str = "contact") -> HttpResponse:
    """A conversation; on a closed case it asks whether this is a new signal (RW-13.AF)."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    begin = {"hoor_wederhoor": wat == "hoor"}
    form = ContactForm(request.POST or None, request.FILES or None, initial=begin, casus=casus)
    if form.is_valid():
        gegevens = dict(form.cleaned_data)
        if gegevens.pop("nieuw_signaal", "") == "ja":
            return naar(request, _als_signaal(request, casus, gegevens), gedaan="Signaal vastgelegd")
        with toon_belemmeringen(form):
            _bewaar_contact(request, casus, gegevens | {"motivering": form.motivering})
            return naar(request, casus, gedaan="Contact vastgelegd")
    return _vastleggen(request, casus, wat, form, met_bestand=True)


def _als_signaal(request: Verzoek, casus: Casus, gegevens: dict[str, Any]) -> str:
    """Kept at once, with its file; nothing that was typed waits in a browser."""
    met = ", ".join(filter(None, [*(str(b) for b in gegevens["betrokkenen"]), gegevens["met"]]))
    delen = (
        f"Gesproken met: {met}" if met else "",
        gegevens["onderwerp"],
        gegevens["verslag"],
        gegevens["alert_reden"],
    )
    bestand = gegevens.get("bijlage")
    signaal = NieuwSignaal(
        casus=casus,
        door=request.user,
        tekst="\n\n".join(filter(None, delen)),
        op=gegevens["op"],
        bijlage=(bestand.name, bestand.read()) if bestand else None,
    )
    return next(nieuw_signaal(signaal))


@transaction.atomic
def _bewaar_contact(request: Verzoek, casus: Casus, gegevens: dict[str, Any]) -> Contact:
    bestand = gegevens.pop("bijlage", None)
    gegevens["op"] = gegevens["op"] or timezone.now()
    betrokkenen = list(gegevens.pop("betrokkenen"))
    rij = vastleggen.leg_contact_vast(casus, door=request.user, betrokkenen=betrokkenen, **gegevens)
    if bestand:
        bewaar_bijlage(inhoud=bestand.read(), naam=bestand.name, door=request.user, casus=casus, contact=rij)
    return rij


def score(request: Verzoek, nummer: str) -> HttpResponse:
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    form = ScoreForm(request.POST or None, casus=casus)
    if form.is_valid():
        velden = {"herkomst": form.cleaned_data["herkomst"]}
        if form.cleaned_data["op"]:
            velden["op"] = form.cleaned_data["op"]
        with toon_belemmeringen(form), transaction.atomic():
            for betrokkene, cijfer in form.scores:
                vastleggen.leg_score_vast(betrokkene, cijfer, door=request.user, **velden)
            return naar(request, casus, gedaan="Score vastgelegd")
    return _vastleggen(request, casus, "score", form)


def afspraak(request: Verzoek, nummer: str) -> HttpResponse:
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    form = AfspraakForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            vastleggen.leg_afspraak_vast(casus, door=request.user, motivering=form.motivering, **form.cleaned_data)
            return naar(request, casus, gedaan="Veiligheidsafspraak vastgelegd")
    return _vastleggen(request, casus, "afspraak", form)


def voorwaarde(request: Verzoek, nummer: str) -> HttpResponse:
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    form = VoorwaardeForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            vastleggen.stel_voorwaarde(casus, door=request.user, motivering=form.motivering, **form.cleaned_data)
            return naar(request, f"{casus.pad()}veiligheid/", gedaan="Veiligheidsvoorwaarde vastgesteld")
    return _vastleggen(request, casus, "voorwaarde", form)


def scherp_aan(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """The old text stays readable, the new one takes its place (RW-11.2)."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    oud = get_object_or_404(Veiligheidsvoorwaarde, pk=pk, casus=casus, beeindigd_op=None)
    form = AanscherpForm(request.POST or None, initial={"tekst": oud.tekst, "geldt_tot": oud.geldt_tot})
    if form.is_valid():
        with toon_belemmeringen(form):
            vastleggen.scherp_aan(oud, door=request.user, motivering=form.motivering, **form.cleaned_data)
            return naar(request, f"{casus.pad()}veiligheid/", gedaan="Voorwaarde aangescherpt")
    return _vastleggen(request, casus, "voorwaarde", form, knop="Aanscherpen")


def beeindig_voorwaarde(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    rij = get_object_or_404(Veiligheidsvoorwaarde, pk=pk, casus=casus, beeindigd_op=None)
    form = BeeindigForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            vastleggen.beeindig_voorwaarde(rij, door=request.user, motivering=form.cleaned_data["reden"])
            return naar(request, f"{casus.pad()}veiligheid/", gedaan="Voorwaarde is niet meer actueel")
    return _vastleggen(request, casus, "voorwaarde", form, knop="Niet meer actueel", toelichting=rij.tekst)


def alarmering(request: Verzoek, nummer: str) -> HttpResponse:
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    form = AlarmeringForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            vastleggen.sla_alarm(casus, door=request.user, **form.cleaned_data)
            return naar(request, casus, gedaan="Alarmering vastgelegd")
    return _vastleggen(request, casus, "alarmering", form)


def beeindig_alarm(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    rij = get_object_or_404(Alarmering, pk=pk, casus=casus, beeindigd_op=None)
    form = BeeindigForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            vastleggen.beeindig_alarm(rij, door=request.user, motivering=form.cleaned_data["reden"])
            return naar(request, f"{casus.pad()}veiligheid/", gedaan="Alarmering beëindigd")
    return _vastleggen(request, casus, "alarmering", form, knop="Beëindigen", toelichting=rij.waarschuwing)
