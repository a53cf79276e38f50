"""What can be picked as a fact without typing: sentences of reports and conversations, facts of earlier VHTs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from casus.models import Contact
from melding.models import Melding
from triage.models import VHT, Antwoord, Feit
from vt_cvs.organisatie.selectors import keuzes

METEEN_TE_ZIEN = 6
_EINDE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"’”)]))\s+(?=[\"‘“(]*[A-Z0-9])|\n+")


def zinnen(tekst: str) -> list[str]:
    """The sentences of a text as received, none of them changed."""
    return [zin.strip() for zin in _EINDE.split(tekst) if zin and zin.strip()]


@dataclass(frozen=True, slots=True)
class Zin:
    """One sentence or earlier fact. Its key names the words too: what was changed meanwhile is not picked."""

    sleutel: str
    tekst: str
    bron: str
    herkomst: dict[str, Any] = field(default_factory=dict)
    staat_bij: str = ""
    """Where it already stands in this VHT, in words."""
    eerder_bij: str = ""
    """For a fact of an earlier VHT: the form of violence or question it stood at, as a target."""
    eerder_naam: str = ""
    vastgelegd_op: datetime | None = None

    @property
    def stuk(self) -> str:
        """Sentences of one piece become one fact."""
        return self.sleutel.split(".")[0]


@dataclass(frozen=True)
class Vindplaats:
    """A report, a conversation or an earlier VHT, with what can be picked from it."""

    zinnen: list[Zin]

    meteen: ClassVar = METEEN_TE_ZIEN

    @property
    def meer(self) -> int:
        return len(self.zinnen) - METEEN_TE_ZIEN


def _merk(tekst: str) -> str:
    return f"{zlib.crc32(tekst.encode()):08x}"


class Staat:
    """Where which words already stand in this VHT."""

    def __init__(self, vht: VHT) -> None:
        self._waar: dict[str, str] = {}
        for antwoord in vht.antwoorden.all():
            self._onthoud(antwoord.feit, antwoord.vraag)
        for vorm, feiten in vht.vormen_met_feiten:
            for feit in feiten:
                self._onthoud(feit.feit, str(vorm))

    def _onthoud(self, tekst: str, plek: str) -> None:
        for zin in (tekst, *zinnen(tekst)):
            self._waar.setdefault(zin, plek)

    def bij(self, tekst: str) -> str:
        return self._waar.get(tekst, "")


def van_melding(melding: Melding, staat: Staat) -> Vindplaats:
    melder = melding.melder
    bron = "anonieme melder" if melder.anoniem else melder.naam or "melder"
    return _uit_tekst(f"melding-{melding.pk}", melding.situatie, bron, {"uit_melding_id": melding.pk}, staat)


def van_contact(contact: Contact, staat: Staat) -> Vindplaats:
    soort = str(contact.get_soort_display())
    bron = contact.met or soort
    return _uit_tekst(f"contact-{contact.pk}", contact.verslag, bron, {"uit_contact_id": contact.pk}, staat)


def _uit_tekst(stuk: str, tekst: str, bron: str, herkomst: dict[str, Any], staat: Staat) -> Vindplaats:
    return Vindplaats(
        [
            Zin(f"{stuk}.{plaats}.{_merk(zin)}", zin, bron, herkomst, staat.bij(zin))
            for plaats, zin in enumerate(zinnen(tekst))
        ]
    )


def van_eerdere_vht(vht: VHT, nu: VHT, staat: Staat) -> Vindplaats:
    """What an earlier VHT knows and this one does not, each at its own form or question where that is still asked."""
    alle = (*_van_antwoorden(vht, nu, staat), *_van_feiten(vht, staat))
    return Vindplaats([zin for zin in alle if not zin.staat_bij])


def _van_antwoorden(vht: VHT, nu: VHT, staat: Staat) -> Iterator[Zin]:
    vragen = {v.code if vht.instrument == nu.instrument else v.was.get(vht.instrument): v.code for v in nu.blad.vragen}
    for rij in vht.antwoorden.all():
        if rij.feit:
            kort = next((v.kort for v in vht.blad.vragen if v.code == rij.vraag), rij.vraag)
            yield _eerder("antwoord", rij, vht, staat, bij=vragen.get(rij.vraag, ""), naam=kort)


def _van_feiten(vht: Any, staat: Staat) -> Iterator[Zin]:
    for rij in vht.andere_feiten:
        yield _eerder("feit", rij, vht, staat, bij=f"nieuw-{rij.vorm.vorm}", naam=str(rij.vorm))


def _eerder(soort: str, rij: Antwoord | Feit, vht: VHT, staat: Staat, *, bij: str, naam: str) -> Zin:
    return Zin(
        f"{soort}-{rij.pk}.0.{_merk(rij.feit)}",
        rij.feit,
        rij.bron,
        {
            "uit_id": rij.uit_id or vht.pk,
            "uit_melding_id": rij.uit_melding_id,
            "uit_contact_id": rij.uit_contact_id,
        },
        staat.bij(rij.feit),
        bij,
        naam,
        rij.vastgelegd_op,
    )


def doelen(vht: VHT) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where a fact may go, in groups: a form that is here, a question, a form that is not here yet."""
    hier = {vorm.vorm for vorm in vht.vormen.all()}
    return [
        ("Vormen in deze VHT", [(f"vorm-{vorm.pk}", str(vorm)) for vorm in vht.vormen.all()]),
        ("Nieuwe vorm", [(f"nieuw-{c}", naam) for c, naam in keuzes("geweldsvorm", leeg=None) if c not in hier]),
        ("Vragen", [(vraag.code, f"{vraag.code} {vraag.kort}") for vraag in vht.blad.vragen]),
    ]


def gekozen(vindplaatsen: Iterable[Vindplaats], sleutels: Iterable[str]) -> list[Zin]:
    """What was ticked, in the order of the page; a key that fits nothing any more is left out."""
    gewild = set(sleutels)
    return [zin for plek in vindplaatsen for zin in plek.zinnen if zin.sleutel in gewild]
