"""A sender with its key, and a message that says nothing doubtful."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client

from casus.models import Bijlage, Taak
from casus.services.terugkoppeling import terugkoppeling_gedaan
from casus.voorwaarden import mag_sluiten
from melding import services, voorwaarden
from melding.aanlevering import AangeleverdeMelder, AangeleverdePersoon
from melding.models import AangemeldePersoon, Signaal
from tests import factories
from tests.factories import SLEUTELS
from vt_cvs.kern.regels import Belemmering, RegelGeweigerd
from vt_cvs.organisatie.models import Afzender, Medewerker, Rol

PAD = "/api/v1/meldingen"
OKTOBER = datetime(2026, 10, 19, 20, 0, tzinfo=UTC)


def fouten(antwoord) -> dict[str, str]:
    return {fout["pointer"]: fout["detail"] for fout in antwoord.json().get("errors", [])}


def als_base64(inhoud: bytes) -> str:
    return base64.b64encode(inhoud).decode()


def bestanden() -> list[str]:
    map_ = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    return [str(pad) for pad in map_.rglob("*") if pad.is_file()] if map_.exists() else []


def niets_bewaard() -> bool:
    return (
        not Signaal.objects.exists()
        and not AangemeldePersoon.objects.exists()
        and not Taak.objects.exists()
        and (not Bijlage.objects.exists() and bestanden() == [])
    )


def weigering(functie, *args, **kwargs) -> list[Belemmering]:
    with pytest.raises(RegelGeweigerd) as gevangen, transaction.atomic():
        functie(*args, **kwargs)
    return gevangen.value.belemmeringen


@pytest.fixture
def noor(db) -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, naam="Noor")


def personen() -> tuple[AangeleverdePersoon, ...]:
    """A child about whom two things cannot be right, and an adult about whom nothing is."""
    return (
        factories.aangeleverd("kind", voornamen="Noa", geboortedatum="31-02-2017", bsn="123456789", rol="getuige"),
        factories.aangeleverd(bsn="999990019", geslacht="man", straat="Vlierstraat 41", rol="verdachte"),
    )


def signaal(**velden: Any) -> Signaal:
    """What the police sent in October about two people."""
    velden.setdefault("personen", personen())
    velden.setdefault(
        "melder",
        AangeleverdeMelder(
            naam="Verbalisant 48213", functie="politieagent", email="z@politie.example", telefoon="0900"
        ),
    )
    velden.setdefault("ontvangen_op", OKTOBER.isoformat())
    velden.setdefault("aanleiding", "Politie, zonder huisverbod")
    velden.setdefault("hulpverlening", "onbekend")
    return factories.signaal(**velden)


@pytest.fixture
def fatima(db) -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Fatima Aziz")


@pytest.fixture(autouse=True)
def _alleen_melding(monkeypatch):
    """What the floors above add when they hear of a report is theirs to test; here the app stands alone."""
    for sein in (
        services.melding_aangenomen,
        services.ontvangst_gecorrigeerd,
        services.casus_opgevolgd,
        terugkoppeling_gedaan,
    ):
        monkeypatch.setattr(sein, "_luisteraars", [])
    monkeypatch.setattr(voorwaarden.mag_afhandelen, "_antwoorders", [])
    eigen = [a for a in mag_sluiten.antwoorders if a.__module__ == voorwaarden.__name__]
    monkeypatch.setattr(mag_sluiten, "_antwoorders", eigen)


@pytest.fixture
def politie(db) -> Afzender:
    return factories.afzender()


@pytest.fixture
def voorkant(db) -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, naam="Noor Haddad")


@pytest.fixture
def lever(politie):
    """Deliver something: a value as JSON, or bytes as they are."""

    def doe(inhoud: Any, *, sleutel: str | None = None, soort: str = "application/json", **koppen: str):
        ruw = inhoud if isinstance(inhoud, bytes) else json.dumps(inhoud).encode()
        koppen = {"Authorization": f"Bearer {sleutel or SLEUTELS[politie.naam]}", **koppen}
        return Client(raise_request_exception=False).post(PAD, ruw, content_type=soort, headers=koppen)

    return doe


@pytest.fixture
def time_machine_nu():
    """A Monday morning on which time stands still."""
    nu = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    with time_machine.travel(nu, tick=False):
        yield nu


@pytest.fixture
def bericht() -> dict[str, Any]:
    return {
        "kenmerk": "2026-218840",
        "melder": {
            "naam": "Verbalisant 48213",
            "functie": "politieagent",
            "organisatie": "Politie Merenland",
            "email": "zorgmeldingen@politie.example",
        },
        "incident_op": "2026-10-19T21:15:00+02:00",
        "tekst": "Buren hoorden geschreeuw.\nTwee kinderen zaten op de trap.",
        "aanleiding": "politie",
        "kinderen": [
            {"voornamen": "Noa", "achternaam": "Brouwers", "geboortedatum": "2019-03-12", "rol": "getuige"},
        ],
        "volwassenen": [
            {
                "voornamen": "Rik",
                "achternaam": "Brouwers",
                "geboortedatum": "05-04-1988",
                "bsn": "999990019",
                "geslacht": "M",
                "adres": {"straat": "Vlierstraat 41", "postcode": "1234 AB", "plaats": "Oosterveen"},
                "rol": "verdachte",
            }
        ],
        "hulpverlening": "onbekend",
    }
