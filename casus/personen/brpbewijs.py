"""What the BRP showed may be taken over a little later, and only that: the answer travels encrypted with the page."""

from __future__ import annotations

import base64
import json
import time
from datetime import date

from casus.models import Betrokkene
from vt_cvs.kern.versleuteling import Onleesbaar, ontsleutel, versleutel
from vt_cvs.koppelingen.brp import BRPStoring
from vt_cvs.koppelingen.brp_vormen import BRPDatum, BRPPersoon
from vt_cvs.organisatie.models import Medewerker

GELDIG = 30 * 60  # seconds during which an answer may be taken over


def als_bewijs(betrokkene: Betrokkene, brp: BRPPersoon, *, door: Medewerker) -> str:
    """The answer, encrypted for this employee and this person: nobody reads or changes it on its way."""
    inhoud = {"op": int(time.time()), **{naam: getattr(brp, naam) for naam in BRPPersoon.__slots__}}
    tekst = json.dumps(inhoud, default=lambda d: {"voluit": d.voluit, "datum": d.datum and d.datum.isoformat()})
    return base64.urlsafe_b64encode(versleutel(tekst.encode(), plek=_plek(betrokkene, door))).decode()


def lees_bewijs(betrokkene: Betrokkene, bewijs: str, *, door: Medewerker) -> BRPPersoon:
    """Raises `BRPStoring` when it is too old or not ours."""
    try:
        inhoud = json.loads(ontsleutel(base64.urlsafe_b64decode(bewijs.encode()), plek=_plek(betrokkene, door)))
    except (ValueError, Onleesbaar):
        raise BRPStoring("Dit antwoord van de BRP is niet meer te gebruiken. Raadpleeg de BRP opnieuw.") from None
    if time.time() - inhoud.pop("op") > GELDIG:
        raise BRPStoring("Dit antwoord van de BRP is ouder dan een half uur. Raadpleeg de BRP opnieuw.")
    for naam in ("geboren", "overleden"):
        if (deel := inhoud[naam]) is not None:
            inhoud[naam] = BRPDatum(deel["voluit"], date.fromisoformat(deel["datum"]) if deel["datum"] else None)
    for naam in ("ouders", "partners", "kinderen"):
        inhoud[naam] = tuple(inhoud[naam])
    return BRPPersoon(**inhoud)


def _plek(betrokkene: Betrokkene, door: Medewerker) -> str:
    return f"brp:{betrokkene.pk}:{betrokkene.persoon_id}:{door.pk}"
