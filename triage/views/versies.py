"""Reading back a version of the VHT, beside the one before it."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from casus.web import casus_context, haal_casus
from triage.selectors import haal_vht
from triage.selectors.versies import lees_terug, versies_van
from vt_cvs.web.tonen import Verzoek, toon


def versie(request: Verzoek, nummer: str, meldingsnummer: str, versienummer: int) -> HttpResponse:
    casus = haal_casus(request, nummer)
    taxatie = haal_vht(casus, meldingsnummer)
    versies = versies_van(taxatie)
    deze = next((rij for rij in versies if rij.nummer == versienummer), None)
    if deze is None:
        raise Http404("Deze versie is er niet.")
    vorige = next((rij for rij in versies if rij.nummer < versienummer), None)
    context = {"vht": taxatie, "versies": versies, "stand": lees_terug(taxatie, deze, vorige)}
    return toon(request, "triage/versie.html", "", casus_context(request, casus, tab="veiligheid", **context))
