"""The forms of the public pages, one topic each."""

from melding.formulier.forms.meldcode import BesluitForm, GesprekForm, MeldcodeForm
from melding.formulier.forms.melder import BEROEPSMATIG, GegevensForm, WieForm
from melding.formulier.forms.mensen import AfhankelijkenForm, PersoonForm, VolwassenenForm
from melding.formulier.forms.situatie import HulpForm, SituatieForm
from melding.formulier.forms.velden import Bladzijdeformulier

__all__ = [
    "BEROEPSMATIG",
    "AfhankelijkenForm",
    "BesluitForm",
    "Bladzijdeformulier",
    "GegevensForm",
    "GesprekForm",
    "HulpForm",
    "MeldcodeForm",
    "PersoonForm",
    "SituatieForm",
    "VolwassenenForm",
    "WieForm",
]
