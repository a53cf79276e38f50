"""Finding known people by what someone types: name in any order and misspelt, date of birth, BSN."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from casus.naamsleutels import adressleutel, gevraagde_sleutels, klinkt_gelijk, lijkt_op
from casus.namen import zoeknaam
from casus.selectors.kandidaten import kandidaten
from vt_cvs.kern.velden import alleen_cijfers, bsn_index
from vt_cvs.web.velden import lees_datum

GELIJK, DATUM_GELIJK = "naam gelijk", "datum gelijk"
BSN_GELIJK, NAAM_EN_DATUM = "BSN gelijk", "naam en datum gelijk"
ANDERE_NAAM, DATUM_ONBEKEND = "andere naam", "geboortedatum niet bekend"
DEEL_GELIJK, DEEL_LIJKT, VOORLETTER = "deel van de naam gelijk", "deel van de naam lijkt", "voorletter gelijk"
OMGEKEERD, JAAR_ANDERS = "dag en maand omgekeerd", "jaar anders"
DAG_ANDERS, DATUM_ANDERS = "dag en maand anders", "geboortedatum anders"
ZELFDE_ADRES = "zelfde adres"
_BSN = re.compile(r"(?<!\d)(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3})(?!\d)")
_ADRES = re.compile(r"(?<!\d)([1-9]\d{3} ?[a-z]{2})[ ,]+(?:[^\d]{3,40} )?(\d{1,5})(?!\d)", re.IGNORECASE)
_DATUM = re.compile(
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d{4}|\d{2})|\d{8}"
    r"|\d{1,2}[- ][a-z]{3,9}\.?[- ](?:\d{4}|\d{2}))(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """What is asked: a name with its keys, a date of birth, the blind index of a BSN, an address; each may be empty."""

    naam: str = ""
    geboortedatum: date | None = None
    bsn: str = ""
    sleutels: tuple[frozenset[int], ...] = ()
    adres: int | None = None

    def __bool__(self) -> bool:
        return bool(self.sleutels or self.geboortedatum or self.bsn or self.adres is not None)

    @property
    def initialen(self) -> str:
        """Single letters that were typed: evidence beside a date of birth or an address."""
        return "".join(woord for woord in self.naam.split() if len(woord) == 1 and woord.isalpha())

    @property
    def omgekeerd(self) -> date | None:
        """Day and month the other way round, when that is a date."""
        d = self.geboortedatum
        if d is None or d.day > 12 or d.day == d.month:
            return None
        return d.replace(month=d.day, day=d.month)


def lees_zoekvraag(
    tekst: str = "",
    *,
    voornamen: str = "",
    achternaam: str = "",
    geboortedatum: date | None = None,
    bsn: str = "",
    postcode: str = "",
    straat: str = "",
) -> Zoekvraag:
    """“martina 30-9-90”, “999990019”, “1234 AB 12” or separate fields, in any combination."""
    tekst = " ".join(tekst.split())[:200]
    gevonden = _BSN.search(tekst)
    if gevonden:
        bsn = bsn or gevonden[0]
        tekst = tekst.replace(gevonden[0], " ", 1)
    gevonden = _DATUM.search(tekst)
    if gevonden and (dag := _datum(gevonden[0])):
        geboortedatum = geboortedatum or dag
        tekst = tekst.replace(gevonden[0], " ", 1)
    gevonden = _ADRES.search(tekst)
    if gevonden:
        postcode, straat = postcode or gevonden[1], straat or f"nummer {gevonden[2]}"
        tekst = tekst.replace(gevonden[0], " ", 1)
    cijfers = alleen_cijfers(bsn)
    velden = (voornamen[:200], achternaam[:200], tekst)
    return Zoekvraag(
        naam=zoeknaam(*velden),
        geboortedatum=geboortedatum,
        bsn=bsn_index(cijfers) if len(cijfers) == 9 else "",
        sleutels=gevraagde_sleutels(*(veld for veld in velden if veld.strip())),
        adres=adressleutel(postcode, straat),
    )


def _datum(tekst: str) -> date | None:
    try:
        return lees_datum(tekst)
    except ValidationError:
        return None


def vind_personen(vraag: Zoekvraag, *, hoogstens: int) -> Sequence[Any]:
    """The likeliest first. Only people of a case that is no advies."""
    return kandidaten(vraag, hoogstens=hoogstens) if vraag else []


def waarom(persoon: Any, vraag: Zoekvraag) -> tuple[str, bool]:
    """Why this person is shown, in words, and whether it leaves little doubt."""
    gevonden_als = getattr(persoon, "gevonden_als", persoon.zoeknaam)
    naam = _waarom_naam(vraag.naam.split(), gevonden_als.split()) if vraag.naam else ""
    datum = _waarom_datum(persoon.geboortedatum, vraag)
    if vraag.bsn and persoon.bsn_index == vraag.bsn:
        mis = [naam if naam == ANDERE_NAAM else "", datum if datum not in {"", DATUM_GELIJK, DATUM_ONBEKEND} else ""]
        return ", ".join(deel for deel in (BSN_GELIJK, *mis) if deel), True
    if (naam, datum) == (GELIJK, DATUM_GELIJK):
        anders = vraag.bsn and persoon.bsn_index
        return f"{NAAM_EN_DATUM}, BSN anders" if anders else NAAM_EN_DATUM, True
    adres = vraag.adres in persoon.zoeksleutels and not persoon.adres_geheim
    return ", ".join(deel for deel in (naam, datum, ZELFDE_ADRES if adres else "") if deel), False


def is_eenduidig(reden: str, vraag: Zoekvraag) -> bool:
    """Nothing speaks against it: the BSN, or first name, surname and date of birth, and none of them differs."""
    return reden == BSN_GELIJK or (reden == NAAM_EN_DATUM and len(vraag.naam.split()) > 1)


def is_ver(reden: str) -> bool:
    """Little speaks for it: only a part of the name, or a name that resembles while the date of birth is another."""
    delen = set(reden.split(", "))
    if delen & {ZELFDE_ADRES, BSN_GELIJK, NAAM_EN_DATUM, DATUM_GELIJK, OMGEKEERD, JAAR_ANDERS}:
        return False
    if delen & {DAG_ANDERS, DATUM_ANDERS}:
        return GELIJK not in delen
    return bool(delen & {DEEL_GELIJK, DEEL_LIJKT, VOORLETTER, ANDERE_NAAM})


def _waarom_naam(gevraagd: list[str], bekend: list[str]) -> str:
    """The strongest thing that can be said of all words that were typed."""
    if set(gevraagd) <= set(bekend) or "".join(gevraagd) == "".join(bekend):
        return GELIJK
    if len(bekend) > 1 and set(bekend) <= set(gevraagd):
        return GELIJK
    heel = [woord for woord in gevraagd if woord not in bekend]
    rest = [woord for woord in bekend if woord not in gevraagd]
    if all(len(woord) == 1 and any(naam.startswith(woord) for naam in rest) for woord in heel):
        return "voorletter en achternaam gelijk" if len(heel) < len(gevraagd) else VOORLETTER
    if all(any(naam.startswith(woord) for naam in rest) for woord in heel):
        return "naam begint zo"
    if all(any(klinkt_gelijk(woord, naam) for naam in rest) for woord in heel if len(woord) > 1):
        return "naam klinkt gelijk"
    if all(any(lijkt_op(woord, naam) for naam in rest) for woord in heel if len(woord) > 1):
        return "naam lijkt"
    if len(heel) < len(gevraagd) or any(lijkt_op(woord, naam) for woord in heel for naam in rest):
        return DEEL_GELIJK if len(heel) < len(gevraagd) else DEEL_LIJKT
    return ANDERE_NAAM


def _waarom_datum(bekend: date | None, vraag: Zoekvraag) -> str:
    gevraagd = vraag.geboortedatum
    if gevraagd is None:
        return ""
    if bekend is None:
        return DATUM_ONBEKEND
    if bekend == gevraagd:
        return DATUM_GELIJK
    if bekend == vraag.omgekeerd:
        return OMGEKEERD
    if (bekend.day, bekend.month) == (gevraagd.day, gevraagd.month):
        return JAAR_ANDERS
    return DAG_ANDERS if bekend.year == gevraagd.year else DATUM_ANDERS
