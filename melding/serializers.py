"""The form of a delivered report: which fields there are and how large they may be. What they say is never refused."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from rest_framework import serializers

from casus.services.bijlagen import OnveiligeBijlage, herken_soort
from melding.aanlevering import (
    Aangeleverd,
    AangeleverdeBijlage,
    AangeleverdeMeldcode,
    AangeleverdeMelder,
    AangeleverdePersoon,
)
from melding.nakijken import bevat_onzichtbaar
from melding.signalen.models import RUIM, JaNee, Meldcode
from vt_cvs.web.api import StrikteSerializer, Tekst

GROOTSTE_TEKST = 1_000_000
MEESTE_PERSONEN = 100
MEESTE_BIJLAGEN = 25
ONVEILIG = "onveilig"
VAN_BERICHT = (
    "kenmerk",
    "ontvangen_op",
    "incident_op",
    "tekst",
    "aanleiding",
    "hulpverlening",
    "wie_helpt",
    "duur_geweld",
    "gevaar",
    "afhankelijken",
)
_ZINNEN = {
    "required": "Dit veld ontbreekt.",
    "blank": "Dit veld is leeg.",
    "null": "Dit veld is leeg.",
    "invalid": "Dit moet tekst zijn.",
    "max_length": "Dit is langer dan {max_length} tekens. Zet de rest in het veld tekst of in een bijlage.",
}


class Vrij(Tekst):
    """Text that may be left out, empty or null; whatever it says is kept."""

    def __init__(self, **opties: Any) -> None:
        opties = {"required": False, "allow_blank": True, "allow_null": True, "default": "", **opties}
        opties["error_messages"] = {**_ZINNEN, **opties.get("error_messages", {})}
        super().__init__(**opties)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return super().run_validation(data) or ""


class EenRegel(Vrij):
    """Text of one line."""

    def __init__(self, **opties: Any) -> None:
        super().__init__(**{"max_length": RUIM, **opties})

    def to_internal_value(self, data: Any) -> str:
        return re.sub(r"\s+", " ", super().to_internal_value(data)).strip()


class JaNeeVeld(EenRegel):
    """Ja, nee or onbekend; any other word says that the sender does not know."""

    def to_internal_value(self, data: Any) -> str:
        woord = super().to_internal_value(data).casefold()
        return woord if not woord or woord in JaNee.values else JaNee.ONBEKEND.value


class Kenmerk(EenRegel):
    """The sender's own reference: of all fields the only one that must say something."""

    def __init__(self, **opties: Any) -> None:
        super().__init__(
            required=True, default=serializers.empty, allow_blank=False, allow_null=False, max_length=100, **opties
        )

    def to_internal_value(self, data: Any) -> str:
        kenmerk = super().to_internal_value(data)
        if not kenmerk:  # only spaces or invisible characters: every such message would be the same one
            self.fail("blank")
        return kenmerk


class Bestand(serializers.Field):
    """Base64; read at once, and looked at by content before anything is kept."""

    default_error_messages = {
        **_ZINNEN,
        "geen_base64": "Dit is geen base64. Codeer het bestand met base64 (RFC 4648, met opvulling).",
    }

    def to_internal_value(self, data: Any) -> bytes:
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            inhoud = base64.b64decode(re.sub(r"[ \t\r\n]", "", data), validate=True)
        except (binascii.Error, ValueError):
            self.fail("geen_base64")
        try:
            herken_soort(inhoud)
        except OnveiligeBijlage as bezwaar:
            raise serializers.ValidationError(str(bezwaar), code=ONVEILIG) from bezwaar
        return inhoud


class Onderdeel(StrikteSerializer):
    """An object within the message."""

    default_error_messages = {"invalid": "Dit moet een object zijn.", "null": "Dit moet een object zijn."}


