"""One report: who reported, when, and what is counted. The same fields when taking it up and later on its page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from melding.forms.velden import codeveld, modelveld, tekst_van
from melding.models import NTI, Melder, Melding, Signaal
from melding.services import melder_volgens
from vt_cvs.kern.regels import regel
from vt_cvs.web.formulieren import Formulier
from vt_cvs.web.velden import MomentVeld, PlatteTekst

VAN_MELDER = ("soort", "functie", "organisatie", "naam", "email", "email_reden", "telefoon", "anoniem")
VAN_MELDING = ("ontvangen_op", "incident_op", "situatie", "gemeente", "aanleiding", "duur_geweld", "hulpverlening")


class MeldingForm(Formulier):
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    melder_versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    soort = modelveld(Melder, "soort")
    functie = codeveld(Melder, "functie")
    organisatie = codeveld(Melder, "organisatie")
    naam = modelveld(Melder, "naam")
    email = modelveld(Melder, "email", widget=forms.EmailInput)
    email_reden = modelveld(Melder, "email_reden")
    telefoon = modelveld(Melder, "telefoon")
    anoniem = modelveld(Melder, "anoniem")
    ontvangen_op = MomentVeld(toekomst=False, required=False, **tekst_van(Melding, "ontvangen_op"))
    incident_op = MomentVeld(required=False, **tekst_van(Melding, "incident_op"))
    situatie = PlatteTekst(rijen=12, required=False, **tekst_van(Melding, "situatie"))
    gemeente = codeveld(Melding, "gemeente")
    aanleiding = codeveld(Melding, "aanleiding")
    duur_geweld = codeveld(Melding, "duur_geweld")
    hulpverlening = codeveld(Melding, "hulpverlening")

    wat_wel_kan = "als signaal bewaren, of bellen met wie de casus heeft."
    breedte = {"situatie": "b6", "anoniem": "b6", "gemeente": "b3", "incident_op": "b3", "ontvangen_op": "b3"}

    def __init__(
        self, *args: Any, signaal: Signaal | None = None, melding: Melding | None = None, **kwargs: Any
    ) -> None:
        begin = _uit_melding(melding) if melding else _uit_signaal(signaal)
        kwargs["initial"] = begin | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if signaal is not None:
            for naam in ("ontvangen_op", "situatie"):
                del self.fields[naam]  # as received: the date starts the term, the text stays what it was
            self.voorgevuld = {naam for naam in VAN_MELDER if begin.get(naam)} & set(self.fields)

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if gegevens.get("soort") == Melder.Soort.ANONIEM:
            gegevens["anoniem"] = True
        if gegevens.get("email"):
            gegevens["email_reden"] = ""
        return gegevens

    @property
    def melder_open(self) -> bool:
        """Folded away when the message said who reported; open when it must be asked, or when something is wrong."""
        meer = ("soort", "naam", "telefoon", "email_reden")
        return not self.voorgevuld or (self.is_bound and any(naam in self.errors for naam in meer))

    @property
    def melder(self) -> dict[str, Any]:
        return {naam: self.cleaned_data[naam] for naam in VAN_MELDER}

    @property
    def melding(self) -> dict[str, Any]:
        return {naam: self.cleaned_data[naam] for naam in VAN_MELDING if naam in self.fields}


@regel("RW-4.1")
def _uit_signaal(signaal: Signaal | None) -> dict[str, Any]:
    """What the signal knows stands filled in; nobody types it again."""
    if signaal is None:
        return {"ontvangen_op": timezone.now()}
    from melding.selectors import bekende_code

    return melder_volgens(signaal) | {
        "versie": signaal.versie,
        "incident_op": signaal.incident_op,
        "aanleiding": bekende_code("aanleiding", signaal.aanleiding),
        "hulpverlening": bekende_code("hulpverlening", signaal.hulpverlening),
    }


def _uit_melding(melding: Melding) -> dict[str, Any]:
    gegevens = {naam: getattr(melding, naam) for naam in VAN_MELDING}
    van_melder = {naam: getattr(melding.melder, naam) for naam in VAN_MELDER}
    return gegevens | van_melder | {"versie": melding.versie, "melder_versie": melding.melder.versie}


class NTIForm(Formulier):
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    inhoud = PlatteTekst(**tekst_van(NTI, "inhoud"))
    reden = forms.CharField(max_length=400, required=False, **tekst_van(NTI, "reden"))

    breedte = {"inhoud": "b6", "reden": "b6"}


class VerwijderNTIForm(Formulier):
    reden = forms.CharField(
        label="Reden", max_length=400, required=False, help_text="Waarom dit de melder niet meer verraadt."
    )
    breedte = {"reden": "b6"}
