"""Everything that belongs to one case, found through the relations of the models: no reader knows the apps above.

A model of the file belongs to a case when it points at it, directly or through another piece (a report through its
step, a decision through the VHT). What points nowhere but is pointed at by such a piece (the signal of a report)
belongs to it as well. Persons belong to the organisation and stand apart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet, Value

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
        """The pieces themselves, one query per model that has any; where one points at another it is that same one."""
        gevonden = {
            model: list(
                model._base_manager.filter(pk__in=pks)
                .select_related(*_voor_de_tekst(model))
                .prefetch_related(*(veld.name for veld in model._meta.many_to_many))
                .order_by(*(model._meta.ordering or ()), "pk")
            )
            for model, pks in self.rijen.items()
            if pks
        }
        _knoop_aaneen(gevonden)
        return gevonden


def _knoop_aaneen(gevonden: dict[type[Stuk], list[Stuk]]) -> None:
    """What is told of a piece asks for the pieces around it: those are here already, with what belongs to them."""
    alle: dict[tuple[Any, Any], Stuk] = {(model, stuk.pk): stuk for model, rijen in gevonden.items() for stuk in rijen}
    for model, rijen in gevonden.items():
        for veld in model._meta.concrete_fields:
            if not isinstance(veld, ForeignKey) or veld.related_model not in gevonden:
                continue
            for stuk in rijen:
                if (ander := alle.get((veld.related_model, getattr(stuk, veld.attname)))) is not None:
                    veld.set_cached_value(stuk, ander)
        for meer in model._meta.many_to_many:
            for stuk in rijen:
                vooraf = stuk._prefetched_objects_cache[meer.name]  # type: ignore[attr-defined]
                vooraf._result_cache = [alle.get((type(ander), ander.pk), ander) for ander in vooraf]


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


@cache
def lagen() -> tuple[tuple[tuple[int, Band], ...], ...]:
    """The ways, numbered in the order of `banden`, in layers: within one layer none waits for the rows of another."""
    diepte: dict[type[Stuk], int] = {Casus: 0}
    per_laag: dict[int, list[tuple[int, Band]]] = defaultdict(list)
    nummer = 0
    for model, wegen in banden():
        if model is Casus:
            continue
        diepte[model] = 1 + max(diepte[band.doel] for band in wegen)
        for band in wegen:
            per_laag[diepte[model]].append((nummer, band))
            nummer += 1
    return tuple(tuple(per_laag[laag]) for laag in sorted(per_laag))


def inhoud_van(casus: Casus) -> Dossierinhoud:
    """All rows of this case; one query per layer of models, whatever the number of models or the size of the case."""
    inhoud = Dossierinhoud({model: set() for model, _ in banden()}, {(Casus, casus.pk): None})
    inhoud.rijen[Casus] = {casus.pk}
    for laag in lagen():
        paren = _samen({nummer: _vraag_van(band, inhoud) for nummer, band in laag if inhoud.rijen[band.doel]})
        for nummer, band in laag:
            _volg(band, paren[nummer], inhoud)
    _bij_wie_ernaar_wijst(inhoud)
    return inhoud


def _samen(vragen: dict[int, QuerySet[Any]]) -> dict[int, list[tuple[int, int]]]:
    """The pairs that each of these questions finds, asked together as one."""
    gevonden: dict[int, list[tuple[int, int]]] = defaultdict(list)
    genummerd = [
        vraag.order_by().annotate(_vraag=Value(nummer)).values_list("_vraag", *vraag._fields)  # type: ignore[attr-defined]
        for nummer, vraag in vragen.items()
    ]
    if genummerd:
        for nummer, een, ander in genummerd[0].union(*genummerd[1:], all=True):
            gevonden[nummer].append((een, ander))
    return gevonden


def _vraag_van(band: Band, inhoud: Dossierinhoud) -> QuerySet[Any]:
    """(row, through what) for this way."""
    bron = inhoud.rijen[band.doel]
    if band.terug:
        return band.doel._base_manager.filter(pk__in=bron).exclude(**{band.veld: None}).values_list(band.veld, "pk")
    return band.model._base_manager.filter(**{f"{band.veld}__in": bron}).values_list("pk", band.veld)


def _volg(band: Band, paren: list[tuple[int, int]], inhoud: Dossierinhoud) -> None:
    for pk, via in sorted(paren):
        inhoud.rijen[band.model].add(pk)
        stap = pk if band.model is Processtap else inhoud.stap_van.get((band.doel, via))
        if band.doel is Processtap or inhoud.stap_van.get((band.model, pk)) is None:
            inhoud.stap_van[band.model, pk] = stap


def _bij_wie_ernaar_wijst(inhoud: Dossierinhoud) -> None:
    """A piece without a step of its own (the reporter) stands under the step of the piece that points at it."""
    los = {model for model, pks in inhoud.rijen.items() if pks and not hasattr(model, "stap")} - {Casus, Betrokkene}
    wegen = [
        (ander, naam, doel)
        for ander, pks in inhoud.rijen.items()
        for naam, doel in (_verwijzingen(ander) if pks else ())
        if doel in los and naam not in {"casus", "stap"}
    ]
    paren = _samen(
        {
            nummer: ander._base_manager.filter(pk__in=inhoud.rijen[ander])
            .exclude(**{naam: None})
            .values_list(naam, "pk")
            for nummer, (ander, naam, _) in enumerate(wegen)
        }
    )
    for nummer, (ander, _, doel) in enumerate(wegen):
        for pk, via in sorted(paren[nummer]):
            if inhoud.stap_van.get((doel, pk)) is None:
                inhoud.stap_van[doel, pk] = inhoud.stap_van.get((ander, via))


def personen_van(inhoud: Dossierinhoud) -> set[int]:
    """Every person that a piece of this case points at."""
    wegen = [
        model._base_manager.filter(pk__in=pks).exclude(**{veld.name: None}).values_list(veld.attname, "pk")
        for model, pks in inhoud.rijen.items()
        for veld in (model._meta.concrete_fields if pks else ())
        if isinstance(veld, ForeignKey) and veld.related_model is Persoon
    ]
    return {persoon for paren in _samen(dict(enumerate(wegen))).values() for persoon, _ in paren}
