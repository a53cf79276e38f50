"""Writing: the template filled in, edited by a person, kept in the case; the disclaimer always goes along."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casus import rechten
from casus.models import Bericht, Terugkoppeling
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import als_platte_tekst
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.selectors import instellingen
from vt_cvs.organisatie.sjablonen import sjabloon_voor, vul
from vt_cvs.web import dagen


@regel("RW-5.11", "RW-12.3", "RW-5.1")
def concepttekst(terugkoppeling: Terugkoppeling) -> tuple[str, str]:
    """Subject and text from the template: only the report's own number and what follows from that report."""
    sjabloon = sjabloon_voor(terugkoppeling.soort_ontvanger, terugkoppeling.moment, terugkoppeling.uitkomst)
    kind = terugkoppeling.betrokkene if terugkoppeling.via_id else None
    waarden = {
        "meldingsnummer": terugkoppeling.meldingsnummer,
        "aan": terugkoppeling.aan or terugkoppeling.functie or "melder",
        "kind": (kind.persoon.voornamen or str(kind)) if kind and kind.persoon else "",
        "datum_melding": dagen.voluit(terugkoppeling.stap.begonnen_op),
        "vandaag": dagen.voluit(timezone.localdate()),
        "organisatie": settings.VT_NAAM,
    }
    return vul(sjabloon.onderwerp, waarden), vul(sjabloon.tekst, waarden)


def _kern(tekst: str) -> str:
    """Letters and digits only, as the database compares."""
    return re.sub(r"[\W_]+", "", als_platte_tekst(tekst))


@regel("RW-10.4")
def met_disclaimer(tekst: str) -> str:
    """The text with the disclaimer of this Veilig Thuis under it, once."""
    disclaimer = als_platte_tekst(instellingen().disclaimer).strip()
    return tekst if _kern(disclaimer) in _kern(tekst) else f"{tekst.rstrip()}\n\n{disclaimer}"


@regel("RW-5.11", "RW-6.13")
@transaction.atomic
def schrijf_bericht(
    terugkoppeling: Terugkoppeling,
    *,
    door: Medewerker,
    wijze: str,
    adres: str,
    onderwerp: str,
    tekst: str,
    versie: int | None = None,
) -> Terugkoppeling:
    """Keep the letter or mail with its feedback, editable until it leaves. One that did not arrive stays as it was."""
    velden: dict[str, Any] = {
        "soort": wijze,
        "adres": adres,
        "onderwerp": onderwerp,
        "tekst": met_disclaimer(tekst),
        "aan": terugkoppeling.aan or "melder",
    }
    if terugkoppeling.bericht is None or terugkoppeling.bericht.verzonden_op:
        bericht = maak(
            Bericht(casus=terugkoppeling.dossier, stap=terugkoppeling.stap, door=door, **velden),
            door=door,
            mag=rechten.mag_vastleggen,
            zin="",
        )
    else:
        bericht = wijzig(terugkoppeling.bericht, door=door, mag=rechten.mag_vastleggen, **velden)
    return wijzig(
        terugkoppeling, door=door, mag=rechten.mag_vastleggen, versie=versie, wijze=wijze, adres=adres, bericht=bericht
    )
