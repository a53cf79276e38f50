"""The lines of the family diagram: between partners, from parents to children, and ties of another kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from casus.personen.generaties import Gezin
from casus.personen.gezinsleden import Band
from casus.personen.gezinsmaten import HALF, KOLOM, KOP, SPOOR, Schema


class Lijnen:
    """Draws on the schema; `x` and `y` are the middles of the symbols."""

    def __init__(
        self, gezin: Gezin, banden: list[Band], x: Mapping[int, int], y: Mapping[int, int], schema: Schema
    ) -> None:
        self.gezin, self.banden, self.x, self.y, self.schema = gezin, banden, x, y, schema
        self.volgorde = [[s for blok in rij for s in blok] for rij in gezin.rijen]
        self.bezet: set[tuple[int, int]] = set()

    def trek(self) -> None:
        for paar, soort in sorted(self.gezin.paren.items(), key=lambda item: sorted(item[0])):
            self._paar(paar, soort)
        self._kinderen()
        self._broers_en_zussen()
        self._overig()

    def _lijn(self, klasse: str, pad: str) -> None:
        self.schema.lijnen.append((klasse, pad))

    def _naast(self, een: int, ander: int) -> bool:
        rij = self.volgorde[self.gezin.rij_van[een]]
        return abs(rij.index(een) - rij.index(ander)) == 1

    def _paar(self, paar: frozenset[int], soort: str) -> None:
        een, ander = sorted(paar, key=lambda s: self.x[s])
        x1, x2, y = self.x[een], self.x[ander], self.y[een]
        klasse = "rel ouders" if soort == "ouders" else "rel"
        if self._naast(een, ander):
            self.bezet |= {(een, 1), (ander, -1)}
            self._lijn(klasse, f"M{x1 + HALF} {y}H{x2 - HALF}")
            midden = (x1 + x2) // 2
        else:
            top = y - HALF - 12
            self._lijn(klasse, f"M{x1 + 10} {y - HALF + 4}V{top}H{x2 - 10}V{y - HALF + 4}")
            y, midden = top, x1 + KOLOM // 2
        if soort == "uit_elkaar":  # two strokes through the line, left of where children hang
            self._lijn("rel", f"M{midden - 14} {y + 7}l6 -14M{midden - 8} {y + 7}l6 -14")

    def _aanhechting(self, ouders: frozenset[int], kinderen: list[int]) -> tuple[int, int, str]:
        """Where the line to the children begins, and what leads there: between two parents, or beside one."""
        rij = sorted(ouders, key=lambda s: self.x[s])
        y = max(self.y[s] for s in rij)
        if len(rij) >= 2 and len({self.y[s] for s in rij}) == 1:
            een, ander = rij[0], rij[1]
            if self._naast(een, ander):
                return (self.x[een] + self.x[ander]) // 2, y, ""
            return self.x[een] + KOLOM // 2 + 8, y - HALF - 12, ""
        ouder = rij[-1] if len(rij) == 1 else max(rij, key=lambda s: self.y[s])
        midden = sum(self.x[s] for s in kinderen) // len(kinderen)
        kant = 1 if midden >= self.x[ouder] else -1
        if (ouder, kant) in self.bezet:
            kant = -kant
        ver = KOLOM // 2 - (10 if (ouder, kant) in self.bezet else 0)
        self.bezet.add((ouder, kant))
        waar = self.x[ouder] + kant * ver
        return waar, y, f"M{self.x[ouder] + kant * HALF} {self.y[ouder]}H{waar}"

    def _kinderen(self) -> None:
        """Lines in the same gap lie at different heights where they would run over each other."""
        sporen: dict[int, list[list[tuple[int, int]]]] = defaultdict(list)
        for ouders, kinderen in sorted(self.gezin.kinderen.items(), key=lambda i: min(self.x[k] for k in i[1])):
            x, y, aanloop = self._aanhechting(ouders, kinderen)
            if aanloop:
                self._lijn("rel", aanloop)
            xs = [self.x[k] for k in kinderen]
            rij = min(self.gezin.rij_van[k] for k in kinderen)
            stuk = (min(x, *xs), max(x, *xs))
            spoor = self._spoor(sporen[rij], stuk)
            bar = min(self.y[k] for k in kinderen) - HALF - KOP - 14 - spoor * SPOOR
            geboren = {kind for kind in kinderen if self._is_geboren(ouders, kind)}
            self._lijn("rel" if geboren else "rel zacht", f"M{x} {y}V{bar}H{stuk[0]}H{stuk[1]}")
            for kind in kinderen:
                klasse = "rel" if kind in geboren else "rel zacht"
                self._lijn(klasse, f"M{self.x[kind]} {bar}V{self.y[kind] - HALF + 2}")

    def _is_geboren(self, ouders: frozenset[int], kind: int) -> bool:
        return any(b.soort == "ouder" and b.van in ouders and b.naar == kind for b in self.banden)

    @staticmethod
    def _spoor(sporen: list[list[tuple[int, int]]], stuk: tuple[int, int]) -> int:
        for nummer, spoor in enumerate(sporen):
            if all(stuk[1] + 8 < links or stuk[0] - 8 > rechts for links, rechts in spoor):
                spoor.append(stuk)
                return nummer
        sporen.append([stuk])
        return len(sporen) - 1

    def _broers_en_zussen(self) -> None:
        """Siblings without a parent here: a bracket over their heads."""
        ouders_van = {kind: ouders for ouders, kinderen in self.gezin.kinderen.items() for kind in kinderen}
        for band in self.banden:
            if band.soort == "broer_zus" and not (
                ouders_van.get(band.van, frozenset()) & ouders_van.get(band.naar, frozenset())
            ):
                van, naar = sorted((band.van, band.naar), key=lambda s: self.x[s])
                top = min(self.y[van], self.y[naar]) - HALF - 10
                self._lijn("rel", f"M{self.x[van]} {self.y[van] - HALF}V{top}H{self.x[naar]}V{self.y[naar] - HALF}")

    def _overig(self) -> None:
        """Step, foster, guardian, grandparent: a broken curve, unless what is drawn already says it."""
        for van, naar in dict.fromkeys(self._nog_te_tonen()):
            x1, y1, x2, y2 = self.x[van], self.y[van], self.x[naar], self.y[naar]
            kant = 1 if x2 >= x1 else -1
            bx, by, ey = x1 + kant * (HALF - 4), y1 + HALF - 4, y2 - HALF
            self._lijn("rel zacht", f"M{bx} {by}C{bx + kant * 26} {by + 60} {x2} {ey - 60} {x2} {ey}")

    def _nog_te_tonen(self) -> Iterator[tuple[int, int]]:
        kinderen = self.gezin.kinderen.items()
        ouders_van = {kind: ouders for ouders, onder in kinderen for kind in onder}
        for band in self.banden:
            ouders = ouders_van.get(band.naar, frozenset())
            if band.soort not in {"stiefouder", "pleegouder", "voogd", "grootouder"} or band.van in ouders:
                continue
            via = any(frozenset({band.van, ouder}) in self.gezin.paren for ouder in ouders)
            boven = any(band.van in ouders_van.get(ouder, frozenset()) for ouder in ouders)
            if not (band.soort == "stiefouder" and via) and not (band.soort == "grootouder" and boven):
                yield band.van, band.naar
