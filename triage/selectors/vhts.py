"""The assessments and decisions of a case, as rows for lists and as whole pieces for their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.http import Http404

from casus.models import Betrokkene, Casus, Contact, Veiligheidsscore
from melding.models import Melding
from triage.models import VHT, Antwoord, Bevestiging, Deelnemer, Feit, Triagebesluit
from vt_cvs.organisatie.models import Medewerker


@dataclass(frozen=True, slots=True)
class Taxatie:
    """One VHT as a row: what it says, why, and the decision that rests on it."""

    nummer: str
    op: datetime
    merk: str
    conclusie: str
    omdat: str
    vastgesteld: bool
    besluit: str
    besloten_op: datetime | None
    pad: str
    besluitpad: str
    vht: VHT


def haal_besluit(casus: Casus, meldingsnummer: str) -> Triagebesluit:
    """The decision on this melding in this case, with who signed and the VHT it rests on; 404 when it is not there."""
    besluit = _haal(casus, meldingsnummer)
    prefetch_related_objects(
        [besluit],
        Prefetch("handtekeningen", Bevestiging._default_manager.select_related("getekend_door")),
        Prefetch("deelnemers", Deelnemer._default_manager.select_related("medewerker")),
    )
    return besluit


def _haal(casus: Casus, meldingsnummer: str, *, herkomst_van: str | None = None) -> Triagebesluit:
    """In a few narrow questions: joined into one, the same people and reports would come along with every row."""
    besluit = (
        Triagebesluit.objects.filter(vht__stap__casus=casus, vht__melding__nummer=meldingsnummer)
        .select_related("vht__stap", "vht__melding__melder", "vht__melding__stap")
        .prefetch_related("vht__antwoorden", "vht__vormen", "vht__feiten")
        .order_by()
        .first()
    )
    if besluit is None:
        raise Http404("Deze VHT is er niet.")
    vht = besluit.vht
    vht.besluit = besluit
    vht.stap.casus = vht.melding.stap.casus = casus
    _met_mensen(besluit, casus)
    antwoorden = [a for a in vht.antwoorden.all() if herkomst_van in {None, a.vraag}]
    leg_herkomst([vht.melding], antwoorden if herkomst_van is not None else [*antwoorden, *vht.feiten.all()], vht)
    return besluit


def _met_mensen(besluit: Triagebesluit, casus: Casus) -> None:
    """Who proposed, who is asked, who concluded: mostly the same one or two."""
    velden: tuple[tuple[Any, str], ...] = (
        (besluit, "opsteller"),
        (besluit, "tweede"),
        (besluit.vht, "tussenstand_door"),
    )
    velden += ((besluit.vht, "vastgesteld_door"), (besluit.vht.stap, "verantwoordelijke"))
    sleutels = {getattr(rij, f"{naam}_id") for rij, naam in velden} - {None}
    bekend = {casus.verantwoordelijke_id: casus.verantwoordelijke} if casus.verantwoordelijke_id else {}
    if sleutels - set(bekend):
        bekend |= Medewerker.objects.in_bulk(sleutels - set(bekend))
    for rij, naam in velden:
        if (sleutel := getattr(rij, f"{naam}_id")) is not None:
            setattr(rij, naam, bekend[sleutel])


def leg_herkomst(meldingen: Iterable[Melding], rijen: Sequence[Antwoord | Feit], vht: VHT) -> None:
    """Give every fact the pieces it came from: each piece is fetched once, however many facts point at it."""
    deze: Any = {melding.pk: melding for melding in meldingen}
    bekend: dict[str, dict[int, Any]] = {"uit": {}, "uit_melding": deze, "uit_contact": {}}
    for naam, pieces in bekend.items():
        pks = {pk for rij in rijen if (pk := getattr(rij, f"{naam}_id"))}
        pks |= {vht.uit_id} if naam == "uit" and vht.uit_id and rijen else set()
        if pks - set(pieces):
            model, met = HERKOMST[naam]
            pieces |= {r.pk: r for r in model._default_manager.filter(pk__in=pks - set(pieces)).select_related(*met)}
    for rij in rijen:
        for naam, pieces in bekend.items():
            if pk := getattr(rij, f"{naam}_id"):
                setattr(rij, naam, pieces[pk])
    if vht.uit_id and rijen:
        vht.uit = bekend["uit"][vht.uit_id]


HERKOMST: dict[str, tuple[Any, tuple[str, ...]]] = {
    "uit": (VHT, ("melding", "stap__casus")),
    "uit_melding": (Melding, ("stap__casus",)),
    "uit_contact": (Contact, ("casus",)),
}


def haal_vht(casus: Casus, meldingsnummer: str, *, herkomst_van: str | None = None) -> VHT:
    """The VHT of this melding in this case, with its answers and its decision; the origin of all or of one answer."""
    return _haal(casus, meldingsnummer, herkomst_van=herkomst_van).vht


def vhts_van(casus: Casus) -> list[Taxatie]:
    """Every VHT of a case, newest first, in a fixed number of queries."""
    return taxaties_van([casus]).get(casus.pk, [])


def taxaties_van(
    casussen: Iterable[Casus], *, behalve: VHT | None = None, nieuw_voor: VHT | None = None
) -> dict[int, list[Taxatie]]:
    """The VHTs of several cases by case; as many queries as for one. `nieuw_voor` brings the facts it does not have."""
    delen: list[Any] = ["vht__antwoorden"]
    if nieuw_voor is not None:
        hier = {feit.feit for feit in nieuw_voor.feiten.all()}
        andere = Feit.objects.exclude(feit__in=hier).exclude(feit="").select_related("vorm")
        delen.append(Prefetch("vht__feiten", andere, to_attr="andere_feiten"))
    per_casus = {casus.pk: casus for casus in casussen}
    besluiten = (
        Triagebesluit.objects.filter(vht__stap__casus__in=per_casus)
        .exclude(vht=behalve)
        .select_related("vht__melding", "vht__stap")
        .prefetch_related(*delen)
        .order_by("-vht_id")
    )
    gevonden: dict[int, list[Taxatie]] = {}
    for besluit in besluiten:
        casus = per_casus[besluit.vht.stap.casus_id]
        gevonden.setdefault(casus.pk, []).append(_rij(besluit, casus))
    return gevonden


def _rij(besluit: Triagebesluit, casus: Casus) -> Taxatie:
    vht = besluit.vht
    vht.stap.casus = casus
    conclusie = vht.conclusie
    if vht.eindconclusie and vht.zegt == vht.eindconclusie:
        tekst, omdat = vht.eindconclusie_naam, conclusie.omdat
    elif vht.zegt == "acuut":
        tekst, omdat = (
            "Acuut onveilig (tussenstand)",
            conclusie.a.omdat if conclusie.a.ja else "omdat het zo is besloten",
        )
    else:
        tekst, omdat = "Nog geen eindconclusie", conclusie.omdat
    return Taxatie(
        nummer=vht.melding.nummer,
        op=vht.vastgesteld_op or vht.stap.begonnen_op,
        merk=vht.zegt,
        conclusie=tekst,
        omdat=omdat,
        vastgesteld=vht.is_vastgesteld,
        besluit=besluit.uitkomst_naam if besluit.is_genomen else "",
        besloten_op=besluit.genomen_op,
        pad=vht.pad(),
        besluitpad=besluit.pad(),
        vht=vht,
    )


def zonder_besluit() -> QuerySet[Melding]:
    """Reports on which nothing has been decided: the work list of triage, derived and never pushed."""
    besloten = Triagebesluit.objects.filter(stand=Triagebesluit.Stand.GENOMEN).values("vht__melding")
    return Melding.objects.exclude(pk__in=besloten).order_by("ontvangen_op", "id")


@dataclass(frozen=True, slots=True)
class Mens:
    """One person the decision is about, with the last score and whether they were known before."""

    betrokkene: Betrokkene
    score: int | None
    eerder: list[Casus]


def betrokken_mensen(casus: Casus) -> list[Mens]:
    """Who it concerns: directbetrokkenen first."""
    laatste = Veiligheidsscore.objects.filter(betrokkene=OuterRef("pk")).order_by("-op", "-id").values("score")[:1]
    mensen = list(
        Betrokkene.objects.filter(casus=casus)
        .exclude(stand=Betrokkene.Rol.PROFESSIONAL)
        .select_related("persoon")
        .annotate(laatste_score=Subquery(laatste))
        .order_by("-stand", "huishouden", "id")
    )
    eerder: dict[int, list[Casus]] = {}
    anderen = (
        Betrokkene.objects.filter(persoon__in=[m.persoon_id for m in mensen if m.persoon_id])
        .exclude(casus=casus)
        .exclude(casus__soort=Casus.Soort.ADVIES)
        .exclude(casus__afgeschermd=True)
        .select_related("casus")
        .order_by("-casus__gestart_op")
    )
    for ander in anderen:
        if ander.persoon_id:
            eerder.setdefault(ander.persoon_id, []).append(ander.casus)
    return [Mens(m, m.laatste_score, eerder.get(m.persoon_id or 0, [])) for m in mensen]
