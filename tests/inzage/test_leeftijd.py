"""Age and judgement: what the law refuses, and what only a person can say."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from casus.inzage.services import leg_oordeel_vast, open_verzoek
from tests import factories as f
from vt_cvs.kern.overgangen import belemmeringen_voor, voer_uit
from vt_cvs.kern.regels import RegelGeweigerd

VANDAAG = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _vandaag():
    with time_machine.travel("2026-11-22 11:00:00+00:00", tick=False):
        yield


def verzoek(casus, screener, geboren, *, ouder=False, **velden):
    kind = f.betrokkene(casus, voornamen="Fenna", achternaam="Terpstra", geboortedatum=geboren)
    if not ouder:
        return open_verzoek(casus, kind, door=screener, **velden)
    moeder = f.betrokkene(casus, voornamen="Marloes", geboortedatum=date(1990, 1, 1))
    return open_verzoek(casus, moeder, namens=kind, door=screener, **velden)


@pytest.mark.regel("RW-3.8")
@pytest.mark.parametrize(
    ("geboren", "ouder", "velden", "mag"),
    [
        (date(2014, 11, 23), False, {}, False),  # the day before twelve
        (date(2014, 11, 23), False, {"in_staat": True}, False),
        (date(2014, 11, 22), False, {}, False),  # twelve today, not yet judged
        (date(2014, 11, 22), False, {"in_staat": True}, True),
        (date(2014, 11, 22), False, {"in_staat": False, "oordeel_toelichting": "Gesproken."}, False),
        (date(2010, 1, 1), False, {"in_staat": True}, True),
        (date(2008, 11, 22), False, {}, True),  # eighteen today
        (date(2008, 11, 23), False, {}, False),
        (None, False, {}, False),
        (None, False, {"in_staat": True}, True),
        (date(2014, 11, 23), True, {}, False),
        (date(2014, 11, 23), True, {"belang_verzet_zich": False, "oordeel_toelichting": "Gesproken."}, True),
        (date(2014, 11, 23), True, {"belang_verzet_zich": False}, False),  # a judgement says what it rests on
        (date(2014, 11, 23), True, {"belang_verzet_zich": True, "oordeel_toelichting": "Bang."}, False),
        (date(2010, 11, 23), True, {"belang_verzet_zich": False, "oordeel_toelichting": "Gesproken."}, True),  # fifteen
        (
            date(2010, 11, 22),
            True,
            {"belang_verzet_zich": False, "oordeel_toelichting": "Gesproken."},
            False,
        ),  # sixteen
        (date(2010, 11, 22), True, {"belang_verzet_zich": False, "in_staat": True, "oordeel_toelichting": "x"}, False),
        (date(2010, 11, 22), True, {"belang_verzet_zich": False, "in_staat": False, "oordeel_toelichting": "x"}, True),
    ],
)
def test_wie_mag_lezen(casus, screener, geboren, ouder, velden, mag):
    v = verzoek(casus, screener, geboren, ouder=ouder, **velden)
    assert (belemmeringen_voor(v, "begin_screening") == []) is mag
    if not mag:
        with pytest.raises(RegelGeweigerd):
            voer_uit(v, "begin_screening", door=screener, motivering="Toch doen.")


def test_een_oordeel_komt_met_naam_in_de_geschiedenis(casus, screener):
    v = verzoek(casus, screener, date(2012, 1, 1))
    v = leg_oordeel_vast(v, door=screener, in_staat=True, oordeel_toelichting="Twee keer gesproken.")
    assert voer_uit(v, "begin_screening", door=screener).stand == "in_screening"
    assert v.history.first().history_user == screener


def test_de_termijn_is_een_maand_en_staat_in_mijn_werk(casus, screener):
    from casus.models import Taak

    v = verzoek(casus, screener, date(1990, 1, 1))
    taak = Taak.objects.get(soort="inzage_screenen")
    assert taak.voor == screener
    assert taak.uiterlijk == date(2026, 12, 22)
    assert taak.pad == v.pad()
