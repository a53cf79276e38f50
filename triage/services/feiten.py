"""Filling in the VHT: answers, forms of violence and facts. Every one goes through, whatever is still missing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from casus.models import Processtap
from casus.voorwaarden import casus_is_open
from triage.models import VHT, Antwoord, Feit, Geweldsvorm, Onderbouwing
from triage.rechten import mag_invullen
from triage.services.vht import na_invullen
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker

LANGSTE_SLEUTEL = 18
"""More digits than this no key of the database has."""


@regel("RW-8.20")
@transaction.atomic
def beantwoord(
    antwoord: Antwoord,
    *,
    door: Medewerker,
    waarde: bool | None,
    feit: str = "",
    bron: str = "",
    versie: int | None = None,
    tijdens: Processtap | None = None,
    **herkomst: Any,
) -> Antwoord:
    """Save one answer. A fact that went along stays what it was when only its question is answered anew."""
    velden: dict[str, Any] = {"waarde": waarde, "feit": feit, "bron": bron}
    if antwoord.waarde is None and (antwoord.feit, antwoord.bron) == (feit, bron):
        velden["uit_id"] = antwoord.uit_id
    return _wijzig(antwoord, door, versie, tijdens, velden | herkomst, f"VHT aangevuld: vraag {antwoord.vraag}")


@regel("RW-8.12", "RW-8.20")
@transaction.atomic
def voeg_vorm_toe(vht: VHT, *, door: Medewerker, vorm: str, feit: str = "", bron: str = "", **meer: Any) -> Geweldsvorm:
    """A form of violence, with its first fact if there is one; facts may follow, the final conclusion waits for them.

    A form that is there already gets the fact: the same form twice would count twice.
    """
    rij = Geweldsvorm(vht=vht, vorm=vorm)
    rij.slot()
    bestaand = Geweldsvorm.objects.filter(vht=vht, vorm=vorm).first()
    if bestaand is None:
        bestaand = maak(rij, door=door, mag=mag_invullen, zin=f"VHT aangevuld: {rij}")
        if not (feit or bron):
            na_invullen(vht, door=door, tijdens=meer.get("tijdens"))
    bestaand.vht = vht
    if feit or bron:
        voeg_feit_toe(bestaand, door=door, feit=feit, bron=bron, **meer)
    return bestaand


@regel("RW-8.12", "RW-8.20")
@transaction.atomic
def voeg_feit_toe(
    vorm: Geweldsvorm,
    *,
    door: Medewerker,
    feit: str = "",
    bron: str = "",
    tijdens: Processtap | None = None,
    **herkomst: Any,
) -> Feit:
    """One more fact; picked from a melding, a contact or an earlier VHT it keeps where it was picked from."""
    rij = Feit(vht=vorm.vht, vorm=vorm, feit=feit, bron=bron, **herkomst)
    rij.slot()
    rij = maak(rij, door=door, mag=mag_invullen, zin=f"VHT aangevuld: feit bij {vorm}")
    na_invullen(vorm.vht, door=door, tijdens=tijdens)
    return rij


@regel("RW-8.20")
@transaction.atomic
def wijzig_vorm(
    rij: Geweldsvorm, *, door: Medewerker, vorm: str, versie: int | None = None, **meer: Any
) -> Geweldsvorm:
    return _wijzig(rij, door, versie, meer.get("tijdens"), {"vorm": vorm}, f"VHT aangevuld: {rij}")


@regel("RW-8.20")
@transaction.atomic
def wijzig_feit(
    rij: Feit, *, door: Medewerker, versie: int | None = None, tijdens: Processtap | None = None, **velden: Any
) -> Feit:
    return _wijzig(rij, door, versie, tijdens, velden, f"VHT aangevuld: feit bij {rij.vorm}")


def _wijzig(
    rij: Any, door: Medewerker, versie: int | None, tijdens: Processtap | None, velden: dict[str, Any], zin: str
) -> Any:
    """Change one row: it bears the day of today, no longer an earlier VHT, and no piece when the fact is emptied."""
    if any(getattr(rij, naam) != waarde for naam, waarde in velden.items()):
        velden.setdefault("uit_id", None)
        if isinstance(rij, Onderbouwing):
            velden["vastgelegd_op"] = timezone.now()
            if not velden.get("feit", rij.feit).strip():
                velden |= {"uit_melding_id": None, "uit_contact_id": None}
    nieuw = wijzig(rij, door=door, mag=mag_invullen, versie=versie, mits=[casus_is_open], zin=zin, **velden)
    if nieuw.versie != rij.versie:
        na_invullen(nieuw.vht, door=door, tijdens=tijdens)
    return nieuw


@transaction.atomic
def verwijder_feit(rij: Feit, *, door: Medewerker) -> None:
    """A fact that was put in by mistake; its history and the line in the log stay."""
    _verwijder(rij, door, f"VHT: een feit bij {rij.vorm} weggehaald")
    na_invullen(rij.vht, door=door)


@transaction.atomic
def verwijder_vorm(rij: Geweldsvorm, *, door: Medewerker) -> None:
    """A form that was put in by mistake, with its facts; their history and the line in the log stay."""
    for feit in Feit.objects.filter(vorm=rij):
        feit._history_user = door
        feit.delete()
    _verwijder(rij, door, f"VHT: {rij} weggehaald")
    na_invullen(rij.vht, door=door)


def haal_weg(vht: VHT, wat: str, *, door: Medewerker) -> None:
    """“vorm-12” or “feit-34”, as the page names them; what is gone already is gone."""
    soort, _, sleutel = wat.partition("-")
    if not sleutel.isdecimal() or len(sleutel) > LANGSTE_SLEUTEL:
        return
    if soort == "vorm":
        for vorm in Geweldsvorm.objects.filter(vht=vht, pk=int(sleutel)).select_related("vht__stap__casus"):
            verwijder_vorm(vorm, door=door)
    elif soort == "feit":
        for feit in Feit.objects.filter(vht=vht, pk=int(sleutel)).select_related("vht__stap__casus", "vorm"):
            verwijder_feit(feit, door=door)


def _verwijder(rij: Feit | Geweldsvorm, door: Medewerker, zin: str) -> None:
    rij.slot()
    mag_invullen.eis(door, rij)
    rij.schrijf_log(door=door, wat="verwijder", zin=zin)
    rij._history_user = door
    rij.delete()
