"""What the OpenAPI document says that the views do not: keys, sessions, versions and problem documents."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from vt_cvs.web.problemen import MEDIATYPE

_BELEMMERING = {
    "type": "object",
    "required": ["uitleg", "soort"],
    "properties": {
        "uitleg": {"type": "string"},
        "soort": {"type": "string", "enum": ["hard", "afwijk"]},
        "pointer": {"type": "string"},
        "link": {"type": "string"},
        "regel": {
            "type": "object",
            "properties": {"id": {"type": "string"}, "eis": {"type": "string"}},
        },
    },
}
_PROBLEEM = {
    "type": "object",
    "description": "RFC 9457. `errors` noemt elke fout met zijn plek; `belemmeringen` wat een stap in de weg staat.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "format": "json-pointer"},
                    "detail": {"type": "string"},
                },
            },
        },
        "belemmeringen": {"type": "array", "items": _BELEMMERING},
    },
}
_VERSIE = {"API-Version": {"schema": {"type": "string"}, "description": "De versie van de API die antwoordt."}}


class Sleutel(OpenApiAuthenticationExtension):
    target_class = "vt_cvs.organisatie.sleutels.SleutelAuthenticatie"
    name = "sleutel"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "De sleutel van een afzender."}


class Sessie(OpenApiAuthenticationExtension):
    target_class = "vt_cvs.web.api.SessieAuthenticatie"
    name = "sessie"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "Een ingelogde medewerker; stuur bij POST ook X-CSRFToken mee.",
        }


def _geweigerd(omschrijving: str) -> dict[str, Any]:
    inhoud = {MEDIATYPE: {"schema": {"$ref": "#/components/schemas/Probleem"}}}
    return {"description": omschrijving, "content": inhoud}


def met_problemen(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Every operation answers a refusal with a problem document, and every answer carries the version."""
    result["components"].setdefault("schemas", {})["Probleem"] = _PROBLEEM
    for pad in result["paths"].values():
        for bewerking in pad.values():
            antwoorden = bewerking["responses"]
            antwoorden.setdefault("400", _geweigerd("Niet te verwerken, met elke fout en zijn plek."))
            antwoorden.setdefault("default", _geweigerd("Geweigerd, met alles wat eraan schort."))
            for antwoord in antwoorden.values():
                antwoord.setdefault("headers", {}).update(_VERSIE)
    return result
