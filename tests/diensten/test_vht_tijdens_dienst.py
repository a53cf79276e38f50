"""From within every dienst the VHT is opened and supplemented; a new melding meanwhile gets all that it holds."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest
from django.test import Client

from casus.services.vastleggen import leg_afspraak_vast
from diensten.models import OZ, VV, Maatwerk, Monitoren, Overdracht
from tests import factories
from triage.models import VHT
from triage.services import voeg_vorm_toe
from vt_cvs.kern.overgangen import voer_uit

pytestmark = pytest.mark.django_db
DIENSTEN = [
    ("vv", lambda noor: factories.vv("lopend", door=noor)),
    ("oz", lambda noor: factories.oz("lopend", door=noor)),
    ("overdracht", lambda noor: factories.overdracht("aangeboden", door=noor)),
    ("monitoren", lambda noor: factories.monitoren(door=noor)),
    ("maatwerk", lambda noor: factories.maatwerk(door=noor)),
]


def als(wie) -> Client:
    client = Client()
    client.force_login(wie)
    return client


def begonnen(maak, noor) -> tuple[VV | OZ | Overdracht | Monitoren | Maatwerk, VHT]:
    """A running dienst, and the VHT of its melding with a final conclusion."""
    dienst: Any = maak(noor)
    vht = VHT.objects.get(melding=dienst.meldingen.get())
    if not vht.is_vastgesteld:
        for antwoord in vht.antwoorden.filter(waarde=None):
            antwoord.waarde = antwoord.vraag == "B1"
            antwoord.bewaar(door=noor, reden="proef")
        vht = voer_uit(vht, "stel_vast", door=noor, motivering="proef")
    return dienst, vht


@pytest.mark.regel("RW-5.14", "RW-8.20")
@pytest.mark.parametrize(("soort", "maak"), DIENSTEN)
def test_vanuit_elke_dienst_is_de_vht_te_openen_en_aan_te_vullen(noor, soort, maak):
    dienst, vht = begonnen(maak, noor)
    client, adres = als(noor), f"{vht.pad()}?vanuit={soort}"
    assert f'href="{adres}"' in client.get(dienst.pad()).content.decode()
    zin = f"Je vult aan tijdens {dienst.stap.get_soort_display()}."
    assert escape(zin) in client.get(adres).content.decode()
    antwoord = client.post(adres, {"nieuw-vorm": "ouderen", "nieuw-feit": "Geen eten in huis.", "nieuw-bron": "oma"})
    assert antwoord["Location"] == adres
    c2 = vht.antwoorden.get(vraag="C2")
    rij = f"{vht.pad()}rij/C2/?vanuit={soort}"
    gestuurd = {"C2-waarde": "ja", "C2-versie": c2.versie, "C2-feit": "Hulp haakte af.", "C2-bron": "wijkteam"}
    assert client.post(rij, gestuurd, headers={"HX-Request": "true"}).status_code == 200
    versie = vht.versies.latest("nummer")
    assert (versie.soort, versie.tijdens, versie.door) == ("aanvulling", dienst.stap, noor)
    assert vht.versies.filter(soort="aanvulling").count() == 1  # one day, one dienst, one employee: one version
    assert {"Geen eten in huis."} <= set(vht.feiten.values_list("feit", flat=True))


@pytest.mark.regel("RW-12.1", "RW-8.6", "RW-8.9")
@pytest.mark.parametrize(("soort", "maak"), DIENSTEN)
def test_een_nieuwe_melding_tijdens_een_dienst_komt_in_de_casus_met_alles_wat_bekend_is(noor, soort, maak):
    dienst, vht = begonnen(maak, noor)
    voeg_vorm_toe(vht, door=noor, vorm="km-getuige", feit="Zat op de trap.", bron="politie")
    melding = factories.melding(door=noor, casus=dienst.casus)
    assert melding.casus == dienst.casus
    assert melding.nummer != vht.melding.nummer
    nieuw = VHT.objects.get(melding=melding)
    assert [(f.feit, f.bron, f.uit) for f in nieuw.feiten.all()] == [("Zat op de trap.", "politie", vht)]
    assert not type(dienst).objects.get(pk=dienst.pk).is_geeindigd


@pytest.mark.regel("RW-8.17")
def test_een_veiligheidsafspraak_is_tijdens_triage_vast_te_leggen(noor):
    vht = factories.vht(door=noor, A1=True)
    afspraak = leg_afspraak_vast(vht.casus, "Vader slaapt vannacht bij oma.", door=noor)
    assert afspraak.stap.soort in {"triage", "melding"}
    assert afspraak.tekst in als(noor).get(f"{vht.casus.pad()}veiligheid/").content.decode()
