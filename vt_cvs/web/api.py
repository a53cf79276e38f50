"""What every address of the API shares: who asks, which version answers, and no refusal in another form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication, get_authorization_header
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from vt_cvs.kern.velden import als_platte_tekst
from vt_cvs.web.problemen import MEDIATYPE, Probleem

PAD = "/api/"
VERSIE = "1.0.0"


class SessieAuthenticatie(SessionAuthentication):
    """The employee who is logged in, with the CSRF token of the same session; a sender's key opens nothing here."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        if get_authorization_header(request).lower().startswith(b"bearer"):
            raise PermissionDenied("Met de sleutel van een afzender kun je alleen meldingen aanleveren.")
        return super().authenticate(request)

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="VT-CVS"'


class IsMedewerker(BasePermission):
    """A person who works here; a sender's key never comes this far."""

    message = "Dit kan alleen een ingelogde medewerker."

    def has_permission(self, request: Request, view: Any) -> bool:
        wie: Any = request.user
        return bool(wie and wie.is_authenticated and wie.is_active and not getattr(wie, "systeem", True))


class Tekst(serializers.CharField):
    """Text as people write it, kept as plain text: what cannot be stored or seen falls out, nothing is refused."""

    def __init__(self, **opties: Any) -> None:
        opties.setdefault("trim_whitespace", True)
        super().__init__(**opties)
        onnodig = {"ProhibitNullCharactersValidator", "ProhibitSurrogateCharactersValidator"}
        self.validators = [v for v in self.validators if type(v).__name__ not in onnodig]

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return als_platte_tekst(super().to_internal_value(data))


class StrikteSerializer(serializers.Serializer):
    """An object of which every name is known; an unknown one is said, for a misspelt name would lose what it holds."""

    default_error_messages = {"onbekend": "Dit veld bestaat niet. Wel: {wel}."}

    def to_internal_value(self, data: Any) -> Any:
        fouten: dict[str, Any] = {}
        if isinstance(data, dict):
            wel = ", ".join(naam for naam, veld in self.fields.items() if not veld.read_only) or "geen"
            onbekend = self.error_messages["onbekend"].format(wel=wel)
            fouten = {str(naam): [onbekend] for naam in data if naam not in self.fields}
        try:
            waarde = super().to_internal_value(data)
        except serializers.ValidationError as fout:
            if fouten and isinstance(fout.detail, dict):
                raise serializers.ValidationError({**fout.detail, **fouten}) from fout
            raise
        if fouten:
            raise serializers.ValidationError(fouten)
        return waarde


class ApiMiddleware:
    """Below /api/: the version on every answer, nothing kept by caches, and each refusal as a problem document."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        antwoord = self.get_response(request)
        if not request.path.startswith(PAD):
            return antwoord
        if antwoord.status_code == 302:  # a way to log in or to set up a second factor is for people
            antwoord = Probleem(403, detail="Log eerst in op het scherm, met je tweede factor.").antwoord()
        elif antwoord.status_code >= 400 and MEDIATYPE not in antwoord.get("Content-Type", ""):
            antwoord = Probleem(antwoord.status_code, detail=_uitleg(antwoord.status_code)).antwoord()
        antwoord["API-Version"] = VERSIE
        if not antwoord.has_header("Cache-Control"):
            patch_cache_control(antwoord, no_store=True)
        return antwoord


def _uitleg(status: int) -> str:
    if status == 404:
        return "Controleer het adres; adressen van de API eindigen niet op een schuine streep."
    return "" if status < 500 else "Er is niets bewaard. Probeer het later nog eens."
