"""Feedback is as good as sent when the address is known, and a task for the right person when it is not."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from casus.models import Taak, Terugkoppeling
from melding.services import wijzig_melder
from tests import factories
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.uitpost import bezorg
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor():
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


def na_besluit(noor, **melder) -> Terugkoppeling:
    besluit = factories.besluit(door=noor)
    melding = besluit.vht.melding
    wijzig_melder(melding.melder, door=noor, soort="professional", naam="Karin Smit", **melder)
    tweede = factories.collega(noor)
    besluit = voer_uit(besluit, "leg_voor", door=noor, uitkomst="bij_vt", tweede=tweede)
    voer_uit(besluit, "bevestig", door=tweede)
    return Terugkoppeling.objects.get(meldingsnummer=melding.nummer)


def taak_van(terugkoppeling: Terugkoppeling) -> Taak:
    return Taak.objects.get(soort="terugkoppeling", onderwerp_id=terugkoppeling.pk, stand="open")


@pytest.mark.regel("RW-6.9")
def test_zonder_mailadres_staat_de_taak_bij_de_verantwoordelijke_met_waarom(client, noor):
    gevraagd = na_besluit(noor, email="", email_reden="niet_bekend")
    taak = taak_van(gevraagd)
    assert (taak.voor, taak.pad) == (noor, gevraagd.pad())
    assert "het e-mailadres is niet bekend" in taak.omdat
    werk = client.get("/werk/").content.decode()
    assert gevraagd.pad() in werk
    assert "het e-mailadres is niet bekend" in werk
    assert gevraagd.is_open
    assert not mail.outbox


@pytest.mark.regel("RW-6.9")
def test_met_de_hand_gedaan_is_die_taak_klaar(client, noor):
    gevraagd = na_besluit(noor, email="", email_reden="niet_bekend")
    voer_uit(gevraagd, "doe_anders", door=noor, toelichting="Gebeld met Karin Smit.")
    assert not Taak.objects.filter(soort="terugkoppeling", onderwerp_id=gevraagd.pk, stand="open").exists()


@pytest.mark.regel("RW-6.14")
def test_met_bekend_mailadres_in_twee_klikken_verzonden(client, noor):
    gevraagd = na_besluit(noor, email="karin@school.example")
    assert "e-mailadres is niet bekend" not in taak_van(gevraagd).omdat
    bladzijde = client.get(taak_van(gevraagd).pad)  # click one: the task
    form = bladzijde.context["form"]
    staat_er = {veld.html_name: str(veld.value() or "") for veld in form}
    assert staat_er["adres"] == "karin@school.example"
    assert client.post(gevraagd.pad(), staat_er).status_code == 302  # click two: send, nothing typed
    bezorg()
    assert [bericht.to for bericht in mail.outbox] == [["karin@school.example"]]
    assert gevraagd.meldingsnummer in mail.outbox[0].body
    assert Terugkoppeling.objects.get(pk=gevraagd.pk).stand == "afgeleverd"
