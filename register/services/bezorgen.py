"""Emptying the outbox to the register. Whatever is repeated or late, the register ends with the present state."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from casus.services.betrokkenen import BETROKKENHEID
from register.models import Registratie
from register.models.registratie import REGISTRATIE
from register.services.bericht import bericht_van, merk_van
from register.services.vaststellen import het_register, stel_vast
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.kern.uitpost import Later, bezorger
from vt_cvs.koppelingen.register import Registratiebericht, Verouderd, registerpoort

STAP = {"actief": "is_actief", "inactief": "is_inactief", "verwijderd": "is_verwijderd"}


@bezorger(BETROKKENHEID)
def bezorg_betrokkenheid(rij: Uitpost) -> None:
    """Inside our own walls: what should the register say? Works when it is down (RW-3.3)."""
    stel_vast(rij.inhoud["persoon_id"])


@bezorger(REGISTRATIE)
@regel("RW-14.2", "RW-14.7")
def bezorg_registratie(rij: Uitpost) -> None:
    """Send what the registration says now, under the key of the outbox row."""
    registratie = (
        Registratie.objects.select_for_update(no_key=True, of=("self",)).filter(pk=rij.inhoud["registratie_id"]).first()
    )
    if registratie is None or registratie.stand != Registratie.Stand.TE_VERSTUREN:
        return
    bericht = bericht_van(registratie)
    if bericht is None:  # the BSN changed meanwhile; the row that says so is on its way
        return
    wachtend = 0
    if not _een_ander_houdt_hem_vast(registratie):
        bericht, wachtend = _stuur(bericht, sleutel=rij.sleutel)
    gezegd: dict[str, Any] = {"versie_bericht": bericht.versie}
    if bericht.stand != Registratie.Betrokkenheid.VERWIJDERD:
        gezegd["merk"] = merk_van(registratie)
    voer_uit(registratie, STAP[bericht.stand], door=het_register(), **gezegd)
    if wachtend:
        transaction.on_commit(_haal_berichten, robust=True)


def _een_ander_houdt_hem_vast(registratie: Registratie) -> bool:
    """A withdrawal of someone entered twice: the other entry still keeps the registration."""
    if registratie.betrokkenheid != Registratie.Betrokkenheid.VERWIJDERD:
        return False
    anderen = Registratie.objects.filter(pseudoniem=registratie.pseudoniem).exclude(pk=registratie.pk)
    return anderen.exclude(betrokkenheid=Registratie.Betrokkenheid.VERWIJDERD).exists()


def _stuur(bericht: Registratiebericht, *, sleutel: UUID) -> tuple[Registratiebericht, int]:
    """We hold the lock, so ours is the present state: when the register knows a newer version, ours becomes newer."""
    poort = registerpoort()
    try:
        return bericht, poort.meld(bericht, sleutel=sleutel)
    except Verouderd as fout:
        bericht = replace(bericht, versie=fout.versie + 1)
    try:
        return bericht, poort.meld(bericht, sleutel=sleutel)
    except Verouderd as fout:
        raise Later("VT Register kent een nieuwere versie") from fout


def _haal_berichten() -> None:
    from register.tasks import synchroniseer

    synchroniseer.apply_async(retry=False, expires=60)
