"""Making and finishing tasks. Making one that is already open changes it; finishing one twice changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model
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
        "houdt_sluiten_tegen": houdt_sluiten_tegen,
    }
    taak, _ = Taak.objects.update_or_create(
        onderwerp_soort=onderwerp._meta.label_lower,
        onderwerp_id=onderwerp.pk,
        soort=soort,
        voor=voor,
        stand=Taak.Stand.OPEN,
        defaults=velden,
        create_defaults={**velden, "gemaakt_door": door},
    )
    return taak


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
