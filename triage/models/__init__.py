"""The assessment of safety (VHT) and the one decision that rests on it."""

from triage.models.besluit import Triagebesluit
from triage.models.handtekening import Besluitaantekening, Bevestiging, Deelnemer
from triage.models.onderbouwing import Antwoord, Feit, Geweldsvorm, Herkomst, Onderbouwing
from triage.models.uitgave import Instrumentuitgave
from triage.models.versie import VHTVersie
from triage.models.vht import VHT

__all__ = [
    "VHT",
    "Antwoord",
    "Besluitaantekening",
    "Bevestiging",
    "Deelnemer",
    "Feit",
    "Geweldsvorm",
    "Herkomst",
    "Instrumentuitgave",
    "Onderbouwing",
    "Triagebesluit",
    "VHTVersie",
]
