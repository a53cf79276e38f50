"""The BRP on screen: ask for a purpose, see both side by side, take over what is right."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from casus.models import Betrokkene, Casus
from casus.personen import brp as dienst
from casus.personen import brpbewijs
from casus.personen.brpforms import BRPForm
from casus.personen.views.mensen import haal_betrokkene
from casus.web import casus_context
from vt_cvs.koppelingen.brp import BRPStoring
from vt_cvs.koppelingen.brp_vormen import BRPPersoon
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def brp(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """Ask, and show what comes back. Whatever goes wrong there, the work here goes on."""
    casus, betrokkene = haal_betrokkene(request, nummer, pk)
    form = BRPForm(request.POST or None, betrokkene=betrokkene)
    beeld: dict[str, Any] = {}
    if form.is_valid():
        with toon_belemmeringen(form):
            try:
                beeld = _vraag(request, betrokkene, form)
            except BRPStoring as storing:
                beeld = {"storing": str(storing)}
    return _toon(request, casus, betrokkene, form=form, **beeld)


def _vraag(request: Verzoek, betrokkene: Betrokkene, form: BRPForm) -> dict[str, Any]:
    """By the chosen one, by the number that is known here, or by name or address."""
    keuzes = form.cleaned_data
    bsn = ""
    if request.POST.get("kies"):
        bsn = brpbewijs.lees_bewijs(betrokkene, request.POST["kies"], door=request.user).bsn
    if not bsn and keuzes["op"] != "bsn":
        velden = {naam: keuzes[naam] for naam in ("doel", "op", "postcode", "huisnummer")}
        gevonden = dienst.zoek(betrokkene, door=request.user, **velden)
        return {
            "gevonden": [(p, brpbewijs.als_bewijs(betrokkene, p, door=request.user)) for p in gevonden],
            "gezocht": True,
        }
    gevonden_persoon = dienst.raadpleeg(betrokkene, door=request.user, doel=keuzes["doel"], bsn=bsn)
    if gevonden_persoon is None:
        return {"niemand": True}
    return _naast_elkaar(request, betrokkene, gevonden_persoon)


def _naast_elkaar(request: Verzoek, betrokkene: Betrokkene, gevonden: BRPPersoon) -> dict[str, Any]:
    vers = Betrokkene.objects.select_related("persoon").get(pk=betrokkene.pk)
    assert vers.persoon is not None  # noqa: S101 - the page is about a person
    return {
        "gevonden_persoon": gevonden,
        "vergelijking": dienst.vergelijk(vers.persoon, gevonden),
        "bewijs": brpbewijs.als_bewijs(betrokkene, gevonden, door=request.user),
        "versie": vers.persoon.versie,
    }


def overnemen(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """Take over what was ticked, from what was shown."""
    casus, betrokkene = haal_betrokkene(request, nummer, pk)
    form = BRPForm({"doel": "beoordelen", "op": "bsn"}, betrokkene=betrokkene)
    form.is_valid()
    velden = [naam for naam in request.POST.getlist("velden") if naam in dienst.VELDEN]
    versie = request.POST.get("versie", "")
    beeld: dict[str, Any] = {}
    if request.method == "POST":
        with toon_belemmeringen(form):
            try:
                antwoord = brpbewijs.lees_bewijs(betrokkene, request.POST.get("bewijs", ""), door=request.user)
                nummer_ = int(versie) if versie.isdecimal() and len(versie) < 10 else None
                dienst.neem_over(betrokkene, antwoord, velden, door=request.user, versie=nummer_)
                return naar(request, f"{betrokkene.pad()}{betrokkene.pk}/", gedaan="Uit de BRP overgenomen")
            except BRPStoring as storing:
                beeld = {"storing": str(storing)}
        if form.botsing or form.belemmeringen:
            beeld = _naast_elkaar(request, betrokkene, antwoord)
            beeld["gewijzigd"] = bool(form.botsing)
            form.botsing = None
    return _toon(request, casus, betrokkene, form=form, status=422 if beeld else None, **beeld)


def _toon(
    request: Verzoek, casus: Casus, betrokkene: Betrokkene, *, status: int | None = None, **meer: Any
) -> HttpResponse:
    context = casus_context(request, casus, tab="betrokkenen", betrokkene=betrokkene, **meer)
    return toon(request, "casus/brp.html", "", context, status=status)
