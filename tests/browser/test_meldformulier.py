"""The public form in a browser: without JavaScript, with the keyboard only, on every width, and leaving in a hurry."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from melding.formulier import grenzen
from melding.models import Concept, Signaal
from tests import factories
from tests.browser.gereedschap import axe, log_in, op_elke_breedte, schermafdruk, steekt_uit
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db(transaction=True)
VERHAAL = "Ik hoor elke avond geschreeuw. Daarna huilt een kind. Vanavond vielen er spullen om."


@pytest.fixture(autouse=True)
def voorkant(monkeypatch):
    """Someone who takes up what comes in; the summary may be sent at once."""
    monkeypatch.setattr(grenzen, "MINSTENS", 0)
    return factories.medewerker(Rol.VOORKANT)


def verder(blad: Page, knop: str = "Verder") -> None:
    blad.get_by_role("button", name=knop, exact=True).click()


def loop_alles(blad: Page, *, bekijk=lambda _naam: None) -> str:
    """A teacher reports a child and two adults; every page is seen once. The meldingsnummer."""
    blad.goto("/account/login/")
    blad.get_by_role("link", name="Naar het meldformulier").click()
    bekijk("begin")
    blad.get_by_label("Ik meld vanuit mijn werk").check()
    verder(blad)
    bekijk("gegevens")
    blad.get_by_label("Uw naam").fill("J. Bos")
    blad.get_by_label("Een school").check()
    blad.get_by_label("Uw e-mailadres").fill("j.bos@school.example")
    verder(blad)
    blad.get_by_role("group", name="Is er nu gevaar?").get_by_label("Nee").check()
    verder(blad)
    expect(blad.get_by_role("alert")).to_contain_text("Schrijf in het kort wat er gebeurt")
    bekijk("fout")
    blad.get_by_label("Wat gebeurt er?").fill(VERHAAL)
    blad.get_by_label("Een half jaar tot een jaar").check()
    verder(blad)
    bekijk("kinderen")
    blad.get_by_label("Ja").check()
    verder(blad)
    blad.get_by_label("Een kind").check()
    blad.get_by_label("Voornaam").fill("Sem")
    blad.get_by_label("Geboortedatum of leeftijd").fill("ongeveer 7 jaar")
    blad.get_by_label("Straat en huisnummer").fill("Vlierstraat 41")
    bekijk("persoon")
    verder(blad, "Bewaren")
    expect(blad.get_by_text("Sem").first).to_be_visible()
    bekijk("kinderen-lijst")
    verder(blad)
    verder(blad, "Volwassene opschrijven")
    blad.get_by_label("Achternaam").fill("Bakker")
    blad.get_by_label("Woont op hetzelfde adres").check()
    verder(blad, "Bewaren")
    verder(blad)
    bekijk("hulp")
    blad.get_by_label("Ja").check()
    blad.get_by_label("Van wie is die hulp?").fill("Het wijkteam")
    verder(blad)
    bekijk("meldcode")
    blad.get_by_label(re.compile("Stap 1")).check()
    blad.get_by_label(re.compile("Stap 4")).check()
    verder(blad)
    bekijk("gesprek")
    blad.get_by_role("group", name="Hebt u gepraat").get_by_label("Nee").check()
    verder(blad)
    bekijk("besluit")
    blad.get_by_role("group", name="Eerste beslissing").get_by_label("Ja").check()
    verder(blad)
    blad.get_by_label("Kies een bestand").set_input_files(
        {"name": "verslag.txt", "mimeType": "text/plain", "buffer": b"Wat ik zag."}
    )
    verder(blad, "Bestand toevoegen")
    bekijk("bestanden")
    verder(blad)
    bekijk("controle")
    expect(blad.get_by_text(VERHAAL)).to_be_visible()
    verder(blad, "Melding versturen")
    bekijk("klaar")
    return blad.locator("#meldingsnummer").inner_text()


@pytest.mark.regel("PRO-1", "PRO-2", "WVT-9", "WVT-10")
def test_zonder_javascript_gaat_het_hele_formulier(browser: Browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    blad = context.new_page()
    nummer = loop_alles(blad)
    signaal = Signaal.objects.get()
    assert signaal.nummer == nummer
    assert [persoon.volle_naam for persoon in signaal.personen.all()] == ["Sem", "Bakker"]
    assert {persoon.straat for persoon in signaal.personen.all()} == {"Vlierstraat 41"}
    assert signaal.meldcode.meldcodestappen == ["1", "4"]
    assert (signaal.hulpverlening, signaal.bijlagen.get().naam) == ("ja", "verslag.txt")
    blad.go_back()
    blad.go_back()
    expect(blad.locator("#meldingsnummer")).to_have_text(nummer)
    assert Signaal.objects.count() == 1
    blad.get_by_role("button", name="Klaar, wis dit scherm").click()
    expect(blad.get_by_role("heading", name="Alles is gewist")).to_be_visible()
    assert not Concept.objects.exists()
    context.close()


@pytest.mark.regel("PRO-1")
def test_elke_bladzijde_is_toegankelijk_op_elke_breedte(pagina: Page):
    """Also at 320 px with text twice as large: nothing sticks out and nothing of the quick way out covers the page."""
    mis: dict[str, list[str]] = {}

    def bekijk(naam: str) -> None:
        vondst = op_elke_breedte(pagina, f"formulier-{naam}")
        pagina.set_viewport_size({"width": 320, "height": 900})
        pagina.evaluate("document.documentElement.style.fontSize = '200%'")
        vondst += [f"320 px, 200 %: {wat}" for wat in (*axe(pagina), *steekt_uit(pagina))]
        if pagina.evaluate("document.querySelector('header').offsetHeight > innerHeight / 4"):
            vondst.append("320 px, 200 %: de balk bedekt de pagina")
        schermafdruk(pagina, f"formulier-{naam}")
        pagina.evaluate("document.documentElement.style.fontSize = ''")
        pagina.set_viewport_size({"width": 1280, "height": 900})
        if vondst:
            mis[naam] = vondst

    loop_alles(pagina, bekijk=bekijk)
    pagina.goto("/melden/gewist/")
    bekijk("gewist")
    assert mis == {}


@pytest.mark.regel("PRO-2", "WVT-9", "WVT-10")
def test_de_medewerker_leest_alles_naast_de_velden(pagina: Page, voorkant):
    loop_alles(pagina)
    log_in(pagina, voorkant)
    pagina.goto(Signaal.objects.get().pad())
    expect(pagina.get_by_text("Meldcode volgens de melder")).to_be_visible()
    expect(pagina.get_by_text("Het wijkteam")).to_be_visible()
    assert op_elke_breedte(pagina, "formulier-signaal") == []


def test_met_alleen_het_toetsenbord_komt_een_melding_aan(pagina: Page):
    """Tab, space and enter; the first stop after the skip link leads away, and an error takes the focus."""
    pagina.goto("/melden/")
    pagina.keyboard.press("Tab")
    expect(pagina.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    pagina.keyboard.press("Enter")
    ga_naar(pagina, "input[name=wie]")
    pagina.keyboard.press("Space")
    pagina.keyboard.press("ArrowDown")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url(re.compile("/gegevens/"))
    ga_naar(pagina, "main button")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url(re.compile("/situatie/"))
    ga_naar(pagina, "main button")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#fouten")).to_be_focused()
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_label("Wat gebeurt er?")).to_be_focused()
    pagina.keyboard.type(VERHAAL)
    for slug in ("kinderen", "volwassenen", "hulp", "bestanden", "controle", "klaar"):
        ga_naar(pagina, "main form button.utrecht-button--primary-action")
        pagina.keyboard.press("Enter")
        pagina.wait_for_url(re.compile(f"/{slug}/"))
    assert Signaal.objects.get().tekst == VERHAAL
    assert Signaal.objects.get().melder_soort == "burger"


def ga_naar(pagina: Page, kiezer: str) -> None:
    for _ in range(40):
        if pagina.evaluate("k => document.activeElement.matches(k)", kiezer):
            return
        pagina.keyboard.press("Tab")
    pytest.fail(f"met Tab niet te bereiken: {kiezer}")


@pytest.fixture
def weg(settings, live_server) -> str:
    """A page of our own stands in for the neutral one: the browser of a test stays at home."""
    settings.VT_SNELWEG = f"{live_server.url}/gezond"
    return settings.VT_SNELWEG


def begin(pagina: Page) -> None:
    pagina.goto("/gezond")
    pagina.goto("/melden/")
    pagina.get_by_label("Ik maak het zelf mee").check()
    verder(pagina)
    pagina.wait_for_load_state()  # the link works at once, the key from the moment the script is there
    pagina.get_by_label("Uw naam").fill("niet verstuurd")
    assert Concept.objects.count() == 1


@pytest.mark.parametrize("hoe", ["knop", "toets"])
def test_snel_weg_maakt_leeg_wist_en_laat_de_bladzijde_niet_achter(pagina: Page, weg: str, hoe: str):
    begin(pagina)
    plekken = pagina.evaluate("history.length")
    with pagina.expect_request("**/melden/weg/"):
        if hoe == "knop":
            pagina.get_by_role("link", name=re.compile("Snel weg")).click()
        else:
            for _ in range(3):
                pagina.keyboard.press("Shift")
    pagina.wait_for_url(weg)
    assert pagina.evaluate("history.length") == plekken
    assert not Concept.objects.exists()
    pagina.go_back()
    expect(pagina.get_by_text("niet verstuurd")).to_have_count(0)


def test_shift_bij_een_hoofdletter_telt_niet_en_tussendoor_zegt_de_pagina_hoeveel(pagina: Page, weg: str):
    begin(pagina)
    veld = pagina.get_by_label("Uw naam")
    veld.fill("")
    veld.press_sequentially("")
    for letter in ("A", "B", "C"):
        pagina.keyboard.press(f"Shift+{letter}")
    expect(pagina.get_by_role("status")).to_have_text("")
    expect(veld).to_have_value("ABC")
    pagina.keyboard.press("Shift")
    pagina.keyboard.press("Shift")
    expect(pagina.get_by_role("status")).to_have_text("Nog 1 keer Shift: snel weg.")
    assert op_elke_breedte(pagina) == []
    pagina.keyboard.press("d")
    expect(pagina.get_by_role("status")).to_have_text("")
    assert Concept.objects.count() == 1


def test_snel_weg_zonder_javascript_wist_ook(browser: Browser, live_server, weg: str):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    blad = context.new_page()
    begin(blad)
    blad.get_by_role("link", name=re.compile("Snel weg")).click()
    blad.wait_for_url(weg)
    assert not Concept.objects.exists()
    context.close()


def test_twee_tabbladen_van_een_browser_sturen_een_melding(pagina: Page):
    pagina.goto("/melden/")
    pagina.get_by_label("Anders").check()
    verder(pagina)
    pagina.goto("/melden/situatie/")
    pagina.get_by_label("Wat gebeurt er?").fill(VERHAAL)
    verder(pagina)
    pagina.goto("/melden/controle/")
    tweede = pagina.context.new_page()
    tweede.goto("/melden/controle/")
    verder(pagina, "Melding versturen")
    verder(tweede, "Melding versturen")
    nummers = {blad.locator("#meldingsnummer").inner_text() for blad in (pagina, tweede)}
    assert nummers == {Signaal.objects.get().nummer}
    tweede.close()


def test_het_nummer_is_te_kopieren_en_af_te_drukken(pagina: Page):
    pagina.context.grant_permissions(["clipboard-read", "clipboard-write"])
    nummer = loop_alles(pagina)
    verder(pagina, "Nummer kopiëren")
    expect(pagina.get_by_text("Het nummer is gekopieerd.")).to_be_visible()
    assert pagina.evaluate("navigator.clipboard.readText()") == nummer
    expect(pagina.get_by_role("button", name="Deze bladzijde afdrukken")).to_be_visible()
    pagina.emulate_media(media="print")
    expect(pagina.locator("#meldingsnummer")).to_be_visible()
    expect(pagina.locator("header")).to_be_hidden()
