"""Numbers: random, checked, and read as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vt_cvs.kern.nummers import controlecijfer, klopt, lees_nummer, nieuw_nummer

CIJFERS = st.text("0123456789", min_size=8, max_size=8)


@pytest.mark.regel("RW-6.18")
def test_een_nieuw_nummer_klopt_en_verraadt_niets():
    nummers = {nieuw_nummer("M") for _ in range(500)}
    assert len(nummers) == 500
    assert all(klopt(nummer) for nummer in nummers)


@given(CIJFERS, st.integers(0, 7), st.integers(1, 9))
def test_een_verkeerd_cijfer_valt_altijd_op(cijfers, plek, verschil):
    fout = cijfers[:plek] + str((int(cijfers[plek]) + verschil) % 10) + cijfers[plek + 1 :]
    assert controlecijfer(fout) != controlecijfer(cijfers)


@pytest.mark.parametrize("invoer", ["c481730967", "C 481 730 967", "C-481-730-967", " c-481.730/967 "])
def test_een_nummer_wordt_gelezen_zoals_mensen_het_schrijven(invoer):
    nummer = f"C-481-730-96{controlecijfer('48173096')}"
    assert lees_nummer(invoer.replace("7", "7").rstrip()[:-1].rstrip() + nummer[-1]) == nummer


@pytest.mark.parametrize("invoer", ["", "481730962", "C-481-730-96", "C-481-730-9620", "naam", "C-000-000-000"])
def test_wat_geen_nummer_is_wordt_er_geen(invoer):
    assert lees_nummer(invoer) == ""
