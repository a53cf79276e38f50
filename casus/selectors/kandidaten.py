"""Who may be meant: one statement that gathers candidates along indexes and puts them in order of evidence.

Candidates come by BSN, by date of birth (also with day and month the other way round), by an address that is not
secret, and by name: every typed word must share a key with the person, and when that gives few, every word but one.
Whoever is known from an advies or as a professional only is passed over. Who was merged into another is found as that
other, also by the name that went.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from casus.models import Betrokkene, Casus, Persoon

if TYPE_CHECKING:
    from casus.selectors.personen import Zoekvraag

WEINIG = 10  # fewer than this with every word: also look with all words but one
MEEST_ALLE, MEEST_BIJNA = 4000, 300  # a name so common that more fit cannot be told apart by name alone
LIJKT = 0.3  # similarity from which a name counts without one shared key
PERSOON, BETROKKENE, CASUS = Persoon._meta.db_table, Betrokkene._meta.db_table, Casus._meta.db_table

OPEN_ADRES = "NOT p.adres_geheim AND p.opgegaan_in_id IS NULL"
"""What went in another person says nothing of where that person may be found."""
KOLOMMEN = "p.id, p.opgegaan_in_id, p.zoeknaam, p.zoeksleutels, p.geboortedatum, p.bsn_index, p.adres_geheim"
"""What candidates are weighed by, read once."""

BEKEND = f"""(SELECT true FROM {BETROKKENE} b
     WHERE b.persoon_id = g.id AND b.opgegaan_in_id IS NULL AND b.stand <> 'professional'
       AND (SELECT c.soort FROM {CASUS} c WHERE c.id = b.casus_id) = 'melding'
     LIMIT 1)"""
"""A scalar question on purpose: asked in order, and no more often than there are people to show.

