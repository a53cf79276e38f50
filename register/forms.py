"""Forms of the register tab."""

from django import forms

from register.models import Registratie
from vt_cvs.web.formulieren import Formulier

_HULP = Registratie._meta.get_field("reden_niet_registreren").help_text


class NietRegistrerenForm(Formulier):
    reden = forms.CharField(label="Reden", widget=forms.Textarea(attrs={"rows": 3}), help_text=_HULP)
