"""Opening, assigning, moving and closing cases and their steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from casus import rechten, voorwaarden
from casus.models import Casus, Processtap, Taak
from casus.services.werk import verplaats_taken, vervul_taken
from vt_cvs.kern.dossier import wijzig
from vt_cvs.kern.nummers import nieuw_nummer
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import eis, regel
from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker, Team

NOOIT_VERLEGEN = 20
stap_geeindigd = Sein("stap geëindigd")
"""Told with `stap` and `door`: what waited for it may go on, and the case may be ready to close."""


@transaction.atomic
def open_casus(
    *,
    door: Medewerker,
    soort: str = Casus.Soort.MELDING,
    gestart_op: datetime | None = None,
    verantwoordelijke: Medewerker | None = None,
    team: Team | None = None,
    volgt_op: Casus | None = None,
) -> Casus:
    """A new case with a number of its own."""
    letter = "A" if soort == Casus.Soort.ADVIES else "C"
    for _ in range(NOOIT_VERLEGEN):
        casus = Casus(
            nummer=nieuw_nummer(letter),
            soort=soort,
            gestart_op=gestart_op or timezone.now(),
            verantwoordelijke=verantwoordelijke,
            team=team or (verantwoordelijke.team if verantwoordelijke else door.team),
            volgt_op=volgt_op,
        )
        try:
            with transaction.atomic():
                casus.bewaar(door=door, reden="casus geopend")
        except IntegrityError:  # the number was taken; draw again
            continue
        casus.schrijf_log(door=door, wat="maak", zin="Casus geopend")
        return casus
    raise RuntimeError("Er is geen vrij casusnummer gevonden.")


def begin_stap(
    casus: Casus,
    soort: str,
    *,
    door: Medewerker,
    begonnen_op: datetime | None = None,
    verantwoordelijke: Medewerker | None = None,
    team: Team | None = None,
) -> Processtap:
    """A new step. Its owner must follow in the same transaction: the database sees to it.

    Only in an open case: a closed one takes contacts and attachments, and a new signal becomes a new melding.
    """
    casus.slot()
    eis(voorwaarden.casus_is_open(Casus.objects.get(pk=casus.pk)))
    stap = Processtap(
        casus=casus,
        soort=soort,
        begonnen_op=begonnen_op or timezone.now(),
        verantwoordelijke=verantwoordelijke,
        team=team or casus.team,
    )
    stap.slot()
    stap.bewaar(door=door, reden="stap begonnen")
    return stap


def eindig_stap(stap: Processtap, *, door: Medewerker, op: datetime | None = None) -> Processtap:
    """The step has ended; its open tasks go with it."""
    stap.slot()
    vers = Processtap.objects.select_for_update(no_key=True, of=("self",)).get(pk=stap.pk)
    if vers.geeindigd_op is None:
        vers.geeindigd_op = max(op or timezone.now(), vers.begonnen_op)
        vers.bewaar(door=door, reden="stap geëindigd")
        stap_geeindigd.geef(stap=vers, door=door)
    return vers


@regel("RW-5.3", "RW-4.6")
@transaction.atomic
def wijs_toe(stap: Processtap, aan: Medewerker, *, door: Medewerker, versie: int | None = None) -> Processtap:
    """Give a step, its open tasks and, when it had nobody, the case to an employee."""
    oud = stap.verantwoordelijke_id
    stap = wijzig(
        stap,
        door=door,
        mag=rechten.mag_toewijzen,
        versie=versie,
        zin=f"{aan.naam} is verantwoordelijk voor {stap.get_soort_display()}",
        verantwoordelijke=aan,
        team=aan.team or stap.team,
    )
    mee = Taak.objects.filter(Q(voor=oud) | Q(voor__isnull=True), stap=stap).exclude(soort="tekenen")
    verplaats_taken(mee, naar=aan, team=stap.team, door=door)
    if stap.casus.verantwoordelijke_id is None:
        wijs_casus_toe(stap.casus, aan, door=door)
    return stap


def wijs_casus_toe(casus: Casus, aan: Medewerker, *, door: Medewerker) -> Casus:
    return wijzig(
        casus,
        door=door,
        mag=rechten.mag_toewijzen if casus.verantwoordelijke_id else rechten.mag_vastleggen | rechten.mag_toewijzen,
        zin=f"{aan.naam} is verantwoordelijk voor de casus",
        verantwoordelijke=aan,
        team=aan.team or casus.team,
    )


@regel("RW-6.8")
def zet_startdatum(casus: Casus, op: datetime, *, door: Medewerker) -> Casus:
    """The case starts when its first report came in; a correction of that date moves it."""
    casus.slot()
    vers = Casus.objects.select_for_update(no_key=True).get(pk=casus.pk)
    if vers.gestart_op != op:
        vers.gestart_op = op
        vers.bewaar(door=door, reden="startdatum volgt de eerste melding")
        vers.schrijf_log(
            door=door, wat="startdatum", zin="Startdatum van de casus volgt de eerste melding", regels=["RW-6.8"]
        )
    return vers


def zet_veiligheid(casus: Casus, veiligheid: str, *, door: Medewerker) -> None:
    """What the lists show of the last conclusion."""
    _zet(casus, door=door, veiligheid=veiligheid)


def zet_gemeente(casus: Casus, gemeente: str, *, door: Medewerker) -> None:
    """The municipality of the first report of the case (RW-6.5)."""
    _zet(casus, door=door, gemeente=gemeente)


def zet_merken(casus: Casus, *, door: Medewerker, **merken: bool) -> None:
    """Marks on the head of the case: `heeft_nti`, `heeft_alarm`."""
    _zet(casus, door=door, **merken)


def _zet(casus: Casus, *, door: Medewerker, **velden: Any) -> None:
    casus.slot()
    vers = Casus.objects.select_for_update(no_key=True).get(pk=casus.pk)
    anders = {naam: waarde for naam, waarde in velden.items() if getattr(vers, naam) != waarde}
    if not anders:
        return
    for naam, waarde in anders.items():
        setattr(vers, naam, waarde)
        setattr(casus, naam, waarde)
    vers.bewaar(door=door, reden="bijgewerkt")


@regel("RW-5.12e")
@transaction.atomic
def sluit_casus(casus: Casus, *, door: Medewerker, versie: int | None = None, motivering: str = "") -> Casus:
    """Close the case when nothing is open in it; every obstacle comes back at once."""
    gesloten = voer_uit(casus, "sluit", door=door, versie=versie, motivering=motivering)
    vervul_taken(onderwerp=gesloten, soort="sluiten", door=door)
    return gesloten
