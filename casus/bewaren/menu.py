"""The entry in the main menu, for who decides about keeping."""

from django.http import HttpRequest

from casus.bewaren.rechten import mag_lijst
from vt_cvs.web.menu import MenuItem, registreer


@registreer
def bewaren(request: HttpRequest) -> MenuItem | None:
    return MenuItem("Bewaren", "/bewaren/", 70) if mag_lijst(request.user, None) else None
