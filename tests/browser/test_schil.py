"""The shell and its components look right and work by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.gereedschap import groot_op_smal, log_in, op_elke_breedte
from vt_cvs.organisatie.models import Rol


@pytest.fixture
def ingelogd(pagina: Page) -> Page:
    log_in(pagina, factories.medewerker(naam="Noor Haddad"))
    return pagina


@pytest.mark.parametrize("pad", ["/onderdelen/", "/toetsen/", "/mijn/", "/account/password/change/", "/account/2fa/"])
def test_een_pagina_is_toegankelijk_op_elke_breedte(ingelogd: Page, pad: str) -> None:
    ingelogd.goto(pad)
    assert op_elke_breedte(ingelogd, f"schil-{pad.strip('/').replace('/', '-')}") == []


def test_inloggen_is_toegankelijk_en_noemt_niemand(pagina: Page) -> None:
    pagina.goto("/account/login/")
    assert op_elke_breedte(pagina, "schil-inloggen") == []
    assert pagina.title() == "Inloggen · VT-CVS"
    assert groot_op_smal(pagina) == []


@pytest.mark.parametrize("pad", ["/account/password/reset/", "/nieuw/", "/melding/nieuw/", "/signaal/nieuw/", "/werk/"])
def test_ook_met_grote_letters_op_een_smal_scherm_past_alles(pagina: Page, pad: str) -> None:
    log_in(pagina, factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad"))
    pagina.goto(pad)
    assert groot_op_smal(pagina) == []


def test_een_pagina_die_er_niet_is_zegt_wat_je_kunt_doen(ingelogd: Page) -> None:
    ingelogd.goto("/bestaat/niet/")
    expect(ingelogd.get_by_role("heading", level=1)).to_have_text("Deze pagina is er niet, of niet voor jou")
    assert op_elke_breedte(ingelogd, "schil-404") == []


def test_ctrl_k_gaat_naar_zoeken_en_escape_gaat_eruit(ingelogd: Page) -> None:
    ingelogd.goto("/toetsen/")
    zoek = ingelogd.get_by_role("searchbox")
    ingelogd.keyboard.press("Control+k")
    expect(zoek).to_be_focused()
    ingelogd.keyboard.press("Escape")
    expect(zoek).not_to_be_focused()


def test_een_vraagteken_toont_alle_toetsen(ingelogd: Page) -> None:
    ingelogd.goto("/mijn/")
    ingelogd.keyboard.press("?")
    ingelogd.wait_for_url("**/toetsen/")


def test_in_een_veld_is_een_letter_een_letter(ingelogd: Page) -> None:
    ingelogd.goto("/onderdelen/")
    veld = ingelogd.get_by_label("Reden", exact=True)
    veld.fill("")
    veld.press_sequentially("n?")
    expect(veld).to_have_value("n?")
    expect(ingelogd).to_have_url(f"{ingelogd.url_basis}/onderdelen/")  # type: ignore[attr-defined]


def test_losse_letters_kunnen_uit(ingelogd: Page) -> None:
    ingelogd.goto("/toetsen/")
    ingelogd.get_by_label("Losse letters en cijfers gebruiken").uncheck()
    ingelogd.goto("/mijn/")
    ingelogd.keyboard.press("?")
    ingelogd.wait_for_timeout(200)
    expect(ingelogd).to_have_url(f"{ingelogd.url_basis}/mijn/")  # type: ignore[attr-defined]


def test_j_en_k_lopen_door_de_lijst(ingelogd: Page) -> None:
    ingelogd.goto("/onderdelen/")
    huidig = ingelogd.locator("[data-rij].is-huidig .vt-naam")
    expect(huidig).to_have_text("Van den Heuvel")
    ingelogd.keyboard.press("j")
    expect(huidig).to_have_text("De Boer – Yildiz")
    expect(ingelogd.get_by_role("link", name="Triagebesluit nemen")).to_be_focused()
    ingelogd.keyboard.press("k")
    expect(huidig).to_have_text("Van den Heuvel")


def test_geselecteerde_tekst_gaat_naar_een_veld(ingelogd: Page) -> None:
    ingelogd.goto("/onderdelen/")
    zin = ingelogd.get_by_text("Vanavond gooide Brouwers een bord naar haar.")
    zin.click(click_count=3)
    expect(ingelogd.get_by_role("toolbar", name="Selectie overnemen in")).to_be_visible()
    ingelogd.keyboard.press("2")
    expect(ingelogd.get_by_label("Zorgen")).to_have_value(
        "Vanavond gooide Brouwers een bord naar haar. De kinderen zaten op de trap en zagen dit."
    )
    expect(ingelogd.locator("[data-bron] .gebruikt").first).to_contain_text("Vanavond gooide Brouwers")
    expect(ingelogd.get_by_role("toolbar")).to_have_count(0)


def test_de_fouten_krijgen_de_focus_en_leiden_naar_hun_veld(ingelogd: Page) -> None:
    ingelogd.goto("/onderdelen/")
    expect(ingelogd.locator("#fouten")).to_be_focused()
    ingelogd.locator("#fouten").get_by_role("link", name="Geboortedatum").click()
    expect(ingelogd.locator("#id_geboren")).to_be_focused()


def test_de_uitleg_van_een_termijn_is_met_de_toetsen_te_openen(ingelogd: Page) -> None:
    ingelogd.goto("/onderdelen/")
    uitleg = ingelogd.get_by_text("Tien weken vanaf het triagebesluit")
    expect(uitleg).to_be_hidden()
    ingelogd.locator("details.vt-klok summary").focus()
    ingelogd.keyboard.press("Enter")
    expect(uitleg).to_be_visible()
    ingelogd.keyboard.press("Escape")
    expect(uitleg).to_be_hidden()
