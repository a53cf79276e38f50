"""Feedback to whoever reported and word to whom it is about: asked for, written from a template, sent, followed."""

from casus.services.terugkoppeling.bezorgen import (
    BRIEF,
    MAIL,
    POGINGEN_VOOR_MISLUKT,
    bezorg_mail,
    kwam_niet_aan,
    na_stap,
    terugkoppeling_gedaan,
    verstuur_bericht,
    wordt_herhaald,
)
from casus.services.terugkoppeling.schrijven import concepttekst, met_disclaimer, schrijf_bericht
from casus.services.terugkoppeling.vragen import vraag_terugkoppeling

__all__ = [
    "BRIEF",
    "MAIL",
    "POGINGEN_VOOR_MISLUKT",
    "bezorg_mail",
    "concepttekst",
    "kwam_niet_aan",
    "met_disclaimer",
    "na_stap",
    "schrijf_bericht",
    "terugkoppeling_gedaan",
    "verstuur_bericht",
    "vraag_terugkoppeling",
    "wordt_herhaald",
]
