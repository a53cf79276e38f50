"""Drafts: kept for whoever typed, for nobody else, encrypted, and gone when they should be."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import timedelta
from time import sleep
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests import factories
from vt_cvs.organisatie.models import Rol
from vt_cvs.organisatie.services import zet_uit_dienst
from vt_cvs.web import klad
from vt_cvs.web.models import BLIJFT, Klad
from vt_cvs.web.tasks import ruim_kladden_op

pytestmark = pytest.mark.django_db
PAD = "/melding/nieuw/"


@pytest.fixture
def noor():
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


def doe(client: Client, wie: Any, wat: str, **gegevens: Any):
    gegevens = {"doe": wat, "wie": klad.wie(wie), "pad": PAD, "venster": "een", **gegevens}
    return client.post("/klad/", json.dumps(gegevens), content_type="application/json")


def bewaar(client: Client, wie: Any, tekst: str = "Ze durft niet naar huis.", **gegevens: Any):
    velden = [["situatie", tekst], ["persoon-0-bsn", "999990019"]]
    gegevens = {"sleutel": str(uuid.uuid4()), "versie": 0, "formulier": "opnemen~0", "velden": velden, **gegevens}
    return doe(client, wie, "bewaar", **gegevens)


def test_wat_is_getypt_komt_terug_voor_wie_het_typte(client, noor):
    sleutel = str(uuid.uuid4())
    assert bewaar(client, noor, sleutel=sleutel).json()["versie"] == 1
    (rij,) = doe(client, noor, "kijk").json()["andere"]
    assert rij["sleutel"] == sleutel
    velden = doe(client, noor, "verder", sleutel=sleutel).json()["velden"]
    assert ["situatie", "Ze durft niet naar huis."] in velden


def test_een_ander_krijgt_niets_te_zien_en_kan_niets_overschrijven(client, noor):
    sleutel = str(uuid.uuid4())
    bewaar(client, noor, sleutel=sleutel)
    ander = factories.medewerker(Rol.TEAMLEIDER)
    van_ander = Client()
    van_ander.force_login(ander)
    assert doe(van_ander, ander, "kijk").json()["andere"] == []
    assert doe(van_ander, ander, "verder", sleutel=sleutel).status_code == 404
    assert "elders" in bewaar(van_ander, ander, sleutel=sleutel, versie=1).json()
    doe(van_ander, ander, "weg", sleutel=sleutel)
    assert len(doe(client, noor, "kijk").json()["andere"]) == 1


def test_een_bladzijde_van_een_ander_die_intussen_inlogde_bewaart_niets(client, noor):
    ander = factories.medewerker(Rol.VOORKANT)
    assert bewaar(client, ander).status_code == 412
    assert not Klad.objects.exists()


def test_zonder_inloggen_is_er_niets(noor):
    assert bewaar(Client(), noor).status_code == 302
    assert not Klad.objects.exists()


def test_in_de_database_en_de_cache_staat_geen_leesbaar_woord(client, noor):
    bewaar(client, noor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT k::text, encode(k.inhoud, 'escape') FROM web_klad k")
        ruw = " ".join(str(deel) for deel in cursor.fetchone())
    for woord in ("durft", "999990019", "situatie", "/melding/nieuw"):
        assert woord not in ruw
    assert cache.get("klad") is None


def test_twee_vensters_overschrijven_elkaar_niet(client, noor):
    """The window that lost its draft hears so, and what it then keeps stands beside the other."""
    sleutel = str(uuid.uuid4())
    bewaar(client, noor, sleutel=sleutel)
    assert doe(client, noor, "verder", sleutel=sleutel, venster="twee").json()["versie"] == 2
    assert "elders" in bewaar(client, noor, "Uit het eerste venster.", sleutel=sleutel, versie=1).json()
    bewaar(client, noor, "Uit het eerste venster.")
    assert Klad.objects.open().count() == 2
    assert ["situatie", "Ze durft niet naar huis."] in doe(client, noor, "verder", sleutel=sleutel).json()["velden"]


def test_na_bewaren_is_het_concept_weg_en_komt_het_niet_terug(client, noor):
    sleutel = str(uuid.uuid4())
    bewaar(client, noor, sleutel=sleutel)
    client.post("/signaal/nieuw/", {"tekst": "Er is geschreeuwd.", "klad": sleutel})
    assert doe(client, noor, "kijk").json()["andere"] == []
    assert bytes(Klad.objects.get().inhoud) == b""
    assert "elders" in bewaar(client, noor, sleutel=sleutel, versie=1).json()


def test_een_concept_dat_na_het_bewaren_nog_onderweg_was_komt_niet_tot_leven(client, noor):
    sleutel = str(uuid.uuid4())
    client.post("/signaal/nieuw/", {"tekst": "Er is geschreeuwd.", "klad": sleutel})
    assert "elders" in bewaar(client, noor, sleutel=sleutel).json()
    assert not Klad.objects.open().exists()


def test_een_geweigerd_formulier_houdt_zijn_concept(client, noor):
    sleutel = str(uuid.uuid4())
    bewaar(client, noor, sleutel=sleutel)
    assert client.post("/signaal/nieuw/", {"tekst": "", "klad": sleutel}).status_code == 422
    assert Klad.objects.open().count() == 1


def test_een_verlopen_sessie_houdt_het_concept(client, noor):
    sleutel = str(uuid.uuid4())
    bewaar(client, noor, sleutel=sleutel)
    client.logout()
    assert client.post("/signaal/nieuw/", {"tekst": "x", "klad": sleutel}).status_code == 302
    assert Klad.objects.open().count() == 1


@pytest.mark.parametrize("pad", ["/account/login/", "/account/password/change/", "/beheer/", "https://elders.example/"])
def test_van_een_wachtwoord_of_tweede_factor_is_er_nooit_een_concept(client, noor, pad):
    assert bewaar(client, noor, pad=pad).status_code == 400
    assert not Klad.objects.exists()


def test_een_veld_met_een_geheim_wordt_niet_bewaard(client, noor):
    sleutel = str(uuid.uuid4())
    bewaar(client, noor, sleutel=sleutel, velden=[["password", "geheim"], ["tekst", "gewoon"]])
    assert doe(client, noor, "verder", sleutel=sleutel).json()["velden"] == [["tekst", "gewoon"]]


def test_na_vijf_dagen_is_een_concept_weg(client, noor):
    bewaar(client, noor)
    with time_machine.travel(timezone.now() + BLIJFT - timedelta(hours=1)):
        assert ruim_kladden_op() == 0
    with time_machine.travel(timezone.now() + BLIJFT + timedelta(minutes=1)):
        assert klad.andere(PAD, door=noor) == []
        assert ruim_kladden_op() == 1
    assert not Klad.objects.exists()


def test_wie_uit_dienst_gaat_laat_geen_concepten_achter(client, noor):
    bewaar(client, noor)
    zet_uit_dienst(noor, door=factories.medewerker(Rol.BEHEERDER))
    assert not Klad.objects.exists()


def test_sluiten_van_een_signaal_neemt_de_concepten_mee(client, noor):
    signaal = factories.signaal()
    bewaar(client, noor, pad=signaal.pad())
    bewaar(client, noor, pad="/werk/")
    klad.wis_over([signaal.nummer])
    assert [rij.nummers for rij in Klad.objects.all()] == [[]]


@pytest.mark.parametrize(
    "inhoud",
    [b"", b"[]", b'{"doe": "bewaar"}', b'{"doe": "x", "wie": "y"}', b"\xff", b'{"doe": ["a"], "wie": 1}'],
)
def test_onleesbare_invoer_geeft_nooit_een_500(client, inhoud):
    assert client.post("/klad/", inhoud, content_type="application/json").status_code == 400


def test_een_te_groot_of_raar_concept_wordt_met_een_zin_geweigerd(client, noor):
    assert bewaar(client, noor, "x" * (klad.GROOTST + 1)).status_code == 413
    assert bewaar(client, noor, sleutel="geen").status_code == 400
    assert bewaar(client, noor, velden="tekst").status_code == 400
    assert "elders" in bewaar(client, noor, versie=10**30).json()
    assert bewaar(client, noor, "nul\x00teken").status_code == 200


def test_klaar_betekent_leeg_ook_in_de_database(client, noor):
    bewaar(client, noor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Klad.objects.update(klaar=True)


def test_het_token_na_opnieuw_inloggen_zegt_ook_van_wie_het_is(client, noor):
    assert client.get("/klad/sleutel/").json()["wie"] == klad.wie(noor)
    assert Client().get("/klad/sleutel/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_de_laatste_woorden_van_een_blad_dat_net_wordt_bewaard_geven_geen_fout(noor, client):
    """The form is being saved and closes its draft, while the first draft of it is still on its way."""
    sleutel, gesloten, uitkomst = str(uuid.uuid4()), threading.Event(), []

    def laat() -> None:
        gesloten.wait(10)
        try:
            uitkomst.append(bewaar(client, noor, sleutel=sleutel).json())
        finally:
            connection.close()

    draad = threading.Thread(target=laat)
    draad.start()
    with transaction.atomic():
        klad.sluit(uuid.UUID(sleutel), door=noor)
        gesloten.set()
        wacht_op_slot()
    draad.join()
    assert [list(antwoord) for antwoord in uitkomst] == [["elders"]]
    assert not Klad.objects.open().exists()


def wacht_op_slot() -> None:
    """Until somebody else waits for what this transaction holds."""
    for _ in range(400):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        sleep(0.02)
    pytest.fail("de ander wachtte niet")
