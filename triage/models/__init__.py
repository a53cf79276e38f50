"""The assessment of safety (VHT) and the one decision that rests on it."""

from triage.models.besluit import Triagebesluit
from triage.models.handtekening import Besluitaantekening, Bevestiging, Deelnemer
from triage.models.uitgave import Instrumentuitgave
from triage.models.vht import VHT, Antwoord, Geweldsvorm

__all__ = [
    "VHT",
    "Antwoord",
    "Besluitaantekening",
    "Bevestiging",
    "Deelnemer",
    "Geweldsvorm",
    "Instrumentuitgave",
    "Triagebesluit",
]
