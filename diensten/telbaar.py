"""What must be filled at which step of a service, read from `telbaar.yaml`: a moment is data, not code (RW-4.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps

from vt_cvs.kern.regels import Belemmering, regel

BESTAND = Path(__file__).with_name("telbaar.yaml")


@dataclass(frozen=True, slots=True)
class Moment:
    """The fields that one step of one model asks."""

    velden: tuple[str, ...] = ()
    een_van: tuple[str, ...] = ()
    uitkomsten: tuple[str, ...] = ()


@cache
def momenten() -> dict[tuple[str, str], Moment]:
    gegevens = yaml.safe_load(BESTAND.read_text(encoding="utf-8"))
    return {
        (model, stap): Moment(**{soort: tuple(namen) for soort, namen in velden.items()})
        for model, stappen in gegevens.items()
        for stap, velden in stappen.items()
    }


@regel("RW-3.7")
def controleer() -> None:
    """Only countable fields can be mandatory; a moment that names another does not start."""
    for (model, stap), moment in momenten().items():
        vreemd = {*moment.velden, *moment.een_van} - set(apps.get_model("diensten", model).telbaar)
        vreemd |= set(moment.uitkomsten) - set(apps.get_model("diensten", "Uitkomst").telbaar)
        if vreemd:
            raise ValueError(f"{model}.{stap}: {', '.join(sorted(vreemd))} telt niet.")


def ontbrekend(dienst: Any, stap: str) -> Iterator[Belemmering]:
    """Every empty field that counts at this step, each with the place where it is filled."""
    moment = momenten()[type(dienst).__name__, stap]
    for naam in moment.velden:
        if not getattr(dienst, naam):
            yield _leeg(dienst, naam)
    if moment.uitkomsten:
        yield from _lege_uitkomsten(dienst, moment.uitkomsten)
    if moment.een_van and not any(getattr(dienst, naam) for naam in moment.een_van):
        keuzes = " of ".join(_label(dienst, naam) for naam in moment.een_van)
        yield Belemmering(f"Kies het vervolg: {keuzes}, of allebei.", veld=moment.een_van[0])


def _lege_uitkomsten(dienst: Any, velden: tuple[str, ...]) -> Iterator[Belemmering]:
    uitkomsten = list(dienst.uitkomsten)
    if not uitkomsten:
        yield Belemmering("Voeg minstens één vorm van geweld toe, met de uitkomst.", veld="vorm_nieuw")
    for uitkomst in uitkomsten:
        for naam in velden:
            if not getattr(uitkomst, naam):
                yield Belemmering(f"Vul de uitkomst in bij “{uitkomst.vorm_in_woorden}”.", veld=uitkomst.veldnaam)


def _leeg(stuk: Any, naam: str) -> Belemmering:
    return Belemmering(f"Vul {_label(stuk, naam)} in.", veld=naam)


def _label(stuk: Any, naam: str) -> str:
    return str(stuk._meta.get_field(naam).verbose_name)
