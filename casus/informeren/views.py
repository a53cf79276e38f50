"""One page: per report everyone it is about, what they were told, and what they said (RW-7.8, RW-7.13)."""

from __future__ import annotations

from collections import defaultdict

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from casus import rechten
from casus.dossier import feiten_per_melding
from casus.informeren.forms import ReactieForm, UitstelForm
from casus.informeren.selectors import iemand_bij, meldingsblokken
from casus.informeren.services import informeer, leg_reactie_vast, stel_informeren_uit
from casus.models import Betrokkene, Casus, Processtap, Reactie, Terugkoppeling
from casus.web import casus_context, haal_casus
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def _feiten(casus: Casus) -> dict[str, dict[int, str]]:
    gevonden: dict[str, dict[int, str]] = defaultdict(dict)
    for stap_id, wat, waarde in feiten_per_melding(casus):
        gevonden[wat][stap_id] = waarde
    return gevonden


def informeren(request: Verzoek, nummer: str) -> HttpResponse:
    """Who has been told and heard, per report."""
    casus = haal_casus(request, nummer)
    feiten = _feiten(casus)
    context = casus_context(
        request,
        casus,
        tab="informeren",
        blokken=meldingsblokken(casus, feiten["nummer"]),
        besloten=set(feiten["uitkomst"]),
    )
    return toon(request, "casus/informeren.html", "", context)


@require_POST
def schrijf(request: Verzoek, nummer: str, stap: int, pk: int) -> HttpResponse:
    """Begin the message to this person; what it says is looked at on its own page before it leaves."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    van, wie = _melding_en_mens(casus, stap, pk)
    moment = request.POST.get("moment", "")
    if moment not in Terugkoppeling.Moment.values:
        raise Http404
    via = request.POST.get("via", "")
    gezag = get_object_or_404(Betrokkene, pk=via, casus=casus) if via.isdecimal() and len(via) < 19 else None
    feiten = _feiten(casus)
    if moment == Terugkoppeling.Moment.TRIAGEBESLUIT and van.pk not in feiten["uitkomst"]:
        raise Http404("Er is nog geen triagebesluit over deze melding.")
    gevraagd = informeer(
        van,
        wie,
        door=request.user,
        moment=moment,
        meldingsnummer=feiten["nummer"].get(van.pk, ""),
        uitkomst=feiten["uitkomst"].get(van.pk, "") if moment == Terugkoppeling.Moment.TRIAGEBESLUIT else "",
        via=gezag,
    )
    return naar(request, gevraagd)


def _melding_en_mens(casus: Casus, stap: int, pk: int) -> tuple[Processtap, Betrokkene]:
    van = get_object_or_404(Processtap, pk=stap, casus=casus, soort=Processtap.Soort.MELDING)
    mensen = Betrokkene.objects.select_related("persoon")
    return van, get_object_or_404(mensen, pk=pk, casus=casus, stand=Betrokkene.Rol.DIRECT)


def reactie(request: Verzoek, nummer: str, stap: int, pk: int) -> HttpResponse:
    """What this person says to this report, or why nothing."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    van, wie = _melding_en_mens(casus, stap, pk)
    eerder = Reactie.objects.filter(stap=van, betrokkene=wie).first()
    velden = ("reactie", "reden_geen_reactie", "versie")
    begin = {naam: getattr(eerder, naam) for naam in velden} if eerder else {}
    form = ReactieForm(request.POST or None, initial=begin)
    meldingsnummer = _feiten(casus)["nummer"].get(van.pk, "")
    if form.is_valid():
        with toon_belemmeringen(form):
            leg_reactie_vast(van, wie, door=request.user, meldingsnummer=meldingsnummer, **form.gegevens)
            return naar(request, f"{casus.pad()}informeren/", gedaan="Reactie vastgelegd")
    context = casus_context(
        request,
        casus,
        tab="informeren",
        form=form,
        wie=wie,
        meldingsnummer=meldingsnummer,
        terug=f"{casus.pad()}informeren/",
    )
    return toon(request, "casus/reactie.html", "", context)


def uitstel(request: Verzoek, nummer: str, stap: int, pk: int) -> HttpResponse:
    """Two weeks more before this person hears of this report, with the reason."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    van, wie = _melding_en_mens(casus, stap, pk)
    form = UitstelForm(request.POST or None)
    if form.is_valid():
        meldingsnummer = _feiten(casus)["nummer"].get(van.pk, "")
        with toon_belemmeringen(form):
            stel_informeren_uit(van, wie, door=request.user, meldingsnummer=meldingsnummer, **form.cleaned_data)
            return naar(request, f"{casus.pad()}informeren/", gedaan="Twee weken uitgesteld")
    context = casus_context(
        request,
        casus,
        tab="informeren",
        form=form,
        iemand=iemand_bij(van, wie),
        terug=f"{casus.pad()}informeren/",
    )
    return toon(request, "casus/informeeruitstel.html", "", context)
