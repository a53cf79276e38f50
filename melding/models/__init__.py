"""What comes in: signals with the people they name, reports with their melder, and requests for advice."""

from melding.models.aangemeld import AangemeldePersoon
from melding.models.advies import Advies
from melding.models.melder import Melder
from melding.models.melding import Melding
from melding.models.nti import NTI
from melding.models.signaal import Signaal

__all__ = ["NTI", "AangemeldePersoon", "Advies", "Melder", "Melding", "Signaal"]
