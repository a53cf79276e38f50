"""The gallery shows every component, to who is logged in and never in production; Chromium looks at it elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def medewerker(client):
    wie = factories.medewerker(naam="Noor Haddad")
    client.force_login(wie)
    return wie


def test_de_galerij_toont_elk_onderdeel(client, medewerker):
    antwoord = client.get(reverse("web:onderdelen"))
    assert antwoord.status_code == 200
    assert b"Onderdelen en hun standen" in antwoord.content
    assert b" style=" not in antwoord.content
    assert b"<script>" not in antwoord.content


def test_de_galerij_vraagt_om_inloggen(client):
    assert client.get(reverse("web:onderdelen")).status_code == 302


def test_in_productie_bestaat_de_galerij_niet(client, medewerker, settings):
    settings.OMGEVING = "productie"
    assert client.get(reverse("web:onderdelen")).status_code == 404


def test_de_schil_noemt_wie_er_is_ingelogd(client, medewerker):
    html = client.get(reverse("web:toetsen")).content.decode()
    assert "Noor Haddad" in html
    assert 'aria-label="Hoofdmenu"' in html


def test_inloggen_werkt_zonder_schil_en_zonder_naam(client):
    html = client.get("/account/login/").content.decode()
    assert "Hoofdmenu" not in html
    assert 'name="login"' in html


@pytest.mark.parametrize("sjabloon", ["400.html", "500.html"])
def test_een_foutpagina_heeft_geen_context_nodig(sjabloon):
    assert "Naar Mijn werk" in render_to_string(sjabloon)


def test_geen_sjabloon_vertrouwt_getypte_tekst_of_stijlt_zichzelf():
    for bestand in (Path(settings.ROOT) / "templates").rglob("*.html"):
        bron = bestand.read_text(encoding="utf-8")
        assert "|safe" not in bron, bestand
        assert "style=" not in bron, bestand
        assert "onclick=" not in bron, bestand


def test_elke_tekening_waar_een_sjabloon_om_vraagt_bestaat():
    import re

    map_ = Path(settings.ROOT) / "templates"
    iconen = set(re.findall(r'id="i-(\w+)"', (map_ / "bouwsteen" / "iconen.html").read_text(encoding="utf-8")))
    for bestand in map_.rglob("*.html"):
        gevraagd = set(re.findall(r'icoon(?: |=)"(\w+)"', bestand.read_text(encoding="utf-8")))
        assert gevraagd <= iconen, bestand
