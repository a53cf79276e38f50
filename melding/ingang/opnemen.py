"""Nieuwe melding: the text as received beside the fields, known people beside each row, one form for all of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_POST

from casus import rechten as casusrechten
from casus.models import Casus
from casus.services.tegelijk import houd_vast
from melding import rechten
from melding.formuliervelden import als_begin
from melding.gemeente import Voorstel, stel_gemeente_voor
from melding.ingang.anders import als_advies, als_signaal, blijft_signaal
from melding.meldingen.forms import MeldingForm, Personen, PersoonForm
from melding.meldingen.models import Melding
from melding.meldingen.services.aannemen import neem_melding_aan
from melding.signalen.models import Signaal
from melding.signalen.selectors import tekst_in_stukken
from vt_cvs.kern.nummers import PATROON
from vt_cvs.kern.regels import regel
from vt_cvs.web import klad
from vt_cvs.web.formulieren import fouten_van
from vt_cvs.web.tonen import naar, toon, toon_belemmeringen

VASTLEGGEN = {"aannemen", "acuut", "signaal"}
AL_VASTGELEGD = (
    "Dit formulier is al vastgelegd; je vindt het in Mijn werk. Is dit echt een tweede melding? Druk dan nog een keer."
)
SOORTEN = (("melding", "Melding"), ("advies", "Advies"), ("signaal", "Nog signaal"))


def nieuwe_melding(request: HttpRequest) -> HttpResponse:
    """Told by telephone or in person; started from a case it goes to that case, from a closed one it follows it."""
    rechten.mag_opnemen.eis(request.user, None)
    return neem_op(request, None, bij=_casus(request.GET.get("casus", "")))


def _casus(nummer: str) -> Casus | None:
    """Adding a report needs no sight of the case: also to a shielded one."""
    if not nummer:
        return None
    rijen = Casus.objects.filter(nummer=nummer, soort=Casus.Soort.MELDING)
    casus = rijen.first() if PATROON.fullmatch(nummer) else None
    if casus is None:
        raise Http404("Deze casus is er niet.")
    return casus


@regel("RW-5.10")
def neem_op(request: HttpRequest, signaal: Signaal | None, *, bij: Casus | None = None) -> HttpResponse:
    """Show the form, keep what was typed while looking for people, or take the report up."""
    actie = request.POST.get("actie", "aannemen") if request.method == "POST" else ""
    if actie == "advies":
        return als_advies(request, signaal)
    if actie == "signaal" and signaal is not None:
        return blijft_signaal(request, signaal)
    if actie in VASTLEGGEN:
        with transaction.atomic():
            return _neem_op(request, signaal, bij, actie)
    return _neem_op(request, signaal, bij, actie)


def _neem_op(request: HttpRequest, signaal: Signaal | None, bij: Casus | None, actie: str) -> HttpResponse:
    form, personen = _formulieren(request, signaal, actie)
    if actie in VASTLEGGEN:
        sleutels = klad.sleutels_in(request.POST.getlist("klad"))
        houd_vast([rij.vraag for rij in personen.tellend], ook=map(str, sleutels))
    personen.zoek(request.user, binnen=bij is not None)  # type: ignore[arg-type]
    voorstel = _voorstel(personen, signaal)
    if actie in VASTLEGGEN and _is_goed(form, personen, voorstel, haast=actie != "aannemen"):
        if signaal is None and klad.is_klaar(sleutels, door=request.user):
            form.add_error(None, AL_VASTGELEGD)
        elif antwoord := _leg_vast(request, signaal, bij, form, personen, actie=actie):
            for sleutel in sleutels:
                klad.sluit(sleutel, door=request.user)
            return antwoord
    context = _context(form, personen, signaal, bij, oordeel=actie in VASTLEGGEN) | {"voorstel": voorstel}
    soorten = _soorten(signaal, bij)
    context |= {"soorten": soorten, "kan_advies": SOORTEN[1] in soorten, "sleutel": uuid.uuid4()}
    context |= {"wordt": request.POST.get("wordt", "melding")}
    return toon(request, "melding/opnemen.html", "", context, status=422 if context["bezwaar"] else 200)


def _leg_vast(
    request: HttpRequest,
    signaal: Signaal | None,
    bij: Casus | None,
    form: MeldingForm,
    personen: Personen,
    *,
    actie: str,
) -> HttpResponse | None:
    """The signal or the report; None when something stands in the way, which then stands in the form."""
    if actie == "signaal":
        return als_signaal(request, form, personen)
    with toon_belemmeringen(form):
        melding = neem_melding_aan(signaal, door=request.user, **_gegevens(form, personen, bij))  # type: ignore[arg-type]
        return naar(request, vervolgpad(request, melding, acuut=actie == "acuut"), gedaan=_gedaan(melding))
    return None


def _formulieren(request: HttpRequest, signaal: Signaal | None, actie: str) -> tuple[MeldingForm, Personen]:
    aangemeld = list(signaal.personen.all()) if signaal else []
    if not actie:
        return MeldingForm(signaal=signaal), Personen(aangemeld=aangemeld)
    oordeel = actie in VASTLEGGEN
    personen = Personen(request.POST, aangemeld=aangemeld, oordeel=oordeel, erbij=1 if actie == "rij" else 0)
    if oordeel:
        return MeldingForm(request.POST, signaal=signaal), personen
    return MeldingForm(signaal=signaal, initial=als_begin(request.POST, "", MeldingForm.base_fields)), personen


def _voorstel(personen: Personen, signaal: Signaal | None) -> Voorstel | None:
    op = timezone.localdate(signaal.ontvangen_op) if signaal else timezone.localdate()
    return stel_gemeente_voor((rij.woont for rij in personen.tellend), op=op)


def _is_goed(form: MeldingForm, personen: Personen, voorstel: Voorstel | None, *, haast: bool) -> bool:
    """Everything is looked at at once; in haste only what cannot be read stands in the way."""
    return all([form.is_valid() if haast else form.toets_gemeente(voorstel), personen.is_valid(acuut=haast)])


def _gegevens(form: MeldingForm, personen: Personen, bij: Casus | None) -> dict[str, Any]:
    """What the service takes: the chosen case, or the one this page was opened for."""
    gekozen = next(iter(personen.casussen), None)
    gegevens: dict[str, Any] = {**form.melding, "melder": form.melder, "personen": personen.opgevoerd}
    if form.cleaned_data.get("versie"):
        gegevens["versie"] = form.cleaned_data["versie"]
    if gekozen is None and bij is not None and not bij.is_open:
        return gegevens | {"volgt_op": bij}
    return gegevens | {"casus": gekozen or bij}


def vervolgpad(request: HttpRequest, melding: Melding, *, acuut: bool) -> str:
    """On to the VHT, or at once to the triagebesluit; whoever added it blind goes back to their work."""
    casus = melding.casus
    if not casusrechten.mag_lezen(request.user, casus):
        return "/werk/"
    deel = "besluit" if acuut else "vht"
    for pad in (f"{casus.pad()}{deel}/{melding.nummer}/", f"{casus.pad()}vht/{melding.nummer}/"):
        try:
            resolve(pad)
        except Resolver404:
            continue
        return f"{pad}?acuut=1" if acuut else pad
    return melding.pad()


def _gedaan(melding: Melding) -> str:
    return f"Melding {melding.nummer} vastgelegd"


def _context(
    form: MeldingForm, personen: Personen, signaal: Signaal | None, bij: Casus | None, *, oordeel: bool
) -> dict[str, Any]:
    fouten = [*fouten_van(form), *personen.fouten] if oordeel else []
    return {
        "form": form,
        "personen": personen,
        "fouten": fouten,
        "foutkop": form.foutkop,
        "bezwaar": bool(fouten or form.belemmeringen or form.botsing),
        "signaal": signaal,
        "bij": bij,
        "klok": signaal.termijn.sturend.klok(timezone.localdate()) if signaal else None,
        "stukken": tekst_in_stukken(signaal) if signaal else [],
        "doelen": doelen(personen),
        "later": [rij.naam for rij in personen.tellend if not rij.geboren and rij.naam],
    }


def _soorten(signaal: Signaal | None, bij: Casus | None) -> list[tuple[str, str]]:
    """What this can still become: nothing else within a case, and a digital report never becomes advice."""
    if bij is not None:
        return []
    return [soort for soort in SOORTEN if not (soort[0] == "advies" and signaal and signaal.is_digitaal)]


VAN_RIJ = ("voornamen", "achternaam", "geboortedatum", "straat", "plaats", "telefoon", "relatie")


@regel("RW-12.5")
def doelen(personen: Personen) -> dict[str, Any]:
    """Where selected text can go: the person being filled in (or the first who is still empty), the melder, the day."""
    namen = [{"naam": str(PersoonForm.base_fields[naam].label), "veld": f"id_{{rij}}-{naam}"} for naam in VAN_RIJ]
    rij = personen.lege or next(iter(personen), None)
    return {
        "rij": rij.prefix if rij else "",
        "velden": [
            *namen,
            {"naam": "Melder", "veld": "id_naam"},
            {"naam": str(MeldingForm.base_fields["incident_op"].label), "veld": "id_incident_op"},
        ],
    }


@require_POST
def herkennen(request: HttpRequest) -> HttpResponse:
    """While typing: who the person in this row may be. Only for a melding; an advies never asks (RW-5.10)."""
    rechten.mag_opnemen.eis(request.user, None)
    prefix = f"persoon-{request.POST.get('rij', '0')[:3]}"
    rij = PersoonForm(prefix=prefix, initial=als_begin(request.POST, prefix, PersoonForm.base_fields))
    rij.zoek(request.user, binnen=bool(request.POST.get("binnen")))  # type: ignore[arg-type]
    return render(request, "melding/herkenning.html", {"rij": rij})
