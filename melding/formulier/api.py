"""The public form of another site: the same questions as JSON, the same limits, and the number as the only answer."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from melding.api import Aanleveren, Ontvangen
from melding.formulier.bestanden import GROOTSTE, MEESTE
from melding.formulier.forms.velden import LANGSTE_VERHAAL
from melding.formulier.grenzen import UUR, te_druk_voor_site
from melding.formulier.mensen import MEESTE as MEESTE_MENSEN
from melding.serializers import ONVEILIG, BerichtVorm, Vrij
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.sleutels import IsWebformulier
from vt_cvs.web.problemen import Probleem

VOORBEELD = {
    "kenmerk": "form-7f3a91",
    "melder": {
        "soort": "professional",
        "naam": "J. Bos",
        "functie": "leerkracht",
        "organisatietype": "onderwijs",
        "organisatie": "Basisschool De Vlinder",
        "email": "j.bos@devlinder.example",
    },
    "tekst": "Sem komt vaak zonder eten op school en is bang om naar huis te gaan.",
    "gevaar": "nee",
    "afhankelijken": "ja",
    "kinderen": [{"voornamen": "Sem", "achternaam": "Bakker", "geboortedatum": "2018-05-02", "rol": "kind"}],
    "hulpverlening": "onbekend",
    "meldcode": {
        "meldcodestappen": ["1", "2", "3", "4", "5"],
        "afwegingskader": "onderwijs en leerplicht",
        "gesprek_gevoerd": "ja",
        "weet_van_melding": "ja",
        "melden_nodig": "ja",
        "hulp_mogelijk": "nee",
    },
}


class OpenbareMeldingVorm(BerichtVorm):
    """What a visitor of another site filled in. As on the form itself, only the story is needed."""

    tekst = Vrij(
        required=True,
        default=serializers.empty,
        allow_blank=False,
        allow_null=False,
        max_length=LANGSTE_VERHAAL,
        help_text="Wat er gebeurt, in de woorden van de melder. Alleen dit en het kenmerk zijn nodig.",
        error_messages={"max_length": "De tekst is langer dan {max_length} tekens. Lever de rest aan als bijlage."},
    )

    def validate_bijlagen(self, bijlagen: list[dict[str, Any]] | None) -> list[dict[str, Any]] | None:
        stukken = [stuk for stuk in bijlagen or [] if stuk]
        if len(stukken) > MEESTE:
            raise serializers.ValidationError(f"Hoogstens {MEESTE} bijlagen in één bericht.", code=ONVEILIG)
        if any(len(stuk["inhoud"]) > GROOTSTE for stuk in stukken):
            raise serializers.ValidationError("Een bijlage is hoogstens 10 MB.", code=ONVEILIG)
        return bijlagen

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for groep in ("kinderen", "volwassenen"):
            if len(attrs.get(groep) or []) > MEESTE_MENSEN:
                raise serializers.ValidationError({groep: [f"Hoogstens {MEESTE_MENSEN} personen in deze lijst."]})
        return super().validate(attrs)


class OpenbaarAanleveren(Aanleveren):
    """`POST /api/v1/openbare-meldingen`: for a web form with a key of its own kind."""

    permission_classes = [IsWebformulier]
    vorm = OpenbareMeldingVorm

    @extend_schema(
        operation_id="lever_openbare_melding_aan",
        summary="Een melding van een bezoeker aanleveren",
        description=(
            "Voor het meldformulier op een andere site, met een sleutel van de soort webformulier. Dezelfde vragen en "
            "dezelfde grenzen als het openbare formulier: alleen de tekst is nodig, hoogstens vijf bijlagen van 10 MB. "
            "Toon de melder het meldingsnummer, noem 112 bij gevaar en 0800 2000 als aanleveren niet lukt. Stuur bij "
            "twijfel hetzelfde bericht opnieuw: het meldingsnummer blijft gelijk. Of iemand bekend is, zegt het "
            "antwoord nooit."
        ),
        tags=["aanleveren"],
        auth=[{"sleutel": []}],  # type: ignore[list-item]
        request=OpenbareMeldingVorm,
        responses={
            201: OpenApiResponse(Ontvangen, "De melding is ontvangen."),
            200: OpenApiResponse(Ontvangen, "Dit bericht was al ontvangen; hetzelfde meldingsnummer."),
            409: OpenApiResponse(description="Dit kenmerk is eerder gebruikt voor een ander bericht."),
            413: OpenApiResponse(description="Het bericht is groter dan 40 MB."),
            415: OpenApiResponse(description="Stuur application/json."),
            422: OpenApiResponse(description="Een bijlage is niet veilig, te groot of van een soort die niet kan."),
            429: OpenApiResponse(description="Te veel meldingen in een uur; wijs de melder op 0800 2000."),
        },
        examples=[
            OpenApiExample("Melding van een school", value=VOORBEELD, request_only=True),
            OpenApiExample(
                "Ontvangen", value={"meldingsnummer": "M-771-240-596"}, response_only=True, status_codes=["201", "200"]
            ),
        ],
    )
    @regel("PRO-1", "RW-5.1")
    def post(self, request: Request) -> Response:
        afzender: Any = request.auth
        if te_druk_voor_site(afzender.pk):
            wacht = {"Retry-After": str(UUR // 4)}
            raise Probleem(429, detail="Wijs de melder op 0800 2000, dag en nacht bereikbaar.", headers=wacht)
        return self.ontvang(request)


openbaar_aanleveren = OpenbaarAanleveren.as_view()
