"""The people of a report: one row each, filled in from the message where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from casus.models import Betrokkene, Persoon
from melding.aanlevering import AangeleverdePersoon
from melding.codes import aandeel_volgens
from melding.formuliervelden import modelveld
from melding.gemeente import Woont
from melding.meldingen.forms.herkend import HerkendeRij
from melding.meldingen.services.opvoeren import OpgevoerdePersoon, gegevens_van
from melding.nakijken import lees_datum, twijfels
from melding.signalen.models import AangemeldePersoon
from vt_cvs.kern.regels import regel
from vt_cvs.web.dagen import leeftijd
from vt_cvs.web.velden import lees_datum as lees_getypt

VAN_PERSOON = (
    "voornamen",
    "voorvoegsel",
    "achternaam",
    "geslacht",
    "bsn",
    "straat",
    "postcode",
    "plaats",
    "telefoon",
)


class PersoonForm(HerkendeRij):
    """Who someone is, and who they are in this report."""

    voornamen = modelveld(Persoon, "voornamen")
    voorvoegsel = modelveld(Persoon, "voorvoegsel")
    achternaam = modelveld(Persoon, "achternaam")
    geboortedatum = forms.CharField(
        label="Geboortedatum", max_length=40, required=False, help_text="Zoals bekend; een deel ervan mag ook."
    )
    geslacht = modelveld(Persoon, "geslacht")
    bsn = forms.CharField(
        label="BSN",
        max_length=20,
        required=False,
        help_text="Om zeker te weten om wie het gaat, en voor het VT Register.",
    )
    straat = modelveld(Persoon, "straat")
    postcode = modelveld(Persoon, "postcode")
    plaats = modelveld(Persoon, "plaats")
    telefoon = modelveld(Persoon, "telefoon")
    rol = forms.ChoiceField(
        label="Rol",
        choices=[
            (Betrokkene.Rol.DIRECT, "Directbetrokkene"),
            (Betrokkene.Rol.DERDE, "Betrokken derde"),
            (Betrokkene.Rol.PROFESSIONAL, "Professional"),
        ],
        required=False,
        help_text=str(Betrokkene._meta.get_field("stand").help_text),
    )
    aandeel = modelveld(Betrokkene, "aandeel")
    relatie = modelveld(Betrokkene, "relatie")
    weg = forms.BooleanField(
        label="Hoort er niet bij", required=False, help_text="Blijft in de tekst van de melding staan."
    )

    breedte = {"rol": "b3", "aandeel": "b3", "weg": "b6", "straat": "b3"}

    def __init__(self, *args: Any, aangemeld: AangemeldePersoon | None = None, **kwargs: Any) -> None:
        self.aangemeld = aangemeld
        kwargs["initial"] = _uit_bericht(aangemeld) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.voorgevuld = {naam for naam, waarde in kwargs["initial"].items() if waarde} if aangemeld else set()
        self.bij_bericht = aangemeld is not None

    @property
    def naam(self) -> str:
        return " ".join(deel for deel in map(self.waarde, ("voornamen", "voorvoegsel", "achternaam")) if deel)

    @property
    def geboren(self) -> date | None:
        """As people type it (30-9-90) or as senders write it; a day that is still to come is no birth date."""
        getypt = self.waarde("geboortedatum")
        try:
            dag: date | None = lees_getypt(getypt) if getypt else None
        except ValidationError:
            dag = lees_datum(getypt)[0]
        return dag if dag and dag <= timezone.localdate() else None

    @property
    def is_kind(self) -> bool:
        if self.geboren is not None:
            return Persoon(geboortedatum=self.geboren).is_minderjarig() is True
        return self.aangemeld is not None and self.aangemeld.is_kind

    @property
    def leeftijd(self) -> str:
        return leeftijd(self.geboren) if self.geboren else self.waarde("geboortedatum")

    @property
    def is_leeg(self) -> bool:
        return not self.zelf_gekozen and not any(self.waarde(naam) for naam in (*VAN_PERSOON, "geboortedatum"))

    @property
    def telt(self) -> bool:
        return not self.is_leeg and self.waarde("weg") not in {"on", "True", "true", "1"}

    @property
    def is_open(self) -> bool:
        """Opened for what asks something: who this is, or what is wrong; without a message all rows are open."""
        if self.aangemeld is None:
            return not self.bij_bericht or not self.is_leeg
        return bool(self.nabij) or self.kiest or (self.is_bound and bool(self.errors))

    @property
    def meer_open(self) -> bool:
        return self.is_bound and any(
            naam in self.errors for naam in ("relatie", "straat", "postcode", "plaats", "telefoon")
        )

    @property
    def waarde_meer(self) -> str:
        """What stands in the folded fields, in one line."""
        return " · ".join(deel for deel in map(self.waarde, ("relatie", "straat", "plaats", "telefoon")) if deel)

    @property
    def rolzin(self) -> str:
        """“directbetrokkene · getuige”, for the closed row."""
        rollen, aandelen = dict(Betrokkene.Rol.choices), dict(Betrokkene.Aandeel.choices)
        rol = rollen.get(self.waarde("rol") or Betrokkene.Rol.DIRECT, "")
        aandeel = aandelen.get(self.waarde("aandeel"), "")
        return " · ".join(str(deel) for deel in (rol.lower(), aandeel) if deel)

    @property
    def woont(self) -> Woont:
        direct = (self.waarde("rol") or Betrokkene.Rol.DIRECT) == Betrokkene.Rol.DIRECT
        return Woont(self.waarde("plaats"), direct and self.is_kind, self.waarde("aandeel") if direct else "")

    @property
    def opgevoerd(self) -> OpgevoerdePersoon:
        """As the service takes it; what cannot be right goes along as doubt."""
        gegevens = {naam: self.cleaned_data[naam] for naam in VAN_PERSOON}
        datum = self.geboren
        opgegeven = "" if datum else self.cleaned_data["geboortedatum"]
        return OpgevoerdePersoon(
            persoon=self.persoon,
            gegevens={**gegevens, "geboortedatum": datum, "geboortedatum_opgegeven": opgegeven},
            aangemeld=self.aangemeld,
            rol=self.cleaned_data["rol"] or Betrokkene.Rol.DIRECT,
            aandeel=self.cleaned_data["aandeel"] or Betrokkene.Aandeel.ONBEKEND,
            relatie=self.cleaned_data["relatie"],
            twijfels=() if self.persoon or self.aangemeld else tuple(self._twijfels()),
        )

    def _twijfels(self) -> Iterator[str]:
        velden = {naam: self.cleaned_data[naam] for naam in (*VAN_PERSOON, "geboortedatum")}
        return twijfels(AangeleverdePersoon(soort="kind" if self.is_kind else "volwassene", **velden))


@regel("RW-4.1", "RW-7.1")
def _uit_bericht(aangemeld: AangemeldePersoon | None) -> dict[str, Any]:
    """The message as a proposal; the role and the part someone had are for the worker to say."""
    if aangemeld is None:
        return {"rol": Betrokkene.Rol.DIRECT, "aandeel": Betrokkene.Aandeel.ONBEKEND}
    gegevens = gegevens_van(aangemeld)
    datum = gegevens.pop("geboortedatum")
    opgegeven = gegevens.pop("geboortedatum_opgegeven")
    return gegevens | {
        "geboortedatum": f"{datum:%d-%m-%Y}" if datum else opgegeven,
        "rol": Betrokkene.Rol.DIRECT,
        "aandeel": aandeel_volgens(aangemeld.rol),
        "relatie": aangemeld.rol[:80],
    }
