"""The instrument behind the VHT: data with a version, and the conclusion that follows from the answers."""

from triage.instrument.conclusie import MULTIPROBLEMATISCH_CRITERIUM_B, Conclusie, Deelconclusie, concludeer
from triage.instrument.lezen import Uitgavefout, lees
from triage.instrument.soorten import Criterium, Instrument, Onderdeel
from triage.instrument.uitgaven import huidig_instrument, instrument, meegeleverd

__all__ = [
    "MULTIPROBLEMATISCH_CRITERIUM_B",
    "Conclusie",
    "Criterium",
    "Deelconclusie",
    "Instrument",
    "Onderdeel",
    "Uitgavefout",
    "concludeer",
    "huidig_instrument",
    "instrument",
    "lees",
    "meegeleverd",
]
