"""What stands in an address or a step of the API: no number, no cursor, no choice, no version. Never an error."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from tests import factories as f
from tests.overal.landschap import PLEKKEN, bouw, dossieradressen, eerste_stukken, lijsten
from tests.overal.test_formulieren import alleskunner
from vt_cvs.kern.overgangen import Overgang
from vt_cvs.web.stappen import modellen

pytestmark = pytest.mark.django_db
ALLES = bool(os.environ.get("VT_ALLES"))

WAARDEN = [
    "\x00",
    "9" * 5000,
    "9" * 25,
    "-1",
    "٣",
    "²",
    "a.b",
    "1,2",
    "2026-13-45",
    "31-12-9999",
    "0001-01-01",
    "'\"",
    "%",
]
MERKTEKENS = [
    f"{moment}.{id_}"
    for moment in ("2026-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00")
    for id_ in ("1", "9" * 25)
]
"""What the next page of a list begins after, bent."""
NAMEN = [
    "na",
    "stap",
    "op",
    "hoe",
    "weergave",
    "nummer",
    "casus",
    "acuut",
    "deel",
    "soort",
    "q",
    "next",
    "toon",
    "bij",
    "alleen",
    "team",
    "wie",
]
SLEUTELS = ["9" * 25, "9" * 5000, "٣", "-1", "0", "%00", "1%0a", "a", "%ff", "1.0", "1e3", "%E2%80%AE1"]
LICHAMEN = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"motivering": null}',
    b'{"motivering": {"a": []}}',
    b'{"motivering": "a", "motivering": "b"}',
    b'{"onbekend": 1}',
    b'{"motivering": "\\u0000\\ud83d\\u202e"}',
    b"[" * 99_999,
    b'{"motivering": NaN}',
    b'{"motivering": ' + b"9" * 5000 + b"}",
    b"\xff\xfe",
]
VREEMD: list[Any] = [None, True, -1, 1.5, 10**30, "\x00", "\ud83d", "9" * 5000, [[1]], {"a": 1}, "0000-00-00", ""]
GROFSTE: list[Any] = [None, "9" * 5000, {"a": 1}]
VERSIES = ['"999999999"', "*", "1", '"1", "2"', 'W/"1"', '"٣"', '"-1"', '"' + "9" * 5000 + '"', '""']


@pytest.mark.uitputtend
def test_wat_er_ook_achter_het_vraagteken_staat_er_komt_een_antwoord():
    client = alleskunner(bouw().werker)
    paden = [reverse(naam) for naam in lijsten()]
    paden += [reverse(naam, kwargs=next(PLEKKEN[naam]())) for naam in dossieradressen()]
    fout = {
        (pad, waarde): status
        for pad in paden
        for waarde in ([*WAARDEN, *MERKTEKENS] if ALLES else [*WAARDEN[:2], *MERKTEKENS[::3]])
        if (status := client.get(pad, dict.fromkeys(NAMEN, waarde)).status_code) >= 500
    }
    assert fout == {}


@pytest.mark.uitputtend
def test_wat_geen_sleutel_of_nummer_is_is_er_niet():
    wie = f.medewerker()
    client, casus = alleskunner(wie), f.casus(wie)
    onder = [f"{casus.pad()}{deel}/" for deel in ("betrokkenen", "documenten", "diensten", "keuze", "vht", "toewijzen")]
    soorten = [f"/api/v1/{model.api_soort}/" for model in modellen()]
    for sleutel in SLEUTELS if ALLES else SLEUTELS[:6]:
        for begin in (*onder, *soorten, "/casus/", "/signaal/", "/inzage/", "/bewaren/"):
            pad = f"{begin}{sleutel}" + ("" if begin.startswith("/api/") else "/")
            assert client.get(pad).status_code in {400, 404}, pad


def berichten(stap: Overgang) -> Iterator[bytes]:
    yield from LICHAMEN if ALLES else LICHAMEN[:2]
    for waarde in VREEMD if ALLES else GROFSTE:
        for parameter in stap.gegevens if ALLES else ():
            yield json.dumps({parameter.name: waarde}).encode()
        yield json.dumps({p.name: waarde for p in stap.gegevens} | {"motivering": "x"}).encode()


@pytest.mark.uitputtend
def test_een_stap_in_de_api_weigert_met_een_zin_wat_niet_klopt():
    client = alleskunner(bouw().werker)
    fout = {}
    for model, nummer, versie in eerste_stukken():
        for stap in model.overgangen():
            pad = f"/api/v1/{model.api_soort}/{nummer}/{stap.naam.replace('_', '-')}"
            pogingen = [(bericht, f'"{versie}"') for bericht in berichten(stap)]
            for bericht, ken in [*pogingen, *((b"{}", ken) for ken in (VERSIES if ALLES else VERSIES[-2:]))]:
                with transaction.atomic():
                    antwoord = client.post(pad, bericht, content_type="application/json", headers={"If-Match": ken})
                    transaction.set_rollback(True)
                if antwoord.status_code >= 500:
                    fout[pad, bericht[:80], ken[:20]] = antwoord.status_code
    assert fout == {}
