"""From the words of a sender to the codes of the lists: always a proposal, the worker decides."""

from __future__ import annotations

from casus.models import Betrokkene
from vt_cvs.organisatie.selectors import labels

AANDELEN = (
    (Betrokkene.Aandeel.PLEGER, ("pleger", "verdacht", "dader")),
    (Betrokkene.Aandeel.ONDERGAAT, ("slachtoffer", "ondergaat", "aangever", "mishandelde")),
    (Betrokkene.Aandeel.GETUIGE, ("getuige",)),
    (Betrokkene.Aandeel.GEZIN, ("gezin", "huisgenoot", "huishouden", "ouder", "moeder", "vader", "kind", "partner")),
)
"""What the words of a sender suggest; the worker decides (RW-7.1)."""


def aandeel_volgens(rol: str) -> str:
    """The part someone has according to the words of the sender, as a proposal."""
    woorden = rol.casefold()
    for aandeel, tekens in AANDELEN:
        if any(teken in woorden for teken in tekens):
            return aandeel
    return Betrokkene.Aandeel.ONBEKEND


def bekende_code(lijst: str, waarde: str) -> str:
    """The code a sender meant, by code or by label; "" when the list does not know it."""
    gezocht = waarde.strip().casefold()
    for code, label in labels(lijst).items():
        if gezocht in {code.casefold(), label.casefold()}:
            return code
    return ""


def geslacht_volgens(opgegeven: str) -> str:
    woord = opgegeven.strip().casefold()
    return {"v": "V", "vrouw": "V", "m": "M", "man": "M", "o": "O", "onbekend": "O", "meisje": "V", "jongen": "M"}.get(
        woord, ""
    )
