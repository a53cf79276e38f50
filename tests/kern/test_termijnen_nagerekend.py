"""The engine of terms against a second opinion that shares nothing with it: every day of the century written out, and
each term counted on fingers. Holidays come from the tables of Gauss and from a Sunday letter, not from a library."""

from __future__ import annotations

import os
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
import yaml

from vt_cvs.kern import werkdagen
from vt_cvs.kern.termijnen import (
    in_dagen,
    in_jaren,
    in_maanden,
    in_werkdagen,
    informeertermijn,
    informeeruitstel,
    monitormomenten,
    plaatselijk,
    tien_weken,
    triagetermijn,
)

STARTS = 1_000_000 if os.environ.get("VT_ALLES") else 20_000
EERSTE, LAATSTE = date(2018, 1, 1), date(2069, 12, 31)
VAN, TOT = datetime(2019, 1, 1, tzinfo=UTC), datetime(2050, 12, 31, 22, tzinfo=UTC)
Tel = dict[str, date]


def pasen(jaar: int) -> date:
    """Gauss, with his two exceptions."""
    a, b, c = jaar % 19, jaar % 4, jaar % 7
    d = (19 * a + 24) % 30  # 24 and 5 hold from 1900 to 2099
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    dag = 22 + d + e
    if (d, e) == (29, 6):
        dag = 50
    if (d, e) == (28, 6) and a > 10:
        dag = 49
    return date(jaar, 3, dag) if dag <= 31 else date(jaar, 4, dag - 31)


def vrije_dagen() -> set[date]:
    """Saturdays, Sundays, the days of article 3 and the royal decrees."""
    dag, vrij = EERSTE, set()
    while dag <= LAATSTE:
        if dag.isoweekday() > 5:
            vrij.add(dag)
        dag += timedelta(1)
    for jaar in range(EERSTE.year, LAATSTE.year + 1):
        eerste_paasdag = pasen(jaar).toordinal()
        vrij |= {date.fromordinal(eerste_paasdag + na) for na in (-2, 1, 39, 50)}
        vrij |= {date(jaar, 1, 1), date(jaar, 5, 5), date(jaar, 12, 25), date(jaar, 12, 26)}
        koning = date(jaar, 4, 27)
        vrij.add(date(jaar, 4, 26) if koning.isoweekday() == 7 else koning)
    lijst = werkdagen.Path(werkdagen.__file__).with_name("gelijkgestelde_dagen.yaml").read_text(encoding="utf-8")
    return vrij | {regel["datum"] for regel in yaml.safe_load(lijst) or []}


VRIJ = vrije_dagen()
WERK = [
    dag.toordinal() for dag in (EERSTE + timedelta(i) for i in range((LAATSTE - EERSTE).days + 1)) if dag not in VRIJ
]
"""Every working day of half a century, one after the other: a term in working days is a place in this list."""


def werk_verder(begin: date, aantal: int) -> date:
    return date.fromordinal(WERK[bisect_right(WERK, begin.toordinal()) + aantal - 1])


def opgeschoven(dag: date) -> date:
    while dag in VRIJ:
        dag = date.fromordinal(dag.toordinal() + 1)
    return dag


def maanden_verder(begin: date, aantal: int) -> date:
    jaar, maand = divmod(begin.year * 12 + begin.month - 1 + aantal, 12)
    return date(jaar, maand + 1, min(begin.day, monthrange(jaar, maand + 1)[1]))


def laatste_zondag(jaar: int, maand: int) -> date:
    return max(d for n in range(25, 32) if (d := date(jaar, maand, n)).isoweekday() == 7)


def nederlandse_dag(moment: datetime) -> date:
    """One hour ahead, two from the last Sunday of March to that of October, both at 01:00 UTC."""
    zomer = datetime.combine(laatste_zondag(moment.year, 3), datetime.min.time(), UTC) + timedelta(hours=1)
    winter = datetime.combine(laatste_zondag(moment.year, 10), datetime.min.time(), UTC) + timedelta(hours=1)
    return (moment + timedelta(hours=2 if zomer <= moment < winter else 1)).date()


