"""Who may take in signals, reports and requests for advice."""

from __future__ import annotations

from typing import Any

from casus import rechten as casusrechten
from vt_cvs.kern.rechten import Recht, recht
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.rechten import is_systeem


@recht("het sluiten heeft voorgesteld", anders="iemand anders is dan wie het sluiten voorstelde")
def is_voorsteller(wie: Medewerker, signaal: Any) -> bool:
    return wie.pk == signaal.sluiten_voorgesteld_door_id


@recht("een signaal sluit dat een medewerker zelf invoerde")
def is_eigen_invoer(_wie: Medewerker, signaal: Any) -> bool:
    return not signaal.is_digitaal


mag_opnemen: Recht = casusrechten.mag_opnemen
mag_ontvangen: Recht = mag_opnemen | is_systeem
mag_signaal_sluiten: Recht = mag_opnemen & (~is_voorsteller | is_eigen_invoer)
mag_vastleggen: Recht = casusrechten.mag_vastleggen
mag_nti_vastleggen: Recht = casusrechten.mag_vastleggen
mag_afhandelen: Recht = casusrechten.mag_triage
mag_volgen: Recht = is_systeem
"""Steps that only follow from what happens in triage: nobody takes them by hand."""
mag_advies_geven: Recht = casusrechten.mag_triage
