"""V&V: outcomes per form of violence, the decision on what follows, and the end."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from diensten import rechten, voorwaarden
from diensten.models import VV, Uitkomst
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker


@regel("RW-9.21")
@transaction.atomic
def leg_uitkomst_vast(vv: VV, vorm: str, uitkomst_geweld: str, *, door: Medewerker) -> Uitkomst:
    """The outcome of one form of violence, for the whole family system; again is a change."""
    voorwaarden.eis_loopt(vv)
    rechten.mag_behandelen.eis(door, vv)
    bestaand = vv.uitkomsten.filter(vorm=vorm).first()
    if bestaand is None:
        nieuw = Uitkomst(stap=vv.stap, vorm=vorm, uitkomst_geweld=uitkomst_geweld)
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
    vv: VV,
    *,
    door: Medewerker,
    uitkomsten: Mapping[str, str],
    vervolg_monitoren: bool,
    vervolg_overdracht: bool,
    toelichting: str = "",
    versie: int | None = None,
) -> VV:
    """Keep outcomes and the decision on what follows while the V&V goes on."""
    voorwaarden.eis_loopt(vv)
    vv = wijzig(
        vv,
        door=door,
        mag=rechten.mag_behandelen,
        versie=versie,
        zin="Besluit vervolg V&V bijgewerkt",
        vervolg_monitoren=vervolg_monitoren,
        vervolg_overdracht=vervolg_overdracht,
        toelichting=toelichting,
    )
    for vorm, uitkomst in uitkomsten.items():
        leg_uitkomst_vast(vv, vorm, uitkomst, door=door)
    return vv


@transaction.atomic
def rond_vv_af(
    vv: VV,
    *,
    door: Medewerker,
    uitkomsten: Mapping[str, str],
    vervolg_monitoren: bool,
    vervolg_overdracht: bool,
    toelichting: str = "",
    versie: int | None = None,
    motivering: str = "",
) -> VV:
    """Outcomes, decision and end in one act: all of it, or nothing with every obstacle at once."""
    vv = bewaar_afronding(
        vv,
        door=door,
        uitkomsten=uitkomsten,
        vervolg_monitoren=vervolg_monitoren,
        vervolg_overdracht=vervolg_overdracht,
        toelichting=toelichting,
        versie=versie,
    )
    return voer_uit(vv, "rond_af", door=door, motivering=motivering)
