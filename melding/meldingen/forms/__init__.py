"""Forms of a report. What it says is never refused for its content; only what nobody can read is."""

from melding.meldingen.forms.apart import ContactForm, NTIForm, RegioForm, VerwijderNTIForm
from melding.meldingen.forms.melding import MeldingForm
from melding.meldingen.forms.personen import PersoonForm
from melding.meldingen.forms.rijen import Personen

__all__ = ["ContactForm", "MeldingForm", "NTIForm", "Personen", "PersoonForm", "RegioForm", "VerwijderNTIForm"]
