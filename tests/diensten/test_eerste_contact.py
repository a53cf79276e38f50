"""The first contact counts from the report on; people note it to the minute."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casus.services.vastleggen import leg_contact_vast
from diensten.selectors import eerste_contact
from tests import factories


@pytest.mark.parametrize(
    ("verschuiving", "telt"), [(timedelta(), True), (timedelta(minutes=5), True), (timedelta(minutes=-1), False)]
)
def test_een_contact_in_de_minuut_van_de_melding_telt_als_eerste_contact(db, verschuiving, telt):
    keuze = factories.keuze(contact=False)
    ontvangen = keuze.vht.melding.ontvangen_op
    genoteerd = ontvangen.replace(second=0, microsecond=0) + verschuiving
    contact = leg_contact_vast(
        keuze.casus, door=keuze.casus.verantwoordelijke, op=genoteerd, met="moeder", met_directbetrokkene=True
    )
    assert eerste_contact(keuze) == (contact if telt else None)
