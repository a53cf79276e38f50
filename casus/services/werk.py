"""Making and finishing tasks. Making one that is already open changes it; finishing one twice changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from casus.models import Casus, Processtap, Taak
from vt_cvs.kern.termijnen import Termijn
from vt_cvs.organisatie.models import Medewerker, Team


def maak_taak(
    onderwerp: Model,
    soort: str,
    *,
    titel: str,
    omdat: str,
    pad: str,
    door: Medewerker,
    casus: Casus | None = None,
    stap: Processtap | None = None,
    kop: str = "",
    voor: Medewerker | None = None,
    team: Team | None = None,
    termijn: Termijn | None = None,
    uiterlijk: date | None = None,
    direct: bool = False,
    over_veiligheid: bool = True,
    houdt_sluiten_tegen: bool = True,
) -> Taak:
    """A task for someone (`voor`) or for a team; an open one about the same thing is brought up to date instead."""
    if casus is None and stap is not None:
        casus = stap.casus
    if voor is None and stap is not None:
        voor = stap.verantwoordelijke
    velden: dict[str, Any] = {
        "casus": casus,
        "stap": stap,
        "titel": titel[:200],
        "omdat": omdat[:300],
        "pad": pad,
        "kop": kop,
        "team": team
        or (stap.team if stap else None)
        or (casus.team if casus else None)
        or (voor.team if voor else None),
        "uiterlijk": termijn.uiterlijk if termijn else uiterlijk,
        "rekenkundig": termijn.rekenkundig if termijn else None,
        "termijn": termijn.naam if termijn else "",
        "uitleg": termijn.uitleg[:300] if termijn else "",
        "direct": direct,
        "over_veiligheid": over_veiligheid,
        "houdt_sluiten_tegen": houdt_sluiten_tegen,
    }
    open_taak = {
        "onderwerp_soort": onderwerp._meta.label_lower,
        "onderwerp_id": onderwerp.pk,
        "soort": soort,
        "voor": voor,
        "stand": Taak.Stand.OPEN,
    }
    _herinner_opnieuw(Taak.objects.filter(**open_taak), velden["uiterlijk"])
    taak, _ = Taak.objects.update_or_create(
        **open_taak, defaults=velden, create_defaults={**velden, "gemaakt_door": door}
    )
    return taak


def _herinner_opnieuw(taken: QuerySet[Taak], uiterlijk: date | None) -> None:
    """Another last day asks for another reminder, whatever was sent about the old one."""
    taken.exclude(uiterlijk=uiterlijk).update(vooraf_herinnerd_op=None, herinnerd_op=None)


def verzet_taak(taken: QuerySet[Taak], termijn: Termijn) -> None:
    """The same work, counted again: for a corrected date of receipt, or a moment that was moved."""
    _herinner_opnieuw(taken, termijn.uiterlijk)
    taken.update(
        uiterlijk=termijn.uiterlijk,
        rekenkundig=termijn.rekenkundig,
        termijn=termijn.naam,
        uitleg=termijn.uitleg[:300],
    )


@transaction.atomic
def verplaats_taken(taken: QuerySet[Taak], *, naar: Medewerker | None, team: Team | None, door: Medewerker) -> int:
    """Hand over open tasks; one that the receiver already has lapses instead of standing there twice."""
    verplaatst = 0
    for taak in taken.select_for_update(no_key=True, of=("self",)).filter(stand=Taak.Stand.OPEN).order_by("pk"):
        dubbel = Taak.objects.filter(
            onderwerp_soort=taak.onderwerp_soort,
            onderwerp_id=taak.onderwerp_id,
            soort=taak.soort,
            voor=naar,
            stand=Taak.Stand.OPEN,
        ).exclude(pk=taak.pk)
        if dubbel.exists():
            taak.stand, taak.klaar_op, taak.klaar_door = Taak.Stand.VERVALLEN, timezone.now(), door
        else:
            taak.voor, taak.team = naar, team or taak.team
        taak.save(update_fields=["voor", "team", "stand", "klaar_op", "klaar_door"])
        verplaatst += 1
    return verplaatst


def geef_werk_terug(medewerker: Medewerker, *, door: Medewerker) -> None:
    """Whoever leaves, leaves no work unseen: it goes to the team of the step, of the case, or their own."""
    for taak in Taak.objects.filter(voor=medewerker, stand=Taak.Stand.OPEN).select_related(
        "stap__team", "casus__team", "team"
    ):
        team = (taak.stap and taak.stap.team) or (taak.casus and taak.casus.team) or taak.team or medewerker.team
        verplaats_taken(Taak.objects.filter(pk=taak.pk), naar=None, team=team, door=door)


def vervul_taken(*, onderwerp: Model, soort: str | None = None, door: Medewerker, vervallen: bool = False) -> int:
    """Finish the open tasks about this (of one kind); return how many there were."""
    taken = Taak.objects.filter(
        onderwerp_soort=onderwerp._meta.label_lower, onderwerp_id=onderwerp.pk, stand=Taak.Stand.OPEN
    )
    if soort is not None:
        taken = taken.filter(soort=soort)
    return taken.update(
        stand=Taak.Stand.VERVALLEN if vervallen else Taak.Stand.GEDAAN, klaar_op=timezone.now(), klaar_door=door
    )
