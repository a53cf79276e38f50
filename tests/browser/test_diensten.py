"""The pages of the services in a browser: nothing for axe at 1280 and 400, and to be done with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from casus.models import Casus
from casus.services.vastleggen import leg_score_vast, stel_voorwaarde
from diensten.models import VV, Keuze, Monitoren, Overdracht
from diensten.services.eigen import leg_uitkomst_vast
from diensten.services.monitoring import houd_moment, verzet_moment
from diensten.services.overdrachten import begin_overdracht
from tests import factories
from tests.browser.gereedschap import log_in, op_elke_breedte
from vt_cvs.organisatie.models import Medewerker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(naam="Noor Haddad")


def kleed_aan(casus: Casus, noor: Medewerker) -> None:
    """People, scores and a condition, as on a real page."""
    for voornaam, score in (("Marloes", 6), ("Fenna", 5)):
        wie = factories.betrokkene(casus, door=noor, voornamen=voornaam, achternaam="Verhoeven")
        leg_score_vast(wie, score - 2, door=noor)
        leg_score_vast(wie, score, door=noor)
    stel_voorwaarde(casus, "Jelle slaapt bij zijn broer en komt niet onaangekondigd langs.", door=noor)


def bekijk(pagina: Page, noor: Medewerker, pad: str, naam: str) -> None:
    log_in(pagina, noor)
    pagina.goto(pad)
    assert op_elke_breedte(pagina, f"diensten-{naam}") == []


def test_keuze(pagina, noor):
    keuze = factories.keuze(door=noor, contact=False, acuut=True)
    kleed_aan(keuze.casus, noor)
    bekijk(pagina, noor, keuze.pad(), "keuze")


def test_overzicht(pagina, noor):
    vv = factories.vv("lopend", door=noor)
    kleed_aan(vv.casus, noor)
    begin_overdracht(vv.casus, door=noor)
    bekijk(pagina, noor, f"{vv.casus.pad()}diensten/", "overzicht")


def test_v_en_v_oppakken_en_afronden(pagina, noor):
    vv = factories.vv(door=noor)
    kleed_aan(vv.casus, noor)
    bekijk(pagina, noor, vv.pad(), "vv-gekozen")
    pagina.get_by_role("button", name="V&V oppakken").click()
    leg_uitkomst_vast(VV.objects.get(), "pg-psychisch", "", door=noor)
    leg_uitkomst_vast(VV.objects.get(), "km-getuige", "bevestigd", door=noor)
    pagina.goto(vv.pad())
    assert op_elke_breedte(pagina, "diensten-vv-lopend") == []
    pagina.get_by_role("button", name="V&V afronden").click()
    assert op_elke_breedte(pagina, "diensten-vv-geweigerd") == []
    assert pagina.get_by_role("alert").first.is_visible()
    pagina.get_by_role("link", name="Vul de uitkomst in bij").click()
    assert "uitkomst_" in pagina.evaluate("document.activeElement.name")


def test_overdracht(pagina, noor):
    overdracht = factories.overdracht("geaccepteerd", door=noor)
    kleed_aan(overdracht.casus, noor)
    bekijk(pagina, noor, overdracht.pad(), "overdracht")
    pagina.get_by_role("link", name="Overdracht intrekken").click()
    assert op_elke_breedte(pagina, "diensten-overdracht-intrekken") == []
    pagina.get_by_role("button", name="Overdracht intrekken").click()
    expect(pagina.locator("[data-fouten]").first).to_be_focused()
    assert op_elke_breedte(pagina) == []
    assert Overdracht.objects.get().stand == "geaccepteerd"


def test_monitoren(pagina, noor):
    monitoren = factories.monitoren(door=noor)
    kleed_aan(monitoren.casus, noor)
    eerste, tweede = monitoren.momenten
    houd_moment(
        eerste, door=noor, met="Marloes en school", werd_veilig="ja", werkt_aan_herstel="deels", inzet_genoeg="ja"
    )
    verzet_moment(tweede, tweede.gepland_op, door=noor, met="huisarts", waarvoor="of de hulp genoeg is")
    bekijk(pagina, noor, monitoren.pad(), "monitoren")
    pagina.goto(tweede.pad())
    assert op_elke_breedte(pagina, "diensten-moment") == []
    pagina.goto(f"{tweede.pad()}verzetten/")
    assert op_elke_breedte(pagina) == []
    assert Monitoren.objects.get().stand == "lopend"


def test_maatwerk(pagina, noor):
    maatwerk = factories.maatwerk(door=noor)
    bekijk(pagina, noor, maatwerk.pad(), "maatwerk")
    pagina.goto(f"{maatwerk.casus.pad()}diensten/maatwerk/")
    assert op_elke_breedte(pagina) == []


def test_de_keuze_met_alleen_het_toetsenbord(pagina, noor):
    keuze = factories.keuze(door=noor)
    log_in(pagina, noor)
    pagina.goto(keuze.pad())
    for _ in range(80):
        pagina.keyboard.press("Tab")
        if pagina.evaluate("document.activeElement.name") == "vv":
            break
    pagina.keyboard.press("Space")
    pagina.keyboard.press("Control+Enter")
    pagina.wait_for_url("**/diensten/")
    assert Keuze.objects.get().vv
    assert VV.objects.get().stand == "gekozen"