class MelderVorm(Onderdeel):
    """Who reports; feedback goes to this address."""

    naam = EenRegel(help_text="Wie meldt.")
    functie = EenRegel(help_text="Bijvoorbeeld: politieagent. Een code uit de codelijst mag ook.")
    organisatie = EenRegel(help_text="Bijvoorbeeld: Politie Merenland, basisteam Oosterveen.")
    email = EenRegel(help_text="Waar de terugkoppeling heen kan.")
    telefoon = EenRegel(help_text="Waar Veilig Thuis kan navragen.")
    soort = EenRegel(help_text="professional, burger, politie of anoniem.")
    organisatietype = EenRegel(help_text="Een code uit de codelijst, bijvoorbeeld: onderwijs.")
    email_reden = EenRegel(help_text="Zonder e-mailadres: niet_bekend of wil_niet.")
    bereik = EenRegel(help_text="Waarop te letten bij contact, bijvoorbeeld: bel alleen overdag.")
    anoniem = JaNeeVeld(help_text="Wil de melder voor het gezin onbekend blijven: ja of nee.")


class AdresVorm(Onderdeel):
    straat = EenRegel(help_text="Straat en huisnummer.")
    postcode = EenRegel()
    plaats = EenRegel()


class PersoonVorm(Onderdeel):
    """Someone the report names. Give what is known; what seems wrong is welcome as well."""

    voornamen = EenRegel()
    voorvoegsel = EenRegel(help_text="Bijvoorbeeld: van den.")
    achternaam = EenRegel()
    geboortedatum = EenRegel(help_text="Zoals bekend, het liefst jjjj-mm-dd.")
    bsn = EenRegel(help_text="Negen cijfers, als tekst.")
    geslacht = EenRegel(help_text="V, M of O.")
    adres = AdresVorm(required=False, allow_null=True)
    telefoon = EenRegel()
    rol = EenRegel(help_text="Bijvoorbeeld: verdachte, slachtoffer, getuige, moeder.")
    afhankelijk = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Heeft zorg van een ander nodig; bij een kind hoeft dat er niet bij.",
        error_messages={"invalid": "Dit moet true of false zijn.", "null": "Dit moet true of false zijn."},
    )


class MeldcodeVorm(Onderdeel):
    """What a professional did with the five steps of the meldcode; every part may be left out."""

    meldcodestappen = serializers.ListField(
        child=serializers.ChoiceField(
            Meldcode.Stap.choices, error_messages={"invalid_choice": "Een stap is 1, 2, 3, 4 of 5."}
        ),
        required=False,
        default=list,
        help_text="Welke van de vijf stappen zijn gezet, bijvoorbeeld: 1, 2 en 4.",
        error_messages={"not_a_list": "Dit moet een lijst zijn.", "null": "Dit moet een lijst zijn."},
    )
    afwegingskader = EenRegel(help_text="Van welke beroepsgroep.")
    weging = Vrij(max_length=GROOTSTE_TEKST, help_text="Wat er uit de afweging kwam.")
    gesprek_gevoerd = JaNeeVeld(help_text="Is er gesproken met de betrokkenen?")
    gesprek_verslag = Vrij(max_length=GROOTSTE_TEKST, help_text="Met wie, en wat zij zeiden; of waarom niet.")
    weet_van_melding = JaNeeVeld(help_text="Weten de betrokkenen van deze melding?")
    melden_nodig = JaNeeVeld(help_text="Eerste beslissing van stap 5: is melden nodig?")
    hulp_mogelijk = JaNeeVeld(help_text="Tweede beslissing: kan de melder zelf hulp geven of regelen?")
    besluit_uitleg = Vrij(max_length=GROOTSTE_TEKST, help_text="Over de twee beslissingen.")


class BijlageVorm(Onderdeel):
    naam = EenRegel(help_text="Bestandsnaam.")
    inhoud = Bestand(help_text="Het bestand, in base64; hoogstens 20 MB.")


def _hoogstens(aantal: int, wat: str) -> str:
    return f"Hoogstens {aantal} {wat} in één bericht. Lever de overige aan in een tweede bericht met een eigen kenmerk."


def _lijst(hoogstens: int, wat: str) -> dict[str, Any]:
    """A list that may be left out or null, with a clear limit."""
    zinnen = {
        "not_a_list": "Dit moet een lijst zijn.",
        "null": "Dit moet een lijst zijn.",
        "max_length": _hoogstens(hoogstens, wat),
    }
    return {"many": True, "required": False, "allow_null": True, "max_length": hoogstens, "error_messages": zinnen}


