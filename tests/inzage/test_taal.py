"""The fixed sentences read at B1: short, common words, no abbreviation or code without explanation."""

from __future__ import annotations

import re
from datetime import date

import pytest

from casus.dossier import INLEIDINGEN, VERTELLINGEN
from casus.inzage.document import als_html
from casus.inzage.samenstellen import stel_samen
from casus.models import Contact
from casus.services.vastleggen import leg_afspraak_vast, leg_contact_vast, leg_score_vast, stel_voorwaarde
from melding.services import neem_melding_aan
from tests import factories as f
from tests.inzage.conftest import toon_alles
from tests.inzage.leesbaarheid import flesch_douma, woorden_per_zin, zinnen
from vt_cvs.kern.dossier import dossiermodellen
from vt_cvs.kern.overgangen import voer_uit

VAN_PERSONEN = {"casus.familieband", "casus.samenvoeging"}
"""Of people, not of one file: family is told with each person, a merging is told nowhere."""


@pytest.fixture
def vaste_tekst(verzoek, screener) -> str:
    """All sentences the product writes itself, with a little content so that each one appears."""
    marloes = f.betrokkene(verzoek.casus, voornamen="Marloes", achternaam="Bos", geboortedatum=date(1990, 1, 1))
    neem_melding_aan(casus=verzoek.casus, door=screener, situatie="Er was ruzie.")
    for soort in Contact.Soort.values:
        leg_contact_vast(
            verzoek.casus,
            door=screener,
            soort=soort,
            verslag="Het ging goed.",
            betrokkenen=[marloes],
            hoor_wederhoor=True,
        )
    leg_score_vast(marloes, 6, door=screener, herkomst="Marloes zelf")
    stel_voorwaarde(verzoek.casus, "Jan slaapt bij zijn broer.", door=screener)
    leg_afspraak_vast(verzoek.casus, "De kinderen gaan naar oma.", door=screener, met="oma")
    verzoek = voer_uit(verzoek, "begin_screening", door=screener)
    toon_alles(verzoek, screener)
    html = als_html(verzoek, stel_samen(verzoek))
    kaal = re.sub(r'<div class="loper">.*?</div>', " ", html, flags=re.DOTALL)
    kaal = re.sub(r"<(?:title|style)[^>]*>.*?</\w+>", " ", kaal, flags=re.DOTALL)
    return re.sub(r"&#x27;", "’", re.sub(r"<[^>]+>", "\n", kaal))


@pytest.mark.regel("RW-3.13")
def test_de_vaste_zinnen_zijn_b1(vaste_tekst):
    assert flesch_douma(vaste_tekst) >= 60
    assert woorden_per_zin(vaste_tekst) <= 12
    assert [z for z in zinnen(vaste_tekst) if len(z.split()) > 24] == []


@pytest.mark.regel("RW-3.13")
def test_elke_inleiding_is_b1():
    for titel, tekst in INLEIDINGEN.values():
        assert woorden_per_zin(tekst) <= 15, titel
        assert flesch_douma(tekst) >= 50, (titel, flesch_douma(tekst))


@pytest.mark.regel("RW-3.13")
def test_geen_afkorting_zonder_uitleg(vaste_tekst):
    """Every run of capitals is a name of ours, or stands beside its explanation."""
    uitgelegd = {"V", "MDO"}
    gevonden = set(re.findall(r"\b[A-Z]{2,}\b", vaste_tekst)) - uitgelegd
    assert gevonden <= {"BSN"}, gevonden
    assert "heet ook MDO" in vaste_tekst


@pytest.mark.regel("RW-3.13")
def test_elk_soort_stuk_heeft_eigen_zinnen():
    zonder = [
        model._meta.label_lower
        for model in dossiermodellen()
        if model._meta.label_lower not in VERTELLINGEN and model.ter_inzage and model._meta.app_label != "register"
    ]
    assert set(zonder) <= {"casus.persoon", "bewaren.verwijdering", "bewaren.bewaarmarkering", *VAN_PERSONEN}, zonder
