"""What comes in: signals with the people they name, reports with their melder, and requests for advice.

For other apps and for Django. Within `melding` each package imports from its own place, so that WVT-3 stays an import
contract: `melding.advies` and `melding.meldingen` never know each other.
"""

from melding.advies.models import Advies, Adviesafspraak, Toestemming
from melding.formulier.models import Concept
from melding.meldingen.models import NTI, Melder, Melding, Regiooverdracht
from melding.signalen.models import AangemeldePersoon, JaNee, Meldcode, Signaal

__all__ = [
    "NTI",
    "AangemeldePersoon",
    "Advies",
    "Adviesafspraak",
    "Concept",
    "JaNee",
    "Meldcode",
    "Melder",
    "Melding",
    "Regiooverdracht",
    "Signaal",
    "Toestemming",
]
