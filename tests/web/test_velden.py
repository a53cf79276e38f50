"""Dates and times as Dutch people type them, refused in sentences they can act upon."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from vt_cvs.web.velden import DatumVeld, MomentVeld, PlatteTekst

NU = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _dinsdagochtend():
    with time_machine.travel(NU, tick=False):
        yield


def zin(veld, waarde):
    with pytest.raises(ValidationError) as fout:
        veld.clean(waarde)
    return fout.value.messages[0]


@pytest.mark.parametrize(
    ("getypt", "datum"),
    [
        ("24-11-2026", date(2026, 11, 24)),
        ("4-1-26", date(2026, 1, 4)),
        ("30-9-90", date(1990, 9, 30)),
        ("1/2/2017", date(2017, 2, 1)),
        ("1.2.2017", date(2017, 2, 1)),
        ("30 9 1990", date(1990, 9, 30)),
        ("30091990", date(1990, 9, 30)),
        ("2026-11-24", date(2026, 11, 24)),
        (" 3 maart 2025 ", date(2025, 3, 3)),
        ("3 mrt 25", date(2025, 3, 3)),
        ("27 sep", date(2026, 9, 27)),
        ("29-2-2024", date(2024, 2, 29)),
        ("vandaag", date(2026, 11, 24)),
        ("Gisteren", date(2026, 11, 23)),
    ],
)
def test_een_datum_mag_zo_worden_geschreven(getypt, datum):
    assert DatumVeld().clean(getypt) == datum


@pytest.mark.parametrize(
    ("getypt", "antwoord"),
    [
        ("31-02-2017", "31 februari bestaat niet."),
        ("29-2-2023", "29 februari bestaat niet in 2023."),
        ("31-11-2026", "31 november bestaat niet."),
        ("0-1-2026", "0 januari bestaat niet."),
        ("11-24-2026", "Maand 24 bestaat niet. Schrijf de datum als dag-maand-jaar."),
        ("1-1-1066", "Het jaar 1066 is te lang geleden. Kijk het jaar na."),
        ("binnenkort", "Schrijf de datum als dag-maand-jaar, bijvoorbeeld 24-11-2026."),
        ("1-1-202", "Schrijf de datum als dag-maand-jaar, bijvoorbeeld 24-11-2026."),
    ],
)
def test_een_onmogelijke_datum_krijgt_een_zin(getypt, antwoord):
    assert zin(DatumVeld(), getypt) == antwoord


def test_een_datum_kan_een_grens_hebben():
    assert zin(DatumVeld(toekomst=False), "25-11-2026").startswith("Deze datum ligt in de toekomst.")
    assert zin(DatumVeld(verleden=False), "23-11-2026").startswith("Deze datum is al voorbij.")
    assert DatumVeld(toekomst=False, verleden=False).clean("vandaag") == date(2026, 11, 24)


def test_een_datum_staat_in_het_veld_zoals_je_haar_typt():
    assert 'value="24-11-2026"' in DatumVeld().widget.render("d", date(2026, 11, 24))
    assert 'value="31-02-2017"' in DatumVeld().widget.render("d", "31-02-2017")


def test_leeg_mag_als_het_mag():
    assert DatumVeld(required=False).clean("") is None
    assert MomentVeld(required=False).clean("") is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_wat_het_veld_toont_leest_het_weer_terug(datum):
    assert DatumVeld().clean(DatumVeld().widget.format_value(datum)) == datum


@given(st.text(max_size=20))
def test_wat_je_ook_typt_het_antwoord_is_een_datum_of_een_zin(tekst):
    antwoorden: list[str] = []
    for veld in (DatumVeld(required=False), MomentVeld(required=False)):
        try:
            veld.clean(tekst)
        except ValidationError as fout:
            antwoorden += fout.messages
    assert all(antwoord.endswith(".") for antwoord in antwoorden)


@pytest.mark.parametrize(
    ("getypt", "moment"),
    [
        ("24-11-2026 09:14", datetime(2026, 11, 24, 8, 14, tzinfo=UTC)),
        ("1-7-26 9.05", datetime(2026, 7, 1, 7, 5, tzinfo=UTC)),
        ("gisteren 16:40", datetime(2026, 11, 23, 15, 40, tzinfo=UTC)),
        ("vandaag om 8:00 uur", datetime(2026, 11, 24, 7, 0, tzinfo=UTC)),
        ("9:14", datetime(2026, 11, 24, 8, 14, tzinfo=UTC)),
        ("2026-11-24T09:14", datetime(2026, 11, 24, 8, 14, tzinfo=UTC)),
        ("25-10-2026 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_een_moment_mag_zo_worden_geschreven(getypt, moment):
    assert MomentVeld().clean(getypt) == moment


@pytest.mark.parametrize(
    ("getypt", "antwoord"),
    [
        ("24-11-2026", "Schrijf dag en tijd, bijvoorbeeld 24-11-2026 09:14."),
        ("24-11-2026 25:00", "25:00 is geen tijd van de dag."),
        ("31-2-2026 10:00", "31 februari bestaat niet."),
        ("29-3-2026 02:30", "02:30 bestaat niet op deze dag: de klok gaat dan een uur vooruit."),
    ],
)
def test_een_onmogelijk_moment_krijgt_een_zin(getypt, antwoord):
    assert zin(MomentVeld(), getypt) == antwoord


def test_een_moment_in_de_toekomst_wordt_geweigerd_tot_op_de_minuut():
    assert MomentVeld(toekomst=False).clean("9:12") == NU
    assert zin(MomentVeld(toekomst=False), "9:13").startswith("Dit moment ligt in de toekomst.")


def test_een_moment_staat_in_het_veld_op_de_nederlandse_klok():
    assert 'value="24-11-2026 09:12"' in MomentVeld().widget.render("m", NU)


@given(st.text())
def test_platte_tekst_houdt_geen_stuurtekens(tekst):
    schoon = PlatteTekst(required=False).clean(f"a\x00\r\n{tekst}\rb\x07")
    assert "\x00" not in schoon
    assert "\r" not in schoon
    assert schoon.startswith("a\n")


def test_platte_tekst_houdt_wat_erop_lijkt_html_te_zijn():
    assert PlatteTekst().clean("<b>x</b> é – 👩‍👧") == "<b>x</b> é – 👩‍👧"
