"""The people of a case on screen: adding and changing them, their role, and a secret address after saying why."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from casus import rechten
from casus.forms import BetrokkeneForm, PersoonForm, RedenForm, ToonAdresForm
from casus.models import Betrokkene, Casus
from casus.personen import selectors
from casus.personen.forms import NieuweBetrokkeneForm
from casus.services import betrokkenen as mensen
from casus.services.nakijken import bevestig_gegevens, is_na_te_kijken
from casus.services.tegelijk import houd_vast
from casus.web import casus_context, haal_casus
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def haal_betrokkene(request: Verzoek, nummer: str, pk: int) -> tuple[Casus, Betrokkene]:
    """The case and one of its people; of who was merged within this case, the one they became."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    rijen = Betrokkene._base_manager.select_related("persoon", "opgegaan_in")
    betrokkene = get_object_or_404(rijen, pk=pk, casus=casus).verder_als
    betrokkene.casus = casus
    return casus, betrokkene


def betrokkenen(request: Verzoek, nummer: str) -> HttpResponse:
    casus = haal_casus(request, nummer)
    context = casus_context(request, casus, tab="betrokkenen", **selectors.gezinsbeeld(casus))
    return toon(request, "casus/betrokkenen.html", "", context)


def nieuwe_betrokkene(request: Verzoek, nummer: str) -> HttpResponse:
    """Someone new, or someone known whom the employee chose; an advies recognises nobody (RW-5.10)."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    with transaction.atomic():
        return _nieuwe_betrokkene(request, casus)


def _nieuwe_betrokkene(request: Verzoek, casus: Casus) -> HttpResponse:
    form = NieuweBetrokkeneForm(request.POST or None, casus=casus)
    if form.is_bound and casus.soort == Casus.Soort.MELDING:
        houd_vast([form.vraag])
        form.zoek(request.user)
    if form.is_valid():
        gegevens = {naam: form.cleaned_data[naam] for naam in PersoonForm.Meta.fields}
        rol = {naam: form.cleaned_data[naam] for naam in ("aandeel", "relatie", "huishouden")}
        with toon_belemmeringen(form), transaction.atomic():
            persoon = form.persoon or mensen.maak_persoon(door=request.user, **gegevens)
            mensen.voeg_betrokkene_toe(casus, persoon, door=request.user, rol=form.cleaned_data["stand"], **rol)
            return naar(request, f"{casus.pad()}betrokkenen/", gedaan="Betrokkene toegevoegd")
    context = casus_context(request, casus, tab="betrokkenen", form=form, titel="Betrokkene toevoegen")
    return toon(request, "casus/nieuwe_betrokkene.html", "", context)


@require_POST
def herken_betrokkene(request: Verzoek, nummer: str) -> HttpResponse:
    """While typing: who this may be."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    form = BetrokkeneForm(request.POST)
    if casus.soort == Casus.Soort.MELDING:
        form.zoek(request.user)
    return toon(request, "casus/herkenning.html", "", {"form": form})


