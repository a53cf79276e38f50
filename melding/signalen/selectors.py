"""Looking up what came in and waits; nothing here changes anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from melding.codes import bekende_code
from melding.signalen.models import AangemeldePersoon, Signaal
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker, Rol, Team
from vt_cvs.organisatie.selectors import label


def voorkantteam() -> Team | None:
    """Where undivided intake waits: the first active team with somebody of the voorkant in it."""
    aan_de_voorkant = Medewerker.objects.filter(
        team=OuterRef("pk"), is_active=True, systeem=False, rollen__contains=[Rol.VOORKANT]
    )
    return Team.objects.filter(Exists(aan_de_voorkant), actief=True).order_by("pk").first()


def nieuwe_signalen() -> QuerySet[Signaal]:
    """What still waits for a decision, longest first."""
    return Signaal.objects.filter(stand=Signaal.Stand.NIEUW).select_related("afzender").order_by("ontvangen_op", "id")


def twijfels_van(personen: Iterable[AangemeldePersoon]) -> list[str]:
    return [twijfel for persoon in personen for twijfel in persoon.twijfels]


@regel("WVT-9", "WVT-10")
def feiten(signaal: Signaal) -> list[tuple[str, str]]:
    """What a form or a sender said apart from the story. Nothing here shows who the melder is."""
    gezegd = (
        ("gevaar", signaal.get_gevaar_display()),
        ("duur_opgegeven", _woord("duur_geweld", signaal.duur_opgegeven)),
        ("afhankelijken", signaal.get_afhankelijken_display()),
        ("hulpverlening", _woord("hulpverlening", signaal.hulpverlening)),
        ("wie_helpt", signaal.wie_helpt),
    )
    return [(_label(naam), waarde) for naam, waarde in gezegd if waarde]


def _woord(lijst: str, waarde: str) -> str:
    return label(lijst, code) if (code := bekende_code(lijst, waarde)) else waarde


def _label(naam: str) -> str:
    veld: Any = Signaal._meta.get_field(naam)
    return str(veld.verbose_name).capitalize()


def tekst_in_stukken(signaal: Signaal) -> list[list[tuple[str, bool]]]:
    """The text as received, by paragraph; the second of each pair says whether it is used in a field already."""
    gebruikt: set[str] = set()
    for persoon in signaal.personen.all():
        gebruikt |= {persoon.volle_naam, persoon.achternaam, persoon.geboortedatum_opgegeven}
    woorden = sorted((woord for woord in gebruikt if len(woord) > 2), key=len, reverse=True)[:80]
    patroon = re.compile("|".join(re.escape(woord) for woord in woorden)) if woorden else None
    alineas = [alinea for alinea in signaal.tekst.split("\n\n") if alinea.strip()]
    return [list(_stukken(alinea, patroon)) for alinea in alineas]


def _stukken(alinea: str, patroon: re.Pattern[str] | None) -> Iterable[tuple[str, bool]]:
    plek = 0
    for gevonden in patroon.finditer(alinea) if patroon else ():
        if gevonden.start() > plek:
            yield alinea[plek : gevonden.start()], False
        yield gevonden[0], True
        plek = gevonden.end()
    if plek < len(alinea):
        yield alinea[plek:], False
