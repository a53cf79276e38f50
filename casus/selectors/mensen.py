"""Who is in a case, and how safe each says it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casus.models import Betrokkene, Casus, Veiligheidsscore
from vt_cvs.kern.regels import regel


def mensen(casus: Casus) -> list[Betrokkene]:
    """Directbetrokkenen first, grown-ups before children, then the others."""
    rijen = (
        Betrokkene.objects.filter(casus=casus)
        .select_related("persoon")
        .defer("persoon__bsn", "persoon__bsn_index", "persoon__zoeknaam", "persoon__zoeksleutels")
    )
    volgorde = {Betrokkene.Rol.DIRECT: 0, Betrokkene.Rol.DERDE: 1, Betrokkene.Rol.PROFESSIONAL: 2}
    return sorted(
        rijen,
        key=lambda b: (volgorde[Betrokkene.Rol(b.stand)], (b.persoon and b.persoon.geboortedatum) or date.max, b.pk),
    )


@dataclass(frozen=True, slots=True)
class Scorereeks:
    """The scores of one person, oldest first."""

    naam: str
    reeks: list[tuple[datetime, int]]
    herkomsten: list[str]

    @property
    def nu(self) -> int:
        return self.reeks[-1][1]

    @property
    def was(self) -> int | None:
        return self.reeks[-2][1] if len(self.reeks) > 1 else None

    @property
    def regels(self) -> list[tuple[datetime, int, str]]:
        return [(op, score, bron) for (op, score), bron in zip(self.reeks, self.herkomsten, strict=True)]


@regel("RW-8.2")
def scores(casus: Casus) -> list[Scorereeks]:
    """A line per person, in the order in which they were first asked."""
    return scorereeksen(gemeten_scores(casus), {betrokkene.pk: str(betrokkene) for betrokkene in mensen(casus)})


def gemeten_scores(casus: Casus) -> list[Any]:
    rijen = Veiligheidsscore.objects.filter(casus=casus).order_by("op", "id")
    return list(rijen.values_list("id", "op", "score", "herkomst", "betrokkene_id", named=True))


def scorereeksen(gemeten: list[Any], namen: Mapping[int, str]) -> list[Scorereeks]:
    per_persoon: dict[int, list[Any]] = defaultdict(list)
    for meting in gemeten:
        per_persoon[meting.betrokkene_id].append(meting)
    return [
        Scorereeks(
            naam=namen[wie],
            reeks=[(meting.op, meting.score) for meting in reeks],
            herkomsten=[meting.herkomst for meting in reeks],
        )
        for wie, reeks in per_persoon.items()
    ]
