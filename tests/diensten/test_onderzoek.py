"""Onderzoek: instead of V&V or after it, on the same clock, never back, and ended by what was found."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client

from casus.models import Benadering, Taak, Terugkoppeling
from casus.personen.benaderen import heeft_geen_aandeel, kies_wie
from casus.services.vastleggen import stel_voorwaarde
from diensten.eerder import dienst_in_afronding, voorstel_voor
from diensten.models import OZ, VV, Keuze, Monitoren, Overdracht
from diensten.selectors import tien_weken_van
from diensten.services.eigen import bewaar_afronding, leg_uitkomst_vast, rond_dienst_af
from diensten.services.keuzes import maak_keuze
from diensten.services.overdrachten import begin_overdracht
from melding.services import neem_melding_aan
from tests import factories
from triage.models import VHT
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.regels import RegelGeweigerd

pytestmark = pytest.mark.django_db

OVER = {"uitkomsten": {"ouders": "weerlegd"}, "vervolg_monitoren": False, "vervolg_overdracht": True}


def als(medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


def verder(vv: VV, noor) -> OZ:
    voer_uit(vv, "ga_verder_als_onderzoek", door=noor, toelichting="Het letsel is niet verklaard.")
    return OZ.objects.get(na_dienst=vv.stap)


def keuze_bij_nieuwe_melding(dienst, noor) -> Keuze:
    """A second report in the case, decided “bij VT”: its choice stands open."""
    melding = neem_melding_aan(door=noor, casus=dienst.casus)
    besluit = VHT.objects.get(melding=melding).besluit
    besluit = voer_uit(besluit, "neem_acuut", door=noor, tweede=factories.collega(noor), motivering="direct gevaar")
    return Keuze.objects.get(vht=besluit.vht)


# --- start and clock ----------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-9.2", "RW-5.12b", "RW-5.12c")
def test_onderzoek_begint_met_de_keuze_en_heeft_de_tien_weken_van_het_triagebesluit(noor):
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False):
        keuze = factories.keuze(door=noor)
    with time_machine.travel(datetime(2026, 3, 20, 9, tzinfo=UTC), tick=False):
        antwoord = als(noor).post(keuze.pad(), {"versie": keuze.versie, "oz": "on", "motivering": "conclusie volgt"})
    assert antwoord.status_code == 302
    oz = OZ.objects.get()
    keuze = Keuze.objects.get()
    assert (oz.stap.begonnen_op, oz.stand) == (keuze.gemaakt_op, "gekozen")
    assert tien_weken_van(oz).uiterlijk == date(2026, 5, 11)
    taak = Taak.objects.get(onderwerp_soort="diensten.oz", stand="open")
    assert (taak.titel, taak.uiterlijk) == ("Onderzoek oppakken", date(2026, 5, 11))


@pytest.mark.regel("RW-9.6", "RW-5.12c")
@pytest.mark.parametrize("stand", ["gekozen", "lopend"])
def test_van_v_en_v_naar_onderzoek_in_een_handeling_met_alle_datums(noor, stand):
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False):
        vv = factories.vv(stand, door=noor)
    with time_machine.travel(datetime(2026, 4, 1, 9, tzinfo=UTC)):
        antwoord = als(noor).post(f"{vv.pad()}ga_verder_als_onderzoek/", {"versie": vv.versie, "toelichting": "letsel"})
    oz, vv = OZ.objects.get(), VV.objects.get()
    assert antwoord.url == oz.pad()
    assert (vv.stand, vv.vervolg_onderzoek, vv.vervolg_in_woorden) == ("afgerond", True, "Onderzoek")
    assert oz.stap.begonnen_op == vv.stap.geeindigd_op
    assert oz.stap.begonnen_op.date() == date(2026, 4, 1)
    assert tien_weken_van(oz).uiterlijk == date(2026, 5, 11)
    assert list(oz.meldingen.all()) == list(vv.meldingen.all())
    connection.check_constraints()


@pytest.mark.regel("RW-9.20", "RW-8.16")
def test_wat_in_de_v_en_v_bekend_werd_gaat_mee_naar_het_onderzoek(noor):
    vv = factories.vv("lopend", door=noor)
    mens = factories.betrokkene(vv.casus, door=noor)
    leg_uitkomst_vast(vv, "ouders", "niet-bevestigd", door=noor)
    leg_uitkomst_vast(vv, "ouderen", "niet-gerapporteerd", door=noor)
    voorwaarde = stel_voorwaarde(vv.casus, "Vader slaapt elders.", door=noor, stap=vv.stap)
    kies_wie(vv.stap, [mens], door=noor, soort="benaderen", waarvoor="hoe het op school gaat")
    overdracht = begin_overdracht(vv.casus, door=noor)
    oz = verder(vv, noor)
    voorwaarde.refresh_from_db()
    assert {u.vorm: u.uitkomst_geweld for u in oz.uitkomsten} == {"ouders": "niet-bevestigd", "ouderen": ""}
    assert {u.uitkomst_geweld for u in VV.objects.get().uitkomsten} == {"niet-bevestigd", "niet-gerapporteerd"}
    assert (voorwaarde.stap, oz.stap.verantwoordelijke) == (oz.stap, noor)
    assert Benadering.objects.get().stap == oz.stap
    assert Overdracht.objects.get() == overdracht


@pytest.mark.regel("RW-6.7")
def test_na_v_en_v_met_onderzoek_hoort_de_melder_het_pas_na_het_onderzoek(noor):
    vv = factories.vv("lopend", door=noor)
    oz = verder(vv, noor)
    assert not Terugkoppeling.objects.filter(moment="einde").exists()
    oz = voer_uit(oz, "pak_op", door=noor)
    rond_dienst_af(oz, door=noor, **OVER)
    assert Terugkoppeling.objects.filter(moment="einde").count() == 1


@pytest.mark.regel("RW-9.6")
def test_een_v_en_v_die_als_onderzoek_verder_gaat_zonder_onderzoek_weigert_de_database(noor):
    vv = factories.vv("lopend", door=noor)
    with pytest.raises(IntegrityError, match="rw_9_6"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE diensten_vv SET stand = 'afgerond', vervolg_onderzoek = true WHERE id = %s", [vv.pk])
        connection.check_constraints()


@pytest.mark.regel("RW-9.6")
def test_naar_onderzoek_kan_ook_langs_de_api(noor):
    vv = factories.vv("lopend", door=noor)
    antwoord = als(noor).post(
        f"/api/v1/vvs/{vv.pk}/ga-verder-als-onderzoek",
        {"toelichting": "letsel"},
        content_type="application/json",
        headers={"If-Match": f'"{vv.versie}"'},
    )
    assert antwoord.status_code == 200
    assert OZ.objects.get().na_dienst == vv.stap


# --- a new report meanwhile ---------------------------------------------------------------------------------------


@pytest.mark.regel("RW-9.6", "RW-5.12c", "RW-13.S8")
def test_onderzoek_kiezen_bij_een_nieuwe_melding_zet_de_v_en_v_om(noor):
    vv = factories.vv("lopend", door=noor)
    keuze = keuze_bij_nieuwe_melding(vv, noor)
    keuze = maak_keuze(keuze, door=noor, oz=True, motivering="eerst handelen")
    oz, vv = OZ.objects.get(), VV.objects.get()
    assert keuze.gemaakt_op == vv.stap.geeindigd_op == oz.stap.begonnen_op
    assert (oz.keuze, oz.meldingen.count(), vv.meldingen.count()) == (keuze, 2, 1)


@pytest.mark.regel("RW-13.S7", "RW-13.S8")
def test_bij_een_lopend_onderzoek_wordt_onderzoek_voorgesteld_en_komt_er_geen_tweede(noor):
    oz = verder(factories.vv("lopend", door=noor), noor)
    keuze = keuze_bij_nieuwe_melding(oz, noor)
    voorstel = voorstel_voor(keuze)
    assert (voorstel.vv, voorstel.oz) == (False, True)
    maak_keuze(keuze, door=noor, oz=True, motivering="het onderzoek loopt al")
    assert OZ.objects.get().meldingen.count() == 2
    assert "Er loopt een onderzoek" in next(dienst_in_afronding(oz.casus))


# --- outcome and end ----------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-9.10")
@pytest.mark.parametrize("uitkomst", ["bevestigd", "niet-bevestigd", "niet-gerapporteerd"])
def test_overdracht_zonder_monitoren_kan_alleen_als_alles_is_weerlegd(noor, uitkomst):
    oz = factories.oz("lopend", door=noor)
    twee = {**OVER, "uitkomsten": {"ouders": "weerlegd", "ouderen": uitkomst}}
    oz = bewaar_afronding(oz, door=noor, **twee)
    velden = {u.veldnaam: u.uitkomst_geweld for u in oz.uitkomsten}
    stuur = {"versie": oz.versie, "vervolg_overdracht": "on", "motivering": "toch", **velden}
    scherm = als(noor).post(f"{oz.pad()}rond_af/", stuur)
    assert scherm.status_code == 422
    assert "kan alleen als alles is weerlegd" in scherm.content.decode()
    api = als(noor).post(
        f"/api/v1/ozs/{oz.pk}/rond-af",
        {"motivering": "toch"},
        content_type="application/json",
        headers={"If-Match": f'"{oz.versie}"'},
    )
    assert (api.status_code, api.json()["belemmeringen"][0]["regel"]["id"]) == (409, "RW-9.10")
    with pytest.raises(IntegrityError, match="rw_9_10"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE diensten_oz SET stand = 'afgerond' WHERE id = %s", [oz.pk])
    rond_dienst_af(OZ.objects.get(), door=noor, **{**twee, "vervolg_monitoren": True})
    assert Monitoren.objects.get().na_dienst == oz.stap


@pytest.mark.regel("RW-9.10", "RW-5.12e")
def test_alles_weerlegd_dan_kan_overdracht_zonder_monitoren_en_dat_blijft_zo(noor):
    oz = factories.oz("lopend", door=noor)
    rond_dienst_af(oz, door=noor, **OVER)
    assert Overdracht.objects.get().na_dienst == oz.stap
    assert not Monitoren.objects.exists()
    with pytest.raises(IntegrityError, match="rw_9_10"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE diensten_uitkomst SET uitkomst_geweld = 'bevestigd' WHERE stap_id = %s", [oz.stap_id])


@pytest.mark.regel("RW-4.8")
@pytest.mark.parametrize("uitkomst", ["", None])
def test_een_onderzoek_zonder_uitkomst_eindigt_niet_ook_niet_met_sql(noor, uitkomst):
    oz = factories.oz("lopend", door=noor)
    if uitkomst is not None:
        leg_uitkomst_vast(oz, "ouders", uitkomst, door=noor)
    with pytest.raises(RegelGeweigerd):
        rond_dienst_af(oz, door=noor, **{**OVER, "uitkomsten": {}, "vervolg_monitoren": True})
    with pytest.raises(IntegrityError, match="rw_4_8"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE diensten_oz SET stand = 'afgerond', vervolg_monitoren = true WHERE id = %s", [oz.pk])


@pytest.mark.regel("RW-11.4", "RAD-3")
def test_na_onderzoek_met_voorwaarden_wordt_op_drie_en_twaalf_maanden_gekeken(noor):
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False):
        oz = factories.oz("lopend", door=noor)
    with time_machine.travel(datetime(2026, 4, 30, 9, tzinfo=UTC), tick=False):
        stel_voorwaarde(oz.casus, "Vader slaapt elders.", door=noor)
        with pytest.raises(RegelGeweigerd) as fout:
            rond_dienst_af(oz, door=noor, **OVER)
        assert [b.regel.id for b in fout.value.belemmeringen] == ["RAD-3"]
        rond_dienst_af(oz, door=noor, **{**OVER, "vervolg_monitoren": True})
    momenten = Monitoren.objects.get().momenten
    assert [m.gepland_op for m in momenten] == [date(2026, 7, 30), date(2027, 4, 30)]


@pytest.mark.regel("RW-7.6")
def test_wie_geen_aandeel_heeft_wordt_in_een_onderzoek_weerlegd(noor):
    oz = factories.oz("lopend", door=noor)
    mens = factories.betrokkene(oz.casus, door=noor)
    rij = heeft_geen_aandeel(oz.stap, mens, door=noor, toelichting="Was die week in het buitenland.")
    assert rij.uitkomst_aandeel == "weerlegd"


@pytest.mark.regel("RW-4.8", "RW-11.4")
@pytest.mark.parametrize("soort", ["vv", "oz"])
def test_een_vervolg_dat_voor_later_was_bewaard_begint_niet_bij_een_voortijdig_einde(noor, soort):
    dienst = getattr(factories, soort)("lopend", door=noor)
    dienst = bewaar_afronding(dienst, door=noor, uitkomsten={}, vervolg_monitoren=True, vervolg_overdracht=True)
    voer_uit(dienst, "beeindig_voortijdig", door=noor, reden_voortijdig="vertrokken")
    assert not Monitoren.objects.exists()
    assert not Overdracht.objects.exists()


def test_wat_is_afgerond_verandert_niet_meer(noor):
    oz = factories.oz("afgerond", door=noor)
    with pytest.raises(StapKanNiet):
        leg_uitkomst_vast(oz, "ouders", "bevestigd", door=noor)


@pytest.mark.regel("RW-9.4")
def test_overdracht_kan_al_starten_tijdens_een_onderzoek(noor):
    oz = factories.oz("lopend", door=noor)
    als(noor).post(f"{oz.casus.pad()}diensten/overdracht/")
    overdracht = Overdracht.objects.get()
    assert (overdracht.na_dienst, OZ.objects.get().stand) == (oz.stap, "lopend")
