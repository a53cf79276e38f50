"""Triage in the browser: a police report assessed with the keyboard, put forward, and signed by a colleague."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from casus.services.vastleggen import leg_contact_vast, leg_score_vast
from tests import factories
from tests.browser.gereedschap import log_in, op_elke_breedte, schermafdruk
from triage.models import VHT, Triagebesluit
from triage.services import beantwoord, voeg_vorm_toe
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
MELDING = (
    "Op 21 november om 23:10 riep de buurvrouw de politie. Wij hoorden geschreeuw in de woning. De vrouw had een "
    "rode plek op haar wang en zei dat haar man haar had geslagen. De kinderen van 4 en 9 zaten boven op de trap en "
    "huilden. De man was dronken en is niet aangehouden. Hij zei dat ‘het de laatste keer was dat zij wegliep’."
)


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad")


@pytest.fixture
def sanne(noor) -> Medewerker:
    return factories.collega(noor, naam="Sanne de Wit")


@pytest.fixture
def vht(noor) -> VHT:
    """A report with people, a conversation, a score and half a VHT."""
    melding = factories.melding(door=noor, situatie=MELDING)
    casus = melding.casus
    moeder = factories.betrokkene(casus, door=noor, voornamen="Fenna", achternaam="Brouwers")
    factories.betrokkene(casus, door=noor, voornamen="Rik", achternaam="Brouwers")
    leg_contact_vast(
        casus, door=noor, betrokkenen=[moeder], met="Fenna Brouwers", verslag="Fenna zegt dat hij dagelijks drinkt."
    )
    leg_score_vast(moeder, 4, door=noor)
    vht = VHT.objects.get(melding=melding)
    for antwoord in vht.antwoorden.filter(vraag__in=["A1", "A2", "A3", "A4"]):
        beantwoord(antwoord, door=noor, waarde=False)
    b1 = vht.antwoorden.get(vraag="B1")
    beantwoord(b1, door=noor, waarde=True, feit="Derde melding in een jaar.", bron="politie")
    voeg_vorm_toe(vht, door=noor, vorm="pg-lichamelijk", feit="Rode plek op de wang.", bron="politie")
    voeg_vorm_toe(vht, door=noor, vorm="km-getuige", feit="Kinderen van 4 en 9 zaten op de trap.")
    return vht


def test_de_vht_oogt_en_werkt_op_elke_breedte(pagina: Page, noor, vht):
    log_in(pagina, noor)
    pagina.goto(vht.pad())
    assert op_elke_breedte(pagina, "vht") == []


def test_tekst_van_de_melding_gaat_met_een_toets_naar_een_feit(pagina: Page, noor, vht):
    log_in(pagina, noor)
    pagina.goto(vht.pad())
    pagina.get_by_text("Fenna zegt dat hij dagelijks drinkt.").select_text()
    pagina.keyboard.press("Shift+ArrowRight")
    pagina.get_by_role("button", name="Feit van een nieuwe vorm 1").click()
    expect(pagina.locator("#id_nieuw-feit")).to_have_value("Fenna zegt dat hij dagelijks drinkt.")


def test_voorleggen_en_tekenen_ogen_en_werken_op_elke_breedte(pagina: Page, noor, sanne, vht):
    beantwoord(vht.antwoorden.get(vraag="A1"), door=noor, waarde=True, feit="Hij dreigt haar te vinden.", bron="Fenna")
    besluit = VHT.objects.get(pk=vht.pk).besluit
    log_in(pagina, noor)
    pagina.goto(besluit.pad())
    assert op_elke_breedte(pagina, "besluit") == []
    pagina.goto(f"{besluit.pad()}?acuut=1")
    assert op_elke_breedte(pagina, "besluit-acuut") == []
    toelichting = "Fenna en de kinderen zijn nu niet veilig thuis. Veilig Thuis spreekt vandaag beide ouders."
    besluit = voer_uit(
        besluit, "leg_voor", door=noor, uitkomst="bij_vt", tweede=sanne, toelichting=toelichting, motivering="acuut"
    )
    log_in(pagina, sanne)
    pagina.goto(besluit.tekenpad())
    assert op_elke_breedte(pagina, "tekenen") == []
    pagina.get_by_label("Ik ben het eens").check()
    pagina.get_by_role("button", name="Tekenen als Sanne de Wit").click()
    expect(pagina.get_by_text("Triagebesluit genomen om")).to_be_visible()
    assert op_elke_breedte(pagina, "besluit-genomen") == []
    assert Triagebesluit.objects.get(pk=besluit.pk).is_genomen


def test_een_vht_is_met_alleen_het_toetsenbord_te_vullen(pagina: Page, noor, vht):
    """Each answer saves itself; the conclusion follows without a reload and the focus stays where it was."""
    log_in(pagina, noor)
    pagina.goto(vht.pad())
    pagina.locator("#id_B1-waarde_0").focus()
    for code in ("B2", "B3", "B4"):
        for _ in range(8):
            pagina.keyboard.press("Tab")
            if pagina.evaluate("document.activeElement.name") == f"{code}-waarde":
                break
        with pagina.expect_response(lambda antwoord: "/rij/" in antwoord.url):
            pagina.keyboard.press("ArrowRight" if code == "B4" else "Space")
        assert pagina.evaluate("document.activeElement.name") == f"{code}-waarde"
    expect(pagina.locator("#stand-B")).to_contain_text("Ja, 3 van 4")
    expect(pagina.locator("#stand")).to_contain_text("omdat B1, B2 en B3 ‘ja’ zijn")
    waarden = dict(vht.antwoorden.filter(onderdeel="B").values_list("vraag", "waarde"))
    assert waarden == {"B1": True, "B2": True, "B3": True, "B4": False}
    bron = pagina.locator("#id_vorm-2-bron, [id$='-bron'][id^='id_vorm-']").last
    bron.focus()
    pagina.keyboard.type("politie")
    with pagina.expect_response(lambda antwoord: "/rij/vorm-" in antwoord.url):
        pagina.keyboard.press("Tab")
    expect(pagina.locator("#stand")).to_contain_text("Niets; de eindconclusie kan worden vastgesteld.")
    pagina.keyboard.press("Control+Enter")
    expect(pagina.get_by_text("Eindconclusie vastgesteld om")).to_be_visible()
    assert VHT.objects.get(pk=vht.pk).eindconclusie == "structureel"
    schermafdruk(pagina, "besluit-na-vht")
