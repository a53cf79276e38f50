"""Bad input: content is kept and marked, the rest gets a clear answer, and nothing is ever half-saved."""

from __future__ import annotations

import io
import json
import os
import zipfile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as instellingen
from hypothesis import strategies as st

from casus.models import Bijlage
from melding.models import AangemeldePersoon, Signaal
from melding.serializers import MEESTE_PERSONEN
from tests.melding.conftest import als_base64, bestanden, fouten, niets_bewaard

pytestmark = pytest.mark.django_db


# --- content is never refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "twijfel"),
    [
        ({"bsn": "123456789"}, "BSN klopt niet (elfproef)."),
        ({"bsn": "12345"}, "BSN heeft 5 cijfers in plaats van 9."),
        ({"bsn": "onbekend"}, "BSN heeft 0 cijfers in plaats van 9."),
        ({"geboortedatum": "31-02-2017"}, "31-02-2017 bestaat niet."),
        ({"geboortedatum": "2017-13-01"}, "2017-13-01 bestaat niet."),
        ({"geboortedatum": "ergens in mei"}, "“ergens in mei” is niet als datum te lezen."),
        ({"geboortedatum": "2117-01-01"}, "2117-01-01 ligt in de toekomst."),
        ({"geboortedatum": "1817-01-01"}, "1817-01-01 is meer dan 120 jaar geleden."),
        ({"geboortedatum": "00-00-2017"}, "Van de geboortedatum 00-00-2017 is alleen een deel bekend."),
        ({"geboortedatum": ""}, "De geboortedatum ontbreekt."),
        ({"geboortedatum": "2020-01-01"}, "Staat bij de volwassenen, maar is 6 jaar."),
        ({"voornamen": "", "achternaam": ""}, "De naam ontbreekt."),
        ({"geslacht": "x"}, "Het geslacht is niet herkend."),
        ({"postcode": "dertien letters"}, "Postcode past niet en is ingekort; de hele tekst staat bij het signaal."),
    ],
)
def test_wat_niet_kan_kloppen_wordt_bewaard_zoals_gegeven_en_gemerkt(lever, bericht, velden, twijfel):
    persoon = bericht["volwassenen"][0]
    if "postcode" in velden:
        persoon["adres"] |= velden
    else:
        persoon |= velden
    assert lever(bericht).status_code == 201
    bewaard = AangemeldePersoon.objects.get(soort="volwassene")
    assert bewaard.twijfels == [twijfel]
    for naam, waarde in velden.items():
        veld = "geboortedatum_opgegeven" if naam == "geboortedatum" else naam
        assert getattr(bewaard, veld) == waarde


