"""What is already known of this family: from this case and earlier ones, never from an advies (WVT-3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from casus.models import Betrokkene, Casus, Contact, Veiligheidsscore
from casus.selectors import zichtbare_casussen
from melding.models import Melding
from triage.models import VHT
from triage.selectors.vhts import Taxatie, taxaties_van
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker

CONTACTEN = 12
EERDERE_CASUSSEN = 10


@dataclass(frozen=True, slots=True)
class Bekende:
    """The last score of one person."""

    naam: str
    score: int | None
    op: datetime | None


@dataclass(slots=True)
class EerdereCasus:
    """An earlier or other case of the same people: its content when one may see it, otherwise only that it is there."""

    casus: Casus
    zichtbaar: bool
    wie: list[str] = field(default_factory=list)
    meldingen: list[Melding] = field(default_factory=list)
    taxaties: list[Taxatie] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bekend:
    """All of it, for the first column of the page."""

    melding: Melding
    andere_meldingen: list[Melding]
    contacten: list[Contact]
    taxaties: list[Taxatie]
    scores: list[Bekende]
    eerder: list[EerdereCasus]


@regel("RW-8.5", "WVT-3")
def wat_al_bekend_is(vht: VHT, medewerker: Medewerker) -> Bekend:
    """Reports, contacts, scores and earlier VHTs, also from closed cases; advice is no part of it."""
    casus = vht.casus
    rijen = _betrokkenen(casus, medewerker)
    eerder = _eerdere_casussen(rij for rij in rijen if rij.casus_id != casus.pk)
    casussen = [casus, *(e.casus for e in eerder if e.zichtbaar)]
    meldingen, taxaties = _meldingen(casussen), taxaties_van(casussen, behalve=vht)
    for e in eerder:
        e.meldingen, e.taxaties = meldingen.get(e.casus.pk, []), taxaties.get(e.casus.pk, [])
    contacten = Contact.objects.filter(casus=casus).select_related("door").order_by("-op", "-id")[:CONTACTEN]
    direct = (rij for rij in rijen if rij.casus_id == casus.pk and rij.stand == Betrokkene.Rol.DIRECT)
    return Bekend(
        melding=vht.melding,
        andere_meldingen=[melding for melding in meldingen.get(casus.pk, []) if melding.pk != vht.melding_id],
        contacten=list(contacten),
        taxaties=taxaties.get(casus.pk, []),
        scores=[Bekende(str(rij), rij.laatste_score, rij.laatste_op) for rij in direct],
        eerder=eerder,
    )


def _betrokkenen(casus: Casus, medewerker: Medewerker) -> list[Any]:
    """Everyone in this case with their last score, and the same people where else they are or were."""
    personen = Betrokkene.objects.filter(casus=casus, persoon__isnull=False).values("persoon")
    elders = Q(persoon__in=personen, casus__soort=Casus.Soort.MELDING) & ~Q(casus__stand=Casus.Stand.VERNIETIGD)
    laatste = Veiligheidsscore.objects.filter(betrokkene=OuterRef("pk")).order_by("-op", "-id")
    return list(
        Betrokkene.objects.filter(Q(casus=casus) | elders)
        .select_related("persoon", "casus__verantwoordelijke")
        .annotate(
            laatste_score=Subquery(laatste.values("score")[:1]),
            laatste_op=Subquery(laatste.values("op")[:1]),
            te_zien=Exists(zichtbare_casussen(medewerker).filter(pk=OuterRef("casus"))),
        )
        .order_by("-casus__gestart_op", "id")
    )


@regel("RW-8.5")
def _eerdere_casussen(rijen: Iterable[Any]) -> list[EerdereCasus]:
    """Other cases of the same people. Of a case one may not open, only that it exists; a shielded one stays hidden."""
    gevonden: dict[int, EerdereCasus] = {}
    for rij in rijen:
        if rij.te_zien or not rij.casus.afgeschermd:
            gevonden.setdefault(rij.casus_id, EerdereCasus(rij.casus, zichtbaar=rij.te_zien)).wie.append(str(rij))
    return list(gevonden.values())[:EERDERE_CASUSSEN]


def _meldingen(casussen: list[Casus]) -> dict[int, list[Melding]]:
    """The reports of each of these cases, newest first."""
    per_casus = {casus.pk: casus for casus in casussen}
    gevonden: dict[int, list[Melding]] = {}
    for melding in Melding.objects.filter(stap__casus__in=per_casus).select_related("stap").order_by("-ontvangen_op"):
        melding.stap.casus = per_casus[melding.stap.casus_id]
        gevonden.setdefault(melding.stap.casus_id, []).append(melding)
    return gevonden


def bronnen(vht: VHT, bekend: Bekend) -> list[str]:
    """Suggestions for a source: who reported, who was spoken to, and what was named before in this VHT."""
    melder = vht.melding.melder
    gevonden = [] if melder.anoniem else [melder.naam]
    gevonden += [contact.met for contact in bekend.contacten]
    gevonden += [rij.naam for rij in bekend.scores]
    gevonden += [antwoord.bron for antwoord in vht.antwoorden.all()]
    gevonden += [vorm.bron for vorm in vht.vormen.all()]
    return sorted({bron for bron in gevonden if bron}, key=str.casefold)
