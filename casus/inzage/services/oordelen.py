"""Judging one part: show, redact or leave out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from casus.inzage import rechten
from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.tekst import Plek, voeg_toe, zoek_fragment
from vt_cvs.kern.dossier import wijzig
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.organisatie.models import Medewerker

Stand = Inzageverzoek.Stand
Oordeel = Onderdeel.Oordeel


@regel("RW-5.18f")
@transaction.atomic
def beoordeel(
    onderdeel: Onderdeel,
    oordeel: str,
    *,
    door: Medewerker,
    grond: str = "",
    toelichting: str = "",
    versie: int | None = None,
    vingerafdruk: str | None = None,
) -> Onderdeel:
    """Show, redact or leave out. `vingerafdruk` is that of the text on the screen: judged is what was read."""
    _eis_leesbaar(onderdeel, vingerafdruk)
    _weiger(_bezwaren(onderdeel, oordeel, grond, toelichting))
    velden: dict[str, Any] = {"grond": grond if oordeel == Oordeel.WEGLATEN else ""}
    if oordeel == Oordeel.WEGLATEN:
        velden["lakplekken"] = [{**plek, "voorstel": False} for plek in onderdeel.lakplekken]
    return _wijzig(onderdeel, door=door, versie=versie, oordeel=oordeel, toelichting=toelichting, **velden)


def _bezwaren(onderdeel: Onderdeel, oordeel: str, grond: str, toelichting: str) -> Iterable[Belemmering]:
    r = REGELS["RW-5.18f"]
    if oordeel not in {Oordeel.TONEN, Oordeel.LAKKEN, Oordeel.WEGLATEN}:
        yield Belemmering("Kies wat de verzoeker te zien krijgt: tonen, lakken of weglaten.", veld="oordeel", regel=r)
    if oordeel == Oordeel.WEGLATEN and not grond:
        yield Belemmering("Kies de grond waarop je dit weglaat.", veld="grond", regel=r)
    if oordeel == Oordeel.WEGLATEN and grond == "d" and not toelichting.strip():
        yield Belemmering("Schrijf bij een andere reden op welke dat is.", veld="toelichting", regel=r)
    if oordeel == Oordeel.WEGLATEN:
        return
    for nummer, plek in enumerate(onderdeel.lakplekken, 1):
        if plek["voorstel"]:
            yield Belemmering(f"Beslis eerst over stuk {nummer}: lakken of tonen.", veld="oordeel", regel=r)
    if oordeel == Oordeel.TONEN and any(not plek["voorstel"] for plek in onderdeel.lakplekken):
        yield Belemmering(
            "Er is iets gelakt. Kies “Tonen met gelakte stukken”, of haal het lakken weg.", veld="oordeel", regel=r
        )
    if oordeel == Oordeel.LAKKEN and not onderdeel.lakplekken:
        yield Belemmering(
            "Er is nog niets gelakt. Lak eerst een stuk, of kies “Tonen, helemaal”.", veld="oordeel", regel=r
        )


@transaction.atomic
def lak(
    onderdeel: Onderdeel,
    tekst: str,
    *,
    fragment: str,
    grond: str,
    door: Medewerker,
    keer: int = 1,
    versie: int | None = None,
) -> Onderdeel:
    """Redact one stretch of the text on the screen, on a ground; judging the part again comes after."""
    r = REGELS["RW-5.18f"]
    plek = zoek_fragment(tekst, fragment, keer)
    if plek is None:
        raise RegelGeweigerd(
            [Belemmering("Deze woorden staan niet zo in het stuk. Neem ze letterlijk over.", veld="fragment", regel=r)]
        )
    if not grond:
        raise RegelGeweigerd([Belemmering("Kies de grond waarop je dit lakt.", veld="lakgrond", regel=r)])
    nieuw: Plek = {"begin": plek[0], "eind": plek[1], "grond": grond, "voorstel": False, "bron": door.naam}
    return _opnieuw(onderdeel, voeg_toe(onderdeel.lakplekken, nieuw), door=door, versie=versie)


def beslis_voorstel(
    onderdeel: Onderdeel, nummer: int, *, lakken: bool, door: Medewerker, grond: str = "", versie: int | None = None
) -> Onderdeel:
    """A proposal of the system becomes a redaction of this employee, or goes."""
    plekken = [dict(plek) for plek in onderdeel.lakplekken]
    if not 1 <= nummer <= len(plekken):
        return onderdeel
    if lakken:
        plek = plekken[nummer - 1]
        plek.update(voorstel=False, grond=grond or plek["grond"])
    else:
        del plekken[nummer - 1]
    return _opnieuw(onderdeel, plekken, door=door, versie=versie)


def haal_lak_weg(onderdeel: Onderdeel, nummer: int, *, door: Medewerker, versie: int | None = None) -> Onderdeel:
    return beslis_voorstel(onderdeel, nummer, lakken=False, door=door, versie=versie)


def _opnieuw(onderdeel: Onderdeel, plekken: list[Plek], *, door: Medewerker, versie: int | None) -> Onderdeel:
    """Other redactions ask for a new judgement on the part."""
    return _wijzig(onderdeel, door=door, versie=versie, lakplekken=plekken, oordeel=Oordeel.TE_DOEN, grond="")


@transaction.atomic
def _wijzig(onderdeel: Onderdeel, *, door: Medewerker, versie: int | None, **velden: Any) -> Onderdeel:
    """Lock, version, right and save as `wijzig` does, with who judged and when."""
    onderdeel.slot()
    verzoek = Inzageverzoek.objects.only("stand").get(pk=onderdeel.verzoek_id)
    if verzoek.stand != Stand.IN_SCREENING:
        stand = verzoek.get_stand_display().lower()
        raise RegelGeweigerd(
            [Belemmering(f"Het verzoek is {stand}. Heropen eerst de screening.", regel=REGELS["RW-5.18f"])]
        )
    return wijzig(
        onderdeel,
        door=door,
        mag=rechten.mag_screenen,
        versie=versie,
        **velden,
        door_id=door.pk,
        beoordeeld_op=timezone.now(),
    )


def _eis_leesbaar(onderdeel: Onderdeel, vingerafdruk: str | None) -> None:
    if vingerafdruk is not None and vingerafdruk != onderdeel.vingerafdruk:
        uitleg = "Dit stuk is veranderd nadat je het opende. Lees het opnieuw."
        raise RegelGeweigerd([Belemmering(uitleg, veld="oordeel", regel=REGELS["RW-5.18f"])])


def _weiger(bezwaren: Iterable[Belemmering]) -> None:
    if gevonden := list(bezwaren):
        raise RegelGeweigerd(gevonden)
