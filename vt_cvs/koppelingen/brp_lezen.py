"""Reading the answers of the BRP: every part may be missing, and a date may be known in part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from vt_cvs.koppelingen.brp_vormen import BRPDatum, BRPPersoon


def _deel(bron: Any, naam: str) -> Mapping[str, Any]:
    waarde = bron.get(naam) if isinstance(bron, Mapping) else None
    return waarde if isinstance(waarde, Mapping) else {}


def _tekst(bron: Any, naam: str) -> str:
    waarde = bron.get(naam) if isinstance(bron, Mapping) else None
    return str(waarde).strip() if isinstance(waarde, str | int) else ""


def lees_datum(bron: Any) -> BRPDatum | None:
    """`Datum`, `JaarMaandDatum`, `JaarDatum` or `DatumOnbekend`; only the first is a day."""
    if not isinstance(bron, Mapping) or not bron:
        return None
    dag = None
    if bron.get("type") == "Datum":
        try:
            dag = date.fromisoformat(str(bron.get("datum")))
        except ValueError:
            dag = None
    return BRPDatum(_tekst(bron, "langFormaat") or (f"{dag:%d-%m-%Y}" if dag else "onbekend"), dag)


def lees_persoon(bron: Mapping[str, Any]) -> BRPPersoon:
    naam, geboorte = _deel(bron, "naam"), _deel(bron, "geboorte")
    reden = _deel(_deel(bron, "opschortingBijhouding"), "reden")
    overleden = lees_datum(_deel(_deel(bron, "overlijden"), "datum"))
    if overleden is None and _tekst(reden, "code") == "O":
        overleden = lees_datum(_deel(_deel(bron, "opschortingBijhouding"), "datum"))
    return BRPPersoon(
        bsn=_tekst(bron, "burgerservicenummer"),
        voornamen=_tekst(naam, "voornamen"),
        voorvoegsel=_tekst(naam, "voorvoegsel"),
        achternaam=_tekst(naam, "geslachtsnaam"),
        geboren=lees_datum(geboorte.get("datum")),
        geboorteland=_tekst(_deel(geboorte, "land"), "omschrijving"),
        geslacht=_tekst(_deel(bron, "geslacht"), "code"),
        geheim=bron.get("geheimhoudingPersoonsgegevens") is True,
        overleden=overleden,
        opgeschort=_tekst(reden, "omschrijving"),
        ouders=_verwanten(bron, "ouders"),
        partners=_verwanten(bron, "partners"),
        kinderen=_verwanten(bron, "kinderen"),
        **_adres(bron),
    )


def _adres(bron: Mapping[str, Any]) -> dict[str, str]:
    """Parts where the BRP gives them; of an address abroad or a place without one only the lines."""
    verblijf = _deel(bron, "verblijfplaats")
    adres = _deel(verblijf, "verblijfadres")
    regels = [_tekst(_deel(bron, "adressering"), f"adresregel{n}") for n in (1, 2, 3)]
    if verblijf.get("type") == "Adres" and adres:
        nummer = _tekst(adres, "huisnummer") + _tekst(adres, "huisletter")
        toevoeging = _tekst(adres, "huisnummertoevoeging")
        straat = _tekst(adres, "officieleStraatnaam") or _tekst(adres, "korteStraatnaam")
        delen = {
            "straat": f"{straat} {nummer}{f'-{toevoeging}' if toevoeging else ''}".strip(),
            "postcode": _tekst(adres, "postcode"),
            "plaats": _tekst(adres, "woonplaats"),
        }
        return {**delen, "adres": ", ".join(deel for deel in delen.values() if deel)}
    if verblijf.get("type") == "VerblijfplaatsBuitenland":
        land = _tekst(_deel(adres, "land"), "omschrijving")
        return {"adres": ", ".join(d for d in (*(_tekst(adres, f"regel{n}") for n in (1, 2, 3)), land) if d)}
    if verblijf.get("type") == "Locatie":
        return {"adres": _tekst(adres, "locatiebeschrijving")}
    if verblijf.get("type") == "VerblijfplaatsOnbekend":
        return {"adres": "verblijfplaats onbekend"}
    return {"adres": ", ".join(regel for regel in regels if regel)}


def _verwanten(bron: Mapping[str, Any], soort: str) -> tuple[str, ...]:
    """“Sem Terpstra, geboren 8 januari 2020”."""
    rij = bron.get(soort)
    gevonden = []
    for ander in rij if isinstance(rij, list) else []:
        naam = _deel(ander, "naam")
        heel = " ".join(
            d for d in (_tekst(naam, "voornamen"), _tekst(naam, "voorvoegsel"), _tekst(naam, "geslachtsnaam")) if d
        )
        geboren = lees_datum(_deel(_deel(ander, "geboorte"), "datum"))
        gevonden.append(f"{heel or 'naam onbekend'}{f', geboren {geboren.voluit}' if geboren else ''}")
    return tuple(gevonden)
