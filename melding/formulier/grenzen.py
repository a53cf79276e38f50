"""Flood and spam, without a third party and without puzzles: counts per address and in all, in Redis only.

An address is counted under a keyed digest that changes every day; the address itself is written nowhere. When Redis is
away nothing is counted: a report matters more than a limit.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from vt_cvs.kern.versleuteling import blinde_index

logger = logging.getLogger(__name__)
UUR = 3600
MINSTENS = 3
"""Seconds that someone needs at the least to look at the summary before sending it."""
LOKAAS = "website"
"""A field nobody sees; programs that fill in everything fill it in as well."""
_STEMPEL = signing.Signer(salt="meldformulier.stempel")


@dataclass(frozen=True, slots=True)
class Grens:
    """How often something may happen within an hour: from one address, and altogether."""

    per_adres: int
    samen: int


GRENZEN = {
    "bladzijde": Grens(1200, 60_000),
    "beginnen": Grens(60, 3000),
    "versturen": Grens(30, 600),
}
"""A school or a police station shares one address: the limit holds for many people at once."""
AANLEVEREN = Grens(120, 600)
"""What one partner site may deliver within an hour."""
ONDERWEG = 600
"""Pages of one form within an hour: far more than anyone fills in, and not counted with those of others."""


def te_druk(request: HttpRequest, wat: str) -> bool:
    """Count this one; whether it is too much."""
    grens = GRENZEN[wat]
    return _over(f"{wat}:{adreskenmerk(request)}", grens.per_adres) or _over(f"{wat}:samen", grens.samen)


def te_druk_voor_concept(kenmerk: str) -> bool:
    """Whoever is filling in a form goes on, however busy others at this address are."""
    return _over(f"concept:{kenmerk}", ONDERWEG)


def te_druk_voor_site(nummer: int) -> bool:
    """The same for a partner site, known by its own key; together with the form it has one ceiling."""
    return _over(f"versturen:site:{nummer}", AANLEVEREN.per_adres) or _over("versturen:samen", AANLEVEREN.samen)


def _over(naam: str, hoogstens: int) -> bool:
    sleutel = f"melden:{naam}:{int(time.time() // UUR)}"
    try:
        cache.add(sleutel, 0, UUR + 60)
        return cache.incr(sleutel) > hoogstens
    except Exception as fout:
        logger.warning("Meldformulier telt niet mee: %s", type(fout).__name__)
        return False


def adreskenmerk(request: HttpRequest) -> str:
    """A keyed digest of today's address: the same visitor counts together today, and cannot be read back."""
    return blinde_index(f"{timezone.localdate():%Y%m%d}:{_adres(request)}", plek="meldformulier.adres")[:32]


def _adres(request: HttpRequest) -> str:
    """The visitor as our own proxies saw it; of IPv6 the network, for one house has millions of addresses."""
    keten = [deel.strip() for deel in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if deel.strip()]
    keten.append(str(request.META.get("REMOTE_ADDR", "")))
    ruw = keten[max(len(keten) - 1 - settings.VT_PROXIES, 0)]
    try:
        adres = ipaddress.ip_address(ruw)
    except ValueError:
        return "onbekend"
    if adres.version == 6:
        return str(ipaddress.ip_network(f"{adres}/64", strict=False))
    return str(adres)


def stempel(kenmerk: str) -> str:
    """Signed: when the summary of this form was shown."""
    return _STEMPEL.sign(f"{kenmerk}:{int(time.time())}")


def is_haastig(waarde: str, kenmerk: str) -> bool:
    """Sent before anyone can have read it, or without having been shown."""
    try:
        van, _, sinds = _STEMPEL.unsign(waarde).rpartition(":")
    except signing.BadSignature:
        return True
    return van != kenmerk or time.time() - int(sinds) < MINSTENS
