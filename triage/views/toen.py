"""The case as it was known when the triagebesluit was taken: to read, and whoever reads it is logged."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from casus.web import casus_context, haal_casus
from triage.selectors import haal_besluit
from triage.selectors.toen import verschillen, wat_toen_bekend_was
from vt_cvs.web.tonen import Verzoek, toon


@require_safe
def toen(request: Verzoek, nummer: str, meldingsnummer: str) -> HttpResponse:
    """Everything the decision could rest on, with what is different now."""
    casus = haal_casus(request, nummer, grond="teruglezen wat bij het triagebesluit bekend was")
    besluit = haal_besluit(casus, meldingsnummer)
    if not besluit.is_genomen:
        raise Http404("Er is nog geen triagebesluit genomen.")
    onderdelen = wat_toen_bekend_was(besluit)
    context = casus_context(
        request,
        casus,
        tab="veiligheid",
        besluit=besluit,
        vht=besluit.vht,
        onderdelen=onderdelen,
        aantal=verschillen(onderdelen),
    )
    return toon(request, "triage/toen.html", "", context)
