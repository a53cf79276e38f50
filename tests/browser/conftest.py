"""Walks the product in Debian's Chromium. A console error, a CSP breach or a request to another host fails the test."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.servers.basehttp import ServerHandler
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route, sync_playwright

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread of the test

VLAGGEN = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as speler:
        venster = speler.chromium.launch(executable_path="/usr/bin/chromium", args=VLAGGEN)
        yield venster
        venster.close()


class _Bezig:
    """How many requests the server has in hand: a closed page cancels no request that the server already began."""

    def __init__(self) -> None:
        self._aantal = 0
        self._wissel = threading.Condition()

    @contextmanager
    def een_verzoek(self) -> Iterator[None]:
        with self._wissel:
            self._aantal += 1
        try:
            yield
        finally:
            with self._wissel:
                self._aantal -= 1
                self._wissel.notify_all()

    def wacht_tot_klaar(self) -> None:
        """Returns when nothing runs; fails after half a minute rather than empty a database in use."""
        with self._wissel:
            assert self._wissel.wait_for(lambda: not self._aantal, timeout=30), "de server rondt een verzoek niet af"


@pytest.fixture(scope="session", autouse=True)
def _bezig() -> Iterator[_Bezig]:
    """Counted around the whole handling: Django's own signal of the end is not sent when the browser hung up."""
    bezig, handel_af = _Bezig(), ServerHandler.run

    def run(self: ServerHandler, application: Any) -> None:
        with bezig.een_verzoek():
            handel_af(self, application)

    with pytest.MonkeyPatch.context() as even_anders:
        even_anders.setattr(ServerHandler, "run", run)
        yield bezig


@pytest.fixture(autouse=True)
def _eerst_klaar(_bezig: _Bezig, transactional_db, live_server) -> Iterator[None]:
    """The database is emptied after the last answer, never during it."""
    yield
    _bezig.wacht_tot_klaar()


@pytest.fixture
def pagina(browser: Browser, live_server) -> Iterator[Page]:
    """A page of its own, 1280 wide, that knows Dutch and the Dutch clock, and stays at home."""
    with nieuwe_pagina(browser, live_server.url) as blad:
        yield blad


@pytest.fixture
def pagina_van_collega(browser: Browser, live_server) -> Iterator[Page]:
    """A second browser with its own log-in, for what two people do together."""
    with nieuwe_pagina(browser, live_server.url) as blad:
        yield blad


@contextmanager
def nieuwe_pagina(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=url,
        viewport={"width": 1280, "height": 900},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
    )
    context.set_default_timeout(10_000)
    mis: list[str] = []
    thuis = urlsplit(url).netloc

    def bewaak(route: Route, verzoek: Request) -> None:
        if urlsplit(verzoek.url).scheme in {"data", "blob"} or urlsplit(verzoek.url).netloc == thuis:
            route.continue_()
        else:
            mis.append(f"verzoek naar een ander: {verzoek.url}")
            route.abort()

    context.route("**/*", bewaak)
    blad = context.new_page()
    blad.url_basis = url  # type: ignore[attr-defined]
    blad.on("console", lambda bericht: mis.append(bericht.text) if _telt(bericht, blad) else None)
    blad.on("pageerror", lambda fout: mis.append(f"JavaScript: {fout}"))
    onderweg: set[Request] = set()
    context.on("request", lambda verzoek: onderweg.add(verzoek))
    context.on("requestfinished", lambda verzoek: onderweg.discard(verzoek))
    context.on("requestfailed", lambda verzoek: onderweg.discard(verzoek))
    yield blad
    _laat_uitpraten(context, onderweg)
    gevonden = list(mis)
    context.set_offline(True)  # a draft that leaves with the page finds no database that is being emptied
    context.close()
    assert gevonden == []


def _laat_uitpraten(context: BrowserContext, onderweg: set[Request]) -> None:
    """What the last page still asks is answered first, within reason: a closed page never hears its answer."""
    blad = next(iter(context.pages), None) or context.new_page()
    for _ in range(40):
        if not onderweg:
            return
        blad.wait_for_timeout(50)


def _telt(bericht: ConsoleMessage, blad: Page) -> bool:
    """Errors count, except the browser's own line that the page itself answered 4xx: that may be what is tested."""
    eigen_status = "the server responded with a status of 4" in bericht.text and bericht.location["url"] == blad.url
    return bericht.type in {"error", "warning"} and not eigen_status
