"""Every refusal of the API is a problem document (RFC 9457): what, why, where in the message, and what does work."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core import exceptions as django
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse
from rest_framework import exceptions as drf

from vt_cvs.kern.dossier import VerouderdeVersie
from vt_cvs.kern.overgangen import StapKanNiet
from vt_cvs.kern.regels import Belemmering, RegelGeweigerd

logger = logging.getLogger(__name__)
MEDIATYPE = "application/problem+json"
TITELS = {
    400: "Het bericht kan zo niet worden verwerkt",
    401: "Wie je bent is niet bekend",
    403: "Dit mag je niet",
    404: "Dit is er niet",
    405: "Dit kan hier niet",
    406: "Deze vorm is er niet",
    409: "Dit kan nu niet",
    412: "Iemand anders was je voor",
    413: "Het bericht is te groot",
    415: "Dit soort bericht kan hier niet",
    422: "Dit kan, als je erbij schrijft waarom",
    428: "Zeg welke versie je kent",
    429: "Te veel verzoeken",
    500: "Het lukte ons niet",
    503: "Even niet bereikbaar",
}
Fout = tuple[str, str]


class Probleem(Exception):
    """A refusal to answer with: `fouten` are (JSON pointer, explanation), all of them at once."""

    def __init__(
        self,
        status: int,
        titel: str = "",
        detail: str = "",
        fouten: Iterable[Fout] = (),
        *,
        headers: Mapping[str, str] | None = None,
        **meer: Any,
    ) -> None:
        self.status, self.titel, self.detail, self.fouten = status, titel, detail, list(fouten)
        self.headers, self.meer = dict(headers or {}), meer
        super().__init__(titel or TITELS.get(status, ""))

    def antwoord(self) -> HttpResponse:
        inhoud: dict[str, Any] = {
            "type": "about:blank",
            "title": self.titel or TITELS.get(self.status, "Dit lukte niet"),
            "status": self.status,
            "detail": self.detail or "Er is niets bewaard.",
        }
        if self.fouten:
            inhoud["errors"] = [{"pointer": pointer, "detail": uitleg} for pointer, uitleg in self.fouten]
        inhoud |= self.meer
        return HttpResponse(
            json.dumps(inhoud, cls=DjangoJSONEncoder, ensure_ascii=False),
            status=self.status,
            content_type=MEDIATYPE,
            headers=self.headers,
        )


def als_probleem(exc: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """DRF's exception handler: no exception leaves the API in another form."""
    probleem = _vertaal(exc)
    if probleem is None:
        request = context.get("request")
        got_request_exception.send(sender=None, request=getattr(request, "_request", request))
        # The value of an exception may hold what someone typed; its kind and place do not.
        logger.error("API: %s", type(exc).__name__, exc_info=exc)
        probleem = Probleem(500, detail="Er is niets bewaard. Probeer het later nog eens.")
    return probleem.antwoord()


def _vertaal(exc: Exception) -> Probleem | None:
    if isinstance(exc, Probleem):
        return exc
    for soort, maak in VERTALINGEN:
        if isinstance(exc, soort):
            return maak(exc)
    return None


def _validatie(exc: Any) -> Probleem:
    detail = drf.ValidationError(exc.messages).detail if isinstance(exc, django.ValidationError) else exc.detail
    fouten = list(fouten_met_plek(detail))
    zin = "Eén punt klopt nog niet." if len(fouten) == 1 else f"{len(fouten)} punten kloppen nog niet."
    return Probleem(400, detail=f"{zin} Er is niets bewaard.", fouten=fouten)


def fouten_met_plek(detail: Any, pointer: str = "") -> Iterator[Fout]:
    """DRF's nested errors as (JSON pointer, sentence), in the order of the message."""
    if isinstance(detail, Mapping):
        for naam, kind in detail.items():
            hier = pointer if naam == "non_field_errors" else f"{pointer}/{_stuk(naam)}"
            yield from fouten_met_plek(kind, hier)
    elif isinstance(detail, list | tuple):
        for nummer, kind in enumerate(detail):
            genest = isinstance(kind, Mapping | list | tuple)
            yield from fouten_met_plek(kind, f"{pointer}/{nummer}" if genest else pointer)
    else:
        yield pointer, str(detail)


