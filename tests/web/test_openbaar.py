"""The shell of public pages: the quick way out leads where the organisation says, and tells nobody where from."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory


@pytest.fixture
def pagina(settings) -> str:
    settings.VT_SNELWEG = "https://weg.example/"
    return render_to_string("basis_openbaar.html", request=RequestFactory().get("/"))


def test_snel_weg_gaat_naar_de_ingestelde_pagina_zonder_verwijzing(pagina):
    link = re.search(r"<a [^>]*vt-snelweg[^>]*>", pagina)
    assert link
    assert 'data-snelweg="https://weg.example/"' in link[0]
    assert 'rel="nofollow noreferrer"' in link[0]


def test_zonder_javascript_leidt_de_link_langs_het_wissen(pagina):
    """The address that erases what was filled in sends on to the same page."""
    assert re.search(r'<a [^>]*vt-snelweg[^>]*href="/melden/weg/"', pagina)
