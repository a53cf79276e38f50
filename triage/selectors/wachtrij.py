"""The triage queue: everything that waits for a decision, a signature or a final conclusion, and why it stands there.

A place is a day: the last day of the term, brought forward by how grave it is; acute danger counts from a week before
it came in. Time does not move it, only what becomes known. So what is graver comes first, and yet nothing starves: what
comes in more than `MEEST` later never gets before it, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from casus.models import Processtap, Taak
from casus.selectors import zichtbare_casussen
from triage.bijzonder import WAT
from triage.models import VHT, Triagebesluit
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import Klok, plaatselijk, toon_klok, triagetermijn
from vt_cvs.organisatie.models import Medewerker

PER_BLADZIJDE = 50
BEGIN = datetime(2000, 1, 1, tzinfo=UTC)
ACUUT, STRUCTUREEL, ONBEKEND = timedelta(days=7), timedelta(days=2), timedelta(days=1)
MEEST = timedelta(days=30)
"""More than the longest term and the largest head start together: after this long nothing new gets before it."""
VELDEN = (
    "pk",
    "stand",
    "acuut",
    "vht__stand",
    "vht__tussenstand_a",
    "vht__tussenstand_op",
    "vht__vastgesteld_op",
    "vht__eindconclusie",
    "vht__melding__nummer",
    "vht__melding__ontvangen_op",
    "vht__melding__aanleiding",
    "vht__melding__signaal__gevaar",
)


class Plaats(NamedTuple):
    """Where a report stands: compared from left to right."""

    dag: date
    ontvangen_op: datetime
    pk: int

    @property
    def sleutel(self) -> tuple[int, ...]:
        return self.dag.toordinal(), (self.ontvangen_op - BEGIN) // timedelta(microseconds=1), self.pk

    @property
    def volgteken(self) -> str:
        return ".".join(map(str, self.sleutel))


@dataclass(frozen=True, slots=True)
class Ernst:
    """How grave it is and how we know."""

    merk: str
    omdat: str
    eerder: timedelta


@dataclass(frozen=True, slots=True)
class Wachtend:
    """A report in the queue, as far as its place goes."""

    plaats: Plaats
    nummer: str
    ernst: Ernst
    uiterlijk: date
    wacht_op: str


@dataclass(frozen=True, slots=True)
class Wachtregel:
    """One line on screen."""

    casus: Any
    nummer: str
    titel: str
    wie: str
    pad: str
    veiligheid: str
    klok: Klok
    omdat: str
    volgteken: str


@lru_cache(maxsize=4096)
def uiterlijk_van(dag: date) -> date:
    """The last day of the term; many reports share a day of receipt."""
    return triagetermijn(dag).sturend.uiterlijk


@regel("RW-5.12a")
def plaats_van(ernst: Ernst, ontvangen_op: datetime, pk: int) -> Plaats:
    """Earlier for what is graver; counted from the last day of the term, acute danger from the day it came in."""
    dag = plaatselijk(ontvangen_op)
    vanaf = dag if ernst.merk == "acuut" else uiterlijk_van(dag)
    return Plaats(vanaf - ernst.eerder, ontvangen_op, pk)


def ernst_van(*, zegt: str, aanleiding: str, gevaar: str) -> Ernst:
    """What was found counts first; before anything was found, what the report itself says."""
    if zegt == "acuut":
        return Ernst("acuut", "de taxatie acute onveiligheid ziet", ACUUT)
    if zegt == "onbekend" and gevaar == "ja":
        return Ernst("acuut", "er volgens de melder nu gevaar is", ACUUT)
    if zegt == "onbekend" and aanleiding in WAT:
        return Ernst("acuut", f"de aanleiding {WAT[aanleiding]} is", ACUUT)
    if zegt == "structureel":
        return Ernst("structureel", "de taxatie structurele onveiligheid ziet", STRUCTUREEL)
    if zegt == "onbekend":
        return Ernst("onbekend", "nog niet bekend is hoe veilig het is", ONBEKEND)
    return Ernst(zegt, "de taxatie geen acute of structurele onveiligheid ziet", timedelta(0))


def wachtend() -> QuerySet[Triagebesluit]:
    """Every report whose triage is not done: no decision, no final conclusion, or a signature that is still to come."""
    open_stappen = Processtap.objects.filter(soort=Processtap.Soort.TRIAGE, geeindigd_op=None).values("pk")
    te_tekenen = Taak.objects.filter(soort="tekenen", stand=Taak.Stand.OPEN, stap__isnull=False).values("stap_id")
    return Triagebesluit.objects.filter(vht__stap__in=open_stappen.union(te_tekenen))


def wachtrij(medewerker: Medewerker) -> list[Wachtend]:
    """The queue as this employee sees it, first things first; one query, whatever its length."""
    rijen = wachtend().filter(vht__stap__casus__in=zichtbare_casussen(medewerker)).values(*VELDEN)
    return sorted((_wachtend(rij) for rij in rijen), key=lambda w: w.plaats)


def _wachtend(rij: dict[str, Any]) -> Wachtend:
    vht = VHT(
        stand=rij["vht__stand"],
        tussenstand_a=rij["vht__tussenstand_a"],
        tussenstand_op=rij["vht__tussenstand_op"],
        vastgesteld_op=rij["vht__vastgesteld_op"],
        eindconclusie=rij["vht__eindconclusie"],
    )
    ernst = ernst_van(
        zegt=vht.zegt, aanleiding=rij["vht__melding__aanleiding"], gevaar=rij["vht__melding__signaal__gevaar"] or ""
    )
    ontvangen_op = rij["vht__melding__ontvangen_op"]
    return Wachtend(
        plaats=plaats_van(ernst, ontvangen_op, rij["pk"]),
        nummer=rij["vht__melding__nummer"],
        ernst=ernst,
        uiterlijk=uiterlijk_van(plaatselijk(ontvangen_op)),
        wacht_op=_wacht_op(rij["stand"], vastgesteld=vht.is_vastgesteld),
    )


def _wacht_op(stand: str, *, vastgesteld: bool) -> str:
    """What is to be done next: the screens of triage carry these names too."""
    if stand == Triagebesluit.Stand.VOORGELEGD:
        return "tekenen"
    if stand == Triagebesluit.Stand.GENOMEN:
        return "bevestigen" if vastgesteld else "vaststellen"
    return "voorstellen" if vastgesteld else "invullen"


TITELS = {
    "invullen": "VHT invullen",
    "voorstellen": "Triagebesluit voorstellen",
    "tekenen": "Triagebesluit toetsen en tekenen",
    "vaststellen": "Eindconclusie VHT vaststellen",
    "bevestigen": "Triagebesluit bevestigen",
}


def in_weergave(rij: Iterable[Wachtend], code: str) -> list[Wachtend]:
    """All of it, or what waits for one thing."""
    return [w for w in rij if not code or w.wacht_op == code]


def na(rij: list[Wachtend], volgteken: str) -> list[Wachtend]:
    """What comes after this line (keyset): nothing shifts while one reads."""
    delen = volgteken.split(".")
    if len(delen) != 3 or not all(deel.isascii() and deel.lstrip("-").isdecimal() and len(deel) < 19 for deel in delen):
        return rij
    gezien = tuple(int(deel) for deel in delen)
    return [w for w in rij if w.plaats.sleutel > gezien]


def wachtregels(rij: Iterable[Wachtend]) -> Iterator[Wachtregel]:
    """The lines of one page, as the screen shows them."""
    gekozen = list(rij)
    besluiten = (
        Triagebesluit.objects.select_related("vht__melding", "vht__stap__casus__verantwoordelijke", "tweede")
        .select_related("vht__stap__verantwoordelijke")
        .prefetch_related("handtekeningen", "deelnemers__medewerker")
        .in_bulk([w.plaats.pk for w in gekozen])
    )
    vandaag = timezone.localdate()
    return (_regel(w, besluiten[w.plaats.pk], vandaag) for w in gekozen if w.plaats.pk in besluiten)


def _regel(w: Wachtend, besluit: Triagebesluit, vandaag: date) -> Wachtregel:
    stap = besluit.vht.stap
    wachten_op = besluit.nog_te_tekenen if w.wacht_op in {"tekenen", "bevestigen"} else [stap.verantwoordelijke]
    paden = {"invullen": besluit.vht.pad, "vaststellen": besluit.vht.pad, "voorstellen": besluit.pad}
    return Wachtregel(
        casus=stap.casus,
        nummer=w.nummer,
        titel=TITELS[w.wacht_op],
        wie=" en ".join(wie.naam for wie in wachten_op if wie),
        pad=paden.get(w.wacht_op, besluit.tekenpad)(),
        veiligheid=w.ernst.merk,
        klok=toon_klok("triagebesluit", w.uiterlijk, vandaag),
        omdat=waarom_hier(w, vandaag),
        volgteken=w.plaats.volgteken,
    )


def waarom_hier(w: Wachtend, vandaag: date) -> str:
    """The reason for its place, in words."""
    te_laat = (vandaag - w.uiterlijk).days
    if te_laat > 0:
        termijn = f"de termijn {te_laat} {'dag' if te_laat == 1 else 'dagen'} voorbij is"
    elif te_laat == 0:
        termijn = "de termijn vandaag afloopt"
    else:
        termijn = f"de termijn over {-te_laat} {'dag' if te_laat == -1 else 'dagen'} afloopt"
    if w.ernst.merk == "acuut":
        return f"{w.ernst.omdat}: dat gaat voor, behalve op wat al ruim een week te laat is"
    if w.ernst.eerder:
        eerder = f"{w.ernst.eerder.days} {'dag' if w.ernst.eerder.days == 1 else 'dagen'}"
        return f"{w.ernst.omdat} (telt {eerder} eerder) en {termijn}"
    return f"{w.ernst.omdat} en {termijn}"
