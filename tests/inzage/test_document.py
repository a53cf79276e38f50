"""The PDF: tagged, in chapters, readable by a machine and a person, and without what may never be in it."""

from __future__ import annotations

import builtins
import io
import re
from datetime import date
from typing import Any

import pytest
from page import validate_pdf
from pypdf import PdfReader

from casus.inzage.checks import pango_is_er
from casus.inzage.document import GeenPango, als_pdf, lees_document
from casus.inzage.models import Inzageverzoek
from casus.inzage.tasks import maak_inzagedocument
from casus.models import Contact, Taak
from casus.services.bijlagen import bewaar_bijlage
from casus.services.vastleggen import leg_contact_vast, sla_alarm, stel_voorwaarde
from melding.services import neem_melding_aan
from tests import factories as f
from tests.inzage.conftest import toon_alles
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.overgangen import voer_uit


@pytest.fixture
def pdf(verzoek, screener, privacy) -> bytes:
    casus = verzoek.casus
    f.betrokkene(
        casus, voornamen="Marloes", achternaam="Verhoeven", geboortedatum=date(1990, 1, 1), telefoon="0612345678"
    )
    melding = neem_melding_aan(casus=casus, door=screener, situatie="De buren hoorden ruzie.")
    leg_contact_vast(
        casus, door=screener, stap=melding.stap, soort=Contact.Soort.HUISBEZOEK, met="Marloes",
        verslag="Wij spraken elkaar op Molenweg 9 in Lindedijk.\n\nMorgen verder.",
    )  # fmt: skip
    stel_voorwaarde(casus, "Jelle komt niet onaangekondigd langs.", door=screener)
    sla_alarm(casus, "Jachtgeweer in huis", door=screener, wat_te_doen="Ga met twee")
    bewaar_bijlage(inhoud=b"inhoud", naam="weekschema.txt", casus=casus, door=screener)
    verzoek = voer_uit(verzoek, "begin_screening", door=screener)
    toon_alles(verzoek, screener)
    voer_uit(verzoek, "rond_screening_af", door=screener)
    assert maak_inzagedocument(verzoek.pk) == "klaar"
    return lees_document(Inzageverzoek.objects.get(pk=verzoek.pk))


def tekst_van(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(blad.extract_text() for blad in PdfReader(io.BytesIO(pdf)).pages))


@pytest.mark.regel("RW-4.4")
def test_het_document_is_toegankelijk(pdf, tmp_path):
    pad = tmp_path / "dossier.pdf"
    pad.write_bytes(pdf)
    uitslag = validate_pdf(str(pad), profile="ua1")
    assert uitslag.is_compliant, uitslag
    catalogus: Any = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert catalogus["/Lang"] == "nl"
    assert catalogus["/MarkInfo"]["/Marked"]
    xmp = catalogus["/Metadata"].get_data().decode()
    assert "pdfuaid:part>1<" in xmp
    assert re.search(r"pdfaid:part[^0-9]*3", xmp)


@pytest.mark.regel("RW-4.4", "RW-5.17")
def test_inhoudsopgave_en_hoofdstukken_op_volgorde(pdf):
    tekst = tekst_van(pdf)
    koppen = [
        "Uw dossier bij",
        "Wat staat waar?",
        "Waarom is er soms iets weggelakt",
        "Wanneer deze stap was",
        "Een bezoek aan huis",
    ]
    plekken = [tekst.index(kop) for kop in koppen]
    assert plekken == sorted(plekken)
    inhoud = tekst[tekst.index("Wat staat waar?") :]
    assert re.search(r"1\. Om wie en wat het gaat \d+", inhoud)
    assert re.search(r"2\. De melding \d+", inhoud)
    bladen = len(PdfReader(io.BytesIO(pdf)).pages)
    assert f"bladzijde 1 van {bladen}" in tekst
    assert "U kunt ook naar de Autoriteit Persoonsgegevens gaan" in tekst
    assert "Doorgeven aan anderen kan de veiligheid van mensen schaden" in tekst


