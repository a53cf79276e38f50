"""Reading one case: its time line and what stands beside it. Each part is one query, whatever the size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from casus.models import (
    Alarmering,
    Bericht,
    Betrokkene,
    Bijlage,
    Casus,
    Contact,
    Logregel,
    Processtap,
    Taak,
    Veiligheidsafspraak,
    Veiligheidsscore,
    Veiligheidsvoorwaarde,
)
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

taxaties: Vraag[Any] = Vraag("veiligheidstaxaties van de casus")
"""Asked with a Casus; triage answers with rows of its VHTs."""


@dataclass(slots=True)
class Lijn:
    """One line on the time line; `tekst` is read from the piece as it stands now."""

    op: datetime
    icoon: str
    zin: str
    door: str
    pad: str
    besluit: bool
    tekst: str = ""
    met: str = ""
    alert: str = ""
    motivering: str = ""
    bijlagen: int = 0


@dataclass(slots=True)
class Blad:
    """One page of lines, in stretches per step, and where the next page begins."""

    stukken: list[tuple[Processtap | None, list[Lijn]]] = field(default_factory=list)
    volgende: str = ""


def _plek(volgteken: str) -> tuple[datetime, int] | None:
    try:
        moment, id_ = volgteken.rsplit(".", 1)
        return datetime.fromisoformat(moment), int(id_)
    except ValueError:
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


@regel("RW-3.12")
def tijdlijn(casus: Casus, *, na: str = "") -> Blad:
    """What happened, newest first, under the step it belongs to."""
    rijen, volgende = _bladzijde(
        Logregel.objects.filter(casus=casus, op_tijdlijn=True)
        .select_related("door", "stap")
        .only(
            "soort", "onderwerp_id", "wat", "zin", "motivering", "gebeurd_op", "pad", "casus_id", "door__naam",
            "stap__soort", "stap__begonnen_op", "stap__geeindigd_op", "stap__casus_id",
        ),
        "gebeurd_op",
        na,
    )  # fmt: skip
    teksten = _teksten(rijen)
    blad = Blad(volgende=volgende)
    for rij in rijen:
        lijn = Lijn(
            op=rij.gebeurd_op,
            icoon=ICONEN.get(rij.soort, "rechts"),
            zin=rij.zin,
            door=rij.door.naam,
            pad=rij.pad,
            besluit=rij.soort.endswith(BESLUITEN),
            motivering=rij.motivering,
        )
        if rij.wat == "maak" and (stuk := teksten.get((rij.soort, rij.onderwerp_id))):
            lijn.tekst, lijn.met, lijn.alert = stuk
        if not blad.stukken or blad.stukken[-1][0] != rij.stap:
            blad.stukken.append((rij.stap, []))
        blad.stukken[-1][1].append(lijn)
    return blad


def _teksten(rijen: list[Logregel]) -> dict[tuple[str, int], tuple[str, str, str]]:
    """What people wrote in the pieces on this page, as it reads now."""
    per_soort: dict[str, list[int]] = defaultdict(list)
    for rij in rijen:
        if rij.wat == "maak":
            per_soort[rij.soort].append(rij.onderwerp_id)
    teksten: dict[tuple[str, int], tuple[str, str, str]] = {}
    if ids := per_soort.get("casus.contact"):
        for c in Contact.objects.filter(pk__in=ids).only("met", "onderwerp", "verslag", "alert", "alert_reden"):
            tekst = "\n".join(deel for deel in (c.onderwerp, c.verslag) if deel)
            teksten["casus.contact", c.pk] = (tekst, c.met, (c.alert_reden or "eerst beoordelen") if c.alert else "")
    for soort, model in (
        ("casus.veiligheidsvoorwaarde", Veiligheidsvoorwaarde),
        ("casus.veiligheidsafspraak", Veiligheidsafspraak),
    ):
        if ids := per_soort.get(soort):
            for pk, tekst in model.objects.filter(pk__in=ids).values_list("pk", "tekst"):
                teksten[soort, pk] = (tekst, "", "")
    if ids := per_soort.get("casus.veiligheidsscore"):
        for s in Veiligheidsscore.objects.filter(pk__in=ids).select_related("betrokkene__persoon"):
            teksten["casus.veiligheidsscore", s.pk] = (f"{s.betrokkene}: {s.score}", s.herkomst, "")
    return teksten


def mensen(casus: Casus) -> list[Betrokkene]:
    """Directbetrokkenen first, grown-ups before children, then the others."""
    rijen = list(Betrokkene.objects.filter(casus=casus).select_related("persoon"))
    volgorde = {Betrokkene.Rol.DIRECT: 0, Betrokkene.Rol.DERDE: 1, Betrokkene.Rol.PROFESSIONAL: 2}
    return sorted(
        rijen,
        key=lambda b: (volgorde[Betrokkene.Rol(b.stand)], (b.persoon and b.persoon.geboortedatum) or date.max, b.pk),
    )


@dataclass(frozen=True, slots=True)
class Scorereeks:
    """The scores of one person, oldest first."""

    naam: str
    reeks: list[tuple[datetime, int]]
    herkomsten: list[str]

    @property
    def nu(self) -> int:
        return self.reeks[-1][1]

    @property
    def was(self) -> int | None:
        return self.reeks[-2][1] if len(self.reeks) > 1 else None

    @property
    def regels(self) -> list[tuple[datetime, int, str]]:
        return [(op, score, bron) for (op, score), bron in zip(self.reeks, self.herkomsten, strict=True)]


@regel("RW-8.2")
def scores(casus: Casus) -> list[Scorereeks]:
    per_persoon: dict[int, list[Veiligheidsscore]] = defaultdict(list)
    rijen = Veiligheidsscore.objects.filter(casus=casus).select_related("betrokkene__persoon").order_by("op", "id")
    for rij in rijen:
        per_persoon[rij.betrokkene_id].append(rij)
    return [
        Scorereeks(
            naam=str(reeks[0].betrokkene),
            reeks=[(rij.op, rij.score) for rij in reeks],
            herkomsten=[rij.herkomst for rij in reeks],
        )
        for reeks in per_persoon.values()
    ]


def actuele_voorwaarden(casus: Casus) -> list[tuple[Veiligheidsvoorwaarde, Klok | None]]:
    vandaag = timezone.localdate()
    rijen = Veiligheidsvoorwaarde.objects.filter(casus=casus, beeindigd_op=None)
    return [(rij, toon_klok("", rij.geldt_tot, vandaag) if rij.geldt_tot else None) for rij in rijen]


def gepland(casus: Casus) -> list[Taak]:
    """What is still to come, soonest first."""
    return list(
        Taak.objects.filter(casus=casus, stand=Taak.Stand.OPEN, uiterlijk__isnull=False)
        .select_related("voor")
        .order_by("uiterlijk", "id")[:6]
    )


def contacten(casus: Casus, *, stap: str = "", na: str = "") -> dict[str, Any]:
    """The journal of the case, or of one of its steps."""
    rijen = (
        Contact.objects.filter(casus=casus)
        .select_related("door", "stap")
        .prefetch_related("betrokkenen__persoon", "bijlagen")
    )
    if stap.isdigit():
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
