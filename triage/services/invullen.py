"""Saving a whole page of the VHT at once. Two people may fill in together: only what both changed is put to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from casus.models import Processtap
from triage.models import VHT, Antwoord, Feit, Geweldsvorm
from triage.services.feiten import beantwoord, voeg_feit_toe, voeg_vorm_toe, wijzig_feit, wijzig_vorm
from vt_cvs.kern.dossier import VerouderdeVersie
from vt_cvs.organisatie.models import Medewerker


@dataclass(frozen=True, slots=True)
class Invoer:
    """What one row of the page says: which row (“A1”, “vorm-12”, “feit-34”), which version was seen, which values."""

    rij: str
    versie: int | None
    velden: Mapping[str, Any]


@dataclass(slots=True)
class Invulling:
    """The page as sent: answers, forms of violence, facts, and what is new."""

    antwoorden: list[Invoer] = field(default_factory=list)
    vormen: list[Invoer] = field(default_factory=list)
    feiten: list[Invoer] = field(default_factory=list)
    nieuwe_feiten: list[Invoer] = field(default_factory=list)
    nieuwe_vorm: Mapping[str, Any] | None = None


@transaction.atomic
def bewaar_invulling(
    vht: VHT, invulling: Invulling, *, door: Medewerker, tijdens: Processtap | None = None
) -> dict[str, VerouderdeVersie]:
    """Save every row that was changed here; return the rows that someone else changed too, each with both texts."""
    vht.slot()
    botsingen: dict[str, VerouderdeVersie] = {}
    antwoorden = {a.vraag: a for a in _van(Antwoord, vht, invulling.antwoorden)}
    vormen = {f"vorm-{v.pk}": v for v in _van(Geweldsvorm, vht, invulling.vormen or invulling.nieuwe_feiten)}
    feiten = {f"feit-{f.pk}": f for f in _van(Feit, vht, invulling.feiten)}
    for bewaar, invoer, rijen in (
        (beantwoord, invulling.antwoorden, antwoorden),
        (wijzig_vorm, invulling.vormen, vormen),
        (wijzig_feit, invulling.feiten, feiten),
    ):
        for deel in _bekend(invoer, rijen):
            rij = rijen[deel.rij]
            if velden := _te_bewaren(rij, deel, botsingen):
                bewaar(rij, door=door, versie=rij.versie, tijdens=tijdens, **velden)
    for nieuw in _bekend(invulling.nieuwe_feiten, vormen):
        voeg_feit_toe(vormen[nieuw.rij], door=door, tijdens=tijdens, **nieuw.velden)
    if invulling.nieuwe_vorm is not None:
        voeg_vorm_toe(vht, door=door, tijdens=tijdens, **invulling.nieuwe_vorm)
    return botsingen


def _van(model: Any, vht: VHT, gevraagd: list[Invoer]) -> list[Any]:
    """The rows of this VHT as they stand under the lock; none when none was sent."""
    if not gevraagd:
        return []
    met = ("vht__stap__casus", "vorm") if model is Feit else ("vht__stap__casus",)
    return list(model.objects.filter(vht=vht).select_related(*met))


def _bekend(invoer: Iterable[Invoer], rijen: Mapping[str, Any]) -> Iterable[Invoer]:
    """A row that was taken away meanwhile is gone; what was typed in it stays in the history of who removed it."""
    return (rij for rij in invoer if rij.rij in rijen)


def _te_bewaren(nu: Any, invoer: Invoer, botsingen: dict[str, VerouderdeVersie]) -> dict[str, Any]:
    """The values to write, all fields of the row; empty when nothing was changed here."""
    huidig = {naam: getattr(nu, naam) for naam in invoer.velden}
    if invoer.versie in {None, nu.versie}:
        return dict(invoer.velden) if dict(invoer.velden) != huidig else {}
    basis = nu.history.filter(versie=invoer.versie).order_by("history_id").last()
    mijn = {n: w for n, w in invoer.velden.items() if basis is None or w != getattr(basis, n)}
    if all(huidig[naam] == waarde for naam, waarde in mijn.items()):
        return {}
    hun = {naam for naam in huidig if basis is None or huidig[naam] != getattr(basis, naam)}
    if hun & {naam for naam, waarde in mijn.items() if huidig[naam] != waarde}:
        botsingen[invoer.rij] = VerouderdeVersie(nu, invoer.versie or 0, dict(invoer.velden))
        return {}
    return huidig | mijn
