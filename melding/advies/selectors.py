"""Looking up an advies; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from casus.dossier import OokGevonden
from casus.models import Casus, Contact
from melding.advies.models import Advies
from melding.rechten import mag_opnemen
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker

HOOGSTENS = 25


def advies_van(casus: Casus) -> Advies | None:
    return Advies.objects.filter(stap__casus=casus).select_related("stap__casus", "signaal").first()


@regel("WVT-2")
def zoek_adviezen(vraag: tuple[Medewerker, str]) -> Iterator[OokGevonden]:
    """By who asked or by the made-up name; by number one goes straight there. Opening asks the right of the case."""
    medewerker, tekst = vraag
    if not mag_opnemen(medewerker, None) or len(tekst.strip()) < 2:
        return
    woorden = [woord for woord in tekst.split() if len(woord) > 1][:5]
    zoek = Q()
    for woord in woorden:
        zoek &= Q(fictieve_naam__icontains=woord) | Q(adviesvrager_naam__icontains=woord)
    gevonden = Advies.objects.filter(zoek, stap__casus__afgeschermd=False) if woorden else Advies.objects.none()
    for advies in gevonden.select_related("stap__casus")[:HOOGSTENS]:
        namen = (advies.fictieve_naam, advies.adviesvrager_naam)
        past = next((n for n in namen if any(woord.casefold() in n.casefold() for woord in woorden)), "")
        yield OokGevonden(
            nummer=advies.nummer,
            pad=advies.pad(),
            wat="advies",
            gevonden_op=past,
            stand=advies.get_stand_display(),
            begonnen_op=advies.stap.begonnen_op,
        )


def ondersteuning_bij(advies: Advies) -> list[Contact]:
    """Every moment of help, newest first."""
    return list(Contact.objects.filter(casus=advies.casus).select_related("door").order_by("-op", "-id"))


def rond_advies(advies: Advies) -> dict[str, Any]:
    """What the page shows around the text itself."""
    return {
        "toestemming": getattr(advies, "toestemming", None),
        "afspraken": list(advies.afspraken.all()),
        "momenten": ondersteuning_bij(advies),
        "bevestigingen": list(advies.casus.berichten.filter(stap=advies.stap).order_by("-id")),
    }
