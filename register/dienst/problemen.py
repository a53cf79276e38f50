"""Errors as problem details (RFC 9457); they never repeat what was sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

logger = logging.getLogger(__name__)
TITELS = {400: "Dit verzoek is niet leesbaar", 404: "Dit bestaat niet", 405: "Deze methode kan hier niet"}


class Probleem(Exception):
    """A refusal that the sender can act upon."""

    def __init__(
        self, status: int, titel: str, uitleg: str, *, fouten: Sequence[tuple[str, str]] = (), **extra: int
    ) -> None:
        self.status, self.titel, self.uitleg, self.fouten, self.extra = status, titel, uitleg, fouten, extra
        super().__init__(titel)

    def antwoord(self) -> HttpResponse:
        inhoud: dict[str, Any] = {
            "type": "about:blank",
            "title": self.titel,
            "status": self.status,
            "detail": self.uitleg,
            **self.extra,
        }
        if self.fouten:
            inhoud["errors"] = [{"pointer": f"#{plek}", "detail": uitleg} for plek, uitleg in self.fouten]
        kop = {"WWW-Authenticate": "Bearer"} if self.status == 401 else {}
        return JsonResponse(inhoud, status=self.status, content_type="application/problem+json", headers=kop)


class AltijdEenProbleem:
    """Whatever Django itself refuses (an unknown address, a wrong method) is answered in the same form."""

    def __init__(self, verder: Callable[[HttpRequest], HttpResponse]) -> None:
        self.verder = verder

    def __call__(self, request: HttpRequest) -> HttpResponse:
        antwoord = self.verder(request)
        if antwoord.status_code < 400 or antwoord.headers.get("Content-Type") == "application/problem+json":
            return antwoord
        titel = TITELS.get(antwoord.status_code, "Dit is niet gelukt")
        probleem = Probleem(antwoord.status_code, titel, "Zie docs/register-protocol.md.").antwoord()
        if "Allow" in antwoord.headers:
            probleem.headers["Allow"] = antwoord.headers["Allow"]
        return probleem

    def process_exception(self, _request: HttpRequest, fout: Exception) -> HttpResponse | None:
        return fout.antwoord() if isinstance(fout, Probleem) else None
