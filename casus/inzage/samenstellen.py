"""The whole file as parts in chapters: per step of the process, and chronological within it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from casus.doorloop import inhoud_van, personen_van
from casus.dossier import INLEIDINGEN, VERTELLINGEN, Alinea, Lezer
from casus.inzage.models import Inzageverzoek
from casus.inzage.tekst import Geheimen, Stuktekst
from casus.inzage.vertellen import geheimen_van, plat, valt_er_geheel_buiten, vergeten_tekst, vertel, wanneer
from casus.models import Betrokkene, Casus, Persoon, Processtap
from vt_cvs.kern.dossier import Stuk
from vt_cvs.kern.regels import regel

HET_VERZOEK_ZELF = frozenset({"inzage.onderdeel"})
"""The judgements of a screening are about the file; they are no part of what is judged."""


@dataclass(frozen=True, slots=True)
class Deel:
    """One piece of the file as a part of the inzagedossier."""

    soort: str
    stuk_id: int
    stap_id: int | None
    wanneer: datetime | None
    stuk: Stuktekst
    alert: bool
    naam: str
    """What employees call it; the client never sees this."""

    @property
    def sleutel(self) -> tuple[str, int]:
        return self.soort, self.stuk_id


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that may be shown, in reading order, with the values to look out for."""

    delen: tuple[Deel, ...]
    geheimen: Geheimen


def lezer_van(verzoek: Inzageverzoek) -> Lezer:
    return Lezer(verzoek.verzoeker.verder_als.persoon_id, str(verzoek.verzoeker))


@regel("RW-5.17", "RW-5.18", "RW-4.4", "RW-3.12")
def stel_samen(verzoek: Inzageverzoek) -> Dossier:
    """Walk the models of the file; what a new app adds is found without a change here."""
    inhoud = inhoud_van(verzoek.casus)
    stukken = [stuk for rij in inhoud.stukken().values() for stuk in rij]
    lezer = lezer_van(verzoek)
    onder = _bij_een_ander(stukken)
    delen = [
        Deel(
            soort=stuk._meta.label_lower,
            stuk_id=stuk.pk,
            stap_id=inhoud.stap_van.get((type(stuk), stuk.pk)),
            wanneer=wanneer(stuk),
            stuk=_met_regels(stuk, onder.get((type(stuk), stuk.pk), []), lezer),
            alert=bool(getattr(stuk, "alert", False)),
            naam=_voor_de_lijst(stuk),
        )
        for stuk in stukken
        if _is_deel(stuk, verzoek) and not _ouder(stuk)
    ]
    delen = list(_maak_volledig(delen, {(s._meta.label_lower, s.pk): s for s in stukken}, onder))
    personen = Persoon.objects.filter(pk__in=personen_van(inhoud))
    return Dossier(tuple(_op_volgorde(delen, stukken)), geheimen_van(stukken, personen))


def _maak_volledig(
    delen: list[Deel],
    stukken: dict[tuple[str, int], Stuk],
    onder: dict[tuple[type[Stuk], int], list[Stuk]],
) -> Iterator[Deel]:
    """Add whatever was typed and stands nowhere in the whole document."""
    alles = plat(" ".join(deel.stuk.tekst for deel in delen))
    for deel in delen:
        stuk = stukken[deel.sleutel]
        bij = [stuk, *onder.get((type(stuk), stuk.pk), [])]
        vergeten = [alinea for s in bij for alinea in vergeten_tekst(s, alles)]
        yield replace(deel, stuk=Stuktekst(deel.stuk.titel, (*deel.stuk.alineas, *vergeten))) if vergeten else deel


def _voor_de_lijst(stuk: Stuk) -> str:
    """One line at most, and nothing when it only repeats the kind of piece."""
    naam = str(stuk).splitlines()[0] if str(stuk).strip() else ""
    return "" if naam.lower() == str(stuk._meta.verbose_name).lower() else naam[:60]


def _ouder(stuk: Stuk) -> tuple[type[Stuk], int] | None:
    """The piece of which this one is only a line."""
    vertelling = VERTELLINGEN.get(stuk._meta.label_lower)
    if vertelling is None or not vertelling.bij:
        return None
    veld: Any = stuk._meta.get_field(vertelling.bij)
    pk = getattr(stuk, veld.attname)
    return (veld.related_model, pk) if pk else None


def _bij_een_ander(stukken: list[Stuk]) -> dict[tuple[type[Stuk], int], list[Stuk]]:
    onder: dict[tuple[type[Stuk], int], list[Stuk]] = {}
    for stuk in stukken:
        if ouder := _ouder(stuk):
            onder.setdefault(ouder, []).append(stuk)
    return onder


def _met_regels(stuk: Stuk, regels: list[Stuk], lezer: Lezer) -> Stuktekst:
    """The piece with its lines, in the order in which the model sorts them."""
    eigen = vertel(stuk, lezer)
    alineas = list(eigen.alineas)
    for deel in (vertel(regel_, lezer) for regel_ in regels):
        alineas += [Alinea(deel.titel, soort="kop"), *deel.alineas]
    return Stuktekst(eigen.titel, tuple(alineas))


def _is_deel(stuk: Stuk, verzoek: Inzageverzoek) -> bool:
    if stuk._meta.label_lower in HET_VERZOEK_ZELF or stuk == verzoek:
        return False
    return not valt_er_geheel_buiten(stuk)


def _op_volgorde(delen: list[Deel], stukken: list[Stuk]) -> Iterator[Deel]:
    """Whom and what it is about first, then step by step, then what belongs to no step."""
    stappen = sorted((s for s in stukken if isinstance(s, Processtap)), key=lambda s: (s.begonnen_op, s.pk))
    plaats = {stap.pk: n for n, stap in enumerate(stappen, 1)}
    begin = timezone.now()

    def sleutel(deel: Deel) -> tuple[int, int, datetime, str, int]:
        if deel.soort == Casus._meta.label_lower:
            return (0, 0, begin, "", 0)
        if deel.soort == Betrokkene._meta.label_lower:
            return (0, 1, deel.wanneer or begin, "", deel.stuk_id)
        hoofdstuk = plaats.get(deel.stap_id or 0, len(plaats) + 1)
        eigen = 0 if deel.soort == Processtap._meta.label_lower else 1
        return (hoofdstuk, eigen, deel.wanneer or begin, deel.soort, deel.stuk_id)

    yield from sorted(delen, key=sleutel)


def hoofdstuk_van(soort: str, stap: Processtap | None) -> tuple[str, str]:
    """Heading and first lines of the chapter in which a part stands."""
    if stap is not None:
        kop = str(stap.get_soort_display())
        return INLEIDINGEN.get(stap.soort, (kop[:1].upper() + kop[1:], ""))
    return INLEIDINGEN["mensen" if soort in {"casus.casus", "casus.betrokkene"} else "overig"]
