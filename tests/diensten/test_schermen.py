"""Every page of the services: who sees it, what it offers, and that nobody else gets in."""

from __future__ import annotations

import pytest
from django.test import Client

from diensten.models import Keuze, Maatwerk
from diensten.services.keuzes import open_keuze
from tests import factories
from vt_cvs.kern.models import Toegang
from vt_cvs.organisatie.models import Code

pytestmark = pytest.mark.django_db


def als(medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


STANDEN = [
    *((soort, stand) for soort in ("vv", "oz") for stand in ("gekozen", "lopend", "afgerond", "voortijdig_beeindigd")),
    *(
        ("overdracht", stand)
        for stand in ("voorbereiding", "aangeboden", "geaccepteerd", "overgedragen", "geweigerd", "ingetrokken")
    ),
    *(("monitoren", stand) for stand in ("lopend", "afgerond", "opgevolgd")),
    *(("maatwerk", stand) for stand in ("lopend", "afgerond")),
]


@pytest.mark.parametrize(("soort", "stand"), STANDEN)
def test_elke_dienst_heeft_in_elke_stand_een_blad(wie, soort, stand):
    dienst = getattr(factories, soort)(stand, door=wie["noor"])
    for rol, ziet in (("noor", True), ("voorkant", True), ("teamleider", True), ("buiten", False)):
        antwoord = als(wie[rol]).get(dienst.pad())
        assert antwoord.status_code == (200 if ziet else 403)
        if ziet:
            tekst = antwoord.content.decode()
            assert dienst.get_stand_display() in tekst
            assert ('id="stap"' in tekst) == (rol != "voorkant" and not dienst.is_geeindigd)
    lijst = als(wie["noor"]).get(f"{dienst.casus.pad()}diensten/").content.decode()
    assert f'href="{dienst.pad()}"' in lijst


def test_kijken_naar_een_dienst_wordt_gelogd(noor):
    vv = factories.vv(door=noor)
    Toegang.objects.all()
    voor = Toegang.objects.count()
    als(noor).get(vv.pad())
    assert Toegang.objects.count() == voor + 1
    assert Toegang.objects.latest("id").casus_id == vv.casus.pk


@pytest.mark.regel("RW-4.6")
def test_de_lijst_zegt_wie_verantwoordelijk_is_en_hoe_lang_een_gezin_wacht(noor):
    vv = factories.vv(door=noor)
    tekst = als(noor).get(f"{vv.casus.pad()}diensten/").content.decode()
    assert "nog niemand" in tekst
    assert "wacht sinds vandaag" in tekst
    assert "V&amp;V oppakken" in tekst
    assert "10 weken" in tekst


def test_een_dienst_van_een_andere_casus_is_er_niet(noor):
    vv = factories.vv(door=noor)
    ander = factories.casus(noor)
    client = als(noor)
    assert client.get(f"{ander.pad()}diensten/{vv.stap_id}/").status_code == 404
    assert client.get(f"{vv.casus.pad()}diensten/{vv.keuze.stap_id}/").status_code == 404
    assert client.get(f"{ander.pad()}keuze/{vv.keuze.pk}/").status_code == 404
    assert client.get(f"{vv.casus.pad()}diensten/{vv.stap_id}/moment/").status_code == 404
    assert client.get(f"{vv.casus.pad()}diensten/{vv.stap_id}/keuze/").status_code == 404


def test_een_stap_die_nu_niet_kan_brengt_je_naar_het_blad(noor):
    vv = factories.vv(door=noor)
    antwoord = als(noor).get(f"{vv.pad()}rond_af/")
    assert (antwoord.status_code, antwoord.url) == (302, vv.pad())
    assert als(noor).get(f"{vv.pad()}bestaat_niet/").status_code == 302


def test_de_hele_weg_over_het_scherm(noor):
    keuze = factories.keuze(door=noor)
    client = als(noor)
    antwoord = client.post(
        keuze.pad(), {"versie": keuze.versie, "vv": "on", "maatwerk": "on", "soort_maatwerk": "Aware"}
    )
    assert antwoord.url == f"{keuze.casus.pad()}diensten/"
    vv = keuze.casus.stappen.get(soort="vv")
    pad = f"{keuze.casus.pad()}diensten/{vv.pk}/"
    assert client.post(f"{pad}pak_op/", {"versie": 1}).url == pad
    assert client.get(pad).status_code == 200
    ingevuld = {"versie": 2, "vorm_nieuw": "ouders", "uitkomst_nieuw": "bevestigd", "vervolg_monitoren": "on"}
    assert client.post(f"{pad}rond_af/", ingevuld).url == pad
    monitoren = keuze.casus.stappen.get(soort="monitoren")
    pad = f"{keuze.casus.pad()}diensten/{monitoren.pk}/"
    assert client.get(f"{pad}rond_af/").status_code == 200
    geweigerd = client.post(f"{pad}stel_stabiel_veilig_vast/", {"versie": 1})
    assert geweigerd.status_code == 422
    assert 'name="motivering"' in geweigerd.content.decode()
    gedaan = client.post(f"{pad}stel_stabiel_veilig_vast/", {"versie": 1, "motivering": "al stabiel"})
    assert gedaan.url == pad


@pytest.mark.regel("RW-8.18")
def test_het_keuzeblad_vraagt_de_motivering_voor_iemand_drukt(noor):
    keuze = factories.keuze(door=noor, contact=False, acuut=True)
    tekst = als(noor).get(keuze.pad()).content.decode()
    assert 'name="motivering"' in tekst
    assert "Er is nog geen contact geweest met een directbetrokkene." in tekst
    assert "Acute onveiligheid: eerst handelen." in tekst
    antwoord = als(noor).post(
        keuze.pad(), {"versie": keuze.versie, "vv": "on", "motivering": "moeder is in het ziekenhuis"}
    )
    assert antwoord.status_code == 302


def test_wie_niet_mag_kiezen_ziet_de_keuze_wel(wie):
    keuze = factories.keuze(door=wie["noor"], acuut=True)
    tekst = als(wie["voorkant"]).get(keuze.pad()).content.decode()
    assert "Keuze vastleggen" not in tekst
    antwoord = als(wie["voorkant"]).post(keuze.pad(), {"versie": keuze.versie, "vv": "on", "motivering": "toch"})
    assert antwoord.status_code == 200
    assert Keuze.objects.get().stand == "open"


@pytest.mark.regel("RW-9.1")
def test_openen_na_een_ander_besluit_vraagt_waarom(noor):
    besluit = factories.besluit("genomen", door=noor, uitkomst="overdracht")
    pad = f"{besluit.casus.pad()}keuze/openen/{besluit.vht.melding.nummer}/"
    client = als(noor)
    assert pad in client.get(f"{besluit.casus.pad()}diensten/").content.decode()
    assert 'name="motivering"' in client.get(pad).content.decode()
    assert client.post(pad, {}).status_code == 422
    antwoord = client.post(pad, {"motivering": "het wijkteam weigert"})
    assert antwoord.url == Keuze.objects.get().pad()
    assert "het wijkteam weigert" in client.get(antwoord.url).content.decode()


def test_een_nieuwe_keuze_na_een_dienst(noor):
    vv = factories.vv("voortijdig_beeindigd", door=noor)
    client = als(noor)
    assert f'href="{vv.pad()}keuze/"' in client.get(vv.pad()).content.decode()
    antwoord = client.post(f"{vv.pad()}keuze/")
    keuze = Keuze.objects.get(stand="open")
    assert antwoord.url == keuze.pad()
    assert "geen nieuw triagebesluit" in client.get(keuze.pad()).content.decode()


def test_met_een_eigen_lijst_wordt_maatwerk_een_keuze(noor):
    Code.objects.create(lijst="soort_maatwerk", code="aware", label="Aware")
    casus = factories.casus(noor)
    client = als(noor)
    assert '<option value="aware">' in client.get(f"{casus.pad()}diensten/maatwerk/").content.decode()
    client.post(f"{casus.pad()}diensten/maatwerk/", {"soort_maatwerk": "aware"})
    assert "Aware" in client.get(Maatwerk.objects.get().pad()).content.decode()


def test_twee_keer_kiezen_zegt_de_tweede_wat_er_staat(noor):
    besluit = factories.besluit("genomen", door=noor, uitkomst="einde")
    keuze = open_keuze(besluit.vht, door=noor, motivering="toch")
    client = als(noor)
    inhoud = {"versie": keuze.versie, "maatwerk": "on", "motivering": "geen contact mogelijk"}
    assert client.post(keuze.pad(), inhoud).status_code == 302
    assert client.post(keuze.pad(), inhoud).status_code == 200
    assert Maatwerk.objects.count() == 1


@pytest.mark.parametrize("tekst", ["\x00nul", "😀 \u202eomgekeerd", "x" * 300_000, "<script>alert(1)</script>"])
def test_vreemde_tekst_geeft_nooit_een_fout(noor, tekst):
    keuze = factories.keuze(door=noor, acuut=True)
    antwoord = als(noor).post(keuze.pad(), {"vv": "on", "toelichting": tekst, "partij": tekst, "motivering": tekst})
    assert antwoord.status_code in {302, 422}
    assert "<script>alert" not in als(noor).get(keuze.pad()).content.decode()
