"""Who may do what with a registration: the system sends, people choose when their organisation lets them."""

from __future__ import annotations

from typing import Any

from casus import rechten as casusrechten
from vt_cvs.kern.rechten import Recht, recht
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.rechten import is_systeem


@recht("mag vastleggen in een casus van deze persoon")
def mag_vastleggen_bij_persoon(wie: Medewerker, waarop: Any) -> bool:
    return any(casusrechten.mag_vastleggen(wie, casus) for casus in waarop.casussen())


mag_registreren: Recht = is_systeem
mag_kiezen: Recht = mag_vastleggen_bij_persoon & ~is_systeem
mag_bespreken: Recht = mag_vastleggen_bij_persoon
