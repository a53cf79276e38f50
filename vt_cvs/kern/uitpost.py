"""Filling and emptying the outbox. At least once here; exactly once at the receiver, by the key."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from vt_cvs.kern.models import Uitpost

logger = logging.getLogger(__name__)
Bezorger = Callable[[Uitpost], None]
BEZORGERS: dict[str, Bezorger] = {}
GROOTSTE_WACHT = timedelta(minutes=30)
BROKER_RUST = 30.0  # seconds without trying again after the broker did not answer
_broker_stil_tot = 0.0


class Later(Exception):
    """The receiver cannot take it now; try again later. The text says why, without personal data."""


def bezorger(soort: str) -> Callable[[Bezorger], Bezorger]:
    """Register who delivers rows of this kind. A deliverer may run twice for one row and must not mind."""

    def merk(functie: Bezorger) -> Bezorger:
        BEZORGERS[soort] = functie
        return functie

    return merk


def zet_in_uitpost(soort: str, *, onderwerp: str, **inhoud: Any) -> Uitpost:
    """Put a message in the outbox; it leaves when the present transaction has committed."""
    if soort not in BEZORGERS:
        raise LookupError(f"Niemand bezorgt {soort!r}.")
    rij = Uitpost.objects.create(soort=soort, onderwerp=onderwerp, inhoud=inhoud)
    transaction.on_commit(_wek_bezorging, robust=True)
    return rij


def _wek_bezorging() -> None:
    """Ask for delivery now. A broker that is down costs one worker a moment, once; beat delivers all the same."""
    global _broker_stil_tot
    from vt_cvs.kern.tasks import bezorg_uitpost

    if time.monotonic() < _broker_stil_tot:
        return
    try:
        bezorg_uitpost.apply_async(retry=False, expires=60)
    except Exception as fout:
        _broker_stil_tot = time.monotonic() + BROKER_RUST
        logger.warning("uitpost wacht op beat: %s", type(fout).__name__)


def bezorg(hoogstens: int = 200) -> int:
    """Deliver what is due, oldest first; return how many were delivered."""
    bezorgd = 0
    overgeslagen: list[int] = []
    for _ in range(hoogstens):
        uitkomst = _bezorg_een(overgeslagen)
        if uitkomst is None:
            break
        bezorgd += uitkomst
    return bezorgd


@transaction.atomic
def _bezorg_een(overgeslagen: list[int]) -> int | None:
    """One row under lock: None when nothing is due, 1 when delivered, 0 when it must wait."""
    ouder = Uitpost.objects.filter(onderwerp=OuterRef("onderwerp"), bezorgd_op__isnull=True, id__lt=OuterRef("id"))
    rij = (
        Uitpost.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(Q(niet_voor__isnull=True) | Q(niet_voor__lte=Now()), ~Exists(ouder), bezorgd_op__isnull=True)
        .exclude(id__in=overgeslagen)
        .order_by("id")
        .first()
    )
    if rij is None:
        return None
    overgeslagen.append(rij.id)
    try:
        with transaction.atomic():
            BEZORGERS[rij.soort](rij)
    except Exception as fout:
        rij.pogingen += 1
        rij.fout = (str(fout) if isinstance(fout, Later) else type(fout).__name__)[:200]
        rij.niet_voor = timezone.now() + min(GROOTSTE_WACHT, timedelta(seconds=2 ** min(rij.pogingen, 11)))
        rij.save(update_fields=["pogingen", "fout", "niet_voor"])
        logger.warning("uitpost %s %s wacht: %s", rij.id, rij.soort, rij.fout)
        return 0
    rij.bezorgd_op = timezone.now()
    rij.fout = ""
    rij.save(update_fields=["bezorgd_op", "fout"])
    return 1
