"""With a case go the drafts of everyone who was typing about it; those about another case stay."""

from __future__ import annotations

import uuid

import pytest

from tests import factories as f
from tests.bewaren.test_wissen import voer_uit_met_twee, vol_dossier  # noqa: F401
from vt_cvs.web import klad
from vt_cvs.web.models import Klad

pytestmark = pytest.mark.django_db


def typ(pad: str, door) -> None:
    invoer = klad.Invoer(uuid.uuid4(), pad, "contact~0", "venster", [("verslag", "Gebeld met Jelle.")])
    klad.bewaar(invoer, door=door)


@pytest.mark.regel("RW-15.V1", "RW-15.A1")
@pytest.mark.parametrize("uitvoering", ["verwijderen", "vernietigen"])
def test_met_een_casus_gaan_de_concepten_van_iedereen(vol_dossier, werker, privacy, uitvoering):  # noqa: F811
    ander = f.casus(werker)
    for wie in (werker, f.medewerker()):
        typ(f"{vol_dossier.pad()}vastleggen/contact/", wie)
        typ(f"/melding/nieuw/?casus={vol_dossier.nummer}", wie)
    typ(ander.pad(), werker)
    voer_uit_met_twee(vol_dossier, werker, privacy, uitvoering)
    assert [rij.nummers for rij in Klad.objects.all()] == [[ander.nummer]]
