"""Erasing: what is taken away, and what of a destroyed file stays. Generic: it walks the models, never names an app.

*Verwijderen* takes every row. *Vernietigen* keeps of each model what it declares to survive and what is counted, gives
numbers that lead nowhere, and empties the rest. In both, live rows go before their history, and nothing is written by
way of `save` or `delete`, which would leave a new line of history behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import models
from django.db.models import Q

from casus.doorloop import Dossierinhoud
from casus.models import Casus, Logregel, Persoon, Taak
from vt_cvs.kern.dossier import Stuk, dossiermodellen
from vt_cvs.kern.models import Toegang, Uitpost

BLIJFT = frozenset({"bewaren.verwijdering"})
"""The act itself, which ends as the report on it."""
Rijen = dict[type[models.Model], set[int]]


@cache
def wachters() -> tuple[str, ...]:
    """Triggers that refuse to change or remove what stands in a file, by name: only this service passes them.

    The machines themselves keep guarding: a state still moves along its arrows only.
    """
    namen = []
    for model, trigger in pgtrigger.registered():
        van_dossier = _is_stuk(model) or model in {Logregel, Toegang} or hasattr(model, "history_id")
        if van_dossier and not isinstance(trigger, pgtrigger.FSM) and _raakt_bestaande(trigger):
            namen.append(f"{model._meta.label}:{trigger.name}")
    return tuple(sorted(namen))


def _is_stuk(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, Stuk)


def _raakt_bestaande(trigger: pgtrigger.Trigger) -> bool:
    soort = str(trigger.operation)
    return "UPDATE" in soort or "DELETE" in soort


def historie_van(model: type[models.Model]) -> type[models.Model] | None:
    """The history table of a model, if it keeps one."""
    beheer = getattr(model, "history", None)
    return getattr(beheer, "model", None)


@cache
def wijzen_naar(model: type[models.Model]) -> tuple[tuple[type[models.Model], str, bool], ...]:
    """Every (model, field, nullable and loose) whose rows point at `model`, history and hidden relations included."""
    gevonden = []
    for ander in apps.get_models(include_auto_created=True):
        for veld in ander._meta.concrete_fields:
            if isinstance(veld, models.ForeignKey) and veld.related_model is model:
                los = veld.null and veld.remote_field.on_delete is models.SET_NULL
                gevonden.append((ander, veld.attname, los))
    return tuple(gevonden)


def _is_historie(model: type[models.Model]) -> bool:
    return hasattr(model, "history_id")


def alles_wat_hangt(begin: Rijen, *, blijft: Rijen | None = None) -> Rijen:
    """`begin` with every row that points at it, and on: what would be left hanging. Rows in `blijft` are not taken."""
    blijft = blijft or {}
    weg: Rijen = defaultdict(set)
    nieuw: Rijen = {model: set(pks) for model, pks in begin.items() if pks}
    while nieuw:
        volgende: Rijen = defaultdict(set)
        for model, pks in nieuw.items():
            weg[model] |= pks
            for ander, veld, los in wijzen_naar(model):
                if (los and not _is_historie(ander)) or ander._meta.label_lower in BLIJFT or ander in blijft:
                    continue
                gevonden = set(ander._base_manager.filter(**{f"{veld}__in": pks}).values_list("pk", flat=True))
                if _is_historie(ander):
                    gevonden = _zonder_stuk_dat_blijft(ander, gevonden, weg, nieuw)
                volgende[ander] |= gevonden - weg[ander]
            if (historie := historie_van(model)) is not None:
                eigen = set(historie._base_manager.filter(id__in=pks).values_list("pk", flat=True))
                volgende[historie] |= eigen - weg[historie]
        for model, pks in list(volgende.items()):
            if _is_historie(model):  # what was taken out of the file earlier left its history behind
                volgende[model.instance_type] |= _van_wie(model, pks) - weg[model.instance_type]  # type: ignore[attr-defined]
        nieuw = {model: pks - weg[model] for model, pks in volgende.items() if pks - weg[model]}
    return weg


def _zonder_stuk_dat_blijft(historie: Any, pks: set[int], *gaat: Rijen) -> set[int]:
    """History of a piece that stands in another file stays with it, whatever that piece once pointed at.

    When the piece itself goes, its history goes along as its own.
    """
    levend: Any = historie.instance_type
    blijven = set(levend._base_manager.filter(pk__in=_van_wie(historie, pks)).values_list("pk", flat=True))
    for rijen in gaat:
        blijven -= rijen.get(levend, set())
    if not blijven:
        return pks
    return set(historie._base_manager.filter(pk__in=pks).exclude(id__in=blijven).values_list("pk", flat=True))


def _van_wie(historie: type[models.Model], pks: Iterable[int]) -> set[int]:
    return set(historie._base_manager.filter(pk__in=list(pks)).values_list("id", flat=True))


def maak_los(weg: Rijen) -> None:
    """What stays and pointed at what goes, points nowhere."""
    for model, pks in weg.items():
        for ander, veld, los in wijzen_naar(model):
            if los and not _is_historie(ander):
                ander._base_manager.filter(**{f"{veld}__in": pks}).update(**{veld: None})


def wis_rijen(weg: Rijen) -> dict[str, int]:
    """Take the rows: live first, then history. Foreign keys are checked at the end of the transaction."""
    geteld: dict[str, int] = {}
    for model in sorted(weg, key=lambda m: (_is_historie(m), m._meta.label)):
        aantal = model._base_manager.filter(pk__in=weg[model])._raw_delete("default")
        if aantal and issubclass(model, Stuk):
            geteld[str(model._meta.verbose_name_plural)] = aantal
    return geteld


def nummers_van(rijen: Rijen) -> set[str]:
    """The case and report numbers of these rows: what else names them goes with them."""
    return {
        str(nummer)
        for model, pks in rijen.items()
        if any(veld.name == "nummer" for veld in model._meta.concrete_fields)
        for nummer in model._base_manager.filter(pk__in=pks).values_list("nummer", flat=True)
    }


def bestanden_van(rijen: Rijen) -> set[str]:
    """Where the files of these rows are stored, also of what stood there before."""
    namen: set[str] = set()
    for model, pks in rijen.items():
        if any(veld.name == "opslagnaam" for veld in model._meta.concrete_fields):
            namen.update(model._base_manager.filter(pk__in=pks).values_list("opslagnaam", flat=True))
    return {naam for naam in namen if naam}


def wis_sporen(inhoud: Dossierinhoud, personen: Iterable[int], *, casus: Casus, helemaal: bool) -> None:
    """Tasks, log, outbox and the free text of the access log that speak of these rows, in this case or in none.

    `personen` are those who go with this case. What another case says of the same people is that case's.
    """
    over = {
        model._meta.label_lower: pks for model, pks in inhoud.rijen.items() if model._meta.label_lower not in BLIJFT
    }
    over[Persoon._meta.label_lower] = set(personen)
    taken, regels, gezien, post = Q(), Q(), Q(persoon_id__in=over[Persoon._meta.label_lower]), Q()
    for soort, pks in over.items():
        taken |= Q(onderwerp_soort=soort, onderwerp_id__in=pks)
        regels |= Q(soort=soort, onderwerp_id__in=pks)
        gezien |= Q(soort=soort, stuk_id__in=pks)
        naam = soort.split(".")[1]
        post |= Q(onderwerp__in=[f"{naam}:{pk}" for pk in pks])
    nergens = Q(casus_id=None)
    Taak.objects.filter(Q(casus=casus) | (nergens & taken))._raw_delete("default")
    Logregel.objects.filter(Q(casus=casus) | (nergens & regels))._raw_delete("default")
    Uitpost.objects.filter(post)._raw_delete("default")
    leeg: dict[str, Any] = {"grond": "", "persoon_id": None, "stuk_id": None}
    Toegang.objects.filter(Q(casus_id=casus.pk) | (nergens & gezien)).update(
        **leeg, **({"casus_id": None} if helemaal else {})
    )


def dossierrijen(inhoud: Dossierinhoud) -> Rijen:
    return {model: set(pks) for model, pks in inhoud.rijen.items() if pks and model._meta.label_lower not in BLIJFT}


def personen_in(rijen: Rijen) -> set[int]:
    """Persons at whom these rows of history point: someone taken out of the case earlier belonged to it too."""
    gevonden: set[int] = set()
    for model, pks in rijen.items():
        for veld in model._meta.concrete_fields:
            if isinstance(veld, models.ForeignKey) and veld.related_model is Persoon:
                gevonden.update(model._base_manager.filter(pk__in=pks).values_list(veld.attname, flat=True))
    bestaat = Persoon.objects.filter(pk__in={pk for pk in gevonden if pk})
    return set(bestaat.values_list("pk", flat=True))


def historie_van_alles(rijen: Rijen) -> Rijen:
    """The history of these rows, and of what once pointed at them and is gone."""
    hangt = alles_wat_hangt(rijen, blijft={m: set() for m in dossiermodellen()})
    return {model: pks for model, pks in hangt.items() if _is_historie(model)}
