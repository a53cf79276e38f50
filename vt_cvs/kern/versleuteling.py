"""Encryption at rest (AES-256-GCM with a key id, so keys can be replaced) and the blind index for look-ups."""

import base64
import hashlib
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


class Onleesbaar(Exception):
    """The stored value cannot be decrypted: key missing or content altered."""


@cache
def _sleutels(beschrijving: str) -> dict[str, AESGCM]:
    delen = (deel.split(":", 1) for deel in beschrijving.split(","))
    return {naam: AESGCM(base64.b64decode(sleutel)) for naam, sleutel in delen}


def versleutel(inhoud: bytes, *, plek: str) -> bytes:
    """Encrypt for one place (table.column, or a file's name): the same bytes elsewhere do not decrypt."""
    sleutels = _sleutels(settings.VT_SLEUTELS)
    naam = next(iter(sleutels))
    nonce = os.urandom(12)
    return naam.encode() + b":" + nonce + sleutels[naam].encrypt(nonce, inhoud, plek.encode())


def ontsleutel(inhoud: bytes, *, plek: str) -> bytes:
    """Raise `Onleesbaar` when the key is gone or the content was tampered with."""
    naam, _, rest = inhoud.partition(b":")
    try:
        return _sleutels(settings.VT_SLEUTELS)[naam.decode()].decrypt(rest[:12], rest[12:], plek.encode())
    except (KeyError, InvalidTag, UnicodeDecodeError) as fout:
        raise Onleesbaar(f"Niet te ontsleutelen: {plek}") from fout


def blinde_index(waarde: str, *, plek: str) -> str:
    """A keyed digest: equal values are found, values are not read back. The key stays outside the database."""
    return hmac.new(settings.VT_INDEXSLEUTEL.encode(), f"{plek}:{waarde}".encode(), hashlib.sha256).hexdigest()
