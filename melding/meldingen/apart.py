"""Pages beside the report: NTI, how to reach an anonymous melder, and handing over to another region."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from casus.models import Casus
from casus.web import casus_context, haal_casus
from melding import rechten
from melding.meldingen.forms import ContactForm, NTIForm, RegioForm, VerwijderNTIForm
from melding.meldingen.models import NTI, Melding
from melding.meldingen.services import wijzig_melder
from melding.meldingen.services.nti import leg_nti_vast, verwijder_nti
from melding.meldingen.services.regio import draag_over_aan_regio
from melding.meldingen.views import haal
from vt_cvs.kern.regels import regel
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang
from vt_cvs.organisatie.gemeenten import andere_regio
from vt_cvs.web.tonen import naar, toon, toon_belemmeringen


def _van(request: HttpRequest, nummer: str, meldingsnummer: str) -> tuple[Casus, Melding]:
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    return casus, haal(casus, meldingsnummer)


@regel("RW-6.16")
def _van_anoniem(request: HttpRequest, nummer: str, meldingsnummer: str) -> tuple[Casus, Melding]:
    """With an open melder there is no such page."""
    casus, gevonden = _van(request, nummer, meldingsnummer)
    if not gevonden.melder.anoniem:
        raise Http404("NTI hoort bij een anonieme melder. Zet bij de melding eerst ‘anoniem voor het gezin’ aan.")
    return casus, gevonden


@regel("RW-7.11", "RW-7.12")
def nti(request: HttpRequest, nummer: str, meldingsnummer: str) -> HttpResponse:
    """What would give the melder away: shown on a page of its own, and every look is logged."""
    casus, gevonden = _van_anoniem(request, nummer, meldingsnummer)
    bestaand = NTI.objects.filter(melding=gevonden).first()
    velden = ("inhoud", "reden", "toelichting", "versie")
    form = NTIForm(request.POST or None, initial={naam: getattr(bestaand, naam) for naam in velden} if bestaand else {})
    if form.is_valid():
        with toon_belemmeringen(form):
            leg_nti_vast(gevonden, door=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            return naar(request, gevonden, gedaan="NTI bewaard")
    return _toon_nti(request, casus, gevonden, bestaand, form=form)


@regel("RW-6.4")
def contact(request: HttpRequest, nummer: str, meldingsnummer: str) -> HttpResponse:
    """The name and address of an anonymous melder, kept as carefully as NTI."""
    casus, gevonden = _van_anoniem(request, nummer, meldingsnummer)
    form = ContactForm.van(gevonden.melder, request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            versie = form.cleaned_data["melder_versie"]
            wijzig_melder(gevonden.melder, door=request.user, versie=versie, **form.contact)  # type: ignore[arg-type]
            return naar(request, gevonden, gedaan="Contactgegevens bewaard")
    return _toon_nti(request, casus, gevonden, NTI.objects.filter(melding=gevonden).first(), contact=form)


def _toon_nti(
    request: HttpRequest,
    casus: Casus,
    melding: Melding,
    bestaand: NTI | None,
    *,
    form: NTIForm | None = None,
    contact: ContactForm | None = None,
) -> HttpResponse:
    if bestaand is not None or melding.melder.email:
        noteer_toegang(request.user, Gebeurtenis.NTI, stuk=bestaand or melding.melder, casus_id=casus.pk)
    velden = ("inhoud", "reden", "toelichting", "versie")
    begin = {naam: getattr(bestaand, naam) for naam in velden} if bestaand else {}
    context = casus_context(
        request,
        casus,
        tab="meldingen",
        melding=melding,
        form=form or contact,
        ntiform=form or NTIForm(initial=begin),
        contact=(contact or ContactForm.van(melding.melder)) if melding.melder.anoniem else None,
        nti=bestaand,
        weg=VerwijderNTIForm(),
    )
    return toon(request, "melding/nti.html", "", context)


def nti_weg(request: HttpRequest, nummer: str, meldingsnummer: str) -> HttpResponse:
    """The employee decides it need not be NTI any more, and says why."""
    casus, gevonden = _van_anoniem(request, nummer, meldingsnummer)
    bestaand = get_object_or_404(NTI, melding=gevonden)
    form = VerwijderNTIForm(request.POST or None)
    if form.is_valid():
        with toon_belemmeringen(form):
            verwijder_nti(bestaand, door=request.user, reden=form.cleaned_data["reden"])  # type: ignore[arg-type]
            return naar(request, gevonden, gedaan="NTI verwijderd")
    context = casus_context(request, casus, tab="meldingen", titel="NTI verwijderen", knop="NTI verwijderen", form=form)
    return toon(request, "casus/formulier.html", "", context)


def regio(request: HttpRequest, nummer: str, meldingsnummer: str) -> HttpResponse:
    """To the Veilig Thuis it belongs to, with what was given."""
    casus, gevonden = _van(request, nummer, meldingsnummer)
    hoort_bij = andere_regio(gevonden.gemeente)
    begin = {"andere_regio": hoort_bij.code if hoort_bij else "", "overgedragen_op": timezone.now()}
    form = RegioForm(request.POST or None, initial=begin)
    if form.is_valid():
        with toon_belemmeringen(form):
            draag_over_aan_regio(gevonden, door=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            return naar(request, gevonden, gedaan="Overdracht aan de andere regio vastgelegd")
    titel = f"Melding {gevonden.nummer} overdragen aan een andere regio"
    context = casus_context(request, casus, tab="meldingen", titel=titel, knop="Overdracht vastleggen", form=form)
    return toon(request, "casus/formulier.html", "", context)
