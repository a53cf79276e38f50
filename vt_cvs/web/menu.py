"""The main menu: each app offers its own entry in its `apps.py`; this layer knows none of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry; `aantal` is what waits there, None where nothing is counted."""

    naam: str
    url: str
    volgorde: int
    aantal: int | None = None
    huidig: bool = False


Aanbieder = Callable[[HttpRequest], MenuItem | None]
aanbieders: list[Aanbieder] = []


def registreer(aanbieder: Aanbieder) -> Aanbieder:
    """Offer an entry; the callable answers None to who may not go there. Usable as a decorator."""
    if aanbieder not in aanbieders:
        aanbieders.append(aanbieder)
    return aanbieder


def menu(request: HttpRequest) -> list[MenuItem]:
    """What this user may go to, in order; the entry of the page on screen is marked."""
    items = sorted(_aangeboden(request), key=lambda item: item.volgorde)
    huidig = max((item.url for item in items if request.path.startswith(item.url)), key=len, default="")
    return [
        MenuItem(item.naam, item.url, item.volgorde, item.aantal, huidig=bool(huidig) and item.url == huidig)
        for item in items
    ]


def _aangeboden(request: HttpRequest) -> Iterator[MenuItem]:
    return (item for aanbieder in aanbieders if (item := aanbieder(request)) is not None)
