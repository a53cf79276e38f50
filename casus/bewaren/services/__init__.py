"""Keeping, proposing, agreeing, carrying out."""

from casus.bewaren.services.uitvoeren import VERWIJDERING, voer_verwijdering_uit
from casus.bewaren.services.voorstellen import bewaar_langer, na_stap, stel_voor

__all__ = ["VERWIJDERING", "bewaar_langer", "na_stap", "stel_voor", "voer_verwijdering_uit"]
