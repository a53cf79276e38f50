"""Terms: working days by the Algemene termijnenwet, each with its explanation."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from vt_cvs.kern.termijnen import in_dagen, in_jaren, in_maanden, in_weken, monitormomenten, tien_weken, triagetermijn
from vt_cvs.kern.werkdagen import is_werkdag, waarom_vrij

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.regel("RW-5.12a")
@pytest.mark.parametrize(
    ("ontvangen", "werkdagen", "dagen", "sturend"),
    [
        # maandagavond: allebei op maandag
        (date(2026, 11, 23), date(2026, 11, 30), date(2026, 11, 30), date(2026, 11, 30)),
        # zaterdag: de werkdagen eindigen eerder dan de dagen, want de zevende dag valt op zaterdag
        (date(2026, 11, 21), date(2026, 11, 27), date(2026, 11, 30), date(2026, 11, 27)),
        # voor Kerstmis: eerste en tweede kerstdag en Nieuwjaarsdag tellen niet mee
        (date(2026, 12, 24), date(2027, 1, 4), date(2026, 12, 31), date(2026, 12, 31)),
        # Goede Vrijdag en tweede paasdag
        (date(2026, 4, 1), date(2026, 4, 10), date(2026, 4, 8), date(2026, 4, 8)),
        # Koningsdag op maandag
        (date(2026, 4, 24), date(2026, 5, 4), date(2026, 5, 1), date(2026, 5, 1)),
    ],
)
def test_vijf_werkdagen_en_zeven_dagen_de_vroegste_stuurt(ontvangen, werkdagen, dagen, sturend):
    termijn = triagetermijn(ontvangen)
    assert termijn.werkdagen.uiterlijk == werkdagen
    assert termijn.dagen.uiterlijk == dagen
    assert termijn.sturend.uiterlijk == sturend


@pytest.mark.regel("RW-5.12a")
@pytest.mark.parametrize(
    ("moment", "uiterlijk"),
    [
        (datetime(2026, 11, 23, 23, 59, tzinfo=AMSTERDAM), date(2026, 11, 30)),
        (datetime(2026, 11, 24, 0, 1, tzinfo=AMSTERDAM), date(2026, 12, 1)),
        # 22:30 UTC in de zomer is al de volgende dag in Nederland
        (datetime(2026, 7, 6, 22, 30, tzinfo=ZoneInfo("UTC")), date(2026, 7, 14)),
    ],
)
def test_middernacht_is_de_nederlandse_middernacht(moment, uiterlijk):
    assert triagetermijn(moment).werkdagen.uiterlijk == uiterlijk


@pytest.mark.parametrize(
    "dag",
    [date(2026, 5, 5), date(2027, 5, 5), date(2026, 4, 27), date(2025, 4, 26), date(2026, 4, 3), date(2026, 5, 14)],
)
def test_erkende_feestdagen_zijn_geen_werkdag_ook_vijf_mei_zonder_lustrum(dag):
    assert not is_werkdag(dag)
    assert waarom_vrij(dag)


def test_koningsdag_schuift_alleen_als_het_zondag_is():
    assert waarom_vrij(date(2031, 4, 26)) == "zaterdag"  # 27 april 2031 is een zondag, de 26e een zaterdag
    assert is_werkdag(date(2025, 4, 28))


@pytest.mark.regel("RW-5.12c")
def test_tien_weken_die_op_zondag_eindigen_lopen_tot_maandag_en_zeggen_dat():
    termijn = tien_weken(date(2026, 9, 27))
    assert termijn.uiterlijk == date(2026, 12, 7)
    assert termijn.klok(date(2026, 11, 24)).onder == "10 weken: zo 6, dus ma 7 dec"
    assert "zondag" in termijn.uitleg


def test_een_lange_termijn_blijft_op_zijn_kalenderdag():
    assert in_maanden(date(2026, 2, 28), 12).uiterlijk == date(2027, 2, 28)  # een zondag
    assert in_jaren(date(2024, 2, 29), 15).uiterlijk == date(2039, 2, 28)
    assert in_weken(date(2026, 11, 21), 13).uiterlijk == date(2027, 2, 20)  # een zaterdag
    assert in_dagen(date(2026, 11, 21), 91).uiterlijk == date(2027, 2, 20)


def test_een_korte_termijn_houdt_minstens_twee_werkdagen():
    assert in_dagen(date(2026, 4, 2), 3).uiterlijk == date(2026, 4, 8)  # Goede Vrijdag, Pasen, dinsdag, woensdag
    assert in_dagen(date(2026, 11, 20), 1).uiterlijk == date(2026, 11, 23)


@pytest.mark.regel("RW-11.4")
@pytest.mark.parametrize(
    ("einde", "momenten"),
    [
        (date(2026, 8, 24), [date(2026, 11, 24), date(2027, 8, 24)]),
        (date(2026, 11, 30), [date(2027, 2, 28), date(2027, 11, 30)]),
        (date(2023, 11, 30), [date(2024, 2, 29), date(2024, 11, 30)]),
        (date(2024, 2, 29), [date(2024, 5, 29), date(2025, 2, 28)]),
    ],
)
def test_monitormomenten_liggen_drie_en_twaalf_kalendermaanden_verder(einde, momenten):
    assert [termijn.uiterlijk for termijn in monitormomenten(einde)] == momenten


@pytest.mark.parametrize(
    ("vandaag", "stand", "tekst"),
    [
        (date(2026, 11, 23), "ruim", "nog 5 werkdagen"),
        (date(2026, 11, 26), "kort", "nog 2 werkdagen"),
        (date(2026, 11, 27), "kort", "nog 1 werkdag"),
        (date(2026, 11, 29), "kort", "nog 1 werkdag"),
        (date(2026, 11, 30), "kort", "vandaag"),
        (date(2026, 12, 1), "over", "1 dag te laat"),
        (date(2026, 12, 4), "over", "4 dagen te laat"),
    ],
)
def test_de_klok_zegt_wat_er_rest(vandaag, stand, tekst):
    klok = triagetermijn(date(2026, 11, 23)).sturend.klok(vandaag)
    assert (klok.stand, klok.tekst) == (stand, tekst)
