"""Drafts: everything typed is kept on the server, for whoever typed it and for nobody else.

A draft belongs to one window. Another window is told that it is there and may go on with it, which moves it: a window
that lost its draft hears so at its next save and begins a new one. So two windows never write over each other.
"""

from __future__ import annotations

import contextlib
import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from vt_cvs.kern.nummers import PATROON
from vt_cvs.kern.versleuteling import Onleesbaar, blinde_index, ontsleutel, versleutel
from vt_cvs.web.models import Klad

PLEK = "web.klad"
MEEST = 200
"""More drafts at once than any employee has windows."""
GROOTST = 1_000_000
"""Letters: several reports of the longest kind."""
GEHEIM = re.compile(r"password|wachtwoord|csrf|\botp|token|credential", re.IGNORECASE)
GEEN_KLAD = ("/account/", "/beheer/", "/api/")


class KladWeg(Exception):
    """This draft went on in another window, was saved, or was thrown away."""


class KladVol(Exception):
    """Too much to keep."""


@dataclass(frozen=True, slots=True)
class Invoer:
    """What one form of one window holds now."""

    sleutel: uuid.UUID
    bladzijde: str
    formulier: str
    venster: str
    velden: list[tuple[str, str]]
    versie: int = 0


def wie(medewerker: Any) -> str:
    """Whose page this is: a page left open by one employee never saves under the name of the next."""
    return blinde_index(str(medewerker.pk), plek="web.klad.wie")[:20]


def mag_klad(pad: str) -> bool:
    """Never of a password or second factor."""
    return pad.startswith("/") and len(pad) <= 400 and not pad.startswith(GEEN_KLAD)


def _bladzijde(pad: str) -> str:
    return blinde_index(pad, plek="web.klad.bladzijde")


@transaction.atomic
def bewaar(invoer: Invoer, *, door: Any) -> Klad:
    """Keep it. Raises `KladWeg` when this window has lost it; the window then begins a new one."""
    velden = [(naam, waarde) for naam, waarde in invoer.velden if not GEHEIM.search(naam)]
    if sum(len(naam) + len(waarde) for naam, waarde in velden) > GROOTST:
        raise KladVol
    klad = Klad.objects.select_for_update().filter(sleutel=invoer.sleutel).first()
    if klad is None:
        if invoer.versie or Klad.objects.open().filter(medewerker=door).count() >= MEEST:
            raise KladWeg if invoer.versie else KladVol
        klad = _nieuw(invoer.sleutel, door=door)
    if klad.medewerker_id != door.pk or klad.klaar or klad.versie != invoer.versie:
        raise KladWeg
    klad.bladzijde = _bladzijde(invoer.bladzijde)
    klad.nummers = sorted(set(PATROON.findall(invoer.bladzijde)))
    ruw = {"formulier": invoer.formulier, "venster": invoer.venster, "velden": velden}
    klad.inhoud = versleutel(json.dumps(ruw).encode(), plek=f"{PLEK}.{klad.sleutel}")
    klad.versie, klad.bijgewerkt_op = klad.versie + 1, timezone.now()
    klad.save()
    return klad


def _nieuw(sleutel: uuid.UUID, *, door: Any) -> Klad:
    """An empty one, locked. A page that is left may send its last words while its first are still on their way."""
    Klad.objects.bulk_create([Klad(sleutel=sleutel, medewerker=door, versie=0)], ignore_conflicts=True)
    return Klad.objects.select_for_update().get(sleutel=sleutel)


def andere(pad: str, *, door: Any, behalve: Iterable[uuid.UUID] = ()) -> list[dict[str, Any]]:
    """The drafts of this employee at this page, newest first: when, which form, which window; not what is in them."""
    rijen = Klad.objects.open().filter(medewerker=door, bladzijde=_bladzijde(pad)).exclude(sleutel__in=list(behalve))
    gevonden = []
    for klad in rijen.order_by("-bijgewerkt_op"):
        if (inhoud := _lees(klad)) is not None:
            om = timezone.localtime(klad.bijgewerkt_op)
            vandaag = om.date() == timezone.localdate()
            gevonden.append(
                {
                    "sleutel": str(klad.sleutel),
                    "versie": klad.versie,
                    "formulier": inhoud["formulier"],
                    "venster": inhoud["venster"],
                    "om": f"{om:%H:%M}" if vandaag else f"{om:%d-%m %H:%M}",
                }
            )
    return gevonden


def _lees(klad: Klad) -> dict[str, Any] | None:
    try:
        gelezen: dict[str, Any] = json.loads(ontsleutel(bytes(klad.inhoud), plek=f"{PLEK}.{klad.sleutel}"))
    except (Onleesbaar, ValueError):
        return None
    return gelezen


@transaction.atomic
def neem_over(sleutel: uuid.UUID, *, door: Any) -> tuple[Klad, dict[str, Any]] | None:
    """Go on with it here: the window that had it is told at its next save."""
    klad = Klad.objects.open().select_for_update().filter(medewerker=door, sleutel=sleutel).first()
    inhoud = _lees(klad) if klad is not None else None
    if klad is None or inhoud is None:
        return None
    klad.versie += 1
    klad.save(update_fields=["versie"])
    return klad, inhoud


def sluit(sleutel: uuid.UUID, *, door: Any) -> None:
    """Saved or thrown away. Also when it has not arrived yet: what comes later finds the door closed."""
    klad, nieuw = Klad.objects.get_or_create(sleutel=sleutel, defaults={"medewerker": door, "klaar": True})
    if not nieuw and klad.medewerker_id == door.pk:
        Klad.objects.filter(pk=klad.pk).update(inhoud=b"", klaar=True, bijgewerkt_op=timezone.now())


def sleutels_in(waarden: Iterable[str]) -> list[uuid.UUID]:
    """The marks of the forms in a request; what is no mark counts for nothing."""
    gevonden: list[uuid.UUID] = []
    for waarde in list(waarden)[:5]:
        with contextlib.suppress(ValueError):
            gevonden.append(uuid.UUID(waarde))
    return gevonden


def is_klaar(sleutels: Iterable[uuid.UUID], *, door: Any) -> bool:
    """This very form was taken before: sent twice, or sent again after going back."""
    return Klad.objects.filter(sleutel__in=list(sleutels), medewerker=door, klaar=True).exists()


def wis_van(medewerker: Any) -> None:
    """Whoever leaves takes nothing and leaves nothing half written."""
    Klad.objects.filter(medewerker=medewerker).delete()


def wis_over(nummers: Iterable[str]) -> None:
    """With a case or signal that is erased go the drafts of everyone who was typing about it."""
    Klad.objects.filter(nummers__overlap=list(nummers)).delete()


def ruim_op() -> int:
    return Klad.objects.verlopen().delete()[0]
