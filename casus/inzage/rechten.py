"""Who may take in, screen and hand over an inzagedossier: two people, never one."""

from __future__ import annotations

from typing import Any

from casus import rechten
from vt_cvs.kern.rechten import Recht, recht
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.organisatie.rechten import heeft_rol, is_systeem

is_privacyfunctionaris = rechten.is_privacyfunctionaris


@recht("het dossier zelf heeft gescreend", anders="het dossier niet zelf heeft gescreend")
def heeft_gescreend(wie: Medewerker, verzoek: Any) -> bool:
    return wie.pk == verzoek.gescreend_door_id


mag_screenen: Recht = rechten.achterkant & rechten.is_betrokken
mag_opvoeren: Recht = mag_screenen | is_privacyfunctionaris
mag_heropenen: Recht = mag_screenen | is_privacyfunctionaris | is_systeem
mag_verstrekken: Recht = is_privacyfunctionaris & ~heeft_gescreend
mag_afwijzen: Recht = mag_screenen | is_privacyfunctionaris
mag_inzien: Recht = mag_screenen | is_privacyfunctionaris
mag_bijwerken: Recht = mag_inzien | is_systeem
mag_lijst: Recht = heeft_rol(Rol.ACHTERKANT, Rol.PRIVACYFUNCTIONARIS)
