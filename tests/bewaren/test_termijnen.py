"""RW-5.16 on the day itself: who must go, who stays, and why."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casus.bewaren.selectors import blijft_bewaard, te_verwijderen
from casus.bewaren.services import bewaar_langer
from casus.models import Betrokkene, Casus
from tests import factories as f
from vt_cvs.kern.regels import RegelGeweigerd

GESLOTEN = date(2011, 6, 15)


def moet_weg(casus: Casus, op: date) -> bool:
    return te_verwijderen(op).filter(pk=casus.pk).exists()


def waarom(casus: Casus, op: date) -> str:
    return blijft_bewaard(op).get(pk=casus.pk).bewaarreden


@pytest.mark.regel("RW-5.16b1")
@pytest.mark.parametrize(
    ("dicht", "op", "weg"),
    [
        (date(2024, 6, 15), date(2026, 6, 14), False),
        (date(2024, 6, 15), date(2026, 6, 15), False),
        (date(2024, 6, 15), date(2026, 6, 16), True),
        (date(2024, 2, 29), date(2026, 2, 28), False),
        (date(2024, 2, 29), date(2026, 3, 1), True),
        (date(2026, 2, 28), date(2028, 2, 28), False),
        (date(2026, 2, 28), date(2028, 2, 29), True),
    ],
)
def test_een_advies_gaat_na_meer_dan_twee_jaar(gesloten, dicht, op, weg):
    advies = gesloten(dicht, soort=Casus.Soort.ADVIES, mensen=False)
    assert moet_weg(advies, op) is weg


@pytest.mark.regel("RW-5.16b2")
@pytest.mark.parametrize(
    ("dicht", "op", "weg"),
    [
        (GESLOTEN, date(2026, 6, 15), False),
        (GESLOTEN, date(2026, 6, 16), True),
        (date(2012, 2, 29), date(2027, 2, 28), False),
        (date(2012, 2, 29), date(2027, 3, 1), True),
        (date(2013, 2, 28), date(2028, 2, 29), True),
    ],
)
def test_een_casus_gaat_na_meer_dan_vijftien_jaar(gesloten, dicht, op, weg):
    assert moet_weg(gesloten(dicht), op) is weg


@pytest.mark.regel("RW-5.16b2")
@pytest.mark.parametrize(
    ("geboren", "op", "weg"),
    [
        (date(2010, 7, 1), date(2028, 6, 30), False),
        (date(2010, 7, 1), date(2028, 7, 1), True),
        (date(2008, 2, 29), date(2026, 6, 20), True),
        (date(2012, 2, 29), date(2030, 2, 28), False),
        (date(2012, 2, 29), date(2030, 3, 1), True),
    ],
)
def test_niet_zolang_het_jongste_kind_geen_achttien_is(gesloten, geboren, op, weg):
    casus = gesloten(GESLOTEN, geboortedatum=geboren)
    assert moet_weg(casus, op) is weg
    if not weg:
        assert waarom(casus, op) == "kind"


@pytest.mark.regel("RW-5.16b2")
def test_een_ongeboren_kind_of_een_onbekende_geboortedatum_bewaart_met_een_vraag(gesloten):
    op = date(2026, 7, 1)
    assert waarom(gesloten(GESLOTEN, ongeboren=True), op) == "ongeboren"
    zonder = gesloten(GESLOTEN, geboortedatum=None)
    assert waarom(zonder, op) == "geboortedatum"
    Betrokkene.objects.filter(casus=zonder, persoon__voornamen="Sem").update(gezag=True)
    assert moet_weg(zonder, op)


@pytest.mark.regel("RW-5.16b2")
def test_wie_volgens_het_geboortejaar_volwassen_is_houdt_niets_tegen(gesloten):
    casus = gesloten(GESLOTEN, geboortejaar=1980)
    assert moet_weg(casus, date(2026, 7, 1))
    jong = gesloten(GESLOTEN, geboortejaar=2008)
    assert waarom(jong, date(2026, 7, 1)) == "geboortedatum"
    assert moet_weg(jong, date(2027, 1, 1))


def test_een_professional_is_geen_kind(gesloten, werker):
    casus = f.casus(werker)
    f.betrokkene(casus, rol=Betrokkene.Rol.PROFESSIONAL, voornamen="Juf", geboortedatum=None)
    from tests.bewaren.conftest import sluit_op

    assert moet_weg(sluit_op(casus, GESLOTEN), date(2026, 7, 1))


@pytest.mark.regel("RW-5.16b2", "RW-5.16c")
def test_langer_bewaren_kan_met_reden_en_tot_een_dag(gesloten, privacy):
    casus = gesloten(GESLOTEN)
    with pytest.raises(RegelGeweigerd):
        bewaar_langer(casus, door=privacy, bewaren_tot=date(2028, 1, 1), reden="  ")
    bewaar_langer(casus, door=privacy, bewaren_tot=date(2028, 1, 1), reden="Er loopt een rechtszaak.")
    assert waarom(casus, date(2028, 1, 1)) == "verlengd"
    assert blijft_bewaard(date(2027, 1, 1)).get(pk=casus.pk).verlengd_tot == date(2028, 1, 1)
    assert moet_weg(casus, date(2028, 1, 2))


@pytest.mark.regel("RW-5.16a")
def test_open_en_jonge_dossiers_staan_in_geen_van_beide_lijsten(gesloten, werker):
    op = date(2026, 7, 1)
    open_, jong, oud = f.casus(werker), gesloten(date(2020, 1, 1)), gesloten(GESLOTEN)
    assert [c.pk for c in te_verwijderen(op)] == [oud.pk]
    assert not blijft_bewaard(op).filter(pk__in=[open_.pk, jong.pk]).exists()


@pytest.mark.regel("RW-5.16a")
def test_het_overzicht_is_een_vraag_aan_de_database(gesloten):
    for dag in range(1, 6):
        gesloten(date(2011, 5, dag), geboortedatum=date(2011, 1, dag))
        gesloten(date(2010, 5, dag))
    with CaptureQueriesContext(
        connection,
    ) as weg:
        assert len(list(te_verwijderen(date(2026, 7, 1)))) == 5
    with CaptureQueriesContext(connection) as blijft:
        assert len(list(blijft_bewaard(date(2026, 7, 1)))) == 5
    assert len(weg) == len(blijft) == 1