def _stuk(naam: object) -> str:
    return str(naam).replace("~", "~0").replace("/", "~1")


def _aanmelden(exc: Any) -> Probleem:
    header = getattr(exc, "auth_header", None) or "Bearer"
    zin = "Stuur mee wie je bent: een sleutel als afzender, of de sessie van een ingelogde medewerker."
    detail = zin if isinstance(exc, drf.NotAuthenticated) else str(exc.detail)
    return Probleem(401, detail=detail, headers={"WWW-Authenticate": header})


def _mag_niet(exc: Any) -> Probleem:
    return Probleem(403, detail=str(getattr(exc, "detail", exc)))


def _niet_gevonden(_exc: Any) -> Probleem:
    return Probleem(404, detail="Controleer het adres en het nummer.")


def _andere_methode(_exc: Any) -> Probleem:
    return Probleem(405, detail="Kijk in Allow welke methode hier wel kan.")  # the view adds Allow


def _ander_soort(_exc: Any) -> Probleem:
    return Probleem(415, detail="Stuur het bericht als application/json.")


def _andere_vorm(_exc: Any) -> Probleem:
    return Probleem(406, detail="Het antwoord is er alleen als application/json: stuur dat mee als Accept.")


def _te_vaak(exc: Any) -> Probleem:
    wacht = {"Retry-After": str(int(exc.wait) + 1)} if exc.wait is not None else {}
    return Probleem(429, detail="Wacht even en probeer het dan opnieuw.", headers=wacht)


def _te_groot(exc: Exception) -> Probleem:
    return Probleem(413, detail=f"{exc} Lever het in delen aan.")


def _overig(exc: Any) -> Probleem:
    return Probleem(exc.status_code, detail=str(exc.detail))


def _regels(exc: Any) -> Probleem:
    """Hard obstacles are a conflict with how things stand; the others pass when the message says why."""
    hard = any(b.hard for b in exc.belemmeringen)
    return Probleem(
        409 if hard else 422,
        detail="Er is niets veranderd. Hieronder staat alles wat in de weg staat."
        if hard
        else "Stuur een motivering mee; die komt in het logboek.",
        belemmeringen=[als_belemmering(b) for b in exc.belemmeringen],
    )


def als_belemmering(b: Belemmering) -> dict[str, Any]:
    """An obstacle as the API shows it: with its field, where it is solved and the rule behind it."""
    gegevens: dict[str, Any] = {"uitleg": b.uitleg, "soort": "hard" if b.hard else "afwijk"}
    if b.veld:
        gegevens["pointer"] = f"/{_stuk(b.veld)}"
    if b.link:
        gegevens["link"] = b.link
    if b.regel is not None:
        gegevens["regel"] = {"id": b.regel.id, "eis": b.regel.eis}
    return gegevens


def _stap_kan_niet(exc: Exception) -> Probleem:
    return Probleem(409, detail=str(exc))


def _verouderd(exc: Any) -> Probleem:
    """Both texts: what stands there now and what this message wanted."""
    namen = [naam for naam in exc.gewild if hasattr(exc.nu, naam)]
    return Probleem(
        412,
        detail=str(exc),
        headers={"ETag": f'"{exc.nu.versie}"'},
        versie=exc.nu.versie,
        nu={naam: _als_json(getattr(exc.nu, naam)) for naam in namen},
        gewild={naam: _als_json(waarde) for naam, waarde in exc.gewild.items()},
    )


def _als_json(waarde: Any) -> Any:
    return waarde.pk if hasattr(waarde, "pk") else waarde


VERTALINGEN: list[tuple[Any, Any]] = [
    ((drf.ValidationError, django.ValidationError), _validatie),
    ((drf.NotAuthenticated, drf.AuthenticationFailed), _aanmelden),
    ((drf.PermissionDenied, django.PermissionDenied), _mag_niet),
    ((drf.NotFound, Http404), _niet_gevonden),
    (drf.MethodNotAllowed, _andere_methode),
    (drf.UnsupportedMediaType, _ander_soort),
    (drf.NotAcceptable, _andere_vorm),
    (drf.Throttled, _te_vaak),
    (django.RequestDataTooBig, _te_groot),
    (drf.APIException, _overig),
    (RegelGeweigerd, _regels),
    (StapKanNiet, _stap_kan_niet),
    (VerouderdeVersie, _verouderd),
]
