"""Keeping, finding and erasing a half-filled form. Its token stands in one cookie and nowhere else."""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from melding.formulier.models import Concept
from vt_cvs.kern.versleuteling import Onleesbaar, blinde_index, ontsleutel, versleutel

PLEK = "melding.concept"


@dataclass(slots=True)
class Bestand:
    """An attachment that goes along: its name as cleaned, its kind by content, and where it is kept."""

    opslagnaam: str
    naam: str
    soort: str
    grootte: int


@dataclass(slots=True)
class Antwoorden:
    """Everything that was filled in so far, page by page."""

    per_blad: dict[str, dict[str, Any]] = field(default_factory=dict)
    kinderen: list[dict[str, Any]] = field(default_factory=list)
    volwassenen: list[dict[str, Any]] = field(default_factory=list)
    bestanden: list[Bestand] = field(default_factory=list)

    def van(self, slug: str) -> dict[str, Any]:
        return self.per_blad.get(slug, {})

    def antwoord(self, slug: str, naam: str) -> str:
        return str(self.van(slug).get(naam) or "")

    def personen(self, groep: str) -> list[dict[str, Any]]:
        return self.kinderen if groep == "kinderen" else self.volwassenen


def nieuw_token() -> str:
    return secrets.token_urlsafe(32)


def _sleutel(token: str) -> str:
    return blinde_index(token, plek=PLEK)


def vind(token: str, *, slot: bool = False) -> Concept | None:
    """The form of this browser, if it is still there."""
    if not token:
        return None
    rijen = Concept.objects.geldig()
    if slot:
        rijen = rijen.select_for_update(no_key=True)
    return rijen.filter(sleutel=_sleutel(token)).first()


def kenmerk(concept: Concept | None) -> str:
    """What the pages of this form carry, so that an old tab never writes into, or sends, another form."""
    return blinde_index(concept.sleutel, plek="melding.concept.bladzijde")[:20] if concept else ""


def begin(token: str) -> Concept:
    return Concept.objects.create(sleutel=_sleutel(token))


def lees(concept: Concept | None) -> Antwoorden:
    """What was filled in; nothing when it cannot be read any more."""
    if concept is None or not concept.inhoud:
        return Antwoorden()
    try:
        ruw = json.loads(ontsleutel(bytes(concept.inhoud), plek=f"{PLEK}.{concept.pk}"))
    except (Onleesbaar, ValueError):
        return Antwoorden()
    return Antwoorden(**{**ruw, "bestanden": [Bestand(**bestand) for bestand in ruw["bestanden"]]})


def bewaar(concept: Concept, antwoorden: Antwoorden) -> None:
    """All of it, encrypted; a file that is no longer named goes."""
    weg = set(concept.bestanden) - {bestand.opslagnaam for bestand in antwoorden.bestanden}
    ruw = json.dumps(asdict(antwoorden), ensure_ascii=True, separators=(",", ":"))
    concept.inhoud = versleutel(ruw.encode(), plek=f"{PLEK}.{concept.pk}")
    concept.bestanden = [bestand.opslagnaam for bestand in antwoorden.bestanden]
    concept.save()
    transaction.on_commit(partial(wis_bestanden, weg))


def bewaar_bestand(inhoud: bytes) -> str:
    """Where the encrypted content now stands."""
    opslagnaam = f"concept-{uuid.uuid4().hex}"
    return default_storage.save(opslagnaam, ContentFile(versleutel(inhoud, plek=opslagnaam)))


def lees_bestand(bestand: Bestand) -> bytes:
    with default_storage.open(bestand.opslagnaam) as open_:
        return ontsleutel(open_.read(), plek=bestand.opslagnaam)


def wis_bestanden(opslagnamen: Iterable[str]) -> None:
    for opslagnaam in opslagnamen:
        default_storage.delete(opslagnaam)


def wis(concept: Concept) -> None:
    """As if it had never been: the row and its files."""
    namen = list(concept.bestanden)
    concept.delete()
    transaction.on_commit(partial(wis_bestanden, namen))


def verzonden(concept: Concept, nummer: str) -> None:
    """Only the number is left."""
    namen = list(concept.bestanden)
    concept.inhoud, concept.bestanden, concept.nummer = b"", [], nummer
    concept.save()
    transaction.on_commit(partial(wis_bestanden, namen))


def ruim_op() -> int:
    """What nobody finished within two hours; row by row, so that one that is in use does not hold up the rest."""
    aantal = 0
    for pk in Concept.objects.verlopen().values_list("pk", flat=True):
        with transaction.atomic():
            rij = Concept.objects.verlopen().select_for_update(skip_locked=True).filter(pk=pk).first()
            if rij is not None:
                wis(rij)
                aantal += 1
    return aantal