def nageteld(moment: datetime) -> Tel:
    dag = nederlandse_dag(moment)
    op = dag.toordinal()
    tweede = werk_verder(dag, 2)  # article 2: a term of three days or more holds two working days
    vier_weken = date.fromordinal(op + 28)
    return {
        "triage, werkdagen": werk_verder(dag, 5),
        "triage, dagen": opgeschoven(date.fromordinal(op + 7)),
        "triage, sturend": min(werk_verder(dag, 5), opgeschoven(date.fromordinal(op + 7))),
        "tien weken": opgeschoven(date.fromordinal(op + 70)),
        "informeren": opgeschoven(vier_weken),
        "informeren met uitstel": opgeschoven(date.fromordinal(op + 42)),
        "drie maanden": maanden_verder(dag, 3),
        "twaalf maanden": maanden_verder(dag, 12),
        "drie dagen": max(opgeschoven(date.fromordinal(op + 3)), tweede),
        "tien werkdagen": werk_verder(dag, 10),
        "een maand": opgeschoven(maanden_verder(dag, 1)),
        "vijftien jaar": maanden_verder(dag, 180),
    }


def van_de_machine(moment: datetime) -> Tel:
    triage, informeren = triagetermijn(moment), informeertermijn(moment)
    drie, twaalf = monitormomenten(moment)
    dag = triage.werkdagen.begin
    assert informeren.rekenkundig is not None
    return {
        "triage, werkdagen": triage.werkdagen.uiterlijk,
        "triage, dagen": triage.dagen.uiterlijk,
        "triage, sturend": triage.sturend.uiterlijk,
        "tien weken": tien_weken(moment).uiterlijk,
        "informeren": informeren.uiterlijk,
        "informeren met uitstel": informeeruitstel(informeren.rekenkundig).uiterlijk,
        "drie maanden": drie.uiterlijk,
        "twaalf maanden": twaalf.uiterlijk,
        "drie dagen": in_dagen(dag, 3).uiterlijk,
        "tien werkdagen": in_werkdagen(dag, 10).uiterlijk,
        "een maand": in_maanden(dag, 1).uiterlijk,
        "vijftien jaar": in_jaren(dag, 15).uiterlijk,
    }


def verschillen(starts: int, zaad: int, machine: Callable[[datetime], Tel] = van_de_machine) -> list[str]:
    """Each difference as one line; the days are few, so a day that was counted before is not counted again, but
    every moment is brought to its Dutch day by both."""
    spanne = int((TOT - VAN).total_seconds())
    greep = Random(zaad)  # noqa: S311 - the same starts each time, no secret
    verwacht: dict[date, Tel] = {}
    gerekend: dict[date, Tel] = {}
    fout: list[str] = []
    for _ in range(starts):
        moment = VAN + timedelta(seconds=greep.randrange(spanne))
        dag = nederlandse_dag(moment)
        machinedag = plaatselijk(moment)
        if dag not in verwacht:
            verwacht[dag] = nageteld(moment)
        if machinedag not in gerekend:
            gerekend[machinedag] = machine(moment)
        zo, wil = gerekend[machinedag], verwacht[dag]
        if machinedag != dag or zo != wil:
            anders = ", ".join(f"{naam}: {zo[naam]} en niet {wil[naam]}" for naam in wil if zo[naam] != wil[naam])
            fout.append(f"{moment.isoformat()} ({machinedag} en niet {dag}) {anders}")
    return fout


@pytest.mark.uitputtend
@pytest.mark.regel("RW-5.12a", "RW-5.12c", "RW-7.13", "RW-11.4")
def test_elke_willekeurige_start_van_2019_tot_en_met_2050_komt_uit_op_dezelfde_dag():
    fout = verschillen(STARTS, zaad=628)
    assert fout[:5] == []


@pytest.mark.regel("RW-5.12a")
def test_elke_dag_van_2019_tot_en_met_2050_komt_uit_op_dezelfde_dag():
    """Chance may miss a day; these are all of them, each at noon."""
    dagen = (TOT - VAN).days + 1
    momenten = (VAN + timedelta(days=i, hours=12) for i in range(dagen))
    anders = [moment.date() for moment in momenten if van_de_machine(moment) != nageteld(moment)]
    assert anders[:5] == []


def test_een_machine_die_een_feestdag_vergeet_valt_door_de_mand(monkeypatch):
    echt = werkdagen.feestdagen
    monkeypatch.setattr(werkdagen, "feestdagen", lambda jaar: {d: w for d, w in echt(jaar).items() if w != "5 mei"})
    fout = verschillen(2_000, zaad=1)
    assert fout
    assert all("-05-" in regel for regel in fout)
