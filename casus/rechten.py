"""Who may do what in a case: role and involvement (domein: “Wie mag wat”)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from vt_cvs.kern.rechten import Recht, recht
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.organisatie.rechten import heeft_rol, is_systeem


def _casus(waarop: Any) -> Any:
    return waarop.dossier


@recht("betrokken is bij de casus", anders="niet betrokken is bij de casus")
def is_betrokken(wie: Medewerker, waarop: Any) -> bool:
    from casus.selectors import is_betrokken_bij

    return is_betrokken_bij(wie, _casus(waarop))


@recht("verantwoordelijke is van deze casus of stap")
def is_verantwoordelijke(wie: Medewerker, waarop: Any) -> bool:
    return wie.pk in {_casus(waarop).verantwoordelijke_id, getattr(waarop, "verantwoordelijke_id", None)}


@recht("teamleider is van het team van de casus")
def is_teamleider_van(wie: Medewerker, waarop: Any) -> bool:
    from casus.selectors import draagt_team_van

    return wie.heeft_rol(Rol.TEAMLEIDER) and draagt_team_van(wie, _casus(waarop))


@recht("nu crisisdienst heeft")
def heeft_crisisdienst(wie: Medewerker, _waarop: Any) -> bool:
    """Outside office hours: evenings, nights, weekends and holidays."""
    from vt_cvs.kern.werkdagen import is_werkdag

    nu = timezone.localtime()
    buiten_kantoortijd = not is_werkdag(nu.date()) or not 8 <= nu.hour < 18
    return wie.heeft_rol(Rol.CRISISDIENST) and buiten_kantoortijd


@recht("nu crisisdienst heeft en bij de casus betrokken is of hem met de noodknop opende")
def is_crisisdienst(wie: Medewerker, waarop: Any) -> bool:
    """In their own cases at once; in those of others with a reason that is looked at the next working day."""
    from casus.selectors import CRISISDIENST_DUUR, heeft_noodknop_gebruikt, is_betrokken_bij

    if not heeft_crisisdienst(wie, waarop):
        return False
    casus = _casus(waarop)
    eigen = not casus.afgeschermd and is_betrokken_bij(wie, casus)
    return eigen or heeft_noodknop_gebruikt(wie, casus, binnen=CRISISDIENST_DUUR)


@recht("de casus met de noodknop heeft geopend")
def heeft_noodknop(wie: Medewerker, waarop: Any) -> bool:
    from casus.selectors import heeft_noodknop_gebruikt

    return heeft_noodknop_gebruikt(wie, _casus(waarop))


@recht("privacyfunctionaris is met een inzage- of logtaak in deze casus")
def heeft_privacytaak(wie: Medewerker, waarop: Any) -> bool:
    from casus.selectors import heeft_taak_in

    return wie.heeft_rol(Rol.PRIVACYFUNCTIONARIS) and heeft_taak_in(wie, _casus(waarop))


@recht("bij een afgeschermde casus genoemd of gevraagd is")
def staat_niet_buiten(wie: Medewerker, waarop: Any) -> bool:
    """A shielded case knows only the people who are named; a role alone never opens it."""
    from casus.models import Casus
    from casus.selectors import heeft_noodknop_gebruikt, zonder_geheim_voor

    casus = _casus(waarop)
    if not casus.afgeschermd or heeft_noodknop_gebruikt(wie, casus):
        return True
    return Casus.objects.filter(zonder_geheim_voor(wie), pk=casus.pk).exists()


behandelaar = heeft_rol(Rol.VOORKANT, Rol.ACHTERKANT, Rol.GEDRAGSWETENSCHAPPER, Rol.VERTROUWENSARTS)
achterkant = heeft_rol(Rol.ACHTERKANT)

mag_opnemen = heeft_rol(Rol.VOORKANT, Rol.ACHTERKANT, Rol.TEAMLEIDER, Rol.CRISISDIENST)
mag_herkennen = heeft_rol(
    Rol.VOORKANT,
    Rol.ACHTERKANT,
    Rol.GEDRAGSWETENSCHAPPER,
    Rol.VERTROUWENSARTS,
    Rol.TEAMLEIDER,
    Rol.PRIVACYFUNCTIONARIS,
    Rol.CRISISDIENST,
)
mag_lezen: Recht = (
    (behandelaar & is_betrokken) | is_teamleider_van | heeft_privacytaak | is_crisisdienst | heeft_noodknop
)
mag_vastleggen: Recht = (behandelaar & is_betrokken) | is_teamleider_van | is_crisisdienst | is_systeem
mag_triage: Recht = (
    (heeft_rol(Rol.VOORKANT, Rol.ACHTERKANT) & is_betrokken) | is_teamleider_van | is_crisisdienst | is_systeem
)
mag_behandelen: Recht = (achterkant & is_betrokken) | is_teamleider_van | is_crisisdienst | is_systeem
mag_sluiten: Recht = (achterkant & is_betrokken) | is_teamleider_van | is_systeem
mag_herstellen: Recht = is_teamleider_van
mag_toewijzen: Recht = is_verantwoordelijke | is_teamleider_van | is_systeem
is_privacyfunctionaris: Recht = heeft_rol(Rol.PRIVACYFUNCTIONARIS) & staat_niet_buiten
mag_afschermen: Recht = heeft_rol(Rol.TEAMLEIDER, Rol.PRIVACYFUNCTIONARIS)
mag_vernietigen: Recht = is_systeem
is_bezorging: Recht = is_systeem
