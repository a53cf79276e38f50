"""A request for access, and the parts that a person judges for that one requester."""

from casus.inzage.models.onderdeel import Onderdeel
from casus.inzage.models.verzoek import Inzageverzoek

__all__ = ["Inzageverzoek", "Onderdeel"]
