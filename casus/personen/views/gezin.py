"""Family ties, households, and what a step does with its people."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from casus import rechten
from casus.forms import RedenForm
from casus.models import Benadering, Betrokkene, Casus, Familieband, Processtap
from casus.personen import banden, benaderen, selectors
from casus.personen.forms import BandForm, BandWijzigForm, BenaderForm, GeenAandeelForm, HuishoudenForm
from casus.personen.views.mensen import haal_betrokkene
from casus.web import casus_context, haal_casus
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


def gezinsblad(request: Verzoek, nummer: str) -> HttpResponse:
    """The family diagram with nothing beside it: a large family fits whole, on screen and on paper."""
    casus = haal_casus(request, nummer)
    context = casus_context(request, casus, tab="betrokkenen", heel=True, **selectors.gezinsbeeld(casus))
    return toon(request, "casus/gezinsblad.html", "", context)


def nieuwe_band(request: Verzoek, nummer: str) -> HttpResponse:
    """Who is what of whom."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    form = BandForm(request.POST or None, casus=casus, initial={"een": request.GET.get("wie", "")})
    if form.is_valid():
        gegevens = dict(form.cleaned_data)
        een, soort, ander = (gegevens.pop(naam) for naam in ("een", "soort", "ander"))
        with toon_belemmeringen(form):
            banden.leg_band(een, soort, ander, door=request.user, **gegevens)
            return naar(request, f"{casus.pad()}betrokkenen/", gedaan="Familieband vastgelegd")
    context = casus_context(
        request, casus, tab="betrokkenen", form=form, titel="Familieband vastleggen", knop="Vastleggen"
    )
    return toon(request, "casus/formulier.html", "", context)


def _haal_band(casus: Casus, pk: int) -> Familieband:
    """Only a tie between two people of this case."""
    wie = Betrokkene.objects.filter(casus=casus, persoon__isnull=False).values("persoon")
    rijen = Familieband.objects.filter(persoon__in=wie, ander__in=wie).select_related("persoon", "ander")
    return get_object_or_404(rijen, pk=pk)


def wijzig_band(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """From when until when; an ended tie stays to be seen."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    band = _haal_band(casus, pk)
    begin = {"versie": band.versie, "band_sinds": band.band_sinds, "band_tot": band.band_tot}
    form = BandWijzigForm(request.POST or None, initial=begin)
    if form.is_valid():
        with toon_belemmeringen(form):
            banden.wijzig_band(band, casus, door=request.user, **form.cleaned_data)
            return naar(request, f"{casus.pad()}betrokkenen/", gedaan="Familieband bijgewerkt")
    context = casus_context(request, casus, tab="betrokkenen", form=form, titel=str(band), knop="Bewaren", band=band)
    return toon(request, "casus/band.html", "", context)


def band_weg(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """It never was so; the log keeps that it stood there."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    band = _haal_band(casus, pk)
    form = RedenForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            banden.haal_band_weg(band, casus, door=request.user, **form.cleaned_data)
            return naar(request, f"{casus.pad()}betrokkenen/", gedaan="Familieband weggehaald")
    titel = f"Klopt niet: {band}"
    context = casus_context(request, casus, tab="betrokkenen", form=form, titel=titel, knop="Familieband weghalen")
    return toon(request, "casus/formulier.html", "", context)


def huishouden(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """Where someone lives, since when, and where else."""
    casus, betrokkene = haal_betrokkene(request, nummer, pk)
    form = HuishoudenForm(request.POST or None, betrokkene=betrokkene)
    if form.is_valid():
        with toon_belemmeringen(form):
            banden.verhuis(betrokkene, door=request.user, **form.cleaned_data)
            return naar(request, f"{casus.pad()}betrokkenen/", gedaan="Huishouden gewijzigd")
    titel = f"Waar woont {betrokkene}?"
    context = casus_context(request, casus, tab="betrokkenen", form=form, titel=titel, knop="Bewaren")
    return toon(request, "casus/formulier.html", "", context)


def stap_mensen(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """Whom this step approaches and informs; a betrokken derde who matters may be chosen too (RW-7.3)."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    stap = get_object_or_404(Processtap, pk=pk, casus=casus)
    form = BenaderForm(request.POST or None, casus=casus)
    if form.is_valid():
        gegevens = dict(form.cleaned_data)
        with toon_belemmeringen(form):
            benaderen.kies_wie(stap, gegevens.pop("betrokkenen"), door=request.user, **gegevens)
            return naar(request, f"{casus.pad()}stappen/{stap.pk}/mensen/", gedaan="Vastgelegd")
    context = casus_context(request, casus, form=form, stap=stap, **selectors.mensen_van_stap(stap))
    return toon(request, "casus/stap_mensen.html", "", context)


def benadering_gedaan(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    rij = get_object_or_404(Benadering, pk=pk, stap__casus=casus)
    if request.method == "POST":
        benaderen.is_gedaan(rij, door=request.user)
    return naar(request, rij, gedaan="Gedaan" if request.method == "POST" else "")


def benadering_niet(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """On second thoughts not needed, with the reason."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    rij = get_object_or_404(Benadering.objects.select_related("betrokkene__persoon"), pk=pk, stap__casus=casus)
    form = RedenForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            benaderen.is_niet_nodig(rij, door=request.user, **form.cleaned_data)
            return naar(request, rij, gedaan="Bewaard")
    titel = f"Niet nodig: {rij}"
    context = casus_context(request, casus, form=form, titel=titel, knop="Bewaren")
    return toon(request, "casus/formulier.html", "", context)


def geen_aandeel(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """Someone proves to have no part in it; the role stays (RW-7.6)."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    stap = get_object_or_404(Processtap, pk=pk, casus=casus)
    form = GeenAandeelForm(request.POST or None, casus=casus)
    if form.is_valid():
        with toon_belemmeringen(form):
            benaderen.heeft_geen_aandeel(stap, door=request.user, **form.cleaned_data)
            return naar(request, f"{casus.pad()}stappen/{stap.pk}/mensen/", gedaan="Uitkomst vastgelegd")
    uitkomst = selectors.mensen_van_stap(stap)["uitkomst"]
    titel = f"Geen aandeel gebleken: {uitkomst.label}" if uitkomst else "Geen aandeel gebleken"
    context = casus_context(request, casus, form=form, titel=titel, knop="Vastleggen")
    return toon(request, "casus/formulier.html", "", context)
