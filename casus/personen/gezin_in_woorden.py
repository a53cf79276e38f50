"""The family in words: the same as the diagram, for whoever hears it or reads it in a letter-like order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from casus.models import Familieband
from casus.personen.gezinsleden import Band, Mens

OMGEKEERD = {
    **Familieband.OMGEKEERD,
    "partner": "partner van",
    "ex_partner": "ex-partner van",
    "broer_zus": "broer of zus van",
}
MENSELIJK = {
    ("ouder van", "rond"): "moeder van",
    ("ouder van", "vierkant"): "vader van",
    ("kind van", "rond"): "dochter van",
    ("kind van", "vierkant"): "zoon van",
    ("broer of zus van", "rond"): "zus van",
    ("broer of zus van", "vierkant"): "broer van",
    ("grootouder van", "rond"): "oma van",
    ("grootouder van", "vierkant"): "opa van",
}


def en(delen: Iterable[str]) -> str:
    """“Fenna, Sem en Noor”."""
    rij = list(delen)
    return f"{', '.join(rij[:-1])} en {rij[-1]}" if len(rij) > 1 else "".join(rij)


def in_woorden(mensen: list[Mens], banden: list[Band]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Per household its people, each with what they are to the others and what is marked."""
    wie = {mens.sleutel: mens for mens in mensen}
    per_huis: dict[int, list[Mens]] = defaultdict(list)
    for mens in mensen:
        per_huis[mens.huishouden].append(mens)
    gevonden = []
    for nummer, leden in sorted(per_huis.items()):
        kop = f"Huishouden {nummer}" if len(leden) > 1 else f"Huishouden {nummer}, woont alleen of met onbekenden"
        leden.sort(key=lambda m: (m.jaar, m.sleutel))
        gevonden.append((kop, [(mens.naam, _over(mens, banden, wie)) for mens in leden]))
    return gevonden


def _over(mens: Mens, banden: list[Band], wie: dict[int, Mens]) -> str:
    """“9 jaar, minderjarig; dochter van Marloes en Jelle; getuige; adres geheim”."""
    delen = [mens.leeftijd + (", minderjarig" if mens.minderjarig else "")]
    delen += _banden(mens, banden, wie)
    delen += ["betrokken derde"] if mens.derde else []
    delen += [mens.merk] if mens.merk else []
    delen += [f"woont ook in huishouden {mens.ook}"] if mens.ook else []
    delen += ["adres geheim"] if mens.geheim else []
    return "; ".join(delen)


def _banden(mens: Mens, banden: list[Band], wie: dict[int, Mens]) -> list[str]:
    per_soort: dict[str, list[str]] = defaultdict(list)
    labels = dict(Familieband.Soort.choices)
    for band in banden:
        if mens.sleutel == band.van:
            woorden, ander = str(labels[band.soort]), wie[band.naar]
        elif mens.sleutel == band.naar:
            woorden, ander = OMGEKEERD[band.soort], wie[band.van]
        else:
            continue
        if band.voorbij:
            woorden = "ex-partner van" if band.soort == "partner" else f"vroeger {woorden}"
        per_soort[MENSELIJK.get((woorden, mens.vorm), woorden)].append(ander.roepnaam)
    return [f"{woorden} {en(namen)}" for woorden, namen in per_soort.items()]


def samenvatting(mensen: list[Mens], banden: list[Band]) -> str:
    """One or two sentences for whoever does not see the drawing."""
    kinderen = sum(mens.minderjarig is True for mens in mensen)
    delen = [f"{len(mensen)} mensen, van wie {kinderen} minderjarig." if kinderen else f"{len(mensen)} mensen."]
    plegers = [mens.naam for mens in mensen if mens.vermoed_pleger]
    if plegers:
        delen.append(f"Vermoed pleger: {en(plegers)}.")
    if not banden:
        delen.append("Er zijn nog geen familiebanden vastgelegd.")
    return " ".join([*delen, "Hetzelfde staat eronder in woorden."])
