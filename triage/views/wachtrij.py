"""The triage queue on screen."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse

from triage.selectors import wachtrij as selector
from triage.selectors import zicht as in_zicht
from vt_cvs.web.tonen import Verzoek, toon


def wachtrij(request: Verzoek) -> HttpResponse:
    """What waits in triage, first things first, each with the reason for its place."""
    alles, weergave = selector.wachtrij(request.user), request.GET.get("weergave", "")
    vanaf = selector.na(selector.in_weergave(alles, weergave), request.GET.get("na", ""))
    bladzijde = vanaf[: selector.PER_BLADZIJDE]
    aantal = Counter(w.wacht_op for w in alles)
    context = {
        "regels": list(selector.wachtregels(bladzijde)),
        "aantal": len(alles),
        "acuut": sum(w.ernst.merk == "acuut" for w in alles),
        "weergave": weergave,
        "weergaven": [("", "Alles", len(alles)), *((c, naam, aantal[c]) for c, naam in selector.TITELS.items())],
        "volgende": bladzijde[-1].plaats.volgteken if len(vanaf) > len(bladzijde) else "",
    }
    return toon(request, "triage/wachtrij.html", "lijst", context)


def zicht(request: Verzoek) -> HttpResponse:
    """Every family that Veilig Thuis keeps watch over, with the last contact and the last score."""
    alle = in_zicht.in_zicht(request.user)
    rijen = list(in_zicht.na(alle, request.GET.get("na", ""))[: in_zicht.PER_BLADZIJDE + 1])
    bladzijde = rijen[: in_zicht.PER_BLADZIJDE]
    context = {
        "casussen": [(casus, in_zicht.lang_stil(casus), in_zicht.lopende_dienst(casus)) for casus in bladzijde],
        "aantal": alle.count(),
        "volgende": in_zicht.volgteken(bladzijde[-1]) if len(rijen) > len(bladzijde) else "",
    }
    return toon(request, "triage/zicht.html", "lijst", context)
