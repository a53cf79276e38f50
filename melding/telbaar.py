"""What must be filled at which moment, read from `telbaar.yaml`: a moment is data, not code (RW-4.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.apps import apps
from django.db.models import Model, Q

from vt_cvs.kern.regels import Belemmering, regel

if TYPE_CHECKING:
    from casus.models import Casus

BESTAND = Path(__file__).with_name("telbaar.yaml")


@dataclass(frozen=True, slots=True)
class Telling:
    """The fields of one model that count at one moment."""

    model: str
    velden: tuple[str, ...]
    waar: str
    binnen: Mapping[str, str]
    alleen: Mapping[str, str] = field(default_factory=dict)

    @property
    def klasse(self) -> Any:
        return apps.get_model(self.model)


@cache
def momenten() -> dict[str, tuple[Telling, ...]]:
    gegevens = yaml.safe_load(BESTAND.read_text(encoding="utf-8"))
    return {
        moment: tuple(Telling(**{**regel_, "velden": tuple(regel_["velden"])}) for regel_ in regels)
        for moment, regels in gegevens.items()
    }


@regel("RW-3.7")
def controleer() -> None:
    """Only countable fields can be mandatory; a moment that names another does not start."""
    for moment, tellingen in momenten().items():
        for telling in tellingen:
            if vreemd := set(telling.velden) - set(telling.klasse.telbaar):
                raise ValueError(f"{moment}: {telling.model} telt {', '.join(sorted(vreemd))} niet.")


def ontbrekend(moment: str, **onderwerp: Any) -> Iterator[Belemmering]:
    """Every empty field that counts at this moment, each with a link to where it is filled."""
    bekend = {**onderwerp}
    if "melding" in bekend:
        bekend["melder"] = bekend["melding"].melder_id
    for telling in momenten()[moment]:
        leeg = Q()
        for veld in telling.velden:
            leeg |= Q(**{veld: ""})
        binnen = {pad: bekend[naam] for pad, naam in telling.binnen.items()}
        binnen = {pad: getattr(waarde, "pk", waarde) for pad, waarde in binnen.items()}
        for rij in telling.klasse._base_manager.filter(leeg, **binnen, **telling.alleen).distinct().order_by("pk"):
            yield from _lege_velden(rij, telling, onderwerp)


def _lege_velden(rij: Model, telling: Telling, onderwerp: Mapping[str, Any]) -> Iterator[Belemmering]:
    link, bij = _plek(rij, telling.waar, onderwerp)
    for naam in telling.velden:
        if not getattr(rij, naam):
            label = str(rij._meta.get_field(naam).verbose_name)  # type: ignore[union-attr]
            yield Belemmering(
                f"Vul {label} in bij {bij}.", veld=naam, link=f"{link}#id_{naam}", link_tekst=label.capitalize()
            )


def _plek(rij: Any, waar: str, onderwerp: Mapping[str, Any]) -> tuple[str, str]:
    """Where the field is filled in, and how that place is called."""
    Melding: Any = apps.get_model("melding.Melding")
    if waar == "betrokkenen":
        casus: Casus = onderwerp["casus"]
        return f"{casus.pad()}betrokkenen/", str(rij)
    if waar == "melding":
        eigen = rij if isinstance(rij, Melding) else None
        melding = onderwerp.get("melding")
        if melding is None or eigen not in (None, melding):
            melding = eigen
        melding = melding or Melding.objects.select_related("stap__casus").filter(melder=rij).first()
        if melding is None:
            return onderwerp["casus"].pad(), "de melder"
        wie = "melding" if isinstance(rij, Melding) else "de melder van"
        return melding.pad(), f"{wie} {melding.nummer}"
    return rij.pad(), str(rij)
