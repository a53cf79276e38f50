"""What comes in: signals with the people they name, reports with their melder, and requests for advice."""

from melding.models.advies import Advies
from melding.models.melding import NTI, Melder, Melding
from melding.models.signaal import AangemeldePersoon, Signaal

__all__ = ["NTI", "AangemeldePersoon", "Advies", "Melder", "Melding", "Signaal"]
