"""The half-filled form: whose it is, who can read it, and when it is gone."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from melding.formulier import opslag
from melding.formulier.tasks import ruim_concepten_op
from melding.formulier.versturen import verstuur
from melding.models import Concept, Signaal
from tests.formulier.conftest import BEGIN, GEHEIM, VERHAAL, Bezoeker, verborgen
from tests.melding.conftest import bestanden

pytestmark = pytest.mark.django_db


def test_wat_half_is_ingevuld_is_in_de_database_niet_te_lezen(bezoeker):
    bezoeker.begin().vertel()
    bezoeker.vul("/melden/gegevens/", **GEHEIM)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(c)::text, encode(inhoud, 'escape') FROM melding_concept c")
        (rij,) = cursor.fetchall()
    token = bezoeker.client.cookies["melding"].value
    for geheim in (*GEHEIM.values(), VERHAAL, "omgeving", token):
        assert geheim not in "".join(rij)


def test_het_koekje_is_alleen_voor_deze_bladzijden_en_deze_browser(bezoeker):
    bezoeker.begin()
    koek = bezoeker.client.cookies["melding"]
    assert (koek["httponly"], koek["samesite"], koek["path"], koek["max-age"]) == (True, "Strict", "/melden/", "")
    assert set(bezoeker.client.cookies) <= {"melding", "csrftoken"}


def test_niets_van_wat_is_ingevuld_staat_in_een_adres_of_in_het_log(bezoeker, caplog):
    with caplog.at_level(logging.DEBUG):
        antwoorden = [
            bezoeker.begin().vul("/melden/gegevens/", **GEHEIM),
            bezoeker.vul("/melden/situatie/", tekst=VERHAAL),
            bezoeker.vul("/melden/kinderen/1/", voornamen="Proefkind"),
            bezoeker.verstuur(),
        ]
    adressen = " ".join(antwoord["Location"] for antwoord in antwoorden)
    for geheim in (*GEHEIM.values(), VERHAAL, "Proefkind"):
        assert geheim not in adressen
        assert geheim not in caplog.text


def test_geen_enkele_bladzijde_blijft_ergens_bewaard(bezoeker):
    bezoeker.begin().vertel()
    for pad in (BEGIN, "/melden/situatie/", "/melden/kinderen/1/", "/melden/bestanden/", "/melden/controle/"):
        antwoord = bezoeker.zie(pad)
        assert antwoord.status_code == 200
        assert "no-store" in antwoord["Cache-Control"]


def test_terug_staat_alles_er_nog(bezoeker):
    bezoeker.begin().vertel(duur="langer")
    bezoeker.vul("/melden/meldcode/", meldcodestappen=["2"])
    pagina = bezoeker.zie("/melden/situatie/").content.decode()
    assert VERHAAL in pagina
    assert 'value="langer"' in pagina
    assert "checked" in pagina.split('value="langer"')[1][:90]


def test_een_ander_ziet_er_niets_van(bezoeker):
    bezoeker.begin().vertel()
    ander = Bezoeker()
    assert ander.zie("/melden/situatie/").status_code == 410
    ander.client.cookies["melding"] = "x" * 500
    assert VERHAAL not in ander.zie("/melden/situatie/").content.decode()


def test_na_twee_uur_is_alles_weg_ook_het_bestand(bezoeker):
    bezoeker.begin().vertel()
    stuur_bestand(bezoeker, b"tekst", "a.txt")
    assert len(bestanden()) == 1
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=59), tick=False):
        assert ruim_concepten_op() == 0
        assert bezoeker.zie("/melden/situatie/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=1), tick=False):
        assert bezoeker.zie("/melden/situatie/").status_code == 410  # before the clock came by as well
        with django_capture():
            assert ruim_concepten_op() == 1
        assert ruim_concepten_op() == 0
    assert not Concept.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("hoe", ["verstuurd", "gestopt", "snel weg", "opgeruimd"])
def test_het_bestand_gaat_weg_met_het_concept(hoe):
    bezoeker = Bezoeker().begin().vertel()
    stuur_bestand(bezoeker, b"tekst", "a.txt")
    assert len(concepten_op_schijf()) == 1
    if hoe == "verstuurd":
        bezoeker.verstuur()
        assert Signaal.objects.get().bijlagen.get().naam == "a.txt"
    elif hoe == "gestopt":
        bezoeker.vul("/melden/wissen/")
    elif hoe == "snel weg":
        bezoeker.zie("/melden/weg/")
    else:
        Concept.objects.update(bijgewerkt_op=timezone.now() - timedelta(hours=3))
        ruim_concepten_op()
    assert concepten_op_schijf() == []


def concepten_op_schijf() -> list[str]:
    return [pad for pad in bestanden() if "concept-" in pad]


def test_stoppen_wist_alles_en_zegt_dat(bezoeker):
    bezoeker.begin().vertel()
    pagina = bezoeker.zie("/melden/situatie/").content.decode()
    antwoord = bezoeker.client.post(
        "/melden/wissen/", {"csrfmiddlewaretoken": verborgen(pagina, "csrfmiddlewaretoken")}
    )
    assert antwoord["Location"] == "/melden/gewist/"
    assert not Concept.objects.exists()
    assert bezoeker.client.cookies["melding"].value == ""
    assert "Alles is gewist" in bezoeker.zie("/melden/gewist/").content.decode()


def test_snel_weg_wist_en_gaat_ook_zonder_javascript_naar_een_andere_pagina(bezoeker, settings):
    settings.VT_SNELWEG = "https://weg.example/"
    bezoeker.begin().vertel()
    antwoord = bezoeker.zie("/melden/weg/")
    assert (antwoord.status_code, antwoord["Location"]) == (302, "https://weg.example/")
    assert not Concept.objects.exists()
    assert bezoeker.zie("/melden/situatie/").status_code == 410


def test_een_te_lezen_concept_met_een_verdwenen_sleutel_is_leeg(bezoeker, settings):
    import base64

    bezoeker.begin().vertel()
    settings.VT_SLEUTELS = "nieuw:" + base64.b64encode(b"x" * 32).decode()
    assert opslag.lees(Concept.objects.get()) == opslag.Antwoorden()
    assert bezoeker.zie("/melden/controle/").status_code == 200


# --- two tabs -------------------------------------------------------------------------------------------------------


def test_twee_tabbladen_verliezen_niets_van_elkaar(bezoeker):
    bezoeker.begin()
    een = bezoeker.zie("/melden/situatie/").content.decode()
    twee = bezoeker.zie("/melden/hulp/").content.decode()
    bezoeker.client.post("/melden/situatie/", {"concept": verborgen(een, "concept"), "tekst": VERHAAL})
    bezoeker.client.post("/melden/hulp/", {"concept": verborgen(twee, "concept"), "hulpverlening": "ja"})
    antwoorden = opslag.lees(Concept.objects.get())
    assert (antwoorden.antwoord("situatie", "tekst"), antwoorden.antwoord("hulp", "hulpverlening")) == (VERHAAL, "ja")


def test_een_oud_tabblad_schrijft_niet_in_een_nieuwe_melding_en_verliest_niets(bezoeker):
    bezoeker.begin()
    oud = verborgen(bezoeker.zie("/melden/situatie/").content.decode(), "concept")
    bezoeker.vul("/melden/wissen/")
    bezoeker.begin("werk")
    antwoord = bezoeker.client.post("/melden/situatie/", {"concept": oud, "tekst": "van het vorige gezin"})
    assert antwoord.status_code == 422
    pagina = antwoord.content.decode()
    assert "van het vorige gezin" in pagina
    assert "opnieuw" in pagina
    assert opslag.lees(Concept.objects.get()).van("situatie") == {}
    nogmaals = {"concept": verborgen(pagina, "concept"), "tekst": "van het vorige gezin"}
    assert bezoeker.client.post("/melden/situatie/", nogmaals).status_code == 302


def test_een_verlopen_bladzijde_houdt_wat_er_op_staat(bezoeker):
    bezoeker.begin()
    oud = verborgen(bezoeker.zie("/melden/situatie/").content.decode(), "concept")
    Concept.objects.all().delete()
    antwoord = bezoeker.client.post("/melden/situatie/", {"concept": oud, "tekst": VERHAAL})
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert VERHAAL in pagina
    assert bezoeker.client.post("/melden/situatie/", {"concept": verborgen(pagina, "concept"), "tekst": VERHAAL})
    assert opslag.lees(Concept.objects.get()).antwoord("situatie", "tekst") == VERHAAL


def test_een_oud_tabblad_verstuurt_geen_andere_melding(bezoeker):
    bezoeker.begin().vertel()
    pagina = bezoeker.zie("/melden/controle/").content.decode()
    oud = {naam: verborgen(pagina, naam) for naam in ("concept", "stempel")}
    bezoeker.vul("/melden/wissen/")
    bezoeker.begin().vertel()
    assert bezoeker.client.post("/melden/controle/", oud).status_code == 409
    assert not Signaal.objects.exists()


# --- sending once ---------------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-6.18")
def test_nog_een_keer_versturen_geeft_hetzelfde_nummer_en_een_melding(bezoeker):
    bezoeker.begin().vertel()
    pagina = bezoeker.zie("/melden/controle/").content.decode()
    verzoek = {naam: verborgen(pagina, naam) for naam in ("concept", "stempel")}
    for _ in range(3):
        assert bezoeker.client.post("/melden/controle/", verzoek)["Location"] == "/melden/klaar/"
    assert bezoeker.nummer() == Signaal.objects.get().nummer


def test_terug_na_versturen_verstuurt_niet_opnieuw(bezoeker):
    bezoeker.begin().vertel()
    oud = verborgen(bezoeker.zie("/melden/situatie/").content.decode(), "concept")
    bezoeker.verstuur()
    for pad in ("/melden/situatie/", "/melden/controle/", "/melden/kinderen/1/", "/melden/bestanden/"):
        assert bezoeker.zie(pad)["Location"] == "/melden/klaar/"
        assert bezoeker.client.post(pad, {"concept": oud, "tekst": "nog iets"})["Location"] == "/melden/klaar/"
    assert Signaal.objects.count() == 1


def test_na_versturen_is_er_op_het_scherm_en_in_de_database_alleen_het_nummer(bezoeker):
    bezoeker.begin().vertel()
    bezoeker.vul("/melden/gegevens/", **GEHEIM)
    bezoeker.verstuur()
    concept = Concept.objects.get()
    assert (bytes(concept.inhoud), concept.bestanden) == (b"", [])
    pagina = bezoeker.zie("/melden/klaar/").content.decode()
    for geheim in (*GEHEIM.values(), VERHAAL):
        assert geheim not in pagina


def test_wie_daarna_opnieuw_meldt_begint_leeg_en_krijgt_een_ander_nummer(bezoeker):
    bezoeker.begin().vertel().verstuur()
    eerste = bezoeker.nummer()
    assert "checked" not in bezoeker.zie(BEGIN).content.decode()
    bezoeker.begin()
    assert VERHAAL not in bezoeker.zie("/melden/situatie/").content.decode()
    bezoeker.vertel().verstuur()
    assert bezoeker.nummer() != eerste
    assert Signaal.objects.count() == 2


@pytest.mark.regel("RW-5.1")
def test_de_database_weigert_een_verzonden_concept_met_inhoud(bezoeker):
    from django.db import IntegrityError, transaction

    bezoeker.begin().vertel()
    with pytest.raises(IntegrityError, match="rw_5_1_verzonden_concept_is_leeg"), transaction.atomic():
        Concept.objects.update(nummer="M-771-240-596")


def stuur_bestand(bezoeker, inhoud: bytes, naam: str, **velden):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return bezoeker.vul("/melden/bestanden/", bestand=SimpleUploadedFile(naam, inhoud), actie="toevoegen", **velden)


def django_capture():
    from django.test import TestCase

    return TestCase.captureOnCommitCallbacks(execute=True)


@pytest.mark.regel("RW-6.18")
@pytest.mark.django_db(transaction=True)
def test_wie_tegelijk_twee_keer_verstuurt_krijgt_een_melding():
    """Both requests are past every check of the page; the row decides."""
    bezoeker = Bezoeker().begin().vertel()
    token = bezoeker.client.cookies["melding"].value

    def stuur(_nummer: int) -> str:
        try:
            return verstuur(token)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as draden:
        nummers = set(draden.map(stuur, range(4)))
    assert nummers == {Signaal.objects.get().nummer}
