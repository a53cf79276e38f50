"""The question to the BRP: what for, and by what."""

from __future__ import annotations

from typing import Any

from django import forms

from casus.models import Betrokkene
from casus.personen.brp import DOELEN
from vt_cvs.kern.velden import alleen_cijfers
from vt_cvs.web.formulieren import Formulier


class BRPForm(Formulier):
    doel = forms.ChoiceField(
        label="Waarvoor",
        choices=DOELEN,
        widget=forms.RadioSelect,
        help_text="Komt met je naam in het toegangslog.",
    )
    op = forms.ChoiceField(
        label="Zoek op",
        choices=[("bsn", "BSN"), ("naam", "achternaam en geboortedatum"), ("adres", "postcode en huisnummer")],
        widget=forms.RadioSelect,
        help_text="Met een BSN weet je het zeker.",
    )
    postcode = forms.CharField(
        label="Postcode", max_length=7, required=False, help_text="Alleen bij zoeken op postcode en huisnummer."
    )
    huisnummer = forms.IntegerField(
        label="Huisnummer", min_value=1, max_value=99999, required=False, help_text="Zonder toevoeging."
    )
    breedte = {"doel": "b6", "op": "b6", "postcode": "b3", "huisnummer": "b3"}

    def __init__(self, *args: Any, betrokkene: Betrokkene, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        persoon = betrokkene.persoon
        heeft_bsn = persoon is not None and len(alleen_cijfers(persoon.bsn or "")) == 9
        if not heeft_bsn:
            veld: Any = self.fields["op"]
            veld.choices = veld.choices[1:]
        if not self.is_bound and heeft_bsn:
            self.initial["op"] = "bsn"
