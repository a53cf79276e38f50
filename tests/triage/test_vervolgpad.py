"""Where one lands after taking up a report: at the VHT, or when it is acute at once at the decision."""

from __future__ import annotations

import pytest

from melding.models import Melding
from tests import factories
from vt_cvs.organisatie.models import Rol


@pytest.mark.parametrize(
    ("actie", "deel", "kop"), [("aannemen", "vht", "VHT"), ("acuut", "besluit", "Acuut triagebesluit")]
)
def test_na_het_aannemen_staat_de_volgende_stap_open(client, db, actie, deel, kop):
    client.force_login(factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT))
    signaal = factories.signaal()
    antwoord = client.post(signaal.pad(), {"actie": actie}, follow=True)
    melding = Melding.objects.get(nummer=signaal.nummer)
    assert f"/{deel}/{melding.nummer}/" in antwoord.redirect_chain[-1][0]
    assert kop in antwoord.content.decode()
