"""Recognising everyone a report names at once: as many people as it names, always three statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from casus import rechten
from casus.models import Persoon
from casus.selectors.herkennen import HOOGSTENS, Herkenning, als_herkenning, casussen_van
from casus.selectors.kandidaten import vraag_aan_database
from casus.selectors.personen import Zoekvraag
from vt_cvs.kern.regels import regel
from vt_cvs.kern.toegang import Gebeurtenis, noteer_gezien
from vt_cvs.organisatie.models import Medewerker

_WAARDE = re.compile(r"%\((\w+)\)s")


@regel("RW-5.10")
def herken_velen(medewerker: Medewerker, vragen: Sequence[Zoekvraag]) -> list[list[Herkenning]]:
    """For each question what `herken` would answer, in the same order. Who was seen is logged once per person."""
    rechten.mag_herkennen.eis(medewerker, None)
    per_vraag = _kandidaten(vragen)
    allen = {persoon.pk for personen in per_vraag for persoon in personen}
    if not allen:
        return [[] for _ in vragen]
    casussen = casussen_van(sorted(allen), medewerker)
    noteer_gezien(
        medewerker,
        Gebeurtenis.HERKENNEN,
        soort="casus.persoon",
        persoon_ids=sorted(allen),
        grond="opvoeren voor een melding",
    )
    return [
        [als_herkenning(persoon, vraag, casussen.get(persoon.pk, [])) for persoon in personen]
        for vraag, personen in zip(vragen, per_vraag, strict=True)
    ]


def _kandidaten(vragen: Sequence[Zoekvraag]) -> list[list[Any]]:
    """The statements of all questions as one, each with its own values."""
    delen: list[str] = []
    waarden: dict[str, Any] = {}
    for i, vraag in enumerate(vragen):
        sql, eigen = vraag_aan_database(vraag, hoogstens=HOOGSTENS) if vraag else ("", {})
        if sql:
            eigen_sql = _WAARDE.sub(lambda gevonden, i=i: f"%(v{i}_{gevonden[1]})s", sql)  # type: ignore[misc]
            delen.append(f"SELECT {i} AS vraag, row_number() OVER () AS rangnummer, q.* FROM ({eigen_sql}) q")
            waarden |= {f"v{i}_{naam}": waarde for naam, waarde in eigen.items()}
    per_vraag: list[list[Any]] = [[] for _ in vragen]
    if delen:
        gevonden: Iterable[Any] = Persoon.objects.raw(
            f"{' UNION ALL '.join(delen)} ORDER BY vraag, rangnummer", waarden
        )
        for persoon in gevonden:
            per_vraag[persoon.vraag].append(persoon)
    return per_vraag
