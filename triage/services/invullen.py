"""Saving a whole page of the VHT at once. Two people may fill in together: only what both changed is put to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from triage.models import VHT, Antwoord, Geweldsvorm
from triage.services.vht import beantwoord, voeg_vorm_toe, wijzig_vorm
from vt_cvs.kern.dossier import VerouderdeVersie
from vt_cvs.organisatie.models import Medewerker


@dataclass(frozen=True, slots=True)
class Invoer:
    """What one row of the page says: which row (“A1”, “vorm-12”, “nieuw”), which version was seen, which values."""

    rij: str
    versie: int | None
    velden: Mapping[str, Any]


@dataclass(slots=True)
class Invulling:
    """The page as sent: answers and forms of violence."""

    antwoorden: list[Invoer] = field(default_factory=list)
    vormen: list[Invoer] = field(default_factory=list)
    nieuwe_vorm: Mapping[str, Any] | None = None


@transaction.atomic
def bewaar_invulling(vht: VHT, invulling: Invulling, *, door: Medewerker) -> dict[str, VerouderdeVersie]:
    """Save every row that was changed here; return the rows that someone else changed too, each with both texts."""
    vht.slot()
    antwoorden = {a.vraag: a for a in Antwoord.objects.filter(vht=vht).select_related("vht__stap__casus")}
    vormen = {f"vorm-{v.pk}": v for v in Geweldsvorm.objects.filter(vht=vht).select_related("vht__stap__casus")}
    botsingen: dict[str, VerouderdeVersie] = {}
    for invoer in _bekend(invulling.antwoorden, antwoorden):
        antwoord = antwoorden[invoer.rij]
        if velden := _te_bewaren(antwoord, invoer, botsingen):
            beantwoord(antwoord, door=door, versie=antwoord.versie, **velden)
    for invoer in _bekend(invulling.vormen, vormen):
        vorm = vormen[invoer.rij]
        if velden := _te_bewaren(vorm, invoer, botsingen):
            wijzig_vorm(vorm, door=door, versie=vorm.versie, **velden)
    if invulling.nieuwe_vorm is not None:
        voeg_vorm_toe(vht, door=door, **invulling.nieuwe_vorm)
    return botsingen


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
