"""Which municipality a report counts for, as a proposal with its reason; the worker confirms or changes it (RW-6.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from casus.models import Betrokkene, Persoon
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.gemeenten import Regio, andere_regio, gemeente_van_plaats
from vt_cvs.organisatie.selectors import label

if TYPE_CHECKING:
    from melding.meldingen.models import Melding


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

    @property
    def andere_regio(self) -> Regio | None:
        return andere_regio(self.code)


@regel("RW-6.5")
def stel_gemeente_voor(mensen: Iterable[Woont], *, op: date | None = None) -> Voorstel | None:
    """Where the children live; without children, or with children in two places, where the one who undergoes it lives.

    Never the place of the incident: it is not even asked. A municipality that merged is the one it is on that day.
    """
    dag = op or timezone.localdate()
    met_plaats = [mens for mens in mensen if mens.plaats.strip()]
    van_kinderen = {gemeente_van_plaats(mens.plaats, dag) for mens in met_plaats if mens.kind} - {""}
    if len(van_kinderen) == 1:
        return Voorstel(van_kinderen.pop(), "omdat de kinderen daar wonen")
    ondergaat = [mens for mens in met_plaats if mens.aandeel == Betrokkene.Aandeel.ONDERGAAT]
    gevonden = {gemeente_van_plaats(mens.plaats, dag) for mens in ondergaat} - {""}
    if len(gevonden) != 1:
        return None
    waarom = "de kinderen in verschillende gemeenten wonen en " if van_kinderen else ""
    return Voorstel(gevonden.pop(), f"omdat {waarom}degene tegen wie het geweld gericht is daar woont")


def voorstel_bij(melding: Melding) -> Voorstel | None:
    """The proposal for a report that was taken up, from the people who stand in its case now."""
    mensen = Betrokkene.objects.filter(casus=melding.casus).exclude(persoon=None).select_related("persoon")
    return stel_gemeente_voor(
        (_woont(mens, mens.persoon) for mens in mensen if mens.persoon), op=timezone.localdate(melding.ontvangen_op)
    )


def _woont(mens: Betrokkene, persoon: Persoon) -> Woont:
    direct = mens.stand == Betrokkene.Rol.DIRECT
    return Woont(persoon.plaats, direct and persoon.is_minderjarig() is True, mens.aandeel if direct else "")
