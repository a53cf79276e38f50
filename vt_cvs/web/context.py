"""What the shell around every page needs. Lazy: a page without a shell asks the database nothing."""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject

from vt_cvs.web import klad
from vt_cvs.web.menu import MenuItem, menu

ZOEKEN = "/zoeken/"
NIEUW = "/nieuw/"
BOVENSTE = "/werk/bovenste/"


@dataclass(frozen=True, slots=True)
class Wie:
    """Who is logged in, as the shell shows it."""

    naam: str = ""
    rol_en_team: str = ""
    klad: str = ""
    """Whose drafts this page may keep; an unreadable mark."""
    verstuurd: str = ""
    """The draft of the form that came back with this page."""


@dataclass(frozen=True, slots=True)
class Schil:
    """Header and menu; an anonymous visitor sees the name of the region and nothing else."""

    naam: str
    regio: str
    demo: bool
    snelweg_url: str = ""
    wie: Wie | None = None
    zoek_url: str = ZOEKEN
    nieuw_url: str = ""
    bovenste_url: str = ""
    menu: list[MenuItem] = field(default_factory=list)


def schil(request: HttpRequest) -> dict[str, object]:
    """Context processor: `schil` in every template."""
    return {"schil": SimpleLazyObject(lambda: _bouw(request))}


def _bouw(request: HttpRequest) -> Schil:
    leeg = Schil(
        naam=settings.VT_NAAM,
        regio=settings.VT_REGIO,
        demo=settings.OMGEVING == "demo",
        snelweg_url=settings.VT_SNELWEG,
    )
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return leeg
    return replace(
        leeg,
        wie=Wie(
            naam=str(user),
            rol_en_team=str(getattr(user, "rol_en_team", "")),
            klad=klad.wie(user),
            verstuurd=_verstuurd(request),
        ),
        nieuw_url=_als_bestaat(NIEUW, settings.ROOT_URLCONF),
        bovenste_url=_als_bestaat(BOVENSTE, settings.ROOT_URLCONF),
        menu=menu(request),
    )


def _verstuurd(request: HttpRequest) -> str:
    try:
        return request.POST.get("klad", "") if request.method == "POST" else ""
    except (SuspiciousOperation, MultiPartParserError, OSError):  # the page that says why this could not be read
        return ""


@lru_cache(maxsize=8)
def _als_bestaat(pad: str, urlconf: str) -> str:
    try:
        resolve(pad, urlconf)
    except Resolver404:
        return ""
    return pad
