"""A small family with a piece of every kind that the spine knows, and a request to read it all."""

from __future__ import annotations

from datetime import date

import pytest

from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.services import beoordeel, beslis_voorstel, open_verzoek
from casus.models import Casus
from tests import factories as f
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Medewerker, Rol


@pytest.fixture
def screener(db: None) -> Medewerker:
    return f.medewerker(Rol.ACHTERKANT, naam="Noor Haddad")


@pytest.fixture
def privacy(screener: Medewerker) -> Medewerker:
    return f.medewerker(Rol.PRIVACYFUNCTIONARIS, naam="Ilse Kramer")


@pytest.fixture
def casus(screener: Medewerker) -> Casus:
    return f.casus(screener)


@pytest.fixture
def verzoek(casus: Casus, screener: Medewerker) -> Inzageverzoek:
    jelle = f.betrokkene(casus, voornamen="Jelle", achternaam="Terpstra", geboortedatum=date(1988, 4, 2))
    return open_verzoek(casus, jelle, door=screener)


@pytest.fixture
def in_screening(verzoek: Inzageverzoek, screener: Medewerker) -> Inzageverzoek:
    return voer_uit(verzoek, "begin_screening", door=screener)


def toon_alles(verzoek: Inzageverzoek, door: Medewerker) -> None:
    """Judge every part: show it, with whatever the system proposed redacted."""
    for onderdeel in verzoek.onderdelen.all():
        beoordeel_zo(onderdeel, door)


def beoordeel_zo(onderdeel: Onderdeel, door: Medewerker) -> Onderdeel:
    for nummer, _ in enumerate(onderdeel.lakplekken, 1):
        onderdeel = beslis_voorstel(onderdeel, nummer, lakken=True, door=door)
    oordeel = Onderdeel.Oordeel.LAKKEN if onderdeel.lakplekken else Onderdeel.Oordeel.TONEN
    return beoordeel(onderdeel, oordeel, door=door)
