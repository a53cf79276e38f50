"""V&V and onderzoek: outcomes per form of violence, the decision on what follows, and the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.db import transaction

from diensten import rechten, voorwaarden
from diensten.models import EigenDienst, Uitkomst
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker

E = TypeVar("E", bound=EigenDienst)


@regel("RW-9.21")
@transaction.atomic
def leg_uitkomst_vast(dienst: EigenDienst, vorm: str, uitkomst_geweld: str, *, door: Medewerker) -> Uitkomst:
    """The outcome of one form of violence, for the whole family system; again is a change."""
    voorwaarden.eis_loopt(dienst)
    rechten.mag_behandelen.eis(door, dienst)
    bestaand = dienst.uitkomsten.filter(vorm=vorm).first()
    if bestaand is None:
        nieuw = Uitkomst(stap=dienst.stap, vorm=vorm, uitkomst_geweld=uitkomst_geweld)
        return maak(nieuw, door=door, zin=f"Uitkomst vastgelegd: {nieuw}")
    return wijzig(
        bestaand,
        door=door,
        mag=rechten.mag_behandelen,
        zin=f"Uitkomst vastgelegd bij {bestaand.vorm_in_woorden}",
        uitkomst_geweld=uitkomst_geweld,
    )


@transaction.atomic
def bewaar_afronding(
    dienst: E,
    *,
    door: Medewerker,
    uitkomsten: Mapping[str, str],
    vervolg_monitoren: bool,
    vervolg_overdracht: bool,
    toelichting: str = "",
    versie: int | None = None,
) -> E:
    """Keep outcomes and the decision on what follows while the service goes on."""
    voorwaarden.eis_loopt(dienst)
    dienst = wijzig(
        dienst,
        door=door,
        mag=rechten.mag_behandelen,
        versie=versie,
        zin=f"Besluit vervolg {dienst.naam} bijgewerkt",
        vervolg_monitoren=vervolg_monitoren,
        vervolg_overdracht=vervolg_overdracht,
        toelichting=toelichting,
    )
    for vorm, uitkomst in uitkomsten.items():
        leg_uitkomst_vast(dienst, vorm, uitkomst, door=door)
    return dienst


@transaction.atomic
def rond_dienst_af(
    dienst: E,
    *,
    door: Medewerker,
    uitkomsten: Mapping[str, str],
    vervolg_monitoren: bool,
    vervolg_overdracht: bool,
    toelichting: str = "",
    versie: int | None = None,
    motivering: str = "",
) -> E:
    """Outcomes, decision and end in one act: all of it, or nothing with every obstacle at once."""
    dienst = bewaar_afronding(
        dienst,
        door=door,
        uitkomsten=uitkomsten,
        vervolg_monitoren=vervolg_monitoren,
        vervolg_overdracht=vervolg_overdracht,
        toelichting=toelichting,
        versie=versie,
    )
    return voer_uit(dienst, "rond_af", door=door, motivering=motivering)
