"""Someone who fills in the public form, page by page, as a browser without JavaScript would."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from melding.formulier import grenzen
from melding.models import Signaal
from tests import factories
from vt_cvs.organisatie.models import Rol

BEGIN = "/melden/"
VERHAAL = "Ik hoor elke avond geschreeuw en daarna huilt een kind."
GEHEIM = {
    "naam": "Wendela Proefnaam",
    "telefoon": "0612345678",
    "email": "wendela@proef.example",
    "bereik": "bel alleen overdag",
}


def verborgen(pagina: str, naam: str) -> str:
    gevonden = re.search(rf'name="{naam}" value="([^"]*)"', pagina)
    return unescape(gevonden[1]) if gevonden else ""


class Bezoeker:
    """One browser; keeps cookies and carries the hidden fields along."""

    def __init__(self, adres: str = "192.0.2.10", **meta: Any) -> None:
        self.client = Client(REMOTE_ADDR=adres, **meta)

    def zie(self, pad: str) -> Any:
        return self.client.get(pad)

    def vul(self, pad: str, **velden: Any) -> Any:
        """Open the page and send it."""
        pagina = self.zie(pad).content.decode()
        return self.client.post(pad, {naam: verborgen(pagina, naam) for naam in ("concept", "nieuw")} | velden)

    def begin(self, wie: str = "omgeving") -> Bezoeker:
        assert self.vul(BEGIN, wie=wie).status_code == 302
        return self

    def vertel(self, **velden: Any) -> Bezoeker:
        assert self.vul("/melden/situatie/", tekst=VERHAAL, **velden).status_code == 302
        return self

    def verstuur(self, **velden: Any) -> Any:
        pagina = self.zie("/melden/controle/").content.decode()
        verborgen_ = {naam: verborgen(pagina, naam) for naam in ("concept", "stempel")}
        return self.client.post("/melden/controle/", {**verborgen_, **velden})

    def nummer(self) -> str:
        gevonden = re.search(r'id="meldingsnummer">([^<]+)<', self.zie("/melden/klaar/").content.decode())
        return gevonden[1] if gevonden else ""


@pytest.fixture(autouse=True)
def _zonder_wachten(monkeypatch) -> None:
    """The summary may be sent at once; what the waiting does has tests of its own."""
    monkeypatch.setattr(grenzen, "MINSTENS", 0)


@pytest.fixture
def voorkant(db):
    return factories.medewerker(Rol.VOORKANT)


@pytest.fixture
def bezoeker(voorkant) -> Bezoeker:
    return Bezoeker()


@pytest.fixture
def signaal():
    """The one signal there is."""
    return lambda: Signaal.objects.get()
