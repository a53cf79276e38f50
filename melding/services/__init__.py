"""What changes a signal, a melding or an advies. Other apps import from here."""

from melding.services.adviezen import begin_advies, sluit_advies, wijzig_advies
from melding.services.bijwerken import ontvangst_gecorrigeerd, wijzig_melding
from melding.services.melders import melder_volgens, wijzig_melder
from melding.services.meldingen import (
    handel_af,
    melding_aangenomen,
    neem_melding_aan,
    noteer_beoordeling,
    noteer_besloten,
)
from melding.services.nti import leg_nti_vast, verwijder_nti
from melding.services.opvoeren import OpgevoerdePersoon, opvoering_van
from melding.services.opvolgen import casus_opgevolgd
from melding.services.signalen import AnderBericht, ontvang_signaal

__all__ = [
    "AnderBericht",
    "OpgevoerdePersoon",
    "begin_advies",
    "casus_opgevolgd",
    "handel_af",
    "leg_nti_vast",
    "melder_volgens",
    "melding_aangenomen",
    "neem_melding_aan",
    "noteer_beoordeling",
    "noteer_besloten",
    "ontvang_signaal",
    "ontvangst_gecorrigeerd",
    "opvoering_van",
    "sluit_advies",
    "verwijder_nti",
    "wijzig_advies",
    "wijzig_melder",
    "wijzig_melding",
]
