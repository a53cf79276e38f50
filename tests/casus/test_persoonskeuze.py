"""Putting someone in a case: who that may be stands beside the fields, and nobody is made twice by accident."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casus.models import Betrokkene, Casus, Persoon
from tests import factories
from vt_cvs.kern.models import Toegang
from vt_cvs.organisatie.models import Medewerker

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-5.10")]
GEBOREN = date(1990, 3, 9)
GETYPT = {
    "voornamen": "Shanella",
    "achternaam": "Martina",
    "geboortedatum": "9-3-1990",
    "stand": Betrokkene.Rol.DIRECT,
    "aandeel": Betrokkene.Aandeel.ONBEKEND,
}


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker()


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


@pytest.fixture
def casus(noor) -> Casus:
    return factories.casus(noor)


@pytest.fixture
def bekend() -> Betrokkene:
    fatima = factories.medewerker(naam="Fatima Aziz", telefoon="toestel 214", van=factories.team("Oost"))
    return factories.betrokkene(
        factories.casus(fatima),
        voornamen="Shanella",
        voorvoegsel="van der",
        achternaam="Martina",
        geboortedatum=GEBOREN,
        bsn="999990019",
        straat="Vlierstraat 12",
        postcode="1234 AB",
    )


def pad(casus: Casus, deel: str = "nieuw") -> str:
    return f"{casus.pad()}betrokkenen/{deel}/"


def test_tijdens_het_typen_staat_er_wie_dit_kan_zijn_met_casus_en_wie_te_bellen(client, casus, bekend):
    bladzijde = client.post(pad(casus, "herkennen"), {"achternaam": "Martinna", "voornamen": "S."}).content.decode()
    for deel in ("Shanella van der Martina", "09-03-1990", bekend.casus.nummer, "open", "Fatima Aziz"):
        assert deel in bladzijde
    assert "naam klinkt gelijk" in bladzijde
    assert Persoon.objects.count() == 1


@pytest.mark.parametrize(
    "getypt",
    [
        GETYPT,
        {**GETYPT, "geboortedatum": "", "voornamen": "Iemand", "achternaam": "Anders", "bsn": "9999.90.019"},
    ],
    ids=["naam en datum", "bsn"],
)
def test_wie_zeker_bekend_is_komt_er_niet_ongevraagd_nog_eens_bij(client, casus, bekend, getypt):
    antwoord = client.post(pad(casus), getypt)
    assert antwoord.status_code == 422
    bladzijde = antwoord.content.decode()
    assert "Kies wie dit is" in bladzijde
    assert f'value="{bekend.persoon_id}"' in bladzijde
    assert f'value="{getypt["achternaam"]}"' in bladzijde  # nothing typed is lost
    assert Persoon.objects.count() == 1

    assert client.post(pad(casus), {**getypt, "keuze": str(bekend.persoon_id)}).status_code == 302
    assert casus.betrokkenen.get().persoon_id == bekend.persoon_id
    assert Persoon.objects.count() == 1


def test_wie_het_toch_niet_is_komt_er_nieuw_bij(client, casus, bekend):
    assert client.post(pad(casus), {**GETYPT, "keuze": "nieuw"}).status_code == 302
    assert casus.betrokkenen.get().persoon_id != bekend.persoon_id


def test_wie_alleen_lijkt_houdt_niet_op(client, casus, bekend):
    assert client.post(pad(casus), {**GETYPT, "geboortedatum": "3-9-1990"}).status_code == 302
    assert Persoon.objects.count() == 2


@pytest.mark.parametrize("keuze", ["0", "999999999", "nieuw'; --", "-1", "12/33", "x" * 500])
def test_wie_niet_herkend_is_is_niet_te_kiezen(client, casus, bekend, keuze):
    assert client.post(pad(casus), {**GETYPT, "keuze": keuze}).status_code == 422
    assert Persoon.objects.count() == 1


def test_wie_alleen_afgeschermd_bekend_is_noemt_de_vraag_niet(client, casus, bekend):
    Casus.objects.filter(pk=bekend.casus_id).update(afgeschermd=True)
    antwoord = client.post(pad(casus), {**GETYPT, "voornamen": "", "achternaam": "Mx", "bsn": "999990019"})
    bladzijde = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "Bel Fatima Aziz, toestel 214" in bladzijde
    for deel in ("Shanella", "Martina", bekend.casus.nummer, f'value="{bekend.persoon_id}"'):
        assert deel not in bladzijde
    gekozen = {**GETYPT, "bsn": "999990019", "keuze": str(bekend.persoon_id)}
    assert client.post(pad(casus), gekozen).status_code == 422
    assert client.post(pad(casus), {**gekozen, "keuze": "nieuw"}).status_code == 302


def test_een_advies_herkent_niemand(client, noor, bekend):
    advies = factories.advies(noor).casus
    assert "Martina" not in client.post(pad(advies, "herkennen"), GETYPT).content.decode().replace(
        'value="Martina"', ""
    )
    assert client.post(pad(advies), GETYPT).status_code == 302
    assert not Toegang.objects.filter(gebeurtenis="herkennen").exists()


def test_wie_door_een_wijziging_een_ander_wordt_vraagt_het_na(client, noor, casus, bekend):
    ander = factories.betrokkene(casus, voornamen="Sandra", achternaam="Bos")
    getypt = {"voornamen": "Sandra", "achternaam": "Bos", "bsn": "999990019"}
    versie = ander.persoon.versie
    antwoord = client.post(pad(casus, str(ander.pk)), {**getypt, "versie": versie})
    assert antwoord.status_code == 422
    assert "is ook bekend (BSN gelijk, andere naam)" in antwoord.content.decode()
    assert client.post(pad(casus, str(ander.pk)), {**getypt, "versie": versie, "keuze": "nieuw"}).status_code == 302
    ander.persoon.refresh_from_db()
    assert ander.persoon.bsn == "999990019"


def test_wie_niets_herkenbaars_wijzigt_zoekt_niemand(client, casus, bekend):
    ander = factories.betrokkene(casus, voornamen="Sandra", achternaam="Bos")
    getypt = {"voornamen": "Sandra", "achternaam": "Bos", "telefoon": "06 0000 0001", "versie": ander.persoon.versie}
    assert client.post(pad(casus, str(ander.pk)), getypt).status_code == 302
    assert not Toegang.objects.filter(gebeurtenis="herkennen").exists()


def test_geen_stap_van_de_api_maakt_een_persoon(client, noor):
    """A digital report stays a signal until someone has looked who its people are."""
    signaal = factories.signaal(personen=(factories.aangeleverd(achternaam="Martina"),))
    antwoord = client.post(f"/api/v1/signalen/{signaal.nummer}/wordt_melding", {}, content_type="application/json")
    assert antwoord.status_code >= 400
    assert not Persoon.objects.exists()
