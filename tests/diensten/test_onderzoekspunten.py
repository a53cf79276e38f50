"""Questions and expertise in one place: the standing question is always there; the rest is added, answered, lapses."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from diensten.models import OZ, Onderzoekspunt
from diensten.models.onderzoekspunt import STANDAARDVRAAG
from diensten.services.onderzoekspunten import laat_punt_vervallen, voeg_punt_toe, werk_punt_bij
from tests import factories
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd

pytestmark = pytest.mark.django_db


def als(medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


@pytest.mark.regel("RW-9.14")
def test_de_standaardvraag_staat_er_vanaf_de_start_van_elk_onderzoek(noor):
    gekozen = factories.oz(door=noor)
    voer_uit(factories.vv("lopend", door=noor), "ga_verder_als_onderzoek", door=noor)
    for oz in OZ.objects.all():
        assert oz.punten.get().vraag_of_taak == STANDAARDVRAAG
    assert STANDAARDVRAAG in als(noor).get(gekozen.pad()).content.decode()
    assert not factories.vv(door=noor).punten.exists()


@pytest.mark.regel("RW-9.14")
def test_de_standaardvraag_kan_niet_weg_en_verandert_niet(noor):
    punt = factories.oz("lopend", door=noor).punten.get()
    client = als(noor)
    blad = client.get(punt.pad()).content.decode()
    assert "Niet meer nodig" not in blad
    stuur = {"versie": punt.versie, "doe": "vervalt", "bevinding": ""}
    assert client.post(punt.pad(), stuur).status_code == 422
    client.post(punt.pad(), {"versie": punt.versie, "vraag_of_taak": "Iets anders?", "bevinding": "Ja."})
    punt = Onderzoekspunt.objects.get()
    assert (punt.vraag_of_taak, punt.bevinding, punt.vervallen_op) == (STANDAARDVRAAG, "Ja.", None)


@pytest.mark.regel("RW-9.14")
@pytest.mark.parametrize("zet", ["vervallen_op = now()", "standaard = false", "soort_punt = 'vertrouwensarts'"])
def test_de_standaardvraag_blijft_ook_met_sql(noor, zet):
    punt = factories.oz("lopend", door=noor).punten.get()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE diensten_onderzoekspunt SET {zet} WHERE id = %s", [punt.pk])


@pytest.mark.regel("RW-9.15", "RW-9.16")
@pytest.mark.parametrize("soort", ["vv", "oz"])
def test_vraag_en_expertise_gaan_op_een_manier_en_staan_op_een_plek(noor, soort):
    dienst = getattr(factories, soort)("lopend", door=noor)
    client = als(noor)
    for soort_punt, tekst in (
        ("vraag", "Wie is er na schooltijd bij de kinderen?"),
        ("gedragswetenschapper", "Meedenken over het gesprek met de jongste."),
        ("vertrouwensarts", "Beoordelen of het letsel past bij een val."),
    ):
        antwoord = client.post(f"{dienst.pad()}vragen/", {"soort_punt": soort_punt, "vraag_of_taak": tekst})
        assert antwoord.status_code == 302
        assert tekst in client.get(dienst.pad()).content.decode()
    arts = dienst.punten.get(soort_punt="vertrouwensarts")
    werk_punt_bij(arts, door=noor, deskundige="dr. Bos", bevinding="Past niet bij een val.")
    assert "Past niet bij een val." in client.get(dienst.pad()).content.decode()


@pytest.mark.regel("RW-9.16")
def test_zonder_vraag_of_taak_is_er_niets_toe_te_voegen(noor):
    oz = factories.oz("lopend", door=noor)
    assert als(noor).post(f"{oz.pad()}vragen/", {"soort_punt": "vertrouwensarts"}).status_code == 422
    with pytest.raises(RegelGeweigerd):
        voeg_punt_toe(oz, door=noor, soort_punt="vertrouwensarts", vraag_of_taak=" ")
    assert oz.punten.count() == 1


@pytest.mark.regel("RW-9.20")
def test_wat_een_v_en_v_wilde_weten_gaat_mee_naar_het_onderzoek(noor):
    vv = factories.vv("lopend", door=noor)
    voeg_punt_toe(vv, door=noor, vraag_of_taak="Wie past er op?", bevinding="Oma, op dinsdag.")
    laat_punt_vervallen(voeg_punt_toe(vv, door=noor, vraag_of_taak="Wat zegt de sportclub?"), door=noor)
    voer_uit(vv, "ga_verder_als_onderzoek", door=noor)
    oz = OZ.objects.get()
    assert [(p.vraag_of_taak, p.bevinding) for p in oz.punten] == [
        (STANDAARDVRAAG, ""),
        ("Wie past er op?", "Oma, op dinsdag."),
    ]
    assert vv.punten.count() == 2


def test_wat_niet_meer_nodig_is_blijft_te_lezen_en_verandert_niet(noor):
    oz = factories.oz("lopend", door=noor)
    punt = voeg_punt_toe(oz, door=noor, vraag_of_taak="Wat zegt de sportclub?")
    client = als(noor)
    client.post(punt.pad(), {**_velden(punt), "doe": "vervalt"})
    blad = client.get(oz.pad()).content.decode()
    assert "Wat zegt de sportclub?" in blad
    assert "Vervallen" in blad
    with pytest.raises(StapKanNiet):
        werk_punt_bij(punt, door=noor, bevinding="toch")


def test_na_het_einde_en_voor_wie_er_niet_over_gaat_verandert_er_niets(wie):
    oz = factories.oz("afgerond", door=wie["noor"])
    with pytest.raises(StapKanNiet):
        voeg_punt_toe(oz, door=wie["noor"], vraag_of_taak="Nog iets?")
    lopend = factories.oz("lopend", door=wie["noor"])
    with pytest.raises(NietToegestaan):
        voeg_punt_toe(lopend, door=wie["voorkant"], vraag_of_taak="Nog iets?")
    assert als(wie["voorkant"]).get(f"{lopend.pad()}vragen/").status_code == 403


def _velden(punt: Onderzoekspunt) -> dict[str, object]:
    namen = ("soort_punt", "deskundige", "vraag_of_taak", "bevinding", "versie")
    return {naam: getattr(punt, naam) for naam in namen}
