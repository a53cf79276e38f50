"""Asking for feedback: one per party and moment, each with its task."""

from __future__ import annotations

from django.db import transaction

from casus.models import Betrokkene, Processtap, Terugkoppeling
from casus.services.werk import maak_taak
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.sjablonen import Partij

TAAK = "terugkoppeling"


def titel_van(terugkoppeling: Terugkoppeling, *, opnieuw: bool = False) -> str:
    """What the task asks; whom it is for stands on the page, not in a list that others see."""
    if terugkoppeling.is_voor_melder:
        return f"Terugkoppeling aan de melder {'opnieuw versturen' if opnieuw else 'geven'}"
    return f"Directbetrokkene {'opnieuw ' if opnieuw else ''}informeren"


@regel("RW-6.7", "RW-6.9", "RW-6.12")
@transaction.atomic
def vraag_terugkoppeling(
    stap: Processtap,
    moment: str,
    *,
    door: Medewerker,
    aan: str,
    functie: str = "",
    adres: str = "",
    meldingsnummer: str = "",
    partij: str = Partij.PROFESSIONAL,
    uitkomst: str = "",
    betrokkene: Betrokkene | None = None,
    via: Betrokkene | None = None,
    voor: Medewerker | None = None,
) -> Terugkoppeling:
    """One feedback to give, with its task; asked again, also by two people at once, it is the same one."""
    stap.slot()
    bestaand = Terugkoppeling.objects.filter(stap=stap, moment=moment, aan=aan, betrokkene=betrokkene, via=via).first()
    if bestaand is not None:
        return bestaand
    terugkoppeling = maak(
        Terugkoppeling(
            stap=stap,
            moment=moment,
            aan=aan,
            functie=functie,
            adres=adres,
            meldingsnummer=meldingsnummer,
            soort_ontvanger=partij or Partij.BURGER,
            uitkomst=uitkomst,
            betrokkene=betrokkene,
            via=via,
        ),
        door=door,
        zin="",
    )
    omdat = f"terugkoppeling {terugkoppeling.get_moment_display()} verplicht is"
    if not terugkoppeling.is_voor_melder:
        omdat = f"iemand hoort {terugkoppeling.get_moment_display()} wat er is gebeurd"
    elif not adres:
        omdat += "; het e-mailadres is niet bekend"
    maak_taak(
        terugkoppeling,
        TAAK,
        titel=titel_van(terugkoppeling),
        omdat=omdat,
        pad=terugkoppeling.pad(),
        door=door,
        stap=stap,
        voor=voor or stap.verantwoordelijke or stap.casus.verantwoordelijke,
        over_veiligheid=False,
    )
    return terugkoppeling
