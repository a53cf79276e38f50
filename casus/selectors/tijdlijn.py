"""Reading one case: its time line and what stands beside it. Each part is one query, whatever the size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import BigIntegerField, F, Prefetch, Q, QuerySet, Value, prefetch_related_objects
from django.db.models.functions import Cast
from django.utils import timezone

from casus.models import (
    Alarmering,
    Bericht,
    Bijlage,
    Casus,
    Contact,
    Logregel,
    Processtap,
    Reactie,
    Taak,
    Terugkoppeling,
    Veiligheidsafspraak,
    Veiligheidsvoorwaarde,
)
from casus.selectors.mensen import gemeten_scores, mensen, scorereeksen, scores
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import Klok, toon_klok
from vt_cvs.kern.vragen import Vraag

PER_BLADZIJDE = 50
ICONEN = {
    "casus.contact": "tel",
    "casus.veiligheidsscore": "score",
    "casus.veiligheidsvoorwaarde": "voorw",
    "casus.veiligheidsafspraak": "afspraak",
    "casus.alarmering": "alarm",
    "casus.bijlage": "document",
    "casus.betrokkene": "mens",
    "casus.persoon": "mens",
    "casus.terugkoppeling": "mail",
    "melding.melding": "melding",
    "triage.triagebesluit": "pen",
}
BESLUITEN = ("triagebesluit", "keuze")
SCORE = "casus.veiligheidsscore"
TERUGKOPPELING = "casus.terugkoppeling"
VOORZETSELS = {"casus.contact": "met", SCORE: "volgens", TERUGKOPPELING: "aan", "casus.reactie": "van"}
"""How the other in a piece is joined to who wrote it."""
BETROKKENE = "casus.betrokkene"
Tekst = tuple[str, str, str]
"""What stands in a piece, with whom, and why it may not be shared unseen."""

taxaties: Vraag[Any] = Vraag("veiligheidstaxaties van de casus")
"""Asked with a Casus; triage answers with rows of its VHTs."""


@dataclass(slots=True)
class Lijn:
    """One line on the time line; `tekst` is read from the piece as it stands now."""

    op: datetime
    icoon: str
    zin: str
    wie: str
    pad: str
    besluit: bool
    tekst: str = ""
    alert: str = ""
    motivering: str = ""
    aantal: int = 1

    def zegt_hetzelfde_als(self, ander: Lijn) -> bool:
        """The same act, done again and again on one day: four checks are one line."""
        velden = ("zin", "wie", "pad", "tekst", "alert", "motivering")
        zelfde_dag = timezone.localdate(self.op) == timezone.localdate(ander.op)
        return zelfde_dag and all(getattr(self, veld) == getattr(ander, veld) for veld in velden)


@dataclass(slots=True)
class Blad:
    """One page of lines, in stretches per step, and where the next page begins."""

    stukken: list[tuple[Processtap | None, list[Lijn]]] = field(default_factory=list)
    volgende: str = ""


def _plek(volgteken: str) -> tuple[datetime, int] | None:
    try:
        moment, id_ = volgteken.rsplit(".", 1)
        op, nummer = datetime.fromisoformat(moment), int(id_)
        return (op.astimezone(UTC), nummer) if op.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _bladzijde(rijen: QuerySet[Any], veld: str, volgteken: str) -> tuple[list[Any], str]:
    """Keyset paging over (moment, id), newest first."""
    if plek := _plek(volgteken):
        rijen = rijen.filter(Q(**{f"{veld}__lt": plek[0]}) | Q(**{veld: plek[0], "id__lt": plek[1]}))
    gevonden = list(rijen.order_by(f"-{veld}", "-id")[: PER_BLADZIJDE + 1])
    if len(gevonden) <= PER_BLADZIJDE:
        return gevonden, ""
    laatste = gevonden[PER_BLADZIJDE - 1]
    return gevonden[:PER_BLADZIJDE], f"{getattr(laatste, veld).isoformat()}.{laatste.id}"


def stappen_van(casus: Casus) -> list[Processtap]:
    """The steps of a case, oldest first; read once for a page, however many parts of it ask."""
    stappen = (
        Processtap.objects.select_related("verantwoordelijke")
        .only("soort", "begonnen_op", "geeindigd_op", "casus_id", "verantwoordelijke__naam")
        .order_by("begonnen_op", "id")
    )
    prefetch_related_objects([casus], Prefetch("stappen", stappen))
    return list(casus.stappen.all())


def casusbeeld(casus: Casus, *, na: str = "") -> dict[str, Any]:
    """What the case page shows below its head, each table asked once."""
    wie, gemeten = mensen(casus), gemeten_scores(casus)
    namen = {betrokkene.pk: str(betrokkene) for betrokkene in wie}
    return {
        "blad": tijdlijn(
            casus,
            na=na,
            namen=namen,
            scores={m.id: (f"{namen[m.betrokkene_id]}: {m.score}", m.herkomst, "") for m in gemeten},
        ),
        "mensen": wie,
        "scores": scorereeksen(gemeten, namen),
        "voorwaarden": actuele_voorwaarden(casus),
    }


@regel("RW-3.12")
def tijdlijn(casus: Casus, *, scores: Mapping[int, Tekst], namen: Mapping[int, str], na: str = "") -> Blad:
    """What happened, newest first, under the step it belongs to; `namen` are those of the betrokkenen by key."""
    rijen, volgende = _bladzijde(
        Logregel.objects.filter(casus=casus, op_tijdlijn=True).values_list(
            "id", "stap_id", "soort", "onderwerp_id", "wat", "zin", "motivering", "gebeurd_op", "pad", "door__naam",
            named=True,
        ),
        "gebeurd_op",
        na,
    )  # fmt: skip
    teksten = _teksten(rijen, namen)
    stappen = {stap.pk: stap for stap in stappen_van(casus)}
    blad = Blad(volgende=volgende)
    for rij in rijen:
        lijn = Lijn(
            op=rij.gebeurd_op,
            icoon=ICONEN.get(rij.soort, "rechts"),
            zin=f"{rij.zin}: {namen[rij.onderwerp_id]}" if _noemt(rij, namen) else rij.zin,
            wie=rij.door__naam,
            pad=rij.pad,
            besluit=rij.soort.endswith(BESLUITEN),
            motivering=rij.motivering,
        )
        if _toont_stuk(rij):
            van = scores.get(rij.onderwerp_id) if rij.soort == SCORE else teksten.get((rij.soort, rij.onderwerp_id))
            lijn.tekst, met, lijn.alert = van or ("", "", "")
            lijn.wie += f" · {VOORZETSELS[rij.soort]} {met}" if met else ""
        _voeg_toe(blad, stappen.get(rij.stap_id), lijn)
    return blad


def _voeg_toe(blad: Blad, stap: Processtap | None, lijn: Lijn) -> None:
    """What is about the case as a whole stands where it happened, without a heading of its own."""
    if not blad.stukken or stap not in {None, blad.stukken[-1][0]}:
        blad.stukken.append((stap, []))
    lijnen = blad.stukken[-1][1]
    if lijnen and lijnen[-1].zegt_hetzelfde_als(lijn):
        lijnen[-1].aantal += 1
    else:
        lijnen.append(lijn)


def _toont_stuk(rij: Any) -> bool:
    """A piece is read where it was made; whom was told, at each step of telling."""
    return rij.wat == "maak" or rij.soort == TERUGKOPPELING


def _noemt(rij: Any, namen: Mapping[int, str]) -> bool:
    """A line about a betrokkene names them; the name itself is never kept in the log."""
    return rij.soort == BETROKKENE and rij.wat == "maak" and rij.onderwerp_id in namen


def _teksten(rijen: list[Any], namen: Mapping[int, str]) -> dict[tuple[str, int], Tekst]:
    """What people wrote in the pieces on this page, as it reads now; one query for all kinds together."""
    per_soort: dict[str, list[int]] = defaultdict(list)
    for rij in rijen:
        if _toont_stuk(rij):
            per_soort[rij.soort].append(rij.onderwerp_id)
    leeg, nee, niemand = Value(""), Value(False), Cast(Value(None), BigIntegerField())
    velden: dict[type[Any], tuple[Any, ...]] = {
        Contact: (F("onderwerp"), F("verslag"), F("met"), niemand, F("alert"), F("alert_reden")),
        Veiligheidsvoorwaarde: (F("tekst"), leeg, leeg, niemand, nee, leeg),
        Veiligheidsafspraak: (F("tekst"), leeg, leeg, niemand, nee, leeg),
        Terugkoppeling: (leeg, leeg, F("aan"), niemand, nee, leeg),
        Reactie: (F("reactie"), F("reden_geen_reactie"), leeg, F("betrokkene_id"), nee, leeg),
    }
    vragen = [
        model._default_manager.filter(pk__in=ids).order_by().values_list(Value(soort), "pk", *wat)
        for model, wat in velden.items()
        if (ids := per_soort.get(soort := model._meta.label_lower))
    ]
    if not vragen:
        return {}
    return {
        (soort, pk): (
            "\n".join(deel for deel in (kop, tekst) if deel),
            namen.get(mens, met),
            (reden or "eerst beoordelen") if alert else "",
        )
        for soort, pk, kop, tekst, met, mens, alert, reden in vragen[0].union(*vragen[1:], all=True)
    }


def actuele_voorwaarden(casus: Casus) -> list[tuple[Veiligheidsvoorwaarde, Klok | None]]:
    vandaag = timezone.localdate()
    rijen = Veiligheidsvoorwaarde.objects.filter(casus=casus, beeindigd_op=None)
    return [(rij, toon_klok("", rij.geldt_tot, vandaag) if rij.geldt_tot else None) for rij in rijen]


def open_taken(casus: Casus) -> list[Taak]:
    """What waits in this case, the next step first; far more than a case ever has."""
    return list(
        Taak.objects.filter(casus=casus, stand=Taak.Stand.OPEN)
        .select_related("voor")
        .order_by("-direct", F("uiterlijk").asc(nulls_last=True), "id")[:200]
    )


def gepland(taken: list[Taak]) -> list[Taak]:
    """What is still to come, soonest first."""
    met_dag = [(taak.uiterlijk, taak.pk, taak) for taak in taken if taak.uiterlijk is not None]
    return [taak for _, _, taak in sorted(met_dag)[:6]]


def contacten(casus: Casus, *, stap: str = "", na: str = "") -> dict[str, Any]:
    """The journal of the case, or of one of its steps."""
    rijen = (
        Contact.objects.filter(casus=casus)
        .select_related("door", "stap")
        .prefetch_related("betrokkenen__persoon", "bijlagen")
    )
    if stap.isascii() and stap.isdecimal() and len(stap) < 16:
        rijen = rijen.filter(stap_id=int(stap))
    bladzijde, volgende = _bladzijde(rijen, "op", na)
    return {"rijen": bladzijde, "volgende": volgende, "stap": stap}


def documenten(casus: Casus) -> dict[str, Any]:
    return {
        "bijlagen": list(Bijlage.objects.filter(casus=casus).select_related("door", "stap")),
        "berichten": list(Bericht.objects.filter(casus=casus).select_related("door", "stap")),
    }


def logboek(casus: Casus, *, na: str = "") -> dict[str, Any]:
    rijen = Logregel.objects.filter(casus=casus).select_related("door", "stap")
    bladzijde, volgende = _bladzijde(rijen, "vastgelegd_op", na)
    return {"rijen": bladzijde, "volgende": volgende}


def veiligheidsbeeld(casus: Casus) -> dict[str, Any]:
    """Taxations, scores, conditions and agreements together."""
    voorwaarden = list(Veiligheidsvoorwaarde.objects.filter(casus=casus).select_related("door", "opvolger"))
    return {
        "taxaties": list(taxaties(casus)),
        "scores": scores(casus),
        "voorwaarden": actuele_voorwaarden(casus),
        "eerdere_voorwaarden": [rij for rij in voorwaarden if not rij.actueel],
        "afspraken": list(Veiligheidsafspraak.objects.filter(casus=casus).select_related("door")),
        "alarmeringen": list(Alarmering.objects.filter(casus=casus).select_related("door")),
    }
