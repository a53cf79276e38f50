"""How a report travels: in pieces, as another kind, with a reference that says nothing. A clear answer each time."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections

from melding.models import Signaal
from tests.factories import SLEUTELS
from tests.melding.conftest import PAD, als_base64, fouten, niets_bewaard
from vt_cvs.web.stroom import HeelBericht

pytestmark = pytest.mark.django_db


class Afgebroken(io.BytesIO):
    """A body of which the pieces do not fit together."""

    def read(self, *_: Any) -> bytes:
        raise OSError("invalid chunk")


def lever_in_stukken(politie, stroom: io.BytesIO) -> tuple[int, dict[str, Any]]:
    """As a web server hands over a chunked request: a stream, and no length."""
    omgeving = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": PAD,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_TRANSFER_ENCODING": "chunked",
        "HTTP_AUTHORIZATION": f"Bearer {SLEUTELS[politie.naam]}",
        "CONTENT_TYPE": "application/json",
        "wsgi.input": stroom,
        "wsgi.url_scheme": "http",
    }
    status: list[str] = []
    request_started.disconnect(close_old_connections)  # the connection is the test's
    try:
        antwoord = HeelBericht(WSGIHandler())(omgeving, lambda regel, koppen: status.append(regel))
    finally:
        request_started.connect(close_old_connections)
    return int(status[0][:3]), json.loads(b"".join(antwoord))


def test_een_bericht_zonder_lengte_komt_heel_aan(politie, bericht):
    status, inhoud = lever_in_stukken(politie, io.BytesIO(json.dumps(bericht).encode()))
    assert status == 201
    assert Signaal.objects.get().nummer == inhoud["meldingsnummer"]
    assert Signaal.objects.get().personen.count() == 2


def test_ook_in_stukken_is_te_groot_te_groot(politie, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    status, inhoud = lever_in_stukken(politie, io.BytesIO(b'{"tekst": "' + b"x" * 500 + b'"}'))
    assert (status, inhoud["status"]) == (413, 413)
    assert niets_bewaard()


def test_stukken_die_niet_passen_worden_geweigerd(politie):
    status, _ = lever_in_stukken(politie, Afgebroken())
    assert status == 400
    assert niets_bewaard()


@pytest.mark.parametrize("kenmerk", ["\x00", "\u202e", " \u200b ", "\ufeff\n"])
def test_een_kenmerk_van_onzichtbare_tekens_is_leeg(lever, bericht, kenmerk):
    antwoord = lever({**bericht, "kenmerk": kenmerk})
    assert antwoord.status_code == 400
    assert fouten(antwoord) == {"/kenmerk": "Dit veld is leeg."}
    assert niets_bewaard()


@pytest.mark.parametrize(
    "voor", [b"", b" " * 3000, b"\xef\xbb\xbf\r\n\t"], ids=["meteen", "na veel spaties", "na een BOM"]
)
@pytest.mark.parametrize(
    "begin", [b"<html>", b"<!DOCTYPE html>", b"<svg onload=x>", b"<script>", b"<?xml version='1.0'?>"]
)
def test_een_pagina_die_zich_voordoet_als_gewone_tekst_wordt_geweigerd(lever, bericht, voor, begin):
    antwoord = lever({**bericht, "bijlagen": [{"naam": "verslag.txt", "inhoud": als_base64(voor + begin + b"x")}]})
    assert antwoord.status_code == 422
    assert niets_bewaard()


def test_elke_weigering_zegt_in_gewone_woorden_wat_wel_kan(lever, bericht, client):
    antwoorden = [
        lever(bericht, soort="text/xml"),
        lever(bericht, Accept="text/html"),
        lever(bericht, Authorization="Basic eDp5"),
        client.put(PAD, headers={"Authorization": "Bearer x"}),
        client.get("/api/v1/casussen/C-111-111-111"),
    ]
    assert [antwoord.status_code for antwoord in antwoorden] == [415, 406, 401, 401, 401]
    for antwoord in antwoorden:
        zin = antwoord.json()["detail"]
        assert zin.endswith("."), zin
        for woord in ("ongeldig", "Ongeldig", "niet opgegeven", "header"):
            assert woord not in zin
    assert "application/json" in antwoorden[0].json()["detail"]
    assert "application/json" in antwoorden[1].json()["detail"]
