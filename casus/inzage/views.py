"""Screen 11: take in a request, judge part by part, look at the result, hand it over."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from casus.inzage import rechten, services
from casus.inzage.document import context as documentcontext
from casus.inzage.document import lees_document
from casus.inzage.forms import AfwijsForm, BeoordeelForm, LakForm, OordeelForm, RedenForm, StapForm, VerzoekForm
from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.samenstellen import stel_samen
from casus.inzage.scherm import scherm
from casus.inzage.selectors import klok_van, verzoeken
from casus.web import haal_casus
from vt_cvs.kern.nummers import lees_nummer
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang
from vt_cvs.organisatie.models import systeemmedewerker
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen

Stand = Inzageverzoek.Stand
FORMULIEREN: dict[str, type[RedenForm]] = {"heropen": RedenForm, "wijs_af": AfwijsForm}
GEDAAN = {
    "begin_screening": "Screening begonnen",
    "rond_screening_af": "Screening afgerond; het inzagedossier wordt gemaakt",
    "heropen": "Screening heropend",
    "verstrek": "Inzagedossier verstrekt",
    "wijs_af": "Verzoek afgewezen",
}


def haal_verzoek(request: Verzoek, pk: int) -> Inzageverzoek:
    """The request when this employee may see it, else 404; the look is logged."""
    rijen = Inzageverzoek.objects.select_related(
        "casus__verantwoordelijke", "verzoeker__persoon", "namens__persoon", "gescreend_door", "verstrekt_door"
    )
    verzoek = rijen.filter(pk=pk).first()
    if verzoek is None or not rechten.mag_inzien(request.user, verzoek):
        raise Http404("Dit inzageverzoek is er niet.")
    noteer_toegang(
        request.user,
        Gebeurtenis.INZIEN,
        stuk=verzoek,
        casus_id=verzoek.casus_id,
        persoon_id=verzoek.verzoeker.verder_als.persoon_id,
        grond="inzageverzoek",
    )
    return verzoek


@require_GET
def lijst(request: Verzoek) -> HttpResponse:
    """What runs and what was handed over; the casusnummer leads to a new request."""
    if not rechten.mag_lijst(request.user, None):
        raise PermissionDenied(rechten.mag_lijst.weigering)
    gezocht = request.GET.get("nummer", "")
    if nummer := lees_nummer(gezocht):
        return redirect("inzage:nieuw", nummer=nummer)
    vandaag = timezone.localdate()
    lopend = [(verzoek, klok_van(verzoek, vandaag)) for verzoek in verzoeken(request.user)[:200]]
    klaar = list(verzoeken(request.user, afgerond=True)[:20])
    return toon(request, "inzage/lijst.html", "", {"lopend": lopend, "klaar": klaar, "gezocht": gezocht})


def nieuw(request: Verzoek, nummer: str) -> HttpResponse:
    """Take in a request; from now on its month runs."""
    casus = haal_casus(request, nummer, recht=rechten.mag_opvoeren, grond="inzageverzoek")
    form = VerzoekForm(request.POST or None, casus=casus, initial={"ontvangen_op": timezone.now()})
    if form.is_valid():
        with toon_belemmeringen(form):
            verzoek = services.open_verzoek(casus, door=request.user, **form.cleaned_data)
            return naar(request, verzoek, gedaan="Inzageverzoek vastgelegd")
    return toon(request, "inzage/nieuw.html", "", {"casus": casus, "form": form})


def screen(request: Verzoek, pk: int, **forms: Any) -> HttpResponse:
    """The parts on the left, the text in the middle, the judgement on the right."""
    verzoek = haal_verzoek(request, pk)
    dossier = stel_samen(verzoek) if verzoek.stand in {Stand.IN_SCREENING, Stand.GESCREEND} else None
    if dossier is not None and request.method == "GET":
        services.werk_bij(verzoek, door=systeemmedewerker("Klok"), dossier=dossier)
        verzoek = Inzageverzoek.objects.select_related("casus", "verzoeker__persoon", "namens__persoon").get(pk=pk)
    return toon(request, "inzage/screen.html", "", scherm(request, verzoek, dossier, forms))


@require_POST
def stap(request: Verzoek, pk: int, naam: str) -> HttpResponse:
    """One step of the machine, with its reason where it asks for one."""
    verzoek = haal_verzoek(request, pk)
    if naam not in GEDAAN:
        raise Http404("Deze stap is er niet.")
    soort = FORMULIEREN.get(naam)
    form = soort(request.POST, prefix=naam) if soort else StapForm(request.POST)
    if form.is_valid():
        with toon_belemmeringen(form):
            voer_uit(verzoek, naam, door=request.user, **form.cleaned_data)
            return naar(request, verzoek, gedaan=GEDAAN[naam])
    veld = {"heropen": "redenform", "wijs_af": "afwijsform"}.get(naam, "stapform")
    return screen(request, pk, **{veld: form}, fout=form)


@require_POST
def oordeel(request: Verzoek, pk: int) -> HttpResponse:
    """What age and interest ask a person to judge."""
    verzoek = haal_verzoek(request, pk)
    form = OordeelForm(request.POST)
    if form.is_valid():
        with toon_belemmeringen(form):
            services.leg_oordeel_vast(verzoek, door=request.user, **form.cleaned_data)
            return naar(request, verzoek, gedaan="Oordeel vastgelegd")
    return screen(request, pk, oordeelform=form, fout=form)


def _onderdeel(request: Verzoek, pk: int, deel: int) -> Onderdeel:
    verzoek = haal_verzoek(request, pk)
    onderdeel = verzoek.onderdelen.select_related("verzoek__casus").filter(pk=deel).first()
    if onderdeel is None:
        raise Http404("Dit onderdeel is er niet.")
    return onderdeel


@require_POST
def beoordeel(request: Verzoek, pk: int, deel: int) -> HttpResponse:
    """Show, redact or leave out; then on to the next part that still asks for it."""
    onderdeel = _onderdeel(request, pk, deel)
    form = BeoordeelForm(request.POST)
    if form.is_valid():
        with toon_belemmeringen(form):
            services.beoordeel(onderdeel, door=request.user, **form.cleaned_data)
            return naar(request, _volgende(onderdeel))
    return screen(request, pk, beoordeelform=form, deel=deel, fout=form)


def _volgende(onderdeel: Onderdeel) -> str:
    """The next part without a judgement, after this one or from the start."""
    over = [o for o in onderdeel.verzoek.onderdelen.all() if not o.beoordeeld]
    verder = next((o for o in over if o.volgorde > onderdeel.volgorde), over[0] if over else None)
    return verder.pad() if verder else onderdeel.verzoek.pad()


@require_POST
def lak(request: Verzoek, pk: int, deel: int) -> HttpResponse:
    """Redact the words that were selected or copied."""
    onderdeel = _onderdeel(request, pk, deel)
    form = LakForm(request.POST)
    gevonden = services.deel_van(onderdeel, stel_samen(onderdeel.verzoek))
    if form.is_valid() and gevonden is not None:
        velden = form.cleaned_data
        with toon_belemmeringen(form):
            services.lak(
                onderdeel,
                gevonden.stuk.tekst,
                fragment=velden["fragment"],
                grond=velden["lakgrond"],
                keer=velden["keer"] or 1,
                versie=velden["versie"],
                door=request.user,
            )
            return naar(request, onderdeel)
    return screen(request, pk, lakform=form, deel=deel, fout=form)


@require_POST
def plek(request: Verzoek, pk: int, deel: int, nummer: int) -> HttpResponse:
    """Decide about a proposal, or take a redaction away."""
    onderdeel = _onderdeel(request, pk, deel)
    form = StapForm(request.POST)
    if form.is_valid():
        lakken = request.POST.get("wat") == "lakken"
        with toon_belemmeringen(form):
            services.beslis_voorstel(onderdeel, nummer, lakken=lakken, door=request.user, **form.cleaned_data)
            return naar(request, onderdeel)
    return screen(request, pk, deel=deel, stapform=form, fout=form)


@require_GET
def voorbeeld(request: Verzoek, pk: int) -> HttpResponse:
    """How it reads so far; what was not judged yet says so."""
    verzoek = haal_verzoek(request, pk)
    return toon(request, "inzage/voorbeeld.html", "", documentcontext(verzoek, stel_samen(verzoek)))


@require_GET
def voortgang(request: Verzoek, pk: int) -> HttpResponse:
    """How far the document is; asked every two seconds while it is being made."""
    return toon(request, "inzage/voortgang.html", "", {"verzoek": haal_verzoek(request, pk)})


@require_GET
def document(request: Verzoek, pk: int) -> HttpResponse:
    """The PDF. Every download is a line in the access log; the file's name says nothing about whom it is for."""
    verzoek = haal_verzoek(request, pk)
    if not verzoek.heeft_document:
        raise Http404("Het inzagedossier is er nog niet.")
    verstrekt = verzoek.stand == Stand.VERSTREKT
    noteer_toegang(
        request.user,
        Gebeurtenis.VERSTREKT if verstrekt else Gebeurtenis.INZIEN,
        soort="inzage.document",
        stuk=verzoek,
        casus_id=verzoek.casus_id,
        persoon_id=verzoek.verzoeker.verder_als.persoon_id,
        grond="inzagedossier opgehaald" if verstrekt else "inzagedossier nagekeken",
    )
    antwoord = HttpResponse(lees_document(verzoek), content_type="application/pdf")
    antwoord["Content-Disposition"] = 'attachment; filename="inzagedossier.pdf"'
    antwoord["Cache-Control"] = "no-store"
    return antwoord
