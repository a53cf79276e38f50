"""The register tab in a real browser: matches are read and marked with the keyboard, on a wide and a narrow screen."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page

from register.models import Registermatch
from register.services.matches import bespreek, verwerk
from tests import factories
from tests.browser.gereedschap import log_in, op_elke_breedte
from tests.register.gereedschap import GeheugenRegister, bezorg, directbetrokkene
from tests.register.test_matches import bericht

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.regel("VTR-4")
def test_een_match_wordt_gelezen_en_afgevinkt_met_het_toetsenbord(
    pagina: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = GeheugenRegister()
    for plek in ("bezorgen", "matches"):
        monkeypatch.setattr(f"register.services.{plek}.registerpoort", lambda: register)
    c = factories.casus()
    b = directbetrokkene(c)
    directbetrokkene(c, bevestigd=False, voornamen="Sem")
    bezorg()
    verwerk(bericht(b))
    verwerk(bericht(b, code="h", organisatie="Veilig Thuis Heuvelrug", stand="inactief", eind=date(2026, 2, 1)))
    bespreek(Registermatch.objects.get(organisatiecode="h"), door=c.verantwoordelijke)
    register.weg = True
    directbetrokkene(c, voornamen="Noor")
    bezorg()
    log_in(pagina, c.verantwoordelijke)
    pagina.goto(f"{c.pad()}register/")
    assert op_elke_breedte(pagina, "register") == []
    pagina.get_by_role("button", name="Besproken met Veilig Thuis Kuststreek").focus()
    pagina.keyboard.press("Enter")
    pagina.get_by_text("Contact met Veilig Thuis Kuststreek genoteerd").wait_for()
    assert pagina.get_by_role("button", name="Besproken met").count() == 0
    assert op_elke_breedte(pagina) == []
