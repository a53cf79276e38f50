"""Moving rows from one person to another and back. Generic: whatever points at a person or betrokkene moves along.

Each move is noted with keys and version numbers only, so that it can be taken back exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction

from casus.models import Familieband, Persoon, Samenvoeging
from vt_cvs.kern.dossier import Stuk
from vt_cvs.organisatie.models import Medewerker

Zet = dict[str, Any]
NIET_MEE = frozenset({"casus.samenvoeging"})
"""Their own business: what was merged before stays known under the names it had."""


def wijzers(naar: type[models.Model]) -> Iterator[tuple[type[models.Model], models.ForeignKey[Any, Any]]]:
    """Every relation at this model that can be moved: not history, not itself, not what each may have but once."""
    for model in apps.get_models(include_auto_created=True):
        if hasattr(model, "history_id") or model._meta.label_lower in NIET_MEE or model is naar:
            continue
        for veld in model._meta.concrete_fields:
            if isinstance(veld, models.ForeignKey) and not veld.unique and veld.related_model is naar:
                yield model, veld


def rijen_van(doel: models.Model, *, behalve: Iterable[type[models.Model]] = ()) -> list[tuple[Any, str]]:
    """All rows that point at this one, with the field by which they do."""
    over = tuple(behalve)
    return [
        (rij, veld.name)
        for model, veld in wijzers(type(doel))
        if model not in over
        for rij in model._base_manager.filter(**{veld.name: doel}).order_by("pk")
    ]


def verzet(rij: Any, veld: str, naar: models.Model | None, *, door: Medewerker, reden: str) -> Zet | None:
    """Let this row point elsewhere, with history; None when it cannot (it stands there already, or is sealed)."""
    was = getattr(rij, f"{veld}_id")
    nu = naar.pk if naar is not None else None
    try:
        with transaction.atomic():
            _zet(rij, veld, nu, door=door, reden=reden)
    except DatabaseError:
        if isinstance(rij, Stuk):
            return None
        return _haal_los(rij)
    return {"soort": rij._meta.label_lower, "stuk": rij.pk, "veld": veld, "van": was, "naar": nu}


def _zet(rij: Any, veld: str, pk: int | None, *, door: Medewerker, reden: str) -> None:
    setattr(rij, f"{veld}_id", pk)
    if isinstance(rij, Stuk):  # this one column: what is sealed in the row stays untouched
        rij.versie += 1
        rij._history_user, rij._change_reason = door, reden
        rij.save(update_fields=[veld, "versie"])
    else:
        type(rij)._base_manager.filter(pk=rij.pk).update(**{f"{veld}_id": pk})


def _haal_los(rij: Any) -> Zet:
    """A line between two rows that would stand there twice: taken out, and written again when split."""
    velden = {f.attname: f.value_from_object(type(rij)._base_manager.get(pk=rij.pk)) for f in rij._meta.concrete_fields}
    type(rij)._base_manager.filter(pk=rij.pk).delete()
    return {"soort": rij._meta.label_lower, "los": {naam: w for naam, w in velden.items() if naam != "id"}}


def verander(stuk: Stuk, velden: dict[str, Any], *, door: Medewerker, reden: str) -> Zet | None:
    """Change fields of a row with history; what stood there is found back by its version."""
    anders = {naam: waarde for naam, waarde in velden.items() if getattr(stuk, naam) != waarde}
    if not anders:
        return None
    voor = stuk.versie
    for naam, waarde in anders.items():
        setattr(stuk, naam, waarde)
    stuk.bewaar(door=door, reden=reden)
    return {
        "soort": stuk._meta.label_lower, "stuk": stuk.pk, "velden": sorted(anders), "voor": voor, "na": stuk.versie,
    }  # fmt: skip


def neem_terug(zet: Zet, *, door: Medewerker, reden: str) -> None:
    """Undo one move, unless somebody changed it since: then what they did stays."""
    model: Any = apps.get_model(zet["soort"])
    if "los" in zet:
        with transaction.atomic():
            model._base_manager.get_or_create(**zet["los"])
        return
    rij = model._base_manager.filter(pk=zet["stuk"]).first()
    if rij is None:
        return
    if "velden" in zet:
        _herstel_velden(rij, zet, door=door, reden=reden)
    elif getattr(rij, f"{zet['veld']}_id") == zet["naar"]:
        _zet(rij, zet["veld"], zet["van"], door=door, reden=reden)


def _herstel_velden(stuk: Any, zet: Zet, *, door: Medewerker, reden: str) -> None:
    voor, na = versie_van(stuk, zet["voor"]), versie_van(stuk, zet["na"])
    if voor is None or na is None:
        return
    terug = {veld: getattr(voor, veld) for veld in zet["velden"] if getattr(stuk, veld) == getattr(na, veld)}
    verander(stuk, terug, door=door, reden=reden)


def versie_van(stuk: Any, versie: int) -> Any:
    """As it stood at that version, or None when history has gone."""
    return stuk.history.filter(versie=versie).order_by("history_id").last()


def is_dubbel(band: Familieband, wie: dict[int, int]) -> bool:
    """The tie already stands there for the person who stays."""
    van, naar = wie.get(band.persoon_id, band.persoon_id), wie.get(band.ander_id, band.ander_id)
    if band.soort in Familieband.GELIJK and van > naar:
        van, naar = naar, van
    zelfde = Familieband.objects.filter(persoon=van, ander=naar, soort=band.soort, band_tot=band.band_tot)
    return zelfde.exclude(pk=band.pk).exists()


def lopende_samenvoeging(persoon: Persoon) -> list[Samenvoeging]:
    """Who went up in this person, last first."""
    rijen = Samenvoeging.objects.filter(blijver=persoon, gesplitst_op=None)
    return list(rijen.select_related("verdwenen", "samengevoegd_door"))
