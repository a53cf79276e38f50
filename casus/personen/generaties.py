"""Who stands above whom and who beside whom: the order of the family diagram, before any place on paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from casus.personen.gezinsleden import Band, Mens

STAPPEN = {
    "ouder": 1,
    "partner": 0,
    "broer_zus": 0,
    "pleegouder": 1,
    "stiefouder": 1,
    "grootouder": 2,
    "ex_partner": 0,
    "voogd": 1,
    "gezag": 1,
}
"""How many generations the second stands below the first; the surest tie first, for what comes later yields to it."""
JAREN = 27  # between generations, to place people without any tie
OPVOEDERS = ("ouder", "pleegouder", "stiefouder", "voogd")


@dataclass(slots=True)
class Gezin:
    """The people in rows, oldest generation first; `kinderen` by the parents that are in the diagram."""

    rijen: list[list[list[int]]]
    rij_van: dict[int, int]
    kinderen: dict[frozenset[int], list[int]]
    paren: dict[frozenset[int], str] = field(default_factory=dict)


def orden(mensen: list[Mens], banden: list[Band]) -> Gezin:
    wie = {mens.sleutel: mens for mens in mensen}
    rij_van = _generaties(wie, banden)
    kinderen = _kinderen(wie, banden)
    paren = _paren(kinderen, banden, rij_van)
    blokken = _blokken(wie, paren, rij_van)
    rijen = _zet_in_rijen(blokken, rij_van, kinderen, wie)
    return _minder_kruisingen(Gezin(rijen, rij_van, kinderen, paren), wie)


def _generaties(wie: Mapping[int, Mens], banden: list[Band]) -> dict[int, int]:
    """Groups held together by ties, each with its own numbering, then laid beside each other by age."""
    groep = {sleutel: sleutel for sleutel in wie}
    stand = dict.fromkeys(wie, 0)
    for band in sorted(banden, key=lambda b: (list(STAPPEN).index(b.soort), b.van, b.naar)):
        een, ander = groep[band.van], groep[band.naar]
        if een != ander:
            schuif = stand[band.van] + STAPPEN[band.soort] - stand[band.naar]
            for sleutel in [s for s in wie if groep[s] == ander]:
                groep[sleutel], stand[sleutel] = een, stand[sleutel] + schuif
    groepen = defaultdict(list)
    for sleutel in wie:
        groepen[groep[sleutel]].append(sleutel)
    volgorde = sorted(groepen.values(), key=lambda leden: (-len(leden), leden[0]))
    hoofd = volgorde[0]
    nul = _nulpunt(hoofd, stand, wie)
    for leden in volgorde[1:]:
        eigen = _nulpunt(leden, stand, wie)
        for sleutel in leden:
            stand[sleutel] += round((eigen - nul) / JAREN)
    bezet = {nummer: plaats for plaats, nummer in enumerate(sorted(set(stand.values())))}
    return {sleutel: bezet[nummer] for sleutel, nummer in stand.items()}


def _nulpunt(leden: list[int], stand: Mapping[int, int], wie: Mapping[int, Mens]) -> float:
    """The year in which generation zero of this group was born, by those of whom the year is known."""
    bekend = [s for s in leden if wie[s].geboren is not None] or leden
    return sum(wie[s].jaar - JAREN * stand[s] for s in bekend) / len(bekend)


def _kinderen(wie: Mapping[int, Mens], banden: list[Band]) -> dict[frozenset[int], list[int]]:
    """Each child with its parents; whoever has none here hangs under who brings them up."""
    boven: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for band in banden:
        if band.soort in OPVOEDERS:
            boven[band.naar][band.soort].add(band.van)
    gevonden: dict[frozenset[int], list[int]] = defaultdict(list)
    for kind, soorten in boven.items():
        ouders = next((soorten[soort] for soort in OPVOEDERS if soorten.get(soort)), set())
        gevonden[frozenset(ouders)].append(kind)
    for rij in gevonden.values():
        rij.sort(key=lambda s: (wie[s].geboren is None, wie[s].geboren or 0, wie[s].jaar, s))
    return dict(gevonden)


def _paren(
    kinderen: Mapping[frozenset[int], list[int]], banden: list[Band], rij_van: Mapping[int, int]
) -> dict[frozenset[int], str]:
    """Who belongs beside whom: `samen`, `uit_elkaar`, or only `ouders` of the same child."""
    paren: dict[frozenset[int], str] = {}
    for ouders in kinderen:
        if len(ouders) == 2:
            paren[ouders] = "ouders"
    for band in banden:
        if band.soort in {"partner", "ex_partner"}:
            paar = frozenset({band.van, band.naar})
            uit = band.soort == "ex_partner" or band.voorbij
            paren[paar] = "samen" if not uit or paren.get(paar) == "samen" else "uit_elkaar"
    return {paar: soort for paar, soort in paren.items() if len({rij_van[s] for s in paar}) == 1}


def _blokken(
    wie: Mapping[int, Mens], paren: Mapping[frozenset[int], str], rij_van: Mapping[int, int]
) -> list[list[int]]:
    """Partners and former partners side by side: who has most of them stands between them."""
    naast: dict[int, set[int]] = defaultdict(set)
    for paar in paren:
        een, ander = sorted(paar)
        naast[een].add(ander)
        naast[ander].add(een)
    over, blokken = dict.fromkeys(sorted(wie, key=lambda s: (rij_van[s], wie[s].jaar, s))), []
    while over:
        groep = _aaneen(next(iter(over)), naast)
        begin = min(groep, key=lambda s: (len(naast[s]), wie[s].vorm != "vierkant", wie[s].jaar, s))
        blokken.append(_loop(begin, naast, paren))
        for sleutel in groep:
            del over[sleutel]
    return blokken


def _aaneen(begin: int, naast: Mapping[int, set[int]]) -> set[int]:
    groep, nieuw = {begin}, {begin}
    while nieuw:
        nieuw = {ander for s in nieuw for ander in naast.get(s, ())} - groep
        groep |= nieuw
    return groep


def _loop(begin: int, naast: Mapping[int, set[int]], paren: Mapping[frozenset[int], str]) -> list[int]:
    """Along the ties from one end to the other; former partners before the present one."""
    rij, gezien = [], set()
    stapel = [begin]
    while stapel:
        sleutel = stapel.pop()
        if sleutel in gezien:
            continue
        gezien.add(sleutel)
        rij.append(sleutel)
        stapel += sorted(naast.get(sleutel, set()) - gezien, key=lambda s: (paren[frozenset({s, sleutel})], s))
    return rij


def _zet_in_rijen(
    blokken: list[list[int]],
    rij_van: Mapping[int, int],
    kinderen: Mapping[frozenset[int], list[int]],
    wie: Mapping[int, Mens],
) -> list[list[list[int]]]:
    """Each block, then the blocks of its children, so that families stay together from the start."""
    blok_van = {sleutel: blok for blok in blokken for sleutel in blok}
    rijen: list[list[list[int]]] = [[] for _ in range(max(rij_van.values()) + 1)]
    gezet: set[int] = set()

    def zet(blok: list[int]) -> None:
        if blok[0] in gezet:
            return
        gezet.update(blok)
        rijen[rij_van[blok[0]]].append(blok)
        for ouders in sorted(kinderen, key=lambda o: min((blok.index(s) for s in o if s in blok), default=99)):
            if ouders & set(blok):
                for kind in kinderen[ouders]:
                    zet(blok_van[kind])

    heeft_ouders = {kind for rij in kinderen.values() for kind in rij}
    eerst = sorted(blokken, key=lambda b: (rij_van[b[0]], all(s in heeft_ouders for s in b), wie[b[0]].huishouden))
    for blok in eerst:
        zet(blok)
    return rijen


def _minder_kruisingen(gezin: Gezin, wie: Mapping[int, Mens]) -> Gezin:
    """Swap neighbours and mirror blocks as long as that brings families and households closer together."""
    beste = _prijs(gezin, wie)
    for _ in range(12):
        voor = beste
        for rij in gezin.rijen:
            for i in range(len(rij)):
                rij[i].reverse()
                if (nu := _prijs(gezin, wie)) < beste:
                    beste = nu
                else:
                    rij[i].reverse()
                for j in range(i + 1, len(rij)):
                    rij[i], rij[j] = rij[j], rij[i]
                    if (nu := _prijs(gezin, wie)) < beste:
                        beste = nu
                    else:
                        rij[i], rij[j] = rij[j], rij[i]
        if beste == voor:
            break
    return gezin


def _prijs(gezin: Gezin, wie: Mapping[int, Mens]) -> float:
    """How far families lie apart, how often lines cross and how often a household is interrupted."""
    plaats = {}
    for rij in gezin.rijen:
        sleutels = [s for blok in rij for s in blok]
        for i, sleutel in enumerate(sleutels):
            plaats[sleutel] = i - (len(sleutels) - 1) / 2
    prijs = 0.0
    lijnen: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for ouders, kinderen in gezin.kinderen.items():
        midden = sum(plaats[s] for s in ouders) / len(ouders)
        for kind in kinderen:
            prijs += abs(midden - plaats[kind])
            lijnen[gezin.rij_van[kind]].append((midden, plaats[kind]))
    for gat in lijnen.values():
        prijs += 2 * sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for i, a in enumerate(gat) for b in gat[:i])
    for paar in gezin.paren:
        een, ander = paar
        prijs += 2 * (abs(plaats[een] - plaats[ander]) - 1)
    for rij in gezin.rijen:
        prijs += 1.5 * _onderbroken([wie[s].huishouden for blok in rij for s in blok])
    return prijs + _volgorde_van_leeftijd(gezin, plaats, wie)


def _onderbroken(nummers: Iterable[int]) -> int:
    rij = list(nummers)
    wissels = sum(a != b for a, b in pairwise(rij))
    return wissels - (len(set(rij)) - 1)


def _volgorde_van_leeftijd(gezin: Gezin, plaats: Mapping[int, float], wie: Mapping[int, Mens]) -> float:
    """Of one pair of parents the eldest child stands left; it weighs little."""
    return sum(
        0.05
        for kinderen in gezin.kinderen.values()
        for een, ander in pairwise(kinderen)
        if plaats[een] > plaats[ander] and wie[een].jaar <= wie[ander].jaar
    )
