"""One page of what was asked and given in a case, and the forms to ask, answer and give (PRO-4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from casus import rechten
from casus.informatie.forms import AntwoordForm, VerstrekkingForm, VraagForm, ZonderForm
from casus.informatie.services import leg_antwoord_vast, leg_verstrekking_vast, vraag_informatie
from casus.models import Casus, Informatieverzoek, Verstrekking
from casus.web import casus_context, haal_casus
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.termijnen import toon_klok
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def informatie(request: Verzoek, nummer: str) -> HttpResponse:
    """Everything asked and given, what still waits first."""
    casus = haal_casus(request, nummer)
    vandaag = timezone.localdate()
    rijen = list(Informatieverzoek.objects.filter(casus=casus).select_related("door", "antwoordbijlage"))
    rijen.sort(key=lambda v: (not v.is_open, v.antwoord_uiterlijk if v.is_open else vandaag))
    context = casus_context(
        request,
        casus,
        tab="informatie",
        verzoeken=[(v, toon_klok("antwoord", v.antwoord_uiterlijk, vandaag) if v.is_open else None) for v in rijen],
        verstrekkingen=list(Verstrekking.objects.filter(casus=casus).select_related("door")),
        mag=rechten.mag_vastleggen(request.user, casus),
    )
    return toon(request, "casus/informatie.html", "", context)


def vraag(request: Verzoek, nummer: str) -> HttpResponse:
    """Ask someone for information."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    form = VraagForm(request.POST or None, casus=casus)
    if form.is_valid():
        with toon_belemmeringen(form):
            vraag_informatie(casus, door=request.user, **form.cleaned_data)
            return naar(request, f"{casus.pad()}informatie/", gedaan="Informatie gevraagd")
    return _formulier(request, casus, form, "Informatie vragen", "Vraag vastleggen en versturen")


def geef(request: Verzoek, nummer: str) -> HttpResponse:
    """Write down what was given."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    form = VerstrekkingForm(request.POST or None, casus=casus)
    if form.is_valid():
        with toon_belemmeringen(form):
            leg_verstrekking_vast(casus, door=request.user, **form.cleaned_data)
            return naar(request, f"{casus.pad()}informatie/", gedaan="Verstrekking vastgelegd")
    return _formulier(request, casus, form, "Verstrekking vastleggen", "Verstrekking vastleggen")


def _formulier(request: Verzoek, casus: Casus, form: Any, titel: str, knop: str, **meer: Any) -> HttpResponse:
    context = casus_context(
        request, casus, tab="informatie", form=form, titel=titel, knop=knop, terug=f"{casus.pad()}informatie/", **meer
    )
    return toon(request, "casus/uitwisseling.html", "", context)


def verzoek(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """One question with its letter; the answer is written down here."""
    casus = haal_casus(request, nummer)
    rij = _haal(casus, pk)
    mag = rechten.mag_vastleggen(request.user, rij) and rij.stand != Informatieverzoek.Stand.BEANTWOORD
    form = AntwoordForm(request.POST or None, request.FILES or None, initial={"versie": rij.versie}) if mag else None
    if form is not None and form.is_valid():
        velden = {"antwoord": form.cleaned_data["antwoord"], "versie": form.cleaned_data["versie"]}
        with toon_belemmeringen(form):
            leg_antwoord_vast(rij, door=request.user, bestand=form.bestand, **velden)
            return naar(request, f"{casus.pad()}informatie/", gedaan="Antwoord vastgelegd")
    return toon(request, "casus/informatieverzoek.html", "", _context(request, casus, rij, form=form))


def zonder(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """No answer comes: someone writes down why."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    rij = _haal(casus, pk)
    form = ZonderForm(request.POST or None, initial={"versie": rij.versie})
    if form.is_valid():
        with toon_belemmeringen(form):
            voer_uit(rij, "sluit_zonder_antwoord", door=request.user, **form.cleaned_data)
            return naar(request, f"{casus.pad()}informatie/", gedaan="Afgesloten zonder antwoord")
    return _formulier(request, casus, form, "Er komt geen antwoord", "Afsluiten zonder antwoord", verzoek=rij)


def _haal(casus: Casus, pk: int) -> Informatieverzoek:
    rijen = Informatieverzoek.objects.select_related("casus", "stap", "door", "bericht__document", "antwoordbijlage")
    return get_object_or_404(rijen, pk=pk, casus=casus)


def _context(request: Verzoek, casus: Casus, rij: Informatieverzoek, **meer: Any) -> dict[str, Any]:
    return casus_context(request, casus, tab="informatie", verzoek=rij, over=list(rij.over_wie.all()), **meer)