def persoon(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """One person in this case: change, look up the BSN, and see a secret address only after saying why."""
    casus, betrokkene = haal_betrokkene(request, nummer, pk)
    wie, adres, tonen = betrokkene.persoon, _adresform(request), "toon_adres" in request.POST
    geheim = wie is not None and wie.adres_geheim
    begin = {"versie": wie.versie if wie else 1}
    form = PersoonForm(
        None if tonen else request.POST or None, instance=copy(wie), initial=begin
    )  # `wie` stays as it is
    if geheim and not adres.is_valid():
        form.verberg_adres()
    if form.is_bound and casus.soort == Casus.Soort.MELDING:
        form.zoek(request.user)
    if form.is_valid():
        with toon_belemmeringen(form):
            mensen.wijzig_persoon(betrokkene, door=request.user, **form.cleaned_data)
            return naar(request, betrokkene, gedaan="Gegevens bewaard")
    if geheim and adres.is_valid():
        _noteer_geheim(request, betrokkene, grond=adres.cleaned_data["reden"])
    status = 422 if tonen and not adres.is_valid() else None
    context = _over_persoon(request, betrokkene, form=form, titel=str(wie), adres=adres if geheim else None)
    context["ook_bekend"] = form.zeker_bekend
    return toon(request, "casus/persoon.html", "", context, status=status)


def _adresform(request: Verzoek) -> ToonAdresForm:
    """Why someone needs a secret address; the reason goes along when what was shown is saved."""
    gezegd = "toon_adres" in request.POST or request.POST.get("adres-reden")
    return ToonAdresForm(request.POST if gezegd else None, prefix="adres")


def _noteer_geheim(request: Verzoek, betrokkene: Betrokkene, *, grond: str) -> None:
    noteer_toegang(
        request.user,
        Gebeurtenis.GEHEIM,
        stuk=betrokkene.persoon,
        casus_id=betrokkene.casus_id,
        persoon_id=betrokkene.persoon_id,
        grond=grond,
    )


def _over_persoon(request: Verzoek, betrokkene: Betrokkene, **meer: Any) -> dict[str, Any]:
    meer = {"knop": "Bewaren", "adres": None, "ook_bekend": False, "na_te_kijken": is_na_te_kijken(betrokkene), **meer}
    meer |= selectors.over_persoon(betrokkene)
    return casus_context(request, betrokkene.casus, tab="betrokkenen", betrokkene=betrokkene, **meer)


def gegevens_nagekeken(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """What seemed doubtful is as it should be."""
    casus, betrokkene = haal_betrokkene(request, nummer, pk)
    form = RedenForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            bevestig_gegevens(betrokkene, door=request.user, **form.cleaned_data)
            return naar(request, betrokkene, gedaan="Gegevens nagekeken")
    titel = f"Gegevens van {betrokkene} kloppen zo"
    context = casus_context(request, casus, tab="betrokkenen", form=form, titel=titel, knop="Nagekeken, het klopt zo")
    return toon(request, "casus/formulier.html", "", context)


def bevestig_bsn(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """The employee has checked whose BSN this is (RW-14.1)."""
    _, betrokkene = haal_betrokkene(request, nummer, pk)
    form = RedenForm({"reden": "nagekeken"})
    if request.method == "POST":
        with toon_belemmeringen(form):
            mensen.bevestig_bsn(betrokkene, door=request.user)
            return naar(request, betrokkene, gedaan="BSN is nagekeken")
    context = _over_persoon(request, betrokkene, form=form, titel="BSN nakijken")
    return toon(request, "casus/persoon.html", "", context)


def wordt_directbetrokkene(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """A betrokken derde turns out to have a part in it (RW-7.4)."""
    casus, betrokkene = haal_betrokkene(request, nummer, pk)
    form = RedenForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            voer_uit(betrokkene, "wordt_directbetrokkene", door=request.user, **form.cleaned_data)
            return naar(request, betrokkene, gedaan="Rol gewijzigd")
    titel = f"{betrokkene} wordt directbetrokkene"
    context = casus_context(request, casus, tab="betrokkenen", form=form, titel=titel, knop="Rol wijzigen")
    return toon(request, "casus/formulier.html", "", context)


def verwijder_betrokkene(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """Someone who never belonged here (RW-7.5)."""
    casus, betrokkene = haal_betrokkene(request, nummer, pk)
    form = RedenForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            mensen.verwijder_betrokkene(betrokkene, door=request.user, **form.cleaned_data)
            return naar(request, f"{casus.pad()}betrokkenen/", gedaan="Uit de casus gehaald")
    titel = f"{betrokkene} hoort niet bij deze casus"
    context = casus_context(request, casus, tab="betrokkenen", form=form, titel=titel, knop="Uit de casus halen")
    return toon(request, "casus/formulier.html", "", context)
