"""Refusals of the API: always a problem document, every fault with its place, never a 500."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.exceptions import ParseError

from vt_cvs.kern.overgangen import StapKanNiet
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd
from vt_cvs.web.api import StrikteSerializer, Tekst
from vt_cvs.web.json import DIEPST, lees
from vt_cvs.web.problemen import MEDIATYPE, Probleem, als_probleem, fouten_met_plek


class Persoon(StrikteSerializer):
    naam = Tekst()
    jaar = serializers.IntegerField()


class Bericht(StrikteSerializer):
    tekst = Tekst()
    personen = Persoon(many=True)
    namen = serializers.ListField(child=Tekst(), required=False)


def inhoud(exc: Exception) -> dict:
    antwoord = als_probleem(exc, {})
    assert antwoord["Content-Type"] == MEDIATYPE
    return json.loads(antwoord.content)


def test_alle_fouten_tegelijk_elk_met_zijn_plek():
    bericht = Bericht(
        data={"personen": [{"naam": "a", "jaar": 1}, {"naam": [], "jaar": "x"}], "namen": ["a", 3], "k/l~m": 1}
    )
    assert not bericht.is_valid()
    probleem = inhoud(serializers.ValidationError(bericht.errors))
    assert probleem["status"] == 400
    assert {fout["pointer"] for fout in probleem["errors"]} == {
        "/tekst",
        "/personen/1/naam",
        "/personen/1/jaar",
        "/namen/1",
        "/k~1l~0m",
    }


def test_een_fout_over_het_geheel_wijst_naar_het_geheel():
    assert list(fouten_met_plek({"non_field_errors": ["Dit kan niet."]})) == [("", "Dit kan niet.")]
    assert list(fouten_met_plek({"personen": {"non_field_errors": ["Te veel."]}})) == [("/personen", "Te veel.")]
    assert list(fouten_met_plek({"a": ["een", "twee"]})) == [("/a", "een"), ("/a", "twee")]


@pytest.mark.parametrize(
    ("exc", "status"),
    [
        (ParseError("x"), 400),
        (exceptions.NotAuthenticated(), 401),
        (exceptions.AuthenticationFailed(), 401),
        (NietToegestaan("Dit kan alleen wie betrokken is."), 403),
        (Http404(), 404),
        (exceptions.MethodNotAllowed("PUT"), 405),
        (exceptions.NotAcceptable(), 406),
        (StapKanNiet("Dit kan niet."), 409),
        (RequestDataTooBig("Te groot."), 413),
        (exceptions.UnsupportedMediaType("text/xml"), 415),
        (exceptions.Throttled(3), 429),
        (Probleem(428), 428),
    ],
)
def test_elke_weigering_heeft_haar_eigen_status(exc, status):
    antwoord = als_probleem(exc, {})
    assert antwoord.status_code == status == json.loads(antwoord.content)["status"]
    assert json.loads(antwoord.content)["title"]
    if status == 401:
        assert antwoord["WWW-Authenticate"]
    if status == 429:
        assert int(antwoord["Retry-After"]) >= 3


def test_wat_in_de_weg_staat_komt_in_een_keer_met_regel_en_plek():
    hard = Belemmering("Vul de reden in.", veld="reden", regel=REGELS["RW-6.6"])
    zacht = Belemmering("De score ontbreekt.", regel=REGELS["RW-8.1"])
    probleem = inhoud(RegelGeweigerd([hard, zacht]))
    assert probleem["status"] == 409
    assert [b["uitleg"] for b in probleem["belemmeringen"]] == ["Vul de reden in.", "De score ontbreekt."]
    assert probleem["belemmeringen"][0]["pointer"] == "/reden"
    assert probleem["belemmeringen"][0]["regel"]["id"] == "RW-6.6"


def test_wat_met_een_motivering_kan_is_422():
    afwijk = next(regel for regel in REGELS.values() if regel.soort == "afwijk")
    assert inhoud(RegelGeweigerd([Belemmering("Let op.", regel=afwijk)]))["status"] == 422


def test_een_onbekende_fout_verraadt_niets(caplog):
    antwoord = als_probleem(ValueError("Jelle Terpstra 123456782"), {})
    assert antwoord.status_code == 500
    assert "Terpstra" not in antwoord.content.decode()
    assert "123456782" not in caplog.messages[0]


@pytest.mark.parametrize(
    "inhoud",
    [
        b"",
        b"{",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": 1e999}',
        b'{"a": 1, "a": 2}',
        b'{"a": "\xff"}',
        b"[" * 100_000,
        b"[" * (DIEPST + 1) + b"]" * (DIEPST + 1),
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_wat_niet_te_lezen_is_wordt_geweigerd_met_een_zin(inhoud):
    with pytest.raises(ParseError) as fout:
        lees(inhoud)
    assert (
        str(fout.value.detail).startswith("Het bericht")
        or "JSON" in str(fout.value.detail)
        or "twee keer" in str(fout.value.detail)
    )


def test_tekst_wordt_nooit_geweigerd_om_zijn_tekens():
    waarde = lees(rb'{"a": "half \ud83d teken", "b": "nul \u0000 en \u202e om", "c": "\ud83d\ude00"}')
    assert waarde["a"] == "half \ufffd teken"
    assert waarde["c"] == "😀"

    class Vorm(StrikteSerializer):
        b = Tekst()

    vorm = Vorm(data={"b": waarde["b"]})
    assert vorm.is_valid(), vorm.errors
    assert vorm.validated_data["b"] == "nul  en  om"


@pytest.mark.parametrize("waarde", [1, 1.5, True, [], {}])
def test_een_getal_is_geen_tekst(waarde):
    class Vorm(StrikteSerializer):
        b = Tekst()

    assert not Vorm(data={"b": waarde}).is_valid()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("methode", "pad", "status"),
    [
        ("get", "/api/v1/bestaat-niet", 404),
        ("get", "/api/v1/openapi.json/", 404),
        ("get", "/api/v2/openapi.json", 404),
        ("put", "/api/v1/openapi.json", 405),
        ("get", "/api/v1/casussen/C-123-456-789", 401),
        ("post", "/api/v1/casussen/C-123-456-789/sluit", 401),
    ],
)
def test_elk_antwoord_onder_api_is_een_probleem_met_de_versie(client, methode, pad, status):
    antwoord = getattr(client, methode)(pad)
    assert antwoord.status_code == status
    assert antwoord["Content-Type"] == MEDIATYPE
    assert antwoord["API-Version"] == "1.0.0"
    assert antwoord.json()["status"] == status
    if status == 405:
        assert "GET" in antwoord["Allow"]
    if status == 401:
        assert "realm" in antwoord["WWW-Authenticate"]


@pytest.mark.django_db
def test_het_openapi_document_is_openbaar_en_noemt_elke_stap(client):
    antwoord = client.get("/api/v1/openapi.json")
    assert antwoord.status_code == 200
    assert antwoord["API-Version"] == "1.0.0"
    document = antwoord.json()
    assert document["openapi"].startswith("3.")
    assert "/api/v1/casussen/{nummer}/sluit" in document["paths"]
    for pad in document["paths"].values():
        for bewerking in pad.values():
            assert bewerking["responses"]["default"]["content"][MEDIATYPE]
