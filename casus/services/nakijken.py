"""Data that could not be right: the task that asks to look, and the word of who did."""

from __future__ import annotations

from django.db import transaction

from casus import rechten
from casus.models import Taak
from casus.models.casus import Casusstuk
from casus.services.werk import vervul_taken
from casus.voorwaarden import eis_reden
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker

GEGEVENS_TAAK = "gegevens"
SAMENVOEGING_TAAK = "samenvoeging"
"""Somebody merged this person with another; whoever is responsible here looks whether that is right."""
NAKIJKEN = (GEGEVENS_TAAK, SAMENVOEGING_TAAK)


def is_na_te_kijken(stuk: Casusstuk) -> bool:
    """Somebody was asked to look at the data of this piece."""
    return Taak.objects.filter(
        onderwerp_soort=stuk._meta.label_lower, onderwerp_id=stuk.pk, soort__in=NAKIJKEN, stand=Taak.Stand.OPEN
    ).exists()


@regel("RW-4.8b")
@transaction.atomic
def bevestig_gegevens(stuk: Casusstuk, *, reden: str, door: Medewerker) -> None:
    """They were looked at and are as they should be; the task is done and the reason stands in the log."""
    stuk.slot()
    rechten.mag_vastleggen.eis(door, stuk)
    eis_reden(reden, veld="reden", regel="RW-4.8b")
    if sum(vervul_taken(onderwerp=stuk, soort=soort, door=door) for soort in NAKIJKEN):
        stuk.schrijf_log(door=door, wat="nagekeken", zin="Gegevens nagekeken: het klopt zo", motivering=reden)
