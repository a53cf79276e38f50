"""How many questions the pages ask the database: the same few for a small and for a large file."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casus.doorloop import banden, inhoud_van, lagen
from casus.inzage.models import Inzageverzoek
from casus.models import Casus
from casus.services.vastleggen import leg_afspraak_vast, leg_contact_vast, leg_score_vast
from tests import factories as f
from vt_cvs.kern.dossier import dossiermodellen
from vt_cvs.organisatie.models import Medewerker

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-5.17")]


def vul(casus: Casus, door: Medewerker) -> None:
    """A bit of everything that the spine knows, and a report."""
    f.melding(door=door, casus=casus)
    betrokkene = f.betrokkene(casus, voornamen="Marloes", achternaam="Bakker")
    leg_contact_vast(casus, door=door, soort="telefoon", verslag="Gesproken.", betrokkenen=[betrokkene])
    leg_score_vast(betrokkene, 6, door=door)
    leg_afspraak_vast(casus, "Niet schreeuwen.", door=door)


def vragen(client: Client, pad: str) -> int:
    client.get(pad)
    with CaptureQueriesContext(
        connection,
    ) as gevangen:
        assert client.get(pad).status_code == 200
    return len(gevangen)


@pytest.mark.parametrize(("deel", "hoogstens"), [("", 45), ("voorbeeld/", 36)])
def test_screenen_en_voorbeeld_stellen_een_klein_en_vast_aantal_vragen(
    client: Client, in_screening: Inzageverzoek, screener: Medewerker, deel: str, hoogstens: int
):
    client.force_login(screener)
    pad = f"{in_screening.pad()}{deel}"
    vul(in_screening.casus, screener)
    een = vragen(client, pad)
    for _ in range(3):
        vul(in_screening.casus, screener)
    assert vragen(client, pad) <= een <= hoogstens


def test_het_dossier_wordt_per_laag_gelezen_en_geen_model_valt_ertussenuit(casus: Casus, screener: Medewerker):
    """Each way is in one layer, after the layer of what it starts from; each model that belongs to a case is read."""
    wegen = [band for laag in lagen() for _, band in laag]
    assert sorted(map(repr, wegen)) == sorted(
        repr(b) for model, banden_ in banden() if model is not Casus for b in banden_
    )
    gelezen = {Casus}
    for laag in lagen():
        assert all(band.doel in gelezen for _, band in laag)
        gelezen |= {band.model for _, band in laag}
    assert gelezen == {model for model, _ in banden()}
    assert set(inhoud_van(casus).rijen) == gelezen <= set(dossiermodellen())
    vul(casus, screener)
    inhoud = inhoud_van(casus)
    assert all(
        inhoud.stap_van[model, pk] for model, pks in inhoud.rijen.items() for pk in pks if hasattr(model, "stap_id")
    )
