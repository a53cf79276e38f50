"""What was measured, what it is held against, and how it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

HOOGSTENS_VRAGEN = 12


@dataclass(frozen=True, slots=True)
class Meting:
    """One page over HTTP: milliseconds of the page, of its floor in the same seconds, and the limit."""

    naam: str
    mediaan: float
    p95: float
    vloer: float
    grens: float

    @property
    def keer(self) -> float:
        return self.mediaan / self.vloer

    @property
    def oordeel(self) -> str:
        return "ok" if self.mediaan <= self.grens else "te traag"


@dataclass(frozen=True, slots=True)
class Telling:
    """One page: how many questions it asks the database at each number of cases."""

    naam: str
    vragen: list[int]

    @property
    def oordeel(self) -> str:
        if max(self.vragen) > HOOGSTENS_VRAGEN:
            return "te veel"
        return "ok" if len(set(self.vragen)) == 1 else "groeit mee"


@dataclass(slots=True)
class Uitslag:
    casussen: int
    maten: list[int]
    omstandigheden: dict[str, str]
    metingen: list[Meting] = field(default_factory=list)
    tellingen: list[Telling] = field(default_factory=list)
    tegelijk: dict[str, float] = field(default_factory=dict)
    indexen: dict[str, list[str]] = field(default_factory=dict)
    seconden: dict[str, float] = field(default_factory=dict)

    def als_dict(self) -> dict[str, Any]:
        return asdict(self) | {
            "metingen": [asdict(m) | {"keer": m.keer, "oordeel": m.oordeel} for m in self.metingen],
            "tellingen": [asdict(t) | {"oordeel": t.oordeel} for t in self.tellingen],
        }

    def regels(self) -> Iterator[str]:
        """The tables as printed."""
        yield f"{_getal(self.casussen)} casussen; " + ", ".join(f"{k} {v}" for k, v in self.omstandigheden.items())
        yield ""
        yield from tabel(
            ["bladzijde", "mediaan", "p95", "vloer", "keer", "grens", ""],
            [
                [m.naam, _ms(m.mediaan), _ms(m.p95), _ms(m.vloer), _komma(m.keer), _ms(m.grens), m.oordeel]
                for m in self.metingen
            ],
        )
        yield ""
        yield from tabel(
            ["vragen aan de database", *(_getal(maat) for maat in self.maten), "hoogstens", ""],
            [[t.naam, *map(str, t.vragen), str(HOOGSTENS_VRAGEN), t.oordeel] for t in self.tellingen],
        )
        yield ""
        rest = {f"indexen: {naam}": ", ".join(namen) for naam, namen in self.indexen.items()}
        rest |= {f"tegelijk: {naam}": f"{n:.0f} per seconde" for naam, n in self.tegelijk.items()}
        rest |= {naam: f"{_komma(duur)} s" for naam, duur in self.seconden.items()}
        breedte = max(map(len, rest))
        yield from (f"{naam:<{breedte}}  {waarde}" for naam, waarde in rest.items())


def tabel(kop: Sequence[str], rijen: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first and the last column to the left, numbers to the right."""
    breedtes = [max(len(rij[i]) for rij in (kop, *rijen)) for i in range(len(kop))]
    for rij in (kop, *rijen):
        midden = "  ".join(f"{cel:>{b}}" for cel, b in zip(rij[1:-1], breedtes[1:-1], strict=True))
        yield f"{rij[0]:<{breedtes[0]}}  {midden}  {rij[-1]}".rstrip()


def _ms(duur: float) -> str:
    return f"{_komma(duur)} ms"


def _komma(getal: float) -> str:
    return f"{getal:.1f}".replace(".", ",")


def _getal(getal: int) -> str:
    return f"{getal:,}".replace(",", ".")


def samengevat(naam: str, tijden: Sequence[float], vloer: Sequence[float], *, grens: float) -> Meting:
    return Meting(naam, procent(tijden, 50), procent(tijden, 95), procent(vloer, 50), grens)


def procent(tijden: Sequence[float], deel: int) -> float:
    op_volgorde = sorted(tijden)
    return op_volgorde[min(len(op_volgorde) * deel // 100, len(op_volgorde) - 1)]
