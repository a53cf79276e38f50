"""Every text that leaves the building, and every page for the public, reads at B1; hard language is found out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.leesbaarheid import te_moeilijk
from vt_cvs.organisatie.lijsten.sjablonen import meegeleverd
from vt_cvs.organisatie.sjablonen import onbekende_plaatshouders, vul

WAARDEN = {
    "meldingsnummer": "M-123-456-789",
    "casusnummer_advies": "A-123-456-789",
    "aan": "Jan de Wit",
    "kind": "Sem",
    "datum_melding": "maandag 2 maart",
    "vandaag": "maandag 9 maart",
    "organisatie": "Veilig Thuis",
}
OPENBAAR = sorted(Path("templates/openbaar").rglob("*.html"))


def naam(sjabloon: dict[str, str]) -> str:
    return "-".join(filter(None, (sjabloon["partij"], sjabloon["moment"], sjabloon["uitkomst"])))


def kale_tekst(html: str) -> str:
    """What a reader of the page reads: without tags, template logic and attributes."""
    html = re.sub(
        r"{%\s*(?:comment).*?endcomment\s*%}|{#.*?#}|<(?:script|style|title)\b.*?</\w+>", " ", html, flags=re.DOTALL
    )
    html = re.sub(r"{%.*?%}", "\n", html, flags=re.DOTALL)
    html = re.sub(r"{{.*?}}", "iets", html, flags=re.DOTALL)
    return re.sub(r"&\w+;", " ", re.sub(r"<[^>]+>", "\n", html))


@pytest.mark.regel("RW-12.3")
@pytest.mark.parametrize("sjabloon", meegeleverd(), ids=naam)
def test_elk_sjabloon_leest_als_b1(sjabloon):
    assert te_moeilijk(vul(f"{sjabloon['tekst']}", WAARDEN)) == []
    assert list(onbekende_plaatshouders(sjabloon["onderwerp"] + sjabloon["tekst"], sjabloon["partij"])) == []
    assert not re.search(r"\b(je|jij|jouw|jullie)\b", sjabloon["tekst"]), "een brief zegt u"


@pytest.mark.parametrize("pad", OPENBAAR, ids=str)
def test_elke_openbare_bladzijde_leest_als_b1(pad):
    tekst = kale_tekst(pad.read_text(encoding="utf-8"))
    if len(tekst.split()) > 25:
        assert te_moeilijk(tekst) == []


def test_ambtelijke_taal_wordt_gevonden():
    ambtelijk = (
        "Naar aanleiding van de door u ingediende melding is besloten tot het inzetten van een veiligheidsbeoordeling, "
        "waarvan de uitkomsten overeenkomstig de daarvoor geldende privacywetgeving uitsluitend aan de gezaghebbenden "
        "kunnen worden verstrekt."
    )
    assert len(te_moeilijk(ambtelijk)) >= 3
