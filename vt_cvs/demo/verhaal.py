"""One case as it went: who it is about, who works on it, and what time it is by now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from casus.models import Betrokkene, Casus
from melding.models import Melding
from triage.models import VHT, Triagebesluit
from vt_cvs.demo.gezinnen import Gezin, maak_gezin
from vt_cvs.demo.team import Ploeg
from vt_cvs.demo.teksten import Melderssoort, melder_voor, vul
from vt_cvs.demo.tijd import op_moment, tijdstip, werkdag_vanaf
from vt_cvs.kern.werkdagen import is_werkdag
from vt_cvs.organisatie.models import Afzender, Medewerker

OPEN, DICHT = 8, 18


@dataclass(frozen=True, slots=True)
class Regie:
    """What all stories share: the seed, the present, the teams and the sender."""

    zaad: int
    nu: datetime
    west: Ploeg
    oost: Ploeg
    afzender: Afzender


@dataclass(slots=True)
class Verhaal:
    """Story `nummer`: the same seed and number tell it with the same people."""

    regie: Regie
    nummer: int
    toeval: Random = field(init=False)
    ploeg: Ploeg = field(init=False)
    door: Medewerker = field(init=False)
    collega: Medewerker = field(init=False)
    gezin: Gezin = field(init=False)
    melderssoort: Melderssoort = field(init=False)
    nu: datetime = field(init=False)
    begonnen: datetime = field(init=False)
    melding: Melding = field(init=False)
    berichten: int = 0

    def __post_init__(self) -> None:
        self.toeval = Random(f"{self.regie.zaad}/{self.nummer}")  # noqa: S311 - the same story each time, no secret
        self.ploeg = self.regie.oost if self.nummer % 13 == 7 else self.regie.west
        werkers = self.ploeg.achterkant
        self.door = werkers[self.nummer % len(werkers)]
        self.collega = werkers[(self.nummer + 1) % len(werkers)]

    # --- time ---------------------------------------------------------------------------------------------------

    def begint(self, van: int, tot: int | None = None, *, uur: int | None = None) -> None:
        """So many days ago, at any hour (people report at night as well), with a household as old as it then was."""
        dagen = self.toeval.randint(van, tot or van)
        dag = timezone.localdate(self.regie.nu) - timedelta(days=dagen)
        self.nu = self._niet_later(tijdstip(dag, self.toeval.randint(0, 23) if uur is None else uur, self._minuut()))
        self.begonnen = self.nu
        self.gezin = maak_gezin(self.regie.zaad, self.nummer, op=dag)
        self.melderssoort = melder_voor(self.toeval, self.gezin)

    @contextmanager
    def na(self, dagen: int = 0, *, uren: int = 0, kantoor: bool = False) -> Iterator[Medewerker]:
        """So much later, in office hours when it is days later or can wait; whoever does the work is handed over."""
        later = self.nu + timedelta(days=dagen, hours=uren, minutes=self.toeval.randint(1, 25))
        if dagen:
            later = tijdstip(werkdag_vanaf(timezone.localdate(later)), self.toeval.randint(9, 16), self._minuut())
        elif kantoor:
            later = self._kantoortijd(later)
        self.nu = self._niet_later(max(later, self.nu + timedelta(minutes=1)))
        with op_moment(self.nu):
            yield self.door

    def dagen_geleden(self, dagen: int) -> None:
        """Go on at that day, when the story has not yet come that far."""
        self.nu = max(self.nu, self.regie.nu - timedelta(days=dagen))

    def _kantoortijd(self, moment: datetime) -> datetime:
        """That moment or the next morning of a working day; what cannot wait until then is done at once."""
        lokaal = timezone.localtime(moment)
        if is_werkdag(lokaal.date()) and OPEN <= lokaal.hour < DICHT:
            return moment
        dag = lokaal.date() if lokaal.hour < OPEN else lokaal.date() + timedelta(days=1)
        ochtend = tijdstip(werkdag_vanaf(dag), OPEN, self._minuut())
        return ochtend if ochtend <= self.regie.nu else moment

    def _minuut(self) -> int:
        return self.toeval.randint(0, 59)

    def _niet_later(self, moment: datetime) -> datetime:
        return min(moment, self.regie.nu)

    # --- what it is about -----------------------------------------------------------------------------------------

    def kenmerk(self) -> str:
        """The sender's own number for its next message."""
        self.berichten += 1
        return f"{self.nu:%Y}-{400000 + self.nummer}-{self.berichten}"

    def schrijf(self, teksten: tuple[str, ...]) -> str:
        """One of these texts, with the people of this story in it."""
        return vul(self.toeval.choice(teksten), self.toeval, self.gezin, self.nu)

    @property
    def casus(self) -> Casus:
        return Casus.objects.select_related("verantwoordelijke", "team").get(stappen=self.melding.stap_id)

    @property
    def vht(self) -> VHT:
        return VHT.objects.select_related("stap__casus", "melding__stap").get(melding=self.melding)

    @property
    def besluit(self) -> Triagebesluit:
        return self.vht.besluit

    @property
    def betrokkenen(self) -> list[Betrokkene]:
        """In the order of the household."""
        return list(Betrokkene.objects.filter(casus=self.casus).select_related("persoon", "casus").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Situatie:
    """A state in which cases of the demo are, how that came about, and how many of them there are."""

    naam: str
    vertel: Callable[[Verhaal], None]
    aantal: int
