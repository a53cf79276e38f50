"""A police report from signal to report in the browser: mouse, keyboard only, without JavaScript, on a phone."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from casus.models import Casus, Terugkoppeling
from casus.services.terugkoppeling import vraag_terugkoppeling
from melding.aanlevering import AangeleverdeMelder
from melding.models import Melding, Signaal
from melding.services import begin_advies
from tests import factories
from tests.browser.gereedschap import log_in, op_elke_breedte
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEKST = (
    "Op maandag omstreeks 21:15 uur kregen wij de melding te gaan naar Vlierstraat 41 te Oosterveen. Buren hoorden "
    "geschreeuw en brekend glas. Ter plaatse werd opengedaan door Rik Brouwers.\n\n"
    "Shanella Martina verklaarde dat zij al enige maanden ruzie hebben over geld. Vanavond gooide Brouwers een bord "
    "naar haar. De kinderen zaten op de trap en zagen dit.\n\n"
    "In de woning was Noa Brouwers. Zij was zichtbaar aangeslagen."
)


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad")


@pytest.fixture
def signaal() -> Signaal:
    return factories.signaal(
        tekst=TEKST,
        melder=AangeleverdeMelder(naam="J. de Wit", functie="wijkagent", email="oosterveen@politie.example"),
        personen=(
            factories.aangeleverd(rol="verdachte", plaats="Almere"),
            factories.aangeleverd(
                voornamen="Shanella",
                achternaam="Martina",
                geboortedatum="09-03-1990",
                rol="slachtoffer",
                plaats="Almere",
            ),
            factories.aangeleverd(
                "kind", voornamen="Noa", achternaam="Brouwers", geboortedatum="", rol="getuige", plaats="Almere"
            ),
        ),
    )


@pytest.fixture
def bekend() -> None:
    fatima = factories.medewerker(naam="Fatima Aziz", telefoon="toestel 214", van=factories.team("Oost"))
    factories.betrokkene(
        factories.casus(fatima),
        voornamen="Shanella",
        achternaam="Martina",
        geboortedatum=date(1990, 3, 9),
        plaats="Almere",
    )
    factories.betrokkene(
        factories.casus(fatima),
        voornamen="Sandra",
        achternaam="Martina",
        geboortedatum=date(1960, 3, 9),
        plaats="Almere",
    )


@pytest.mark.regel("RW-5.10", "RW-6.18", "RW-4.1")
def test_van_signaal_naar_melding_op_het_toetsenbord(pagina: Page, noor, signaal, bekend):
    Casus.objects.update(team=noor.team)  # a case of her own team: to another's she could only add it blind
    log_in(pagina, noor)
    pagina.goto(signaal.pad())
    expect(pagina.get_by_role("heading", level=1)).to_contain_text(signaal.nummer)
    expect(pagina.get_by_text("naam en datum gelijk", exact=True)).to_be_visible()
    gekozen = pagina.get_by_role("radio", name="Bij deze casus").first
    expect(gekozen).to_be_checked()
    assert op_elke_breedte(pagina, "nieuwe-melding") == []
    pagina.keyboard.press("Alt+0")  # one key undoes, also in the middle of typing
    expect(gekozen).not_to_be_checked()
    expect(pagina.locator("#persoon-1").get_by_role("radio", name="Nieuwe persoon")).to_be_checked()
    pagina.keyboard.press("Alt+0")
    expect(gekozen).to_be_checked()
    pagina.keyboard.press("Control+Enter")
    pagina.wait_for_url("**/casus/**")
    melding = Melding.objects.get()
    assert melding.casus.verantwoordelijke.naam == "Fatima Aziz"
    assert melding.stap.verantwoordelijke == noor


@pytest.mark.regel("RW-5.10")
def test_tijdens_het_typen_verschijnt_wie_bekend_is(pagina: Page, noor, bekend):
    log_in(pagina, noor)
    pagina.goto("/melding/nieuw/")
    rij = pagina.locator("#persoon-0")
    rij.get_by_label("Achternaam").press_sequentially("martinna", delay=15)
    rij.get_by_label("Geboortedatum").press_sequentially("9-3-90", delay=15)
    expect(rij.get_by_text("2 mogelijk bekend.")).to_be_visible()
    expect(rij.get_by_text("Fatima Aziz").first).to_be_visible()
    assert op_elke_breedte(pagina, "melding-telefonisch") == []


@pytest.mark.regel("RW-5.10")
def test_zonder_javascript_kan_alles_ook(browser: Browser, live_server, noor, bekend):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    blad = context.new_page()
    blad.url_basis = live_server.url  # type: ignore[attr-defined]
    log_in(blad, noor)
    blad.goto("/nieuw/")
    blad.get_by_role("link", name="Melding opnemen").click()
    blad.get_by_label("Situatieomschrijving").fill("Ze durft niet naar huis.")
    blad.locator("#persoon-0").get_by_label("Achternaam").fill("Martina")
    blad.get_by_role("button", name="Zoek bekende personen").click()
    expect(blad.get_by_label("Situatieomschrijving")).to_have_value("Ze durft niet naar huis.")
    blad.get_by_role("radio", name="Nieuwe persoon").first.check()
    blad.get_by_role("button", name="Melding vastleggen").click()
    blad.wait_for_url("**/casus/**")
    assert Melding.objects.get().situatie == "Ze durft niet naar huis."
    context.close()


def test_de_schermen_van_een_melding_zijn_toegankelijk(pagina: Page, noor, signaal, bekend):
    log_in(pagina, noor)
    melding = factories.melding(signaal, door=noor)
    besluit = vraag_terugkoppeling(
        melding.stap,
        Terugkoppeling.Moment.TRIAGEBESLUIT,
        door=noor,
        aan="J. de Wit",
        functie="wijkagent",
        adres="oosterveen@politie.example",
        meldingsnummer=melding.nummer,
    )
    advies = begin_advies(door=noor, vrager_is="directbetrokkene", fictieve_naam="Zonnebloem")
    paden = {
        "nieuw": "/nieuw/",
        "signaal-nieuw": "/signaal/nieuw/",
        "advies-nieuw": "/advies/nieuw/",
        "meldingen": f"{melding.casus.pad()}meldingen/",
        "melding": melding.pad(),
        "terugkoppeling": besluit.pad(),
        "terugkoppeling-niet": f"{besluit.pad()}?hoe=niet",
        "informeren": f"{melding.casus.pad()}informeren/",
        "advies": advies.pad(),
        "advies-gesprek": f"{advies.pad()}afspraak/",
        "zoeken": "/zoeken/",
    }
    mis = {}
    for naam, pad in paden.items():
        pagina.goto(pad)
        mis[naam] = op_elke_breedte(pagina, naam)
    pagina.goto("/zoeken/")
    pagina.keyboard.press("Control+k")
    pagina.keyboard.type("martina")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Bekend bij een collega")).to_be_visible()
    mis["zoeken-uitslag"] = op_elke_breedte(pagina, "zoeken-uitslag")
    assert {naam: vondst for naam, vondst in mis.items() if vondst} == {}


@pytest.mark.regel("RW-6.12", "RW-6.15")
def test_terugkoppelen_gaat_in_twee_handelingen(pagina: Page, noor, signaal):
    log_in(pagina, noor)
    melding = factories.melding(signaal, door=noor)
    terugkoppeling = vraag_terugkoppeling(
        melding.stap,
        Terugkoppeling.Moment.TRIAGEBESLUIT,
        door=noor,
        aan="J. de Wit",
        adres="a@politie.example",
        meldingsnummer=melding.nummer,
    )
    pagina.goto("/werk/")
    pagina.get_by_role("link", name="Terugkoppeling aan de melder geven").first.click()
    pagina.get_by_role("button", name="Terugkoppeling versturen").click()
    pagina.wait_for_url(f"**{melding.casus.pad()}")
    assert Terugkoppeling.objects.get(pk=terugkoppeling.pk).stand != Terugkoppeling.Stand.TE_DOEN
