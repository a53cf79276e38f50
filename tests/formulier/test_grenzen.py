"""Flood and spam: programs are held up, people never lose a report."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from melding.formulier import grenzen
from melding.formulier.grenzen import Grens
from melding.models import Concept, Signaal
from tests.formulier.conftest import BEGIN, VERHAAL, Bezoeker, verborgen

pytestmark = pytest.mark.django_db


def zet(monkeypatch, wat: str, per_adres: int, samen: int) -> None:
    monkeypatch.setitem(grenzen.GRENZEN, wat, Grens(per_adres, samen))


def test_te_veel_van_een_adres_houdt_dat_adres_op_en_een_ander_niet(voorkant, monkeypatch):
    zet(monkeypatch, "versturen", 1, 100)
    een, twee, elders = Bezoeker(), Bezoeker(), Bezoeker("198.51.100.7")
    assert een.begin().vertel().verstuur().status_code == 302
    antwoord = twee.begin().vertel().verstuur()
    assert antwoord.status_code == 429
    assert "0800 2000" in antwoord.content.decode()
    assert VERHAAL in antwoord.content.decode()
    assert elders.begin().vertel().verstuur().status_code == 302
    assert Signaal.objects.count() == 2


def test_er_is_een_plafond_voor_iedereen_samen_met_een_telefoonnummer(voorkant, monkeypatch):
    zet(monkeypatch, "bladzijde", 100, 2)
    for nummer in range(2):
        assert Bezoeker(f"192.0.2.{nummer}").zie(BEGIN).status_code == 200
    antwoord = Bezoeker("192.0.2.99").zie(BEGIN)
    assert antwoord.status_code == 429
    assert antwoord["Retry-After"]
    assert 'href="tel:08002000"' in antwoord.content.decode()


def test_wie_niet_mag_beginnen_houdt_wat_op_het_blad_staat(voorkant, monkeypatch):
    zet(monkeypatch, "beginnen", 0, 0)
    antwoord = Bezoeker().vul(BEGIN, wie="werk")
    assert "erg druk" in antwoord.content.decode()
    assert not Concept.objects.exists()


@pytest.mark.regel("PRO-1")
def test_drukte_op_een_adres_neemt_niemand_de_bladzijde_af_die_hij_verstuurt(bezoeker, monkeypatch):
    bezoeker.begin()
    pagina = bezoeker.zie("/melden/situatie/").content.decode()
    zet(monkeypatch, "bladzijde", 0, 0)  # somebody else at this address, or everybody together, uses it all up
    verzonden = {"concept": verborgen(pagina, "concept"), "tekst": VERHAAL}
    assert bezoeker.client.post("/melden/situatie/", verzonden).status_code == 302
    assert VERHAAL in bezoeker.zie("/melden/controle/").content.decode()
    assert bezoeker.verstuur().status_code == 302
    assert Signaal.objects.get().tekst == VERHAAL


@pytest.mark.regel("PRO-1")
def test_ook_de_eerste_bladzijde_komt_bij_drukte_terug_met_wat_erop_stond(voorkant, monkeypatch):
    drukte = Bezoeker(enforce_csrf_checks=True)
    teken = verborgen(drukte.zie(BEGIN).content.decode(), "csrfmiddlewaretoken")
    with monkeypatch.context() as even:
        zet(even, "bladzijde", 0, 0)
        antwoord = drukte.client.post(
            BEGIN, "wie=werk&csrfmiddlewaretoken=" + teken, content_type="application/x-www-form-urlencoded"
        )
    assert antwoord.status_code == 429
    pagina = antwoord.content.decode()
    assert verborgen(pagina, "wie") == "werk"
    opnieuw = {naam: verborgen(pagina, naam) for naam in ("wie", "csrfmiddlewaretoken")}
    assert drukte.client.post(BEGIN, opnieuw).status_code == 302
    assert Concept.objects.count() == 1


def test_een_formulier_dat_zelf_de_drukte_is_wordt_wel_opgehouden_en_verliest_niets(bezoeker, monkeypatch):
    bezoeker.begin()
    teken = verborgen(bezoeker.zie("/melden/situatie/").content.decode(), "concept")
    zet(monkeypatch, "bladzijde", 0, 0)
    monkeypatch.setattr(grenzen, "ONDERWEG", 1)
    bezoeker.zie("/melden/situatie/")
    verzonden = f"concept={teken}&tekst=%3Cb%3Ehoi%3C%2Fb%3E"
    soort = "application/x-www-form-urlencoded"
    antwoord = bezoeker.client.post("/melden/situatie/", verzonden, content_type=soort)
    assert antwoord.status_code == 429
    assert 'value="&lt;b&gt;hoi&lt;/b&gt;"' in antwoord.content.decode()


def test_van_een_andere_site_komt_bij_drukte_niets_op_onze_bladzijde(voorkant, monkeypatch):
    zet(monkeypatch, "bladzijde", 0, 0)
    vreemd = Bezoeker(enforce_csrf_checks=True)
    antwoord = vreemd.client.post(BEGIN, "wie=opgelicht", content_type="application/x-www-form-urlencoded")
    assert "opgelicht" not in antwoord.content.decode()


def test_snel_weg_en_stoppen_kunnen_altijd(bezoeker, monkeypatch):
    bezoeker.begin()
    zet(monkeypatch, "bladzijde", 0, 0)
    assert bezoeker.zie("/melden/weg/").status_code == 302
    assert not Concept.objects.exists()


def test_een_adres_staat_nergens_voluit(voorkant, monkeypatch):
    sleutels: list[str] = []
    echt = cache.add
    monkeypatch.setattr(cache, "add", lambda sleutel, *a, **k: sleutels.append(sleutel) or echt(sleutel, *a, **k))
    Bezoeker("203.0.113.77").begin().vertel().verstuur()
    assert sleutels
    assert not any("203.0.113.77" in sleutel for sleutel in sleutels)


def test_is_de_teller_weg_dan_gaat_melden_door(bezoeker, monkeypatch):
    def stuk(*_args, **_kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "add", stuk)
    assert bezoeker.begin().vertel().verstuur().status_code == 302


@pytest.mark.parametrize(
    ("keten", "proxies", "adres"),
    [
        ("", 0, "192.0.2.1"),
        ("198.51.100.9", 0, "192.0.2.1"),
        ("6.6.6.6, 198.51.100.9", 1, "198.51.100.9"),
        ("198.51.100.9", 2, "198.51.100.9"),
        ("geen adres", 1, "onbekend"),
    ],
)
def test_het_adres_is_wat_onze_eigen_proxy_zag(settings, keten, proxies, adres):
    settings.VT_PROXIES = proxies
    verzoek = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=keten)
    assert grenzen._adres(verzoek) == adres


def test_een_huis_met_ipv6_telt_als_een_adres():
    verzoeken = [RequestFactory().get("/", REMOTE_ADDR=f"2001:db8:1:2::{n}") for n in (1, 2)]
    assert len({grenzen.adreskenmerk(verzoek) for verzoek in verzoeken}) == 1


def test_wie_het_verborgen_veld_invult_wordt_een_keer_opgehouden_en_verliest_niets(bezoeker):
    bezoeker.begin().vertel()
    antwoord = bezoeker.verstuur(website="https://spam.example")
    assert antwoord.status_code == 422
    assert not Signaal.objects.exists()
    assert bezoeker.verstuur().status_code == 302


def test_wie_binnen_een_tel_verstuurt_drukt_nog_een_keer(bezoeker, monkeypatch):
    bezoeker.begin().vertel()
    monkeypatch.setattr(grenzen, "MINSTENS", 60)
    antwoord = bezoeker.verstuur()
    assert antwoord.status_code == 422
    assert "nog een keer" in antwoord.content.decode()
    assert not Signaal.objects.exists()
    monkeypatch.setattr(grenzen, "MINSTENS", 0)
    assert bezoeker.verstuur().status_code == 302


@pytest.mark.parametrize("stempel", ["", "x", "a:1:b", "\x00"])
def test_een_verzonnen_stempel_verstuurt_niets(bezoeker, stempel):
    bezoeker.begin().vertel()
    assert bezoeker.verstuur(stempel=stempel).status_code == 422
    assert not Signaal.objects.exists()


def test_van_een_andere_site_kan_niemand_iets_versturen(voorkant):
    bezoeker = Bezoeker()
    bezoeker.client.handler.enforce_csrf_checks = True
    antwoord = bezoeker.client.post(BEGIN, {"wie": "zelf"})
    assert antwoord.status_code == 403
    assert "0800 2000" in antwoord.content.decode()
    assert not Concept.objects.exists()
