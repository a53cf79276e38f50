"""What earlier VHTs hold goes along: from every one of them, also what came into an older one later, each once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import factories
from triage.models import VHT
from triage.services import beantwoord, haal_weg, voeg_vorm_toe
from triage.services.uitgaven import lees_uitgave_in
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db
REGIO = Path(__file__).with_name("regio-2027.yaml").read_text(encoding="utf-8")


def volgende(vht: VHT, noor) -> VHT:
    return VHT.objects.get(melding=factories.melding(door=noor, casus=vht.casus))


def feiten(vht: VHT) -> list[tuple[str, str, str]]:
    return [(f.vorm.vorm, f.feit, f.bron) for f in vht.feiten.select_related("vorm").order_by("feit")]


@pytest.mark.regel("RW-8.6", "RW-8.9")
def test_wat_later_in_een_oudere_vht_kwam_gaat_ook_mee(noor):
    eerste = factories.vht(door=noor)
    voeg_vorm_toe(eerste, door=noor, vorm="km-getuige", feit="A eerst.", bron="politie")
    tweede = volgende(eerste, noor)
    voeg_vorm_toe(eerste, door=noor, vorm="km-getuige", feit="B daarna in de eerste.", bron="school")
    voeg_vorm_toe(eerste, door=noor, vorm="ouderen", feit="C ook daarna.", bron="oma")
    beantwoord(eerste.antwoorden.get(vraag="C1"), door=noor, waarde=True, feit="Schulden.", bron="wijkteam")
    voeg_vorm_toe(tweede, door=noor, vorm="pg-psychisch", feit="D in de tweede.", bron="moeder")
    derde = volgende(eerste, noor)
    assert feiten(derde) == [
        ("km-getuige", "A eerst.", "politie"),
        ("km-getuige", "B daarna in de eerste.", "school"),
        ("ouderen", "C ook daarna.", "oma"),
        ("pg-psychisch", "D in de tweede.", "moeder"),
    ]
    assert derde.vormen.count() == 3
    assert {f.feit: f.uit for f in derde.feiten.all()}["B daarna in de eerste."] == eerste
    c1 = derde.antwoorden.get(vraag="C1")
    assert (c1.waarde, c1.feit, c1.uit) == (True, "Schulden.", eerste)


@pytest.mark.regel("RW-8.6")
def test_wat_is_weggehaald_of_weer_opengezet_komt_niet_terug(noor):
    eerste = factories.vht(door=noor)
    voeg_vorm_toe(eerste, door=noor, vorm="km-getuige", feit="Vergissing.", bron="x")
    beantwoord(eerste.antwoorden.get(vraag="B1"), door=noor, waarde=True)
    tweede = volgende(eerste, noor)
    haal_weg(tweede, f"vorm-{tweede.vormen.get().pk}", door=noor)
    beantwoord(tweede.antwoorden.get(vraag="B1"), door=noor, waarde=None)
    derde = volgende(eerste, noor)
    assert feiten(derde) == []
    assert not derde.vormen.exists()
    assert derde.antwoorden.get(vraag="B1").waarde is None


@pytest.mark.regel("RW-8.6", "RW-8.14")
def test_a_gaat_over_nu_de_feiten_gaan_mee_en_het_antwoord_niet(noor):
    eerste = factories.vht(door=noor)
    for antwoord in eerste.antwoorden.all():
        beantwoord(antwoord, door=noor, waarde=False, feit="Was rustig." if antwoord.vraag == "A1" else "", bron="oma")
    tweede = volgende(eerste, noor)
    a1 = tweede.antwoorden.get(vraag="A1")
    assert (a1.waarde, a1.feit, a1.bron, a1.uit) == (None, "Was rustig.", "oma", eerste)
    assert not tweede.antwoorden.filter(onderdeel="A").exclude(waarde=None).exists()
    assert not tweede.antwoorden.exclude(onderdeel="A").filter(waarde=None).exists()
    assert tweede.tussenstand_a == ""
    beantwoord(a1, door=noor, waarde=False, feit=a1.feit, bron=a1.bron)  # only answered: the fact keeps its origin
    assert tweede.antwoorden.get(vraag="A1").uit == eerste


@pytest.mark.regel("RW-3.6", "RW-8.9")
def test_in_een_andere_uitgave_gaat_mee_wat_dezelfde_vraag_voortzet_en_de_rest_is_te_plukken(noor, als):
    eerste = factories.vht(door=noor)
    beantwoord(eerste.antwoorden.get(vraag="B1"), door=noor, waarde=True, feit="Derde keer.", bron="politie")
    beantwoord(eerste.antwoorden.get(vraag="B2"), door=noor, waarde=True, feit="Hulp stopte.", bron="wijkteam")
    voeg_vorm_toe(eerste, door=noor, vorm="km-getuige", feit="Zat op de trap.", bron="politie")
    lees_uitgave_in(REGIO, door=factories.medewerker(Rol.BEHEERDER))
    tweede = volgende(eerste, noor)
    assert tweede.instrument == "regio-2027.1"
    b1, b2a = tweede.antwoorden.get(vraag="B1"), tweede.antwoorden.get(vraag="B2a")
    assert (b1.waarde, b1.feit, b1.uit) == (True, "Derde keer.", eerste)
    assert (b2a.waarde, b2a.feit) == (None, "")
    assert feiten(tweede) == [("km-getuige", "Zat op de trap.", "politie")]
    pagina = als(noor).get(tweede.pad()).content.decode()
    assert "<b>hulp hield het niet tegen:</b> Hulp stopte." in pagina


def test_het_aantal_vragen_groeit_niet_met_feiten_en_eerdere_vhts(noor, als, django_assert_max_num_queries):
    def vol(vht: VHT, aantal: int) -> None:
        for n in range(aantal):
            voeg_vorm_toe(vht, door=noor, vorm=("km-getuige", "ouderen")[n % 2], feit=f"Feit {n}.", bron="politie")

    def geteld(vht: VHT, hoogstens: int) -> None:
        client = als(noor)
        client.get(vht.pad())
        with django_assert_max_num_queries(hoogstens):
            assert client.get(vht.pad()).status_code == 200
        bewaar(client, vht, "Eerst.")  # the first answer also takes the melding in hand
        with django_assert_max_num_queries(36):
            bewaar(client, vht, "Daarna.")

    def bewaar(client, vht: VHT, feit: str) -> None:
        c1 = vht.antwoorden.get(vraag="C1")
        data = {"C1-waarde": "nee", "C1-feit": feit, "C1-versie": c1.versie}
        assert client.post(f"{vht.pad()}rij/C1/", data, headers={"HX-Request": "true"}).status_code == 200

    klein = factories.vht(door=noor)
    vol(klein, 2)
    klein = volgende(klein, noor)
    geteld(klein, 20)
    groot = factories.vht(door=noor)
    vol(groot, 30)
    for _ in range(5):
        groot = volgende(groot, noor)
    assert groot.feiten.count() == 30
    geteld(groot, 20)
