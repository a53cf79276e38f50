"""Several reports that wait together: what one VHT holds stands in the others, and nothing written there is lost."""

from __future__ import annotations

import pytest

from melding.services import neem_melding_aan
from tests import factories
from triage.models import VHT
from triage.services import beantwoord, verwijder_vorm, voeg_vorm_toe, wijzig_feit
from vt_cvs.kern.overgangen import voer_uit

pytestmark = pytest.mark.django_db


@pytest.fixture
def drie(noor) -> list[VHT]:
    eerste = factories.vht(door=noor)
    meer = [VHT.objects.get(melding=neem_melding_aan(door=noor, casus=eerste.casus)) for _ in range(2)]
    return [eerste, *meer]


def vul(vht: VHT, noor) -> VHT:
    for antwoord in vht.antwoorden.filter(waarde=None):
        beantwoord(antwoord, door=noor, waarde=False)
    beantwoord(vht.antwoorden.get(vraag="B1"), door=noor, waarde=True, feit="Derde keer dit jaar.", bron="politie")
    voeg_vorm_toe(vht, door=noor, vorm="pg-lichamelijk", feit="Rode wang.", bron="politie")
    return voer_uit(VHT.objects.get(pk=vht.pk), "stel_vast", door=noor)


def staat_in(vht: VHT) -> tuple:
    b1 = vht.antwoorden.get(vraag="B1")
    return b1.waarde, b1.feit, {(f.vorm.vorm, f.feit) for f in vht.feiten.select_related("vorm")}


GEVULD = (True, "Derde keer dit jaar.", {("pg-lichamelijk", "Rode wang.")})


@pytest.mark.regel("RW-13.S4")
@pytest.mark.parametrize("welke", [0, 1, 2])
def test_welke_vht_ook_het_eerst_gevuld_is_de_andere_zijn_dan_ook_gevuld(drie, noor, welke):
    vul(drie[welke], noor)
    for vht in drie:
        assert staat_in(vht) == GEVULD
    ander = drie[welke - 1]
    assert ander.antwoorden.get(vraag="B1").uit_id == drie[welke].pk
    assert VHT.objects.get(pk=ander.pk).stand == "in_bewerking"


@pytest.mark.regel("RW-13.S5")
def test_wat_in_een_andere_vht_met_de_hand_staat_blijft_staan(drie, noor):
    beantwoord(drie[1].antwoorden.get(vraag="B1"), door=noor, waarde=False, feit="Eerste keer.", bron="buurvrouw")
    weg = voeg_vorm_toe(drie[1], door=noor, vorm="pg-lichamelijk", feit="", bron="")
    verwijder_vorm(weg, door=noor)
    vul(drie[0], noor)
    assert staat_in(drie[1]) == (False, "Eerste keer.", set())
    assert drie[1].antwoorden.get(vraag="B2").waarde is False


@pytest.mark.regel("RW-13.S6")
def test_een_aanvulling_in_de_laatste_vht_staat_ook_in_de_nieuwe(noor):
    vht = vul(factories.vht(door=noor), noor)
    nieuw = VHT.objects.get(melding=neem_melding_aan(door=noor, casus=vht.casus))
    voeg_vorm_toe(vht, door=noor, vorm="km-getuige", feit="Zat op de trap.", bron="school")
    wijzig_feit(vht.feiten.get(feit="Rode wang."), door=noor, feit="Rode wang en een blauw oog.")
    assert staat_in(nieuw)[2] == {("pg-lichamelijk", "Rode wang en een blauw oog."), ("km-getuige", "Zat op de trap.")}


def test_wie_al_besloot_of_vaststelde_volgt_niet_meer(drie, noor):
    vul(drie[0], noor)
    tweede = voer_uit(drie[1], "stel_vast", door=noor, motivering="A is bij deze melding niet gevraagd")
    sanne = factories.collega(noor)
    voer_uit(drie[2].besluit, "neem_acuut", door=noor, tweede=sanne, motivering="spoed")
    voeg_vorm_toe(drie[0], door=noor, vorm="km-getuige", feit="Zat op de trap.", bron="school")
    assert [staat_in(vht) for vht in (tweede, drie[2])] == [GEVULD, GEVULD]
