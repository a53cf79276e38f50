"""What is already known of this family: from this case and earlier ones, never from an advies (WVT-3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from casus.models import Betrokkene, Casus, Contact, Veiligheidsscore
from casus.selectors import zichtbare_casussen
from melding.models import Melding
from triage.models import VHT
from triage.selectors.vhts import Taxatie, taxaties_van
from triage.selectors.vindplaatsen import Staat, Vindplaats, van_contact, van_eerdere_vht, van_melding
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker

CONTACTEN = 40
EERDERE_CASUSSEN = 10


@dataclass(frozen=True, slots=True)
class Bekende:
    """One person with the last score."""

    betrokkene: Betrokkene
    naam: str
    score: int | None
    op: datetime | None


@dataclass(frozen=True, slots=True)
class Gezegd:
    """A report or a conversation, and the sentences that can be picked from it."""

    stuk: Any
    plek: Vindplaats


@dataclass(frozen=True, slots=True)
class Getaxeerd:
    """An earlier VHT as a row, and the facts that can be picked from it."""

    rij: Taxatie
    plek: Vindplaats


@dataclass(slots=True)
class EerdereCasus:
    """An earlier or other case of the same people: its content when one may see it, otherwise only that it is there."""

    casus: Casus
    zichtbaar: bool
    wie: list[str] = field(default_factory=list)
    scores: list[Bekende] = field(default_factory=list)
    meldingen: list[Gezegd] = field(default_factory=list)
    contacten: list[Gezegd] = field(default_factory=list)
    taxaties: list[Getaxeerd] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bekend:
    """All of it, for the first column of the page."""

    melding: Gezegd
    andere_meldingen: list[Gezegd]
    contacten: list[Gezegd]
    taxaties: list[Getaxeerd]
    scores: list[Bekende]
    eerder: list[EerdereCasus]

    @property
    def vindplaatsen(self) -> Iterator[Vindplaats]:
        """Everything a fact can be picked from, in the order of the page."""
        yield self.melding.plek
        for groep in (self.andere_meldingen, self.contacten, self.taxaties):
            yield from (stuk.plek for stuk in groep)
        for eerder in self.eerder:
            for groep in (eerder.meldingen, eerder.contacten, eerder.taxaties):
                yield from (stuk.plek for stuk in groep)


@regel("RW-8.5", "WVT-3")
def wat_al_bekend_is(vht: VHT, medewerker: Medewerker) -> Bekend:
    """Reports, contacts, scores and earlier VHTs, also from closed cases; advice is no part of it."""
    casus, staat = vht.casus, Staat(vht)
    rijen = _betrokkenen(casus)
    eerder = _eerdere_casussen([rij for rij in rijen if rij.casus_id != casus.pk], medewerker)
    casussen = [casus, *(e.casus for e in eerder if e.zichtbaar)]
    meldingen, contacten = _meldingen(casussen, staat), _contacten(casussen, staat)
    taxaties = _taxaties(casussen, vht, staat)
    for e in eerder:
        e.meldingen, e.contacten = meldingen.get(e.casus.pk, []), contacten.get(e.casus.pk, [])
        e.taxaties = taxaties.get(e.casus.pk, [])
    hier = meldingen.get(casus.pk, [])
    direct = (rij for rij in rijen if rij.casus_id == casus.pk and rij.stand == Betrokkene.Rol.DIRECT)
    return Bekend(
        melding=next(m for m in hier if m.stuk.pk == vht.melding_id),
        andere_meldingen=[melding for melding in hier if melding.stuk.pk != vht.melding_id],
        contacten=contacten.get(casus.pk, []),
        taxaties=taxaties.get(casus.pk, []),
        scores=[_bekende(rij) for rij in direct],
        eerder=eerder,
    )


def _bekende(rij: Any) -> Bekende:
    return Bekende(rij, str(rij), rij.laatste_score, rij.laatste_op)


def _betrokkenen(casus: Casus) -> list[Any]:
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
        )
        .order_by("-casus__gestart_op", "id")
    )


@regel("RW-8.5")
def _eerdere_casussen(rijen: Sequence[Any], medewerker: Medewerker) -> list[EerdereCasus]:
    """Other cases of the same people. Of a case one may not open, only that it exists; a shielded one stays hidden."""
    if not rijen:
        return []
    zichtbaar = zichtbare_casussen(medewerker).filter(pk__in={rij.casus_id for rij in rijen})
    te_zien = set(zichtbaar.values_list("pk", flat=True))
    gevonden: dict[int, EerdereCasus] = {}
    for rij in rijen:
        if rij.casus_id in te_zien or not rij.casus.afgeschermd:
            eerder = gevonden.setdefault(rij.casus_id, EerdereCasus(rij.casus, zichtbaar=rij.casus_id in te_zien))
            eerder.wie.append(str(rij))
            if eerder.zichtbaar and rij.laatste_score is not None:
                eerder.scores.append(_bekende(rij))
    return list(gevonden.values())[:EERDERE_CASUSSEN]


def _meldingen(casussen: list[Casus], staat: Staat) -> dict[int, list[Gezegd]]:
    """The reports of each of these cases, newest first."""
    per_casus = {casus.pk: casus for casus in casussen}
    gevonden: dict[int, list[Gezegd]] = {}
    rijen = Melding.objects.filter(stap__casus__in=per_casus).select_related("stap", "melder")
    for melding in rijen.order_by("-ontvangen_op"):
        melding.stap.casus = per_casus[melding.stap.casus_id]
        gevonden.setdefault(melding.stap.casus_id, []).append(Gezegd(melding, van_melding(melding, staat)))
    return gevonden


def _contacten(casussen: list[Casus], staat: Staat) -> dict[int, list[Gezegd]]:
    """The last conversations of all these cases together; each case has its own page with every one of them."""
    per_casus = {casus.pk: casus for casus in casussen}
    gevonden: dict[int, list[Gezegd]] = {}
    rijen = Contact.objects.filter(casus__in=per_casus).select_related("door").order_by("-op", "-id")[:CONTACTEN]
    for contact in rijen:
        contact.casus = per_casus[contact.casus_id]
        gevonden.setdefault(contact.casus_id, []).append(Gezegd(contact, van_contact(contact, staat)))
    return gevonden


def _taxaties(casussen: list[Casus], vht: VHT, staat: Staat) -> dict[int, list[Getaxeerd]]:
    return {
        casus: [Getaxeerd(rij, van_eerdere_vht(rij.vht, vht, staat)) for rij in rijen]
        for casus, rijen in taxaties_van(casussen, behalve=vht, nieuw_voor=vht).items()
    }


def bronnen(vht: VHT, bekend: Bekend) -> list[str]:
    """Suggestions for a source: who reported, who was spoken to, and what was named before in this VHT."""
    melder = vht.melding.melder
    gevonden = [] if melder.anoniem else [melder.naam]
    gevonden += [gezegd.stuk.met for gezegd in bekend.contacten]
    gevonden += [rij.naam for rij in bekend.scores]
    gevonden += [antwoord.bron for antwoord in vht.antwoorden.all()]
    gevonden += [feit.bron for feit in vht.feiten.all()]
    return sorted({bron for bron in gevonden if bron}, key=str.casefold)
