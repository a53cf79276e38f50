"""The assessment of safety (VHT) and the one decision that rests on it."""

from triage.models.besluit import Besluitaantekening, Bevestiging, Triagebesluit
from triage.models.uitgave import Instrumentuitgave
from triage.models.vht import VHT, Antwoord, Geweldsvorm

__all__ = ["VHT", "Antwoord", "Besluitaantekening", "Bevestiging", "Geweldsvorm", "Instrumentuitgave", "Triagebesluit"]
