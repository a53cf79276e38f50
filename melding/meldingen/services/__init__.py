"""What changes a report."""

from melding.meldingen.services.aannemen import (
    handel_af,
    melding_aangenomen,
    neem_melding_aan,
    noteer_beoordeling,
    noteer_besloten,
)
from melding.meldingen.services.bijwerken import ontvangst_gecorrigeerd, wijzig_melding
from melding.meldingen.services.melders import melder_volgens, wijzig_melder
from melding.meldingen.services.nti import leg_nti_vast, verwijder_nti
from melding.meldingen.services.opvoeren import OpgevoerdePersoon, opvoering_van
from melding.meldingen.services.opvolgen import casus_opgevolgd
from melding.meldingen.services.regio import draag_over_aan_regio

__all__ = [
    "OpgevoerdePersoon",
    "casus_opgevolgd",
    "draag_over_aan_regio",
    "handel_af",
    "leg_nti_vast",
    "melder_volgens",
    "melding_aangenomen",
    "neem_melding_aan",
    "noteer_beoordeling",
    "noteer_besloten",
    "ontvangst_gecorrigeerd",
    "opvoering_van",
    "verwijder_nti",
    "wijzig_melder",
    "wijzig_melding",
]
