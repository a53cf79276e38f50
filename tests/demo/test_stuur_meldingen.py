"""Sending the reports of the demo: each gets a number, twice is the same number, and a refusal is said in sentences."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from melding.models import AangemeldePersoon, Signaal
from tests import factories
from vt_cvs.demo.management.commands import stuur_meldingen
from vt_cvs.demo.management.commands.stuur_meldingen import VOORBEELDEN
from vt_cvs.kern.velden import voldoet_aan_elfproef

BESTANDEN = sorted(VOORBEELDEN.glob("*.json"))


def lees(bestand: Path) -> dict[str, Any]:
    return json.loads(bestand.read_text(encoding="utf-8"))


@pytest.fixture
def sleutel(db, monkeypatch, settings, tmp_path) -> str:
    """A sender, and an API that answers in this process."""
    settings.STAAT = tmp_path

    def antwoord(verzoek: httpx.Request) -> httpx.Response:
        kop = {"Authorization": verzoek.headers["Authorization"]}
        gekregen = Client(headers=kop).post(verzoek.url.path, verzoek.content, content_type="application/json")
        return httpx.Response(gekregen.status_code, content=gekregen.content)

    def client(url: str, sleutel: str) -> httpx.Client:
        kop = {"Authorization": f"Bearer {sleutel}"}
        return httpx.Client(base_url=url, transport=httpx.MockTransport(antwoord), headers=kop)

    monkeypatch.setattr(stuur_meldingen, "maak_client", client)
    factories.afzender()
    return factories.SLEUTELS["Politie Merenland"]


def stuur(*bestanden: Path, **opties: Any) -> str:
    uit = io.StringIO()
    call_command("stuur_meldingen", *[str(b) for b in bestanden], stdout=uit, **opties)
    return uit.getvalue()


def test_zes_meldingen_krijgen_elk_een_nummer_en_een_plek_in_mijn_werk(sleutel):
    uit = stuur(sleutel=sleutel)
    signalen = Signaal.objects.filter(stand="nieuw")
    assert len(uit.splitlines()) == len(BESTANDEN) == 6
    assert {regel.split(": ")[1] for regel in uit.splitlines()} == set(signalen.values_list("nummer", flat=True))
    assert Signaal.objects.get(kenmerk="PM-2026-218955").bijlagen.count() == 1


def test_nog_eens_sturen_geeft_dezelfde_nummers(sleutel):
    eerst = stuur(sleutel=sleutel).splitlines()
    assert stuur(sleutel=sleutel).splitlines() == [f"{regel} (was al ontvangen)" for regel in eerst]
    assert Signaal.objects.count() == 6


def test_wat_niet_kan_kloppen_blijft_staan_en_wordt_gezegd(sleutel):
    stuur(sleutel=sleutel)
    twijfels = [zin for persoon in AangemeldePersoon.objects.all() for zin in persoon.twijfels]
    assert "31-06-2014 bestaat niet." in twijfels
    assert "BSN klopt niet (elfproef)." in twijfels
    assert AangemeldePersoon.objects.filter(rol__startswith="ongeboren kind").exists()


def test_een_ander_bericht_met_hetzelfde_kenmerk_wordt_in_een_zin_geweigerd(sleutel, tmp_path):
    stuur(BESTANDEN[0], sleutel=sleutel)
    ander = tmp_path / "ander.json"
    ander.write_text(json.dumps(lees(BESTANDEN[0]) | {"tekst": "Iets anders."}))
    uit = io.StringIO()
    with pytest.raises(CommandError, match="1 van 2 meldingen"):
        call_command("stuur_meldingen", str(BESTANDEN[0]), str(ander), sleutel=sleutel, stdout=uit)
    assert "ander: Dit kenmerk is al gebruikt voor een ander bericht." in uit.getvalue()


def test_een_fout_bericht_noemt_elke_plek(sleutel, tmp_path):
    fout = tmp_path / "fout.json"
    fout.write_text(json.dumps({"kenmerk": "", "volwassenen": "niemand"}))
    uit = io.StringIO()
    with pytest.raises(CommandError):
        call_command("stuur_meldingen", str(fout), str(tmp_path / "weg.json"), sleutel=sleutel, stdout=uit)
    assert "/kenmerk: " in uit.getvalue()
    assert "/volwassenen: " in uit.getvalue()
    assert "weg: dit bestand is er niet" in uit.getvalue()


def test_een_onbekende_sleutel_wordt_in_een_zin_geweigerd(sleutel):
    uit = io.StringIO()
    with pytest.raises(CommandError):
        call_command("stuur_meldingen", str(BESTANDEN[0]), sleutel="onbekend", stdout=uit)
    assert "Deze sleutel is niet bekend." in uit.getvalue()


def test_zonder_sleutel_wordt_er_een_gevraagd_en_de_omgeving_mag_hem_geven(sleutel, monkeypatch):
    monkeypatch.delenv("VT_AFZENDER_SLEUTEL", raising=False)
    with pytest.raises(CommandError, match="VT_AFZENDER_SLEUTEL"):
        stuur(BESTANDEN[0])
    monkeypatch.setenv("VT_AFZENDER_SLEUTEL", sleutel)
    assert stuur(BESTANDEN[0])


@pytest.mark.parametrize(("omgeving", "gevonden"), [("demo", True), ("productie", False)])
def test_alleen_in_de_demo_ligt_de_sleutel_klaar(sleutel, settings, monkeypatch, omgeving, gevonden):
    monkeypatch.delenv("VT_AFZENDER_SLEUTEL", raising=False)
    (settings.STAAT / "demo-afzender").write_text(sleutel)
    settings.OMGEVING = omgeving
    if gevonden:
        assert stuur(BESTANDEN[0])
    else:
        with pytest.raises(CommandError, match="--sleutel"):
            stuur(BESTANDEN[0])


def test_als_vt_cvs_niet_draait_wordt_dat_gezegd(db):
    uit = io.StringIO()
    with pytest.raises(CommandError):
        call_command("stuur_meldingen", str(BESTANDEN[0]), url="http://127.0.0.1:9", sleutel="x", stdout=uit)
    assert "antwoordt niet op http://127.0.0.1:9" in uit.getvalue()


# --- what the reports themselves are ------------------------------------------------------------------------------


@pytest.mark.parametrize("bestand", BESTANDEN, ids=lambda bestand: bestand.stem)
def test_een_melding_is_een_heel_verhaal_van_de_politie_over_niemand(bestand: Path):
    melding = lees(bestand)
    assert 150 <= len(melding["tekst"].split()) <= 300
    assert melding["melder"]["functie"] == "politieagent"
    assert melding["melder"]["email"].endswith(".example")
    assert date.fromisoformat(melding["incident_op"][:10])
    for persoon in melding["kinderen"] + melding["volwassenen"]:
        assert persoon.get("bsn", "9999").startswith("9999")


def test_een_bsn_in_de_meldingen_klopt_niet_en_de_andere_wel():
    nummers = {p.get("bsn") for b in BESTANDEN for p in lees(b)["kinderen"] + lees(b)["volwassenen"]} - {None}
    assert [voldoet_aan_elfproef(bsn) for bsn in nummers].count(False) == 1


def test_twee_meldingen_gaan_over_dezelfde_mensen():
    eerste, laatste = lees(BESTANDEN[0]), lees(BESTANDEN[-1])
    assert eerste["volwassenen"][0]["bsn"] == laatste["volwassenen"][0]["bsn"]
    assert eerste["volwassenen"][1]["voornamen"] != laatste["volwassenen"][1]["voornamen"]
