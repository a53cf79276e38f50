"""Everything that belongs to one case, found through the relations of the models: no reader knows the apps above.

A model of the file belongs to a case when it points at it, directly or through another piece (a report through its
step, a decision through the VHT). What points nowhere but is pointed at by such a piece (the signal of a report)
belongs to it as well. Persons belong to the organisation and stand apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import ForeignKey, Model

from casus.models import Betrokkene, Casus, Persoon, Processtap
from vt_cvs.kern.dossier import Stuk, dossiermodellen


@dataclass(frozen=True, slots=True)
class Band:
    """How the rows of `model` are found: they point at `doel`, or (`terug`) rows of `doel` point at them."""

    model: type[Stuk]
    veld: str
    doel: type[Stuk]
    terug: bool = False


@dataclass(slots=True)
class Dossierinhoud:
    """The rows of one case by model, and for each row the step under which it stands."""

    rijen: dict[type[Stuk], set[int]] = field(default_factory=dict)
    stap_van: dict[tuple[type[Stuk], int], int | None] = field(default_factory=dict)

    def stukken(self) -> dict[type[Stuk], list[Stuk]]:
        """The pieces themselves, one query per model that has any."""
        return {
            model: list(
                model._base_manager.filter(pk__in=pks)
                .select_related(*_voor_de_tekst(model))
                .order_by(*(model._meta.ordering or ()), "pk")
            )
            for model, pks in self.rijen.items()
            if pks
        }


def _verwijzingen(model: type[Model]) -> list[tuple[str, Any]]:
    """Forward relations to pieces of the file; a person is no piece of one case."""
    return [
        (veld.name, veld.related_model)
        for veld in model._meta.concrete_fields
        if isinstance(veld, ForeignKey)
        and isinstance(veld.related_model, type)
        and issubclass(veld.related_model, Stuk)
        and veld.related_model not in {Persoon, model}
    ]


def _voor_de_tekst(model: type[Stuk]) -> list[str]:
    return [veld.name for veld in model._meta.concrete_fields if isinstance(veld, ForeignKey)]


@cache
def banden() -> tuple[tuple[type[Stuk], tuple[Band, ...]], ...]:
    """Each model with its ways to the case, in an order in which they can be followed."""
    bekend: dict[type[Stuk], tuple[Band, ...]] = {Casus: ()}
    over = [m for m in dossiermodellen() if m not in {Casus, Persoon}]
    while over:
        nieuw = _wijzen_naar(set(bekend), over)
        if nieuw:
            for model in _op_volgorde(nieuw):
                bekend[model] = tuple(Band(model, naam, doel) for naam, doel in _verwijzingen(model) if doel in bekend)
        else:
            terug = {m: b for m in over if (b := _terug(m, bekend))}
            if not terug:
                break  # what is left belongs to no case
            bekend.update(terug)
        over = [m for m in over if m not in bekend]
    return tuple(bekend.items())


def _wijzen_naar(bekend: set[type[Stuk]], over: list[type[Stuk]]) -> list[type[Stuk]]:
    """The models that point at a known one, directly or through each other."""
    gevonden: list[type[Stuk]] = []
    while erbij := [
        m for m in over if m not in gevonden and any(d in bekend or d in gevonden for _, d in _verwijzingen(m))
    ]:
        gevonden += erbij
    return gevonden


def _op_volgorde(modellen: list[type[Stuk]]) -> list[type[Stuk]]:
    """What is pointed at comes first."""
    volgorde: list[type[Stuk]] = []
    bezig: set[type[Stuk]] = set()

    def bezoek(model: type[Stuk]) -> None:
        if model in bezig:
            return
        bezig.add(model)
        for _, doel in _verwijzingen(model):
            if doel in modellen:
                bezoek(doel)
        volgorde.append(model)

    for model in modellen:
        bezoek(model)
    return volgorde


def _terug(model: type[Stuk], bekend: dict[type[Stuk], tuple[Band, ...]]) -> tuple[Band, ...]:
    return tuple(
        Band(model, naam, ander, terug=True) for ander in bekend for naam, doel in _verwijzingen(ander) if doel is model
    )


def inhoud_van(casus: Casus) -> Dossierinhoud:
    """All rows of this case; a constant number of queries, whatever the size of the case."""
    inhoud = Dossierinhoud({Casus: {casus.pk}}, {(Casus, casus.pk): None})
    for model, wegen in banden():
        if model is Casus:
            continue
        inhoud.rijen[model] = set()
        for band in wegen:
            _volg(band, inhoud)
        if model is Processtap:
            inhoud.stap_van.update({(model, pk): pk for pk in inhoud.rijen[model]})
    _bij_wie_ernaar_wijst(inhoud)
    return inhoud


def _bij_wie_ernaar_wijst(inhoud: Dossierinhoud) -> None:
    """A piece without a step of its own (the reporter) stands under the step of the piece that points at it."""
    los = {model for model, pks in inhoud.rijen.items() if pks and not hasattr(model, "stap")} - {Casus, Betrokkene}
    for ander, pks in inhoud.rijen.items():
        for naam, doel in _verwijzingen(ander) if pks else ():
            if doel not in los or naam in {"casus", "stap"}:
                continue
            for pk, via in ander._base_manager.filter(pk__in=pks).exclude(**{naam: None}).values_list(naam, "pk"):
                if inhoud.stap_van.get((doel, pk)) is None:
                    inhoud.stap_van[doel, pk] = inhoud.stap_van.get((ander, via))


def _volg(band: Band, inhoud: Dossierinhoud) -> None:
    bron = inhoud.rijen.get(band.doel, set())
    if not bron:
        return
    if band.terug:
        paren = band.doel._base_manager.filter(pk__in=bron).exclude(**{band.veld: None}).values_list(band.veld, "pk")
    else:
        paren = band.model._base_manager.filter(**{f"{band.veld}__in": bron}).values_list("pk", band.veld)
    for pk, via in paren:
        inhoud.rijen[band.model].add(pk)
        stap = inhoud.stap_van.get((band.doel, via))
        if band.doel is Processtap or inhoud.stap_van.get((band.model, pk)) is None:
            inhoud.stap_van[band.model, pk] = stap


def personen_van(inhoud: Dossierinhoud) -> set[int]:
    """Every person that a piece of this case points at."""
    gevonden: set[int] = set()
    for model, pks in inhoud.rijen.items():
        for veld in model._meta.concrete_fields:
            if isinstance(veld, ForeignKey) and veld.related_model is Persoon:
                waarden = model._base_manager.filter(pk__in=pks).values_list(veld.attname, flat=True)
                gevonden.update(pk for pk in waarden if pk)
    return gevonden
