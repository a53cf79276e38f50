"""What the screens about people read."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from casus.models import Benadering, Betrokkene, Casus, Familieband, GeenAandeel, Processtap, Samenvoeging, Woonperiode
from casus.personen.banden import banden_van
from casus.personen.benaderen import UITKOMST_PER_STAP
from casus.personen.gezin_in_woorden import in_woorden, samenvatting
from casus.personen.gezinsleden import banden_tussen, mensen_van
from casus.personen.gezinsschema import teken
from casus.selectors.mensen import mensen
from vt_cvs.kern.regels import regel


@regel("RW-7.1")
def gezinsbeeld(casus: Casus) -> dict[str, Any]:
    """The tab betrokkenen: who they are, how they belong together, drawn and in words; two queries in all."""
    wie, banden = mensen(casus), banden_van(casus)
    leden = mensen_van(wie, vandaag=timezone.localdate())
    tussen = banden_tussen(leden, banden)
    return {
        "mensen": wie,
        "banden": banden,
        "schema": teken(leden, tussen),
        "woorden": in_woorden(leden, tussen),
        "samenvatting": samenvatting(leden, tussen),
        "minderjarig": {mens.pk for mens in leden if mens.minderjarig},
    }


def over_persoon(betrokkene: Betrokkene) -> dict[str, Any]:
    """Ties, earlier households and mergings of one person."""
    banden = [b for b in banden_van(betrokkene.casus) if betrokkene.persoon_id in {b.persoon_id, b.ander_id}]
    return {
        "banden": [(band, band_van(band, betrokkene.persoon_id)) for band in banden],
        "woonperioden": list(Woonperiode.objects.filter(betrokkene=betrokkene)),
        "samenvoegingen": list(
            Samenvoeging.objects.filter(blijver=betrokkene.persoon_id, gesplitst_op=None).select_related("verdwenen")
        ),
    }


def band_van(band: Familieband, persoon_id: int | None) -> str:
    """As this person says it: “kind van Marloes Verhoeven”."""
    if band.persoon_id == persoon_id:
        return f"{band.get_soort_display()} {band.ander}"
    woorden = Familieband.OMGEKEERD.get(band.soort, band.get_soort_display())
    return f"{woorden} {band.persoon}"


def mensen_van_stap(stap: Processtap) -> dict[str, Any]:
    """Whom this step approaches and informs, and whose part was not found."""
    return {
        "benaderingen": list(Benadering.objects.filter(stap=stap).select_related("betrokkene__persoon")),
        "geen_aandeel": list(GeenAandeel.objects.filter(stap=stap).select_related("betrokkene__persoon")),
        "uitkomst": UITKOMST_PER_STAP.get(stap.soort),
    }
