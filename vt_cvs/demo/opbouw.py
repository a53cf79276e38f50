"""Building the demo: which stories, in which order, by how many at once, with a line of progress now and then."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from random import Random
from unittest import mock

from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from casus import selectors
from casus.models import Casus
from vt_cvs.demo import afgesloten, binnenkomst, diensten, triage
from vt_cvs.demo.team import AFZENDER, maak_afzender, maak_medewerkers, ploeg
from vt_cvs.demo.verhaal import Regie, Situatie, Verhaal
from vt_cvs.kern import uitpost
from vt_cvs.organisatie.models import Afzender, Medewerker
from vt_cvs.organisatie.selectors import instellingen

SITUATIES: list[Situatie] = [
    *binnenkomst.SITUATIES,
    *triage.SITUATIES,
    *diensten.SITUATIES,
    *afgesloten.SITUATIES,
    *binnenkomst.AFGESLOTEN,
]
HEEL = sum(situatie.aantal for situatie in SITUATIES)
STAP = 20
Zeg = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Opdracht:
    """One story to tell."""

    nummer: int
    situatie: Situatie


def opdrachten(aantal: int, zaad: int) -> list[Opdracht]:
    """So many stories in the proportions of the whole; every situation occurs, however few are asked."""
    gekozen: list[Situatie] = []
    for situatie in SITUATIES:
        gekozen += [situatie] * max(1, round(situatie.aantal * aantal / HEEL))
    Random(zaad).shuffle(gekozen)  # noqa: S311 - the same order each time, no secret
    return [Opdracht(nummer, situatie) for nummer, situatie in enumerate(gekozen, 1)]


def bouw(*, aantal: int, zaad: int, processen: int, zeg: Zeg, nu: datetime | None = None) -> int:
    """Make the organisation and its cases; return how many stories were told."""
    with transaction.atomic():
        maak_medewerkers()
        maak_afzender()
        instellingen()
    rij = opdrachten(aantal, zaad)
    moment = nu or timezone.now()
    for klaar, _ in enumerate(_vertel_alles(rij, zaad, moment, processen), 1):
        if klaar % STAP == 0 or klaar == len(rij):
            zeg(f"Demo: {klaar} van {len(rij)} casussen")
    return len(rij)


def _vertel_alles(rij: list[Opdracht], zaad: int, nu: datetime, processen: int) -> Iterator[int]:
    if processen < 2:
        yield from vertel(rij, zaad, nu)
        return
    connections.close_all()  # a connection cannot be shared with a child
    _sluit_pool()
    context = multiprocessing.get_context("fork")
    with context.Pool(processen, initializer=_begin, initargs=(zaad, nu)) as pool:
        yield from pool.imap_unordered(_vertel_een, rij)


def _sluit_pool() -> None:
    for verbinding in connections.all():
        if sluit := getattr(verbinding, "close_pool", None):
            sluit()


def vertel(rij: list[Opdracht], zaad: int, nu: datetime) -> Iterator[int]:
    """The stories one after the other, each whole or not at all."""
    regie = _regie(zaad, nu)
    with snel():
        for opdracht in rij:
            yield _leef(opdracht, regie)


def _regie(zaad: int, nu: datetime) -> Regie:
    afzender = Afzender.objects.select_related("medewerker").get(naam=AFZENDER)
    return Regie(zaad=zaad, nu=nu, west=ploeg("West"), oost=ploeg("Oost"), afzender=afzender)


def _leef(opdracht: Opdracht, regie: Regie) -> int:
    """Whole or not at all, and without savepoints, a fifth of all statements; a story that undoes part of itself
    (a number that was taken) needs them after all and is told again."""
    try:
        with transaction.atomic(), mock.patch.object(connection.features, "uses_savepoints", False):
            opdracht.situatie.vertel(Verhaal(regie, opdracht.nummer))
    except DatabaseError:
        with transaction.atomic():
            opdracht.situatie.vertel(Verhaal(regie, opdracht.nummer))
    return opdracht.nummer


@contextmanager
def snel() -> Iterator[None]:
    """Nobody is woken for each message of the outbox: the background finds them at its next round. And who was
    involved in a case a moment ago still is: asking that once per story is most of what rights cost."""
    gc.disable()
    betrokken: set[tuple[int, int]] = set()

    def is_betrokken_bij(medewerker: Medewerker, casus: Casus) -> bool:
        sleutel = medewerker.pk, casus.pk
        if sleutel not in betrokken and selectors.betrokkenheid.is_betrokken_bij(medewerker, casus):
            betrokken.add(sleutel)
        return sleutel in betrokken

    try:
        with (
            mock.patch.object(uitpost, "_wek_bezorging"),
            mock.patch.object(selectors, "is_betrokken_bij", is_betrokken_bij),
        ):
            yield
    finally:
        gc.enable()


_van_dit_proces: list[Regie] = []


def _begin(zaad: int, nu: datetime) -> None:
    """A child opens its own connection and stays quick until it ends."""
    snel().__enter__()
    _van_dit_proces.append(_regie(zaad, nu))


def _vertel_een(opdracht: Opdracht) -> int:
    return _leef(opdracht, _van_dit_proces[0])
