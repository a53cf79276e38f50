"""Taking in a request, judging part by part, and handing over what two people have seen."""

from casus.inzage.services.oordelen import beoordeel, beslis_voorstel, lak
from casus.inzage.services.screenen import deel_van, wat_is_te_doen, werk_bij
from casus.inzage.services.verzoeken import (
    DOCUMENT,
    WIS_BESTAND,
    leg_oordeel_vast,
    na_stap,
    open_verzoek,
    termijn_van,
    vraag_tweede_ogen,
)

__all__ = [
    "DOCUMENT",
    "WIS_BESTAND",
    "beoordeel",
    "beslis_voorstel",
    "deel_van",
    "lak",
    "leg_oordeel_vast",
    "na_stap",
    "open_verzoek",
    "termijn_van",
    "vraag_tweede_ogen",
    "wat_is_te_doen",
    "werk_bij",
]
