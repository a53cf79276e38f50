"""Two administrators, a privacyfunctionaris and a worker; and a clock that can be set."""

from __future__ import annotations

import pytest
import time_machine
from django.utils import timezone

from tests import factories as f
from vt_cvs.organisatie.models import Medewerker, Rol


@pytest.fixture
def bea(db) -> Medewerker:
    return f.medewerker(Rol.BEHEERDER, naam="Bea Beheer")


@pytest.fixture
def ben(db) -> Medewerker:
    return f.medewerker(Rol.BEHEERDER, naam="Ben Beheer")


@pytest.fixture
def ilse(db) -> Medewerker:
    return f.medewerker(Rol.PRIVACYFUNCTIONARIS, naam="Ilse Kramer")


@pytest.fixture
def noor(db) -> Medewerker:
    return f.medewerker(Rol.ACHTERKANT, naam="Noor Haddad")


@pytest.fixture
def time_machine_klok():
    with time_machine.travel(timezone.now(), tick=True) as klok:
        yield klok
