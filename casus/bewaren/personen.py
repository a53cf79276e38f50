"""Who goes with a case: a person belongs to the organisation, and leaves with the last case that knows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import F

from casus.bewaren.anonimiseren import leeg_getypte_tekst
from casus.bewaren.wissen import Rijen, alles_wat_hangt, historie_van, maak_los, wijzen_naar, wis_rijen
from casus.doorloop import banden
from casus.models import Casus, Persoon
from vt_cvs.kern.dossier import Stuk


def personen_zonder_andere_casus(personen: Iterable[int], casus: Casus) -> set[int]:
    """Of these, whom no other case knows: neither a piece of it, nor what such a piece was before."""
    over = set(personen)
    for model, veld, _ in wijzen_naar(Persoon):
        historie = hasattr(model, "history_id")
        if not over or _van(model) not in _van_een_casus():
            continue
        for rij in model._base_manager.filter(**{f"{veld}__in": over}).annotate(wie=F(veld)):
            if _dossier(rij.instance if historie else rij) not in {None, casus.pk}:
                over.discard(rij.wie)
    return over


def _van(model: Any) -> type[models.Model]:
    """The model itself, or the one of which this is the history."""
    return getattr(model, "instance_type", model)


def _van_een_casus() -> set[type[Stuk]]:
    """Models whose rows belong to a case; what belongs to the person alone (the register) does not keep them here."""
    return {model for model, _ in banden()}


def _dossier(stuk: Any) -> int | None:
    try:
        return stuk.dossier.pk if stuk.dossier is not None else None
    except ObjectDoesNotExist:  # of something that went before
        return None


def wis_personen(personen: set[int]) -> None:
    """The persons with their history, and the history of what belonged to them and to no case.

    What only points at them comes loose; the register still has to hear it, so its row stays without what was typed.
    """
    if not personen:
        return
    los: Rijen = {}
    for model, veld, komt_los in wijzen_naar(Persoon):
        rijen = model._base_manager.filter(**{f"{veld}__in": personen})
        if komt_los and model not in _van_een_casus():
            los[model] = set(rijen.values_list("pk", flat=True))
    weg = alles_wat_hangt({Persoon: personen})
    maak_los({Persoon: personen})
    wis_rijen(weg)
    for model, pks in los.items():
        leeg_getypte_tekst(model, pks)
        if (historie := historie_van(model)) is not None:
            historie._base_manager.filter(id__in=pks)._raw_delete("default")
    for model, veld, _ in wijzen_naar(Persoon):  # history of a report that nobody took up stays with that report
        if hasattr(model, "history_id"):
            model._base_manager.filter(**{f"{veld}__in": personen}).update(**{veld: None})
