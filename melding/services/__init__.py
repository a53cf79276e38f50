"""What changes a signal, a melding or an advies, for other apps."""

from melding.advies.services import begin_advies, sluit_advies, wijzig_advies
from melding.meldingen.services import (
    OpgevoerdePersoon,
    casus_opgevolgd,
    handel_af,
    leg_nti_vast,
    melder_volgens,
    melding_aangenomen,
    neem_melding_aan,
    noteer_beoordeling,
    noteer_besloten,
    ontvangst_gecorrigeerd,
    opvoering_van,
    verwijder_nti,
    wijzig_melder,
    wijzig_melding,
)
from melding.signalen.services import AnderBericht, ontvang_signaal

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
