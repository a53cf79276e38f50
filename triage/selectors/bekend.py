"""What is already known of this family: from this case and earlier ones, never from an advies (WVT-3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch

from casus.models import Betrokkene, Casus, Contact, Veiligheidsscore
from casus.selectors import zichtbare_casussen
from melding.models import Melding
from triage.models import VHT
from triage.selectors.vhts import Taxatie, taxaties_van, vhts_van
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
    meldingen = list(Melding.objects.filter(stap__casus=casus).exclude(pk=vht.melding_id).order_by("-ontvangen_op"))
    for melding in meldingen:
        melding.stap.casus = casus
    contacten = Contact.objects.filter(casus=casus).select_related("door").order_by("-op", "-id")[:CONTACTEN]
    return Bekend(
        melding=vht.melding,
        andere_meldingen=meldingen,
        contacten=list(contacten),
        taxaties=[rij for rij in vhts_van(casus) if rij.nummer != vht.melding.nummer],
        scores=_scores(casus),
        eerder=eerdere_casussen(casus, medewerker),
    )


def _scores(casus: Casus) -> list[Bekende]:
    """Per directbetrokkene the last score, and who has not been asked yet."""
    punten = Prefetch("scores", Veiligheidsscore.objects.order_by("-op", "-id"))
    direct = Betrokkene.objects.filter(casus=casus, stand=Betrokkene.Rol.DIRECT).select_related("persoon")
    bekenden = []
    for betrokkene in direct.prefetch_related(punten):
        laatste = next(iter(betrokkene.scores.all()), None)
        bekenden.append(Bekende(str(betrokkene), laatste.score if laatste else None, laatste.op if laatste else None))
    return bekenden


@regel("RW-8.5")
def eerdere_casussen(casus: Casus, medewerker: Medewerker) -> list[EerdereCasus]:
    """Other cases of the same people. Of a case one may not open, only that it exists; a shielded one stays hidden."""
    personen = Betrokkene.objects.filter(casus=casus, persoon__isnull=False).values("persoon")
    rijen = (
        Betrokkene.objects.filter(persoon__in=personen, casus__soort=Casus.Soort.MELDING)
        .exclude(casus=casus)
        .exclude(casus__stand=Casus.Stand.VERNIETIGD)
        .select_related("persoon", "casus__verantwoordelijke")
        .order_by("-casus__gestart_op", "id")
    )
    gevonden: dict[int, EerdereCasus] = {}
    for rij in rijen:
        eerder = gevonden.setdefault(rij.casus_id, EerdereCasus(rij.casus, zichtbaar=False))
        eerder.wie.append(str(rij))
    mag_zien = set(zichtbare_casussen(medewerker).filter(pk__in=gevonden).values_list("pk", flat=True))
    gekozen = [e for e in gevonden.values() if e.casus.pk in mag_zien or not e.casus.afgeschermd][:EERDERE_CASUSSEN]
    meldingen: dict[int, list[Melding]] = {}
    zichtbaar = [e.casus.pk for e in gekozen if e.casus.pk in mag_zien]
    for melding in Melding.objects.filter(stap__casus__in=zichtbaar).select_related("stap").order_by("-ontvangen_op"):
        meldingen.setdefault(melding.stap.casus_id, []).append(melding)
    taxaties = taxaties_van(e.casus for e in gekozen if e.casus.pk in mag_zien)
    for eerder in gekozen:
        eerder.zichtbaar = eerder.casus.pk in mag_zien
        if eerder.zichtbaar:
            eerder.meldingen = meldingen.get(eerder.casus.pk, [])
            eerder.taxaties = taxaties.get(eerder.casus.pk, [])
    return gekozen


def bronnen(vht: VHT, bekend: Bekend) -> list[str]:
    """Suggestions for a source: who reported, who was spoken to, and what was named before in this VHT."""
    melder = vht.melding.melder
    gevonden = [] if melder.anoniem else [melder.naam]
    gevonden += [contact.met for contact in bekend.contacten]
    gevonden += [rij.naam for rij in bekend.scores]
    gevonden += [antwoord.bron for antwoord in vht.antwoorden.all()]
    gevonden += [vorm.bron for vorm in vht.vormen.all()]
    return sorted({bron for bron in gevonden if bron}, key=str.casefold)
