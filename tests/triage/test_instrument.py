"""The conclusion follows from the answers and from nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.instrument import Instrument, concludeer, huidig_instrument, instrument, meegeleverd

VOORBEELD = instrument("voorbeeld-2026")
CODES = [vraag.code for vraag in VOORBEELD.vragen]
ANTWOORDEN = st.fixed_dictionaries({code: st.sampled_from([True, False, None]) for code in CODES})


def met(*ja: str, open_: tuple[str, ...] = ()) -> dict[str, bool | None]:
    """All “nee” except these."""
    return {code: True if code in ja else None if code in open_ else False for code in CODES}


def test_het_voorbeeld_zegt_dat_het_een_voorbeeld_is():
    assert VOORBEELD.voorbeeld
    assert "niet voor gebruik in de praktijk" in VOORBEELD.bron
    assert [o.letter for o in VOORBEELD.onderdelen] == ["A", "B", "C"]


@pytest.mark.regel("RW-3.9", "RW-4.3")
@pytest.mark.parametrize("soort", sorted(meegeleverd()))
def test_elke_vraag_zegt_waarvoor_zij_dient(soort):
    vragen = instrument(soort).vragen
    assert all(vraag.uitleg and vraag.tekst.endswith("?") and vraag.kort for vraag in vragen)
    assert len({vraag.code for vraag in vragen}) == len(vragen)
    assert [vraag.code for vraag in vragen if vraag.criterium_b] == ["C2"]


@pytest.mark.regel("RW-3.6")
@pytest.mark.django_db
def test_op_elke_dag_geldt_een_uitgave():
    assert isinstance(huidig_instrument(date(2026, 11, 22)), Instrument)
    assert huidig_instrument(date(1990, 1, 1)) is VOORBEELD


@pytest.mark.parametrize(
    ("antwoorden", "totaal", "omdat"),
    [
        (met("A1", "A3"), "acuut", "omdat A1 en A3 ‘ja’ zijn"),
        (met("A1", open_=("A2", "B1", "C1")), "acuut", "omdat A1 ‘ja’ is"),
        (met("B1", "B2", "B3"), "structureel", "omdat B1, B2 en B3 ‘ja’ zijn"),
        (met("C1"), "multiproblematisch", "omdat C1 ‘ja’ is"),
        (met(), "geen", "omdat alle vragen van A, B en C ‘nee’ zijn"),
        (met(open_=("C1",)), "onbekend", "omdat C nog niet helemaal beantwoord is"),
        ({}, "onbekend", "omdat A, B en C nog niet helemaal beantwoord zijn"),
    ],
)
def test_de_conclusie_zegt_wat_en_waarom(antwoorden, totaal, omdat):
    conclusie = concludeer(VOORBEELD, antwoorden)
    assert (conclusie.totaal, conclusie.omdat) == (totaal, omdat)


@pytest.mark.regel("RW-8.22")
def test_een_criterium_b_maakt_conclusie_vijf():
    conclusie = concludeer(VOORBEELD, met("C2"))
    assert (conclusie.totaal, conclusie.nummer) == ("multiproblematisch", 5)
    assert concludeer(VOORBEELD, met("C1")).nummer is None


@pytest.mark.regel("RW-8.22")
@pytest.mark.parametrize(("ja", "totaal"), [("A4", "acuut"), ("B2", "structureel")])
def test_conclusie_vijf_verdringt_a_en_b_nooit(ja, totaal):
    conclusie = concludeer(VOORBEELD, met(ja, "C2"))
    assert (conclusie.totaal, conclusie.nummer) == (totaal, 5)
    assert conclusie.ernaast == "De leefsituatie (conclusie 5) staat ernaast en vervangt dit niet."


@pytest.mark.regel("RW-8.22")
@given(ANTWOORDEN)
def test_hoe_de_antwoorden_ook_zijn_de_volgorde_van_ernst_klopt(antwoorden):
    conclusie = concludeer(VOORBEELD, antwoorden)
    ja = {code[0] for code, waarde in antwoorden.items() if waarde}
    ernst = {"A": "acuut", "B": "structureel", "C": "multiproblematisch"}
    if ja:
        assert conclusie.totaal == ernst[min(ja)]
    else:
        assert conclusie.totaal == ("onbekend" if None in antwoorden.values() else "geen")
    assert (conclusie.nummer == 5) == (antwoorden["C2"] is True)
    assert conclusie.c_is_nodig == (not ja & {"A", "B"})
    assert {vraag.code for vraag in conclusie.ontbreekt} == {c for c, w in antwoorden.items() if w is None}


def test_een_onderdeel_zegt_hoe_ver_het_is():
    delen = concludeer(VOORBEELD, met("B1", open_=("A1", "A2"))).delen
    assert [deel.stand for deel in delen] == ["2 van 4 beantwoord", "Ja, 1 van 4", "Nee, 3 van 3"]
    assert [deel.conclusie for deel in delen] == ["Nog open", "Structureel", "Niet multiproblematisch"]
    assert delen[1].omdat == "omdat B1 (vaker of erger) ‘ja’ is"
    assert delen[2].omdat == "omdat alle drie vragen ‘nee’ zijn"
