"""Searching: a number leads straight to what it names, a name or date to the cases of whoever it may be."""

from __future__ import annotations

from dataclasses import dataclass, field

from casus import rechten
from casus.dossier import vindplaatsen
from casus.models import Casus
from casus.selectors.herkennen import BekendeCasus, Herkenning, herkenningen
from casus.selectors.personen import Zoekvraag, lees_zoekvraag
from vt_cvs.kern.nummers import lees_nummer
from vt_cvs.kern.regels import regel
from vt_cvs.kern.toegang import Gebeurtenis, noteer_gezien
from vt_cvs.organisatie.models import Medewerker

HOOGSTENS = 25


@dataclass(frozen=True, slots=True)
class Rij:
    """One case in the results, with who in it matches and why."""

    casus: BekendeCasus
    wie: Herkenning


@dataclass(frozen=True, slots=True)
class Zoekresultaat:
    """`eigen`: cases this employee may open. `elders`: that someone is known, and whom to call."""

    vraag: Zoekvraag
    eigen: list[Rij] = field(default_factory=list)
    elders: list[Rij] = field(default_factory=list)
    meer: bool = False

    def __bool__(self) -> bool:
        return bool(self.eigen or self.elders)


def pad_van_nummer(invoer: str) -> str:
    """Where the thing with this number is, or "" when nothing has it."""
    nummer = lees_nummer(invoer)
    if not nummer:
        return ""
    casus = Casus.objects.filter(nummer=nummer).first()
    return casus.pad() if casus else next(iter(vindplaatsen(nummer)), "")


@regel("RW-5.9")
def zoek(medewerker: Medewerker, tekst: str) -> Zoekresultaat:
    """Known people with their cases; that they were seen is logged per person."""
    rechten.mag_herkennen.eis(medewerker, None)
    vraag = lees_zoekvraag(tekst)
    gevonden = herkenningen(medewerker, vraag, hoogstens=HOOGSTENS + 1)
    resultaat = Zoekresultaat(vraag, meer=len(gevonden) > HOOGSTENS)
    for wie in gevonden[:HOOGSTENS]:
        for casus in wie.casussen:
            (resultaat.eigen if casus.te_openen else resultaat.elders).append(Rij(casus, wie))
    noteer_gezien(
        medewerker,
        Gebeurtenis.ZOEKEN,
        soort="casus.persoon",
        persoon_ids=[wie.persoon_id for wie in gevonden[:HOOGSTENS]],
        grond="gezocht",
    )
    return resultaat
