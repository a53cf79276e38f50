"""The main job with nothing but the keyboard: the focus is always in sight, never covered and never lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from casus.models import Casus
from melding.models import Signaal
from tests import factories
from tests.browser.gereedschap import log_in
from triage.models import Triagebesluit
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const vlak = e.closest('label') ?? e, r = e.getBoundingClientRect();
  const midden = [Math.min(Math.max(r.left + Math.min(r.width / 2, 40), 1), innerWidth - 2),
                  Math.min(Math.max(r.top + Math.min(r.height / 2, 12), 1), innerHeight - 2)];
  const boven = document.elementFromPoint(...midden), stijlen = [e, vlak].map((w) => getComputedStyle(w));
  return {
    naam: (e.innerText || e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.name || '').trim(),
    veld: e.name ?? '', waarde: e.value ?? '',
    inBeeld: r.bottom > 0 && r.top < innerHeight,
    bedekt: !(boven && (vlak.contains(boven) || e.contains(boven) || boven.contains(e))),
    zichtbaar: stijlen.some((s) => s.boxShadow !== 'none' || s.outlineStyle !== 'none'),
  };
}"""

GOED = {"inBeeld": True, "zichtbaar": True, "bedekt": False}


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, naam="Noor Haddad")


@pytest.fixture
def sanne(noor) -> Medewerker:
    return factories.collega(noor, naam="Sanne de Wit")


@pytest.fixture
def signaal(noor) -> Signaal:
    """A report about someone who is known in an open case of Noor's team."""
    factories.betrokkene(
        factories.casus(noor), voornamen="Shanella", achternaam="Martina", geboortedatum=date(1990, 3, 9)
    )
    Casus.objects.update(team=noor.team)
    return factories.signaal(
        tekst="Hij sloeg haar in het gezicht.",
        personen=(factories.aangeleverd(voornamen="Shanella", achternaam="Martina", geboortedatum="09-03-1990"),),
    )


def focus(pagina: Page) -> dict[str, Any]:
    """Where the focus is; it must be somewhere, be seen, and nothing may lie over it."""
    nu = pagina.evaluate(FOCUS)
    assert nu, "de focus is weg"
    assert {naam: nu[naam] for naam in ("inBeeld", "zichtbaar", "bedekt")} == GOED, nu
    return nu


def tab_naar(pagina: Page, *, naam: str = "", veld: str = "", hoogstens: int = 120) -> None:
    for _ in range(hoogstens):
        pagina.keyboard.press("Tab")
        nu = focus(pagina)
        if (naam and nu["naam"].startswith(naam)) or (veld and nu["veld"] == veld):
            return
    raise AssertionError(f"Met Tab kom je niet bij {naam or veld}.")


@pytest.mark.parametrize("hoogte", [900, 600])
def test_van_melding_tot_handtekening_met_alleen_het_toetsenbord(
    pagina: Page, pagina_van_collega: Page, noor, sanne, signaal, hoogte
):
    pagina.set_viewport_size({"width": 1280, "height": hoogte})
    log_in(pagina, noor)
    pagina.goto("/werk/")
    pagina.keyboard.press("j")
    assert focus(pagina)["naam"].startswith("Melding oppakken")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/signaal/**")

    tab_naar(pagina, naam="Bij deze casus")  # whoever is surely known stands chosen
    assert pagina.evaluate("document.activeElement.checked")
    pagina.keyboard.press("Control+Enter")
    pagina.wait_for_url("**/vht/**")

    for code in ("A1", "A2", "A3", "A4"):
        tab_naar(pagina, veld=f"{code}-waarde")
        with pagina.expect_response(lambda antwoord: "/rij/" in antwoord.url):
            pagina.keyboard.press("Space" if code == "A1" else "ArrowRight")
        assert focus(pagina)["veld"] == f"{code}-waarde"
    expect(pagina.locator("#stand")).to_contain_text("Acuut onveilig")
    tab_naar(pagina, naam="Eindconclusie vaststellen")
    pagina.keyboard.press("Enter")  # B is still open: that passes with a reason, and the page says so first
    expect(pagina.locator("[data-fouten]").first).to_be_focused()
    focus(pagina)
    tab_naar(pagina, veld="motivering")
    pagina.keyboard.type("Acuut; B volgt morgen.")
    tab_naar(pagina, naam="Toch vaststellen")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/besluit/**")

    tab_naar(pagina, veld="uitkomst")
    pagina.keyboard.press("ArrowDown")
    tab_naar(pagina, veld="toelichting")
    pagina.keyboard.type("Zij is vannacht niet veilig.")
    tab_naar(pagina, veld="tweede")
    pagina.keyboard.type("Sanne")
    pagina.keyboard.press("Control+Enter")
    expect(pagina.get_by_text("Triagebesluit voorgelegd om")).to_be_visible()

    collega = pagina_van_collega
    collega.set_viewport_size({"width": 1280, "height": hoogte})
    log_in(collega, sanne)
    collega.goto("/werk/")
    collega.keyboard.press("t")
    collega.wait_for_url("**/tekenen/")
    collega.keyboard.press("Control+Enter")  # nothing is chosen for her
    expect(collega.locator("#fouten")).to_be_focused()
    focus(collega)
    tab_naar(collega, veld="oordeel")
    collega.keyboard.press("Space")
    collega.keyboard.press("Control+Enter")
    expect(collega.get_by_text("Triagebesluit genomen om")).to_be_visible()
    assert Triagebesluit.objects.get().is_genomen


def test_melding_advies_of_nog_signaal_kies_je_met_de_pijltjes(pagina: Page, noor):
    log_in(pagina, noor)
    pagina.goto("/melding/nieuw/")
    pagina.keyboard.press("Tab")
    tab_naar(pagina, veld="wordt")
    pagina.keyboard.press("ArrowRight")
    expect(pagina.get_by_role("button", name="Verder als advies")).to_be_visible()
    expect(pagina.get_by_role("button", name="Melding vastleggen, VHT openen")).to_be_hidden()
    pagina.keyboard.press("ArrowRight")
    tab_naar(pagina, veld="situatie")
    pagina.keyboard.type("De buurvrouw hoort vaak ruzie.")
    pagina.keyboard.press("Control+Enter")
    expect(pagina.get_by_text("vastgelegd om")).to_be_visible()
    assert Signaal.objects.get().tekst == "De buurvrouw hoort vaak ruzie."
