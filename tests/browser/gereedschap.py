"""What a browser test does besides clicking: log in, ask axe, check the width, keep a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
MATEN = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHERMEN = Path(settings.ROOT) / "schermen"
BREED, SMAL = 1280, 400


def log_in(pagina: Page, medewerker: Any) -> None:
    """As this employee, without walking the login page: that page has its own test."""
    client = Client()
    client.force_login(medewerker)
    koek = client.cookies[settings.SESSION_COOKIE_NAME].value
    pagina.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": koek, "url": pagina.url_basis}])  # type: ignore[attr-defined]


def axe(pagina: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice, one sentence per rule and place."""
    pagina.evaluate(AXE)  # through the debugger, so the page's own CSP stays as it is
    uitslag = pagina.evaluate("maten => axe.run(document, {runOnly: maten})", MATEN)
    return [
        f"{vondst['id']}: {vondst['help']}: {plek['html'][:120]}"
        for vondst in uitslag["violations"]
        for plek in vondst["nodes"]
    ]


def steekt_uit(pagina: Page) -> list[str]:
    """What makes the page scroll sideways; only a wide table may, inside its own panel."""
    if pagina.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        return []
    return pagina.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".slice(0, 5).map(e => `${e.tagName} ${e.className}`)"
    )


def op_elke_breedte(pagina: Page, naam: str = "") -> list[str]:
    """Everything wrong with this page at 1280 and at 400 wide; with a name, also a picture of both."""
    mis: list[str] = []
    pagina.wait_for_load_state()  # after a click: with its style sheets
    for breedte in (BREED, SMAL):
        pagina.set_viewport_size({"width": breedte, "height": 900})
        mis += [f"{breedte} px: {vondst}" for vondst in axe(pagina)]
        mis += [f"{breedte} px steekt uit: {element}" for element in steekt_uit(pagina)]
        if naam:
            schermafdruk(pagina, naam)
    pagina.set_viewport_size({"width": BREED, "height": 900})
    return mis


def groot_op_smal(pagina: Page) -> list[str]:
    """The narrowest screen with text twice as large (WCAG 1.4.4 and 1.4.10): nothing sticks out."""
    pagina.set_viewport_size({"width": 320, "height": 900})
    pagina.evaluate("document.documentElement.style.fontSize = '200%'")
    mis = [f"320 px, 200 %: {wat}" for wat in (*axe(pagina), *steekt_uit(pagina))]
    pagina.evaluate("document.documentElement.style.fontSize = ''")
    pagina.set_viewport_size({"width": BREED, "height": 900})
    return mis


def schermafdruk(pagina: Page, naam: str) -> Path:
    """A picture of the whole page for whoever judges the look; not part of the repository."""
    SCHERMEN.mkdir(exist_ok=True)
    breedte = (pagina.viewport_size or {"width": BREED})["width"]
    pad = SCHERMEN / f"{naam}-{breedte}.png"
    pagina.screenshot(path=pad, full_page=True)
    return pad
