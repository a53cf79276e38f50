"""Every version of a VHT is read back as it was, with what differs marked, and never changes afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from casus.models import Processtap
from casus.services.casussen import begin_stap
from tests import factories
from triage.models import VHT, VHTVersie
from triage.selectors.versies import lees_terug, versies_van
from triage.services import beantwoord, haal_weg, voeg_vorm_toe, wijzig_feit
from triage.services.versies import lopende_dienst
from vt_cvs.kern.overgangen import voer_uit

pytestmark = pytest.mark.django_db
DAG = datetime(2026, 11, 23, 9, tzinfo=UTC)


def vers(vht: VHT) -> VHT:
    return VHT.objects.get(pk=vht.pk)


@pytest.fixture
def vht(noor) -> VHT:
    """Set on 23 November: structureel, one form of violence with one fact."""
    with time_machine.travel(DAG, tick=True):
        vht = factories.vht(door=noor)
        for antwoord in vht.antwoorden.all():
            ja = antwoord.vraag == "B1"
            beantwoord(antwoord, door=noor, waarde=ja, feit="Derde keer." if ja else "", bron="politie" if ja else "")
        voeg_vorm_toe(vht, door=noor, vorm="pg-lichamelijk", feit="Rode plek op de wang.", bron="politie")
        return voer_uit(vers(vht), "stel_vast", door=noor)


@pytest.fixture
def dienst(vht, noor):
    """A running V&V: only its step counts here, so nobody owns it."""
    stap = begin_stap(vht.casus, "vv", door=noor)
    Processtap.objects.filter(pk=stap.pk).update(heeft_eigenaar=True)
    return stap


@pytest.mark.regel("RW-8.14", "RW-8.20")
def test_tussenstand_en_eindconclusie_zijn_elk_een_versie(noor):
    vht = factories.vht(door=noor)
    beantwoord(vht.antwoorden.get(vraag="A1"), door=noor, waarde=True)
    beantwoord(vht.antwoorden.get(vraag="B1"), door=noor, waarde=False)
    assert [str(v) for v in versies_van(vht)] == ["Tussenstand A"]
    voer_uit(vers(vht), "stel_vast", door=noor, motivering="B volgt.")
    assert [(v.nummer, str(v)) for v in versies_van(vht)] == [(2, "Eindconclusie"), (1, "Tussenstand A")]


@pytest.mark.regel("RW-8.20", "RW-5.14")
def test_een_aanvulling_tijdens_een_dienst_is_een_versie_met_datum_en_dienst(noor, sanne, vht, dienst):
    with time_machine.travel(datetime(2026, 12, 7, 10, tzinfo=UTC), tick=True):
        beantwoord(vht.antwoorden.get(vraag="B2"), door=noor, waarde=True, feit="Hulp stopte.", bron="wijkteam")
        voeg_vorm_toe(vers(vht), door=noor, vorm="pg-lichamelijk", feit="Duw van de trap.", bron="moeder")
        beantwoord(vht.antwoorden.get(vraag="B3"), door=sanne, waarde=True)
    with time_machine.travel(datetime(2026, 12, 8, 10, tzinfo=UTC), tick=True):
        beantwoord(vht.antwoorden.get(vraag="B3"), door=sanne, waarde=False)
    versies = versies_van(vht)
    assert [(v.op.date().isoformat(), v.door.naam, str(v)) for v in versies[:3]] == [
        ("2026-12-08", "Sanne de Wit", "Aanvulling tijdens V&V"),
        ("2026-12-07", "Sanne de Wit", "Aanvulling tijdens V&V"),
        ("2026-12-07", "Noor Haddad", "Aanvulling tijdens V&V"),
    ]
    assert lopende_dienst(vht.casus) == dienst
    assert lopende_dienst(vht.casus, "monitoren") == dienst  # opened from a dienst that has ended meanwhile


@pytest.mark.regel("RW-8.20")
def test_elke_versie_is_terug_te_lezen_zoals_zij_was_met_de_verschillen_gemarkeerd(noor, als, vht, dienst):
    eerste_feit = vht.feiten.get()
    with time_machine.travel(datetime(2026, 12, 7, 10, tzinfo=UTC), tick=True):
        wijzig_feit(eerste_feit, door=noor, feit="Rode plek op de hals.")
        voeg_vorm_toe(vers(vht), door=noor, vorm="ouderen", feit="Geen eten in huis.", bron="buurvrouw")
        beantwoord(vht.antwoorden.get(vraag="A1"), door=noor, waarde=True, feit="Dreigt nu.", bron="moeder")
    with time_machine.travel(datetime(2026, 12, 9, 10, tzinfo=UTC), tick=True):
        haal_weg(vers(vht), f"vorm-{vht.vormen.get(vorm='ouderen').pk}", door=noor)
    *_, eind = [v for v in versies_van(vht) if v.soort == "eindconclusie"]
    toen = lees_terug(vht, eind, None)
    assert toen.conclusie.totaal == "structureel"
    assert [(r.naam, r.feit.nu) for r in toen.feiten] == [("(Ex-)partnergeweld: lichamelijk", "Rode plek op de wang.")]
    assert toen.verschillen == 0

    aanvulling = next(v for v in versies_van(vht) if v.op.day == 7 and v.soort == "aanvulling")
    daarna = lees_terug(vht, aanvulling, eind)
    assert (daarna.conclusie.totaal, daarna.conclusie_was.totaal) == ("acuut", "structureel")
    assert [(r.naam, r.soort) for r in daarna.feiten] == [
        ("(Ex-)partnergeweld: lichamelijk", "anders"),
        ("Ouderenmishandeling", "erbij"),
    ]
    assert daarna.feiten[0].feit.stukken == [
        ("gelijk", "Rode plek op de "),
        ("weg", "wang"),
        ("erbij", "hals"),
        ("gelijk", "."),
    ]
    assert [r.naam for r in daarna.antwoorden if r.soort != "gelijk"] == ["A1"]

    laatste = versies_van(vht)[0]
    assert [(r.naam, r.soort) for r in lees_terug(vht, laatste, versies_van(vht)[1]).feiten] == [
        ("(Ex-)partnergeweld: lichamelijk", "gelijk"),
        ("Ouderenmishandeling", "weg"),
    ]
    pagina = als(noor).get(aanvulling.pad()).content.decode()
    assert "Rode plek op de <del>wang</del><ins>hals</ins>." in pagina
    assert "3 verschillen met versie" in pagina
    assert f'href="{laatste.pad()}"' in als(noor).get(vht.pad()).content.decode()
    assert als(noor).get(f"{vht.pad()}versie/99/").status_code == 404
    assert als(factories.buitenstaander()).get(aanvulling.pad()).status_code == 403


@pytest.mark.regel("RW-8.20")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE triage_vhtversie SET rijen = '{}' WHERE soort = 'eindconclusie'",
        "UPDATE triage_vhtversie SET soort = 'aanvulling' WHERE soort = 'eindconclusie'",
        "DELETE FROM triage_vhtversie",
    ],
)
def test_een_versie_verandert_ook_met_sql_niet(vht, sql):
    with pytest.raises(DatabaseError, match="rw_8_20"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.regel("RW-8.20")
def test_een_eerdere_aanvulling_groeit_niet_meer_als_er_een_nieuwere_is(noor, sanne, vht):
    for wie, waarde in ((noor, True), (sanne, False)):
        beantwoord(vht.antwoorden.get(vraag="B4"), door=wie, waarde=waarde, feit=wie.naam)
    oud = VHTVersie.objects.filter(vht=vht, soort="aanvulling").earliest("nummer")
    with pytest.raises(DatabaseError, match="rw_8_20"), transaction.atomic():
        VHTVersie.objects.filter(pk=oud.pk).update(rijen={})


def test_teruglezen_vraagt_even_weinig_na_honderd_wijzigingen(noor, als, vht, django_assert_max_num_queries):
    for n in range(12):
        beantwoord(vht.antwoorden.get(vraag="B1"), door=noor, waarde=True, feit=f"Keer {n}.", bron="politie")
        voeg_vorm_toe(vers(vht), door=noor, vorm="ouderen", feit=f"Feit {n}.", bron="oma")
    client, pad = als(noor), versies_van(vht)[0].pad()
    client.get(pad)
    with django_assert_max_num_queries(14):
        assert client.get(pad).status_code == 200
