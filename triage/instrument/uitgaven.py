"""Which editions there are, and which one a new assessment is made with."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from triage.instrument.lezen import lees, maak
from triage.instrument.soorten import Instrument
from vt_cvs.kern.regels import regel

MAP = Path(__file__).parent.parent / "instrumenten"


@cache
def meegeleverd() -> dict[str, Instrument]:
    """The example that comes with the product, in its own words; an organisation loads its own edition."""
    gelezen = [maak(lees(pad.read_text(encoding="utf-8"))) for pad in sorted(MAP.glob("*.yaml"))]
    return {instrument.versie: instrument for instrument in gelezen}


@cache
def _ingelezen(versie: str) -> Instrument:
    """An edition that answers were given to never changes (a trigger sees to that), so it is read once."""
    from triage.models import Instrumentuitgave

    return Instrumentuitgave.objects.get(versie=versie).instrument


@regel("RW-3.6")
def instrument(versie: str) -> Instrument:
    """The edition by its version, also one that is no longer in force."""
    return meegeleverd().get(versie) or _ingelezen(versie)


@regel("RW-3.6", "RW-8.4")
def huidig_instrument(op: date) -> Instrument:
    """The edition in force on this day: the organisation's own; the example only as long as there is none."""
    from triage.models import Instrumentuitgave

    eigen = Instrumentuitgave.objects.filter(geldig_van__lte=op).order_by("-geldig_van", "-pk").first()
    if eigen is not None:
        return eigen.instrument
    geldig = [i for i in meegeleverd().values() if i.geldig_van <= op]
    return max(geldig or meegeleverd().values(), key=lambda i: i.geldig_van)
