"""Intake through the API: what a sender may do, and what comes of it."""

from __future__ import annotations

import json

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from casus.models import Taak
from melding.models import Signaal
from tests import factories
from tests.factories import SLEUTELS
from tests.melding.conftest import PAD, als_base64, bestanden, fouten, niets_bewaard
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


# --- the good report ----------------------------------------------------------------------------------------------


def test_een_melding_wordt_een_signaal_en_de_afzender_krijgt_alleen_het_nummer(lever, bericht):
    antwoord = lever(bericht)
    signaal = Signaal.objects.get()
    assert antwoord.status_code == 201
    assert antwoord.json() == {"meldingsnummer": signaal.nummer}
    assert "Location" not in antwoord
    assert antwoord["API-Version"]
    assert (signaal.stand, signaal.kenmerk, signaal.tekst) == ("nieuw", "2026-218840", bericht["tekst"])
    assert signaal.twijfels == []
    kind, volwassene = signaal.personen.order_by("soort")
    assert (kind.soort, str(kind), kind.twijfels) == ("kind", "Noa Brouwers", [])
    assert (volwassene.bsn, volwassene.straat, volwassene.twijfels) == ("999990019", "Vlierstraat 41", [])


@pytest.mark.regel("RW-5.12a")
def test_de_melding_staat_met_haar_termijn_onverdeeld_in_mijn_werk(lever, bericht, voorkant):
    lever(bericht)
    taak = Taak.objects.get()
    signaal = Signaal.objects.get()
    assert (taak.titel, taak.pad, taak.voor, taak.team) == (
        "Melding oppakken",
        f"/signaal/{signaal.nummer}/",
        None,
        voorkant.team,
    )
    assert taak.uiterlijk == signaal.termijn.sturend.uiterlijk
    assert not taak.houdt_sluiten_tegen
    assert "Brouwers" not in " ".join([taak.titel, taak.omdat, taak.kop, taak.pad])


def test_alleen_een_kenmerk_is_genoeg(lever):
    assert lever({"kenmerk": "x"}).status_code == 201


def test_een_bijlage_wordt_versleuteld_bewaard(lever, bericht):
    bericht["bijlagen"] = [{"naam": "../../verslag.txt", "inhoud": als_base64("Proces-verbaal é".encode())}]
    assert lever(bericht).status_code == 201
    bijlage = Signaal.objects.get().bijlagen.get()
    assert (bijlage.naam, bijlage.mediatype, bijlage.casus) == ("verslag.txt", "text/plain", None)
    with default_storage.open(bijlage.opslagnaam) as bestand:
        assert b"Proces" not in bestand.read()


# --- sent twice ---------------------------------------------------------------------------------------------------


def test_hetzelfde_bericht_nog_eens_geeft_hetzelfde_nummer(lever, bericht):
    eerste = lever(bericht)
    anders_geschreven = json.dumps(dict(reversed(bericht.items())), indent=2, ensure_ascii=False).encode()
    tweede = lever(anders_geschreven)
    assert (eerste.status_code, tweede.status_code) == (201, 200)
    assert eerste.json() == tweede.json()
    assert Signaal.objects.count() == Taak.objects.count() == 1


@pytest.mark.parametrize(
    "anders", [{"tekst": "Iets anders."}, {"kinderen": []}, {"melder": {"naam": "X"}}, {"ontvangen_op": "2026-01-01"}]
)
def test_een_ander_bericht_met_hetzelfde_kenmerk_wordt_geweigerd(lever, bericht, anders):
    lever(bericht)
    antwoord = lever({**bericht, **anders})
    assert antwoord.status_code == 409
    assert antwoord["Content-Type"] == "application/problem+json"
    assert "/kenmerk" in fouten(antwoord)
    assert Signaal.objects.get().tekst == bericht["tekst"]


def test_een_andere_bijlage_is_een_ander_bericht(lever, bericht):
    lever({**bericht, "bijlagen": [{"naam": "a.txt", "inhoud": als_base64(b"een")}]})
    antwoord = lever({**bericht, "bijlagen": [{"naam": "a.txt", "inhoud": als_base64(b"twee")}]})
    assert antwoord.status_code == 409
    assert len(bestanden()) == 1


