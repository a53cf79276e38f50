"""Every form of the site, sent with anything in it: an answer, never an error."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import factories as f
from tests.overal.formulieren import Formulier, formulieren_op
from tests.overal.landschap import PLEKKEN, Landschap, bouw, dossieradressen, lijsten
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = pytest.mark.django_db
ALLES = bool(os.environ.get("VT_ALLES"))

TEKSTEN = [
    "a\x00b\x1fc",
    "\u202egnol\u202c \u2066x\u2069 \ufeff",
    "👩‍👧‍👦 Zoë ﷽",
    "\ud83d",
    "woord " * 20_000,
    "9" * 5000,
    "<script>alert(1)</script>'; DROP TABLE casus_casus; --",
    "00-00-0000",
    "31-12-9999 23:59",
    "01-01-0001",
    "٣٤-١١-٢٠٢٦",
    "",
    "NaN",
    "-1",
    " ",
]
GEKOZEN = ["bestaat-niet", "\x00", "9" * 30, "9" * 5000, "٣", "", "-1"]
VERBORGEN = ["0", "9" * 30, "9" * 5000, "x\x00", "-1", "", "٣"]


@pytest.fixture
def landschap() -> Landschap:
    return bouw()


def alleskunner(van: Medewerker) -> Client:
    """Every role in the team of this worker: whatever may be done here, this one may."""
    client = Client()
    client.force_login(f.collega(van, *(rol for rol in Rol)))
    return client


def stuur(client: Client, pad: str, gegevens: dict[str, str]) -> int:
    """The status of the answer; what it changed is undone, for the next form must find the same case."""
    als_bytes = {naam: waarde.encode("utf-8", "surrogatepass") for naam, waarde in gegevens.items()}
    with transaction.atomic():
        status = client.post(pad, als_bytes).status_code
        transaction.set_rollback(True)
    return status


def _paden(*, alle: bool) -> Iterator[str]:
    for naam in lijsten():
        yield reverse(naam)
    for naam in dossieradressen():
        gevonden = list(PLEKKEN[naam]())
        for plek in gevonden if alle else gevonden[:2]:
            yield reverse(naam, kwargs=plek)


def formulieren(client: Client, *, alle: bool = False) -> list[Formulier]:
    """One of each: forms with the same fields behind the same kind of address are one form."""
    gevonden: dict[tuple[str, ...], Formulier] = {}
    for pad in _paden(alle=alle):
        antwoord = client.get(pad)
        if "text/html" in antwoord.get("Content-Type", "") and not antwoord.streaming:
            for form in formulieren_op(antwoord.content.decode(), pad):
                soort = "".join(t for t in form.actie if not t.isdecimal()).replace("/A-", "/C-")
                gevonden.setdefault((soort, *(veld.naam for veld in form.velden)), form)
    return list(gevonden.values())


def beurten(form: Formulier) -> Iterator[dict[str, str]]:
    """Each field gets another oddity each turn, so that a few turns see them beside each other."""
    goed = form.ingevuld()
    yield goed
    for beurt in range(2):
        anders = {}
        for i, veld in enumerate(form.velden):
            lijst = TEKSTEN if veld.vrij else VERBORGEN if veld.soort == "hidden" else GEKOZEN
            anders[veld.naam] = lijst[(i + beurt * 5) % len(lijst)]
        yield goed | anders


def een_voor_een(form: Formulier) -> Iterator[dict[str, str]]:
    """The rest is right, and one kind of field holds the oddity: that comes further into the code."""
    goed = form.ingevuld()
    for tekst in TEKSTEN:
        yield goed | {veld.naam: tekst for veld in form.velden if veld.vrij}
    for keus in GEKOZEN:
        yield goed | {veld.naam: keus for veld in form.velden if veld.soort in {"select", "radio", "checkbox"}}
    for verborgen in VERBORGEN:
        yield goed | {veld.naam: verborgen for veld in form.velden if veld.soort == "hidden"}
    for knop in (veld for veld in form.velden if veld.soort == "submit"):
        for keus in [*knop.keuzes, *GEKOZEN]:
            yield goed | {knop.naam: keus}
    yield {}


@pytest.mark.uitputtend
def test_welk_formulier_je_ook_met_wat_dan_ook_verstuurt_er_komt_een_antwoord(landschap):
    client = alleskunner(landschap.werker)
    alle = formulieren(client, alle=ALLES)
    assert len(alle) > 50
    fout = {
        (form.actie, beurt): status
        for form in alle
        for beurt, gegevens in enumerate(een_voor_een(form) if ALLES else beurten(form))
        if (status := stuur(client, form.actie, gegevens)) >= 500
    }
    assert fout == {}


def test_geen_formulier_werkt_zonder_csrf_teken(landschap):
    """Whoever lures an employee to another site cannot act in their name."""
    client = alleskunner(landschap.werker)
    streng = Client(enforce_csrf_checks=True)
    streng.cookies = client.cookies
    zonder = {"csrfmiddlewaretoken": ""}
    assert {stuur(streng, form.actie, form.ingevuld() | zonder) for form in formulieren(client)} == {403}
