"""Who fills in a VHT, proposes a triagebesluit, and signs it as the second employee (domein: “Wie mag wat”)."""

from __future__ import annotations

from typing import Any

from casus import rechten as casusrechten
from vt_cvs.kern.rechten import Recht, recht
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.organisatie.rechten import heeft_rol

TEKENAARS = (Rol.ACHTERKANT, Rol.GEDRAGSWETENSCHAPPER, Rol.VERTROUWENSARTS, Rol.TEAMLEIDER, Rol.CRISISDIENST)
"""Roles that may be named as the second employee."""


def _besluit(waarop: Any) -> Any:
    return getattr(waarop, "besluit", waarop)


@recht("het besluit heeft opgesteld", anders="niet zelf het besluit heeft opgesteld")
def is_opsteller(wie: Medewerker, waarop: Any) -> bool:
    return wie.pk == _besluit(waarop).opsteller_id


@recht("gevraagd is om mee te tekenen")
def is_gevraagd(wie: Medewerker, waarop: Any) -> bool:
    """As the second employee, or as a participant of the MDO."""
    besluit = _besluit(waarop)
    return wie.pk == besluit.tweede_id or any(d.medewerker_id == wie.pk for d in besluit.deelnemers.all())


mag_invullen: Recht = casusrechten.mag_triage
mag_voorstellen: Recht = casusrechten.mag_triage
mag_tekenen: Recht = (
    (casusrechten.achterkant & (casusrechten.is_betrokken | is_gevraagd))
    | (heeft_rol(Rol.GEDRAGSWETENSCHAPPER, Rol.VERTROUWENSARTS) & is_gevraagd)
    | casusrechten.is_teamleider_van
    | casusrechten.is_crisisdienst
) & ~is_opsteller
mag_aantekenen: Recht = casusrechten.mag_vastleggen
