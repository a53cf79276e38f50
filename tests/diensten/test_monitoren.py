"""Monitoren: two moments by themselves, moved or added, held with three answers, until it is stably safe."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client

from casus.models import Casus, Logregel, Taak
from diensten.models import VV, Keuze, Monitoren, Monitormoment
from diensten.services.eigen import rond_dienst_af
from diensten.services.keuzes import maak_keuze
from diensten.services.monitoring import houd_moment, verzet_moment, voeg_moment_toe
from melding.services import neem_melding_aan
from tests import factories
from triage.models import Triagebesluit
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd

pytestmark = pytest.mark.django_db


def als(medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


def taak_van(moment: Monitormoment) -> Taak | None:
    return Taak.objects.filter(onderwerp_soort="diensten.monitormoment", onderwerp_id=moment.pk, stand="open").first()


@pytest.mark.regel("RW-11.4")
@pytest.mark.parametrize(
    ("einde", "momenten"),
    [
        (datetime(2026, 11, 30, 12, tzinfo=UTC), [date(2027, 2, 28), date(2027, 11, 30)]),
        (datetime(2027, 11, 30, 12, tzinfo=UTC), [date(2028, 2, 29), date(2028, 11, 30)]),
        (datetime(2026, 2, 28, 12, tzinfo=UTC), [date(2026, 5, 28), date(2027, 2, 28)]),
        (datetime(2026, 5, 31, 22, 30, tzinfo=UTC), [date(2026, 9, 1), date(2027, 6, 1)]),  # 1 June here
    ],
)
def test_twee_momenten_vanzelf_na_3_en_12_kalendermaanden(noor, einde, momenten):
    with time_machine.travel(einde, tick=False):
        monitoren = factories.monitoren(door=noor)
    assert [moment.gepland_op for moment in monitoren.momenten] == momenten
    assert [taak_van(moment).uiterlijk for moment in monitoren.momenten] == momenten
    assert monitoren.stap.begonnen_op == einde


@pytest.mark.regel("RW-11.4")
def test_eindigt_er_weer_een_v_en_v_dan_tellen_de_momenten_vanaf_die_dag(noor):
    with time_machine.travel(datetime(2026, 1, 15, 12, tzinfo=UTC), tick=False):
        monitoren = factories.monitoren(door=noor)
    with time_machine.travel(datetime(2026, 4, 20, 12, tzinfo=UTC), tick=False):
        houd_moment(monitoren.momenten.get(na_maanden=3), door=noor)
        vv = tweede_vv(monitoren, noor)
    with time_machine.travel(datetime(2026, 5, 11, 12, tzinfo=UTC), tick=False):
        rond_dienst_af(
            vv,
            door=noor,
            uitkomsten={"pg-psychisch": "bevestigd"},
            vervolg_monitoren=True,
            vervolg_overdracht=False,
        )
    assert Monitoren.objects.get() == monitoren
    assert [moment.gepland_op for moment in monitoren.open_momenten] == [date(2026, 8, 11), date(2027, 5, 11)]
    assert [taak_van(moment).uiterlijk for moment in monitoren.open_momenten] == [date(2026, 8, 11), date(2027, 5, 11)]
    assert "12 maanden" in monitoren.open_momenten.last().termijn.uitleg
    assert monitoren.momenten.filter(gehouden_op__isnull=False).get().gepland_op == date(2026, 4, 15)


def tweede_vv(monitoren: Monitoren, noor) -> VV:
    """Another report in the case that is being watched, as far as a V&V that someone took up."""
    melding = neem_melding_aan(door=noor, casus=monitoren.casus)
    besluit = Triagebesluit.objects.get(vht__melding=melding)
    voer_uit(besluit, "neem_acuut", door=noor, tweede=factories.collega(noor), motivering="direct gevaar")
    open_ = Keuze.objects.get(vht=besluit.vht)
    maak_keuze(open_, door=noor, vv=True, motivering="eerst handelen")
    return voer_uit(VV.objects.get(keuze=open_), "pak_op", door=noor)


@pytest.mark.regel("RW-11.4")
def test_niet_na_overdracht_zonder_monitoren(noor):
    vv = factories.vv("lopend", door=noor)
    rond_dienst_af(vv, door=noor, uitkomsten={"ouders": "weerlegd"}, vervolg_monitoren=False, vervolg_overdracht=True)
    assert not Monitormoment.objects.exists()


@pytest.mark.regel("RW-11.4")
def test_dezelfde_termijn_geeft_ook_met_sql_maar_een_moment(noor):
    monitoren = factories.monitoren(door=noor)
    with (
        pytest.raises(IntegrityError, match="rw_11_4_eenmaal_per_termijn"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO diensten_monitormoment (stap_id, gepland_op, na_maanden, met, waarvoor, werd_veilig, "
            "werkt_aan_herstel, inzet_genoeg, verslag, versie) VALUES (%s, now(), 3, '', '', '', '', '', '', 1)",
            [monitoren.stap_id],
        )


@pytest.mark.regel("RW-11.5")
def test_een_moment_is_te_verzetten_en_de_taak_gaat_mee(noor):
    monitoren = factories.monitoren(door=noor)
    moment = monitoren.momenten.first()
    pad = f"{moment.pad()}verzetten/"
    antwoord = als(noor).post(pad, {"versie": moment.versie, "gepland_op": "14-3-2028", "met": "school"})
    assert antwoord.url == monitoren.pad()
    vers = Monitormoment.objects.get(pk=moment.pk)
    assert (vers.gepland_op, vers.met) == (date(2028, 3, 14), "school")
    assert taak_van(vers).uiterlijk == date(2028, 3, 14)
    assert Taak.objects.filter(soort="monitormoment", stand="open").count() == 2


@pytest.mark.regel("RW-11.5")
def test_een_extra_moment_is_toe_te_voegen(noor):
    monitoren = factories.monitoren(door=noor)
    als(noor).post(f"{monitoren.pad()}moment/", {"gepland_op": "1-6-2028", "met": "huisarts", "waarvoor": "herstel"})
    extra = monitoren.momenten.get(na_maanden=None)
    assert (extra.gepland_op, taak_van(extra).titel) == (date(2028, 6, 1), "Monitormoment houden")


@pytest.mark.regel("RAD-7")
def test_een_moment_vraagt_drie_antwoorden_en_met_wie_en_staat_als_reeks(noor):
    monitoren = factories.monitoren(door=noor)
    moment = monitoren.momenten.first()
    inhoud = {
        "versie": moment.versie,
        "gehouden_op": "gisteren 10:00",
        "met": "moeder en school",
        "werd_veilig": "ja",
        "werkt_aan_herstel": "deels",
        "inzet_genoeg": "onbekend",
        "verslag": "Het gaat beter.",
    }
    als(noor).post(moment.pad(), inhoud)
    vers = Monitormoment.objects.get(pk=moment.pk)
    assert (vers.werd_veilig, vers.werkt_aan_herstel, vers.inzet_genoeg) == ("ja", "deels", "onbekend")
    assert taak_van(vers) is None
    tekst = als(noor).get(monitoren.pad()).content.decode()
    assert "moeder en school" in tekst
    assert "herstel: <b>deels</b>" in tekst


@pytest.mark.regel("RAD-7", "RW-3.3")
def test_een_moment_is_ook_met_lege_velden_vast_te_leggen(noor):
    moment = factories.monitoren(door=noor).momenten.first()
    assert houd_moment(moment, door=noor).gehouden_op is not None


def test_een_gehouden_moment_wordt_aangevuld_maar_niet_verzet(noor):
    moment = houd_moment(factories.monitoren(door=noor).momenten.first(), door=noor)
    assert houd_moment(moment, door=noor, verslag="Later nog gehoord.").gehouden_op == moment.gehouden_op
    with pytest.raises(StapKanNiet):
        verzet_moment(moment, date(2028, 1, 1), door=noor)


@pytest.mark.regel("RAD-6")
def test_monitoren_eindigt_stabiel_veilig_of_met_motivering(noor):
    monitoren = factories.monitoren(door=noor)
    for moment in monitoren.momenten:
        houd_moment(moment, door=noor)
    with pytest.raises(RegelGeweigerd) as fout:
        voer_uit(monitoren, "rond_af", door=noor)
    assert [(b.regel.id, b.hard) for b in fout.value.belemmeringen] == [("RAD-6", False)]
    gestopt = voer_uit(monitoren, "rond_af", door=noor, motivering="gezin is geëmigreerd")
    assert (gestopt.stand, gestopt.stabiel_veilig) == ("afgerond", False)
    assert "RAD-6" in Logregel.objects.get(soort="diensten.monitoren", wat="rond_af").regels


@pytest.mark.regel("RAD-6")
def test_stabiel_veilig_vaststellen_is_genoeg_en_staat_dan_op_de_casus(noor):
    monitoren = factories.monitoren(door=noor)
    for moment in monitoren.momenten:
        houd_moment(moment, door=noor)
    klaar = voer_uit(monitoren, "stel_stabiel_veilig_vast", door=noor, toelichting="een jaar rustig")
    assert (klaar.stabiel_veilig, klaar.stap.geeindigd_op is not None) == (True, True)
    assert Casus.objects.get(pk=klaar.casus.pk).veiligheid == "stabiel"


@pytest.mark.regel("RAD-6")
def test_momenten_die_nog_staan_vragen_een_motivering_en_vervallen(noor):
    monitoren = factories.monitoren(door=noor)
    with pytest.raises(RegelGeweigerd) as fout:
        voer_uit(monitoren, "stel_stabiel_veilig_vast", door=noor)
    assert len(fout.value.belemmeringen) == 2
    voer_uit(monitoren, "stel_stabiel_veilig_vast", door=noor, motivering="na een half jaar al stabiel")
    for moment in monitoren.momenten:
        assert moment.vervallen_op is not None
        assert taak_van(moment) is None
    with pytest.raises(StapKanNiet):
        houd_moment(monitoren.momenten.first(), door=noor)
    with pytest.raises(StapKanNiet):
        voeg_moment_toe(monitoren, date(2028, 1, 1), door=noor)


@pytest.mark.regel("RAD-6")
def test_zonder_volgend_moment_wacht_er_een_besluit_zodat_het_gezin_in_zicht_blijft(noor):
    monitoren = factories.monitoren(door=noor)
    eerste, tweede = monitoren.momenten
    besluit = Taak.objects.filter(onderwerp_soort="diensten.monitoren", stand="open")
    houd_moment(eerste, door=noor)
    assert not besluit.exists()
    houd_moment(tweede, door=noor, werd_veilig="nee")
    assert (besluit.get().omdat, besluit.get().voor) == ("alle monitormomenten zijn gehouden", noor)
    extra = voeg_moment_toe(monitoren, date(2029, 1, 8), door=noor)
    assert not besluit.exists()
    houd_moment(extra, door=noor)
    voer_uit(monitoren, "stel_stabiel_veilig_vast", door=noor)
    assert not besluit.exists()


@pytest.mark.regel("RAD-6")
def test_stabiel_veilig_terwijl_het_loopt_weigert_de_database(noor):
    monitoren = factories.monitoren(door=noor)
    with pytest.raises(IntegrityError, match="rad_6"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE diensten_monitoren SET stabiel_veilig = true WHERE id = %s", [monitoren.pk])


@pytest.mark.regel("RW-3.1")
def test_een_oude_casus_in_monitoren_wordt_opgevolgd_door_een_nieuwe_melding(noor):
    monitoren = factories.monitoren(door=noor)
    casus = monitoren.casus
    from casus.models import Terugkoppeling
    from casus.services.casussen import zet_startdatum

    for terugkoppeling in Terugkoppeling.objects.all():
        voer_uit(terugkoppeling, "zie_af", door=noor, reden="onbereikbaar")
    zet_startdatum(casus, datetime(2018, 12, 31, 12, tzinfo=UTC), door=noor)
    for stap in casus.stappen.exclude(soort="monitoren").filter(geeindigd_op=None):
        stap.geeindigd_op = monitoren.stap.begonnen_op
        stap.bewaar(door=noor, reden="test")
    nieuw = neem_melding_aan(door=noor, casus=casus)
    assert nieuw.casus != casus
    assert nieuw.casus.volgt_op == casus
    assert Monitoren.objects.get().stand == "opgevolgd"
    assert not Taak.objects.filter(soort="monitormoment", stand="open").exists()


def test_wie_niet_betrokken_is_plant_en_houdt_geen_moment(wie):
    monitoren = factories.monitoren(door=wie["noor"])
    for rol in ("voorkant", "buiten"):
        with pytest.raises(NietToegestaan):
            voeg_moment_toe(monitoren, date(2028, 1, 1), door=wie[rol])
        with pytest.raises(NietToegestaan):
            houd_moment(monitoren.momenten.first(), door=wie[rol])


@pytest.mark.parametrize("datum", ["31-2-2028", "morgenochtend", "", "9999999"])
def test_een_datum_die_niet_kan_komt_terug_met_een_zin(noor, datum):
    monitoren = factories.monitoren(door=noor)
    antwoord = als(noor).post(f"{monitoren.pad()}moment/", {"gepland_op": datum, "met": "school"})
    assert antwoord.status_code == 422
    assert 'value="school"' in antwoord.content.decode()
