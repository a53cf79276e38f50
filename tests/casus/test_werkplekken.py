"""The front desk and the back office each have their own list of what waits; nothing falls between the two."""

from __future__ import annotations

import pytest
from django.test import Client

from casus.selectors.werk import WEERGAVEN, in_weergave, mijn_taken
from melding.services import begin_advies
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.regel("WVT-1")]


@pytest.fixture
def noor():
    return factories.medewerker("voorkant", "achterkant")


def test_elk_werk_staat_op_precies_een_werkplek(noor):
    factories.signaal()
    begin_advies(door=noor)
    factories.vv("lopend", door=noor)
    factories.besluit("voorgelegd", door=noor)
    taken = mijn_taken(noor)
    voor, achter = (in_weergave(taken, code) for code in ("voorkant", "achterkant"))
    assert sorted(voor + achter) == sorted(taken)
    assert not set(voor) & set(achter)
    assert {taak.stap for taak in voor if taak.soort != "signaal"} <= {"advies", "melding"}
    assert any(taak.soort == "signaal" for taak in voor)
    assert {"triage", "vv"} <= {taak.stap for taak in achter}


def test_mijn_werk_toont_de_werkvoorraad_per_werkplek(noor):
    factories.signaal()
    vv = factories.vv("lopend", door=noor)
    client = Client()
    client.force_login(noor)
    alles = client.get("/werk/").content.decode()
    for code in ("voorkant", "achterkant"):
        assert f'href="?weergave={code}"' in alles
        assert WEERGAVEN[code][0] in alles
    voor = client.get("/werk/?weergave=voorkant").content.decode()
    achter = client.get("/werk/?weergave=achterkant").content.decode()
    assert "V&amp;V afronden en vervolg kiezen" in achter
    assert "V&amp;V afronden en vervolg kiezen" not in voor
    assert f"{vv.casus.pad()}diensten/{vv.stap_id}/" in achter
