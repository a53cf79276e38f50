"""One page per service: what it is, and the form of the step that is next or that was asked for."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone

from casus.models import Casus, Processtap
from casus.selectors.mensen import scores
from casus.selectors.tijdlijn import actuele_voorwaarden
from casus.web import casus_context, haal_casus
from diensten.forms import STAPFORMULIEREN, StapForm
from diensten.models import Dienst, Monitoren, Overdracht
from diensten.selectors import dienst_van
from diensten.services.overdrachten import brieftekst
from vt_cvs.kern.overgangen import Overgang
from vt_cvs.organisatie.selectors import instellingen
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def haal_dienst(casus: Casus, stap_pk: int) -> Dienst:
    """The service of this step of this case, or 404."""
    stap = Processtap.objects.filter(casus=casus, pk=stap_pk).first()
    gevonden = dienst_van(stap) if stap is not None else None
    if gevonden is None:
        raise Http404("Deze dienst is er niet.")
    return gevonden


def dienst(request: Verzoek, nummer: str, stap_pk: int, stap: str = "") -> HttpResponse:
    """Look, take a step, or keep what was typed for later."""
    casus = haal_casus(request, nummer)
    rij = haal_dienst(casus, stap_pk)
    stappen = _stappen(request, rij)
    gekozen = next((o for o in stappen if o.naam == stap), None) if stap else next(iter(stappen), None)
    if stap and gekozen is None:
        return naar(request, rij)
    form = _formulier(request, rij, gekozen)
    if form is not None and form.is_valid():
        with toon_belemmeringen(form):
            bewaard = _zet(request, form)
            return naar(
                request,
                bewaard,
                gedaan=gekozen.zin.format(o=bewaard) if gekozen and not _bewaren(request) else "Bewaard",
            )
    context = _context(request, casus, rij, form=form, gekozen=gekozen, andere=[o for o in stappen if o is not gekozen])
    return toon(request, f"diensten/{rij.soort}.html", "", context)


def _stappen(request: Verzoek, rij: Dienst) -> list[Overgang]:
    """The steps with a screen that this employee can take now, the next one first."""
    return [o for o in rij.mogelijke_stappen(request.user) if (type(rij), o.naam) in STAPFORMULIEREN]


def _formulier(request: Verzoek, rij: Dienst, gekozen: Overgang | None) -> StapForm | None:
    if gekozen is None:
        return None
    gegevens = request.POST if request.method == "POST" else None
    return STAPFORMULIEREN[type(rij), gekozen.naam](gegevens, dienst=rij, naam=gekozen.naam)


def _bewaren(request: Verzoek) -> bool:
    return request.POST.get("doe") == "bewaren"


def _zet(request: Verzoek, form: StapForm) -> Dienst:
    if form.kan_bewaren and _bewaren(request):
        return form.bewaar(door=request.user)  # type: ignore[attr-defined]
    return form.zet(door=request.user, motivering=request.POST.get("motivering", ""))


def _context(request: Verzoek, casus: Casus, rij: Dienst, **meer: Any) -> dict[str, Any]:
    termijn = rij.termijn
    if isinstance(rij, Monitoren):
        meer["momenten"] = list(rij.momenten)
    if isinstance(rij, Overdracht):
        meer["brief"] = rij.brief.tekst if rij.brief else brieftekst(rij, disclaimer=instellingen().disclaimer)
    return casus_context(
        request,
        casus,
        tab="diensten",
        dienst=rij,
        meldingen=list(rij.meldingen.select_related("stap__casus")),
        dienstklok=termijn.klok(timezone.localdate()) if termijn else None,
        scores=scores(casus),
        voorwaarden=actuele_voorwaarden(casus),
        **meer,
    )
