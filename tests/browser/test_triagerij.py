"""The queue, what was known then, and what is proposed for a next report: to read and to use at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from casus.services.vastleggen import leg_contact_vast
from diensten.models import Keuze
from diensten.services.keuzes import maak_keuze
from melding.services import neem_melding_aan, wijzig_melding
from tests import factories
from tests.browser.gereedschap import log_in, op_elke_breedte
from triage.models import VHT
from triage.services import voeg_vorm_toe
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad")


def test_de_rij_oogt_en_is_met_het_toetsenbord_te_lopen(pagina: Page, noor):
    for voornaam, aanleiding in (("Fenna", "crisis"), ("Marloes", "politie")):
        melding = factories.melding(door=noor, situatie="Buren hoorden geschreeuw.")
        factories.betrokkene(melding.casus, door=noor, voornamen=voornaam, achternaam="Brouwers")
        wijzig_melding(melding, door=noor, aanleiding=aanleiding)
    sanne = factories.collega(noor, naam="Sanne de Wit")
    factories.besluit("voorgelegd", door=noor, tweede=sanne, B1=True, **dict.fromkeys(["A1", "A2", "A3", "A4"], False))
    log_in(pagina, noor)
    pagina.goto("/triage/")
    assert op_elke_breedte(pagina, "triage-rij") == []
    expect(pagina.locator("tr[data-rij]").first).to_contain_text("omdat de aanleiding een crisis is")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1, name="Veiligheidstaxatie (VHT)")).to_be_visible()


def test_wat_toen_bekend_was_en_een_mdo_ogen(pagina: Page, noor):
    sanne = factories.collega(noor, naam="Sanne de Wit")
    vht = factories.vht(door=noor, A1=True, B1=True)
    wijzig_melding(vht.melding, door=noor, situatie="Buren hoorden geschreeuw.")
    voeg_vorm_toe(vht, door=noor, vorm="pg-lichamelijk", feit="Rode wang.", bron="politie")
    log_in(pagina, noor)
    besluit = vht.besluit
    pagina.goto(besluit.pad())
    pagina.get_by_text("Besproken in een MDO?").click()
    assert op_elke_breedte(pagina, "triage-mdo") == []
    voer_uit(besluit, "neem_acuut", door=noor, tweede=sanne, motivering="direct gevaar")
    wijzig_melding(vht.melding, door=noor, situatie="Buren hoorden geschreeuw en glas.")
    leg_contact_vast(vht.casus, door=noor, met="school", verslag="De juf ziet niets.")
    pagina.goto(besluit.pad())
    pagina.get_by_role("link", name="Wat toen bekend was").click()
    expect(pagina.get_by_text("2 stukken zijn sindsdien anders of nieuw")).to_be_visible()
    assert op_elke_breedte(pagina, "triage-toen") == []


def test_wat_eerder_is_gekozen_staat_ingevuld_en_oogt(pagina: Page, noor):
    keuze = factories.keuze(door=noor)
    maak_keuze(keuze, door=noor, vv=True)
    tweede = VHT.objects.get(melding=neem_melding_aan(door=noor, casus=keuze.casus)).besluit
    log_in(pagina, noor)
    pagina.goto(tweede.pad())
    expect(pagina.get_by_text("Kies gerust anders")).to_be_visible()
    assert op_elke_breedte(pagina, "triage-eerder") == []
    voer_uit(tweede, "neem_acuut", door=noor, tweede=factories.collega(noor), motivering="direct gevaar")
    pagina.goto(Keuze.objects.get(vht=tweede.vht).pad())
    expect(pagina.get_by_text("Kies gerust anders")).to_be_visible()
    assert op_elke_breedte(pagina, "keuze-eerder") == []
