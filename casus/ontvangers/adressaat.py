"""To whom a message goes: somebody of this case, at an address that is nobody else's, and safely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from casus.leeftijd import leeftijd
from casus.ontvangers.mensen import anderen, is_zelf
from casus.ontvangers.plekken import geheim_adres_in, zelfde_straat
from vt_cvs.kern.regels import Belemmering

if TYPE_CHECKING:
    from casus.models import Bericht, Betrokkene, Terugkoppeling

_EEN_MAILADRES = re.compile(r"[^@\s,;\"<>]+@[^@\s,;\"<>]+")


def is_mailadres(adres: str) -> bool:
    """One address, and nothing that a mail server could read as more than one."""
    try:
        validate_email(adres)
    except ValidationError:
        return False
    return bool(_EEN_MAILADRES.fullmatch(adres))


def verkeerde_ontvanger(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """The addressee belongs to this case; the address is not that of somebody else in it."""
    bericht = terugkoppeling.bericht
    casus = terugkoppeling.dossier
    for iemand in filter(None, (terugkoppeling.betrokkene, terugkoppeling.via)):
        if iemand.casus_id != casus.pk or iemand.persoon_id is None:
            yield Belemmering(f"{iemand} hoort niet bij deze casus. Kies iemand van deze casus.", veld="adres")
    yield from _zonder_gezag(terugkoppeling)
    if bericht is None or not bericht.adres.strip():
        return
    toets = _ander_postadres if bericht.soort == "brief" else _andermans_mail
    yield from toets(terugkoppeling, bericht)


def _zonder_gezag(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """Asked again when it leaves: who decided for this child yesterday, need not today."""
    from casus.informeren.selectors import gezaghebbenden_van

    kind, via = terugkoppeling.betrokkene, terugkoppeling.via
    if kind is None or via is None or via.casus_id != kind.casus_id:
        return
    if via.pk not in {b.pk for b in gezaghebbenden_van(kind)}:
        yield Belemmering(
            f"{via} heeft geen gezag over {kind}, volgens wat er bij de betrokkenen staat. Kies wie dat wel heeft, of "
            "leg het gezag eerst vast.",
            veld="adres",
            link=kind.pad(),
            link_tekst="Betrokkenen",
        )


def _ander_postadres(terugkoppeling: Terugkoppeling, bericht: Bericht) -> Iterator[Belemmering]:
    zelf = terugkoppeling.ontvanger.persoon if terugkoppeling.ontvanger else None
    if zelf is not None and zelfde_straat(bericht.adres, zelf):
        return
    eigen = next((b.persoon_id for b in anderen(terugkoppeling) if is_zelf(b, terugkoppeling)), None) or 0
    if geheim_adres_in(bericht.adres, terugkoppeling.dossier, behalve=eigen):
        yield Belemmering("Dit adres is geheim en van iemand anders. Haal het weg.", veld="adres")


def _andermans_mail(terugkoppeling: Terugkoppeling, bericht: Bericht) -> Iterator[Belemmering]:
    ontvanger = terugkoppeling.ontvanger
    zelf = ontvanger.persoon.email.strip().casefold() if ontvanger and ontvanger.persoon else ""
    mail = bericht.adres.strip().casefold()
    for ander in anderen(terugkoppeling):
        heeft = ander.persoon is not None and ander.persoon.email.strip().casefold() == mail
        if heeft and mail != zelf and ander.stand != "professional" and not is_zelf(ander, terugkoppeling):
            yield Belemmering(
                f"Dit is het mailadres van {ander}, niet van {terugkoppeling.aan or 'de melder'}. Vul het goede adres "
                "in, of kies brief.",
                veld="adres",
            )


def gevaar_van_adres(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """Post that someone else may open: a warning, because only a person can tell whether it is safe."""
    bericht, ontvanger = terugkoppeling.bericht, terugkoppeling.ontvanger
    if bericht is None or ontvanger is None or ontvanger.persoon is None:
        return
    persoon = ontvanger.persoon
    if bericht.soort == "brief" and persoon.adres_geheim:
        yield Belemmering(
            f"Het adres van {ontvanger} is geheim. Schrijf op waarom een brief daarheen veilig is, of bel.",
            veld="adres",
        )
    for ander in anderen(terugkoppeling):
        if ander.persoon is None or ander.stand == "professional" or ander.persoon.is_minderjarig():
            continue
        if waarom := _deelt(bericht.soort, bericht.adres, ontvanger, ander):
            aandeel = f" ({ander.get_aandeel_display()})" if ander.aandeel != "onbekend" else ""
            yield Belemmering(
                f"{ander}{aandeel} {waarom} en kan dit lezen. Schrijf op waarom het veilig is, of kies anders.",
                veld="adres",
            )
    if terugkoppeling.via is None and leeftijd(persoon) in range(12):
        yield Belemmering(
            f"{ontvanger} is jonger dan 12. Informeer wie gezag heeft, of schrijf op waarom je dit kind zelf schrijft.",
            veld="adres",
        )


def _deelt(soort: str, adres: str, ontvanger: Betrokkene, ander: Betrokkene) -> str:
    """How this other grown-up could open the message; "" when not."""
    zelf, hij = ontvanger.persoon, ander.persoon
    assert zelf is not None and hij is not None  # noqa: S101, PT018 - asked before
    if soort == "mail":
        zijn = hij.email.strip().casefold()
        return "gebruikt ook dit mailadres" if zijn and zijn == adres.strip().casefold() else ""
    huizen = {ontvanger.huishouden, ontvanger.huishouden_ook} - {None}
    samen = ander.stand == "directbetrokkene" and bool(huizen & {ander.huishouden, ander.huishouden_ook})
    zelfde = bool(zelf.postcode and zelf.straat) and (zelf.postcode, zelf.straat) == (hij.postcode, hij.straat)
    return "woont ook op dit adres" if samen or zelfde or (adres and zelfde_straat(adres, hij)) else ""
