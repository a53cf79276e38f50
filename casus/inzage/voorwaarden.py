"""What must be true before a file may be screened and handed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from casus.leeftijd import leeftijd
from vt_cvs.kern.regels import Belemmering, regel, voorwaarde

if TYPE_CHECKING:
    from casus.inzage.models import Inzageverzoek


@regel("RW-3.8")
def leeftijd_laat_inzage_toe(verzoek: Inzageverzoek) -> Iterator[Belemmering]:
    """Under twelve only through a representative, from sixteen only by themselves; the rest is a judgement.

    Whether someone can weigh their own interests, and whether a child's interest stands in the way, is recorded by a
    person and never computed from an age.
    """
    jaren = leeftijd(verzoek.gaat_over.persoon)
    if verzoek.hoedanigheid == verzoek.Hoedanigheid.ZELF:
        yield from _zelf(verzoek, jaren)
    else:
        yield from _vertegenwoordiger(verzoek, jaren)
    if (
        verzoek.in_staat is False or verzoek.belang_verzet_zich is not None
    ) and not verzoek.oordeel_toelichting.strip():
        yield Belemmering("Schrijf op waarop je dit oordeel baseert.", veld="oordeel_toelichting")


def _zelf(verzoek: Inzageverzoek, jaren: int | None) -> Iterator[Belemmering]:
    if jaren is not None and jaren < 12:
        yield Belemmering(
            "De verzoeker is jonger dan 12. Inzage kan dan alleen via de vertegenwoordiger: leg dat verzoek vast.",
            veld="verzoeker",
        )
    elif verzoek.in_staat is False:
        yield Belemmering(
            "De verzoeker kan zijn belangen niet overzien. Wijs het verzoek af, of leg een verzoek van de "
            "vertegenwoordiger vast.",
            veld="in_staat",
        )
    elif verzoek.in_staat is None and (jaren is None or jaren < 18):
        waarom = "De geboortedatum is niet bekend." if jaren is None else f"De verzoeker is {jaren}."
        yield Belemmering(f"{waarom} Leg vast of die zijn belangen kan overzien.", veld="in_staat")


def _vertegenwoordiger(verzoek: Inzageverzoek, jaren: int | None) -> Iterator[Belemmering]:
    if jaren is None or jaren >= 16:
        if verzoek.in_staat is None:
            yield Belemmering(
                "Vanaf 16 jaar kan een vertegenwoordiger alleen inzage krijgen als de jongere zijn belangen niet kan "
                "overzien. Leg dat oordeel vast.",
                veld="in_staat",
            )
        elif verzoek.in_staat:
            yield Belemmering(
                "Wie 16 of ouder is en zijn belangen kan overzien, vraagt zelf om inzage. Wijs dit verzoek af.",
                veld="in_staat",
            )
    if verzoek.belang_verzet_zich is None:
        yield Belemmering(
            "Leg vast of het belang van het kind zich tegen inzage door de vertegenwoordiger verzet.",
            veld="belang_verzet_zich",
        )
    elif verzoek.belang_verzet_zich:
        yield Belemmering(
            "Het belang van het kind verzet zich tegen inzage. Wijs het verzoek af met die grond.",
            veld="belang_verzet_zich",
        )


@voorwaarde("RW-5.18f")
def elk_onderdeel_is_beoordeeld(verzoek: Inzageverzoek) -> Iterator[Belemmering]:
    """Compared with the file as it is now: what is new or changed since the judgement counts as not judged."""
    from casus.inzage.services import wat_is_te_doen

    for onderdeel in wat_is_te_doen(verzoek):
        yield Belemmering(f"Beoordeel nog: {onderdeel.titel}.", link=onderdeel.pad, link_tekst="Naar dit onderdeel")


@voorwaarde("RW-5.18f")
def document_staat_klaar(verzoek: Inzageverzoek) -> Iterator[Belemmering]:
    if not verzoek.heeft_document:
        yield Belemmering("Het inzagedossier wordt nog gemaakt. Bekijk het eerst; daarna kun je het verstrekken.")
