"""Clauses of rules that no other test tries: the second half of a sentence, and the way through plain SQL."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from casus.models import Betrokkene, Casus, Logregel
from casus.services.betrokkenen import maak_persoon, voeg_betrokkene_toe
from casus.services.casussen import begin_stap
from casus.services.vastleggen import stel_voorwaarde
from diensten.services.overdrachten import begin_overdracht
from melding.models import Melding
from melding.services import neem_melding_aan, wijzig_melding
from tests import factories as f
from tests.overal.formulieren import formulieren_op
from tests.overal.landschap import bouw
from tests.register.gereedschap import directbetrokkene
from triage.models import Bevestiging
from triage.services import voeg_vorm_toe
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.koppelingen.register import HttpRegister, Registratiebericht
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


def weigert(sql: str, *waarden: object, naam: str) -> None:
    """PostgreSQL refuses this, at once or at the end of the transaction, and says by which rule."""
    with pytest.raises(DatabaseError, match=naam), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# --- RW-3.10: every step has the owner of its own kind ---

EIGENAREN = [
    "melding_melding",
    "melding_advies",
    "triage_vht",
    "diensten_vv",
    "diensten_oz",
    "diensten_overdracht",
    "diensten_monitoren",
]


@pytest.mark.regel("RW-3.10")
@pytest.mark.parametrize("tabel", [*EIGENAREN, "diensten_maatwerk"])
def test_een_stap_van_een_andere_soort_of_van_een_ander_weigert_de_database(tabel):
    bouw()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, stap_id FROM {tabel} ORDER BY id LIMIT 1")
        eigenaar, eigen = cursor.fetchone()
        cursor.execute(
            "SELECT id FROM casus_processtap WHERE soort <> (SELECT soort FROM casus_processtap WHERE id = %s) LIMIT 1",
            [eigen],
        )
        [vreemd] = cursor.fetchone()
    weigert(f"UPDATE {tabel} SET stap_id = %s WHERE id = %s", vreemd, eigenaar, naam="rw_3_10|stap_id")


# --- RW-3.12: one time line with every step, when, who and why ---


@pytest.mark.regel("RW-3.12")
def test_de_tijdlijn_toont_elke_handeling_met_datum_wie_en_waarom():
    wie = f.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad")
    vv = f.vv("voortijdig_beeindigd", door=wie)
    client = Client()
    client.force_login(wie)
    pagina = client.get(vv.casus.pad()).content.decode()
    regels = list(Logregel.objects.filter(casus=vv.casus, op_tijdlijn=True))
    assert {"neem_acuut", "kies", "beeindig_voortijdig"} <= {regel.wat for regel in regels}
    for regel in regels:
        assert regel.zin in unescape(pagina), regel.zin
    assert "Noor Haddad" in pagina
    assert f"{timezone.localtime():%H:%M}"[:2] in pagina
    assert "direct gevaar" in pagina, "waarom het acuut moest"


# --- RW-6.8: the case begins on the day of its first report, also when that day proves to be later ---


@pytest.mark.regel("RW-6.8")
@pytest.mark.parametrize("uren", [-48, 5], ids=["eerder", "later"])
def test_de_startdatum_van_de_casus_volgt_een_correctie_naar_beide_kanten(uren):
    wie = f.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)
    melding = neem_melding_aan(door=wie, ontvangen_op=timezone.now() - timedelta(hours=24))
    goed = melding.ontvangen_op + timedelta(hours=uren)
    wijzig_melding(melding, door=wie, ontvangen_op=goed)
    casus = Casus.objects.get(pk=melding.casus.pk)
    assert casus.gestart_op == goed
    assert Melding.objects.get(pk=melding.pk).stap.begonnen_op == goed


@pytest.mark.regel("RW-6.8")
def test_een_tweede_melding_verzet_de_startdatum_alleen_als_zij_eerder_binnenkwam():
    wie = f.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)
    gisteren = timezone.now() - timedelta(days=1)
    eerste = neem_melding_aan(door=wie, ontvangen_op=gisteren)
    casus = eerste.casus
    neem_melding_aan(door=wie, casus=casus)
    assert Casus.objects.get(pk=casus.pk).gestart_op == gisteren
    neem_melding_aan(door=wie, casus=casus, ontvangen_op=gisteren - timedelta(days=1))
    assert Casus.objects.get(pk=casus.pk).gestart_op == gisteren - timedelta(days=1)


# --- RW-6.18: a number is never given twice ---


@pytest.mark.regel("RW-6.18")
def test_twee_meldingen_zonder_signaal_krijgen_ook_met_sql_niet_hetzelfde_nummer():
    wie = f.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)
    melding = neem_melding_aan(door=wie)
    dubbel = Melding(nummer=melding.nummer, melder=melding.melder)
    with pytest.raises(DatabaseError, match="rw_6_18_meldingsnummer_uniek"), transaction.atomic():
        dubbel.stap = begin_stap(melding.casus, "melding", door=wie)
        dubbel.save_base(raw=True)


# --- RW-7.2 and RW-7.4 ---


@pytest.mark.regel("RW-7.2")
def test_wie_al_bekend_is_wordt_bij_toevoegen_aan_een_nieuwe_casus_weer_gemeld():
    bekend = directbetrokkene(f.casus()).persoon
    Uitpost.objects.all().delete()
    voeg_betrokkene_toe(f.casus(), bekend, door=f.medewerker())
    assert Uitpost.objects.filter(onderwerp=f"persoon:{bekend.pk}").exists()


@pytest.mark.regel("RW-7.2")
def test_een_betrokken_derde_wordt_bij_toevoegen_niet_gemeld():
    wie = f.medewerker()
    derde = maak_persoon(door=wie, voornamen="Oma", achternaam="Terpstra")
    Uitpost.objects.all().delete()
    voeg_betrokkene_toe(f.casus(wie), derde, door=wie, rol=Betrokkene.Rol.DERDE)
    assert not Uitpost.objects.filter(onderwerp=f"persoon:{derde.pk}").exists()


@pytest.mark.regel("RW-7.4")
def test_wie_directbetrokkene_wordt_krijgt_datum_en_reden_bij_de_persoon():
    wie = f.medewerker()
    derde = f.betrokkene(f.casus(wie), rol=Betrokkene.Rol.DERDE)
    voer_uit(derde, "wordt_directbetrokkene", door=wie, reden="sloeg mee")
    nu = Betrokkene.objects.get(pk=derde.pk)
    assert (nu.stand, nu.reden_rol) == (Betrokkene.Rol.DIRECT, "sloeg mee")
    laatste = nu.history.latest("history_date")
    assert (laatste.history_user, laatste.history_date.date()) == (wie, timezone.now().date())


@pytest.mark.regel("RW-7.4")
def test_zonder_reden_wordt_niemand_directbetrokkene_ook_niet_door_de_api():
    wie = f.medewerker()
    derde = f.betrokkene(f.casus(wie), rol=Betrokkene.Rol.DERDE)
    with pytest.raises(RegelGeweigerd):
        voer_uit(derde, "wordt_directbetrokkene", door=wie, reden="  ")
    client = Client()
    client.force_login(wie)
    assert client.post(f"{derde.casus.pad()}betrokkenen/{derde.pk}/rol/", {"reden": " "}).status_code == 422
    pad = f"/api/v1/betrokkenen/{derde.pk}/wordt-directbetrokkene"
    antwoord = client.post(pad, {"reden": ""}, content_type="application/json", headers={"If-Match": '"1"'})
    assert antwoord.status_code in {409, 422}
    assert Betrokkene.objects.get(pk=derde.pk).stand == Betrokkene.Rol.DERDE


# --- RW-9.3: what was signed stays signed ---


@pytest.mark.regel("RW-9.3")
@pytest.mark.parametrize(
    "sql",
    ["UPDATE triage_bevestiging SET oordeel = 'bezwaar' WHERE id = %s", "DELETE FROM triage_bevestiging WHERE id = %s"],
)
def test_een_handtekening_verandert_en_verdwijnt_ook_met_sql_niet(sql):
    f.besluit("genomen")
    handtekening = Bevestiging.objects.get(oordeel="eens")
    weigert(sql, handtekening.pk, naam="(?i)cannot (update|delete)")


# --- a text that does not fit ---


def test_een_te_lange_tekst_wordt_in_woorden_geweigerd_en_niet_door_de_database():
    wie = f.medewerker(Rol.VOORKANT)
    signaal = f.signaal(door=wie)
    with pytest.raises(RegelGeweigerd, match="langer dan 400 tekens"):
        voer_uit(signaal, "stel_sluiten_voor", door=wie, reden="x" * 5000)


def test_een_vorm_van_geweld_weghalen_met_een_onmogelijk_nummer_haalt_niets_weg():
    wie = f.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)
    vht = f.vht(door=wie)
    voeg_vorm_toe(vht, door=wie, vorm="pg-psychisch")
    client = Client()
    client.force_login(wie)
    for weg in ("9" * 5000, "9" * 30, "²", "\x00", "-1"):
        assert client.post(vht.pad(), {"weg": weg}).status_code < 500
    assert vht.vormen.count() == 1


def test_een_antwoord_dat_zonder_htmx_wordt_bewaard_geeft_een_hele_pagina():
    wie = f.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)
    vht = f.vht(door=wie)
    client = Client()
    client.force_login(wie)
    antwoord = client.post(f"{vht.pad()}rij/A1/", {"A1-waarde": "ja", "A1-versie": "1"}, follow=True)
    assert antwoord.status_code == 200
    assert "<!doctype html>" in antwoord.content.decode()


# --- VTR-1: what leaves for the register, on the wire ---


@pytest.mark.regel("VTR-1")
def test_op_de_lijn_naar_het_register_staat_alleen_wie_bij_wie_betrokken_is(monkeypatch):
    gestuurd: list[dict[str, Any]] = []

    def vang(methode: str, url: str, **wat: Any) -> httpx.Response:
        gestuurd.append({"url": url, **wat})
        return httpx.Response(200, json={"berichten": 0})

    monkeypatch.setattr("vt_cvs.koppelingen.register.httpx.request", vang)
    bericht = Registratiebericht(
        pseudoniem="p", versie=3, stand="actief", bsn="999990019", naam="J", begin=date(2026, 1, 2), eind=None
    )
    HttpRegister("http://register.example", "geheim").meld(bericht, sleutel=uuid4())
    HttpRegister("http://register.example", "geheim").meld(
        Registratiebericht(pseudoniem="p", versie=4, stand="verwijderd"), sleutel=uuid4()
    )
    assert gestuurd[0]["json"].keys() == {"pseudoniem", "versie", "stand", "bsn", "naam", "begin", "eind"}
    assert gestuurd[1]["json"].keys() == {"pseudoniem", "versie", "stand"}
    for verzoek in gestuurd:
        assert verzoek["headers"].keys() == {"Authorization", "Idempotency-Key"}
        assert verzoek["url"] == "http://register.example/v1/registraties"


# --- RW-3.3: nothing is asked but the sentence itself ---


@pytest.mark.regel("RW-3.3")
@pytest.mark.parametrize(
    ("wat", "zin"),
    [("contact", ""), ("hoor", ""), ("afspraak", "tekst"), ("voorwaarde", "tekst"), ("alarmering", "waarschuwing")],
)
def test_wie_een_formulier_voor_de_veiligheid_opent_en_meteen_bewaart_wordt_niet_opgehouden(wat, zin):
    wie = f.medewerker()
    pad = f"{f.casus(wie).pad()}vastleggen/{wat}/"
    client = Client()
    client.force_login(wie)
    formulieren = formulieren_op(client.get(pad).content.decode(), pad)
    [form] = [form for form in formulieren if {"verslag", "tekst", "waarschuwing"} & {v.naam for v in form.velden}]
    leeg = form.zoals_het_staat() | ({zin: "vader slaapt bij opa"} if zin else {})
    assert client.post(pad, leeg).status_code == 302


# --- RW-4.1: a letter fills itself from what is known ---


@pytest.mark.regel("RW-4.1")
def test_de_brief_bij_een_overdracht_vult_zich_uit_het_dossier():
    wie = f.medewerker()
    vv = f.vv("lopend", door=wie)
    stel_voorwaarde(vv.casus, "vader slaapt bij opa", door=wie)
    overdracht = begin_overdracht(vv.casus, door=wie)
    assert "vader slaapt bij opa" in overdracht.advies_en_aandachtspunten
