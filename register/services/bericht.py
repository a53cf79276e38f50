"""The message of one registration: what leaves, and nothing else (VTR-1)."""

from __future__ import annotations

import json

from register.models import Registratie
from register.voorwaarden import is_gevalideerd
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import alleen_cijfers
from vt_cvs.kern.versleuteling import blinde_index
from vt_cvs.koppelingen.register import Registratiebericht


@regel("VTR-1", "RW-14.1", "RW-14.2")
def bericht_van(rij: Registratie) -> Registratiebericht | None:
    """None when it may not leave: the person is not validated (any more)."""
    if rij.betrokkenheid == Registratie.Betrokkenheid.VERWIJDERD:
        return Registratiebericht(pseudoniem=rij.pseudoniem, versie=rij.versie_bericht, stand=rij.betrokkenheid)
    persoon = rij.persoon
    if persoon is None or not is_gevalideerd(persoon):
        return None
    return Registratiebericht(
        pseudoniem=rij.pseudoniem,
        versie=rij.versie_bericht,
        stand=rij.betrokkenheid,
        bsn=alleen_cijfers(persoon.bsn or ""),
        naam=persoon.volle_naam[:300],
        begin=rij.begin,
        eind=rij.eind,
    )


def merk_van(rij: Registratie) -> str:
    """A keyed digest of what would be said now, apart from the version: the same means nothing new."""
    bericht = bericht_van(rij)
    if bericht is None or not bericht.bsn:
        return ""
    inhoud = [bericht.pseudoniem, bericht.stand, bericht.bsn, bericht.naam, str(bericht.begin), str(bericht.eind)]
    return blinde_index(json.dumps(inhoud), plek="register")
