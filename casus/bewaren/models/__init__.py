"""Keeping a file longer, and removing or destroying it by two people."""

from casus.bewaren.models.markering import Bewaarmarkering
from casus.bewaren.models.verwijdering import Verwijdering

__all__ = ["Bewaarmarkering", "Verwijdering"]
