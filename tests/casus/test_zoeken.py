"""The search page: a number jumps, a name finds; what is not yours says only that someone is known."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casus.models import Casus
from tests import factories
from vt_cvs.kern.models import Toegang
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker()


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


def zoek(client: Client, q: str) -> str:
    antwoord = client.post("/zoeken/", {"q": q})
    assert antwoord.status_code == 200
    return antwoord.content.decode()


@pytest.mark.regel("RW-5.9")
def test_de_uitslag_toont_nummer_naam_type_stap_en_open_of_gesloten(client, noor):
    melding = factories.melding(door=noor)
    casus = melding.casus
    factories.betrokkene(casus, achternaam="Terpstra", geboortedatum=date(1989, 3, 14))
    bladzijde = zoek(client, "terpstra 14-3-1989")
    for deel in (casus.nummer, "Terpstra", "melding", "triage", "open", "naam en datum gelijk"):
        assert deel in bladzijde


@pytest.mark.regel("RW-5.9")
@pytest.mark.parametrize("vorm", ["{}", "{} ", "heel: {}", "klein: {}"])
def test_een_nummer_springt_meteen_naar_de_casus(client, noor, vorm):
    casus = factories.casus(noor)
    nummer = {"heel: {}": casus.nummer.replace("-", ""), "klein: {}": casus.nummer.lower().replace("-", " ")}.get(
        vorm, casus.nummer
    )
    antwoord = client.post("/zoeken/", {"q": nummer})
    assert (antwoord.status_code, antwoord["Location"]) == (302, casus.pad())


def test_een_meldingsnummer_springt_naar_de_melding_of_het_signaal(client, noor):
    melding = factories.melding(door=noor)
    assert client.post("/zoeken/", {"q": melding.nummer})["Location"] == melding.pad()
    signaal = factories.signaal()
    assert client.post("/zoeken/", {"q": signaal.nummer})["Location"] == signaal.pad()


def test_wat_van_een_ander_is_wordt_niet_bij_naam_genoemd(client):
    fatima = factories.medewerker(naam="Fatima Aziz", telefoon="toestel 214", van=factories.team("Oost"))
    casus = factories.casus(fatima)
    factories.betrokkene(casus, voornamen="Jelle", achternaam="Terpstra", geboortedatum=date(1989, 3, 14))
    bladzijde = zoek(client, "terpstr")
    assert casus.nummer in bladzijde
    assert "Fatima Aziz, toestel 214" in bladzijde
    assert "Jelle" not in bladzijde
    assert "1989" not in bladzijde

    Casus.objects.filter(pk=casus.pk).update(afgeschermd=True)
    bladzijde = zoek(client, "terpstr")
    assert casus.nummer not in bladzijde
    assert "afgeschermd" in bladzijde
    assert "Fatima Aziz, toestel 214" in bladzijde


@pytest.mark.regel("RW-3.8")
def test_wat_gezocht_wordt_staat_niet_in_het_adres_en_wie_gezien_is_in_het_log(client, noor):
    casus = factories.casus(noor)
    betrokkene = factories.betrokkene(casus, achternaam="Terpstra")
    zoek(client, "terpstra")
    regel = Toegang.objects.get(gebeurtenis="zoeken")
    assert (regel.medewerker, regel.persoon_id) == (noor, betrokkene.persoon_id)
    schil = client.get("/zoeken/").content.decode()
    assert 'action="/zoeken/" method="get"' not in schil
    assert "Terpstra" not in client.get("/zoeken/?q=terpstra").content.decode()


@pytest.mark.parametrize(
    "q", ["", "   ", "zzzz", "C-000-000-000", "99999999999", "31-02-1990", "%_\\", "\x00", "<script>", "x" * 3000]
)
def test_niets_gevonden_zegt_wat_je_kunt_doen(client, q):
    bladzijde = zoek(client, q)
    assert ("Niemand gevonden." in bladzijde) == bool(q.replace("\x00", "").strip())
    assert "<script>" not in bladzijde.replace("<script src", "")


@pytest.mark.parametrize("rol", [Rol.BEHEERDER, Rol.MANAGEMENTINFORMATIE])
def test_wie_niet_met_casussen_werkt_vindt_niemand(rol):
    client = Client()
    client.force_login(factories.medewerker(rol))
    assert client.post("/zoeken/", {"q": "terpstra"}).status_code == 403
