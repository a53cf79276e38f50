"""The entry in the main menu, for who screens and who hands over."""

from django.http import HttpRequest

from casus.inzage.rechten import mag_lijst
from vt_cvs.web.menu import MenuItem, registreer


@registreer
def inzage(request: HttpRequest) -> MenuItem | None:
    return MenuItem("Inzage", "/inzage/", 60) if mag_lijst(request.user, None) else None
