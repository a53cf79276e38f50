"""The family diagram on paper: generations below each other, partners side by side, households framed.

Everything is a whole number of pixels, so that the template writes plain SVG attributes in any language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from casus.personen.generaties import Gezin, orden
from casus.personen.gezinsleden import Band, Mens
from casus.personen.gezinslijnen import Lijnen
from casus.personen.gezinsmaten import GAT, HALF, KOLOM, KOP, LIJF, RAND, TUSSEN, Figuur, Kader, Pijl, Schema


def teken(mensen: list[Mens], banden: list[Band]) -> Schema | None:
    """None when there is nobody to draw."""
    if not mensen:
        return None
    gezin = orden(mensen, banden)
    wie = {mens.sleutel: mens for mens in mensen}
    x = _plaatsen(gezin)
    schema = Schema(
        breed=max(x.values()) + KOLOM // 2 + RAND, hoog=len(gezin.rijen) * (KOP + LIJF + GAT) - GAT + 2 * RAND
    )
    y = {sleutel: RAND + rij * (KOP + LIJF + GAT) + KOP + HALF for sleutel, rij in gezin.rij_van.items()}
    schema.figuren = [_figuur(wie[s], x[s], y[s]) for rij in gezin.rijen for blok in rij for s in blok]
    schema.kaders = list(_kaders(gezin, wie, x, y))
    Lijnen(gezin, banden, x, y, schema).trek()
    schema.pijlen = _pijlen(mensen, x, y)
    schema.breed = max([schema.breed, *(pijl.x + KOLOM // 2 for pijl in schema.pijlen)])
    schema.links = min([0, *(pijl.x - KOLOM // 2 for pijl in schema.pijlen)])
    return schema


def _figuur(mens: Mens, x: int, y: int) -> Figuur:
    """Name, age, part and secrecy below the symbol, a line each; a minor is drawn smaller."""
    teksten = [("naam", mens.roepnaam), ("naam", mens.achternaam), ("l", mens.leeftijd)]
    teksten += [("gt" if mens.vermoed_pleger else "l", mens.merk), ("pr", "adres geheim" if mens.geheim else "")]
    regels = [(klasse, tekst) for klasse, tekst in teksten if tekst]
    half = HALF - 4 if mens.minderjarig else HALF
    return Figuur(mens, x, y, tuple((k, t, y + HALF + 18 + 16 * i) for i, (k, t) in enumerate(regels)), half)


# --- from left to right -----------------------------------------------------------------------------------------


def _plaatsen(gezin: Gezin) -> dict[int, int]:
    """Parents above the middle of their children, children below the middle of their parents, nobody over another."""
    plaats: dict[int, float] = {}
    for rij in gezin.rijen:
        links = 0.0
        for blok in rij:
            for i, sleutel in enumerate(blok):
                plaats[sleutel] = links + i * KOLOM
            links += len(blok) * KOLOM + TUSSEN
    for keer in range(14):
        omlaag = keer % 2 == 0
        rijen = gezin.rijen if omlaag else gezin.rijen[::-1]
        for rij in rijen:
            _schuif(rij, plaats, gezin, omlaag=omlaag)
    links = min(plaats.values())
    return {sleutel: round(waar - links) + KOLOM // 2 + RAND for sleutel, waar in plaats.items()}


def _schuif(rij: list[list[int]], plaats: dict[int, float], gezin: Gezin, *, omlaag: bool) -> None:
    """Put the blocks of one row as near as can be to where their family wants them, in this order."""
    gewenst = [_wens(blok, plaats, gezin, omlaag=omlaag) for blok in rij]
    voor, som = [], 0.0
    for blok in rij:
        voor.append(som)
        som += len(blok) * KOLOM + TUSSEN
    vlak = _niet_dalend([wens - ruimte for wens, ruimte in zip(gewenst, voor, strict=True)])
    for blok, begin, ruimte in zip(rij, vlak, voor, strict=True):
        for i, sleutel in enumerate(blok):
            plaats[sleutel] = begin + ruimte + i * KOLOM


def _wens(blok: list[int], plaats: Mapping[int, float], gezin: Gezin, *, omlaag: bool) -> float:
    """Where the first of this block would stand, if there were nobody else."""
    wensen = []
    for ouders, kinderen in gezin.kinderen.items():
        midden = sum(plaats[s] for s in ouders) / len(ouders)
        if omlaag and (eigen := [s for s in kinderen if s in blok]):
            breed = (plaats[kinderen[0]] + plaats[kinderen[-1]]) / 2
            wensen += [midden - breed + plaats[s] - blok.index(s) * KOLOM for s in eigen]
        if not omlaag and ouders & set(blok):
            onder = sum(plaats[s] for s in kinderen) / len(kinderen)
            wensen.append(plaats[blok[0]] + onder - midden)
    return sum(wensen) / len(wensen) if wensen else plaats[blok[0]]


def _niet_dalend(waarden: list[float]) -> list[float]:
    """The nearest row of numbers that never goes down: neighbours that would pass share their mean."""
    groepen: list[tuple[float, int]] = []
    for waarde in waarden:
        groepen.append((waarde, 1))
        while len(groepen) > 1 and groepen[-2][0] > groepen[-1][0]:
            (a, n), (b, m) = groepen[-2:]
            groepen[-2:] = [((a * n + b * m) / (n + m), n + m)]
    return [waarde for waarde, aantal in groepen for _ in range(aantal)]


# --- households -------------------------------------------------------------------------------------------------


def _kaders(gezin: Gezin, wie: Mapping[int, Mens], x: Mapping[int, int], y: Mapping[int, int]) -> list[Kader]:
    """A frame around those who live together; when others stand in between, a frame each with the same name."""
    leden: dict[int, list[int]] = defaultdict(list)
    for mens in wie.values():
        leden[mens.huishouden].append(mens.sleutel)
    gevonden = []
    for nummer, samen in sorted(leden.items()):
        if len(samen) > 1:
            groepen = _aaneen(_reeksen(gezin, set(samen)), x)
            gevonden += [_kader(groep, f"Huishouden {nummer}", x, y) for groep in groepen]
    return gevonden


def _reeksen(gezin: Gezin, samen: set[int]) -> list[tuple[int, list[int]]]:
    """Per row the runs of members with nobody else between them."""
    gevonden: list[tuple[int, list[int]]] = []
    for nummer, rij in enumerate(gezin.rijen):
        reeks: list[int] = []
        for sleutel in [s for blok in rij for s in blok] + [-1]:
            if sleutel in samen:
                reeks.append(sleutel)
            elif reeks:
                gevonden.append((nummer, reeks))
                reeks = []
    return gevonden


def _aaneen(reeksen: list[tuple[int, list[int]]], x: Mapping[int, int]) -> list[list[tuple[int, list[int]]]]:
    """Runs in rows right below each other that lie well over each other make one frame."""
    groepen: list[list[tuple[int, list[int]]]] = []
    for rij, reeks in reeksen:
        past = next((g for g in groepen if g[-1][0] == rij - 1 and _overlap(g[-1][1], reeks, x) > KOLOM // 3), None)
        if past is not None:
            past.append((rij, reeks))
        else:
            groepen.append([(rij, reeks)])
    return groepen


def _overlap(boven: list[int], onder: list[int], x: Mapping[int, int]) -> int:
    links = max(min(x[s] for s in boven), min(x[s] for s in onder))
    return min(max(x[s] for s in boven), max(x[s] for s in onder)) + KOLOM - links


def _kader(groep: list[tuple[int, list[int]]], naam: str, x: Mapping[int, int], y: Mapping[int, int]) -> Kader:
    """A stair of straight lines: down along the right side, up along the left."""
    treden = []
    for _, reeks in groep:
        midden = y[reeks[0]]
        links, rechts = min(x[s] for s in reeks) - KOLOM // 2 + 4, max(x[s] for s in reeks) + KOLOM // 2 - 4
        treden.append([links, midden - HALF - KOP + 2, rechts, midden - HALF + LIJF + 6])
    for boven, onder in pairwise(treden):
        boven[3] = onder[1] = (boven[3] + onder[1]) // 2
    neer = " ".join(f"{t[2]} {t[1]} {t[2]} {t[3]}" for t in treden)
    op = " ".join(f"{t[0]} {t[3]} {t[0]} {t[1]}" for t in reversed(treden))
    return Kader(f"M{treden[0][0]} {treden[0][1]} L{neer} {op}Z", naam, treden[-1][0] + 8, treden[-1][3] - 7)


# --- suspected violence -----------------------------------------------------------------------------------------


def _pijlen(mensen: list[Mens], x: Mapping[int, int], y: Mapping[int, int]) -> list[Pijl]:
    """Only when one person is suspected: of two, nobody here knows who did what to whom."""
    plegers = [mens for mens in mensen if mens.vermoed_pleger]
    slachtoffers = [mens for mens in mensen if mens.merk == "ondergaat"]
    if len(plegers) != 1 or not 0 < len(slachtoffers) <= 3:
        return []
    van = plegers[0].sleutel
    return [_pijl(x[van], y[van], x[mens.sleutel], y[mens.sleutel]) for mens in slachtoffers]


def _pijl(x1: int, y1: int, x2: int, y2: int) -> Pijl:
    """Over the heads within a row; from side to side between rows."""
    kant = 1 if x2 >= x1 else -1
    if y1 == y2:
        top = y1 - HALF - 20
        begin, eind = (x1 + kant * 8, y1 - HALF - 3), (x2 - kant * 8, y2 - HALF - 5)
        pad = f"M{begin[0]} {begin[1]}C{begin[0] + kant * 10} {top} {eind[0] - kant * 10} {top} {eind[0]} {eind[1]}"
        punt = f"M{eind[0]} {eind[1] + 3}l-5 -9h10z"
        return Pijl(pad, punt, (x1 + x2) // 2, top - 1)
    if abs(x2 - x1) < 1.5 * KOLOM:  # round the names below the first
        begin, eind, bocht = (x1 + kant * (HALF + 6), y1), (x2 + kant * (HALF + 12), y2), max(x1 * kant, x2 * kant) + 92
        pad = f"M{begin[0]} {begin[1]}C{kant * bocht} {y1} {kant * bocht} {y2} {eind[0]} {eind[1]}"
        return Pijl(pad, f"M{eind[0] - kant * 8} {eind[1]}l{kant * 9} -5v10z", kant * bocht, (y1 + y2) // 2)
    omlaag = 1 if y2 > y1 else -1
    begin, eind = (x1 + kant * (HALF + 4), y1 + 4 * omlaag), (x2 - kant * (HALF + 12), y2)
    pad = (
        f"M{begin[0]} {begin[1]}C{begin[0] + kant * 40} {begin[1]} {eind[0] - kant * 40} {eind[1]} {eind[0]} {eind[1]}"
    )
    return Pijl(pad, f"M{eind[0] + kant * 8} {eind[1]}l{-kant * 9} -5v10z", (begin[0] + eind[0]) // 2, (y1 + y2) // 2)
