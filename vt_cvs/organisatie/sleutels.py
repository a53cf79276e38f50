"""A sender's key: 256 random bits, known here only by their digest. It reaches intake and nothing else."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from vt_cvs.organisatie.models import Afzender, Medewerker


class SleutelAuthenticatie(BaseAuthentication):
    """`Authorization: Bearer <key>`: `request.user` is the sender's system employee, `request.auth` the sender."""

    def authenticate(self, request: Request) -> tuple[Medewerker, Afzender] | None:
        delen = get_authorization_header(request).split()
        if not delen or delen[0].lower() != b"bearer":
            return None
        if len(delen) != 2:
            raise AuthenticationFailed("Stuur de sleutel als: Authorization: Bearer <sleutel>.")
        vingerafdruk = Afzender.vingerafdruk(delen[1].decode("latin-1"))
        afzender = Afzender.objects.select_related("medewerker").filter(sleutel_hash=vingerafdruk).first()
        if afzender is None:
            raise AuthenticationFailed("Deze sleutel is niet bekend. Vraag een nieuwe aan bij Veilig Thuis.")
        if not afzender.actief or not afzender.medewerker.is_active:
            raise PermissionDenied("Deze sleutel is uitgezet. Vraag een nieuwe aan bij Veilig Thuis.")
        return afzender.medewerker, afzender

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="VT-CVS"'


class IsAfzender(BasePermission):
    """An organisation with a key that works, which reports itself."""

    message = "Dit kan alleen een afzender met een sleutel. Die van een webformulier hoort bij openbare-meldingen."

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, Afzender) and not request.auth.is_webformulier


class IsWebformulier(BasePermission):
    """The web form of another site, with a key of its own kind."""

    message = "Dit kan alleen een webformulier met een sleutel. Die van een organisatie hoort bij meldingen."

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, Afzender) and request.auth.is_webformulier
