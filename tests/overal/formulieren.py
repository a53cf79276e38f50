"""Reading the forms of a page as a browser does, so that each can be sent back with anything in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Veld:
    naam: str
    soort: str
    """text, textarea, hidden, select, radio, checkbox, file or submit."""
    waarde: str = ""
    keuzes: list[str] = field(default_factory=list)
    gekozen: str | None = None

    @property
    def vrij(self) -> bool:
        """Whatever one likes can be typed here."""
        return self.soort not in {"hidden", "select", "radio", "checkbox", "file", "submit"}


@dataclass
class Formulier:
    actie: str
    velden: list[Veld] = field(default_factory=list)

    def ingevuld(self) -> dict[str, str]:
        """As someone would send it who fills in everything and chooses the last of each list."""
        return {veld.naam: _invulling(veld) for veld in self.velden if veld.soort not in {"file", "submit"}}

    def zoals_het_staat(self) -> dict[str, str]:
        """As someone would send it who changes nothing."""
        gekozen = {v.naam: v.gekozen for v in self.velden if v.soort in {"select", "radio", "checkbox"}}
        vrij = {v.naam: v.waarde for v in self.velden if v.vrij or v.soort == "hidden"}
        return vrij | {naam: keus for naam, keus in gekozen.items() if keus is not None}


def _invulling(veld: Veld) -> str:
    if veld.soort in {"select", "radio", "checkbox"}:
        return next((keus for keus in reversed(veld.keuzes) if keus), "on")
    return veld.waarde or ("" if veld.soort == "hidden" else "01-11-2026" if _is_datum(veld.naam) else "tekst")


def _is_datum(naam: str) -> bool:
    return naam.endswith(("_op", "_tot", "datum", "uiterlijk")) or naam in {"op", "sinds"}


class _Lezer(HTMLParser):
    def __init__(self, pad: str) -> None:
        super().__init__()
        self.pad, self.formulieren = pad, list[Formulier]()
        self.open: Formulier | None = None
        self.keuzelijst: Veld | None = None
        self.tekstvak: Veld | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wat = {naam: waarde or "" for naam, waarde in attrs}
        if tag == "form":
            post = wat.get("method", "get").lower() == "post"
            self.open = Formulier(wat.get("action") or self.pad) if post else None
        elif self.open is None or (not wat.get("name") and tag != "option"):
            return
        elif tag == "option" and self.keuzelijst is not None:
            self.keuzelijst.keuzes.append(wat.get("value", ""))
            if "selected" in wat or self.keuzelijst.gekozen is None:
                self.keuzelijst.gekozen = wat.get("value", "")
        elif tag == "select":
            self.keuzelijst = Veld(wat["name"], "select")
            self.open.velden.append(self.keuzelijst)
        elif tag == "textarea":
            self.tekstvak = Veld(wat["name"], "textarea")
            self.open.velden.append(self.tekstvak)
        elif tag in {"input", "button"}:
            self._invoer(self.open, wat, standaard="submit" if tag == "button" else "text")

    def _invoer(self, formulier: Formulier, wat: dict[str, str], *, standaard: str) -> None:
        soort, naam, waarde = wat.get("type", standaard), wat["name"], wat.get("value", "")
        bestaand = next((v for v in formulier.velden if v.naam == naam), None)
        if bestaand is None:
            bestaand = Veld(naam, soort, waarde)
            formulier.velden.append(bestaand)
        if soort in {"radio", "checkbox", "submit"}:
            bestaand.keuzes.append(waarde)
            if "checked" in wat:
                bestaand.gekozen = waarde or "on"

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.open is not None:
            self.formulieren.append(self.open)
            self.open = None
        elif tag == "select":
            self.keuzelijst = None
        elif tag == "textarea" and self.tekstvak is not None:
            self.tekstvak.waarde = self.tekstvak.waarde.removeprefix("\n")
            self.tekstvak = None

    def handle_data(self, data: str) -> None:
        if self.tekstvak is not None:
            self.tekstvak.waarde += data


def formulieren_op(pagina: str, pad: str) -> list[Formulier]:
    """Every form of this page that posts."""
    lezer = _Lezer(pad)
    lezer.feed(pagina)
    return lezer.formulieren
