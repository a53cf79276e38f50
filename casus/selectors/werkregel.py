"""One line of Mijn werk: its place, what it shows, and which tasks it takes together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast, Concat

from casus.models import Casus, Processtap
from vt_cvs.kern.termijnen import Klok, toon_klok

SOORTEN, STAPPEN = dict(Casus.Soort.choices), dict(Processtap.Soort.choices)
GROEPEN = {1: "nu", 2: "vandaag", 3: "deze_week", 4: "later"}
VELDEN = (
    "id",
    "titel",
    "omdat",
    "kop",
    "pad",
    "uiterlijk",
    "rekenkundig",
    "termijn",
    "direct",
    "stap__soort",
    "casus__naam",
    "casus__nummer",
    "casus__soort",
    "casus__veiligheid",
    "casus__laagste_score",
    "casus__laatste_contact_op",
    "casus__laatste_contact_hoe",
    "casus__heeft_alarm",
    "casus__heeft_nti",
    "casus__verantwoordelijke__naam",
)


class Wachtend(NamedTuple):
    """An open task as far as its place goes; what else a line shows is read for the lines on screen only."""

    groep: int
    rang: int
    dag: date
    id: int
    uiterlijk: date | None
    soort: str
    stap: str | None
    veiligheid: str | None
    van_niemand: bool
    lang_stil: bool
    verborgen: bool
    bundel: tuple[int, str, int | None] | None
    aantal: int = 1

    @property
    def volgteken(self) -> str:
        return f"{self.groep}.{self.rang}.{self.dag:%Y%m%d}.{self.id}"


@dataclass(frozen=True, slots=True)
class Werkregel:
    """One line of work, as the list shows it."""

    id: int
    groep: str
    kop: str
    nummer: str
    casuspad: str
    type: str
    wat: str
    titel: str
    omdat: str
    pad: str
    klok: Klok | None
    veiligheid: str
    score: int | None
    contact_op: datetime | None
    contact_hoe: str
    alarm: bool
    nti: bool
    verantwoordelijke: str
    volgteken: str

    @classmethod
    def van(cls, taak: Wachtend, rij: Mapping[str, Any], vandaag: date) -> Werkregel:
        if taak.verborgen:
            rij = {**rij, "casus__naam": "Afgeschermde casus", "omdat": "", "titel": "Werk in een afgeschermde casus"}
        nummer = rij["casus__nummer"] or ""
        type_ = SOORTEN[rij["casus__soort"]] if nummer else "signaal"
        stap = STAPPEN[rij["stap__soort"]] if rij["stap__soort"] else ""
        return cls(
            id=rij["id"],
            groep=GROEPEN[taak.groep],
            kop=rij["casus__naam"] or (f"Casus {nummer}" if nummer else rij["kop"]),
            nummer=nummer,
            casuspad=f"/casus/{nummer}/" if nummer else rij["pad"],
            type=type_,
            wat=" · ".join(dict.fromkeys(filter(None, (type_, stap, "nog van niemand" if taak.van_niemand else "")))),
            titel=rij["titel"] + (f" ({taak.aantal} keer)" if taak.aantal > 1 else ""),
            omdat=rij["omdat"],
            pad=rij["pad"],
            klok=_klok(rij["termijn"], rij["uiterlijk"], rij["rekenkundig"], vandaag, direct=rij["direct"]),
            veiligheid="" if rij["casus__soort"] == "advies" or not nummer else rij["casus__veiligheid"],
            score=rij["casus__laagste_score"],
            contact_op=rij["casus__laatste_contact_op"],
            contact_hoe=rij["casus__laatste_contact_hoe"] or "",
            alarm=bool(rij["casus__heeft_alarm"]),
            nti=bool(rij["casus__heeft_nti"]),
            verantwoordelijke=rij["casus__verantwoordelijke__naam"] or "",
            volgteken=taak.volgteken,
        )


@lru_cache(maxsize=4096)
def _klok(
    termijn: str, uiterlijk: date | None, rekenkundig: date | None, vandaag: date, *, direct: bool
) -> Klok | None:
    """Many lines share a day and a term; counting working days for each of them anew is most of the work."""
    if direct:
        onder = toon_klok(termijn, uiterlijk, vandaag).onder if uiterlijk else ""
        return Klok("nu", "direct handelen", onder, "")
    if uiterlijk is None:
        return None
    return toon_klok(termijn, uiterlijk, vandaag, rekenkundig=rekenkundig)


BUNDEL = Case(
    When(
        over_veiligheid=False,
        casus__isnull=False,
        then=Concat(Cast("casus_id", CharField()), Value("/"), "soort", Value("/"), Cast("voor_id", CharField())),
    ),
    default=Cast("id", CharField()),
)
"""What makes one line of the list; the same as `Wachtend.bundel`, for counting."""


def gebundeld(taken: Iterable[Wachtend]) -> list[Wachtend]:
    """What keeps the same file in order the same way becomes one line, at the place of its most urgent part."""
    regels: dict[object, Wachtend] = {}
    for taak in taken:
        sleutel = taak.bundel or taak.id
        eerder = regels.get(sleutel)
        regels[sleutel] = eerder._replace(aantal=eerder.aantal + 1) if eerder else taak
    return list(regels.values())
