"""Overdracht: prepared from the file, offered, and handed over by a letter that carries the disclaimer."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from casus.models import Bericht, Casus, Taak
from casus.services.vastleggen import leg_afspraak_vast, stel_voorwaarde
from diensten.models import Monitoren, Monitormoment, Overdracht
from diensten.services.overdrachten import advies_uit_dossier, bereid_voor, brieftekst
from tests import factories
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Instelling

pytestmark = pytest.mark.django_db


def als(medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


def zet(medewerker, stuk, stap: str, **inhoud):
    return als(medewerker).post(
        f"/api/v1/overdrachten/{stuk.pk}/{stap}",
        inhoud,
        content_type="application/json",
        headers={"If-Match": f'"{stuk.versie}"'},
    )


@pytest.mark.regel("RAD-4")
def test_een_directe_overdracht_wordt_niet_gemonitord(noor):
    overdracht = factories.overdracht("overgedragen", door=noor)
    assert overdracht.stap.geeindigd_op is not None
    assert not Monitoren.objects.exists()
    assert not Monitormoment.objects.exists()


@pytest.mark.regel("RW-10.3")
def test_advies_en_aandachtspunten_staan_voorgevuld_uit_het_dossier_en_zijn_te_bewerken(noor):
    casus = factories.casus(noor)
    stel_voorwaarde(casus, "Vader komt niet onaangekondigd.", door=noor)
    leg_afspraak_vast(casus, "Moeder belt oma.", door=noor)
    tekst = advies_uit_dossier(casus)
    for deel in ("Risicofactoren", "Beschermende factoren", "Vader komt niet onaangekondigd.", "Moeder belt oma."):
        assert deel in tekst
    overdracht = factories.overdracht(door=noor)
    assert "Risicofactoren" in overdracht.advies_en_aandachtspunten
    assert "nog aan te vullen" in overdracht.advies_en_aandachtspunten
    assert "nog aan te vullen" not in brieftekst(overdracht, disclaimer="x")
    assert (
        bereid_voor(overdracht, door=noor, advies_en_aandachtspunten="Let op de drank.").advies_en_aandachtspunten
        == "Let op de drank."
    )


@pytest.mark.regel("RW-10.4")
def test_de_brief_die_het_scherm_verstuurt_draagt_de_disclaimer_van_nu(noor):
    overdracht = factories.overdracht("geaccepteerd", door=noor)
    Instelling.objects.update_or_create(pk=1, defaults={"disclaimer": "Alleen voor u.\r\nNiet\u200b doorsturen."})
    velden = ("soort_partij", "partij", "adres_partij", "zicht_op_veiligheid")
    inhoud = {naam: getattr(overdracht, naam) for naam in velden} | {
        "advies_en_aandachtspunten": "Kort advies.",
        "versie": overdracht.versie,
    }
    antwoord = als(noor).post(f"{overdracht.pad()}draag_over/", inhoud)
    assert antwoord.status_code == 302
    brief = Overdracht.objects.get().brief
    assert "Kort advies." in brief.tekst
    assert brief.tekst.endswith("Alleen voor u.\nNiet doorsturen.")
    assert brief.verzonden_op is not None
    assert "Wijkteam Zuid" not in brief.onderwerp


@pytest.mark.regel("RW-10.4")
def test_de_brief_die_de_api_verstuurt_draagt_de_disclaimer(noor):
    overdracht = factories.overdracht("geaccepteerd", door=noor)
    assert zet(noor, overdracht, "draag-over").status_code == 200
    assert Instelling.objects.get().disclaimer in Overdracht.objects.get().brief.tekst


@pytest.mark.regel("RW-10.4")
@pytest.mark.parametrize("tekst", [None, "Beste collega, hierbij het dossier."])
def test_overdragen_zonder_brief_met_disclaimer_weigert_de_database(noor, tekst):
    overdracht = factories.overdracht("geaccepteerd", door=noor)
    Instelling.objects.get_or_create(pk=1)
    if tekst:
        brief = Bericht(casus=overdracht.casus, stap=overdracht.stap, aan="x", onderwerp="x", tekst=tekst, door=noor)
        brief.bewaar(door=noor, reden="test")
        Overdracht.objects.filter(pk=overdracht.pk).update(brief=brief)
    with pytest.raises(IntegrityError, match="rw_10_4"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE diensten_overdracht SET stand = 'overgedragen' WHERE id = %s", [overdracht.pk])


@pytest.mark.regel("RW-10.4")
def test_een_lege_disclaimer_weigert_de_database(noor):
    Instelling.objects.get_or_create(pk=1)
    with (
        pytest.raises(IntegrityError, match="rw_10_4_disclaimer_niet_leeg"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE organisatie_instelling SET disclaimer = E' \\n '")


@pytest.mark.regel("RW-4.8b")
def test_aanbieden_zonder_soort_partij_kan_met_motivering(noor):
    overdracht = factories.overdracht(door=noor, soort_partij="")
    with pytest.raises(RegelGeweigerd) as fout:
        voer_uit(overdracht, "bied_aan", door=noor)
    assert [(b.regel.id, b.hard, b.veld) for b in fout.value.belemmeringen] == [("RW-4.8b", False, "soort_partij")]
    voer_uit(overdracht, "bied_aan", door=noor, motivering="team nog onbekend, gezin kan niet wachten")
    taak = Taak.objects.get(onderwerp_soort="diensten.overdracht", stand="open")
    assert taak.titel == "Antwoord van de partij vastleggen"


@pytest.mark.regel("RW-4.8")
def test_overdragen_zonder_soort_partij_weigeren_scherm_api_en_database(noor):
    overdracht = factories.overdracht("geaccepteerd", door=noor)
    overdracht = bereid_voor(overdracht, door=noor, soort_partij="")
    inhoud = {"versie": overdracht.versie, "zicht_op_veiligheid": "wijkteam", "motivering": "toch"}
    scherm = als(noor).post(f"{overdracht.pad()}draag_over/", inhoud)
    assert scherm.status_code == 422
    assert 'href="#id_soort_partij"' in scherm.content.decode()
    api = zet(noor, overdracht, "draag-over", motivering="toch")
    assert (api.status_code, api.json()["belemmeringen"][0]["regel"]["id"]) == (409, "RW-4.8")
    with pytest.raises(IntegrityError, match="rw_4_8|rw_10_4"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE diensten_overdracht SET stand = 'overgedragen' WHERE id = %s", [overdracht.pk])
    gedaan = factories.overdracht("overgedragen", door=noor)
    with (
        pytest.raises(IntegrityError, match="rw_4_8_overgedragen_heeft_soort_partij"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE diensten_overdracht SET soort_partij = '' WHERE id = %s", [gedaan.pk])


@pytest.mark.regel("RAD-8")
def test_de_overdracht_noemt_wie_zicht_op_veiligheid_houdt(noor):
    overdracht = factories.overdracht("geaccepteerd", door=noor)
    leeg = bereid_voor(overdracht, door=noor, zicht_op_veiligheid=" ")
    with pytest.raises(RegelGeweigerd) as fout:
        voer_uit(leeg, "draag_over", door=noor)
    assert [b.veld for b in fout.value.belemmeringen] == ["zicht_op_veiligheid"]
    gevuld = bereid_voor(leeg, door=noor, zicht_op_veiligheid="het wijkteam")
    assert "Zicht op de veiligheid houdt: het wijkteam." in voer_uit(gevuld, "draag_over", door=noor).brief.tekst


@pytest.mark.regel("RW-13.S2")
@pytest.mark.parametrize(
    ("stand", "stap"), [("aangeboden", "weiger"), ("aangeboden", "trek_in"), ("geaccepteerd", "trek_in")]
)
def test_weigeren_en_intrekken_vragen_een_reden_ook_in_de_database(noor, stand, stap):
    overdracht = factories.overdracht(stand, door=noor)
    with pytest.raises(RegelGeweigerd, match="reden"):
        voer_uit(overdracht, stap, door=noor, reden=" \n", motivering="toch")
    naar = {"weiger": "geweigerd", "trek_in": "ingetrokken"}[stap]
    with pytest.raises(DatabaseError, match="Cannot|rw_13_s2"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE diensten_overdracht SET stand = %s WHERE id = %s", [naar, overdracht.pk])


def test_aanbieden_bewaart_wat_er_is_getypt_en_een_weigering_bewaart_niets_half(noor):
    overdracht = factories.overdracht(door=noor)
    inhoud = {
        "versie": overdracht.versie,
        "soort_partij": "gi",
        "partij": "GI Noord",
        "advies_en_aandachtspunten": "Let op.",
    }
    als(noor).post(f"{overdracht.pad()}bied_aan/", inhoud)
    vers = Overdracht.objects.get()
    assert (vers.stand, vers.partij, vers.advies_en_aandachtspunten) == ("aangeboden", "GI Noord", "Let op.")
    ander = factories.overdracht(door=noor)
    als(noor).post(f"{ander.pad()}bied_aan/", {"versie": ander.versie, "partij": "Niemand"})
    assert Overdracht.objects.get(pk=ander.pk).partij == "Wijkteam Zuid"


def test_na_het_einde_verandert_de_overdracht_niet_meer(noor):
    for stand in ("overgedragen", "geweigerd", "ingetrokken"):
        with pytest.raises(StapKanNiet):
            bereid_voor(factories.overdracht(stand, door=noor), door=noor, advies_en_aandachtspunten="anders")


def test_de_casus_is_te_sluiten_na_overdracht_maar_niet_zolang_het_vervolg_open_is(noor):
    overdracht = factories.overdracht("geweigerd", door=noor)
    assert Casus.objects.get(pk=overdracht.casus.pk).taken.filter(soort="vervolg", stand="open").exists()
