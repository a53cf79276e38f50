"""What an intake holds once it is read: the same for a sender's message, the public form and an employee."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from vt_cvs.kern.versleuteling import blinde_index


@dataclass(frozen=True, slots=True)
class AangeleverdeMelder:
    naam: str = ""
    functie: str = ""
    organisatie: str = ""
    email: str = ""
    telefoon: str = ""
    soort: str = ""
    organisatietype: str = ""
    email_reden: str = ""
    bereik: str = ""
    anoniem: str = ""


@dataclass(frozen=True, slots=True)
class AangeleverdePersoon:
    """Someone the message names; every value as it was written."""

    soort: str
    voornamen: str = ""
    voorvoegsel: str = ""
    achternaam: str = ""
    geboortedatum: str = ""
    bsn: str = ""
    geslacht: str = ""
    straat: str = ""
    postcode: str = ""
    plaats: str = ""
    telefoon: str = ""
    rol: str = ""
    afhankelijk: bool = False


@dataclass(frozen=True, slots=True)
class AangeleverdeMeldcode:
    """The five steps, as a professional says they were taken; every part may be left out."""

    meldcodestappen: tuple[str, ...] = ()
    afwegingskader: str = ""
    weging: str = ""
    gesprek_gevoerd: str = ""
    gesprek_verslag: str = ""
    weet_van_melding: str = ""
    melden_nodig: str = ""
    hulp_mogelijk: str = ""
    besluit_uitleg: str = ""


@dataclass(frozen=True, slots=True)
class AangeleverdeBijlage:
    naam: str
    inhoud: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Aangeleverd:
    """One report as a sender gives it; dates are text, for what is no date is kept as well."""

    kenmerk: str = ""
    tekst: str = ""
    melder: AangeleverdeMelder = AangeleverdeMelder()
    ontvangen_op: str = ""
    incident_op: str = ""
    aanleiding: str = ""
    hulpverlening: str = ""
    wie_helpt: str = ""
    duur_geweld: str = ""
    gevaar: str = ""
    afhankelijken: str = ""
    meldcode: AangeleverdeMeldcode | None = None
    personen: tuple[AangeleverdePersoon, ...] = ()
    bijlagen: tuple[AangeleverdeBijlage, ...] = ()
    opgeschoond: bool = False
    """Invisible characters were taken out while reading."""

    def vingerafdruk(self) -> str:
        """The same message has the same digest, whatever the order of its fields; keyed, for it is about people."""
        inhoud = asdict(self)
        tekst = json.dumps(inhoud, default=_als_tekst, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return blinde_index(tekst, plek="signaal")


def _als_tekst(waarde: Any) -> str:
    if isinstance(waarde, bytes):
        return base64.b64encode(hashlib.sha256(waarde).digest()).decode()
    raise TypeError(f"{type(waarde).__name__} hoort niet in een bericht.")
