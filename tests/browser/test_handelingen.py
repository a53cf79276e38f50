"""How many acts a police report takes; and moving text to a field, by mouse and by keyboard only."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from casus.models import Casus, Persoon
from melding.aanlevering import AangeleverdeMelder
from melding.models import Melding, Signaal
from tests import factories
from tests.browser.gereedschap import log_in, op_elke_breedte
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOOGSTENS = 6
"""Acts from Mijn werk to a registered report with three people who were known. This number may only go down."""
MENSEN = (
    ("Rik", "Brouwers", date(1988, 4, 5), "verdachte"),
    ("Shanella", "Martina", date(1990, 3, 9), "slachtoffer"),
    ("Noa", "Brouwers", date(2017, 6, 1), "kind, getuige"),
)


class Handelingen:
    """Every click and every key a worker needs, counted."""

    def __init__(self, pagina: Page) -> None:
        self.pagina, self.aantal = pagina, 0

    def klik(self, wat: Locator) -> None:
        self.aantal += 1
        wat.click()

    def toets(self, toets: str) -> None:
        self.aantal += 1
        self.pagina.keyboard.press(toets)


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad")


@pytest.fixture
def bekend(noor) -> None:
    """All three known from a case of her own team."""
    casus = factories.casus(noor)
    for voornamen, achternaam, geboren, _ in MENSEN:
        factories.betrokkene(casus, voornamen=voornamen, achternaam=achternaam, geboortedatum=geboren, plaats="Almere")
    Casus.objects.update(team=noor.team)


@pytest.fixture
def signaal(bekend) -> Signaal:
    return factories.signaal(
        tekst="Ter plaatse werd opengedaan door Rik Brouwers.\n\nTante Ans van Dijk past op, telefoon 0612345678.",
        melder=AangeleverdeMelder(naam="J. de Wit", functie="politieagent", email="oosterveen@politie.example"),
        aanleiding="Politie, zonder huisverbod",
        hulpverlening="onbekend",
        personen=tuple(
            factories.aangeleverd(
                "kind" if geboren.year > 2010 else "volwassene",
                voornamen=voornamen,
                achternaam=achternaam,
                geboortedatum=f"{geboren:%d-%m-%Y}",
                rol=rol,
                plaats="Almere",
            )
            for voornamen, achternaam, geboren, rol in MENSEN
        ),
    )


@pytest.mark.regel("RW-4.1", "RW-5.10", "RW-6.5", "RW-6.18")
def test_van_politiebericht_naar_melding_in_zo_weinig_handelingen(pagina: Page, noor, signaal):
    log_in(pagina, noor)
    pagina.goto("/werk/")
    doe = Handelingen(pagina)
    doe.klik(pagina.get_by_role("link", name="Melding oppakken").first)
    expect(pagina.get_by_role("heading", level=1)).to_contain_text(signaal.nummer)
    for rij in range(3):
        doe.klik(pagina.locator(f"#persoon-{rij}").get_by_text("Deze persoon, andere casus").first)
    doe.klik(pagina.get_by_text("Ja, Almere"))
    doe.toets("Control+Enter")
    pagina.wait_for_url("**/casus/**")
    melding = Melding.objects.get()
    assert (melding.nummer, melding.gemeente, melding.casus.betrokkenen.count()) == (signaal.nummer, "GM0034", 3)
    assert Casus.objects.count() == 2
    assert Persoon.objects.count() == 3  # nobody was made twice
    assert doe.aantal <= HOOGSTENS <= 12


@pytest.mark.regel("RW-12.5")
def test_tekst_naar_een_veld_met_alleen_het_toetsenbord(pagina: Page, noor, signaal):
    log_in(pagina, noor)
    pagina.goto(signaal.pad())
    ontvangen = pagina.locator("[data-bron]").inner_text()
    pagina.locator("[data-bron]").focus()
    woord = pagina.get_by_role("toolbar", name="Selectie overnemen in")
    for _ in range(30):
        pagina.keyboard.press("ArrowRight")
        if "Ans" in pagina.evaluate("getSelection().toString()"):
            break
    expect(woord).to_be_visible()
    pagina.keyboard.press("1")
    leeg = pagina.locator("#persoon-3")
    expect(leeg.get_by_label("Voornamen")).to_have_value("Ans")
    expect(pagina.locator("[data-bron] .gebruikt", has_text="Ans")).to_have_count(1)
    pagina.locator("[data-bron]").focus()
    pagina.keyboard.press("ArrowRight")
    pagina.keyboard.press("Shift+ArrowRight")
    expect(woord).to_be_visible()
    pagina.keyboard.press("2")
    expect(leeg.get_by_label("Achternaam")).to_have_value("van Dijk")
    assert pagina.locator("[data-bron]").inner_text() == ontvangen  # as received, unchanged
    assert op_elke_breedte(pagina, "naar-een-veld") == []


@pytest.mark.regel("RW-12.5")
def test_tekst_naar_een_veld_terwijl_je_nog_typt(pagina: Page, noor):
    log_in(pagina, noor)
    pagina.goto("/melding/nieuw/")
    verhaal = pagina.get_by_label("Situatieomschrijving")
    verhaal.fill("Samira belt over de buren.")
    pagina.locator("#persoon-1").get_by_label("Voornamen").focus()
    verhaal.focus()
    pagina.keyboard.press("Control+Home")
    for _ in range(6):
        pagina.keyboard.press("Shift+ArrowRight")
    pagina.keyboard.press("Alt+1")
    expect(pagina.locator("#persoon-1").get_by_label("Voornamen")).to_have_value("Samira")
    expect(verhaal).to_have_value("Samira belt over de buren.")
