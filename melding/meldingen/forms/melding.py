"""One report: who reported, when, and what is counted. The same fields when taking it up and later on its page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from melding.formuliervelden import codeveld, modelveld, tekst_van
from melding.gemeente import Voorstel
from melding.meldingen.forms.apart import CONTACT
from melding.meldingen.models import Melder, Melding
from melding.meldingen.models.melding import THV
from melding.meldingen.services import melder_volgens
from melding.signalen.models import Signaal
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.selectors import labels
from vt_cvs.web.formulieren import Formulier
from vt_cvs.web.velden import MomentVeld, PlatteTekst

VAN_MELDER = ("soort", "functie", "organisatie", "naam", "email", "email_reden", "telefoon", "anoniem")
VAN_MELDING = ("ontvangen_op", "incident_op", "situatie", "gemeente", "gemeente_reden", "aanleiding", "thv_uitkomst",
               "taak_vt", "taak_ander", "ambtshalve", "duur_geweld", "hulpverlening", "afhankelijken")  # fmt: skip


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
    gemeente_akkoord = forms.CharField(required=False, max_length=10)
    gemeente_reden = modelveld(Melding, "gemeente_reden")
    aanleiding = codeveld(Melding, "aanleiding")
    thv_uitkomst = modelveld(Melding, "thv_uitkomst")
    taak_vt = codeveld(Melding, "taak_vt")
    taak_ander = codeveld(Melding, "taak_ander")
    ambtshalve = modelveld(Melding, "ambtshalve")
    afhankelijken = modelveld(Melding, "afhankelijken")
    duur_geweld = codeveld(Melding, "duur_geweld")
    hulpverlening = codeveld(Melding, "hulpverlening")

    wat_wel_kan = "als signaal bewaren, of bellen met wie de casus heeft."
    breedte = {
        "situatie": "b6",
        "anoniem": "b6",
        "gemeente": "b3",
        "incident_op": "b3",
        "ontvangen_op": "b3",
        "ambtshalve": "b3",
    }

    def __init__(
        self, *args: Any, signaal: Signaal | None = None, melding: Melding | None = None, **kwargs: Any
    ) -> None:
        begin = _uit_melding(melding) if melding else _uit_signaal(signaal)
        kwargs["initial"] = begin | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.is_nieuw = melding is None
        if melding is None or not melding.is_bijzonder:
            for naam in ("taak_vt", "taak_ander"):
                del self.fields[naam]  # asked once it is known what kind of report it is
        if melding is not None and melding.melder.anoniem:
            for naam in CONTACT:
                del self.fields[naam]  # as carefully as NTI: on its own page, and every look is logged (RW-6.4)
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
        elif self.is_nieuw and not gegevens.get("email_reden"):
            gegevens["email_reden"] = Melder.EmailReden.NIET_BEKEND
        akkoord = gegevens.get("gemeente_akkoord")
        if akkoord and not gegevens.get("gemeente") and akkoord in labels("gemeente"):
            gegevens["gemeente"] = akkoord
        if gegevens.get("aanleiding") != THV:
            gegevens["thv_uitkomst"] = ""
        return gegevens

    @regel("RW-6.5")
    def toets_gemeente(self, voorstel: Voorstel | None) -> bool:
        """Another municipality than the rule gives says why; an empty one is for later."""
        if not self.is_valid():
            return False
        gekozen, reden = self.cleaned_data["gemeente"], self.cleaned_data["gemeente_reden"].strip()
        if voorstel is None or gekozen in {"", voorstel.code}:
            self.cleaned_data["gemeente_reden"] = "" if gekozen else reden
        elif not reden:
            self.add_error("gemeente_reden", f"Schrijf kort waarom het niet {voorstel.gemeente} is.")
            return False
        return True

    def versieveld(self, nu: Any) -> str:
        """Report and reporter stand in one form, each with its own version."""
        return "melder_versie" if isinstance(nu, Melder) else "versie"

    @property
    def melder_open(self) -> bool:
        """Folded away when the message said who reported; open when it must be asked, or when something is wrong."""
        meer = ("soort", "naam", "telefoon", "email_reden")
        return not self.voorgevuld or (self.is_bound and any(naam in self.errors for naam in meer))

    @property
    def melder(self) -> dict[str, Any]:
        return {naam: self.cleaned_data[naam] for naam in VAN_MELDER if naam in self.fields}

    @property
    def melding(self) -> dict[str, Any]:
        return {naam: self.cleaned_data[naam] for naam in VAN_MELDING if naam in self.fields}


@regel("RW-4.1")
def _uit_signaal(signaal: Signaal | None) -> dict[str, Any]:
    """What the signal knows stands filled in; nobody types it again."""
    if signaal is None:
        return {"ontvangen_op": timezone.now()}
    from melding.codes import bekende_code

    return melder_volgens(signaal) | {
        "versie": signaal.versie,
        "incident_op": signaal.incident_op,
        "aanleiding": bekende_code("aanleiding", signaal.aanleiding),
        "hulpverlening": bekende_code("hulpverlening", signaal.hulpverlening),
        "duur_geweld": bekende_code("duur_geweld", signaal.duur_opgegeven),
        "afhankelijken": signaal.afhankelijken,
    }


def _uit_melding(melding: Melding) -> dict[str, Any]:
    gegevens = {naam: getattr(melding, naam) for naam in VAN_MELDING}
    van_melder = {naam: getattr(melding.melder, naam) for naam in VAN_MELDER}
    return gegevens | van_melder | {"versie": melding.versie, "melder_versie": melding.melder.versie}
