"""Terms: each answers with a date and with how that date came about, so that nobody has to trust it blindly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from vt_cvs.kern.regels import regel
from vt_cvs.kern.werkdagen import DAG, eerste_werkdag, is_werkdag, waarom_vrij, werkdagen_tussen, werkdagen_verder

Telling = Literal["werkdagen", "dagen", "weken", "maanden"]
DAGEN = ("ma", "di", "wo", "do", "vr", "za", "zo")
MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def dag_kort(dag: date) -> str:
    """“ma 7 dec”, as the screens write a date."""
    return f"{DAGEN[dag.weekday()]} {dag.day} {MAANDEN[dag.month - 1]}"


def plaatselijk(moment: datetime | date) -> date:
    """The Dutch calendar day of a moment: a report at 23:59 belongs to that day, whatever UTC says."""
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


@dataclass(frozen=True, slots=True)
class Klok:
    """A term as it stands today, ready to be shown: what is left, which term, and why."""

    stand: Literal["ruim", "kort", "over", "nu", "klaar"]
    tekst: str
    onder: str
    uitleg: str


@dataclass(frozen=True, slots=True)
class Termijn:
    """The last day on which something is on time, with its derivation."""

    naam: str
    begin: date
    uiterlijk: date
    uitleg: str
    rekenkundig: date | None = None  # where the count ended before a Sunday or holiday moved it

    def klok(self, vandaag: date) -> Klok:
        return toon_klok(self.naam, self.uiterlijk, vandaag, uitleg=self.uitleg, rekenkundig=self.rekenkundig)


def toon_klok(naam: str, uiterlijk: date, vandaag: date, *, uitleg: str = "", rekenkundig: date | None = None) -> Klok:
    """The clock of a term of which only the last day is at hand (a list reads dates, not derivations)."""
    einde = dag_kort(uiterlijk)
    if rekenkundig and rekenkundig != uiterlijk:
        einde = f"{DAGEN[rekenkundig.weekday()]} {rekenkundig.day}, dus {einde}"
    onder = f"{naam}: {einde}" if naam else einde
    dagen = (uiterlijk - vandaag).days
    if dagen < 0:
        return Klok("over", f"{-dagen} {'dag' if dagen == -1 else 'dagen'} te laat", onder, uitleg)
    werkdagen = werkdagen_tussen(vandaag, uiterlijk)
    if dagen == 0:
        tekst = "vandaag"
    elif dagen >= 14:
        tekst = f"nog {dagen // 7} weken"
    elif werkdagen == 0:
        tekst = "nog " + ("1 dag" if dagen == 1 else f"{dagen} dagen")
    else:
        tekst = f"nog {werkdagen} " + ("werkdag" if werkdagen == 1 else "werkdagen")
    return Klok("kort" if werkdagen <= 2 else "ruim", tekst, onder, uitleg)


def in_werkdagen(begin: date, aantal: int) -> Termijn:
    """A term of `aantal` working days after `begin`."""
    uiterlijk = werkdagen_verder(begin, aantal)
    vrij = [dag for dag in _dagen(begin, uiterlijk) if dag.weekday() < 5 and not is_werkdag(dag)]
    naam = f"{aantal} werkdag" if aantal == 1 else f"{aantal} werkdagen"
    uitleg = f"{naam} na {dag_kort(begin)}"
    if vrij:
        uitleg += "; geen werkdag: " + ", ".join(f"{dag_kort(dag)} ({waarom_vrij(dag)})" for dag in vrij)
    return Termijn(naam, begin, uiterlijk, f"{uitleg}: {dag_kort(uiterlijk)}.", uiterlijk)


def in_dagen(begin: date, aantal: int) -> Termijn:
    return _wettelijk(begin, begin + aantal * DAG, f"{aantal} dagen", lang=aantal > 90, minstens_twee=aantal >= 3)


def in_weken(begin: date, aantal: int) -> Termijn:
    return _wettelijk(begin, begin + aantal * 7 * DAG, f"{aantal} weken", lang=aantal > 12)


def in_maanden(begin: date, aantal: int) -> Termijn:
    """Calendar months: 30 November + 3 months is 28 (or 29) February."""
    naam = "1 maand" if aantal == 1 else f"{aantal} maanden"
    return _wettelijk(begin, begin + relativedelta(months=aantal), naam, lang=aantal > 3)


def in_jaren(begin: date, aantal: int) -> Termijn:
    """A term in years stays on its calendar day (article 4); from 29 February it ends on 28 February."""
    return _wettelijk(begin, begin + relativedelta(years=aantal), f"{aantal} jaar", lang=True)


def op_kalender(begin: date, aantal_maanden: int) -> Termijn:
    """A moment agreed in calendar months: no legal term, so no Sunday moves it (RW-11.4)."""
    dag = begin + relativedelta(months=aantal_maanden)
    naam = f"{aantal_maanden} maanden"
    return Termijn(naam, begin, dag, f"{naam} na {dag_kort(begin)}: {dag_kort(dag)}.", dag)


def _wettelijk(begin: date, rekenkundig: date, naam: str, *, lang: bool, minstens_twee: bool = True) -> Termijn:
    uitleg = f"{naam} na {dag_kort(begin)}: {dag_kort(rekenkundig)}"
    if lang:  # article 4: the Act does not reach terms this long
        return Termijn(naam, begin, rekenkundig, f"{uitleg}.", rekenkundig)
    uiterlijk = rekenkundig
    if not is_werkdag(uiterlijk):
        uiterlijk = eerste_werkdag(uiterlijk)
        uitleg += f" ({waarom_vrij(rekenkundig)}), dus {dag_kort(uiterlijk)}"
    if minstens_twee and werkdagen_tussen(begin, uiterlijk) < 2:  # article 2
        uiterlijk = werkdagen_verder(begin, 2)
        uitleg += f"; met minstens twee werkdagen: {dag_kort(uiterlijk)}"
    return Termijn(naam, begin, uiterlijk, f"{uitleg}.", rekenkundig)


def _dagen(van: date, tot: date) -> list[date]:
    return [van + i * DAG for i in range(1, (tot - van).days + 1)]


@dataclass(frozen=True, slots=True)
class Triagetermijn:
    """Both counts of the term for the triagebesluit; the earliest drives (RW-5.12a)."""

    werkdagen: Termijn
    dagen: Termijn

    @property
    def sturend(self) -> Termijn:
        return min(self.werkdagen, self.dagen, key=lambda termijn: termijn.uiterlijk)


@regel("RW-5.12a")
def triagetermijn(ontvangen_op: datetime | date) -> Triagetermijn:
    """Five working days and seven calendar days after receipt."""
    dag = plaatselijk(ontvangen_op)
    return Triagetermijn(in_werkdagen(dag, 5), in_dagen(dag, 7))


@regel("RW-5.12c")
def tien_weken(triagebesluit_op: datetime | date) -> Termijn:
    """The one clock of V&V and OZ together: ten weeks after the (first) triagebesluit."""
    return in_weken(plaatselijk(triagebesluit_op), 10)


@regel("RW-7.13")
def informeertermijn(vastgelegd_op: datetime | date) -> Termijn:
    """Whoever something is recorded about hears so within four weeks (Wmo 5.3.1)."""
    return in_weken(plaatselijk(vastgelegd_op), 4)


@regel("RW-7.13")
def informeeruitstel(gerekend_tot: date) -> Termijn:
    """Two weeks more, counted from where the count stood, not from the working day it moved to."""
    return in_weken(gerekend_tot, 2)


@regel("RW-11.4")
def monitormomenten(einde_dienst_op: datetime | date) -> list[Termijn]:
    """Three and twelve calendar months after the end of V&V or OZ."""
    return [op_kalender(plaatselijk(einde_dienst_op), maanden) for maanden in (3, 12)]
