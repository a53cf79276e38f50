"""Signals: taking one down, deciding what it becomes, and closing one that is nothing for us."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from melding import rechten
from melding.ingang.opnemen import neem_op
from melding.signalen.forms import SignaalForm, SluitenForm
from melding.signalen.models import Signaal
from melding.signalen.services import ontvang_signaal
from melding.signalen.web import haal_signaal
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.web.tonen import naar, toon, toon_belemmeringen


def nieuw(request: HttpRequest) -> HttpResponse:
    """What shall it be: a signal, a report or advice?"""
    rechten.mag_opnemen.eis(request.user, None)
    return render(request, "melding/nieuw.html")


def nieuw_signaal(request: HttpRequest) -> HttpResponse:
    rechten.mag_opnemen.eis(request.user, None)
    form = SignaalForm(request.POST or None)
    if form.is_valid():
        signaal, _ = ontvang_signaal(form.aangeleverd, door=request.user)  # type: ignore[arg-type]
        return naar(request, signaal, gedaan=f"Signaal {signaal.nummer} vastgelegd")
    return toon(request, "melding/signaal_nieuw.html", "", {"form": form})


def signaal(request: HttpRequest, nummer: str) -> HttpResponse:
    """A signal that waits is the page Nieuwe melding, filled in; another says what became of it."""
    gevonden = haal_signaal(request, nummer)
    if gevonden.is_nieuw:
        return neem_op(request, gevonden, bij=gevonden.volgt_op)
    return render(request, "melding/signaal.html", {"signaal": gevonden, "vervolg": _vervolg(gevonden)})


def _vervolg(signaal: Signaal) -> str:
    """Where what it became is on screen."""
    if signaal.stand == Signaal.Stand.MELDING:
        return signaal.melding.pad()
    return signaal.advies.pad() if signaal.stand == Signaal.Stand.ADVIES else ""


def sluiten(request: HttpRequest, nummer: str) -> HttpResponse:
    """One proposes with a reason, another confirms; what an employee wrote down themselves they close at once."""
    gevonden = haal_signaal(request, nummer)
    form = SluitenForm(request.POST or None, initial={"reden": gevonden.reden_sluiten, "versie": gevonden.versie})
    if form.is_valid():
        with toon_belemmeringen(form):
            return naar(request, "/werk/", gedaan=_sluit(request, gevonden, form))
    context = {"form": form, "signaal": gevonden, "zelf": gevonden.sluiten_voorgesteld_door_id == request.user.pk}
    return toon(request, "melding/sluiten.html", "", context)


@transaction.atomic
def _sluit(request: HttpRequest, signaal: Signaal, form: SluitenForm) -> str:
    stap, versie = request.POST.get("stap", "voorstellen"), form.cleaned_data["versie"]
    if stap == "intrekken":
        voer_uit(signaal, "trek_voorstel_in", door=request.user, versie=versie)
        return "Voorstel ingetrokken"
    if stap == "bevestigen":
        voer_uit(signaal, "sluit", door=request.user, versie=versie)
        return f"Signaal {signaal.nummer} afgesloten"
    reden = form.cleaned_data["reden"]
    signaal = voer_uit(signaal, "stel_sluiten_voor", door=request.user, versie=versie, reden=reden)
    if signaal.is_digitaal:
        return "Sluiten voorgesteld; een collega bevestigt het"
    voer_uit(signaal, "sluit", door=request.user)
    return f"Signaal {signaal.nummer} afgesloten"
