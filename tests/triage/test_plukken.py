"""A fact is picked from a report, a conversation or an earlier VHT without typing, and keeps where it came from."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from casus.services.vastleggen import leg_contact_vast
from tests import factories
from tests.triage.test_schermen import invulling
from triage.models import VHT, Feit
from triage.selectors import haal_vht, wat_al_bekend_is
from triage.selectors.vindplaatsen import zinnen
from triage.services import beantwoord, voeg_vorm_toe, wijzig_feit

pytestmark = pytest.mark.django_db
MELDING = "De buurvrouw belde om 23.10 uur. Wij zagen een rode plek. De kinderen huilden op de trap!"


@pytest.fixture
def vht(noor) -> VHT:
    melder = {"soort": "politie", "naam": "Politie Merenland"}
    return VHT.objects.get(melding=factories.melding(door=noor, situatie=MELDING, melder=melder))


def sleutels(vht: VHT, wie, *woorden: str) -> list[str]:
    """The keys of the tick boxes whose words these are."""
    bekend = wat_al_bekend_is(haal_vht(vht.casus, vht.melding.nummer), wie)
    alle = [zin for plek in bekend.vindplaatsen for zin in plek.zinnen]
    return [zin.sleutel for zin in alle if any(woord in zin.tekst for woord in woorden)]


def pluk(client, vht: VHT, gekozen: list[str], bij: str):
    return client.post(vht.pad(), invulling(vht) | {"pak": gekozen, "bij": bij, "actie": "overnemen"})


def test_een_tekst_valt_in_zinnen_uiteen_zonder_dat_er_een_teken_verandert():
    assert zinnen(MELDING) == [
        "De buurvrouw belde om 23.10 uur.",
        "Wij zagen een rode plek.",
        "De kinderen huilden op de trap!",
    ]
    assert zinnen("Hij zei: ‘Ga weg.’ Zij ging.\n\nDaarna kwam mw. de Wit.") == [
        "Hij zei: ‘Ga weg.’",
        "Zij ging.",
        "Daarna kwam mw. de Wit.",
    ]
    assert zinnen("") == []


@pytest.mark.regel("RW-8.12", "RW-8.5")
def test_zinnen_van_een_melding_worden_een_feit_met_bron_en_link(noor, als, vht):
    antwoord = pluk(als(noor), vht, sleutels(vht, noor, "rode plek", "huilden"), "nieuw-pg-lichamelijk")
    assert (antwoord.status_code, antwoord["Location"]) == (302, f"{vht.pad()}#vormen")
    feit = Feit.objects.get()
    assert (str(feit.vorm), feit.vorm.vorm) == ("(Ex-)partnergeweld: lichamelijk", "pg-lichamelijk")
    assert feit.feit == "Wij zagen een rode plek. De kinderen huilden op de trap!"
    assert (feit.bron, feit.uit_melding) == ("Politie Merenland", vht.melding)
    pagina = als(noor).get(vht.pad()).content.decode()
    assert f'uit <a href="{vht.melding.pad()}">melding {vht.melding.nummer}' in pagina
    assert "staat bij (Ex-)partnergeweld: lichamelijk" in pagina
    wijzig_feit(feit, door=noor, feit="Rode plek op de wang.")  # written shorter, still from this report
    assert Feit.objects.get().uit_melding == vht.melding
    wijzig_feit(Feit.objects.get(), door=noor, feit="")
    assert Feit.objects.get().uit_melding is None


def test_uit_twee_stukken_komen_twee_feiten_bij_dezelfde_vorm(noor, als, vht):
    contact = leg_contact_vast(vht.casus, door=noor, met="moeder", verslag="Zij durft niet naar huis.")
    vorm = voeg_vorm_toe(vht, door=noor, vorm="pg-psychisch")
    pluk(als(noor), vht, sleutels(vht, noor, "rode plek", "durft niet"), f"vorm-{vorm.pk}")
    assert {(f.bron, f.uit_melding, f.uit_contact) for f in vorm.feiten.all()} == {
        ("Politie Merenland", vht.melding, None),
        ("moeder", None, contact),
    }


def test_een_zin_bij_een_vraag_komt_achter_wat_er_al_stond(noor, als, vht):
    beantwoord(vht.antwoorden.get(vraag="B1"), door=noor, waarde=True, feit="Derde keer.", bron="school")
    antwoord = pluk(als(noor), vht, sleutels(vht, noor, "rode plek"), "B1")
    assert antwoord["Location"] == f"{vht.pad()}#crit-b1"
    b1 = vht.antwoorden.get(vraag="B1")
    assert (b1.waarde, b1.feit, b1.bron) == (True, "Derde keer.\nWij zagen een rode plek.", "school; Politie Merenland")
    assert b1.uit_melding == vht.melding


@pytest.mark.regel("RW-8.5", "RW-8.9")
def test_feiten_van_een_vht_in_een_eerdere_casus_gaan_naar_waar_ze_stonden(noor, als, vht):
    persoon = factories.persoon(noor, achternaam="Brouwers")
    oud = factories.vht(door=noor)
    for casus in (oud.casus, vht.casus):
        factories.voeg_betrokkene_toe(casus, persoon, door=noor)
    beantwoord(oud.antwoorden.get(vraag="C1"), door=noor, waarde=True, feit="Schulden en geen werk.", bron="wijkteam")
    voeg_vorm_toe(oud, door=noor, vorm="km-getuige", feit="Zat op de trap.", bron="politie")
    gekozen = sleutels(vht, noor, "Schulden", "Zat op de trap")
    assert len(gekozen) == 2
    assert pluk(als(noor), vht, gekozen, "").status_code == 302
    c1 = vht.antwoorden.get(vraag="C1")
    assert (c1.waarde, c1.feit, c1.bron, c1.uit) == (None, "Schulden en geen werk.", "wijkteam", oud)
    feit = Feit.objects.get(vht=vht)
    assert (feit.vorm.vorm, feit.feit, feit.bron, feit.uit) == ("km-getuige", "Zat op de trap.", "politie", oud)


def test_zonder_keuze_waarbij_zegt_de_pagina_dat_en_blijft_alles_staan(noor, als, vht):
    gekozen = sleutels(vht, noor, "rode plek")
    for keus, bij, zin in (
        (gekozen, "", "Kies bij welke vorm of vraag dit hoort."),
        ([], "B1", "Vink eerst aan wat je wilt overnemen."),
        (["melding-1.0.00000000", "x", "feit-9.0.1"], "B1", "Vink eerst aan wat je wilt overnemen."),
    ):
        antwoord = pluk(als(noor), vht, keus, bij)
        pagina = antwoord.content.decode()
        assert antwoord.status_code == 422
        assert zin in pagina
        assert "Er is nog niets overgenomen." in pagina
        assert all(f'value="{sleutel}" checked' in pagina for sleutel in keus if sleutel in gekozen)
    assert not Feit.objects.exists()


@pytest.mark.parametrize("bij", ["Z9", "vorm-", "vorm-99999999999999999999", "vorm-x", "nieuw-", "feit-1", "\x00"])
def test_een_plek_die_er_niet_is_geeft_nooit_een_storing(noor, als, vht, bij):
    assert pluk(als(noor), vht, sleutels(vht, noor, "rode plek"), bij).status_code in {302, 422}


def test_uit_een_casus_die_je_niet_mag_zien_is_niets_te_plukken(noor, als, vht):
    persoon = factories.persoon(noor, achternaam="Brouwers")
    vreemd = factories.melding(door=factories.buitenstaander(), situatie="Geheim van Oost.")
    for casus in (vreemd.casus, vht.casus):
        factories.voeg_betrokkene_toe(casus, persoon, door=casus.verantwoordelijke)
    (sleutel,) = sleutels(VHT.objects.get(melding=vreemd), vreemd.casus.verantwoordelijke, "Geheim")
    assert pluk(als(noor), vht, [sleutel], "B1").status_code == 422
    assert vht.antwoorden.get(vraag="B1").feit == ""


def test_een_geweigerde_knop_stuurt_een_nieuw_feit_geen_tweede_keer(noor, als, vht):
    vorm = voeg_vorm_toe(vht, door=noor, vorm="km-getuige")
    data = invulling(vht) | {f"vorm-{vorm.pk}-feit": "Eén keer.", f"vorm-{vorm.pk}-bron": "oma", "actie": "vaststellen"}
    pagina = als(noor).post(vht.pad(), data).content.decode()
    assert Feit.objects.get().feit == "Eén keer."
    leeg = pagina[pagina.index(f'name="vorm-{vorm.pk}-feit"') :]
    assert leeg[leeg.index(">") + 1 : leeg.index("</textarea>")].strip() == ""
    als(noor).post(vht.pad(), invulling(vht) | {"actie": "vaststellen"})
    assert Feit.objects.count() == 1


def test_een_feit_weghalen_en_de_vorm_blijft(noor, als, vht):
    vorm = voeg_vorm_toe(vht, door=noor, vorm="km-getuige", feit="Fout.", bron="x")
    als(noor).post(vht.pad(), invulling(vht) | {"weg": f"feit-{vorm.feiten.get().pk}"})
    assert not Feit.objects.exists()
    assert vht.vormen.get() == vorm
    als(noor).post(vht.pad(), invulling(vht) | {"weg": f"vorm-{vorm.pk}"})
    assert not vht.vormen.exists()


@pytest.mark.regel("RW-8.12")
def test_een_feit_bij_een_vorm_van_een_andere_vht_weigert_de_database(noor, vht):
    ander = voeg_vorm_toe(factories.vht(door=noor), door=noor, vorm="ouderen")
    with pytest.raises(DatabaseError, match="rw_8_12"), transaction.atomic():
        Feit(vht=vht, vorm=ander, feit="x", bron="y").save()
    voeg_vorm_toe(vht, door=noor, vorm="ouderen", feit="x", bron="y")
    with pytest.raises(DatabaseError, match="rw_8_12"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE triage_feit SET vorm_id = %s", [ander.pk])
