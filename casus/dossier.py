"""What higher apps add to a case: its tabs, quick acts, and what the readers of whole cases need.

Each app answers in its own `dossier.py`; the case asks and never looks up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vt_cvs.kern.vragen import Vraag

if TYPE_CHECKING:
    from datetime import datetime

    from casus.models import Casus
    from vt_cvs.organisatie.models import Medewerker


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of the case screen; `volgorde` places it, `aantal` None shows no count."""

    code: str
    naam: str
    volgorde: int
    pad: str
    aantal: int | None = None


@dataclass(frozen=True, slots=True)
class Snelactie:
    """One of the acts that are always within reach on a case screen."""

    code: str
    naam: str
    pad: str
    icoon: str
    toets: str
    volgorde: int


tabs: Vraag[Tab] = Vraag("tabs van de casus")
"""Asked with a Casus."""

snelacties: Vraag[Snelactie] = Vraag("snelacties van de casus")
"""Asked with a Casus."""


vindplaatsen: Vraag[str] = Vraag("vindplaats van een nummer")
"""Asked with a number that is no casusnummer: where what it names is on screen."""


feiten_per_melding: Vraag[tuple[int, str, str]] = Vraag("nummer en besluit per melding")
"""Asked with a Casus: (step, “nummer” or “uitkomst”, its value), for whoever writes to the people it is about."""


@dataclass(frozen=True, slots=True)
class OokGevonden:
    """A file that is found by something else than a known person: where, what it is, and by what it was found."""

    nummer: str
    pad: str
    wat: str
    gevonden_op: str
    stand: str
    begonnen_op: datetime


ook_gevonden: Vraag[OokGevonden] = Vraag("dossiers die op andere woorden te vinden zijn")
"""Asked with (medewerker, what was typed): advice has no known persons, but a made-up name (WVT-2)."""

verboden_in_bericht: Vraag[tuple[str, str]] = Vraag("wat niet in een bericht mag")
"""Asked with a Terugkoppeling: words that may not reach this party, each with what they are."""


@dataclass(frozen=True, slots=True)
class NieuwSignaal:
    """What came in about a closed case and is a new signal: the text, when, and a file that came with it."""

    casus: Casus
    door: Medewerker
    tekst: str
    op: datetime | None = None
    bijlage: tuple[str, bytes] | None = None


nieuw_signaal: Vraag[str] = Vraag("nieuw signaal bij een gesloten casus")
"""Asked with a NieuwSignaal, which is then kept: where it goes on (RW-13.AF)."""


def pad_in(casus: Casus, deel: str) -> str:
    return f"{casus.pad()}{deel}/"


# --- how the file reads for the client -------------------------------------------------------------------------

GRONDEN = {
    "a": "privacy van een ander",
    "b": "veiligheid van een ander",
    "c": "belang van een kind",
    "d": "een andere reden",
}


@dataclass(frozen=True, slots=True)
class Alinea:
    """One paragraph for the client. `voorstel` proposes to redact all of it, on that ground; a person decides."""

    tekst: str
    soort: str = "zin"
    voorstel: str = ""


@dataclass(frozen=True, slots=True)
class Lezer:
    """Whom the inzagedossier is for: that person is “u”, everybody else has a name."""

    persoon_id: int | None
    naam: str

    def noem(self, persoon: Any, *, hoofdletter: bool = False) -> str:
        """“u” for the reader, otherwise the name; takes a Persoon or a Betrokkene."""
        persoon = getattr(persoon, "persoon", persoon)
        if persoon is not None and persoon.pk == self.persoon_id:
            return "U" if hoofdletter else "u"
        return str(persoon) if persoon is not None else "iemand"


@dataclass(frozen=True, slots=True)
class Vertelling:
    """How one kind of piece reads: its heading, the fields its sentences tell, and the sentences."""

    titel: Callable[[Any], str]
    velden: frozenset[str]
    zinnen: Callable[[Any, Lezer], Iterable[Alinea]]
    bij: str = ""


VERTELLINGEN: dict[str, Vertelling] = {}
INLEIDINGEN: dict[str, tuple[str, str]] = {}


def vertelt(
    soort: str, *, titel: str | Callable[[Any], str], velden: Iterable[str] = (), bij: str = ""
) -> Callable[[Callable[[Any, Lezer], Iterable[Alinea]]], Callable[[Any, Lezer], Iterable[Alinea]]]:
    """Register the sentences for one kind of piece, `soort` being its label (“melding.melding”).

    The sentences are plain Dutch (B1), “u” is the reader. `velden` are the fields they tell; every other field is
    added after them with its own label, so nothing of the file is forgotten (RW-5.18). A heading is made of coded
    values only, never of what people typed: a heading is not redacted.
    """

    def merk(functie: Callable[[Any, Lezer], Iterable[Alinea]]) -> Callable[[Any, Lezer], Iterable[Alinea]]:
        kop = titel if callable(titel) else lambda _stuk: titel
        VERTELLINGEN[soort] = Vertelling(kop, frozenset(velden), functie, bij)
        return functie

    return merk


def leidt_in(stapsoort: str, *, titel: str, tekst: str) -> None:
    """The heading and the first lines of a chapter: what Veilig Thuis does in this step, in plain Dutch."""
    INLEIDINGEN[stapsoort] = (titel, tekst)
