"""Fetch, ask, act, answer: what every view does with its answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm, Textarea
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from vt_cvs.kern.dossier import VerouderdeVersie
from vt_cvs.kern.overgangen import StapKanNiet
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import Belemmering, RegelGeweigerd
from vt_cvs.web.verschil import Botsing, VeldBotsing


class Verzoek(HttpRequest):
    """A request of a logged-in employee, with htmx."""

    user: Any
    htmx: Any


class HeeftPad(Protocol):
    def pad(self) -> str: ...


def toon(
    request: HttpRequest, sjabloon: str, deel: str, context: dict[str, Any], *, status: int | None = None
) -> HttpResponse:
    """The page, or for htmx only its part `deel`. A refused form answers 422, so that programs notice too."""
    if status is None:
        form = context.get("form")
        status = 422 if isinstance(form, BaseForm) and form.is_bound and heeft_bezwaar(form) else 200
    htmx = getattr(request, "htmx", None)
    if deel and htmx and not htmx.boosted:
        sjabloon = f"{sjabloon}#{deel}"
        status = 200  # htmx swaps a refusal in like any other answer
    return render(request, sjabloon, context, status=status)


def heeft_bezwaar(form: Any) -> bool:
    return bool(form.errors or getattr(form, "belemmeringen", None) or getattr(form, "botsing", None))


def naar(request: HttpRequest, waar: HeeftPad | str, *, gedaan: str = "") -> HttpResponse:
    """On to the next page, saying what was done and when."""
    if gedaan:
        messages.success(request, f"{gedaan} om {timezone.localtime():%H:%M}.")
    pad = waar if isinstance(waar, str) else waar.pad()
    if getattr(request, "htmx", False):
        antwoord = HttpResponse(status=204)
        antwoord["HX-Redirect"] = pad
        return antwoord
    return HttpResponseRedirect(pad)


@contextmanager
def toon_belemmeringen(form: Any) -> Iterator[None]:
    """Let what stands in the way land in the form, beside its fields; nothing that was typed is lost."""
    try:
        yield
    except RegelGeweigerd as weigering:
        form.belemmeringen = weigering.belemmeringen
    except (StapKanNiet, NietToegestaan) as weigering:
        form.belemmeringen = [Belemmering(str(weigering))]
    except VerouderdeVersie as botsing:
        form.botsing = als_botsing(form, botsing)


def als_botsing(form: Any, botsing: VerouderdeVersie) -> Botsing:
    """Both texts side by side: what stands there now, what this person typed, and what both started from."""
    nu = botsing.nu
    historie = nu.history.all() if hasattr(nu, "history") else None
    laatste = historie.select_related("history_user").first() if historie is not None else None
    basis = historie.filter(versie=botsing.versie).order_by("history_id").last() if historie is not None else None
    versie = form.versieveld(nu) if hasattr(form, "versieveld") else "versie"
    if versie in form.data:  # what is sent next answers the version that was just shown
        form.data = form.data.copy()
        form.data[versie] = str(nu.versie)
    return Botsing(
        wie=str(laatste.history_user) if laatste and laatste.history_user else "Een collega",
        wanneer=laatste.history_date if laatste else timezone.now(),
        velden=[
            VeldBotsing(
                naam=naam,
                label=str(form[naam].label),
                hun=_tekst(getattr(nu, naam)),
                mijn=_tekst(form.cleaned_data[naam]),
                basis=_tekst(getattr(basis, naam)) if hasattr(basis, naam) else None,  # who takes part has no history
                tussen="\n\n" if isinstance(form.fields[naam].widget, Textarea) else " / ",
            )
            for naam in form.cleaned_data
            if naam in form.fields
            and not form[naam].is_hidden
            and hasattr(nu, naam)
            and _tekst(getattr(nu, naam)) != _tekst(form.cleaned_data[naam])
        ],
    )


def _tekst(waarde: Any) -> str:
    if hasattr(waarde, "all"):
        waarde = waarde.all()
    if isinstance(waarde, (QuerySet, list)):
        return ", ".join(map(str, waarde))
    return "" if waarde is None else str(waarde)
