"""Mijn werk, its top item and the strip that announces new requests."""

from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from casus.forms import WerkfilterForm
from casus.selectors import werk
from vt_cvs.web.tonen import Verzoek, toon


def mijn_werk(request: Verzoek) -> HttpResponse:
    """Everything that waits for me."""
    filters = WerkfilterForm(request.GET)
    filters.is_valid()
    weergave = request.GET.get("weergave", "")
    alles = werk.mijn_taken(request.user)
    taken = werk.filter_taken(werk.in_weergave(alles, weergave), **filters.keuzes)
    regels = list(werk.werkregels(werk.na(taken, request.GET.get("na", "")), hoogstens=werk.PER_BLADZIJDE + 1))
    context = {
        "nu": timezone.localtime(),
        "tel": (tel := werk.tel(alles)),
        "weergave": weergave,
        "weergaven": [(code, naam, tel[f"weergave_{code or 'alles'}"]) for code, (naam, _) in werk.WEERGAVEN.items()],
        "groepen": _per_groep(regels[: werk.PER_BLADZIJDE]),
        "volgende": regels[werk.PER_BLADZIJDE - 1].volgteken if len(regels) > werk.PER_BLADZIJDE else "",
        "binnen": werk.tekenverzoeken(request.user),
        "filtervelden": _filtervelden(**filters.keuzes),
    }
    return toon(request, "casus/werk.html", "lijst", context)


@lru_cache(maxsize=512)
def _filtervelden(**gekozen: str) -> SafeString:
    """The choice lists above the list: the same for everyone, and slow to draw."""
    return render_to_string("casus/werk.html#filters", {"filters": WerkfilterForm(gekozen)})


def _per_groep(regels: list[werk.Werkregel]) -> list[tuple[str, list[werk.Werkregel]]]:
    groepen: dict[str, list[werk.Werkregel]] = {}
    for regel in regels:
        groepen.setdefault(regel.groep, []).append(regel)
    return list(groepen.items())


def zojuist(request: Verzoek) -> HttpResponse:
    """The strip above the list, asked again every few seconds."""
    return render(request, "casus/werk.html#zojuist", {"binnen": werk.tekenverzoeken(request.user)})


def bovenste(request: Verzoek) -> HttpResponse:
    """Straight to the most urgent item."""
    eerste = next(werk.werkregels(werk.mijn_taken(request.user), hoogstens=1), None)
    return redirect(eerste.pad if eerste else "werk")
