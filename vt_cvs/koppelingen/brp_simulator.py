"""A stand-in for the Haal Centraal BRP Personen API 2, for demo and tests: same questions, same answers, same faults.

A WSGI application of its own with fictional people and test numbers; the real client talks to it over HTTP. Three
numbers misbehave on purpose: 000000429 is too busy, 000000503 is down, 000000408 is slow.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from vt_cvs.koppelingen.brp_bevolking import bevolking

PAD = "/haalcentraal/api/brp/personen"
NAAMPATROON = r"^[a-zA-Z0-9À-ž \.\-\']{1,200}$|^[a-zA-Z0-9À-ž \.\-\']{3,199}\*{1}$"
OPTIONEEL = {"gemeenteVanInschrijving": r"^[0-9]{4}$"}
SOORTEN: dict[str, dict[str, Any]] = {
    "RaadpleegMetBurgerservicenummer": {"verplicht": ["burgerservicenummer"], "mag": [], "beperkt": False, "max": 20},
    "ZoekMetGeslachtsnaamEnGeboortedatum": {
        "verplicht": ["geboortedatum", "geslachtsnaam"],
        "mag": ["voornamen", "voorvoegsel", "geslacht", "inclusiefOverledenPersonen"],
        "beperkt": True,
        "max": 10,
    },
    "ZoekMetPostcodeEnHuisnummer": {
        "verplicht": ["huisnummer", "postcode"],
        "mag": ["huisletter", "huisnummertoevoeging", "inclusiefOverledenPersonen"],
        "beperkt": True,
        "max": 30,
    },
}
VELDEN = {
    "aNummer",
    "adressering",
    "burgerservicenummer",
    "geboorte",
    "geslacht",
    "gemeenteVanInschrijving",
    "kinderen",
    "leeftijd",
    "naam",
    "nationaliteiten",
    "ouders",
    "overlijden",
    "partners",
    "verblijfplaats",
    "verblijfstitel",
}
VELDEN_BEPERKT = VELDEN & {"adressering", "burgerservicenummer", "geboorte", "geslacht", "leeftijd", "naam"}
NIET_VRAGEN = {"geheimhoudingPersoonsgegevens", "opschortingBijhouding", "rni", "verificatie"}
STORING = {"000000429": 429, "000000503": 503}
TRAAG = "000000408"
TITELS = {
    401: (
        "Niet correct geauthenticeerd.",
        "authentication",
        "https://datatracker.ietf.org/doc/html/rfc7235#section-3.1",
    ),
    403: ("U bent niet geautoriseerd voor deze operatie.", "autorisation", "#section-6.5.3"),
    404: ("Opgevraagde resource bestaat niet.", "notFound", "#section-6.5.4"),
    405: ("Gebruikte bevragingsmethode is niet toegestaan.", "methodNotAllowed", "#section-6.5.5"),
    415: ("Media Type wordt niet ondersteund.", "unsupportedMediaType", "#section-6.5.13"),
    429: ("Too many request", "tooManyRequests", "https://www.rfc-editor.org/rfc/rfc6585#section-4"),
    503: ("Bronservice BRP is tijdelijk niet beschikbaar.", "notAvailable", "#section-6.6.4"),
}
Start = Callable[[str, list[tuple[str, str]]], Any]


class Fout(Exception):
    """An answer that is a problem."""

    def __init__(self, status: int, **inhoud: Any) -> None:
        titel, code, soort = TITELS.get(status, ("", "", "#section-6.5.1"))
        soort = f"https://datatracker.ietf.org/doc/html/rfc7231{soort}" if soort.startswith("#") else soort
        self.status = status
        self.inhoud = {"type": soort, "title": titel, "status": status, "code": code, "instance": PAD, **inhoud}


def _fouten(titel: str, code: str, params: list[tuple[str, str, str]]) -> Fout:
    namen = ", ".join(dict.fromkeys(naam for _, naam, _ in params))
    return Fout(
        400,
        title=titel,
        code=code,
        detail=f"De foutieve parameter(s) zijn: {namen}.",
        invalidParams=[{"code": c, "name": naam, "reason": reden} for c, naam, reden in params],
    )


def app(environ: Mapping[str, Any], start_response: Start) -> Iterable[bytes]:
    try:
        status, inhoud, soort = 200, _antwoord(environ), "application/json"
    except Fout as fout:
        status, inhoud, soort = fout.status, fout.inhoud, "application/problem+json"
    lijf = json.dumps(inhoud, ensure_ascii=False).encode()
    kop = [("Content-Type", f"{soort}; charset=utf-8"), ("Content-Length", str(len(lijf))), ("api-version", "2.0.0")]
    start_response(f"{status} {'OK' if status == 200 else 'Fout'}", kop)
    return [lijf]


def _antwoord(environ: Mapping[str, Any]) -> dict[str, Any]:
    if environ.get("PATH_INFO") != PAD:
        raise Fout(404)
    if environ.get("REQUEST_METHOD") != "POST":
        raise Fout(405)
    sleutel = environ.get("HTTP_X_API_KEY") or environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
    if sleutel == "zonder-recht":
        raise Fout(403)
    if sleutel != os.environ.get("VT_BRP_SLEUTEL", "demo-brp"):
        raise Fout(401)
    if "json" not in str(environ.get("CONTENT_TYPE", "")):
        raise Fout(415)
    try:
        vraag = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) or b"{}")
    except ValueError:
        vraag = {}
    _controleer(vraag if isinstance(vraag, dict) else {})
    _misdraag_je(vraag)
    personen = [_alleen(persoon, vraag) for persoon in _vind(vraag)]
    return {"type": vraag["type"], "personen": personen}


def _controleer(vraag: Mapping[str, Any]) -> None:
    """As the API does: first what is missing, then what is wrong, each with its own name."""
    soort = SOORTEN.get(str(vraag.get("type", "")))
    if soort is None:
        code, reden = (
            ("value", "Waarde is geen geldig zoek type.")
            if vraag.get("type")
            else ("required", "Parameter is verplicht.")
        )
        raise _fouten("Een of meerdere parameters zijn niet correct.", "paramsValidation", [(code, "type", reden)])
    mist = [naam for naam in [*soort["verplicht"], "fields"] if vraag.get(naam) in (None, "")]
    if mist:
        regels = [("required", naam, "Parameter is verplicht.") for naam in mist]
        raise _fouten("Minimale combinatie van parameters moet worden opgegeven.", "paramsCombination", regels)
    if fouten := [*_foute_waarden(vraag), *_foute_velden(vraag["fields"], beperkt=soort["beperkt"])]:
        raise _fouten("Een of meerdere parameters zijn niet correct.", "paramsValidation", fouten)


def _foute_waarden(vraag: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    soort = SOORTEN[vraag["type"]]
    bekend = {"type", "fields", *soort["verplicht"], *soort["mag"], *OPTIONEEL}
    for naam in vraag:
        if naam not in bekend:
            yield "unknownParam", naam, "Parameter is niet verwacht."
    patronen = {**OPTIONEEL, "geslachtsnaam": NAAMPATROON, "postcode": r"^[1-9]{1}[0-9]{3}[ ]?[A-Za-z]{2}$"}
    for naam, patroon in patronen.items():
        if naam in vraag and not re.match(patroon, str(vraag[naam])):
            yield "pattern", naam, f"Waarde voldoet niet aan patroon {patroon}."
    if "geboortedatum" in vraag and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(vraag["geboortedatum"])):
        yield "date", "geboortedatum", "Waarde is geen geldige datum."
    if "huisnummer" in vraag and not str(vraag["huisnummer"]).isdigit():
        yield "integer", "huisnummer", "Waarde is geen geldig getal."
    if "burgerservicenummer" in vraag:
        yield from _foute_nummers(vraag["burgerservicenummer"])


def _foute_nummers(nummers: Any) -> Iterator[tuple[str, str, str]]:
    if not isinstance(nummers, list):
        yield "array", "burgerservicenummer", "Parameter is geen array."
    elif not nummers:
        yield "minItems", "burgerservicenummer", "Array bevat minder dan 1 items."
    elif len(nummers) > 20:
        yield "maxItems", "burgerservicenummer", "Array bevat meer dan 20 items."
    else:
        for i, nummer in enumerate(nummers):
            if not re.fullmatch(r"[0-9]{9}", str(nummer)):
                yield "pattern", f"burgerservicenummer[{i}]", "Waarde voldoet niet aan patroon ^[0-9]{9}$."


def _foute_velden(velden: Any, *, beperkt: bool) -> Iterator[tuple[str, str, str]]:
    if not isinstance(velden, list):
        yield "array", "fields", "Parameter is geen array."
        return
    if not velden:
        yield "minItems", "fields", "Array bevat minder dan 1 items."
    if len(velden) > 130:
        yield "maxItems", "fields", "Array bevat meer dan 130 items."
    for i, veld in enumerate(velden):
        top = str(veld).split(".")[0]
        if not re.fullmatch(r"[a-zA-Z0-9._]{1,200}", str(veld)):
            yield "pattern", f"fields[{i}]", r"Waarde voldoet niet aan patroon ^[a-zA-Z0-9\._]{1,200}$."
        elif top in NIET_VRAGEN:
            yield "fields", f"fields[{i}]", "Parameter bevat een niet toegestane veldnaam."
        elif top not in (VELDEN_BEPERKT if beperkt else VELDEN):
            yield "fields", f"fields[{i}]", "Parameter bevat een niet bestaande veldnaam."


def _misdraag_je(vraag: Mapping[str, Any]) -> None:
    for nummer in vraag.get("burgerservicenummer") or []:
        if nummer in STORING:
            raise Fout(STORING[nummer])
        if nummer == TRAAG:
            time.sleep(float(os.environ.get("VT_BRP_TRAAG", "12")))


def _vind(vraag: Mapping[str, Any]) -> list[dict[str, Any]]:
    """No one is an empty list, never a 404; someone who died only by number or when asked for."""
    gevonden = [persoon for persoon in bevolking() if _past(persoon, vraag)]
    soort = SOORTEN[vraag["type"]]
    if soort["beperkt"] and not vraag.get("inclusiefOverledenPersonen"):
        gevonden = [p for p in gevonden if p.get("opschortingBijhouding", {}).get("reden", {}).get("code") != "O"]
    if len(gevonden) > soort["max"]:
        detail = f"Meer dan maximum van {soort['max']} zoekresultaten gevonden. Verfijn de zoekopdracht."
        raise Fout(400, title="Teveel zoekresultaten.", code="tooManyResults", detail=detail)
    return gevonden


def _past(persoon: Mapping[str, Any], vraag: Mapping[str, Any]) -> bool:
    if vraag["type"] == "RaadpleegMetBurgerservicenummer":
        return persoon["burgerservicenummer"] in vraag["burgerservicenummer"]
    if vraag["type"] == "ZoekMetPostcodeEnHuisnummer":
        adres = persoon.get("verblijfplaats", {}).get("verblijfadres", {})
        postcode = str(vraag["postcode"]).replace(" ", "").upper()
        return adres.get("postcode") == postcode and str(adres.get("huisnummer")) == str(vraag["huisnummer"])
    naam, datum = persoon["naam"], persoon["geboorte"]["datum"]
    gelijk = _lijkt(naam["geslachtsnaam"], vraag["geslachtsnaam"]) and datum.get("datum") == vraag["geboortedatum"]
    return gelijk and (not vraag.get("voornamen") or _lijkt(naam.get("voornamen", ""), vraag["voornamen"]))


def _lijkt(waarde: str, filter_: str) -> bool:
    a, b = waarde.casefold(), str(filter_).casefold()
    return a.startswith(b[:-1]) if b.endswith("*") else a == b


def _alleen(persoon: Mapping[str, Any], vraag: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that were asked; secrecy and the end of registration come along uninvited."""
    uit: dict[str, Any] = {}
    for pad in vraag["fields"]:
        _neem(persoon, uit, pad.split("."))
    for naam in ("geheimhoudingPersoonsgegevens", "opschortingBijhouding"):
        if naam in persoon:
            uit[naam] = persoon[naam]
    return uit


def _neem(bron: Mapping[str, Any], uit: dict[str, Any], pad: list[str]) -> None:
    naam, rest = pad[0], pad[1:]
    waarde = bron.get(naam)
    if waarde is None:
        return
    if not rest:
        uit[naam] = waarde
    elif isinstance(waarde, list):
        rijen = uit.setdefault(naam, [{} for _ in waarde])
        for deel, doel in zip(waarde, rijen, strict=True):
            _neem(deel, doel, rest)
    elif isinstance(waarde, dict):
        _neem(waarde, uit.setdefault(naam, {}), rest)
