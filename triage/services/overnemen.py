"""What earlier VHTs in the case hold goes along to the next one, with its origin. Nobody types a fact twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Prefetch

from casus.models import Casus
from triage.instrument import Criterium
from triage.models import VHT, Antwoord, Feit, Geweldsvorm
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker


def eerdere_vhts(casus: Casus) -> list[VHT]:
    """Every VHT of this case with all it rests on, oldest first."""
    feiten = Prefetch("feiten", Feit.objects.select_related("vorm").order_by("id"))
    vhts = VHT.objects.filter(stap__casus=casus).select_related("stap").order_by("id")
    return list(vhts.prefetch_related("antwoorden", "vormen", feiten))


@regel("RW-8.6", "RW-8.9")
def neem_alles_over(vht: VHT, eerdere: Sequence[VHT], *, door: Medewerker) -> None:
    """One row per question and one per form of violence; what was known keeps its date and its origin."""
    for onderdeel in vht.blad.onderdelen:
        for vraag in onderdeel.vragen:
            rij = Antwoord(vht=vht, vraag=vraag.code, onderdeel=onderdeel.letter, criterium_b=vraag.criterium_b)
            oud = laatste_antwoord(vht, vraag, eerdere)
            if oud is not None:
                rij.waarde = None if onderdeel.opnieuw else oud.waarde
                neem_feit_over(rij, oud)
            rij.bewaar(door=door, reden="VHT begonnen" if oud is None else "overgenomen")
    vormen: dict[str, Geweldsvorm] = {}
    for eerder in eerdere:
        for vorm in eerder.vormen.all():
            if eerder is eerdere[-1] or any(True for _ in _nog_niet_verder(eerder, eerdere, vorm)):
                vormen.setdefault(vorm.vorm, Geweldsvorm(vht=vht, vorm=vorm.vorm, uit_id=vorm.uit_id or eerder.pk))
    for nieuwe_vorm in vormen.values():
        nieuwe_vorm.bewaar(door=door, reden="overgenomen")
    for oud_feit in _feiten(eerdere):
        nieuw = Feit(vht=vht, vorm=vormen[oud_feit.vorm.vorm])
        neem_feit_over(nieuw, oud_feit)
        nieuw.bewaar(door=door, reden="overgenomen")


def neem_feit_over(nieuw: Antwoord | Feit, oud: Antwoord | Feit) -> None:
    nieuw.feit, nieuw.bron, nieuw.vastgelegd_op = oud.feit, oud.bron, oud.vastgelegd_op
    for naam, waarde in oud.zelfde_herkomst.items():
        setattr(nieuw, naam, waarde)
    nieuw.uit_id = oud.uit_id or oud.vht_id


def laatste_antwoord(vht: VHT, vraag: Criterium, eerdere: Sequence[VHT]) -> Antwoord | None:
    """The answer that was given last, in whichever VHT; in an older edition, to the question this one continues."""
    gevonden = []
    for eerder in eerdere:
        code = vraag.code if eerder.instrument == vht.instrument else vraag.was.get(eerder.instrument)
        gevonden += [a for a in eerder.antwoorden.all() if a.vraag == code and a.is_aangeraakt]
    laatste = max(gevonden, key=lambda a: (a.vastgelegd_op, a.pk), default=None)
    return laatste if laatste is None or laatste.waarde is not None or laatste.feit or laatste.bron else None


def _feiten(eerdere: Sequence[VHT]) -> Iterator[Feit]:
    """All facts of the last VHT, and those that came into an older one after the next had taken over. Each once.

    What was taken away in a later VHT stays away: it is in the older one from before.
    """
    gehad: set[tuple[str, str, str]] = set()
    for eerder in reversed(eerdere):
        for feit in eerder.feiten.all() if eerder is eerdere[-1] else _nog_niet_verder(eerder, eerdere):
            sleutel = (feit.vorm.vorm, feit.feit, feit.bron)
            if sleutel not in gehad:
                gehad.add(sleutel)
                yield feit


def _nog_niet_verder(eerder: VHT, eerdere: Sequence[VHT], vorm: Geweldsvorm | None = None) -> Iterator[Feit]:
    volgende = next((ander for ander in eerdere if ander.pk > eerder.pk), None)
    sinds: datetime | None = volgende.stap.begonnen_op if volgende else None
    for feit in eerder.feiten.all():
        if (vorm is None or feit.vorm_id == vorm.pk) and (sinds is None or feit.vastgelegd_op > sinds):
            yield feit
