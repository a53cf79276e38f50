"""Loading an edition of the instrument: data, so nobody writes code for it."""

from __future__ import annotations

from triage.instrument import Uitgavefout, lees, meegeleverd
from triage.models import VHT, Instrumentuitgave
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker


def nieuwe_uitgave(tekst: str, *, door: Medewerker) -> Instrumentuitgave:
    """The edition in this text, not yet kept; raises `Uitgavefout` with every sentence about what is wrong."""
    inhoud = lees(tekst)
    versie = inhoud["versie"]
    if versie in meegeleverd() or Instrumentuitgave.objects.filter(versie=versie).exists():
        raise Uitgavefout([f"Er is al een uitgave ‘{versie}’. Geef een gewijzigde uitgave een nieuwe versie."])
    naam, geldig_van = inhoud["naam"], inhoud["geldig_van"]
    return Instrumentuitgave(versie=versie, naam=naam, geldig_van=geldig_van, inhoud=inhoud, ingelezen_door=door)


@regel("RW-3.6")
def lees_uitgave_in(tekst: str, *, door: Medewerker) -> Instrumentuitgave:
    """Keep this edition: from its first day on, every new VHT is made with it."""
    uitgave = nieuwe_uitgave(tekst, door=door)
    uitgave.save(force_insert=True)
    uitgave.refresh_from_db()
    return uitgave


def is_gebruikt(uitgave: Instrumentuitgave) -> bool:
    """An edition with which nothing was assessed yet may still be taken away."""
    return VHT.objects.filter(instrument=uitgave.versie).exists()
