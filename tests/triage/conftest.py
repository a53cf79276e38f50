"""Triage by itself: what the floor above adds when a decision is taken is for that floor to test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import factories
from triage.services import triagebesluit_genomen
from vt_cvs.organisatie.models import Medewerker, Rol


@pytest.fixture(autouse=True)
def _alleen_triage(monkeypatch):
    monkeypatch.setattr(triagebesluit_genomen, "_luisteraars", [])


@pytest.fixture
def noor(db) -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad")


@pytest.fixture
def sanne(noor) -> Medewerker:
    return factories.collega(noor, naam="Sanne de Wit")


@pytest.fixture
def als() -> Callable[[Medewerker], Client]:
    def client(medewerker: Medewerker, **opties: Any) -> Client:
        nieuw = Client(**opties)
        nieuw.force_login(medewerker)
        return nieuw

    return client
