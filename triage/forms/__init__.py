"""Forms of triage. The VHT is one form that never refuses an answer; the decision asks for two names."""

from triage.forms.besluit import AantekeningForm, AcuutForm, BesluitForm, BevestigerForm, TekenForm, hulp
from triage.forms.vht import VHTForm

__all__ = [
    "AantekeningForm",
    "AcuutForm",
    "BesluitForm",
    "BevestigerForm",
    "TekenForm",
    "VHTForm",
    "hulp",
]
