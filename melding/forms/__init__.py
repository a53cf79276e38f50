"""Forms of intake. What a report says is never refused for its content; only what nobody can read is."""

from melding.forms.advies import AdviesForm
from melding.forms.melding import MeldingForm, NTIForm, VerwijderNTIForm
from melding.forms.personen import Personen, PersoonForm
from melding.forms.signaal import SignaalForm, SluitenForm

__all__ = [
    "AdviesForm",
    "MeldingForm",
    "NTIForm",
    "Personen",
    "PersoonForm",
    "SignaalForm",
    "SluitenForm",
    "VerwijderNTIForm",
]
