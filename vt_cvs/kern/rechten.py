"""Rights that read as sentences: who may do this, and the refusal that says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied


class NietToegestaan(PermissionDenied):
    """Refused because of who asks; the sentence says who can."""


@dataclass(frozen=True, slots=True)
class Recht:
    """A question about one employee and one thing; `zin` completes “Dit kan alleen wie …”."""

    zin: str
    toets: Callable[[Any, Any], bool]
    ontkenning: str = ""

    def __call__(self, wie: Any, waarop: Any) -> bool:
        return bool(getattr(wie, "is_active", False) and self.toets(wie, waarop))

    def __and__(self, ander: Recht) -> Recht:
        return Recht(f"{self.zin} en {ander.zin}", lambda wie, op: self(wie, op) and ander(wie, op))

    def __or__(self, ander: Recht) -> Recht:
        return Recht(f"{self.zin} of {ander.zin}", lambda wie, op: self(wie, op) or ander(wie, op))

    def __invert__(self) -> Recht:
        return Recht(self.ontkenning or f"niet {self.zin}", lambda wie, op: not self.toets(wie, op), self.zin)

    @property
    def weigering(self) -> str:
        return f"Dit kan alleen wie {self.zin}."

    def eis(self, wie: Any, waarop: Any) -> None:
        """Raise `NietToegestaan`, with the sentence, when `wie` lacks this right."""
        if not self(wie, waarop):
            raise NietToegestaan(self.weigering)


def recht(zin: str, *, anders: str = "") -> Callable[[Callable[[Any, Any], bool]], Recht]:
    """Turn a test into a right: `zin` as “Dit kan alleen wie <zin>”, `anders` the same sentence denied."""
    return lambda toets: Recht(zin, toets, anders)
