"""Recognising on five thousand made-up people: who is found, and along which indexes. Never how fast."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection

from bench.herkenning.meet import ALLES, HALF, Herkenningen, indexen, neem_op
from bench.herkenning.mensen import Mens, verzin, vul
from bench.herkenning.namen import HERKOMSTEN
from bench.herkenning.verschrijf import SOORTEN, WEET, vragen
from casus.models import Betrokkene, Persoon
from vt_cvs.kern.velden import voldoet_aan_elfproef

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("bench")]
AANTAL, VRAGEN = 5000, 400


@pytest.fixture(scope="module")
def mensen() -> list[Mens]:
    return list(verzin(AANTAL))


@pytest.mark.regel("RW-5.10")
def test_de_juiste_persoon_staat_bij_de_eerste_tien(mensen: list[Mens]) -> None:
    vul(AANTAL)
    uitslag = Herkenningen(AANTAL, {})
    neem_op(uitslag, mensen, aantal=VRAGEN)
    assert [naam for naam in SOORTEN if len(uitslag.tellingen[naam].raak) != VRAGEN // len(SOORTEN)] == []
    assert uitslag.tellingen[ALLES].deel >= 99
    assert uitslag.tellingen[HALF].deel >= 95
    assert {naam: telling.deel for naam, telling in uitslag.tellingen.items() if telling.deel < 95} == {}
    assert len(list(uitslag.regels())) > len(uitslag.tellingen)


def test_elke_weg_naar_een_persoon_gaat_langs_een_index(mensen: list[Mens]) -> None:
    vul(AANTAL)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE casus_persoon")
    gebruikt = {
        vraag.weet: indexen(vraag) for vraag in vragen(mensen, aantal=100, zaad=1) if vraag.soort == "voorletter"
    }
    assert set(gebruikt) == set(WEET)
    for weet, namen in gebruikt.items():
        assert "persoon_zoeksleutels" in namen, weet
    assert "persoon_geboortedatum" in gebruikt["datum"]
    assert any(naam.startswith("casus_persoon_bsn_index") for naam in gebruikt["BSN"])


def test_wie_er_verzonnen_is_bestaat_niet_en_klopt_voor_elke_wachter(mensen: list[Mens]) -> None:
    vul(AANTAL)
    connection.check_constraints()
    assert Persoon.objects.count() == Betrokkene.objects.count() == AANTAL
    nummers = [mens.bsn for mens in mensen if mens.bsn]
    assert nummers
    assert all(bsn.startswith("9999") and voldoet_aan_elfproef(bsn) for bsn in nummers)
    persoon = Persoon.objects.get(pk=mensen[0].id)
    eerder = (persoon.zoeknaam, persoon.zoeksleutels, persoon.bsn_index)
    persoon.zet_zoekkolommen()
    assert (persoon.zoeknaam, persoon.zoeksleutels, persoon.bsn_index) == eerder


def test_de_namen_zijn_scheef_verdeeld_over_vijf_herkomsten(mensen: list[Mens]) -> None:
    assert {mens.herkomst for mens in mensen} == {herkomst.naam for herkomst in HERKOMSTEN}
    namen = Counter((mens.voorvoegsel, mens.achternaam) for mens in mensen)
    vaakst = [aantal for _, aantal in namen.most_common()]
    assert len(vaakst) > 1000
    assert vaakst[0] > 10 * vaakst[len(vaakst) // 2]


def test_dezelfde_vragen_bij_hetzelfde_zaad(mensen: list[Mens]) -> None:
    eens, nogeens = (list(vragen(mensen, aantal=50, zaad=3)) for _ in range(2))
    assert eens == nogeens
    assert {vraag.weet for vraag in eens} <= set(WEET)
