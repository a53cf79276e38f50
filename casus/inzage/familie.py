"""How the people of a file belong together, whom a step spoke to, and where someone lived, in sentences at level B1."""

from __future__ import annotations

from collections.abc import Iterator

from casus.dossier import Alinea, Lezer, vertelt
from casus.models import Benadering, Betrokkene, Casus, Familieband, GeenAandeel, Woonperiode
from casus.personen.banden import banden_van
from vt_cvs.web import dagen


def familie(b: Betrokkene, lezer: Lezer) -> Iterator[Alinea]:
    """The ties with others of this case; a tie is told with the one who comes first in it."""
    for band in _banden(b.casus):
        if band.persoon_id == b.persoon_id:
            wie, zelf = lezer.noem(band.persoon, hoofdletter=True), lezer.persoon_id == b.persoon_id
            werd = f" Dat was zo tot {dagen.voluit(band.band_tot)}." if band.band_tot else ""
            zin = f"{'bent' if zelf else 'is'} {band.get_soort_display()}"
            if band.soort == band.Soort.GEZAG:
                zin = f"{'hebt' if zelf else 'heeft'} gezag over"
            yield Alinea(f"{wie} {zin} {lezer.noem(band.ander)}.{werd}")


def _banden(casus: Casus) -> list[Familieband]:
    """Asked once for the whole file: everyone in it stands under the same casus."""
    if "familiebanden" not in casus.__dict__:
        casus.__dict__["familiebanden"] = banden_van(casus)
    banden: list[Familieband] = casus.__dict__["familiebanden"]
    return banden


@vertelt(
    "casus.woonperiode",
    titel="Waar iemand eerder woonde",
    velden=("betrokkene", "huishouden", "woonde_sinds", "woonde_tot"),
)
def woonperiode(periode: Woonperiode, lezer: Lezer) -> Iterator[Alinea]:
    wie = lezer.noem(periode.betrokkene, hoofdletter=True)
    sinds = f" Dat was vanaf {dagen.voluit(periode.woonde_sinds)}." if periode.woonde_sinds else ""
    yield Alinea(f"{wie} woonde tot {dagen.voluit(periode.woonde_tot)} in huishouden {periode.huishouden}.{sinds}")


@vertelt(
    "casus.benadering",
    titel="Met wie Veilig Thuis wilde praten",
    velden=("stap", "betrokkene", "soort", "waarvoor", "gedaan_op", "reden_niet"),
)
def benadering(rij: Benadering, lezer: Lezer) -> Iterator[Alinea]:
    wat = "praten met" if rij.soort == Benadering.Soort.BENADEREN else "iets laten weten aan"
    yield Alinea(f"Veilig Thuis wilde {wat} {lezer.noem(rij.betrokkene)}.")
    if rij.waarvoor:
        yield Alinea(f"Waarvoor: {rij.waarvoor}.")
    if rij.gedaan_op:
        yield Alinea(f"Dat is gebeurd op {dagen.voluit(rij.gedaan_op)}.")
    if rij.reden_niet:
        yield Alinea(f"Dat is niet gebeurd. De reden: {rij.reden_niet}.")


@vertelt(
    "casus.geenaandeel",
    titel="Wat Veilig Thuis vond over één persoon",
    velden=("stap", "betrokkene", "uitkomst_aandeel", "toelichting"),
)
def geen_aandeel(rij: GeenAandeel, lezer: Lezer) -> Iterator[Alinea]:
    wie = lezer.noem(rij.betrokkene)
    if rij.uitkomst_aandeel == GeenAandeel.Uitkomst.WEERLEGD:
        yield Alinea(f"Veilig Thuis denkt dat {wie} dit niet heeft gedaan.")
    else:
        yield Alinea(f"Veilig Thuis schrijft over {wie} geen uitkomst op.")
    if rij.toelichting:
        yield Alinea(f"De uitleg daarbij: {rij.toelichting}")
