"""The PDF: tagged, readable, in chapters, and without what never may be in it."""

from __future__ import annotations

import io
import subprocess

import pytest
from pypdf import PdfReader

from casus.inzage.document import lees_document
from casus.inzage.models import Inzageverzoek
from casus.inzage.tasks import maak_inzagedocument
from casus.models import Contact
from casus.services.vastleggen import leg_contact_vast, stel_voorwaarde
from tests.inzage.conftest import toon_alles
from vt_cvs.kern.overgangen import voer_uit


@pytest.mark.regel("RW-4.4")
def test_het_document_is_getagd_en_te_lezen(verzoek, screener, tmp_path):
    leg_contact_vast(
        verzoek.casus,
        door=screener,
        soort=Contact.Soort.HUISBEZOEK,
        met="Marloes",
        verslag="Het gaat goed.\n\nMorgen verder.",
    )
    stel_voorwaarde(verzoek.casus, "Jelle komt niet thuis.", door=screener)
    verzoek = voer_uit(verzoek, "begin_screening", door=screener)
    toon_alles(verzoek, screener)
    verzoek = voer_uit(verzoek, "rond_screening_af", door=screener)
    assert maak_inzagedocument(verzoek.pk) == "klaar"
    verzoek = Inzageverzoek.objects.get(pk=verzoek.pk)
    pdf = lees_document(verzoek)
    pad = tmp_path / "dossier.pdf"
    pad.write_bytes(pdf)
    from pathlib import Path

    Path("/tmp/gdossier.pdf").write_bytes(pdf)
    from page import validate_pdf

    uitslag = validate_pdf(str(pad), profile="ua1")
    print(uitslag)
    print("\n".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages))
    print(uitslag.__class__, dir(uitslag))
    assert 0
