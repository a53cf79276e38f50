"""Every look at one person, under each key they ever had: looks before a merging stand under the key that went.

The log itself never changes (NEN 7513); who somebody was, and when, is read from the mergings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from casus.models import Persoon, Samenvoeging
from vt_cvs.kern.models import Toegang
from vt_cvs.kern.regels import regel


@dataclass(frozen=True, slots=True)
class Sleutel:
    """Under this key, from when until when; None is without end."""

    persoon_id: int
    sinds: datetime | None = None
    tot: datetime | None = None


@regel("RW-3.8")
def toegang_tot(persoon: Persoon) -> QuerySet[Toegang]:
    """Who saw this person, the last first. After a split each has what was about them, and what was about both."""
    gezocht = Q()
    for sleutel in sleutels_van(persoon):
        deel = Q(persoon_id=sleutel.persoon_id)
        if sleutel.sinds is not None:
            deel &= Q(op__gte=sleutel.sinds)
        if sleutel.tot is not None:
            deel &= Q(op__lte=sleutel.tot)
        gezocht |= deel
    return Toegang.objects.filter(gezocht).select_related("medewerker").order_by("-op", "-id")


def sleutels_van(persoon: Persoon) -> list[Sleutel]:
    """Their own, of those who went up in them, and of whom they went up in for as long as that lasted."""
    return list(dict.fromkeys([*_met_wie_opging(persoon.pk), *_waarin_opgegaan(persoon.pk, None, None)]))


def _met_wie_opging(persoon_id: int) -> Iterator[Sleutel]:
    yield Sleutel(persoon_id)
    opgegaan = Samenvoeging.objects.filter(blijver_id=persoon_id, gesplitst_op=None)
    for verdwenen in opgegaan.values_list("verdwenen_id", flat=True):
        yield from _met_wie_opging(verdwenen)


def _waarin_opgegaan(persoon_id: int, sinds: datetime | None, tot: datetime | None) -> Iterator[Sleutel]:
    for rij in Samenvoeging.objects.filter(verdwenen_id=persoon_id):
        van = max(rij.samengevoegd_op, sinds) if sinds else rij.samengevoegd_op
        einden = [op for op in (rij.gesplitst_op, tot) if op is not None]
        eind = min(einden) if einden else None
        if eind is None or van < eind:
            yield Sleutel(rij.blijver_id, van, eind)
            yield from _waarin_opgegaan(rij.blijver_id, van, eind)
