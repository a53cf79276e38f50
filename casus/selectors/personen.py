"""Finding known people by what someone types: name in any order and misspelt, date of birth, BSN."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, FloatField, OuterRef, Q, QuerySet, Value

from casus.models import Betrokkene, Casus, Persoon
from casus.namen import woorden, zoeknaam
from vt_cvs.kern.velden import alleen_cijfers, bsn_index
from vt_cvs.web.velden import lees_datum

NAAM_LIJKT = 0.42
NAAM_LIJKT_WAT = 0.3  # enough when the date of birth is the same
_BSN = re.compile(r"(?<!\d)(?:\d{9}|\d{4}[. ]\d{2}[. ]\d{3})(?!\d)")
_DATUM = re.compile(
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d{4}|\d{2})|\d{8}"
    r"|\d{1,2}[- ][a-z]{3,9}\.?[- ](?:\d{4}|\d{2}))(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """What is asked: a normalised name, a date of birth, the blind index of a BSN; any of them may be empty."""

    naam: str = ""
    geboortedatum: date | None = None
    bsn: str = ""

    def __bool__(self) -> bool:
        return len(self.naam) > 1 or bool(self.geboortedatum) or bool(self.bsn)

    @property
    def omgekeerd(self) -> date | None:
        """Day and month the other way round, when that is a date."""
        d = self.geboortedatum
        if d is None or d.day > 12 or d.day == d.month:
            return None
        return d.replace(month=d.day, day=d.month)


def lees_zoekvraag(
    tekst: str = "", *, voornamen: str = "", achternaam: str = "", geboortedatum: date | None = None, bsn: str = ""
) -> Zoekvraag:
    """“martina 30-9-90”, “999990019” or separate fields, in any combination."""
    tekst = " ".join(tekst.split())[:200]
    gevonden = _BSN.search(tekst)
    if gevonden:
        bsn = bsn or gevonden[0]
        tekst = tekst.replace(gevonden[0], " ", 1)
    gevonden = _DATUM.search(tekst)
    if gevonden and (dag := _datum(gevonden[0])):
        geboortedatum = geboortedatum or dag
        tekst = tekst.replace(gevonden[0], " ", 1)
    cijfers = alleen_cijfers(bsn)
    return Zoekvraag(
        naam=zoeknaam(voornamen[:200], achternaam[:200], tekst),
        geboortedatum=geboortedatum,
        bsn=bsn_index(cijfers) if len(cijfers) == 9 else "",
    )


def _datum(tekst: str) -> date | None:
    try:
        return lees_datum(tekst)
    except ValidationError:
        return None


@transaction.atomic
def vind_personen(vraag: Zoekvraag, *, hoogstens: int) -> list[Any]:
    """The most alike first; each has `lijkt` (0 to 1). Only people of a case that is no advies."""
    if not vraag:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = %s", [NAAM_LIJKT_WAT])
    return list(_op_gelijkenis(vraag)[:hoogstens])


def _op_gelijkenis(vraag: Zoekvraag) -> QuerySet[Persoon, Any]:
    bekend = Betrokkene.objects.filter(persoon=OuterRef("pk"), casus__soort=Casus.Soort.MELDING).exclude(
        stand=Betrokkene.Rol.PROFESSIONAL
    )
    lijkt: Any = TrigramWordSimilarity(vraag.naam, "zoeknaam") if vraag.naam else Value(0.0, FloatField())
    heel: Any = TrigramSimilarity("zoeknaam", vraag.naam) if vraag.naam else Value(0.0, FloatField())
    return (
        Persoon.objects.annotate(lijkt=lijkt, heel=heel)
        .filter(_past(vraag), Exists(bekend))
        .order_by(*_volgorde(vraag), "-lijkt", "-heel", "id")
    )


def _past(vraag: Zoekvraag) -> Q:
    past = Q(bsn_index=vraag.bsn) if vraag.bsn else Q(pk__in=[])
    dagen = [dag for dag in (vraag.geboortedatum, vraag.omgekeerd) if dag]
    if vraag.naam:
        op_naam = Q(zoeknaam__trigram_word_similar=vraag.naam)
        past |= op_naam & (Q(lijkt__gte=NAAM_LIJKT) | Q(geboortedatum__in=dagen))
    elif dagen:
        past |= Q(geboortedatum__in=dagen)
    return past


def _volgorde(vraag: Zoekvraag) -> list[Any]:
    """The same BSN first, then the same date of birth, then the name."""
    delen: list[Any] = []
    if vraag.bsn:
        delen.append(Q(bsn_index=vraag.bsn))
    if vraag.geboortedatum:
        delen.append(Q(geboortedatum=vraag.geboortedatum))
    return [_eerst(deel) for deel in delen]


def _eerst(deel: Q) -> Any:
    from django.db.models import BooleanField, ExpressionWrapper

    return ExpressionWrapper(deel, output_field=BooleanField()).desc(nulls_last=True)


def waarom(persoon: Any, vraag: Zoekvraag) -> tuple[str, bool]:
    """Why this person is shown, in words, and whether it leaves little doubt."""
    if vraag.bsn and persoon.bsn_index == vraag.bsn:
        return "BSN gelijk", True
    gelijk = bool(vraag.naam) and set(woorden(vraag.naam)) <= set(woorden(persoon.zoeknaam))
    naam = ("naam gelijk" if gelijk else "naam lijkt") if vraag.naam else ""
    datum = _waarom_datum(persoon.geboortedatum, vraag)
    if gelijk and datum == "datum gelijk":
        return "naam en datum gelijk", True
    return ", ".join(deel for deel in (naam, datum) if deel), False


def _waarom_datum(bekend: date | None, vraag: Zoekvraag) -> str:
    gevraagd = vraag.geboortedatum
    if gevraagd is None:
        return ""
    if bekend is None:
        return "geboortedatum niet bekend"
    if bekend == gevraagd:
        return "datum gelijk"
    if bekend == vraag.omgekeerd:
        return "dag en maand omgekeerd"
    return "jaar anders" if (bekend.day, bekend.month) == (gevraagd.day, gevraagd.month) else "geboortedatum anders"
