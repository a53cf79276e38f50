"""The organisations that take part. A key is shown once and stored only as a digest."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.conf import settings

from register.dienst.models import Organisatie


def vingerafdruk(sleutel: str) -> str:
    """Keys are 256 random bits, so a plain digest suffices: there is nothing to guess."""
    return hashlib.sha256(sleutel.encode()).hexdigest()


def geef_sleutel(code: str, *, naam: str, telefoon: str, sleutel: str | None = None) -> str:
    """Make or change an organisation; its former key no longer works. Returns the key, for the last time."""
    sleutel = sleutel or secrets.token_urlsafe(32)
    Organisatie.objects.update_or_create(
        code=code,
        defaults={"naam": naam, "telefoon": telefoon, "sleutel_hash": vingerafdruk(sleutel), "actief": True},
    )
    return sleutel


def met_sleutel(sleutel: str) -> Organisatie | None:
    return Organisatie.objects.filter(sleutel_hash=vingerafdruk(sleutel), actief=True).first()


def breng_bij(**_: Any) -> None:
    """After each migration, outside production: the organisations of demo or test."""
    for organisatie in settings.ORGANISATIES:
        geef_sleutel(**organisatie)
