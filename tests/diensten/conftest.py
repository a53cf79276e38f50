"""The people around a service: who does it, a colleague, and those who may not."""

from __future__ import annotations

import pytest

from tests import factories
from vt_cvs.organisatie.models import Medewerker, Rol


@pytest.fixture
def noor() -> Medewerker:
    """Achterkant, responsible for the case."""
    return factories.medewerker()


@pytest.fixture
def wie(noor) -> dict[str, Medewerker]:
    return {
        "noor": noor,
        "collega": factories.collega(noor, Rol.ACHTERKANT),
        "voorkant": factories.collega(noor, Rol.VOORKANT),
        "teamleider": factories.collega(noor, Rol.TEAMLEIDER),
        "buiten": factories.buitenstaander(Rol.ACHTERKANT),
        "systeem": factories.systeem(),
    }
