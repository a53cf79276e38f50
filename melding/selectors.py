"""Looking up what came in; nothing here changes anything."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Exists, Min, OuterRef, QuerySet

from casus.models import Betrokkene, Casus
from melding.models import NTI, AangemeldePersoon, Advies, Melding, Signaal
from vt_cvs.organisatie.models import Medewerker, Rol, Team
from vt_cvs.organisatie.selectors import labels

AANDELEN = (
    (Betrokkene.Aandeel.PLEGER, ("pleger", "verdacht", "dader")),
    (Betrokkene.Aandeel.ONDERGAAT, ("slachtoffer", "ondergaat", "aangever", "mishandelde")),
    (Betrokkene.Aandeel.GETUIGE, ("getuige",)),
    (Betrokkene.Aandeel.GEZIN, ("gezin", "huisgenoot", "huishouden", "ouder", "moeder", "vader", "kind", "partner")),
)
"""What the words of a sender suggest; the worker decides (RW-7.1)."""


def voorkantteam() -> Team | None:
    """Where undivided intake waits: the first active team with somebody of the voorkant in it."""
    aan_de_voorkant = Medewerker.objects.filter(
        team=OuterRef("pk"), is_active=True, systeem=False, rollen__contains=[Rol.VOORKANT]
    )
    return Team.objects.filter(Exists(aan_de_voorkant), actief=True).order_by("pk").first()


def nieuwe_signalen() -> QuerySet[Signaal]:
    """What still waits for a decision, longest first."""
    return Signaal.objects.filter(stand=Signaal.Stand.NIEUW).select_related("afzender").order_by("ontvangen_op", "id")


def meldingen_van(casus: Casus) -> QuerySet[Melding]:
    """The reports of a case, newest first, with what their screen shows of them."""
    return (
        Melding.objects.filter(stap__casus=casus)
        .select_related("stap__casus", "stap__verantwoordelijke", "melder", "signaal__afzender")
        .annotate(met_nti=Exists(NTI.objects.filter(melding=OuterRef("pk"))))
        .order_by("-ontvangen_op", "-id")
    )


def eerste_melding(casus: Casus) -> Melding | None:
    return Melding.objects.filter(stap__casus=casus).order_by("ontvangen_op", "id").first()


def eerste_ontvangst(casus: Casus) -> object:
    return Melding.objects.filter(stap__casus=casus).aggregate(eerste=Min("ontvangen_op"))["eerste"]


def advies_van(casus: Casus) -> Advies | None:
    return Advies.objects.filter(stap__casus=casus).select_related("stap__casus", "signaal").first()


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


def twijfels_van(personen: Iterable[AangemeldePersoon]) -> list[str]:
    return [twijfel for persoon in personen for twijfel in persoon.twijfels]


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
