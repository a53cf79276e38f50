"""V&V: chosen, taken up, finished with an outcome per form of violence and a decision on what follows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client

from casus.models import Logregel, Taak, Terugkoppeling
from casus.services.vastleggen import beeindig_voorwaarde, stel_voorwaarde
from diensten.models import VV, Keuze, Maatwerk, Monitoren, Overdracht, Uitkomst
from diensten.selectors import tien_weken_van
from diensten.services.eigen import bewaar_afronding, leg_uitkomst_vast, rond_dienst_af
from diensten.services.keuzes import maak_keuze, open_keuze
from diensten.services.overdrachten import begin_overdracht
from tests import factories
from triage.models import Triagebesluit
from triage.services import voeg_vorm_toe
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.regels import RegelGeweigerd

pytestmark = pytest.mark.django_db

AF = {"uitkomsten": {"pg-psychisch": "bevestigd"}, "vervolg_monitoren": True, "vervolg_overdracht": False}


def als(medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


def taak_van(vv: VV) -> Taak | None:
    return Taak.objects.filter(onderwerp_soort="diensten.vv", onderwerp_id=vv.pk, stand="open").first()


# --- start and clock ----------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-5.12b")
def test_oppakken_heeft_een_eigen_tijdstip_en_verschuift_de_startdatum_niet(noor):
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False):
        vv = factories.vv(door=noor)
    begonnen = vv.stap.begonnen_op
    assert vv.opgepakt_op is None
    with time_machine.travel(datetime(2026, 3, 12, 9, tzinfo=UTC), tick=False):
        vv = voer_uit(vv, "pak_op", door=noor)
    assert (vv.stap.begonnen_op, vv.opgepakt_op) == (begonnen, datetime(2026, 3, 12, 9, tzinfo=UTC))
    assert vv.stap.verantwoordelijke == noor


@pytest.mark.regel("RW-5.12b")
def test_opgepakt_zonder_tijdstip_weigert_de_database(noor):
    vv = factories.vv(door=noor)
    with pytest.raises(IntegrityError, match="rw_5_12b_vv"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE diensten_vv SET stand = 'lopend' WHERE id = %s", [vv.pk])


def test_wie_oppakt_neemt_een_collega_die_er_al_staat_het_werk_niet_af(wie):
    vv = factories.vv(door=wie["noor"])
    vv.stap.verantwoordelijke = wie["collega"]
    vv.stap.bewaar(door=wie["noor"], reden="toegewezen")
    vv = voer_uit(vv, "pak_op", door=wie["noor"])
    assert vv.stap.verantwoordelijke == wie["collega"]


@pytest.mark.regel("RW-5.12c")
def test_een_klok_van_tien_weken_vanaf_het_triagebesluit(noor):
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False):
        keuze = factories.keuze(door=noor)
    with time_machine.travel(datetime(2026, 3, 20, 9, tzinfo=UTC), tick=False):
        maak_keuze(keuze, door=noor, vv=True)
    vv = VV.objects.get()
    assert tien_weken_van(vv).uiterlijk == date(2026, 5, 11)
    assert taak_van(vv).uiterlijk == date(2026, 5, 11)
    voer_uit(vv, "pak_op", door=noor)
    taak = taak_van(vv)
    assert (taak.titel, taak.uiterlijk, taak.voor) == ("V&V afronden en vervolg kiezen", date(2026, 5, 11), noor)


@pytest.mark.regel("RW-5.12c", "RW-13.S2")
def test_ook_na_triagebesluit_overdracht_loopt_de_klok_vanaf_dat_besluit(noor):
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False):
        besluit = factories.besluit("genomen", door=noor, uitkomst="overdracht")
    with time_machine.travel(datetime(2026, 4, 1, 9, tzinfo=UTC), tick=False):
        keuze = open_keuze(besluit.vht, door=noor, motivering="geweigerd")
        maak_keuze(keuze, door=noor, vv=True, motivering="geen contact mogelijk")
    assert tien_weken_van(VV.objects.get()).uiterlijk == date(2026, 5, 11)


@pytest.mark.regel("RW-5.12c")
def test_bij_meer_meldingen_telt_het_eerste_triagebesluit(noor):
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False):
        vv = factories.vv(door=noor)
    with time_machine.travel(datetime(2026, 3, 30, 9, tzinfo=UTC), tick=False):
        later = factories.besluit("genomen", door=noor)
        vv.meldingen.add(later.vht.melding)
    assert Triagebesluit.objects.count() == 2
    assert tien_weken_van(vv).uiterlijk == date(2026, 5, 11)


# --- outcome and end ----------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-4.1", "RW-9.21")
def test_de_vormen_van_de_vht_staan_klaar_voor_hun_uitkomst(noor):
    keuze = factories.keuze(door=noor)
    voeg_vorm_toe(keuze.vht, door=noor, vorm="pg-lichamelijk", feit="klap", bron="moeder")
    maak_keuze(keuze, door=noor, vv=True, motivering="conclusie volgt")
    assert [(u.vorm, u.uitkomst_geweld) for u in VV.objects.get().uitkomsten] == [("pg-lichamelijk", "")]


def test_dezelfde_vorm_krijgt_geen_tweede_uitkomst(noor):
    vv = factories.vv("lopend", door=noor)
    leg_uitkomst_vast(vv, "ouders", "bevestigd", door=noor)
    leg_uitkomst_vast(vv, "ouders", "weerlegd", door=noor)
    assert vv.uitkomsten.get().uitkomst_geweld == "weerlegd"


@pytest.mark.regel("RW-4.8")
def test_afronden_met_lege_telbare_velden_toont_alles_tegelijk_op_het_scherm(noor):
    vv = factories.vv("lopend", door=noor)
    uitkomst = leg_uitkomst_vast(vv, "ouders", "", door=noor)
    leg_uitkomst_vast(vv, "ouderen", "", door=noor)
    antwoord = als(noor).post(f"{vv.pad()}rond_af/", {"versie": vv.versie, "motivering": "toch"})
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert f'href="#id_uitkomst_{uitkomst.pk}"' in tekst
    for zin in ("Geweld tegen ouders", "Ouderenmishandeling", "Kies het vervolg", "Regel 4.8"):
        assert zin in tekst
    assert VV.objects.get().stand == "lopend"


@pytest.mark.regel("RW-4.8")
def test_afronden_met_lege_telbare_velden_weigert_de_api_met_elk_veld(noor):
    vv = factories.vv("lopend", door=noor)
    leg_uitkomst_vast(vv, "ouders", "", door=noor)
    antwoord = als(noor).post(
        f"/api/v1/vvs/{vv.pk}/rond-af",
        {"motivering": "toch"},
        content_type="application/json",
        headers={"If-Match": f'"{vv.versie}"'},
    )
    assert antwoord.status_code == 409
    gevonden = antwoord.json()["belemmeringen"]
    assert [b["regel"]["id"] for b in gevonden] == ["RW-4.8", "RW-4.8"]
    assert {b["soort"] for b in gevonden} == {"hard"}
    assert VV.objects.get().stand == "lopend"


@pytest.mark.regel("RW-4.8")
@pytest.mark.parametrize(
    ("vooraf", "zet", "wachter"),
    [
        ("", "vervolg_monitoren = true", "rw_4_8"),
        ("ouders", "vervolg_monitoren = true", "rw_4_8"),
        ("gevuld", "vervolg_monitoren = false", "rw_4_8_vv_afgerond_heeft_vervolg"),
    ],
)
def test_afronden_met_lege_telbare_velden_weigert_de_database(noor, vooraf, zet, wachter):
    vv = factories.vv("lopend", door=noor)
    if vooraf:
        leg_uitkomst_vast(vv, "ouders", "bevestigd" if vooraf == "gevuld" else "", door=noor)
    with pytest.raises(IntegrityError, match=wachter), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE diensten_vv SET stand = 'afgerond', {zet} WHERE id = %s", [vv.pk])


@pytest.mark.regel("RW-4.8")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE diensten_uitkomst SET uitkomst_geweld = '' WHERE stap_id = %s",
        "INSERT INTO diensten_uitkomst (stap_id, vorm, uitkomst_geweld, versie) VALUES (%s, 'ouders', '', 1)",
    ],
)
def test_na_afronden_wordt_een_uitkomst_ook_met_sql_niet_leeg(noor, sql):
    vv = factories.vv("afgerond", door=noor)
    with pytest.raises(IntegrityError, match="rw_4_8"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [vv.stap_id])


@pytest.mark.regel("RW-4.8")
def test_niet_gerapporteerd_telt_als_gevuld(noor):
    vv = factories.vv("afgerond", door=noor, ouders="niet-gerapporteerd")
    assert vv.stand == "afgerond"


@pytest.mark.regel("RW-4.8")
def test_voortijdig_einde_vraagt_de_reden_overal(noor):
    vv = factories.vv("lopend", door=noor)
    assert als(noor).post(f"{vv.pad()}beeindig_voortijdig/", {"versie": vv.versie}).status_code == 422
    api = als(noor).post(
        f"/api/v1/vvs/{vv.pk}/beeindig-voortijdig",
        {"reden_voortijdig": " "},
        content_type="application/json",
        headers={"If-Match": f'"{vv.versie}"'},
    )
    assert (api.status_code, api.json()["belemmeringen"][0]["regel"]["id"]) == (409, "RW-4.8")
    with (
        pytest.raises(IntegrityError, match="rw_4_8_vv_voortijdig_heeft_reden"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE diensten_vv SET stand = 'voortijdig_beeindigd' WHERE id = %s", [vv.pk])


def test_een_geweigerd_einde_bewaart_niets_half(noor):
    vv = factories.vv("lopend", door=noor)
    with pytest.raises(RegelGeweigerd):
        rond_dienst_af(vv, door=noor, **{**AF, "vervolg_monitoren": False})
    assert not Uitkomst.objects.exists()
    assert VV.objects.get().versie == vv.versie


def test_bewaren_en_later_verder(noor):
    vv = factories.vv("lopend", door=noor)
    als(noor).post(
        f"{vv.pad()}rond_af/",
        {"versie": vv.versie, "doe": "bewaren", "vorm_nieuw": "ouders", "vervolg_monitoren": "on"},
    )
    vers = VV.objects.get()
    assert (vers.stand, vers.vervolg_monitoren, vers.uitkomsten.get().vorm) == ("lopend", True, "ouders")
    with pytest.raises(RegelGeweigerd):
        voer_uit(vers, "rond_af", door=noor)


def test_wat_is_afgerond_verandert_niet_meer(noor):
    vv = factories.vv("afgerond", door=noor)
    with pytest.raises(StapKanNiet):
        bewaar_afronding(vv, door=noor, **AF)
    with pytest.raises(StapKanNiet):
        leg_uitkomst_vast(vv, "ouders", "bevestigd", door=noor)


def test_een_tweede_schrijver_ziet_beide_teksten(noor):
    vv = factories.vv("lopend", door=noor)
    bewaar_afronding(vv, door=noor, **{**AF, "toelichting": "Moeder wil hulp."})
    antwoord = als(noor).post(f"{vv.pad()}rond_af/", {"versie": vv.versie, "toelichting": "Vader wil hulp."})
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "Twee mensen schreven tegelijk" in tekst
    assert "Moeder" in tekst
    assert "Vader wil hulp." in tekst


@pytest.mark.regel("RAD-3")
def test_met_actuele_voorwaarden_hoort_monitoren_erbij_tenzij_gemotiveerd(noor):
    vv = factories.vv("lopend", door=noor)
    voorwaarde = stel_voorwaarde(vv.casus, "Vader slaapt elders.", door=noor)
    zonder = {**AF, "vervolg_monitoren": False, "vervolg_overdracht": True}
    with pytest.raises(RegelGeweigerd) as fout:
        rond_dienst_af(vv, door=noor, **zonder)
    assert [(b.regel.id, b.hard, b.veld) for b in fout.value.belemmeringen] == [("RAD-3", False, "vervolg_monitoren")]
    rond_dienst_af(vv, door=noor, motivering="de gecertificeerde instelling houdt zicht", **zonder)
    assert not Monitoren.objects.exists()
    assert "RAD-3" in Logregel.objects.get(soort="diensten.vv", wat="rond_af").regels
    beeindig_voorwaarde(voorwaarde, door=noor)


@pytest.mark.regel("RAD-3")
def test_zonder_actuele_voorwaarden_vraagt_overdracht_alleen_niets(noor):
    vv = factories.vv("lopend", door=noor)
    beeindig_voorwaarde(stel_voorwaarde(vv.casus, "Was tijdelijk.", door=noor), door=noor)
    rond_dienst_af(vv, door=noor, **{**AF, "vervolg_monitoren": False, "vervolg_overdracht": True})
    assert Overdracht.objects.get().na_dienst == vv.stap


@pytest.mark.regel("RW-6.7")
@pytest.mark.parametrize("einde", ["afgerond", "voortijdig_beeindigd"])
def test_aan_het_einde_hoort_elke_melder_het(noor, einde):
    vv = factories.vv(einde, door=noor)
    melding = vv.meldingen.get()
    momenten = Terugkoppeling.objects.filter(meldingsnummer=melding.nummer).order_by("id")
    assert [t.moment for t in momenten] == ["triagebesluit", "einde"]
    assert Taak.objects.filter(onderwerp_soort="casus.terugkoppeling", stand="open").count() == 2


@pytest.mark.regel("RW-9.4")
def test_overdracht_kan_al_starten_tijdens_v_en_v_en_loopt_ernaast(noor):
    vv = factories.vv("lopend", door=noor)
    antwoord = als(noor).post(f"{vv.casus.pad()}diensten/overdracht/")
    overdracht = Overdracht.objects.get()
    assert antwoord.url == overdracht.pad()
    assert list(overdracht.meldingen.all()) == list(vv.meldingen.all())
    assert VV.objects.get().stand == "lopend"
    assert begin_overdracht(vv.casus, door=noor) == overdracht
    rond_dienst_af(vv, door=noor, **{**AF, "vervolg_overdracht": True})
    assert Overdracht.objects.get().stand == "voorbereiding"


@pytest.mark.regel("RW-9.5")
def test_lokaal_maatwerk_kan_ook_tijdens_v_en_v(noor):
    vv = factories.vv("lopend", door=noor)
    als(noor).post(f"{vv.casus.pad()}diensten/maatwerk/", {"soort_maatwerk": "Aware", "toelichting": "knop bij moeder"})
    assert Maatwerk.objects.get().soort_maatwerk == "Aware"
    assert VV.objects.get().stand == "lopend"


def test_een_onbekende_reden_van_voortijdig_einde_wordt_niet_geteld(noor):
    vv = factories.vv("lopend", door=noor)
    with pytest.raises(RegelGeweigerd):
        voer_uit(vv, "beeindig_voortijdig", door=noor, reden_voortijdig="verzonnen")


def test_de_keuze_van_een_v_en_v_blijft_te_vinden(noor):
    vv = factories.vv(door=noor)
    assert vv.keuze == Keuze.objects.get()
    assert vv.stap.begonnen_op - vv.keuze.gemaakt_op == timedelta(0)