def test_twee_afzenders_mogen_hetzelfde_kenmerk_hebben(lever, bericht):
    factories.afzender("School De Wissel")
    assert lever(bericht).status_code == 201
    assert lever({**bericht, "tekst": "Anders"}, sleutel=SLEUTELS["School De Wissel"]).status_code == 201


# --- who may ------------------------------------------------------------------------------------------------------


def test_zonder_sleutel_is_niet_bekend_wie_het_is(lever, bericht):
    antwoord = Client().post(PAD, json.dumps(bericht), content_type="application/json")
    assert antwoord.status_code == 401
    assert antwoord["WWW-Authenticate"].startswith("Bearer")
    assert niets_bewaard()


@pytest.mark.parametrize(
    "kop", ["Bearer fout", "Bearer", "Bearer a b", "Basic Zm91dA==", "Bearer é\x80", "Bearer " + "x" * 5000]
)
def test_een_verkeerde_sleutel_komt_niet_binnen(politie, bericht, kop):
    antwoord = Client().post(PAD, json.dumps(bericht), content_type="application/json", headers={"Authorization": kop})
    assert antwoord.status_code == 401
    assert niets_bewaard()


def test_een_uitgezette_sleutel_wordt_geweigerd(lever, bericht, politie):
    politie.actief = False
    politie.save()
    assert lever(bericht).status_code == 403
    assert niets_bewaard()


def test_een_ingelogde_medewerker_zonder_sleutel_levert_niet_aan(politie, bericht, voorkant):
    client = Client()
    client.force_login(voorkant)
    antwoord = client.post(PAD, json.dumps(bericht), content_type="application/json")
    assert antwoord.status_code == 403
    assert niets_bewaard()


def test_een_sleutel_komt_nergens_anders(lever, bericht, politie):
    nummer = lever(bericht).json()["meldingsnummer"]
    koppen = {"Authorization": f"Bearer {SLEUTELS[politie.naam]}"}
    for pad in (f"/api/v1/signalen/{nummer}", f"/api/v1/meldingen/{nummer}"):
        assert Client().get(pad, headers=koppen).status_code == 403, pad
    stap = Client().post(f"/api/v1/signalen/{nummer}/sluit", "{}", content_type="application/json", headers=koppen)
    assert stap.status_code == 403
    assert Client().get(PAD, headers=koppen).status_code == 405
    assert Client().get(f"/signaal/{nummer}/", headers=koppen).status_code in {302, 404}


# --- described ----------------------------------------------------------------------------------------------------


def test_het_document_beschrijft_aanleveren_met_voorbeeld_en_grenzen(db):
    document = Client().get("/api/v1/openapi.json").json()
    bewerking = document["paths"]["/api/v1/meldingen"]["post"]
    assert set(bewerking["responses"]) >= {"201", "200", "400", "409", "413", "415", "422"}
    assert bewerking["security"] == [{"sleutel": []}]
    assert bewerking["requestBody"]["content"]["application/json"]["examples"]
    vorm = document["components"]["schemas"]["BerichtVorm"]
    assert vorm["required"] == ["kenmerk"]
    assert vorm["properties"]["tekst"]["maxLength"] == 1_000_000


def test_het_voorbeeld_in_het_document_wordt_aangenomen(lever):
    from melding.api import VOORBEELD

    assert lever(VOORBEELD).status_code == 201


def test_een_medewerker_ziet_een_signaal_in_de_api_en_een_buitenrol_niet(lever, bericht, voorkant):
    nummer = lever(bericht).json()["meldingsnummer"]
    for medewerker, status in [(voorkant, 200), (factories.medewerker(Rol.MANAGEMENTINFORMATIE), 404)]:
        client = Client()
        client.force_login(medewerker)
        assert client.get(f"/api/v1/signalen/{nummer}").status_code == status
