"""Advice: begun in a case of its own, and closed with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from casus.models import Casus, Processtap
from casus.services.casussen import begin_stap, eindig_stap, open_casus, sluit_casus
from casus.services.werk import maak_taak, vervul_taken
from melding.advies.models import Advies
from melding.advies.voorwaarden import tekst_noemt_niemand, toestemming_blijft_waar
from melding.rechten import mag_opnemen, mag_vastleggen
from melding.signalen.models import Signaal
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.overgangen import overgang_van, voer_uit
from vt_cvs.kern.regels import RegelGeweigerd, regel
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker

TAAK = "advies"


@regel("RW-6.1", "RW-6.2", "RW-5.12d")
@transaction.atomic
def begin_advies(
    signaal: Signaal | None = None,
    *,
    door: Medewerker,
    begonnen_op: datetime | None = None,
    motivering: str = "",
    **velden: Any,
) -> Advies:
    """An advies in its own case; of a signal only its date comes along, never the people."""
    mag_opnemen.eis(door, signaal)
    waarschuwingen = list(tekst_noemt_niemand(Advies(**velden)))
    if waarschuwingen and not motivering.strip():
        raise RegelGeweigerd(waarschuwingen)
    if signaal is not None:
        signaal = _pak_op(signaal)
        begonnen_op = signaal.ontvangen_op
    begonnen_op = begonnen_op or timezone.now()
    casus = open_casus(door=door, soort=Casus.Soort.ADVIES, gestart_op=begonnen_op, verantwoordelijke=door)
    stap = begin_stap(
        casus, Processtap.Soort.ADVIES, door=door, begonnen_op=begonnen_op, verantwoordelijke=door, team=door.team
    )
    advies = maak(
        Advies(stap=stap, signaal=signaal, **velden),
        door=door,
        mag=mag_opnemen,
        zin="Advies begonnen",
        motivering=motivering if waarschuwingen else "",
        regels=["WVT-2"] if waarschuwingen else [],
    )
    if signaal is not None:
        voer_uit(signaal, "wordt_advies", door=door)
    maak_taak(
        advies,
        TAAK,
        titel="Advies geven en afsluiten",
        omdat="iemand om advies vroeg",
        pad=advies.pad(),
        door=door,
        stap=stap,
        houdt_sluiten_tegen=False,
    )
    return advies


def _pak_op(signaal: Signaal) -> Signaal:
    """Lock the signal, and refuse before anything is made when it cannot be advice."""
    from melding.voorwaarden import kan_advies_zijn

    signaal.slot()
    vers = Signaal.objects.get(pk=signaal.pk)
    overgang_van(vers, "wordt_advies")
    if bezwaren := list(kan_advies_zijn(vers)):
        raise RegelGeweigerd(bezwaren)
    return vers


@regel("WVT-2")
def wijzig_advies(
    advies: Advies, /, *, door: Medewerker, versie: int | None = None, motivering: str = "", **velden: Any
) -> Advies:
    return wijzig(
        advies,
        door=door,
        mag=mag_vastleggen,
        versie=versie,
        zin="Advies aangevuld",
        mits=[toestemming_blijft_waar, tekst_noemt_niemand],
        motivering=motivering,
        **velden,
    )


@regel("RW-5.12e")
def sluit_advies(advies: Advies, *, door: Medewerker, versie: int | None = None) -> Advies:
    """The advice has been given: its step ends and its case closes."""
    return voer_uit(advies, "sluit_af", door=door, versie=versie)


def na_stap(advies: Advies, naam: str, *, door: Medewerker) -> None:
    if naam == "sluit_af":
        vervul_taken(onderwerp=advies, soort=TAAK, door=door)
        eindig_stap(advies.stap, door=door)
        sluit_casus(advies.casus, door=systeemmedewerker("Klok"))
