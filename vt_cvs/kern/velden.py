"""Model fields of the file: plain text, and a BSN that is encrypted at rest with a blind index beside it."""

from __future__ import annotations

import base64
import re
import unicodedata
from typing import Any

from django.db import models

from vt_cvs.kern.regels import regel
from vt_cvs.kern.versleuteling import blinde_index, ontsleutel, versleutel

# Control characters and marks that turn the reading direction around: they can hide text from a reader.
_ONZICHTBAAR = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


@regel("RW-4.13")
def als_platte_tekst(waarde: str) -> str:
    """Plain text with its lines kept: no control characters, no direction marks, one kind of line end."""
    waarde = waarde.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    waarde = _ONZICHTBAAR.sub("", waarde)
    # A lone surrogate cannot be stored; it can reach us through a JSON escape.
    waarde = waarde.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", waarde)


class PlatteTekstMixin(models.Field):
    """Whatever way a text comes in (form, API, task, shell), it is stored as plain text."""

    def maak_plat(self, waarde: str) -> str:
        return als_platte_tekst(waarde)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return self.maak_plat(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        waarde = super().pre_save(model_instance, add)
        if isinstance(waarde, str):
            waarde = self.maak_plat(waarde)
            setattr(model_instance, self.attname, waarde)
        return waarde


class PlatteTekst(PlatteTekstMixin, models.TextField):
    """Text as people write it, of any length."""


class Regeltekst(PlatteTekstMixin, models.CharField):
    """Text of one line, with a length: a line end becomes a space, so it can stand in a mail header or a heading."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def maak_plat(self, waarde: str) -> str:
        return " ".join(als_platte_tekst(waarde).split("\n"))


@regel("RW-14.1")
def voldoet_aan_elfproef(bsn: str) -> bool:
    """Nine digits, weights 9..2 and -1, sum divisible by eleven; the code 000000000 is no BSN."""
    if not re.fullmatch(r"[0-9]{9}", bsn) or bsn == "000000000":
        return False
    return sum(int(c) * g for c, g in zip(bsn, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0


def alleen_cijfers(waarde: str) -> str:
    return re.sub(r"[^0-9]", "", waarde)


class BSNVeld(models.TextField):
    """Encrypted at rest; reads as the digits that were entered. Look up through the blind index beside it."""

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if not value:
            return ""
        return base64.b64encode(versleutel(str(value).encode(), plek="bsn")).decode()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return self.get_db_prep_save(value, connection) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return ontsleutel(base64.b64decode(value), plek="bsn").decode() if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in {"exact", "isnull"}:  # only for "is it empty?"; equal BSNs differ in ciphertext
            return super().get_lookup(lookup_name)
        return None


class BlindeIndex(models.CharField):
    """Follows the field named in `van`: the keyed digest of its value, "" for none."""

    def __init__(self, *args: Any, van: str = "", **kwargs: Any) -> None:
        self.van = van
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        naam, pad, args, kwargs = super().deconstruct()
        return naam, pad, args, {**kwargs, "van": self.van}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        waarde = bsn_index(getattr(model_instance, self.van))
        setattr(model_instance, self.attname, waarde)
        return waarde


def bsn_index(bsn: str) -> str:
    """What to look for in a `BlindeIndex` column."""
    cijfers = alleen_cijfers(bsn or "")
    return blinde_index(cijfers, plek="bsn") if cijfers else ""
