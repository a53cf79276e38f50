"""Pages that belong to no app."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from vt_cvs.web import onderdelen as galerij


def mijn(request: HttpRequest) -> HttpResponse:
    """Who I am here, and the way to my password, my second factor, the keys and out."""
    return render(request, "web/mijn.html")


def toetsen(request: HttpRequest) -> HttpResponse:
    """All keys on one page, with the switch for single letters; a page and not a dialog, so it prints and links."""
    return render(request, "web/toetsen.html", {"groepen": galerij.TOETSEN})


def onderdelen(request: HttpRequest) -> HttpResponse:
    """Every component in every state: what designers and tests look at. Not in production."""
    if settings.OMGEVING == "productie":
        raise Http404
    for niveau, zin in galerij.MELDINGEN:
        messages.add_message(request, niveau, zin)
    return render(request, "web/onderdelen.html", galerij.alles())
