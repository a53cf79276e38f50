"""Mijn werk: everything that waits for me, most urgent first, with the reason for its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from casus.models import Casus, Processtap, Taak
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import Klok, toon_klok
from vt_cvs.organisatie.models import Medewerker, Rol

PER_BLADZIJDE = 50
NOOIT = date(9999, 12, 31)
SOORTEN, STAPPEN = dict(Casus.Soort.choices), dict(Processtap.Soort.choices)
GROEPEN = {1: "nu", 2: "vandaag", 3: "deze_week", 4: "later"}
LANG_GEEN_CONTACT = timedelta(days=14)
VELDEN = (
    "id",
    "titel",
    "omdat",
    "kop",
    "pad",
    "uiterlijk",
    "rekenkundig",
    "termijn",
    "uitleg",
    "direct",
    "voor_id",
    "groep",
    "rang",
    "verborgen",
    "volgdatum",
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
    def van(cls, rij: Mapping[str, Any], vandaag: date) -> Werkregel:
        if rij["verborgen"]:
            rij = {**rij, "casus__naam": "Afgeschermde casus", "omdat": "", "titel": "Werk in een afgeschermde casus"}
        nummer = rij["casus__nummer"] or ""
        type_ = SOORTEN[rij["casus__soort"]] if nummer else "signaal"
        stap = STAPPEN[rij["stap__soort"]] if rij["stap__soort"] else ""
        return cls(
            id=rij["id"],
            groep=GROEPEN[rij["groep"]],
            kop=rij["casus__naam"] or (f"Casus {nummer}" if nummer else rij["kop"]),
            nummer=nummer,
            casuspad=f"/casus/{nummer}/" if nummer else rij["pad"],
            type=type_,
            wat=" · ".join(dict.fromkeys(filter(None, (type_, stap, "" if rij["voor_id"] else "nog van niemand")))),
            titel=rij["titel"],
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
            volgteken=f"{rij['groep']}.{rij['rang']}.{rij['volgdatum']:%Y%m%d}.{rij['id']}",
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


def van_mij(medewerker: Medewerker) -> Combinable | Q:
    """Mine, or nobody's yet in my team; what has no team at all waits for everyone who takes reports.

    Work in a shielded case is only seen by those who are named in it.
    """
    mijn = Q(voor=medewerker)
    if medewerker.heeft_rol(Rol.VOORKANT, Rol.ACHTERKANT, Rol.TEAMLEIDER):
        team = Q(team__isnull=True)
        if medewerker.team_id:
            team |= Q(team_id=medewerker.team_id)
        mijn |= Q(voor__isnull=True) & team
    # Apart from whose it is: together PostgreSQL would expect one row, and choose a way that is slow for more.
    te_zien = Q(voor__isnull=False) | Q(casus__isnull=True) | Q(casus__afgeschermd=False) | genoemd(medewerker)
    return mijn & te_zien


def genoemd(medewerker: Medewerker) -> Exists:
    """This employee is named in the (shielded) case of the task."""
    return Exists(Casus.genoemden.through.objects.filter(casus_id=OuterRef("casus_id"), medewerker_id=medewerker.pk))


@regel("RW-4.12")
def mijn_taken(medewerker: Medewerker) -> QuerySet[Taak]:
    """Open tasks in the order of the list: urgency (safety and clock), then safety, then the last day."""
    vandaag = timezone.localdate()
    return (
        Taak.objects.filter(van_mij(medewerker), stand=Taak.Stand.OPEN)
        .annotate(
            groep=Case(
                When(Q(direct=True) | Q(uiterlijk__lt=vandaag) | Q(casus__veiligheid="acuut"), then=1),
                When(Q(uiterlijk=vandaag) | Q(soort="signaal"), then=2),
                When(uiterlijk__lte=vandaag + timedelta(days=7), then=3),
                default=4,
                output_field=IntegerField(),
            ),
            rang=Case(
                When(Q(direct=True), then=0),
                When(casus__veiligheid="acuut", then=1),
                When(casus__veiligheid="structureel", then=2),
                When(casus__veiligheid="onbekend", then=3),
                default=4,
                output_field=IntegerField(),
            ),
            verborgen=ExpressionWrapper(Q(casus__afgeschermd=True) & ~genoemd(medewerker), output_field=BooleanField()),
            volgdatum=Coalesce(F("uiterlijk"), Value(NOOIT, output_field=DateField())),
        )
        .order_by("groep", "rang", "volgdatum", "id")
    )


WEERGAVEN: dict[str, tuple[str, Q]] = {
    "": ("Alles voor mij", Q()),
    "termijn": ("Termijn deze week", Q(groep__lte=3, uiterlijk__isnull=False)),
    "contact": ("Te lang geen contact", Q()),  # filled per day, see `weergave`
    "monitoren": ("Monitoren", Q(stap__soort="monitoren")),
    "niemand": ("Nog van niemand", Q(voor__isnull=True)),
}


def weergave(code: str) -> Q:
    if code == "contact":
        grens = timezone.now() - LANG_GEEN_CONTACT
        return Q(casus__stand="open") & (
            Q(casus__laatste_contact_op__lt=grens)
            | Q(casus__laatste_contact_op__isnull=True, casus__gestart_op__lt=grens)
        )
    return WEERGAVEN.get(code, WEERGAVEN[""])[1]


def filter_taken(taken: QuerySet[Taak], *, stap: str = "", veiligheid: str = "", termijn: str = "") -> QuerySet[Taak]:
    vandaag = timezone.localdate()
    if stap:
        taken = taken.filter(soort="signaal") if stap == "signaal" else taken.filter(stap__soort=stap)
    if veiligheid:
        taken = taken.filter(casus__veiligheid=veiligheid)
    if termijn == "over":
        taken = taken.filter(uiterlijk__lt=vandaag)
    elif termijn == "week":
        taken = taken.filter(uiterlijk__range=(vandaag, vandaag + timedelta(days=7)))
    return taken


def tel(taken: QuerySet[Taak]) -> dict[str, int]:
    """Counts of the groups, the views and what is over its term: one query that counts each combination once."""
    kenmerken = {f"weergave_{code}": weergave(code) for code in WEERGAVEN if code}
    kenmerken["te_laat"] = Q(uiterlijk__lt=timezone.localdate())
    combinaties = (
        taken.order_by()
        .annotate(**{naam: ExpressionWrapper(q, output_field=BooleanField()) for naam, q in kenmerken.items()})
        .values_list("groep", *kenmerken)
        .annotate(aantal=Count("id"))
    )
    geteld = dict.fromkeys(["weergave_alles", *kenmerken, *GROEPEN.values()], 0)
    for groep, *heeft, aantal in combinaties:
        waar = [naam for naam, ja in zip(kenmerken, heeft, strict=True) if ja]
        for naam in ("weergave_alles", GROEPEN[groep], *waar):
            geteld[naam] += aantal
    return geteld


def na(taken: QuerySet[Taak], volgteken: str) -> QuerySet[Taak]:
    """What comes after this line (keyset): nothing shifts while one reads."""
    try:
        groep, rang, dag, id_ = volgteken.split(".")
        plek = (int(groep), int(rang), datetime.strptime(dag, "%Y%m%d").date(), int(id_))
    except ValueError:
        return taken
    return taken.filter(
        Q(groep__gt=plek[0])
        | Q(groep=plek[0], rang__gt=plek[1])
        | Q(groep=plek[0], rang=plek[1], volgdatum__gt=plek[2])
        | Q(groep=plek[0], rang=plek[1], volgdatum=plek[2], id__gt=plek[3])
    )


@regel("RW-5.9", "RW-4.6")
def werkregels(taken: QuerySet[Taak], *, hoogstens: int = PER_BLADZIJDE) -> Iterator[Werkregel]:
    vandaag = timezone.localdate()
    for rij in taken.values(*VELDEN)[:hoogstens]:
        yield Werkregel.van(rij, vandaag)


def tekenverzoeken(medewerker: Medewerker) -> list[Taak]:
    """Who asks for my signature, newest first; the strip above the list shows them within seconds."""
    return list(
        Taak.objects.filter(voor=medewerker, soort="tekenen", stand=Taak.Stand.OPEN)
        .select_related("casus", "gemaakt_door")
        .only(
            "titel",
            "pad",
            "direct",
            "gemaakt_op",
            "gemaakt_door__naam",
            "casus__naam",
            "casus__nummer",
            "casus__veiligheid",
        )
        .order_by("-direct", "-gemaakt_op")[:3]
    )
