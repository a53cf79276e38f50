"""What asking and giving need: ground and purpose, people of this case, no secret address, and a real answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, eis, regel
from vt_cvs.organisatie.selectors import labels

if TYPE_CHECKING:
    from casus.models import Betrokkene, Bijlage, Casus, Informatieverzoek

_SCHRIJF_OP = {"aan": "aan wie", "doel": "waarvoor", "vraagtekst": "wat je vraagt", "gegeven": "wat je gaf"}


def eis_melding(casus: Casus) -> None:
    """An advies names nobody and asks nothing of others: asking and giving belong to a report."""
    if casus.soort != casus.Soort.MELDING:
        uitleg = "Bij een advies vraag je geen informatie op en geef je niets door. Dat kan na een melding."
        raise RegelGeweigerd([Belemmering(uitleg, regel=REGELS["PRO-4"])])


@regel("PRO-4", "RW-7.15")
def eis_grond(casus: Casus, mensen: Iterable[Betrokkene | None], **velden: Any) -> None:
    """What and why stand recorded, and whoever is named belongs to this case; consent is never asked."""
    eis(_wat_en_waarom(casus, list(mensen), velden))


def _wat_en_waarom(casus: Casus, mensen: list[Betrokkene | None], velden: dict[str, Any]) -> Iterator[Belemmering]:
    pro_4 = REGELS["PRO-4"]
    if any(b is not None and b.casus_id != casus.pk for b in mensen):
        yield Belemmering("Deze persoon hoort bij een andere casus.", veld="betrokkene", regel=pro_4)
    if velden.get("informatiegrond", "") not in labels("informatiegrond"):
        yield Belemmering("Kies de grond: waarom dit mag.", veld="informatiegrond", regel=pro_4)
    for veld, wat in _SCHRIJF_OP.items():
        if veld in velden and not str(velden[veld]).strip():
            yield Belemmering(f"Schrijf op {wat}.", veld=veld, regel=pro_4)
    if velden.get("verteld") == "niet" and not velden.get("reden_niet_verteld", "").strip():
        yield Belemmering("Schrijf op waarom je het niet vertelt.", veld="reden_niet_verteld", regel=pro_4)
    if "vraagtekst" in velden:
        yield from _geheim_adres(casus, velden)


def _geheim_adres(casus: Casus, velden: dict[str, Any]) -> Iterator[Belemmering]:
    """A question leaves as a letter: whoever must not be found is not found by it."""
    from casus.ontvangers.plekken import geheim_adres_in

    for veld in ("vraagtekst", "doel"):
        if geheim_adres_in(velden.get(veld, ""), casus):
            yield Belemmering("Haal het adres weg: dat is geheim.", veld=veld, regel=REGELS["RW-7.15"])


def eis_antwoord(verzoek: Informatieverzoek, antwoord: str, bijlage: Bijlage | None) -> None:
    """Words, a document of this case, or both."""
    if not antwoord.strip() and bijlage is None:
        uitleg = "Schrijf het antwoord op, of voeg het als bijlage toe."
        raise RegelGeweigerd([Belemmering(uitleg, veld="antwoord", regel=REGELS["PRO-4"])])
    if bijlage is not None and bijlage.casus_id != verzoek.casus_id:
        uitleg = "Deze bijlage hoort bij een andere casus."
        raise RegelGeweigerd([Belemmering(uitleg, veld="bijlage", regel=REGELS["PRO-4"])])
