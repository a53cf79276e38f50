"""Reports of a special kind: a request for a ban (THV/RIHG), a crisis, a direct request for local tailored help.

They take the same road as every report. What they add is a proposal, and a motivation for whoever goes another way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vt_cvs.kern.regels import Belemmering, regel, voorwaarde

if TYPE_CHECKING:
    from triage.models import VHT, Triagebesluit

THV, CRISIS, MAATWERK = "thv", "crisis", "maatwerk"
WAT = {THV: "een verzoek om THV of RIHG", CRISIS: "een crisis"}
BIJ_VT, INZET_MAATWERK = "bij_vt", "maatwerk"


@voorwaarde("RW-13.T2")
def na_thv_acuut(vht: VHT) -> Iterator[Belemmering]:
    yield from _niet_acuut(vht, THV)


@voorwaarde("RW-13.C2")
def na_crisis_acuut(vht: VHT) -> Iterator[Belemmering]:
    yield from _niet_acuut(vht, CRISIS)


def _niet_acuut(vht: VHT, aanleiding: str) -> Iterator[Belemmering]:
    if vht.melding.aanleiding == aanleiding and vht.conclusie.totaal != "acuut":
        yield Belemmering(
            f"Bij {WAT[aanleiding]} is de conclusie acuut onveilig. Schrijf op waarom die hier anders is."
        )


@voorwaarde("RW-13.T2")
def na_thv_bij_veilig_thuis(besluit: Triagebesluit) -> Iterator[Belemmering]:
    yield from _niet_bij_vt(besluit, THV)


@voorwaarde("RW-13.C2")
def na_crisis_bij_veilig_thuis(besluit: Triagebesluit) -> Iterator[Belemmering]:
    yield from _niet_bij_vt(besluit, CRISIS)


def _niet_bij_vt(besluit: Triagebesluit, aanleiding: str) -> Iterator[Belemmering]:
    gewild = besluit.voorgenomen.get("uitkomst", "")
    if gewild and besluit.vht.melding.aanleiding == aanleiding and gewild != BIJ_VT:
        yield Belemmering(
            f"Bij {WAT[aanleiding]} blijven de vervolgstappen bij Veilig Thuis. Schrijf op waarom dat hier anders is.",
            veld="uitkomst",
        )


@regel("RW-13.R1", "RW-13.R2", "RW-13.LM")
def voorgesteld_besluit(vht: VHT) -> tuple[str, str]:
    """The outcome that is proposed and why; ("", "") for every other report. The employee decides."""
    aanleiding = vht.melding.aanleiding
    if aanleiding in WAT:
        return BIJ_VT, f"omdat de aanleiding {WAT[aanleiding]} is"
    if aanleiding != MAATWERK or not vht.eindconclusie:
        return "", ""
    if vht.eindconclusie in {"acuut", "structureel"}:
        return BIJ_VT, "omdat er onveiligheid is; lokaal maatwerk kan daarnaast"
    return INZET_MAATWERK, "omdat om lokaal maatwerk is gevraagd en er geen acute of structurele onveiligheid is"


def voorgestelde_conclusie(vht: VHT) -> str:
    """What the page of the VHT says about a report of this kind; "" for every other."""
    if wat := WAT.get(vht.melding.aanleiding):
        return f"Voorstel: acuut onveilig, omdat de aanleiding {wat} is. Wijk je af, dan schrijf je waarom."
    return ""
