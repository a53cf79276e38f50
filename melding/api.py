"""Intake: one address where senders deliver reports. They get the number, and can read nothing back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from melding.serializers import MEESTE_PERSONEN, ONVEILIG, BerichtVorm
from melding.signalen.services import AnderBericht, ontvang_signaal
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.sleutels import IsAfzender, SleutelAuthenticatie
from vt_cvs.web.api import SessieAuthenticatie
from vt_cvs.web.json import StrikteJSONParser
from vt_cvs.web.problemen import Probleem, fouten_met_plek

VOORBEELD = {
    "kenmerk": "2026-218840",
    "melder": {
        "naam": "Verbalisant 48213",
        "functie": "politieagent",
        "organisatie": "Politie Merenland, basisteam Oosterveen",
        "email": "zorgmeldingen@politie.example",
    },
    "incident_op": "2026-11-23T21:15:00+01:00",
    "ontvangen_op": "2026-11-23T22:47:00+01:00",
    "tekst": "Buren hoorden geschreeuw en brekend glas. Twee kinderen zaten op de trap.",
    "aanleiding": "politie",
    "kinderen": [{"voornamen": "Noa", "achternaam": "Brouwers", "geboortedatum": "2019-03-12", "rol": "getuige"}],
    "volwassenen": [
        {
            "voornamen": "Rik",
            "achternaam": "Brouwers",
            "geboortedatum": "1988-04-05",
            "geslacht": "M",
            "adres": {"straat": "Vlierstraat 41", "postcode": "1234 AB", "plaats": "Oosterveen"},
            "rol": "verdachte",
        }
    ],
    "hulpverlening": "onbekend",
    "bijlagen": [],
}


class Ontvangen(serializers.Serializer):
    """The one thing a sender learns."""

    meldingsnummer = serializers.CharField(help_text="Noem dit nummer als u over de melding belt of schrijft.")


class Aanleveren(APIView):
    """`POST /api/v1/meldingen`: a report comes in as a signal and waits for a person."""

    authentication_classes = [SleutelAuthenticatie, SessieAuthenticatie]
    permission_classes = [IsAfzender]
    parser_classes = [StrikteJSONParser]
    vorm = BerichtVorm

    @extend_schema(
        operation_id="lever_melding_aan",
        summary="Een melding aanleveren",
        description=(
            "Wat er in de melding staat, wordt nooit geweigerd: een datum die niet kan of een BSN dat niet klopt, "
            "wordt bewaard en nagekeken. Geweigerd wordt alleen wat niet te lezen of niet veilig is, met alle fouten "
            f"tegelijk. Hoogstens {MEESTE_PERSONEN} personen en 40 MB per bericht. Stuur bij twijfel hetzelfde bericht "
            "opnieuw: het meldingsnummer blijft gelijk."
        ),
        tags=["aanleveren"],
        auth=[{"sleutel": []}],  # type: ignore[list-item]
        request=BerichtVorm,
        responses={
            201: OpenApiResponse(Ontvangen, "De melding is ontvangen."),
            200: OpenApiResponse(Ontvangen, "Dit bericht was al ontvangen; hetzelfde meldingsnummer."),
            409: OpenApiResponse(description="Dit kenmerk is eerder gebruikt voor een ander bericht."),
            413: OpenApiResponse(description="Het bericht is groter dan 40 MB."),
            415: OpenApiResponse(description="Stuur application/json."),
            422: OpenApiResponse(description="Een bijlage is niet veilig of van een soort die niet kan."),
        },
        examples=[
            OpenApiExample("Politiemelding", value=VOORBEELD, request_only=True),
            OpenApiExample(
                "Ontvangen", value={"meldingsnummer": "M-771-240-596"}, response_only=True, status_codes=["201", "200"]
            ),
        ],
    )
    @regel("RW-6.3", "RW-6.18")
    def post(self, request: Request) -> Response:
        return self.ontvang(request)

    def ontvang(self, request: Request) -> Response:
        vorm = self.vorm(data=request.data)
        if not vorm.is_valid():
            raise _niet_te_verwerken(vorm.errors)
        try:
            afzender: Any = request.auth
            signaal, nieuw = ontvang_signaal(vorm.als_aangeleverd(), afzender=afzender, door=afzender.medewerker)
        except AnderBericht as bezwaar:
            raise Probleem(409, detail=str(bezwaar), fouten=[("/kenmerk", str(bezwaar))]) from bezwaar
        return Response({"meldingsnummer": signaal.nummer}, status=201 if nieuw else 200)


def _niet_te_verwerken(fouten: Any) -> Probleem:
    """400 for what cannot be read; 422 when all that is wrong is a file that is not safe."""
    alleen_onveilig = set(_soorten(fouten)) == {ONVEILIG}
    lijst = list(fouten_met_plek(fouten))
    zin = "Eén punt klopt nog niet." if len(lijst) == 1 else f"{len(lijst)} punten kloppen nog niet."
    if alleen_onveilig:
        return Probleem(422, "Een bijlage kan niet worden aangenomen", f"{zin} Er is niets bewaard.", lijst)
    return Probleem(400, detail=f"{zin} Er is niets bewaard.", fouten=lijst)


def _soorten(fouten: Any) -> Iterator[str]:
    if isinstance(fouten, dict):
        fouten = fouten.values()
    elif not isinstance(fouten, list | tuple):
        yield getattr(fouten, "code", "")
        return
    for kind in fouten:
        yield from _soorten(kind)


aanleveren = Aanleveren.as_view()
