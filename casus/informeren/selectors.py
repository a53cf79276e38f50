"""Who has been told what, and who has said what, per report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from casus.leeftijd import VOLWASSEN, leeftijd
from casus.models import (
    Betrokkene,
    Casus,
    Familieband,
    Informeeruitstel,
    Persoon,
    Processtap,
    Reactie,
    Taak,
    Terugkoppeling,
)
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import Klok, Termijn, informeertermijn, informeeruitstel

TAAK = "informeren"
"""The kind of task that stands for each report until everyone has been told and heard."""
GEZAG = ("ouder", "voogd", "gezag")
MOMENT = Terugkoppeling.Moment
ZELF_VANAF, ALLEEN_ZELF_VANAF = 12, 16


@dataclass(frozen=True, slots=True)
class Route:
    """Who hears it when it is about this person: by age, as the Wmo gives the rights of a file (5.3.2)."""

    zelf: bool
    via: bool
    zin: str = ""


@regel("RW-7.13")
def route_van(persoon: Persoon, *, op: date | None = None) -> Route:
    """Under twelve whoever decides for the child; from twelve the child as well; from sixteen the child alone.

    Whether someone can weigh what is said is a judgement that a person writes down; an age does not tell.
    """
    jaren = leeftijd(persoon, op)
    if jaren is None or jaren >= VOLWASSEN:
        return Route(zelf=True, via=False)
    if jaren < ZELF_VANAF:
        return Route(False, True, "Jonger dan 12: informeer wie gezag heeft, niet het kind zelf.")
    if jaren < ALLEEN_ZELF_VANAF:
        return Route(True, True, "12 tot en met 15: informeer dit kind zelf, en wie gezag heeft.")
    return Route(True, False, "16 of 17: informeer deze jongere zelf. Wie gezag heeft alleen als dat zelf niet gaat.")


@dataclass(frozen=True, slots=True)
class Iemand:
    """One directbetrokkene beside one report."""

    betrokkene: Betrokkene
    berichten: list[Terugkoppeling]
    reactie: Reactie | None
    via: list[Betrokkene]
    waarschuwingen: list[str]
    route: Route
    uiterlijk: Termijn
    uitstel: list[Informeeruitstel]

    @property
    def geinformeerd(self) -> bool:
        """Along the whole route. Is nobody known who decides for a young child, then what was written down counts."""
        gedaan = [t for t in self.berichten if t.moment == MOMENT.MELDING and not t.is_open]
        zelf, via = any(t.via_id is None for t in gedaan), any(t.via_id for t in gedaan)
        if self.route.via and not self.via:
            return bool(gedaan)
        return (zelf or not self.route.zelf) and (via or not self.route.via)

    @property
    def klok(self) -> Klok | None:
        """The clock of the Wmo, until this person has been told."""
        return None if self.geinformeerd else self.uiterlijk.klok(timezone.localdate())

    @property
    def klaar(self) -> bool:
        return self.geinformeerd and self.reactie is not None


@dataclass(frozen=True, slots=True)
class Meldingsblok:
    """One report with everyone it is about."""

    stap: Processtap
    nummer: str
    mensen: list[Iemand]


def _direct(casus: Casus) -> list[Betrokkene]:
    rijen = Betrokkene.objects.filter(casus=casus, stand=Betrokkene.Rol.DIRECT, persoon__isnull=False)
    return list(rijen.select_related("persoon").order_by("huishouden", "id"))


def gezaghebbenden_van(betrokkene: Betrokkene) -> list[Betrokkene]:
    """Who decides for this child and is in the case: by family tie, or marked as having authority in the household."""
    banden = Familieband.objects.filter(ander=betrokkene.persoon, soort__in=GEZAG, band_tot__isnull=True)
    ouders = set(banden.values_list("persoon_id", flat=True))
    anderen = [b for b in _direct(betrokkene.casus) if b.pk != betrokkene.pk and b.persoon]
    gevonden = [
        b
        for b in anderen
        if b.persoon
        and not b.persoon.is_minderjarig()
        and b.gezag is not False
        and (b.persoon_id in ouders or (b.gezag and b.huishouden in {betrokkene.huishouden, betrokkene.huishouden_ook}))
    ]
    return sorted(gevonden, key=lambda b: b.persoon_id not in ouders)


def nog_te_doen(stap: Processtap) -> bool:
    """Whether someone this report is about has not been told, or not been heard."""
    return bool(wie_nog(stap))


def mensen_bij(stap: Processtap) -> list[Iemand]:
    """Everyone this report is about."""
    return _mensen(stap, _direct(stap.casus))


def wie_nog(stap: Processtap) -> list[Iemand]:
    return [iemand for iemand in mensen_bij(stap) if not iemand.klaar]


def iemand_bij(stap: Processtap, betrokkene: Betrokkene) -> Iemand | None:
    """This person beside this report; None for whoever is not told this way."""
    return next((i for i in mensen_bij(stap) if i.betrokkene.pk == betrokkene.pk), None)


@regel("RW-7.13")
def uiterlijk_van(
    stap: Processtap, betrokkene: Betrokkene, uitstel: list[Informeeruitstel], gevraagd_op: datetime | None
) -> Termijn:
    """Four weeks after the report, or after this person came in later; longer only by what was written down.

    Whom the report itself named is counted from its receipt: from then on something is recorded about them.
    """
    if uitstel:
        laatste = uitstel[-1]
        verlengd = informeeruitstel(laatste.uitstel_vanaf)
        return replace(verlengd, naam=f"{verlengd.naam} uitstel")
    later = gevraagd_op is not None and betrokkene.sinds > gevraagd_op
    return informeertermijn(max(stap.begonnen_op, betrokkene.sinds) if later else stap.begonnen_op)


def _mensen(stap: Processtap, mensen: list[Betrokkene]) -> list[Iemand]:
    berichten: dict[int, list[Terugkoppeling]] = {}
    rijen = Terugkoppeling.objects.filter(stap=stap, betrokkene__isnull=False).select_related("bericht", "stap__casus")
    for rij in rijen:
        berichten.setdefault(rij.betrokkene_id or 0, []).append(rij)
    gevraagd = Taak.objects.filter(onderwerp_soort="casus.processtap", onderwerp_id=stap.pk, soort=TAAK)
    gevraagd_op = gevraagd.order_by("gemaakt_op").values_list("gemaakt_op", flat=True).first()
    uitstel: dict[int, list[Informeeruitstel]] = {}
    for rij_uitstel in Informeeruitstel.objects.filter(stap=stap):
        uitstel.setdefault(rij_uitstel.betrokkene_id, []).append(rij_uitstel)
    reacties = {rij.betrokkene_id: rij for rij in Reactie.objects.filter(stap=stap)}
    return [
        Iemand(
            betrokkene=b,
            berichten=berichten.get(b.pk, []),
            reactie=reacties.get(b.pk),
            via=gezaghebbenden_van(b) if b.persoon and b.persoon.is_minderjarig() else [],
            waarschuwingen=_let_op(b, mensen),
            route=route_van(b.persoon),
            uiterlijk=uiterlijk_van(stap, b, uitstel.get(b.pk, []), gevraagd_op),
            uitstel=uitstel.get(b.pk, []),
        )
        for b in mensen
        if b.persoon
    ]


def _let_op(betrokkene: Betrokkene, mensen: list[Betrokkene]) -> list[str]:
    """What to think of before anything is sent to this person."""
    persoon = betrokkene.persoon
    assert persoon is not None  # noqa: S101 - of an open case
    gevonden = ["Het adres is geheim."] if persoon.adres_geheim else []
    if route := route_van(persoon).zin:
        gevonden.append(route)
    if persoon.is_minderjarig() and leeftijd(persoon) in range(ZELF_VANAF):
        return gevonden
    for ander in mensen:
        if ander.pk == betrokkene.pk or ander.persoon is None or ander.persoon.is_minderjarig():
            continue
        if ander.huishouden == betrokkene.huishouden:
            gevonden.append(f"{ander} woont op hetzelfde adres.")
        if persoon.email and persoon.email.casefold() == ander.persoon.email.casefold():
            gevonden.append(f"{ander} gebruikt hetzelfde mailadres.")
    return gevonden


def meldingsblokken(casus: Casus, nummers: dict[int, str]) -> list[Meldingsblok]:
    """Every report of the case, newest first; `nummers` says the number of the report of each step."""
    mensen = _direct(casus)
    stappen = (
        casus.stappen.filter(soort=Processtap.Soort.MELDING).select_related("casus").order_by("-begonnen_op", "-id")
    )
    return [Meldingsblok(stap, nummers.get(stap.pk, ""), _mensen(stap, mensen)) for stap in stappen]
