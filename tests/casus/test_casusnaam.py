"""The name of a case: surnames of grown-ups, two at most, by the alphabet; it follows the people by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from casus.models import Betrokkene, Casus
from casus.services.betrokkenen import werk_casusnamen_bij, wijzig_persoon
from casus.tasks import werk_casusnamen_bij as taak_van_de_klok
from tests import factories
from vt_cvs.kern.overgangen import voer_uit

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-5.8")]
GEBOREN = date(1990, 1, 1)


@pytest.fixture
def noor():
    return factories.medewerker("voorkant", "achterkant")


@pytest.fixture
def casus(noor) -> Casus:
    return factories.melding(door=noor).casus


def mens(casus: Casus, achternaam: str, **velden) -> Betrokkene:
    return factories.betrokkene(casus, achternaam=achternaam, **{"geboortedatum": GEBOREN, "geslacht": "v", **velden})


def naam(casus: Casus) -> str:
    return Casus.objects.get(pk=casus.pk).naam


def test_zonder_bekende_volwassene_staat_er_het_nummer(casus, noor):
    mens(casus, "Bos", geboortedatum=date(2020, 1, 1))
    assert naam(casus) == ""
    assert str(Casus.objects.get(pk=casus.pk)) == f"Casus {casus.nummer}"


def test_hoogstens_twee_alfabetisch_zonder_voorvoegsel_en_elke_naam_eenmaal(casus):
    mens(casus, "Zwart", voornamen="Rik")
    assert naam(casus) == "Zwart"
    mens(casus, "Berg", voorvoegsel="van den", voornamen="Marloes")
    mens(casus, "zwart", voornamen="Piet")
    assert naam(casus) == "Van den Berg – Zwart"
    mens(casus, "Aydın", voornamen="Elif")
    assert naam(casus) == "Aydın – Van den Berg"


def test_een_derde_telt_niet_mee_tot_die_directbetrokkene_wordt(casus, noor):
    mens(casus, "Zwart")
    opa = factories.betrokkene(casus, achternaam="Aalders", geboortedatum=GEBOREN, rol=Betrokkene.Rol.DERDE)
    assert naam(casus) == "Zwart"
    voer_uit(opa, "wordt_directbetrokkene", door=noor, reden="woont er")
    assert naam(casus) == "Aalders – Zwart"


def test_een_verbeterde_naam_verandert_mee(casus, noor):
    iemand = mens(casus, "Zwart")
    wijzig_persoon(iemand, door=noor, achternaam="Wit")
    assert naam(casus) == "Wit"


def test_wie_achttien_wordt_komt_vanzelf_in_de_naam_zolang_de_casus_open_is(noor):
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=UTC), tick=False):
        casus = factories.melding(door=noor).casus
        mens(casus, "Bos", geboortedatum=date(2008, 3, 3))
        dicht = factories.casus(noor)
        mens(dicht, "Kok", geboortedatum=date(2008, 3, 3))
        voer_uit(dicht, "sluit", door=noor, motivering="test")
        werk_casusnamen_bij()
        assert naam(casus) == ""
    with time_machine.travel(datetime(2026, 3, 3, 9, tzinfo=UTC), tick=False):
        taak_van_de_klok()
        assert naam(casus) == "Bos"
        assert naam(dicht) == ""


def test_een_gesloten_casus_houdt_zijn_naam(noor):
    dicht = factories.casus(noor)
    iemand = mens(dicht, "Zwart")
    voer_uit(dicht, "sluit", door=noor, motivering="test")
    elders = factories.melding(door=noor).casus
    bekend = factories.betrokkene(elders, achternaam="Kok", geboortedatum=GEBOREN)
    wijzig_persoon(bekend, door=noor, achternaam="Wit")
    assert (naam(dicht), naam(elders)) == ("Zwart", "Wit")
    assert iemand.casus_id == dicht.pk


def test_een_advies_krijgt_nooit_de_naam_van_wie_wordt_besproken(noor):
    advies = factories.advies(noor)
    factories.betrokkene(advies.stap.casus, door=noor, achternaam="Zwart", geboortedatum=GEBOREN)
    assert naam(advies.stap.casus) == ""
