"""The register tab of a case: what it shows, to whom, and what one can do there."""

from __future__ import annotations

from datetime import date

import pytest

from register.models import Registermatch, Registratie
from register.services.matches import verwerk
from tests import factories
from tests.register.gereedschap import bezorg, directbetrokkene, laat_kiezen, registratie
from tests.register.test_matches import bericht

pytestmark = pytest.mark.django_db


@pytest.fixture
def b(poort, client):
    b = directbetrokkene(factories.casus())
    client.force_login(b.casus.verantwoordelijke)
    return b


def tab(b) -> str:
    return f"{b.casus.pad()}register/"


@pytest.mark.regel("VTR-4", "RW-14.4")
def test_het_tabblad_toont_wie_deze_persoon_nog_meer_kent_en_hoe_die_te_bereiken_is(b, client):
    bezorg()
    verwerk(bericht(b, stand="inactief", eind=date(2026, 2, 1)))
    blad = client.get(tab(b)).content.decode()
    for tekst in ("Jelle Terpstra", "Veilig Thuis Kuststreek", "088 555 02 00", "Eerder betrokken", "Actief"):
        assert tekst in blad


def test_besproken_vinkt_de_match_af(b, client):
    bezorg()
    verwerk(bericht(b))
    match = Registermatch.objects.get()
    antwoord = client.post(f"{tab(b)}match/{match.pk}/besproken/", follow=True)
    assert "Contact met Veilig Thuis Kuststreek genoteerd" in antwoord.content.decode()
    match.refresh_from_db()
    assert match.besproken_door == b.casus.verantwoordelijke


@pytest.mark.regel("RW-14.1")
def test_wie_wacht_op_nakijken_staat_er_met_de_weg_erheen_en_versturen_kan_daar_niet(poort, client):
    b = directbetrokkene(factories.casus(), bevestigd=False)
    client.force_login(b.casus.verantwoordelijke)
    bezorg()
    blad = client.get(tab(b)).content.decode()
    assert f"{b.casus.pad()}betrokkenen/{b.pk}/" in blad
    assert "<button" not in blad.split('id="reg"')[1]
    client.post(f"{tab(b)}{registratie(b).pk}/opnemen/")
    assert poort.gehoord == []
    assert registratie(b).stand == Registratie.Stand.WACHT_OP_VALIDATIE


@pytest.mark.regel("RW-14.2")
def test_de_medewerker_kiest_wel_of_niet_met_reden(poort, client):
    laat_kiezen()
    b = directbetrokkene(factories.casus())
    client.force_login(b.casus.verantwoordelijke)
    bezorg()
    plek = f"{tab(b)}{registratie(b).pk}/"
    assert client.post(f"{plek}niet/", {"reden": " "}).status_code == 422
    antwoord = client.post(f"{plek}niet/", {"reden": "Loopt via de buurregio"}, follow=True)
    assert "Reden: Loopt via de buurregio" in antwoord.content.decode()
    client.post(f"{plek}opnemen/")
    bezorg()
    assert [x.stand for x in poort.gehoord] == ["actief"]


@pytest.mark.regel("VTR-2")
def test_een_buitenstaander_ziet_het_tabblad_niet(b, client):
    bezorg()
    verwerk(bericht(b))
    client.force_login(factories.buitenstaander())
    antwoord = client.get(tab(b))
    assert antwoord.status_code == 403
    assert "Kuststreek" not in antwoord.content.decode()
    assert client.post(f"{tab(b)}match/{Registermatch.objects.get().pk}/besproken/").status_code == 403


def test_een_match_uit_een_andere_casus_is_hier_niet_te_vinden(b, client):
    bezorg()
    ander = directbetrokkene(factories.casus(b.casus.verantwoordelijke))
    bezorg()
    verwerk(bericht(ander))
    assert client.post(f"{tab(b)}match/{Registermatch.objects.get().pk}/besproken/").status_code == 404


def test_het_aantal_databasevragen_hangt_niet_af_van_het_aantal_mensen(b, client, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    bezorg()
    verwerk(bericht(b))
    client.get(tab(b))
    with CaptureQueriesContext(connection) as een:
        client.get(tab(b))
    for _ in range(4):
        verwerk(bericht(directbetrokkene(b.casus)))
    bezorg()
    with django_assert_max_num_queries(len(een)):
        client.get(tab(b))
