"""What the register adds to a case: its tab."""

from __future__ import annotations

from casus.dossier import Tab, pad_in, tabs
from casus.models import Casus


@tabs.antwoord
def tab(casus: Casus) -> list[Tab]:
    if casus.soort == Casus.Soort.ADVIES:
        return []
    return [Tab("register", "VT Register", 80, pad_in(casus, "register"))]
