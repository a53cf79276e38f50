"""Monitormomenten: planned by themselves, moved, added, held, or lapsed when the monitoring ends."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from casus.models import Processtap
from casus.services.werk import maak_taak, vervul_taken
from diensten import rechten, voorwaarden
from diensten.models import Monitoren, Monitormoment
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import dag_kort, monitormomenten
from vt_cvs.organisatie.models import Medewerker

TAAK, BESLISSEN = "monitormoment", "monitoren"


@regel("RW-11.5")
@transaction.atomic
def plan_moment(
    monitoren: Monitoren, gepland_op: date, *, door: Medewerker, na_maanden: int | None = None, **velden: Any
) -> Monitormoment:
    """One more moment, with its task."""
    moment = maak(
        Monitormoment(stap=monitoren.stap, gepland_op=gepland_op, na_maanden=na_maanden, **velden),
        door=door,
        zin=f"Monitormoment gepland op {dag_kort(gepland_op)} {gepland_op.year}",
    )
    _werk_taak_bij(moment, door=door)
    werk_monitoring_bij(moment.stap, door=door)
    return moment


@regel("RW-11.4")
@transaction.atomic
def plan_vanzelf(monitoren: Monitoren, einde: datetime, *, door: Medewerker) -> None:
    """Three and twelve months after the end of a V&V or OZ; what was still planned from an earlier one moves along."""
    for maanden, termijn in zip((3, 12), monitormomenten(einde), strict=True):
        gepland = monitoren.open_momenten.filter(na_maanden=maanden).first()
        if gepland is None:
            plan_moment(monitoren, termijn.uiterlijk, door=door, na_maanden=maanden, gerekend_vanaf=einde)
            continue
        dag = termijn.uiterlijk
        gepland = wijzig(
            gepland,
            door=door,
            mag=rechten.mag_opvolgen,
            zin=f"Monitormoment staat nu op {dag_kort(dag)} {dag.year}",
            gepland_op=dag,
            gerekend_vanaf=einde,
        )
        _werk_taak_bij(gepland, door=door)


@transaction.atomic
def voeg_moment_toe(monitoren: Monitoren, gepland_op: date, *, door: Medewerker, **velden: Any) -> Monitormoment:
    """An extra moment, by an employee, while the monitoring runs."""
    voorwaarden.eis_loopt(monitoren)
    rechten.mag_behandelen.eis(door, monitoren)
    return plan_moment(monitoren, gepland_op, door=door, **velden)


@regel("RW-11.5")
@transaction.atomic
def verzet_moment(
    moment: Monitormoment, gepland_op: date, *, door: Medewerker, versie: int | None = None, **velden: Any
) -> Monitormoment:
    """Another day, or another plan for whom and what; the task moves along."""
    voorwaarden.eis_nog_te_houden(moment)
    moment = wijzig(
        moment,
        door=door,
        mag=rechten.mag_behandelen,
        versie=versie,
        zin=f"Monitormoment staat nu op {dag_kort(gepland_op)} {gepland_op.year}",
        gepland_op=gepland_op,
        **velden,
    )
    _werk_taak_bij(moment, door=door)
    return moment


@regel("RAD-7")
@transaction.atomic
def houd_moment(
    moment: Monitormoment,
    *,
    door: Medewerker,
    versie: int | None = None,
    gehouden_op: datetime | None = None,
    **antwoorden: Any,
) -> Monitormoment:
    """What was heard; nothing is mandatory, for what is known must never wait (RW-3.3)."""
    voorwaarden.eis_niet_vervallen(moment)
    moment = wijzig(
        moment,
        door=door,
        mag=rechten.mag_behandelen,
        versie=versie,
        zin="Monitormoment gehouden",
        gehouden_op=gehouden_op or moment.gehouden_op or timezone.now(),
        **antwoorden,
    )
    vervul_taken(onderwerp=moment, door=door)
    werk_monitoring_bij(moment.stap, door=door)
    return moment


@regel("RAD-6")
def werk_monitoring_bij(stap: Processtap, *, door: Medewerker) -> None:
    """A monitoring that runs without a next moment would be watched by nobody: someone decides, or plans one."""
    monitoren = Monitoren.objects.select_related("stap__casus").get(stap=stap)
    if monitoren.is_geeindigd or monitoren.open_momenten.exists():
        vervul_taken(onderwerp=monitoren, soort=BESLISSEN, door=door)
        return
    maak_taak(
        monitoren,
        BESLISSEN,
        titel="Stabiel veilig vaststellen of een nieuw moment plannen",
        omdat="alle monitormomenten zijn gehouden",
        pad=monitoren.pad(),
        door=door,
        stap=monitoren.stap,
        houdt_sluiten_tegen=False,
    )


def laat_vervallen(monitoren: Monitoren, *, door: Medewerker, op: datetime) -> None:
    """What is still planned when the monitoring ends does not happen any more, and nothing is left to decide."""
    vervul_taken(onderwerp=monitoren, soort=BESLISSEN, door=door)
    for moment in monitoren.open_momenten:
        wijzig(moment, door=door, mag=rechten.mag_opvolgen, zin="Monitormoment vervallen", vervallen_op=op)
        vervul_taken(onderwerp=moment, door=door, vervallen=True)


def _werk_taak_bij(moment: Monitormoment, *, door: Medewerker) -> None:
    if moment.is_open:
        maak_taak(
            moment,
            TAAK,
            titel="Monitormoment houden",
            omdat="we nagaan of het veilig bleef",
            pad=moment.pad(),
            door=door,
            stap=moment.stap,
            termijn=moment.termijn,
            houdt_sluiten_tegen=False,
        )
