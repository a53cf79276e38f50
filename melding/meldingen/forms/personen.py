"""The people of a report: one row each, who they may be beside it. The worker decides; nothing arises by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from casus.models import Betrokkene, Casus, Persoon
from casus.selectors import zichtbare_casussen
from casus.selectors.herken_velen import herken_velen
from casus.selectors.herkennen import Herkenning
from casus.selectors.personen import Zoekvraag, lees_zoekvraag
from melding.aanlevering import AangeleverdePersoon
from melding.codes import aandeel_volgens
from melding.formuliervelden import modelveld
from melding.gemeente import Woont
from melding.meldingen.services.opvoeren import OpgevoerdePersoon, gegevens_van
from melding.nakijken import lees_datum, twijfels
from melding.signalen.models import AangemeldePersoon
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.web.dagen import leeftijd
from vt_cvs.web.formulieren import Formulier
from vt_cvs.web.velden import lees_datum as lees_getypt

NIEUW = "nieuw"
EERST = 3
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


class PersoonForm(Formulier):
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
    keuze = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
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
        self.herkend: list[Herkenning] = []
        self.gezocht = False
        self.zoeker: Medewerker | None = None

    def waarde(self, naam: str) -> str:
        return str(self[naam].value() or "").strip()

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
        return not any(self.waarde(naam) for naam in (*VAN_PERSOON, "geboortedatum", "keuze"))

    @property
    def telt(self) -> bool:
        return not self.is_leeg and self.waarde("weg") not in {"on", "True", "true", "1"}

    @property
    def is_open(self) -> bool:
        """Opened for what asks something: who this is, or what is wrong; without a message all rows are open."""
        if self.aangemeld is None:
            return not self.bij_bericht or not self.is_leeg
        return bool(self.herkend) or (self.is_bound and bool(self.errors))

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
    def stand(self) -> str:
        """What is known about this person so far, in a few words."""
        if not self.telt:
            return "hoort er niet bij" if not self.is_leeg else ""
        if self.waarde("keuze") == NIEUW:
            return "nieuwe persoon"
        if self.waarde("keuze"):
            return "bekend, gekozen"
        if self.herkend:
            return f"{len(self.herkend)} mogelijk bekend"
        return "niet eerder bekend" if self.gezocht else ""

    @regel("RW-5.10")
    def zoek(self, medewerker: Medewerker) -> None:
        """Who this may be, with their cases."""
        zoek_allen([self], medewerker)

    @property
    def vraag(self) -> Zoekvraag:
        return lees_zoekvraag(
            voornamen=self.waarde("voornamen"),
            achternaam=self.waarde("achternaam"),
            geboortedatum=self.geboren,
            bsn=self.waarde("bsn"),
            postcode=self.waarde("postcode"),
            straat=self.waarde("straat"),
        )

    @property
    def herkend_eerst(self) -> list[Herkenning]:
        return self.herkend[:EERST]

    @property
    def herkend_later(self) -> list[Herkenning]:
        """Less alike: folded away, so that the page stays short while the phone rings."""
        return self.herkend[EERST:]

    @property
    def later_gekozen(self) -> bool:
        gekozen = self.waarde("keuze").partition("/")[0]
        return any(str(h.persoon_id) == gekozen for h in self.herkend_later)

    @property
    def kiest(self) -> bool:
        """Someone known was chosen in this row."""
        return self.waarde("keuze") not in {"", NIEUW}

    def clean_keuze(self) -> str:
        """“12” is this person, “12/33” this person and their open case; only who was recognised here, or is open to
        this employee. Of someone known in shielded cases only, a report can be added blind and nothing else."""
        keuze = self.cleaned_data["keuze"].strip()
        if keuze in {"", NIEUW}:
            return keuze
        persoon, _, casus = keuze.partition("/")
        gevonden = next((h for h in self.herkend if str(h.persoon_id) == persoon), None)
        if gevonden is not None and gevonden.afgeschermd and not casus:
            raise forms.ValidationError(
                "De casus van deze persoon is afgeschermd. Kies “Blind toevoegen”, of “Nieuwe persoon”."
            )
        casussen = {c.waarde for c in gevonden.casussen} if gevonden is not None else self._zichtbaar(persoon)
        if (gevonden is not None or casussen) and (not casus or casus in casussen):
            self.persoon = _bestaand(Persoon, persoon)
            self.casus = _bestaand(Casus, casus) if casus else None
        if self.persoon is None:
            raise forms.ValidationError("Deze persoon of casus is niet gevonden bij wat hier staat. Zoek opnieuw.")
        return keuze

    def _zichtbaar(self, persoon: str) -> set[str]:
        """The cases of someone chosen before the name was typed otherwise, as far as this employee may open them."""
        if self.zoeker is None or _bestaand(Persoon, persoon) is None:
            return set()
        casussen = zichtbare_casussen(self.zoeker).filter(betrokkenen__persoon=int(persoon))
        return {str(pk) for pk in casussen.values_list("pk", flat=True)}

    persoon: Persoon | None = None
    casus: Casus | None = None

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


@regel("RW-5.10")
def zoek_allen(rijen: Sequence[PersoonForm], medewerker: Medewerker) -> None:
    """Who the people in these rows may be, with their cases; however many rows, as many statements as for one."""
    gevuld = [rij for rij in rijen if not rij.is_leeg]
    for rij, herkend in zip(gevuld, herken_velen(medewerker, [rij.vraag for rij in gevuld]), strict=True):
        rij.herkend, rij.gezocht = herkend, True
    for rij in rijen:
        rij.zoeker = medewerker


def _bestaand(model: Any, sleutel: str) -> Any:
    if not (sleutel.isascii() and sleutel.isdecimal() and len(sleutel) < 18):
        return None
    return model.objects.filter(pk=int(sleutel)).first()
