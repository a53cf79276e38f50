"""What reached us: the message, the people it names, and the steps a professional took before."""

from melding.signalen.models.aangemeld import AangemeldePersoon
from melding.signalen.models.inhoud import RUIM, JaNee
from melding.signalen.models.meldcode import Meldcode
from melding.signalen.models.signaal import Signaal

__all__ = ["RUIM", "AangemeldePersoon", "JaNee", "Meldcode", "Signaal"]
