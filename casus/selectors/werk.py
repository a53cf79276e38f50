"""Mijn werk: everything that waits for me, most urgent first, with the reason for its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from django.core.cache import cache
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from casus.models import Casus, Taak
from casus.selectors.betrokkenheid import genoemd_in
from casus.selectors.werkregel import BUNDEL, GROEPEN, VELDEN, Wachtend, Werkregel, gebundeld
from vt_cvs.kern.regels import regel
from vt_cvs.kern.werkdagen import DAG
from vt_cvs.organisatie.models import Medewerker, Rol

PER_BLADZIJDE = 50
AANTAL_GELDT = 3  # seconds
NOOIT = date(9999, 12, 31)
LANG_GEEN_CONTACT = timedelta(days=14)
RANGEN = {"acuut": 1, "structureel": 2, "onbekend": 3}


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
    return genoemd_in(medewerker, "casus_id")


@regel("RW-4.12")
def mijn_taken(medewerker: Medewerker) -> list[Wachtend]:
    """Open tasks in the order of the list: urgency (safety and clock), then safety, then the last day.

    Keeping a file in order is never as urgent as the safety in it, and the same check on four people is one line.
    """
    vandaag, stil_sinds = timezone.localdate(), timezone.now() - LANG_GEEN_CONTACT
    verborgen = Q(casus__afgeschermd=True) & ~genoemd(medewerker)
    stil = Q(casus__stand=Casus.Stand.OPEN, gehoord__lt=stil_sinds)
    rijen = (
        Taak.objects.filter(van_mij(medewerker), stand=Taak.Stand.OPEN)
        .alias(gehoord=Coalesce("casus__laatste_contact_op", "casus__gestart_op"))
        .annotate(
            verborgen=ExpressionWrapper(verborgen, output_field=BooleanField()),
            stil=ExpressionWrapper(stil, output_field=BooleanField()),
        )
        .values_list(
            "id", "direct", "uiterlijk", "soort", "voor_id", "verborgen", "stil", "stap__soort", "casus__veiligheid",
            "casus_id", "over_veiligheid",
        )
    )  # fmt: skip
    taken = sorted(
        Wachtend(
            groep=_groep(
                vandaag, direct=direct, acuut=eerst and veiligheid == "acuut", uiterlijk=uiterlijk, soort=soort
            ),
            rang=0 if direct else RANGEN.get(veiligheid, 4) if eerst else 5,
            dag=uiterlijk or NOOIT,
            id=id_,
            uiterlijk=uiterlijk,
            soort=soort,
            stap=stap,
            veiligheid=veiligheid,
            van_niemand=voor is None,
            lang_stil=bool(lang_stil),
            verborgen=bool(verborgen),
            bundel=None if eerst or casus is None else (casus, soort, voor),
        )
        for id_, direct, uiterlijk, soort, voor, verborgen, lang_stil, stap, veiligheid, casus, eerst in rijen
    )
    taken = gebundeld(taken)
    cache.set(f"werk:{medewerker.pk}", len(taken), AANTAL_GELDT)
    return taken


def aantal_taken(medewerker: Medewerker) -> int:
    """The number in the menu of every page: a few seconds old at most, and the same as in the list just seen."""

    def tel() -> int:
        taken = Taak.objects.filter(van_mij(medewerker), stand=Taak.Stand.OPEN)
        return int(taken.aggregate(n=Count(BUNDEL, distinct=True))["n"])

    return int(cache.get_or_set(f"werk:{medewerker.pk}", tel, AANTAL_GELDT) or 0)


def _groep(vandaag: date, *, direct: bool, acuut: bool, uiterlijk: date | None, soort: str) -> int:
    dagen = (uiterlijk - vandaag).days if uiterlijk else None
    if direct or acuut or (dagen is not None and dagen < 0):
        return 1
    if soort == "signaal" or dagen == 0:
        return 2
    return 3 if dagen is not None and dagen <= 7 else 4


VOORKANT = frozenset({"advies", "melding"})
"""The front desk: what comes in, advice, and word to whoever reported. The rest is assessing and serving (WVT-1)."""
WEERGAVEN: dict[str, tuple[str, Callable[[Wachtend], bool]]] = {
    "": ("Alles voor mij", lambda _taak: True),
    "voorkant": ("Voorkant", lambda taak: taak.soort == "signaal" or taak.stap in VOORKANT),
    "achterkant": ("Achterkant", lambda taak: taak.soort != "signaal" and taak.stap not in VOORKANT),
    "termijn": ("Termijn deze week", lambda taak: taak.groep <= 3 and taak.uiterlijk is not None),
    "contact": ("Te lang geen contact", lambda taak: taak.lang_stil),
    "monitoren": ("Monitoren", lambda taak: taak.stap == "monitoren"),
    "niemand": ("Nog van niemand", lambda taak: taak.van_niemand),
}


@regel("WVT-1")
def in_weergave(taken: Iterable[Wachtend], code: str) -> list[Wachtend]:
    return list(filter(WEERGAVEN.get(code, WEERGAVEN[""])[1], taken))


def filter_taken(
    taken: Iterable[Wachtend], *, stap: str = "", veiligheid: str = "", termijn: str = ""
) -> list[Wachtend]:
    vandaag = timezone.localdate()
    van, tot = {"over": (date.min, vandaag - DAG), "week": (vandaag, vandaag + 7 * DAG)}.get(termijn, (date.min, NOOIT))
    return [
        taak
        for taak in taken
        if (not stap or stap == (taak.soort if stap == "signaal" else taak.stap))
        and (not veiligheid or taak.veiligheid == veiligheid)
        and van <= taak.dag <= tot
    ]


def tel(taken: list[Wachtend]) -> dict[str, int]:
    """Counts of the groups, the views and what is over its term."""
    vandaag, per_groep = timezone.localdate(), Counter(GROEPEN[taak.groep] for taak in taken)
    return {
        **{naam: per_groep[naam] for naam in GROEPEN.values()},
        **{f"weergave_{code or 'alles'}": len(in_weergave(taken, code)) for code in WEERGAVEN},
        "te_laat": sum(taak.dag < vandaag for taak in taken),
    }


def na(taken: list[Wachtend], volgteken: str) -> list[Wachtend]:
    """What comes after this line (keyset): nothing shifts while one reads."""
    try:
        groep, rang, dag, id_ = volgteken.split(".")
        plek = (int(groep), int(rang), datetime.strptime(dag, "%Y%m%d").date(), int(id_))
    except ValueError:
        return taken
    return [taak for taak in taken if taak[:4] > plek]


@regel("RW-5.9", "RW-4.6")
def werkregels(taken: Iterable[Wachtend], *, hoogstens: int = PER_BLADZIJDE) -> Iterator[Werkregel]:
    """The first lines as the list shows them; what was done meanwhile and is gone is left out."""
    vandaag = timezone.localdate()
    bovenste = list(islice(taken, hoogstens))
    rijen = {rij["id"]: rij for rij in Taak.objects.filter(pk__in=[taak.id for taak in bovenste]).values(*VELDEN)}
    return (Werkregel.van(taak, rijen[taak.id], vandaag) for taak in bovenste if taak.id in rijen)


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
