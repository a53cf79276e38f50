"""How the people of a story belong together, written down by whoever works on it."""

from __future__ import annotations

from casus.models import Betrokkene
from casus.personen.banden import leg_band
from vt_cvs.demo.gezinnen import Lid
from vt_cvs.demo.tijd import op_moment
from vt_cvs.demo.verhaal import Verhaal


def familie_vastgelegd(v: Verhaal) -> None:
    """Parents, partners and children, as the household of the story has them."""
    leden = list(zip(v.gezin.leden, v.betrokkenen, strict=False))
    volwassenen = [(lid, b) for lid, b in leden if not lid.kind]
    door = v.door
    with op_moment(v.nu):
        for lid, kind in leden:
            if lid.kind:
                for _, ouder in volwassenen[:2]:
                    leg_band(ouder, "ouder", kind, door=door)
        if len(volwassenen) > 1:
            (_, een), (ander_lid, ander) = volwassenen[:2]
            leg_band(een, _tussen(ander_lid), ander, door=door)


def _tussen(lid: Lid) -> str:
    """What the second grown-up is to the first: a former partner, a grown child, or a partner."""
    if "ex-partner" in lid.rol:
        return "ex_partner"
    return "ouder" if "kind van" in lid.rol else "partner"


def oma_hoort_erbij(oma: Betrokkene, v: Verhaal) -> None:
    """The mother of whom it is about."""
    with op_moment(v.nu):
        leg_band(oma, "ouder", v.betrokkenen[0], door=v.door)
