"""Picking: what stands in a report, a conversation or an earlier VHT becomes a fact without anyone typing it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db import transaction

from casus.models import Processtap
from triage.models import VHT, Antwoord, Geweldsvorm
from triage.selectors.vindplaatsen import Zin, doelen
from triage.services.feiten import beantwoord, voeg_feit_toe, voeg_vorm_toe
from vt_cvs.kern.regels import REGELS, Belemmering, eis, regel
from vt_cvs.organisatie.models import Medewerker


@regel("RW-8.6", "RW-8.12")
@transaction.atomic
def pluk(
    vht: VHT, zinnen: Iterable[Zin], *, bij: str, door: Medewerker, tijdens: Processtap | None = None
) -> list[str]:
    """Each piece one fact, at the target: “vorm-12”, “nieuw-km-getuige” or a question. An earlier fact may leave it
    out and goes where it stood. Returns the places, so that the page can show them."""
    vht.slot()
    zinnen = list(zinnen)
    bij = bij if any(bij == code for _, groep in doelen(vht) for code, _ in groep) else ""
    eis(_wat_ontbreekt(zinnen, bij))
    plekken = []
    for _, samen in groupby(zinnen, key=lambda zin: (zin.stuk, bij or zin.eerder_bij)):
        rij = list(samen)
        feit = " ".join(zin.tekst for zin in rij)
        doel = bij or rij[0].eerder_bij
        _leg_neer(vht, doel, feit, rij[0].bron, door=door, tijdens=tijdens, **rij[0].herkomst)
        plekken.append(doel)
    return plekken


def _wat_ontbreekt(zinnen: list[Zin], bij: str) -> Iterable[Belemmering]:
    if not zinnen:
        uitleg, doel, tekst = "Vink eerst aan wat je wilt overnemen.", "#wb", "Wat al bekend is"
    elif not bij and not all(zin.eerder_bij for zin in zinnen):
        uitleg, doel, tekst = "Kies bij welke vorm of vraag dit hoort.", "#id_bij", "Naar de keuze"
    else:
        return
    yield Belemmering(uitleg, link=doel, link_tekst=tekst, regel=REGELS["RW-8.12"])


def _leg_neer(vht: VHT, doel: str, feit: str, bron: str, **meer: Any) -> None:
    soort, _, sleutel = doel.partition("-")
    if soort == "nieuw" and sleutel:
        voeg_vorm_toe(vht, vorm=sleutel, feit=feit, bron=bron, **meer)
    elif soort == "vorm":
        for vorm in Geweldsvorm.objects.filter(vht=vht, pk=int(sleutel)).select_related("vht__stap__casus"):
            voeg_feit_toe(vorm, feit=feit, bron=bron, **meer)
    else:
        for antwoord in Antwoord.objects.filter(vht=vht, vraag=doel).select_related("vht__stap__casus"):
            _bij_antwoord(antwoord, feit, bron, **meer)


def _bij_antwoord(antwoord: Antwoord, feit: str, bron: str, **meer: Any) -> None:
    """Behind what is there already; the source too, when it is another."""
    bronnen = [antwoord.bron, bron] if antwoord.bron and bron not in antwoord.bron else [antwoord.bron or bron]
    beantwoord(
        antwoord,
        waarde=antwoord.waarde,
        feit="\n".join(deel for deel in (antwoord.feit, feit) if deel),
        bron="; ".join(bronnen)[:200],
        **meer,
    )