@pytest.mark.regel("RW-5.12a")
@pytest.mark.parametrize(
    "waarde", ["2126-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "gisteren", "9999-12-31T23:59:59-12:00"]
)
def test_een_ontvangstdatum_die_niet_kan_verschuift_de_termijn_niet(lever, bericht, waarde, time_machine_nu):
    assert lever({**bericht, "ontvangen_op": waarde, "incident_op": waarde}).status_code == 201
    signaal = Signaal.objects.get()
    assert signaal.ontvangen_op == time_machine_nu
    assert (signaal.ontvangen_opgegeven, signaal.incident_opgegeven) == (waarde, waarde)
    assert len(signaal.twijfels) == 2


def test_onzichtbare_tekens_gaan_eruit_en_de_rest_blijft(lever, bericht):
    bericht["tekst"] = "Nul\x00byte, \u202eomgekeerd\u202c en 👩‍👧 ok.\r\nTweede regel\tmet tab"
    assert lever(bericht).status_code == 201
    signaal = Signaal.objects.get()
    assert signaal.tekst == "Nulbyte, omgekeerd en 👩‍👧 ok.\nTweede regel\tmet tab"
    assert signaal.twijfels == ["Er stonden onzichtbare tekens in het bericht; die zijn weggelaten."]


def test_html_blijft_tekst(lever, bericht):
    bericht["tekst"] = "<script>alert(1)</script>"
    assert lever(bericht).status_code == 201
    assert Signaal.objects.get().tekst == "<script>alert(1)</script>"


def test_null_is_niet_bekend(lever, bericht):
    for naam in bericht:
        if naam != "kenmerk":
            bericht[naam] = None
    bericht["volwassenen"] = [dict.fromkeys(["voornamen", "bsn", "adres", "geslacht"]), None]
    bericht["bijlagen"] = [None]
    assert lever(bericht).status_code == 201
    assert AangemeldePersoon.objects.count() == 1


def test_een_half_teken_geeft_een_leesbaar_teken(lever):
    assert lever(b'{"kenmerk": "k", "tekst": "half \\ud83d teken"}').status_code == 201
    assert Signaal.objects.get().tekst == "half \ufffd teken"


# --- what cannot be read or is not safe ---------------------------------------------------------------------------

DIEP = b'{"kenmerk":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
ONLEESBAAR = {
    "geen json": b'{"kenmerk": ',
    "leeg": b"",
    "geen utf-8": b'{"kenmerk": "\xff\xfe"}',
    "utf-16": '{"kenmerk": "a"}'.encode("utf-16"),
    "NaN": b'{"kenmerk": NaN}',
    "Infinity": b'{"kenmerk": -Infinity}',
    "1e999": b'{"kenmerk": 1e999}',
    "reuzengetal": b'{"kenmerk": ' + b"9" * 10_000 + b"}",
    "dubbele sleutel": b'{"kenmerk": "a", "kenmerk": "b"}',
    "te diep": DIEP,
    "half teken in een naam": b'{"\\ud83d": 1, "kenmerk": "a"}',
    "dertien miljoen lijsten": b'{"kenmerk":[' + b"[]," * 13_000_000 + b"[]]}",
    "een lijst": b"[]",
    "een woord": b'"hallo"',
    "null": b"null",
    "een getal": b"12",
}


@pytest.mark.parametrize("soort", ONLEESBAAR)
def test_wat_niet_te_lezen_is_geeft_een_duidelijk_antwoord(lever, soort):
    antwoord = lever(ONLEESBAAR[soort])
    assert antwoord.status_code == 400
    assert antwoord["Content-Type"] == "application/problem+json"
    assert antwoord.json()["detail"]
    assert niets_bewaard()


@pytest.mark.parametrize(
    "soort", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
def test_een_ander_soort_bericht_kan_niet(lever, bericht, soort):
    assert lever(json.dumps(bericht).encode(), soort=soort).status_code == 415
    assert niets_bewaard()


def test_alle_fouten_komen_tegelijk_elk_met_zijn_plek(lever):
    antwoord = lever(
        {
            "tekst": 12,
            "melder": "Jan",
            "wapen": "mes",
            "kinderen": [{"naam": "Noa"}, {"voornamen": ["Noa"], "adres": {"huis": 1}}],
            "volwassenen": {},
            "bijlagen": [{"naam": "a", "inhoud": "geen base64!"}, {"inhoud": als_base64(b"MZ\x00\x01")}],
            "a/b~c": 1,
        }
    )
    assert antwoord.status_code == 400
    gevonden = fouten(antwoord)
    assert set(gevonden) == {
        "/kenmerk",
        "/tekst",
        "/melder",
        "/wapen",
        "/kinderen/0/naam",
        "/kinderen/1/voornamen",
        "/kinderen/1/adres/huis",
        "/volwassenen",
        "/bijlagen/0/inhoud",
        "/bijlagen/1/inhoud",
        "/a~1b~0c",
    }
    assert not any(woord in zin.lower() for zin in gevonden.values() for woord in ("ongeldig", "dictionary", "invalid"))
    assert niets_bewaard()


@pytest.mark.parametrize("waarde", [1, 1.5, True, [], {}])
@pytest.mark.parametrize("veld", ["kenmerk", "tekst", "aanleiding", "ontvangen_op"])
def test_een_verkeerd_json_type_wordt_gezegd(lever, bericht, veld, waarde):
    antwoord = lever({**bericht, veld: waarde})
    assert antwoord.status_code == 400
    assert fouten(antwoord) == {f"/{veld}": "Dit moet tekst zijn."}


def test_tien_megabyte_tekst_geeft_een_duidelijk_antwoord(lever, bericht):
    antwoord = lever({**bericht, "tekst": "a" * 10_000_000})
    assert antwoord.status_code == 400
    assert fouten(antwoord) == {"/tekst": "De tekst is langer dan 1000000 tekens. Lever de rest aan als bijlage."}
    assert lever({**bericht, "tekst": "a" * 1_000_000}).status_code == 201


def test_een_te_lange_regel_wordt_gezegd(lever, bericht):
    bericht["volwassenen"][0]["achternaam"] = "ﬃ" + "\ufb2c" * 400  # grows when normalised
    assert fouten(lever(bericht)) == {
        "/volwassenen/0/achternaam": "Dit is langer dan 500 tekens. Zet de rest in het veld tekst of in een bijlage."
    }
    assert niets_bewaard()


@pytest.mark.parametrize(("kinderen", "volwassenen"), [(1000, 0), (60, 60)])
def test_duizend_personen_geeft_een_duidelijk_antwoord(lever, bericht, kinderen, volwassenen):
    antwoord = lever({**bericht, "kinderen": [{}] * kinderen, "volwassenen": [{}] * volwassenen})
    assert antwoord.status_code == 400
    assert fouten(antwoord)["/kinderen"].startswith(f"Hoogstens {MEESTE_PERSONEN} personen in één bericht.")
    assert niets_bewaard()


def test_honderd_personen_gaat_wel(lever, bericht):
    assert lever({**bericht, "kinderen": [{}] * 50, "volwassenen": [{}] * 50}).status_code == 201
    assert AangemeldePersoon.objects.count() == 100


def test_meer_dan_veertig_megabyte_is_te_groot(lever):
    antwoord = lever(b'{"kenmerk": "a", "tekst": "' + b"a" * (41 * 1024 * 1024) + b'"}')
    assert antwoord.status_code == 413
    assert "40 MB" in antwoord.json()["detail"]
    assert niets_bewaard()


def zip_bom() -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("word/document.xml", b"0" * 250_000_000)
    return uit.getvalue()


def zipje() -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as archief:
        archief.writestr("lees.txt", b"hallo")
    return uit.getvalue()


ONVEILIG = {
    "zip-bom": zip_bom,
    "gewone zip": zipje,
    "kapotte zip": lambda: zipje()[:-10],
    "programma": lambda: b"MZ\x90\x00" + b"\x00" * 200,
    "html": lambda: b"<html><script>alert(1)</script>",
    "svg": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "leeg": lambda: b"",
}


@pytest.mark.parametrize("soort", ONVEILIG)
def test_een_onveilige_bijlage_wordt_geweigerd_en_er_blijft_niets_achter(lever, bericht, soort):
    bericht["bijlagen"] = [
        {"naam": "goed.txt", "inhoud": als_base64(b"goed")},
        {"naam": "plaatje.png", "inhoud": als_base64(ONVEILIG[soort]())},
    ]
    antwoord = lever(bericht)
    assert antwoord.status_code == 422
    assert list(fouten(antwoord)) == ["/bijlagen/1/inhoud"]
    assert niets_bewaard()


def test_gaat_het_onderweg_mis_dan_blijft_er_ook_geen_bestand_achter(lever, bericht, monkeypatch):
    def stuk(*args, **kwargs):
        raise RuntimeError("schijf vol")

    monkeypatch.setattr("melding.signalen.services._zet_klaar", stuk)
    bericht["bijlagen"] = [{"naam": "goed.txt", "inhoud": als_base64(b"goed")}]
    antwoord = lever(bericht)
    assert antwoord.status_code == 500
    assert antwoord["Content-Type"] == "application/problem+json"
    assert niets_bewaard()


# --- anything at all ----------------------------------------------------------------------------------------------

NAMEN = ["kenmerk", "tekst", "melder", "kinderen", "volwassenen", "bijlagen", "incident_op", "ontvangen_op", "bsn",
         "geboortedatum", "adres", "naam", "inhoud", "geslacht", "rol"]  # fmt: skip
TEKSTEN = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", "2026-13-45", "٣١-٠٢-٢٠١٧", "999990019", "\u0000", "\u202e", "AAAA", "9" * 40, "=", "-1-1-1"]),
    st.dates().map(str),
    st.datetimes().map(str),
)
ALLES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEKSTEN),
    lambda kind: st.one_of(
        st.lists(kind, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(NAMEN), st.text(max_size=5)), kind, max_size=6),
    ),
    max_leaves=25,
)
PERSONEN = st.lists(
    st.dictionaries(st.sampled_from(["voornamen", "bsn", "geboortedatum", "geslacht", "rol"]), TEKSTEN, max_size=5),
    max_size=3,
)
BERICHTEN = st.fixed_dictionaries(
    {"kenmerk": TEKSTEN, "tekst": TEKSTEN, "ontvangen_op": TEKSTEN, "incident_op": TEKSTEN},
    optional={"kinderen": PERSONEN, "volwassenen": PERSONEN, "melder": ALLES, "bijlagen": ALLES},
)


@given(inhoud=st.one_of(ALLES, BERICHTEN, st.binary(max_size=40)))
@instellingen(
    max_examples=400 if os.environ.get("VT_ALLES") else 60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_wat_er_ook_komt_het_antwoord_is_duidelijk_en_niets_blijft_half_staan(lever, inhoud):
    voor = (Signaal.objects.count(), AangemeldePersoon.objects.count(), Bijlage.objects.count(), len(bestanden()))
    antwoord = lever(inhoud)
    assert antwoord.status_code in {200, 201, 400, 409, 422}, antwoord.content
    if antwoord.status_code == 201:
        assert set(antwoord.json()) == {"meldingsnummer"}
        assert Signaal.objects.count() == voor[0] + 1
    else:
        na = (Signaal.objects.count(), AangemeldePersoon.objects.count(), Bijlage.objects.count(), len(bestanden()))
        assert na == voor
