"""The assessments and decisions of a case, as rows for lists and as whole pieces for their pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.http import Http404

from casus.models import Betrokkene, Casus, Veiligheidsscore
from melding.models import Melding
from triage.models import VHT, Antwoord, Bevestiging, Deelnemer, Feit, Triagebesluit


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


def _haal(casus: Casus, meldingsnummer: str) -> Triagebesluit:
    besluit = (
        Triagebesluit.objects.filter(vht__stap__casus=casus, vht__melding__nummer=meldingsnummer)
        .select_related("opsteller", "tweede", "vht__stap__verantwoordelijke", "vht__melding__melder")
        .select_related("vht__melding__stap", "vht__uit__melding", "vht__uit__stap__casus")
        .select_related("vht__tussenstand_door", "vht__vastgesteld_door")
        .prefetch_related(_met_herkomst("antwoorden", Antwoord), "vht__vormen", _met_herkomst("feiten", Feit))
        .first()
    )
    if besluit is None:
        raise Http404("Deze VHT is er niet.")
    besluit.vht.besluit = besluit
    besluit.vht.stap.casus = besluit.vht.melding.stap.casus = casus
    return besluit


def _met_herkomst(deel: str, model: type[Antwoord | Feit]) -> Prefetch[Any]:
    return Prefetch(f"vht__{deel}", model._default_manager.select_related(*model.MET_HERKOMST))


def haal_vht(casus: Casus, meldingsnummer: str) -> VHT:
    """The VHT of this melding in this case, with its answers and its decision."""
    return _haal(casus, meldingsnummer).vht


def vhts_van(casus: Casus) -> list[Taxatie]:
    """Every VHT of a case, newest first, in a fixed number of queries."""
    return taxaties_van([casus]).get(casus.pk, [])


def taxaties_van(
    casussen: Iterable[Casus], *, behalve: VHT | None = None, met_feiten: bool = False
) -> dict[int, list[Taxatie]]:
    """The VHTs of several cases by case; as many queries as for one."""
    delen = ["vht__antwoorden", "vht__vormen", "vht__feiten"] if met_feiten else ["vht__antwoorden"]
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
