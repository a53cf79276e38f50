"""The form of another site: the same questions, the same limits, a key of its own kind."""

from __future__ import annotations

import copy

import pytest
from django.test import Client

from melding.formulier import grenzen
from melding.formulier.api import VOORBEELD
from melding.formulier.grenzen import Grens
from melding.models import Signaal
from melding.services import neem_melding_aan
from tests import factories
from tests.melding.conftest import PAD as ORGANISATIE
from tests.melding.conftest import als_base64, fouten
from vt_cvs.organisatie.models import Afzender, Rol

pytestmark = pytest.mark.django_db
PAD = "/api/v1/openbare-meldingen"


@pytest.fixture
def sleutel(voorkant) -> str:
    return Afzender.nieuw("Wijkplein Merenland", soort=Afzender.Soort.WEBFORMULIER)[1]


@pytest.fixture
def lever(sleutel):
    def doe(bericht, pad=PAD, met=sleutel):
        return Client().post(pad, bericht, content_type="application/json", headers={"Authorization": f"Bearer {met}"})

    return doe


@pytest.fixture
def bericht() -> dict:
    return copy.deepcopy(VOORBEELD)


@pytest.mark.regel("PRO-1", "PRO-2", "RW-5.1")
def test_een_melding_via_een_andere_site_komt_net_zo_binnen(lever, bericht):
    antwoord = lever(bericht)
    signaal = Signaal.objects.get()
    assert (antwoord.status_code, antwoord.json()) == (201, {"meldingsnummer": signaal.nummer})
    assert (signaal.bron, signaal.afhankelijken, signaal.gevaar) == ("formulier", "ja", "nee")
    assert signaal.meldcode.meldcodestappen == ["1", "2", "3", "4", "5"]
    assert (signaal.meldcode.melden_nodig, signaal.meldcode.hulp_mogelijk) == ("ja", "nee")
    melder = neem_melding_aan(signaal, door=factories.medewerker(Rol.VOORKANT)).melder
    assert (melder.soort, melder.organisatie) == ("professional", "onderwijs")


def test_de_site_zelf_is_geen_melder(lever, bericht):
    del bericht["melder"]
    lever(bericht)
    melder = neem_melding_aan(Signaal.objects.get(), door=factories.medewerker(Rol.VOORKANT)).melder
    assert (melder.soort, melder.organisatie) == ("", "")


def test_alleen_kenmerk_en_tekst_zijn_nodig(lever):
    assert lever({"kenmerk": "a", "tekst": "Er is iets."}).status_code == 201
    assert set(fouten(lever({"kenmerk": "b"}))) == {"/tekst"}
    assert set(fouten(lever({"tekst": " ", "kenmerk": "c"}))) == {"/tekst"}


def test_hetzelfde_bericht_geeft_hetzelfde_nummer(lever, bericht):
    eerste, tweede = lever(bericht), lever(bericht)
    assert (eerste.json(), tweede.status_code) == (tweede.json(), 200)
    assert lever(bericht | {"tekst": "iets anders"}).status_code == 409


def test_elke_sleutel_opent_alleen_zijn_eigen_adres(lever, bericht):
    politie = Afzender.nieuw("Politie Merenland")[1]
    assert lever(bericht, pad=ORGANISATIE).status_code == 403
    assert lever(bericht, met=politie).status_code == 403
    assert lever(bericht, met="onbekend").status_code == 401
    assert Client().post(PAD, bericht, content_type="application/json").status_code == 401
    assert not Signaal.objects.exists()


def test_ook_een_organisatie_kan_de_meldcode_meesturen(lever, bericht):
    school = Afzender.nieuw("Scholengroep", "onderwijs")[1]
    assert lever(bericht, pad=ORGANISATIE, met=school).status_code == 201
    assert Signaal.objects.get().meldcode.afwegingskader == "onderwijs en leerplicht"


@pytest.mark.parametrize("waarde", ["misschien", "NEE", "", None])
def test_een_antwoord_in_andere_woorden_wordt_niet_geweigerd(lever, bericht, waarde):
    assert lever(bericht | {"gevaar": waarde}).status_code == 201
    assert Signaal.objects.get().gevaar == {"misschien": "onbekend", "NEE": "nee"}.get(waarde, "")


@pytest.mark.parametrize(
    ("meldcode", "plek"),
    [
        ({"meldcodestappen": ["7"]}, "/meldcode/meldcodestappen/0"),
        ({"meldcodestappen": "1"}, "/meldcode/meldcodestappen"),
        ({"stap": "1"}, "/meldcode/stap"),
        ("ja", "/meldcode"),
    ],
)
def test_een_meldcode_die_niet_te_lezen_is_wordt_met_zijn_plek_geweigerd(lever, bericht, meldcode, plek):
    antwoord = lever(bericht | {"meldcode": meldcode})
    assert antwoord.status_code == 400
    assert any(gevonden.startswith(plek) for gevonden in fouten(antwoord))
    assert not Signaal.objects.exists()


def test_dezelfde_grenzen_aan_bijlagen_als_op_het_formulier(lever, bericht):
    stuk = {"naam": "a.txt", "inhoud": als_base64(b"x")}
    assert lever(bericht | {"bijlagen": [stuk] * 5}).status_code == 201
    assert lever(bericht | {"kenmerk": "b", "bijlagen": [stuk] * 6}).status_code == 422
    vol = [{"naam": "a.exe", "inhoud": als_base64(b"MZ" + b"\x00" * 200)}]
    assert lever(bericht | {"kenmerk": "c", "bijlagen": vol}).status_code == 422


def test_te_veel_in_een_uur_geeft_een_telefoonnummer(lever, bericht, monkeypatch):
    monkeypatch.setattr(grenzen, "AANLEVEREN", Grens(1, 100))
    assert lever(bericht).status_code == 201
    antwoord = lever(bericht | {"kenmerk": "b"})
    assert antwoord.status_code == 429
    assert "0800 2000" in antwoord.json()["detail"]
    assert antwoord["Retry-After"]


def test_het_openapi_document_beschrijft_het_adres_en_de_meldcode():
    document = Client().get("/api/v1/openapi.json").json()
    bewerking = document["paths"][PAD]["post"]
    assert bewerking["security"] == [{"sleutel": []}]
    assert {"201", "200", "429", "default"} <= set(bewerking["responses"])
    vorm = document["components"]["schemas"]["OpenbareMeldingVorm"]
    assert set(vorm["required"]) == {"kenmerk", "tekst"}
    assert "meldcode" in vorm["properties"]
