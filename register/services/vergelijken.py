"""The daily check: what we last said beside what the cases say now; who differs is said again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from casus.models import Betrokkene, Casus
from casus.services.betrokkenen import BETROKKENHEID
from register.models import Registratie
from register.services.vaststellen import het_register, trek_wezen_in
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.regels import regel
from vt_cvs.kern.uitpost import zet_in_uitpost

Gezegd = tuple[str, date | None, date | None]


@regel("RW-14.6", "RW-14.7")
def vergelijk() -> int:
    """Put everyone who differs in the outbox again; returns how many."""
    trek_wezen_in(door=het_register())
    gezegd, onderweg = _gezegd(), _onderweg()
    aantal = 0
    for persoon_id in chain(_anders(gezegd), gezegd):  # what `_anders` leaves over is in no case (any more)
        if f"persoon:{persoon_id}" in onderweg:  # will be told all the same, with how things stand by then
            continue
        zet_in_uitpost(BETROKKENHEID, onderwerp=f"persoon:{persoon_id}", persoon_id=persoon_id)
        aantal += 1
    return aantal


def _onderweg() -> set[str]:
    """Subjects that wait in the outbox already: a register that is down for days must not pile up the same word."""
    wacht = Uitpost.objects.filter(soort=BETROKKENHEID, bezorgd_op=None)
    return set(wacht.values_list("onderwerp", flat=True))


def _gezegd() -> dict[int, Gezegd]:
    """What the register should know by our last word; nothing for those who wait and are still undelivered."""
    rijen = Registratie.objects.exclude(stand=Registratie.Stand.VERWIJDERD).filter(persoon__isnull=False)
    velden = rijen.values_list("persoon_id", "stand", "begin", "eind")
    return {persoon_id: (stand, begin, eind) for persoon_id, stand, begin, eind in velden.iterator()}


def _anders(gezegd: dict[int, Gezegd]) -> Iterator[int]:
    """People in a case about whom the register hears something else; takes everyone it saw out of `gezegd`."""
    direct = (
        Betrokkene.objects.filter(stand=Betrokkene.Rol.DIRECT, casus__soort=Casus.Soort.MELDING, persoon__isnull=False)
        .exclude(casus__stand=Casus.Stand.VERNIETIGD)
        .order_by()
        .values("persoon_id")
        .annotate(
            begin=Min("sinds"),
            eind=Max("casus__gesloten_op"),
            open=Count("pk", filter=Q(casus__stand=Casus.Stand.OPEN)),
        )
        .values_list("persoon_id", "begin", "eind", "open")
    )
    for persoon_id, begin, eind, open_ in list(direct.iterator()):
        stand, *data = gezegd.pop(persoon_id, ("", None, None))
        if stand in Registratie.NOOIT_VERSTUURD:
            continue
        if (stand, *data) != _hoort(begin, eind, open_=bool(open_)):
            yield persoon_id


def _hoort(begin: datetime, eind: datetime | None, *, open_: bool) -> Gezegd:
    van = timezone.localdate(begin)
    if open_ or eind is None:
        return Registratie.Stand.ACTIEF, van, None
    return Registratie.Stand.INACTIEF, van, max(van, timezone.localdate(eind))
