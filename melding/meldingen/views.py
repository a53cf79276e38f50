"""The reports of a case: the tab and one page for each, with its number always in sight (RW-6.18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from casus.forms import RedenForm
from casus.models import Casus
from casus.services.nakijken import bevestig_gegevens, is_na_te_kijken
from casus.web import casus_context, haal_casus
from melding import rechten
from melding.gemeente import voorstel_bij
from melding.meldingen.forms import MeldingForm
from melding.meldingen.models import Melding, Regiooverdracht
from melding.meldingen.selectors import meldingen_van, reacties_op
from melding.meldingen.services import handel_af, wijzig_melder, wijzig_melding
from melding.signalen.selectors import tekst_in_stukken
from vt_cvs.kern.overgangen import belemmeringen_voor
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.gemeenten import andere_regio
from vt_cvs.organisatie.selectors import label
from vt_cvs.web.tonen import naar, toon, toon_belemmeringen


@dataclass(frozen=True, slots=True)
class Rij:
    """One report in the list, its codes as words."""

    melding: Melding

    @property
    def melder(self) -> str:
        melder = self.melding.melder
        return str(melder) if melder.anoniem else label("organisatie_melder", melder.organisatie) or str(melder)

    @property
    def aanleiding(self) -> str:
        return label("aanleiding", self.melding.aanleiding)


@regel("RW-6.18")
def meldingen(request: HttpRequest, nummer: str) -> HttpResponse:
    casus = haal_casus(request, nummer)
    rijen = [Rij(melding) for melding in meldingen_van(casus)]
    context = casus_context(request, casus, tab="meldingen", meldingen=rijen)
    return toon(request, "melding/meldingen.html", "", context)


def haal(casus: Casus, meldingsnummer: str) -> Melding:
    return get_object_or_404(meldingen_van(casus), nummer=meldingsnummer)


def melding(request: HttpRequest, nummer: str, meldingsnummer: str) -> HttpResponse:
    """What was reported, by whom and what is counted; everything may be filled in later."""
    casus = haal_casus(request, nummer)
    gevonden = haal(casus, meldingsnummer)
    form = MeldingForm(request.POST or None, melding=gevonden)
    if form.is_bound and form.toets_gemeente(voorstel_bij(gevonden)):
        with toon_belemmeringen(form):
            _bewaar(request, gevonden, form)
            return naar(request, gevonden, gedaan="Melding bewaard")
    return toon(request, "melding/melding.html", "", _context(request, casus, gevonden, form))


@transaction.atomic
def _bewaar(request: HttpRequest, melding: Melding, form: MeldingForm) -> None:
    """Report and reporter together, or neither."""
    versies = form.cleaned_data
    wijzig_melder(melding.melder, door=request.user, versie=versies["melder_versie"], **form.melder)  # type: ignore[arg-type]
    wijzig_melding(melding, door=request.user, versie=versies["versie"], **form.melding)  # type: ignore[arg-type]


def _context(request: HttpRequest, casus: Casus, melding: Melding, form: MeldingForm) -> dict[str, Any]:
    af = melding.stand == Melding.Stand.BESLOTEN and rechten.mag_afhandelen(request.user, melding)
    return casus_context(
        request,
        casus,
        tab="meldingen",
        melding=melding,
        form=form,
        mag_wijzigen=rechten.mag_vastleggen(request.user, melding),
        stukken=tekst_in_stukken(melding.signaal) if melding.signaal else [],
        na_te_kijken=is_na_te_kijken(melding),
        voorstel=voorstel_bij(melding),
        regio=andere_regio(melding.gemeente),
        overgedragen=Regiooverdracht.objects.filter(melding=melding).first(),
        kan_afhandelen=af,
        reacties=reacties_op(melding),
        in_de_weg=belemmeringen_voor(melding, "handel_af") if af else [],
    )


def afhandelen(request: HttpRequest, nummer: str, meldingsnummer: str) -> HttpResponse:
    """Dealt with: its diensten have ended, the melder has heard, what counts is there."""
    casus = haal_casus(request, nummer)
    gevonden = haal(casus, meldingsnummer)
    form = MeldingForm(melding=gevonden)
    if request.method == "POST":
        with toon_belemmeringen(form):
            handel_af(gevonden, door=request.user, versie=_versie(request))  # type: ignore[arg-type]
            return naar(request, gevonden, gedaan=f"Melding {gevonden.nummer} afgehandeld")
    status = 422 if form.belemmeringen or form.botsing else 200
    return toon(request, "melding/melding.html", "", _context(request, casus, gevonden, form), status=status)


def _versie(request: HttpRequest) -> int | None:
    waarde = request.POST.get("versie", "")
    return int(waarde) if waarde.isascii() and waarde.isdecimal() and len(waarde) < 9 else None


@regel("RW-7.11")
def nagekeken(request: HttpRequest, nummer: str, meldingsnummer: str) -> HttpResponse:
    """What seemed doubtful about the message is as it should be."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    gevonden = haal(casus, meldingsnummer)
    form = RedenForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            bevestig_gegevens(gevonden, door=request.user, reden=form.cleaned_data["reden"])  # type: ignore[arg-type]
            return naar(request, gevonden, gedaan="Gegevens nagekeken")
    titel = f"Gegevens van melding {gevonden.nummer} kloppen zo"
    context = casus_context(request, casus, tab="meldingen", form=form, titel=titel, knop="Nagekeken, het klopt zo")
    return toon(request, "casus/formulier.html", "", context)
