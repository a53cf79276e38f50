"""Who may keep a file longer, propose to remove it, and agree: never one person alone."""

from __future__ import annotations

from typing import Any

from casus import rechten
from vt_cvs.kern.rechten import Recht, recht
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.organisatie.rechten import heeft_rol, is_systeem

is_privacyfunctionaris = rechten.is_privacyfunctionaris


@recht("dit zelf heeft voorgesteld", anders="dit niet zelf heeft voorgesteld")
def is_voorsteller(wie: Medewerker, verwijdering: Any) -> bool:
    return wie.pk == verwijdering.voorgesteld_door_id


mag_voorstellen: Recht = (
    (rechten.achterkant & rechten.is_betrokken) | rechten.is_teamleider_van | is_privacyfunctionaris
)
mag_bewaren: Recht = mag_voorstellen
mag_instemmen: Recht = (rechten.is_teamleider_van | is_privacyfunctionaris) & ~is_voorsteller
mag_uitvoeren: Recht = is_systeem
mag_lijst: Recht = heeft_rol(Rol.TEAMLEIDER, Rol.PRIVACYFUNCTIONARIS)
