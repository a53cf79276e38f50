"""Triage in the browser: a police report assessed with the keyboard, put forward, and signed by a colleague."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from casus.services.vastleggen import leg_contact_vast, leg_score_vast
from tests import factories
from tests.browser.gereedschap import log_in, op_elke_breedte, schermafdruk
from triage.models import VHT, Triagebesluit
from triage.services import beantwoord, voeg_vorm_toe, wijzig_feit
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


TEL = """() => { window.getypt = 0; window.addEventListener('input', (g) => {
    if (g.target.matches('textarea, input:not([type=checkbox]):not([type=radio])')) window.getypt += 1; }, true); }"""


def test_een_feit_is_met_alleen_het_toetsenbord_te_plukken_en_houdt_zijn_bron(pagina: Page, noor, vht):
    """Tick two sentences, choose the form, take over: nothing is typed, and the link leads to where it was read."""
    log_in(pagina, noor)
    pagina.goto(vht.pad())
    pagina.evaluate(TEL)
    for zin in ("Wij hoorden geschreeuw in de woning.", "De man was dronken en is niet aangehouden."):
        pagina.get_by_label(zin).focus()
        pagina.keyboard.press("Space")
    pagina.get_by_label("Overnemen bij").focus()
    pagina.keyboard.type("(Ex-)partnergeweld: psy")  # a select: the letters choose
    assert pagina.evaluate("window.getypt") == 0
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Overgenomen in de VHT")).to_be_visible()
    vorm = VHT.objects.get(pk=vht.pk).vormen.get(vorm="pg-psychisch")
    feit = vorm.feiten.get()
    assert feit.feit == "Wij hoorden geschreeuw in de woning. De man was dronken en is niet aangehouden."
    link = pagina.get_by_role("group", name=str(vorm)).get_by_role("link", name=f"melding {vht.melding.nummer}")
    expect(link).to_have_attribute("href", vht.melding.pad())
    assert op_elke_breedte(pagina, "vht-geplukt") == []


def test_de_vht_van_een_tweede_melding_vraagt_geen_enkel_feit_opnieuw(pagina: Page, noor, vht):
    """Counted: every fact of the first stands in the second; to conclude, only A is answered, and nothing is typed."""
    voeg_vorm_toe(vht, door=noor, vorm="km-getuige", feit="Zij huilden.", bron="politie")
    for feit in vht.feiten.filter(bron=""):
        wijzig_feit(feit, door=noor, bron="politie")
    for antwoord in vht.antwoorden.filter(waarde=None):
        beantwoord(antwoord, door=noor, waarde=False)
    voer_uit(VHT.objects.get(pk=vht.pk), "stel_vast", door=noor)
    tweede = VHT.objects.get(melding=factories.melding(door=noor, casus=vht.casus, situatie="Weer ruzie gehoord."))

    def feiten(van: VHT) -> set[tuple[str, str, str]]:
        bij_vormen = {(f.vorm.vorm, f.feit, f.bron) for f in van.feiten.select_related("vorm")}
        return bij_vormen | {(a.vraag, a.feit, a.bron) for a in van.antwoorden.exclude(feit="")}

    assert feiten(tweede) == feiten(vht)
    assert len(feiten(vht)) == 4
    log_in(pagina, noor)
    pagina.goto(tweede.pad())
    assert pagina.locator(".vt-herkomst").count() + pagina.get_by_text("uit VHT van").count() >= len(feiten(vht))
    pagina.evaluate(TEL)
    for code in ("A1", "A2", "A3", "A4"):
        with pagina.expect_response(lambda antwoord: "/rij/" in antwoord.url):
            pagina.locator(f"#id_{code}-waarde_1").check()
    expect(pagina.locator("#stand")).to_contain_text("Niets; de eindconclusie kan worden vastgesteld.")
    getypt = pagina.evaluate("window.getypt")
    pagina.keyboard.press("Control+Enter")
    expect(pagina.get_by_text("Eindconclusie vastgesteld om")).to_be_visible()
    assert getypt == 0
    assert VHT.objects.get(pk=tweede.pk).eindconclusie == "structureel"


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
    bron = pagina.locator("[id$='-bron'][id^='id_feit-']").last
    bron.focus()
    pagina.keyboard.type("politie")
    with pagina.expect_response(lambda antwoord: "/rij/feit-" in antwoord.url):
        pagina.keyboard.press("Tab")
    expect(pagina.locator("#stand")).to_contain_text("Niets; de eindconclusie kan worden vastgesteld.")
    pagina.keyboard.press("Control+Enter")
    expect(pagina.get_by_text("Eindconclusie vastgesteld om")).to_be_visible()
    assert VHT.objects.get(pk=vht.pk).eindconclusie == "structureel"
    schermafdruk(pagina, "besluit-na-vht")