@pytest.mark.regel("RW-5.18b", "RW-5.18e")
def test_nergens_in_het_bestand_staat_wat_er_niet_in_mag(pdf):
    lezer = PdfReader(io.BytesIO(pdf))
    tekst = tekst_van(pdf)
    metadata = f"{lezer.metadata} {lezer.trailer['/Root']['/Metadata'].get_data().decode()}"
    boom = " ".join(_teksten(lezer.trailer["/Root"]["/StructTreeRoot"]))
    for verboden in ("Jachtgeweer", "Ga met twee", "0612345678", "Molenweg 9", "NTI"):
        for plek in (tekst, metadata, boom):
            assert verboden not in plek, verboden
    assert "Terpstra" not in metadata
    assert "weggelakt (a)" in tekst
    assert "Morgen verder." in tekst


def _teksten(knoop: Any, gezien: set[int] | None = None) -> list[str]:
    """Every string in the structure tree: alternative texts and actual texts hide there."""
    gezien = gezien if gezien is not None else set()
    knoop = knoop.get_object() if hasattr(knoop, "get_object") else knoop
    if id(knoop) in gezien:
        return []
    gezien.add(id(knoop))
    if isinstance(knoop, str):
        return [knoop]
    if isinstance(knoop, dict):
        return [
            t for naam, deel in knoop.items() if naam not in {"/P", "/Pg", "/Parent"} for t in _teksten(deel, gezien)
        ]
    return [t for deel in knoop for t in _teksten(deel, gezien)] if isinstance(knoop, list) else []


def test_het_wacht_in_mijn_werk_van_het_tweede_paar_ogen(pdf, privacy):
    taak = Taak.objects.get(soort="inzage_verstrekken")
    assert taak.voor == privacy
    assert "staat klaar" in taak.titel
    assert not Taak.objects.filter(soort="inzage_screenen", stand="open").exists()


def test_tweemaal_maken_is_een_document(pdf):
    verzoek = Inzageverzoek.objects.get()
    assert maak_inzagedocument(verzoek.pk) == "klaar"
    assert Inzageverzoek.objects.get().opslagnaam == verzoek.opslagnaam
    assert maak_inzagedocument(999_999) == "vervallen"


def test_verandert_er_iets_dan_komt_er_geen_document(verzoek, screener):
    verzoek = voer_uit(verzoek, "begin_screening", door=screener)
    toon_alles(verzoek, screener)
    voer_uit(verzoek, "rond_screening_af", door=screener)
    leg_contact_vast(verzoek.casus, door=screener, verslag="Net gebeld.")
    assert maak_inzagedocument(verzoek.pk) == "heropend"
    assert Inzageverzoek.objects.get().stand == "in_screening"


def test_het_document_ligt_versleuteld_in_de_opslag(pdf):
    from django.core.files.storage import default_storage

    with default_storage.open(Inzageverzoek.objects.get().opslagnaam) as bestand:
        assert not bestand.read().startswith(b"%PDF")


def test_geen_persoonsgegevens_in_de_uitpost(pdf):
    for rij in Uitpost.objects.all():
        assert "Terpstra" not in f"{rij.inhoud} {rij.onderwerp}"


def test_zonder_pango_zegt_een_zin_wat_te_installeren(monkeypatch):
    echt = builtins.__import__

    def zonder(naam, *args, **kwargs):
        if naam == "weasyprint":
            raise OSError("cannot load library 'pango-1.0'")
        return echt(naam, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", zonder)
    with pytest.raises(GeenPango, match="apt-get install libpango"):
        als_pdf("<p>x</p>")


def test_de_systeemcontrole_noemt_wat_ontbreekt(monkeypatch):
    assert pango_is_er(None) == []
    monkeypatch.setattr("ctypes.util.find_library", lambda _naam: None)
    (melding,) = pango_is_er(None)
    assert "libpangoft2-1.0-0" in melding.hint
