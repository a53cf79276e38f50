"""Attachments: judged by what they are, not by what they are called."""

from __future__ import annotations

import io
import zipfile

import pytest

from casus.services.bijlagen import lees_bijlage
from melding.formulier import bestanden as grens
from melding.formulier import opslag
from melding.models import Concept, Signaal
from tests.formulier.test_concept import concepten_op_schijf, stuur_bestand

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


def kantoor(*delen: str) -> bytes:
    stroom = io.BytesIO()
    with zipfile.ZipFile(stroom, "w") as archief:
        for deel in delen:
            archief.writestr(deel, "x")
    return stroom.getvalue()


@pytest.fixture
def onderweg(bezoeker):
    return bezoeker.begin().vertel()


def namen() -> list[str]:
    return [bestand.naam for bestand in opslag.lees(Concept.objects.get()).bestanden]


@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [("foto.png", PNG), ("brief.docx", kantoor("word/document.xml")), ("los.txt", b"gewone tekst")],
)
def test_wat_veilig_is_gaat_mee_en_komt_ongeschonden_aan(onderweg, naam, inhoud):
    assert stuur_bestand(onderweg, inhoud, naam).status_code == 302
    onderweg.verstuur()
    bijlage = Signaal.objects.get().bijlagen.get()
    assert (bijlage.naam, lees_bijlage(bijlage)) == (naam, inhoud)


@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [
        ("foto.png", b"MZ\x90\x00" + b"\x00" * 200),
        ("verslag.pdf", b"\x7fELF" + b"\x00" * 200),
        ("brief.docx", kantoor("word/document.xml", "word/vbaProject.bin")),
        ("alles.zip", kantoor("a.txt")),
        ("pagina.txt", b"<html><script>alert(1)</script>"),
        ("tekening.png", b"<svg onload=alert(1)>"),
        ("leeg.txt", b""),
    ],
)
def test_wat_niet_veilig_is_wordt_geweigerd_met_wat_wel_kan(onderweg, naam, inhoud):
    antwoord = stuur_bestand(onderweg, inhoud, naam)
    assert antwoord.status_code == 422
    assert 'href="#id_bestand"' in antwoord.content.decode()
    assert namen() == []
    assert concepten_op_schijf() == []


def test_een_naam_met_een_pad_wordt_een_naam(onderweg):
    stuur_bestand(onderweg, b"x", "..\\..\\etc\\ge\u202eheim.txt")
    assert namen() == ["geheim.txt"]


@pytest.mark.parametrize("naam", ["factuur.bat", "brief.hta", "foto.png.vbs", "a.txt.js", "zonder", "x" * 300 + ".exe"])
def test_een_naam_eindigt_op_wat_het_is_zodat_openen_niets_uitvoert(onderweg, naam):
    stuur_bestand(onderweg, b"CreateObject gewone tekst", naam)
    [bewaard] = namen()
    assert bewaard.endswith(".txt")
    assert len(bewaard) <= 150
    onderweg.verstuur()
    assert Signaal.objects.get().bijlagen.get().naam == bewaard


def test_op_schijf_staat_het_versleuteld(onderweg):
    stuur_bestand(onderweg, b"mijn geheime verslag", "a.txt")
    (pad,) = concepten_op_schijf()
    with open(pad, "rb") as bestand:
        assert b"geheime" not in bestand.read()


def test_het_zesde_bestand_kan_niet(onderweg):
    for nummer in range(grens.MEESTE):
        assert stuur_bestand(onderweg, b"x", f"{nummer}.txt").status_code == 302
    antwoord = stuur_bestand(onderweg, b"x", "zes.txt")
    assert antwoord.status_code == 422
    assert "Haal er eerst een weg" in antwoord.content.decode()
    assert len(concepten_op_schijf()) == grens.MEESTE


def test_te_groot_kan_niet_los_en_niet_samen(onderweg, monkeypatch):
    monkeypatch.setattr(grens, "GROOTSTE", 10)
    monkeypatch.setattr(grens, "SAMEN", 15)
    assert "groter dan 10 MB" in stuur_bestand(onderweg, b"x" * 11, "a.txt").content.decode()
    assert stuur_bestand(onderweg, b"x" * 9, "a.txt").status_code == 302
    assert "samen groter" in stuur_bestand(onderweg, b"x" * 9, "b.txt").content.decode()


def test_een_veel_te_groot_verzoek_wordt_niet_gelezen(onderweg):
    antwoord = onderweg.client.generic(
        "POST", "/melden/bestanden/", b"x", content_type="multipart/form-data", CONTENT_LENGTH=str(10**10)
    )
    assert antwoord.status_code == 413
    assert "te groot" in antwoord.content.decode()


def test_weghalen_haalt_precies_dat_bestand_weg(onderweg, django_capture_on_commit_callbacks):
    stuur_bestand(onderweg, b"x", "a.txt")
    stuur_bestand(onderweg, b"x", "b.txt")
    eerste = opslag.lees(Concept.objects.get()).bestanden[0]
    with django_capture_on_commit_callbacks(execute=True):
        onderweg.vul("/melden/bestanden/", weg=eerste.opslagnaam)
    assert namen() == ["b.txt"]
    assert len(concepten_op_schijf()) == 1


def test_een_gekozen_bestand_gaat_ook_mee_met_de_knop_verder(onderweg):
    from django.core.files.uploadedfile import SimpleUploadedFile

    naar = onderweg.vul("/melden/bestanden/", bestand=SimpleUploadedFile("a.txt", b"x"), actie="verder")
    assert naar["Location"] == "/melden/controle/"
    assert namen() == ["a.txt"]