The case by its key, not as a join: on tables just filled, before statistics, a join was read whole for every candidate.
"""


def kandidaten(vraag: Zoekvraag, *, hoogstens: int) -> Sequence[Any]:
    """The likeliest first."""
    sql, waarden = vraag_aan_database(vraag, hoogstens=hoogstens)
    return list(Persoon.objects.raw(sql, waarden)) if sql else []


def vraag_aan_database(vraag: Zoekvraag, *, hoogstens: int) -> tuple[str, dict[str, Any]]:
    """The statement and its values; "" when there is nothing to look for."""
    waarden: dict[str, Any] = {"hoogstens": hoogstens, "naam": vraag.naam, "bsn": vraag.bsn, "lijkt": LIJKT}
    waarden |= {f"woord{i}": sorted(sleutels) for i, sleutels in enumerate(vraag.sleutels)}
    waarden |= {"initialen": rf"\m[{vraag.initialen}]"}
    waarden |= {"dagen": _dagen(vraag), "dag": vraag.geboortedatum, "omgekeerd": vraag.omgekeerd, "adres": vraag.adres}
    wegen = list(_wegen(vraag))
    if not wegen:
        return "", {}
    sql = f"""WITH {_met(vraag)} g AS (
        SELECT DISTINCT ON (1) coalesce(p.opgegaan_in_id, p.id) AS id, p.zoeknaam AS gevonden_als,
               {_klasse(vraag)} AS klasse, {_gewicht(vraag)} AS gewicht
          FROM ({" UNION ALL ".join(wegen)}) p
         ORDER BY 1, 3 DESC, 4 DESC)
        SELECT p.*, t.gevonden_als, t.klasse, t.gewicht
          FROM (SELECT g.* FROM (SELECT * FROM g ORDER BY klasse DESC, gewicht DESC, id DESC OFFSET 0) g
                 WHERE {BEKEND} LIMIT %(hoogstens)s) t
          JOIN {PERSOON} p USING (id) ORDER BY t.klasse DESC, t.gewicht DESC, p.id DESC"""
    return sql, waarden


def _dagen(vraag: Zoekvraag) -> list[date]:
    return [dag for dag in (vraag.geboortedatum, vraag.omgekeerd) if dag]


def _deelt(i: int) -> str:
    return f"p.zoeksleutels && %(woord{i})s::int[]"


def _met(vraag: Zoekvraag) -> str:
    """Every word, and for when that gives few: each time one word left out.

    Materialised without a LIMIT of its own, so that the planner takes the index; rows are still made as they are asked.
    """
    aantal = len(vraag.sleutels)
    if not aantal:
        return ""
    alle = " AND ".join(_deelt(i) for i in range(aantal))
    delen = [
        f"elk AS MATERIALIZED (SELECT {KOLOMMEN} FROM {PERSOON} p WHERE {alle})",
        f"alle AS MATERIALIZED (SELECT * FROM elk LIMIT {MEEST_ALLE})",
    ]
    for weg in range(aantal if aantal > 1 else 0):
        rest = " AND ".join(_deelt(i) for i in range(aantal) if i != weg)
        delen.append(f"zonder{weg} AS MATERIALIZED (SELECT {KOLOMMEN} FROM {PERSOON} p WHERE {rest})")
    return ", ".join(delen) + ","


def _wegen(vraag: Zoekvraag) -> Iterator[str]:
    if vraag.bsn:
        yield f"SELECT {KOLOMMEN} FROM {PERSOON} p WHERE bsn_index = %(bsn)s"
    if vraag.geboortedatum:
        yield f"SELECT {KOLOMMEN} FROM {PERSOON} p WHERE geboortedatum = ANY(%(dagen)s::date[])"
    if vraag.adres is not None:
        yield f"SELECT {KOLOMMEN} FROM {PERSOON} p WHERE zoeksleutels && ARRAY[%(adres)s::int] AND {OPEN_ADRES}"
    if vraag.sleutels:
        yield "SELECT * FROM alle"
    if len(vraag.sleutels) > 1:
        weinig = f"(SELECT count(*) FROM alle) < {WEINIG}"
        for weg in range(len(vraag.sleutels)):
            yield f"(SELECT * FROM zonder{weg} WHERE {weinig} LIMIT {MEEST_BIJNA})"


def _klasse(vraag: Zoekvraag) -> str:
    """BSN, then a name with a date of birth or an address, then a name, then a date of birth or an address alone."""
    deelt = [_deelt(i) for i in range(len(vraag.sleutels))]
    naam = " OR ".join([*deelt, "similarity(p.zoeknaam, %(naam)s) >= %(lijkt)s"])
    ernaast = ["p.geboortedatum = ANY(%(dagen)s::date[])"] if vraag.geboortedatum else []
    if vraag.adres is not None:
        ernaast.append(f"(p.zoeksleutels && ARRAY[%(adres)s::int] AND {OPEN_ADRES})")
    takken = ["WHEN p.bsn_index = %(bsn)s THEN 4"] if vraag.bsn else []
    if vraag.naam and ernaast:
        letter = " OR p.zoeknaam ~ %(initialen)s" if vraag.initialen else ""
        takken.append(f"WHEN ({' OR '.join(ernaast)}) AND ({naam}{letter}) THEN 3")
    if vraag.naam:
        takken.append(f"WHEN {naam} THEN 2")
    return f"CASE {' '.join(takken)} ELSE 1 END" if takken else "1"


def _gewicht(vraag: Zoekvraag) -> str:
    """Within one kind of evidence: how alike the names are, and how much of the date of birth agrees."""
    delen = ["similarity(p.zoeknaam, %(naam)s)"] if vraag.naam else ["0"]
    if vraag.sleutels:
        geraakt = " + ".join(f"({_deelt(i)})::int" for i in range(len(vraag.sleutels)))
        delen.append(f"({geraakt})::float / {len(vraag.sleutels)}")
    if vraag.geboortedatum:
        delen.append(
            """coalesce(CASE WHEN p.geboortedatum = %(dag)s THEN 0.3 WHEN p.geboortedatum = %(omgekeerd)s THEN 0.25
               WHEN to_char(p.geboortedatum, 'MMDD') = to_char(%(dag)s::date, 'MMDD') THEN 0.2
               WHEN date_part('year', p.geboortedatum) = date_part('year', %(dag)s::date) THEN 0.1 END, 0)"""
        )
    return " + ".join(delen)
