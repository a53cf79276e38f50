"""Which municipality a report counts for, as a proposal with its reason; the worker confirms or changes it (RW-6.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casus.models import Betrokkene
from melding.selectors import bekende_code
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.selectors import label


@dataclass(frozen=True, slots=True)
class Woont:
    """What the proposal needs to know of someone."""

    plaats: str
    kind: bool
    aandeel: str = Betrokkene.Aandeel.ONBEKEND


@dataclass(frozen=True, slots=True)
class Voorstel:
    code: str
    omdat: str

    @property
    def gemeente(self) -> str:
        return label("gemeente", self.code)


@regel("RW-6.5")
def stel_gemeente_voor(mensen: Iterable[Woont]) -> Voorstel | None:
    """Where the children live; without children, or with children in two places, where the one who undergoes it lives.

    Never the place of the incident: it is not even asked.
    """
    met_plaats = [mens for mens in mensen if mens.plaats.strip()]
    van_kinderen = {bekende_code("gemeente", mens.plaats) for mens in met_plaats if mens.kind} - {""}
    if len(van_kinderen) == 1:
        return Voorstel(van_kinderen.pop(), "omdat de kinderen daar wonen")
    ondergaat = [mens for mens in met_plaats if mens.aandeel == Betrokkene.Aandeel.ONDERGAAT]
    gevonden = {bekende_code("gemeente", mens.plaats) for mens in ondergaat} - {""}
    if len(gevonden) != 1:
        return None
    waarom = "de kinderen in verschillende gemeenten wonen en " if van_kinderen else ""
    return Voorstel(gevonden.pop(), f"omdat {waarom}degene tegen wie het geweld gericht is daar woont")
