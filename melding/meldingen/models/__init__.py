from melding.meldingen.models.melder import Melder
from melding.meldingen.models.melding import Melding
from melding.meldingen.models.nti import NTI
from melding.meldingen.models.regio import Regiooverdracht

__all__ = ["NTI", "Melder", "Melding", "Regiooverdracht"]
