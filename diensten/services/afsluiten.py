"""The end of a report and of a case: what has ended is dealt with, and who can close is asked to."""

from __future__ import annotations

from typing import Any

from casus.models import Casus, Processtap, Taak, Terugkoppeling
from casus.services.terugkoppeling import vraag_terugkoppeling
from casus.services.werk import maak_taak, vervul_taken
from diensten.models import Dienst
from diensten.selectors import open_keuzen
from diensten.voorwaarden import vervolg_van_melding_is_geeindigd
from melding.meldingen.services.aannemen import handel_af
from melding.models import Melding
from triage.models import VHT
from vt_cvs.kern.overgangen import belemmeringen_voor
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker
from vt_cvs.organisatie.selectors import label

SLUITEN = "sluiten"
AFHANDELEN = "afhandelen"


@regel("RW-6.7")
def vraag_terugkoppeling_einde(dienst: Dienst, *, door: Medewerker) -> None:
    """At the end of V&V or onderzoek each melder hears that the active involvement has ended."""
    for melding in dienst.meldingen.select_related("melder", "stap__casus"):
        melder = melding.melder
        vraag_terugkoppeling(
            melding.stap,
            Terugkoppeling.Moment.EINDE,
            door=door,
            aan=str(melder),
            functie=label("functie_melder", melder.functie) if melder.functie else "",
            adres=melder.email,
            meldingsnummer=melding.nummer,
            partij=melder.partij,
            voor=dienst.stap.verantwoordelijke,
        )


def rond_melding_af(melding: Melding, *, door: Medewerker) -> None:
    """Deal with a report as soon as nothing of it is open; what it still lacks becomes a task."""
    vers = Melding.objects.select_related("stap__casus").get(pk=melding.pk)
    if vers.stand != Melding.Stand.BESLOTEN:
        return
    belemmeringen = belemmeringen_voor(vers, "handel_af")
    if not belemmeringen:
        handel_af(vers, door=systeemmedewerker("Klok"))
    elif not list(vervolg_van_melding_is_geeindigd(vers)) and not _wacht_op_terugkoppeling(vers):
        maak_taak(
            vers,
            AFHANDELEN,
            titel=f"Melding {vers.nummer} afhandelen",
            omdat="alles is geëindigd, maar er ontbreekt nog iets",
            pad=vers.pad(),
            door=door,
            stap=vers.stap,
            houdt_sluiten_tegen=False,
            over_veiligheid=False,
        )
    vraag_sluiten(vers.casus, door=door)


def _wacht_op_terugkoppeling(melding: Melding) -> bool:
    open_ = [Terugkoppeling.Stand.TE_DOEN, Terugkoppeling.Stand.MISLUKT]
    return Terugkoppeling.objects.filter(
        stap__casus=melding.casus, meldingsnummer=melding.nummer, stand__in=open_
    ).exists()


@regel("RW-5.12e")
def vraag_sluiten(casus: Casus, *, door: Medewerker) -> None:
    """A task to close the case once nothing runs in it; it lapses when something starts again."""
    vers = Casus.objects.select_related("verantwoordelijke", "team").get(pk=casus.pk)
    if not vers.is_open or vers.soort != Casus.Soort.MELDING:
        return
    loopt = (
        vers.stappen.filter(geeindigd_op__isnull=True).exists()
        or open_keuzen(vers).exists()
        or vers.taken.filter(stand=Taak.Stand.OPEN, houdt_sluiten_tegen=True).exists()
    )
    if loopt:
        vervul_taken(onderwerp=vers, soort=SLUITEN, door=door, vervallen=True)
        return
    maak_taak(
        vers,
        SLUITEN,
        titel="Casus sluiten",
        omdat="alles in deze casus is geëindigd",
        pad=f"{vers.pad()}sluiten/",
        door=door,
        casus=vers,
        voor=vers.verantwoordelijke,
        houdt_sluiten_tegen=False,
        over_veiligheid=False,
    )


def bij_terugkoppeling(*, terugkoppeling: Terugkoppeling, door: Medewerker, **_: Any) -> None:
    """Feedback given (or motivated not given) may have been the last thing a report waited for."""
    for melding in Melding.objects.filter(nummer=terugkoppeling.meldingsnummer):
        rond_melding_af(melding, door=door)


def bij_einde(*, stap: Processtap, door: Medewerker, **_: Any) -> None:
    """The triage of a report has ended, or the report itself: services see to their own end."""
    if stap.soort == Processtap.Soort.TRIAGE:
        for vht in VHT.objects.filter(stap=stap).select_related("melding"):
            rond_melding_af(vht.melding, door=door)
    elif stap.soort == Processtap.Soort.MELDING:
        for melding in Melding.objects.filter(stap=stap):
            vervul_taken(onderwerp=melding, soort=AFHANDELEN, door=door)
        vraag_sluiten(stap.casus, door=door)


def bij_melding(*, melding: Melding, door: Medewerker, **_: Any) -> None:
    """A new report in a case that was about to close: it does not close now."""
    vraag_sluiten(melding.casus, door=door)
