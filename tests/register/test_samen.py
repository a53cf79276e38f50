"""Koppeling and registerdienst together, over HTTP: outages, a killed worker, and two organisations."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings as instellingen
from psycopg.conninfo import make_conninfo

from casus.models import Taak
from casus.services.betrokkenen import verwijder_betrokkene
from casus.services.casussen import sluit_casus
from register.models import Registermatch, Registratie
from register.services.matches import TAAK, synchroniseer
from tests import factories
from tests.register.conftest import ROOT, SLEUTELS, Dienst
from tests.register.gereedschap import bezorg, directbetrokkene, registratie
from vt_cvs.kern.models import Uitpost
from vt_cvs.koppelingen.register import HttpRegister, Registratiebericht, pseudoniem

pytestmark = [pytest.mark.xdist_group("register"), pytest.mark.django_db]
STERF_NA_HET_STUREN = """
import os, signal, django
django.setup()
from vt_cvs.koppelingen.register import HttpRegister
stuur = HttpRegister.meld
def meld(self, bericht, *, sleutel):
    stuur(self, bericht, sleutel=sleutel)
    os.kill(os.getpid(), signal.SIGKILL)
HttpRegister.meld = meld
from vt_cvs.kern.uitpost import bezorg
bezorg()
"""


@pytest.fixture
def wij(dienst: Dienst, settings) -> Dienst:
    """This installation is Veilig Thuis Merenland, connected to the running service."""
    settings.REGISTER_URL, settings.REGISTER_SLEUTEL = dienst.url, SLEUTELS["merenland"]
    return dienst


def buur(dienst: Dienst, b, *, versie: int = 1, stand: str = "actief") -> None:
    """Another installation, with a key of its own, is involved with the same person."""
    vol = registratie_van(b, versie=versie)
    if stand == "verwijderd":
        vol = Registratiebericht(vol.pseudoniem, versie, stand)
    dienst.register("kuststreek").meld(vol, sleutel=Uitpost().sleutel)


def registratie_van(b, *, versie: int) -> Registratiebericht:
    bsn = b.persoon.bsn
    begin = b.sinds.date()
    return Registratiebericht(pseudoniem(bsn), versie, "actief", bsn=bsn, naam="J. Terpstra", begin=begin)


@pytest.mark.regel("RW-14.3", "RW-14.4", "RW-14.5")
def test_twee_installaties_horen_van_elkaar_precies_een_keer(wij):
    b = directbetrokkene(factories.casus())
    bezorg()
    buur(wij, b)
    assert synchroniseer() == 1
    assert synchroniseer() == 0
    assert Registermatch.objects.get().andere_organisatie == "Veilig Thuis Kuststreek"
    assert Taak.objects.get(soort=TAAK).voor == b.casus.verantwoordelijke
    [daar] = wij.register("kuststreek").berichten()
    assert (daar.soort, daar.organisatie, daar.telefoon, daar.stand) == (
        "match",
        "Veilig Thuis Merenland",
        "088 555 01 00",
        "actief",
    )
    wij.register("kuststreek").ontvangen(daar.id)
    assert wij.register("kuststreek").berichten() == []


@pytest.mark.regel("RW-14.6", "RW-14.7")
def test_de_buur_ziet_onze_casus_sluiten_en_onze_registratie_verdwijnen(wij):
    b = directbetrokkene(factories.casus())
    buur(wij, b)
    bezorg()
    synchroniseer()
    Taak.objects.update(houdt_sluiten_tegen=False)
    sluit_casus(b.casus, door=b.casus.verantwoordelijke)
    bezorg()
    verwijder_betrokkene(b, door=b.casus.verantwoordelijke, reden="vergissing")
    bezorg()
    daar = wij.register("kuststreek")
    assert [(bericht.soort, bericht.stand) for bericht in daar.berichten()] == [
        ("match", "actief"),
        ("stand", "inactief"),
        ("ingetrokken", ""),
    ]
    assert not Registermatch.objects.exists()


@pytest.mark.regel("RW-14.7")
def test_wij_zien_de_registratie_van_de_buur_verdwijnen(wij):
    b = directbetrokkene(factories.casus())
    bezorg()
    buur(wij, b)
    synchroniseer()
    buur(wij, b, versie=2, stand="verwijderd")
    synchroniseer()
    assert not Registermatch.objects.exists()


@pytest.mark.regel("RW-3.3", "RW-14.4")
def test_met_de_dienst_uit_gaat_alles_door_en_komt_het_later_precies_een_keer(wij):
    wij.stop()
    b = directbetrokkene(factories.casus())
    bezorg()
    bezorg()
    assert registratie(b).stand == Registratie.Stand.TE_VERSTUREN
    [wacht] = Uitpost.objects.filter(bezorgd_op=None)
    assert (wacht.pogingen, wacht.fout) == (2, "VT Register niet bereikbaar (ConnectError)")
    wij.start()
    bezorg()
    bezorg()
    assert registratie(b).stand == Registratie.Stand.ACTIEF
    assert wij.sql("SELECT count(*) FROM dienst_ontvangst") == [(1,)]
    assert wij.sql("SELECT stand, versie FROM dienst_registratie") == [("actief", 1)]


@pytest.mark.regel("RW-3.3")
def test_een_dienst_die_niets_terugzegt_houdt_een_bezorger_hooguit_even_vast(wij, settings, monkeypatch):
    import socket

    monkeypatch.setattr("vt_cvs.koppelingen.register.GEDULD", 0.3)
    with socket.socket() as zwijgt:
        zwijgt.bind(("127.0.0.1", 0))
        zwijgt.listen()
        settings.REGISTER_URL = f"http://127.0.0.1:{zwijgt.getsockname()[1]}"
        b = directbetrokkene(factories.casus())
        begin = time.monotonic()
        bezorg()
    assert time.monotonic() - begin < 5
    assert registratie(b).stand == Registratie.Stand.TE_VERSTUREN


def test_met_een_verkeerde_sleutel_wacht_het_bericht_met_de_reden_erbij(wij, settings):
    settings.REGISTER_SLEUTEL = "oud"
    directbetrokkene(factories.casus())
    bezorg()
    assert Uitpost.objects.get(bezorgd_op=None).fout == "VT Register antwoordt 401"


@pytest.mark.django_db(transaction=True)
@pytest.mark.regel("RW-14.4")
def test_een_bezorger_die_sterft_tussen_sturen_en_afvinken_stuurt_opnieuw_en_de_dienst_telt_een_keer(wij):
    b = directbetrokkene(factories.casus())
    buur(wij, b)
    db = instellingen.DATABASES["default"]
    plek = {"host": db["HOST"], "port": db["PORT"], "user": db["USER"], "password": db["PASSWORD"]}
    omgeving = {
        **os.environ,
        "DATABASE_URL": make_conninfo(dbname=db["NAME"], **{k: v for k, v in plek.items() if v}),
        "VT_REGISTER_URL": wij.url,
        "VT_REGISTER_SLEUTEL": SLEUTELS["merenland"],
        "PYTHONPATH": str(ROOT),
    }
    dood = subprocess.run(
        [sys.executable, "-c", STERF_NA_HET_STUREN], env=omgeving, capture_output=True, check=False, timeout=60
    )
    assert dood.returncode == -signal.SIGKILL, dood.stderr.decode()
    assert wij.sql("SELECT count(*) FROM dienst_registratie WHERE versie = 1") == [(2,)]
    assert registratie(b).stand == Registratie.Stand.TE_VERSTUREN
    einde = time.monotonic() + 10
    while bezorg() == 0 and time.monotonic() < einde:  # until PostgreSQL has noticed that the other is gone
        time.sleep(0.1)
    assert registratie(b).stand == Registratie.Stand.ACTIEF
    assert wij.sql("SELECT count(*) FROM dienst_ontvangst") == [(2,)]
    assert wij.sql("SELECT count(*) FROM dienst_match") == [(1,)]
    assert len(wij.register("kuststreek").berichten()) == 1
    assert synchroniseer() == 1
    assert Registermatch.objects.count() == 1


def test_de_poort_van_deze_installatie_komt_uit_de_instellingen(wij):
    from vt_cvs.koppelingen.register import registerpoort

    poort = registerpoort()
    assert isinstance(poort, HttpRegister)
    assert (poort.url, poort.sleutel) == (wij.url, SLEUTELS["merenland"])
