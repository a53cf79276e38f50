"""The fictional people of the BRP simulator, in the shape of the API."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PERSONEN = Path(__file__).with_name("brp_personen.yaml")
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


def als_datum(waarde: str) -> dict[str, Any]:
    """“1990-07-03”, “1990-07”, “1990” or “onbekend”, in the four shapes of the API."""
    delen = str(waarde).split("-")
    if waarde == "onbekend":
        return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}
    if len(delen) == 1:
        return {"type": "JaarDatum", "jaar": int(delen[0]), "langFormaat": delen[0]}
    maand = MAANDEN[int(delen[1]) - 1]
    if len(delen) == 2:
        tekst = f"{maand} {delen[0]}"
        return {"type": "JaarMaandDatum", "jaar": int(delen[0]), "maand": int(delen[1]), "langFormaat": tekst}
    return {"type": "Datum", "datum": waarde, "langFormaat": f"{int(delen[2])} {maand} {delen[0]}"}


@cache
def bevolking() -> list[dict[str, Any]]:
    ruw = yaml.safe_load(PERSONEN.read_text(encoding="utf-8"))
    per_bsn = {rij["bsn"]: rij for rij in ruw}
    return [_als_persoon(rij, per_bsn) for rij in ruw]


def _naam(rij: Mapping[str, Any]) -> dict[str, str]:
    naam = {
        "voornamen": rij["voornamen"],
        "voorvoegsel": rij.get("voorvoegsel", ""),
        "geslachtsnaam": rij["achternaam"],
    }
    heel = " ".join(deel for deel in naam.values() if deel)
    return {**{k: v for k, v in naam.items() if v}, "volledigeNaam": heel}


def _als_persoon(rij: Mapping[str, Any], per_bsn: Mapping[str, Any]) -> dict[str, Any]:
    persoon: dict[str, Any] = {
        "burgerservicenummer": rij["bsn"],
        "naam": _naam(rij),
        "geboorte": {
            "datum": als_datum(rij["geboren"]),
            "land": {"code": "", "omschrijving": rij.get("land", "Nederland")},
        },
        "geslacht": {
            "code": rij["geslacht"],
            "omschrijving": {"M": "man", "V": "vrouw"}.get(rij["geslacht"], "onbekend"),
        },
    }
    persoon |= _verblijf(rij)
    for soort in ("ouders", "partners", "kinderen"):
        if verwant := [per_bsn[bsn] for bsn in rij.get(soort, [])]:
            persoon[soort] = [
                {"burgerservicenummer": r["bsn"], "naam": _naam(r), "geboorte": {"datum": als_datum(r["geboren"])}}
                for r in verwant
            ]
    if rij.get("geheim"):
        persoon["geheimhoudingPersoonsgegevens"] = True
    if rij.get("overleden"):
        datum = als_datum(rij["overleden"])
        persoon["overlijden"] = {"datum": datum}
        persoon["opschortingBijhouding"] = {"reden": {"code": "O", "omschrijving": "overlijden"}, "datum": datum}
    return persoon


def _verblijf(rij: Mapping[str, Any]) -> dict[str, Any]:
    if "buitenland" in rij:
        regel, land = rij["buitenland"]
        adres = {"regel1": regel, "land": {"code": "", "omschrijving": land}}
        return {
            "verblijfplaats": {"type": "VerblijfplaatsBuitenland", "verblijfadres": adres},
            "adressering": {"adresregel1": regel, "land": {"code": "", "omschrijving": land}},
        }
    if "adres" not in rij:
        return {"verblijfplaats": {"type": "VerblijfplaatsOnbekend"}}
    straat, huisnummer, postcode, plaats = rij["adres"]
    adres = {
        "officieleStraatnaam": straat, "korteStraatnaam": straat, "huisnummer": huisnummer, "postcode": postcode,
        "woonplaats": plaats,
    }  # fmt: skip
    return {
        "verblijfplaats": {"type": "Adres", "verblijfadres": adres},
        "adressering": {
            "adresregel1": f"{straat} {huisnummer}",
            "adresregel2": f"{postcode[:4]} {postcode[4:]}  {plaats.upper()}",
        },
    }
