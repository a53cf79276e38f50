"""The choice of what follows: when it stands ready, what it asks, and what it starts."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from casus.models import Logregel, Taak, Veiligheidsvoorwaarde
from casus.services.vastleggen import leg_contact_vast, stel_voorwaarde
from diensten.models import VV, Keuze, Maatwerk, Overdracht
from diensten.services.keuzes import maak_keuze, open_keuze, open_keuze_na
from melding.services import neem_melding_aan
from tests import factories
from triage.models import VHT, Triagebesluit
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


def als(medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


def taak_van(keuze: Keuze) -> Taak | None:
    return Taak.objects.filter(onderwerp_soort="diensten.keuze", onderwerp_id=keuze.pk, stand="open").first()


def regels_in(fout: pytest.ExceptionInfo[RegelGeweigerd]) -> list[str]:
    return [b.regel.id for b in fout.value.belemmeringen if b.regel]


@pytest.mark.regel("RW-8.11")
def test_de_taak_staat_open_tot_eerste_contact_en_keuze_er_zijn(noor):
    keuze = factories.keuze(door=noor, contact=False)
    taak = taak_van(keuze)
    assert (taak.titel, taak.voor) == ("Eerste contact en keuze vervolgstappen", noor)
    assert "nog geen contact" in taak.omdat
    leg_contact_vast(keuze.casus, door=noor, met="leerkracht")
    assert taak_van(keuze).titel == "Eerste contact en keuze vervolgstappen"
    leg_contact_vast(keuze.casus, door=noor, met="moeder", met_directbetrokkene=True)
    assert taak_van(keuze).omdat == "het eerste contact is geweest"
    maak_keuze(keuze, door=noor, vv=True)
    assert taak_van(keuze) is None


def test_de_taak_is_voor_het_team_als_de_verantwoordelijke_niet_mag_kiezen():
    voorkant = factories.medewerker(Rol.VOORKANT)
    besluit = factories.besluit("genomen", door=voorkant, tweede=factories.collega(voorkant))
    taak = taak_van(Keuze.objects.get(vht=besluit.vht))
    assert (taak.voor, taak.team) == (None, voorkant.team)


@pytest.mark.regel("RW-8.18")
def test_voor_contact_of_conclusie_kan_het_met_motivering(noor):
    keuze = factories.keuze(door=noor, contact=False, acuut=True)
    with pytest.raises(RegelGeweigerd) as fout:
        maak_keuze(keuze, door=noor, vv=True)
    assert regels_in(fout) == ["RW-8.18", "RW-8.18"]
    assert [b.hard for b in fout.value.belemmeringen] == [False, False]
    maak_keuze(keuze, door=noor, vv=True, motivering="direct gevaar, ouders niet bereikt")
    regel = Logregel.objects.get(soort="diensten.keuze", wat="kies")
    assert "RW-8.18" in regel.regels
    assert regel.motivering == "direct gevaar, ouders niet bereikt"


@pytest.mark.regel("RW-8.18")
def test_na_contact_en_conclusie_vraagt_de_keuze_niets(noor):
    keuze = factories.keuze(door=noor)
    assert maak_keuze(keuze, door=noor, vv=True).stand == "gemaakt"


def test_een_contact_van_voor_de_melding_telt_niet_als_eerste_contact(noor):
    keuze = factories.keuze(door=noor, contact=False)
    lang_geleden = keuze.vht.melding.ontvangen_op - timezone.timedelta(days=30)
    leg_contact_vast(keuze.casus, door=noor, op=lang_geleden, met_directbetrokkene=True)
    with pytest.raises(RegelGeweigerd):
        maak_keuze(keuze, door=noor, vv=True)


@pytest.mark.regel("RW-9.1")
@pytest.mark.parametrize("uitkomst", ["overdracht", "maatwerk", "einde"])
def test_na_een_ander_triagebesluit_staat_de_keuze_niet_klaar_maar_kan_zij_open_met_motivering(noor, uitkomst):
    besluit = factories.besluit("genomen", door=noor, uitkomst=uitkomst)
    assert not Keuze.objects.exists()
    with pytest.raises(RegelGeweigerd) as fout:
        open_keuze(besluit.vht, door=noor)
    assert regels_in(fout) == ["RW-9.1"]
    keuze = open_keuze(besluit.vht, door=noor, motivering="de partij ziet ervan af")
    assert keuze.toelichting == "de partij ziet ervan af"
    assert "RW-9.1" in Logregel.objects.get(soort="diensten.keuze", wat="maak").regels


@pytest.mark.regel("RW-9.1")
def test_na_bij_vt_staat_de_keuze_klaar_en_is_openen_dezelfde(noor):
    keuze = factories.keuze(door=noor)
    assert open_keuze(keuze.vht, door=noor) == keuze


def test_wie_niet_mag_kiezen_opent_ook_geen_keuze(wie):
    besluit = factories.besluit("genomen", door=wie["noor"], uitkomst="einde")
    for rol in ("voorkant", "buiten"):
        with pytest.raises(NietToegestaan):
            open_keuze(besluit.vht, door=wie[rol], motivering="toch")


@pytest.mark.regel("RW-9.2")
def test_minstens_een_keuze_op_het_scherm_in_de_api_en_in_de_database(noor):
    keuze = factories.keuze(door=noor)
    scherm = als(noor).post(keuze.pad(), {"versie": keuze.versie})
    assert scherm.status_code == 422
    assert "Kies V&amp;V, Onderzoek, Overdracht of Lokaal maatwerk" in scherm.content.decode()
    api = als(noor).post(
        f"/api/v1/keuzes/{keuze.pk}/kies",
        {},
        content_type="application/json",
        headers={"If-Match": f'"{keuze.versie}"'},
    )
    assert api.status_code == 409
    assert api.json()["belemmeringen"][0]["pointer"] == "/vv"
    with (
        pytest.raises(IntegrityError, match="rw_9_2_minstens_een_keuze"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE diensten_keuze SET stand = 'gemaakt', gemaakt_op = now() WHERE id = %s", [keuze.pk])
    assert Keuze.objects.get().stand == "open"


@pytest.mark.regel("RW-9.2", "RW-12.2")
def test_alles_mag_naast_elkaar_of_alleen(noor):
    keuze = factories.keuze(door=noor)
    maak_keuze(
        keuze,
        door=noor,
        vv=True,
        overdracht=True,
        soort_partij="wijkteam",
        partij="Wijkteam Zuid",
        maatwerk=True,
        soort_maatwerk="Aware",
    )
    melding = keuze.vht.melding
    for model in (VV, Overdracht, Maatwerk):
        assert list(model.objects.get(keuze=keuze).meldingen.all()) == [melding]
    assert Overdracht.objects.get().partij == "Wijkteam Zuid"
    assert Maatwerk.objects.get().soort_maatwerk == "Aware"


def test_een_code_die_niet_bestaat_telt_niet(noor):
    keuze = factories.keuze(door=noor)
    with pytest.raises(RegelGeweigerd, match="keuzes"):
        maak_keuze(keuze, door=noor, overdracht=True, soort_partij="verzonnen")


@pytest.mark.regel("RW-5.12b")
def test_de_datum_van_de_keuze_is_de_startdatum_en_staat_maar_op_een_plek(noor):
    keuze = factories.keuze(door=noor)
    keuze = maak_keuze(keuze, door=noor, vv=True, maatwerk=True)
    for dienst in (VV.objects.get(), Maatwerk.objects.get()):
        assert dienst.stap.begonnen_op == keuze.gemaakt_op
        namen = {veld.name for veld in dienst._meta.get_fields()}
        assert not {naam for naam in namen if naam.startswith(("start", "begon", "gestart"))}


@pytest.mark.regel("RW-5.12b")
def test_de_datum_van_de_keuze_verandert_ook_met_sql_niet(noor):
    keuze = maak_keuze(factories.keuze(door=noor), door=noor, vv=True)
    with pytest.raises(Exception, match="rw_5_12b|Cannot update"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE diensten_keuze SET gemaakt_op = now() - interval '3 days' WHERE id = %s", [keuze.pk])


@pytest.mark.regel("RW-8.16")
def test_voorwaarden_uit_de_acute_fase_gaan_mee_naar_de_dienst(noor):
    keuze = factories.keuze(door=noor)
    casus = keuze.casus
    los = stel_voorwaarde(casus, "Vader slaapt elders.", door=noor)
    oud = stel_voorwaarde(casus, "Niet meer.", door=noor)
    voor = Veiligheidsvoorwaarde.objects.get(pk=oud.pk)
    from casus.services.vastleggen import beeindig_voorwaarde

    beeindig_voorwaarde(voor, door=noor)
    maak_keuze(keuze, door=noor, vv=True)
    vv = VV.objects.get()
    assert Veiligheidsvoorwaarde.objects.get(pk=los.pk).stap == vv.stap
    assert Veiligheidsvoorwaarde.objects.get(pk=oud.pk).stap != vv.stap


@pytest.mark.regel("RW-8.21")
def test_aan_het_einde_van_een_dienst_komt_alleen_een_nieuwe_keuze(noor):
    vv = factories.vv("voortijdig_beeindigd", door=noor)
    keuze = open_keuze_na(vv, door=noor)
    assert (keuze.stap, keuze.na_een_dienst) == (vv.stap, True)
    assert keuze.vht == VHT.objects.get()
    maak_keuze(keuze, door=noor, vv=True, motivering="terug in de regio; VHT wordt aangevuld")
    nieuw = VV.objects.exclude(pk=vv.pk).get()
    assert (nieuw.na_dienst, list(nieuw.meldingen.all())) == (vv.stap, list(vv.meldingen.all()))
    assert Triagebesluit.objects.count() == 1


@pytest.mark.regel("RW-13.S2")
def test_scenario_2_geweigerde_overdracht_wordt_een_dienst_van_vt_met_toelichting(noor):
    overdracht = factories.overdracht("geweigerd", door=noor)
    taak = Taak.objects.get(onderwerp_soort="diensten.overdracht", soort="vervolg", stand="open")
    assert "geweigerd" in taak.omdat
    besluit = Triagebesluit.objects.get()
    keuze = open_keuze(besluit.vht, door=noor, motivering="het wijkteam heeft geen plek")
    leg_contact_vast(keuze.casus, door=noor, met_directbetrokkene=True)
    maak_keuze(keuze, door=noor, vv=True, toelichting="het wijkteam heeft geen plek")
    assert Triagebesluit.objects.get().uitkomst == "overdracht"
    assert VV.objects.get().meldingen.get() == overdracht.meldingen.get()
    assert not Taak.objects.filter(soort="vervolg", stand="open").exists()


@pytest.mark.regel("RW-13.S8")
def test_een_tweede_melding_komt_bij_de_v_en_v_die_al_loopt(noor):
    vv = factories.vv("lopend", door=noor)
    melding = neem_melding_aan(door=noor, casus=vv.casus)
    besluit = VHT.objects.get(melding=melding).besluit
    besluit = voer_uit(besluit, "neem_acuut", door=noor, tweede=factories.collega(noor), motivering="direct gevaar")
    keuze = Keuze.objects.get(vht=besluit.vht)
    maak_keuze(keuze, door=noor, vv=True, motivering="de V&V loopt al")
    assert VV.objects.get().meldingen.count() == 2
    assert VV.objects.get().stap_id == vv.stap_id


def test_de_tweede_v_en_v_weigert_de_database(noor):
    vv = factories.vv("lopend", door=noor)
    with (
        pytest.raises(IntegrityError, match="rw_9_2_een_open_vv_of_oz"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO casus_processtap (casus_id, soort, begonnen_op, versie, heeft_eigenaar) "
            "VALUES (%s, 'vv', now(), 1, false)",
            [vv.casus.pk],
        )


def test_een_keuze_die_intussen_is_gemaakt_kan_niet_nog_een_keer(noor):
    keuze = factories.keuze(door=noor)
    maak_keuze(keuze, door=noor, vv=True)
    antwoord = als(noor).get(keuze.pad())
    assert antwoord.status_code == 200
    assert "Keuze vastleggen" not in antwoord.content.decode()
