"""The search page. What is looked for travels in the body, never in the address: it may be a name or a BSN."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from casus.dossier import ook_gevonden
from casus.selectors.zoeken import pad_van_nummer, zoek
from vt_cvs.kern.velden import als_platte_tekst
from vt_cvs.web.tonen import naar, toon


def zoeken(request: HttpRequest) -> HttpResponse:
    """A number jumps; anything else answers with people and their cases."""
    q = als_platte_tekst(request.POST.get("q", "")).strip()[:200]
    if pad := pad_van_nummer(q):
        return naar(request, pad)
    resultaat = zoek(request.user, q) if q else None  # type: ignore[arg-type]
    adviezen = list(ook_gevonden((request.user, q))) if q else []
    return toon(request, "casus/zoeken.html", "resultaat", {"q": q, "resultaat": resultaat, "adviezen": adviezen})
