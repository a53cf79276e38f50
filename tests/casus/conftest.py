"""A report about a mother with a secret address and a father, and the feedback to the police about it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casus.models import Betrokkene, Terugkoppeling
from casus.services.terugkoppeling import vraag_terugkoppeling
from melding.models import Melding
from tests import factories
from vt_cvs.organisatie.models import Medewerker, Rol


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Visser")


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


@pytest.fixture
def melding(noor) -> Melding:
    return factories.melding(door=noor)


@pytest.fixture
def moeder(melding) -> Betrokkene:
    return factories.betrokkene(
        melding.casus,
        voornamen="Marloes",
        achternaam="Bakker",
        geboortedatum=date(1990, 3, 4),
        straat="Kerkstraat 12",
        postcode="8911 AB",
        email="marloes@post.example",
        adres_geheim=True,
    )


@pytest.fixture
def vader(melding, moeder) -> Betrokkene:
    return factories.betrokkene(
        melding.casus, voornamen="Rik", achternaam="de Boer", email="rik@post.example", geboortedatum=date(1988, 1, 2)
    )


@pytest.fixture
def aan_melder(melding, noor) -> Terugkoppeling:
    return vraag_terugkoppeling(
        melding.stap,
        "triagebesluit",
        door=noor,
        aan="J. de Wit",
        adres="wit@politie.example",
        meldingsnummer=melding.nummer,
        partij="politie",
        uitkomst="bij_vt",
    )
