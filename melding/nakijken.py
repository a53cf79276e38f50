"""Reading what people wrote: what can be understood is, and what cannot be right is kept and said (ontwerp: content
never refuses a report)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from casus.models import Persoon
from melding.aanlevering import AangeleverdePersoon
from melding.codes import geslacht_volgens
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import alleen_cijfers, als_platte_tekst, voldoet_aan_elfproef

VROEGST = datetime(2000, 1, 1, tzinfo=timezone.get_default_timezone())
SPELING = timedelta(minutes=15)
"""How far a sender's clock may run ahead of ours."""
OUDST = 120
OVERGENOMEN = ("voornamen", "voorvoegsel", "achternaam", "straat", "postcode", "plaats", "telefoon")
"""What a `Persoon` takes over as it was written."""
_DAG_EERST = re.compile(r"^([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})$", re.ASCII)
_JAAR_EERST = re.compile(r"^([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})$", re.ASCII)


def bevat_onzichtbaar(tekst: str) -> bool:
    """Whether cleaning takes out what nobody can see; another line end or spelling of é is not that."""
    regels = tekst.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return unicodedata.normalize("NFC", regels) != als_platte_tekst(tekst)


def lees_datum(opgegeven: str) -> tuple[date | None, str]:
    """The date and, when there is none to be made of it, why."""
    waarde = opgegeven.strip()
    if not waarde:
        return None, ""
    if gevonden := _DAG_EERST.match(waarde):
        dag, maand, jaar = (int(deel) for deel in gevonden.groups())
    elif gevonden := _JAAR_EERST.match(waarde):
        jaar, maand, dag = (int(deel) for deel in gevonden.groups())
    else:
        return None, f"“{waarde[:40]}” is niet als datum te lezen."
    if dag == 0 or maand == 0:
        return None, f"Van de geboortedatum {waarde} is alleen een deel bekend."
    try:
        datum = date(jaar, maand, dag)
    except ValueError:
        return None, f"{waarde} bestaat niet."
    if datum > timezone.localdate():
        return None, f"{waarde} ligt in de toekomst."
    if datum.year < timezone.localdate().year - OUDST:
        return None, f"{waarde} is meer dan {OUDST} jaar geleden."
    return datum, ""


def lees_moment(opgegeven: str) -> datetime | None:
    """A moment as senders write it (ISO 8601); a day alone is noon of that day, a time without zone is Dutch."""
    waarde = opgegeven.strip()
    try:
        moment = parse_datetime(waarde)
        if moment is None and (dag := parse_date(waarde)):
            moment = datetime(dag.year, dag.month, dag.day, 12)
        if moment is None:
            return None
        moment = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
        return moment.astimezone(timezone.get_default_timezone())
    except (ValueError, OverflowError):
        return None


@regel("RW-5.12a")
def lees_ontvangst(opgegeven: str) -> tuple[datetime, str]:
    """When it was received, and what is wrong with what was given: a date ahead would move the term away."""
    nu = timezone.now()
    if not opgegeven.strip():
        return nu, ""
    moment = lees_moment(opgegeven)
    if moment is None:
        return nu, "De opgegeven ontvangstdatum is niet te lezen; het moment van binnenkomst telt."
    if moment > nu + SPELING:
        return nu, "De opgegeven ontvangstdatum ligt in de toekomst; het moment van binnenkomst telt."
    if moment < VROEGST:
        return nu, "De opgegeven ontvangstdatum ligt voor 2000; het moment van binnenkomst telt."
    return min(moment, nu), ""


def lees_incident(opgegeven: str) -> tuple[datetime | None, str]:
    if not opgegeven.strip():
        return None, ""
    moment = lees_moment(opgegeven)
    if moment is None or not 1900 <= moment.year <= 9000:
        return None, "De datum van het incident is niet te lezen."
    if moment > timezone.now() + SPELING:
        return moment, "De datum van het incident ligt in de toekomst."
    return moment, ""


def twijfels(persoon: AangeleverdePersoon) -> Iterator[str]:
    """What cannot be right about this person, one sentence each."""
    if not (persoon.voornamen.strip() or persoon.achternaam.strip()):
        yield "De naam ontbreekt."
    datum, bezwaar = lees_datum(persoon.geboortedatum)
    if bezwaar:
        yield bezwaar
    elif datum is None:
        yield "De geboortedatum ontbreekt."
    elif bezwaar := _past_niet(persoon.soort, datum):
        yield bezwaar
    if persoon.bsn.strip():
        cijfers = alleen_cijfers(persoon.bsn)
        if len(cijfers) != 9:
            yield f"BSN heeft {len(cijfers)} cijfers in plaats van 9."
        elif not voldoet_aan_elfproef(cijfers):
            yield "BSN klopt niet (elfproef)."
    if persoon.geslacht.strip() and not geslacht_volgens(persoon.geslacht):
        yield "Het geslacht is niet herkend."
    for naam in OVERGENOMEN:
        veld: Any = Persoon._meta.get_field(naam)
        if len(getattr(persoon, naam)) > veld.max_length:
            label = str(veld.verbose_name).capitalize()
            yield f"{label} past niet en is ingekort; de hele tekst staat bij het signaal."


def _past_niet(soort: str, geboren: date) -> str:
    vandaag = timezone.localdate()
    leeftijd = vandaag.year - geboren.year - ((vandaag.month, vandaag.day) < (geboren.month, geboren.day))
    if soort == "kind" and leeftijd >= 18:
        return f"Staat bij de kinderen, maar is {leeftijd} jaar."
    if soort == "volwassene" and leeftijd < 12:
        return f"Staat bij de volwassenen, maar is {leeftijd} jaar."
    return ""
