"""What higher apps add to a case: its tabs, quick acts, and what the readers of whole cases need.

Each app answers in its own `dossier.py`; the case asks and never looks up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vt_cvs.kern.vragen import Vraag

if TYPE_CHECKING:
    from casus.models import Casus


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of the case screen; `volgorde` places it, `aantal` None shows no count."""

    code: str
    naam: str
    volgorde: int
    pad: str
    aantal: int | None = None


@dataclass(frozen=True, slots=True)
class Snelactie:
    """One of the acts that are always within reach on a case screen."""

    code: str
    naam: str
    pad: str
    icoon: str
    toets: str
    volgorde: int


tabs: Vraag[Tab] = Vraag("tabs van de casus")
"""Asked with a Casus."""

snelacties: Vraag[Snelactie] = Vraag("snelacties van de casus")
"""Asked with a Casus."""


def pad_in(casus: Casus, deel: str) -> str:
    return f"{casus.pad()}{deel}/"
