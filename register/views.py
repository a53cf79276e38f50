"""The register tab of a case: how each registration stands, who else knows this person, and what to do about it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from casus import rechten
from casus.models import Betrokkene, Casus
from casus.web import casus_context, haal_casus
from register import selectors
from register.forms import NietRegistrerenForm
from register.models import Registermatch, Registratie
from register.services.matches import bespreek
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.web.formulieren import Formulier
from vt_cvs.web.tonen import Verzoek, naar, toon, toon_belemmeringen


@regel("VTR-4")
def register(request: Verzoek, nummer: str) -> HttpResponse:
    return _tab(request, haal_casus(request, nummer), Formulier())


@require_POST
def besproken(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    """The other Veilig Thuis has been called."""
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    match = get_object_or_404(Registermatch, pk=pk, registratie__persoon__in=_mensen(casus))
    form = Formulier(request.POST)
    with toon_belemmeringen(form):
        bespreek(match, door=request.user)
        return naar(request, match, gedaan=f"Contact met {match.andere_organisatie} genoteerd")
    return _tab(request, casus, form)


@require_POST
def opnemen(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    registratie = get_object_or_404(Registratie, pk=pk, persoon__in=_mensen(casus))
    form = Formulier(request.POST)
    with toon_belemmeringen(form):
        voer_uit(registratie, "registreer", door=request.user)
        return naar(request, f"{casus.pad()}register/", gedaan="Gekozen voor het VT Register")
    return _tab(request, casus, form)


def niet_opnemen(request: Verzoek, nummer: str, pk: int) -> HttpResponse:
    casus = haal_casus(request, nummer, recht=rechten.mag_vastleggen)
    registratie = get_object_or_404(Registratie, pk=pk, persoon__in=_mensen(casus))
    form = NietRegistrerenForm(request.POST or None)
    if form.is_valid():
        reden = form.cleaned_data["reden"]
        with toon_belemmeringen(form):
            voer_uit(registratie, "registreer_niet", door=request.user, reden=reden, motivering=reden)
            return naar(request, f"{casus.pad()}register/", gedaan="Niet opgenomen in het VT Register, met reden")
    context = casus_context(
        request,
        casus,
        tab="register",
        form=form,
        titel=f"{registratie.persoon} niet registreren",
        knop="Niet registreren",
    )
    return toon(request, "casus/formulier.html", "", context)


def _mensen(casus: Casus) -> list[int | None]:
    return list(Betrokkene.objects.filter(casus=casus, stand=Betrokkene.Rol.DIRECT).values_list("persoon", flat=True))


def _tab(request: Verzoek, casus: Casus, form: Formulier) -> HttpResponse:
    context = casus_context(request, casus, tab="register", form=form, rijen=selectors.registraties(casus))
    return toon(request, "register/register.html", "", context)
