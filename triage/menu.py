"""The entry in the main menu, for who does triage."""

from django.http import HttpRequest

from vt_cvs.organisatie.models import Rol
from vt_cvs.web.menu import MenuItem, registreer

DOEN_TRIAGE = (Rol.VOORKANT, Rol.ACHTERKANT, Rol.TEAMLEIDER, Rol.GEDRAGSWETENSCHAPPER, Rol.VERTROUWENSARTS)


@registreer
def triage(request: HttpRequest) -> MenuItem | None:
    return MenuItem("Triage", "/triage/", 15) if request.user.heeft_rol(*DOEN_TRIAGE) else None  # type: ignore[union-attr]