class BerichtVorm(Onderdeel):
    """A report as a sender delivers it. Only `kenmerk` is needed; give the rest as far as it is known."""

    kenmerk = Kenmerk(
        help_text="Uw eigen nummer. Hetzelfde bericht nog eens sturen mag; het meldingsnummer blijft gelijk."
    )
    melder = MelderVorm(required=False, allow_null=True)
    ontvangen_op = EenRegel(
        help_text="Wanneer u het doorgaf (ISO 8601); leeg is nu. Hier begint de wettelijke termijn."
    )
    incident_op = EenRegel(help_text="Wanneer het gebeurde (ISO 8601).")
    tekst = Vrij(
        max_length=GROOTSTE_TEKST,
        trim_whitespace=False,
        help_text="Wat er is gebeurd, in gewone tekst.",
        error_messages={"max_length": "De tekst is langer dan {max_length} tekens. Lever de rest aan als bijlage."},
    )
    aanleiding = EenRegel(help_text="Waarom u nu meldt.")
    kinderen = PersoonVorm(**_lijst(MEESTE_PERSONEN, "personen"))
    volwassenen = PersoonVorm(**_lijst(MEESTE_PERSONEN, "personen"))
    hulpverlening = EenRegel(help_text="Of er al hulp in het gezin is: ja, nee of onbekend.")
    wie_helpt = Vrij(max_length=GROOTSTE_TEKST, help_text="Van wie die hulp is.")
    duur_geweld = EenRegel(help_text="Hoe lang het al speelt; een code uit de codelijst mag.")
    gevaar = JaNeeVeld(help_text="Is er nu gevaar? Bel dan 112; dit bericht wordt niet meteen gelezen.")
    afhankelijken = JaNeeVeld(help_text="Wonen er kinderen, of anderen die zorg nodig hebben?")
    meldcode = MeldcodeVorm(required=False, allow_null=True)
    bijlagen = BijlageVorm(**_lijst(MEESTE_BIJLAGEN, "bijlagen"))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        aantal = len(attrs.get("kinderen") or []) + len(attrs.get("volwassenen") or [])
        if aantal > MEESTE_PERSONEN:
            zin = _hoogstens(MEESTE_PERSONEN, "personen")
            raise serializers.ValidationError({"kinderen": [zin], "volwassenen": [zin]})
        return attrs

    def als_aangeleverd(self) -> Aangeleverd:
        """What was read, for the service."""
        gegevens = self.validated_data
        personen = [("kind", p) for p in _gegeven(gegevens, "kinderen")]
        personen += [("volwassene", p) for p in _gegeven(gegevens, "volwassenen")]
        meldcode = gegevens.get("meldcode")
        return Aangeleverd(
            meldcode=AangeleverdeMeldcode(**{**meldcode, "meldcodestappen": tuple(meldcode["meldcodestappen"])})
            if meldcode
            else None,
            melder=AangeleverdeMelder(**(gegevens.get("melder") or {})),
            personen=tuple(_persoon(soort, velden) for soort, velden in personen),
            bijlagen=tuple(AangeleverdeBijlage(**bijlage) for bijlage in _gegeven(gegevens, "bijlagen")),
            opgeschoond=_iets_onzichtbaars(self.initial_data),
            **{naam: gegevens[naam] for naam in VAN_BERICHT},
        )


def _gegeven(gegevens: dict[str, Any], naam: str) -> list[dict[str, Any]]:
    """The items of a list; null, as list or as item, says nothing."""
    return [item for item in gegevens.get(naam) or [] if item is not None]


def _persoon(soort: str, velden: dict[str, Any]) -> AangeleverdePersoon:
    adres = velden.get("adres") or {}
    return AangeleverdePersoon(soort=soort, **{n: w for n, w in velden.items() if n != "adres"}, **adres)


def _iets_onzichtbaars(waarde: Any) -> bool:
    """Somewhere in the message, the files aside."""
    if isinstance(waarde, str):
        return bevat_onzichtbaar(waarde)
    if isinstance(waarde, dict):
        return any(_iets_onzichtbaars(kind) for naam, kind in waarde.items() if naam != "inhoud")
    return isinstance(waarde, list) and any(_iets_onzichtbaars(kind) for kind in waarde)
