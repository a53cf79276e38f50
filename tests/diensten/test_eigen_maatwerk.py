"""Each Veilig Thuis arranges its own local work: the administrator's list is what the worker chooses from."""

from __future__ import annotations

import pytest
from django.test import Client

from diensten.models import Maatwerk
from diensten.services.keuzes import maak_keuze
from tests import factories
from vt_cvs.organisatie.models import Code, Rol

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-7.9", "RW-2.2")]


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


@pytest.fixture
def beheer() -> Client:
    client = Client()
    client.force_login(factories.medewerker(Rol.BEHEERDER))
    return client


def voeg_toe(beheer: Client, code: str, naam: str, **velden: str):
    data = {"lijst": "soort_maatwerk", "code": code, "label": naam, "volgorde": "1", **velden}
    return beheer.post("/beheer/organisatie/code/add/", data)


def opties(client: Client, pad: str) -> list[str]:
    veld = client.get(pad).context["form"].fields["soort_maatwerk"]
    return [str(naam) for _, naam in getattr(veld, "choices", [])]


def test_zonder_lijst_schrijft_de_medewerker_zelf_en_met_lijst_kiest_hij(client, beheer, noor):
    keuze = factories.keuze(door=noor)
    assert opties(client, keuze.pad()) == []
    assert voeg_toe(beheer, "aware", "Aware-noodknop").status_code == 302
    voeg_toe(beheer, "tafel", "Overlegtafel veiligheid")
    voeg_toe(beheer, "oud", "Opgeheven project", geldig_tot="01-01-2020")
    for pad in (keuze.pad(), f"{keuze.casus.pad()}diensten/maatwerk/"):
        assert opties(client, pad)[1:] == ["Aware-noodknop", "Overlegtafel veiligheid"]
    data = {"versie": keuze.versie, "maatwerk": "on", "soort_maatwerk": "tafel"}
    assert client.post(keuze.pad(), data).status_code == 302
    maatwerk = Maatwerk.objects.get()
    assert (maatwerk.soort_maatwerk, maatwerk.soort_in_woorden) == ("tafel", "Overlegtafel veiligheid")
    assert "Overlegtafel veiligheid" in client.get(maatwerk.pad()).content.decode()


def test_wat_vroeger_is_gekozen_houdt_zijn_naam_en_een_code_gaat_niet_weg(client, beheer, noor):
    voeg_toe(beheer, "aware", "Aware-noodknop")
    code = Code.objects.get(lijst="soort_maatwerk", code="aware")
    keuze = maak_keuze(factories.keuze(door=noor), door=noor, maatwerk=True, soort_maatwerk="aware")
    assert beheer.post(f"/beheer/organisatie/code/{code.pk}/delete/", {"post": "yes"}).status_code == 403
    pad = f"/beheer/organisatie/code/{code.pk}/change/"
    assert beheer.post(pad, {"label": "Aware-noodknop", "volgorde": "1", "geldig_tot": "01-01-2020"}).status_code == 302
    assert opties(client, f"{keuze.casus.pad()}diensten/maatwerk/") == []
    assert Maatwerk.objects.get(keuze=keuze).soort_in_woorden == "Aware-noodknop"


def test_een_medewerker_beheert_de_lijst_niet(client):
    assert voeg_toe(client, "aware", "Aware-noodknop").status_code in {302, 403}
    assert not Code.objects.filter(lijst="soort_maatwerk").exists()
