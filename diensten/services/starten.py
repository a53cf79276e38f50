"""Starting services: the step begins on the date of the choice, and the service is its owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from casus.models import Casus, Processtap
from casus.services.casussen import begin_stap
from casus.services.werk import maak_taak, vervul_taken
from diensten import rechten
from diensten.bijzonder import bijzondere
from diensten.models import OZ, VV, Dienst, EigenDienst, Keuze, Maatwerk, Monitoren, Overdracht
from diensten.selectors import (
    actuele_voorwaarden,
    lopende_monitoring,
    lopende_overdracht,
    voorwaarden_zonder_dienst,
)
from diensten.services import bijzonder
from melding.models import Melding
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker, Rol

D = TypeVar("D", bound=Dienst)
TAAK = "dienst"


def behandelaar_van(casus: Casus, stap: Processtap | None = None) -> Medewerker | None:
    """Who can do it: responsible for the step or the case, and of the achterkant; otherwise the team sees it."""
    for wie in (stap.verantwoordelijke if stap else None, casus.verantwoordelijke):
        if wie is not None and wie.is_active and wie.heeft_rol(Rol.ACHTERKANT):
            return wie
    return None


@regel("RW-5.12b")
def begin(
    dienst: D,
    casus: Casus,
    meldingen: Sequence[Melding],
    *,
    door: Medewerker,
    op: datetime | None,
    verantwoordelijke: Medewerker | None,
) -> D:
    """The step first, then its owner, in one transaction: the database refuses either alone."""
    stap = begin_stap(casus, dienst.soort, door=door, begonnen_op=op, verantwoordelijke=verantwoordelijke)
    dienst.stap = stap
    dienst = maak(dienst, door=door, zin=f"{dienst.naam} {'gekozen' if isinstance(dienst, EigenDienst) else 'gestart'}")
    dienst.meldingen.set(meldingen)
    bijzonder.begonnen(dienst, door=door)
    werk_taak_bij(dienst, door=door)
    return dienst


@regel("RW-8.16")
def neem_voorwaarden_mee(dienst: Dienst, *, door: Medewerker, ook_van: Processtap | None = None) -> None:
    """Conditions set before there was a service belong to it from now on, and those of the one it follows."""
    mee = voorwaarden_zonder_dienst(dienst.casus)
    if ook_van is not None:
        mee |= actuele_voorwaarden(dienst.casus).filter(stap=ook_van)
    for voorwaarde in mee:
        wijzig(
            voorwaarde,
            door=door,
            mag=rechten.mag_meegaan,
            zin=f"Veiligheidsvoorwaarde hoort nu bij {dienst.naam}",
            stap=dienst.stap,
        )


@regel("RW-9.4")
@transaction.atomic
def start_overdracht(
    casus: Casus,
    meldingen: Sequence[Melding],
    *,
    door: Medewerker,
    op: datetime | None = None,
    keuze: Keuze | None = None,
    na: Processtap | None = None,
    soort_partij: str = "",
    partij: str = "",
) -> Overdracht:
    """An Overdracht in preparation, beside whatever else runs; one that runs for these reports is kept."""
    from diensten.services.overdrachten import advies_uit_dossier

    casus.slot()
    overdracht = lopende_overdracht(casus, meldingen)
    if overdracht is not None:
        return overdracht
    overdracht = begin(
        Overdracht(
            keuze=keuze,
            na_dienst=na,
            soort_partij=soort_partij,
            partij=partij,
            zicht_op_veiligheid=partij if bijzondere(meldingen) else "",
            advies_en_aandachtspunten=advies_uit_dossier(casus, meldingen),
            opgepakt_op=op or timezone.now(),
        ),
        casus,
        meldingen,
        door=door,
        op=op,
        verantwoordelijke=behandelaar_van(casus, na),
    )
    bijzonder.vraag_plichten(overdracht, door=door)
    return overdracht


@regel("RW-11.4")
@transaction.atomic
def start_monitoren(dienst: EigenDienst, *, door: Medewerker) -> Monitoren:
    """From the end of V&V or onderzoek, with two moments; a monitoring that runs goes on, and counts from now."""
    from diensten.services.monitoring import plan_vanzelf

    casus, einde = dienst.casus, dienst.stap.geeindigd_op
    assert einde is not None  # noqa: S101 - the step of a service that ended has ended
    monitoren = lopende_monitoring(casus)
    if monitoren is None:
        monitoren = begin(
            Monitoren(keuze=dienst.keuze, na_dienst=dienst.stap, opgepakt_op=einde),
            casus,
            list(dienst.meldingen.all()),
            door=door,
            op=einde,
            verantwoordelijke=behandelaar_van(casus, dienst.stap),
        )
    else:
        monitoren.meldingen.add(*dienst.meldingen.all())
    plan_vanzelf(monitoren, einde, door=door)
    return monitoren


@regel("RW-9.5", "RW-12.2")
@transaction.atomic
def start_maatwerk(
    casus: Casus,
    meldingen: Sequence[Melding],
    *,
    door: Medewerker,
    op: datetime | None = None,
    keuze: Keuze | None = None,
    na: Processtap | None = None,
    soort_maatwerk: str = "",
    toelichting: str = "",
) -> Maatwerk:
    """Local work, beside whatever else runs."""
    casus.slot()
    return begin(
        Maatwerk(
            keuze=keuze,
            na_dienst=na,
            soort_maatwerk=soort_maatwerk,
            toelichting=toelichting,
            opgepakt_op=op or timezone.now(),
        ),
        casus,
        meldingen,
        door=door,
        op=op,
        verantwoordelijke=behandelaar_van(casus, na),
    )


_TAKEN = {
    (VV, VV.Stand.GEKOZEN): ("V&V oppakken", "V&V is gekozen en nog niemand haar heeft opgepakt"),
    (VV, VV.Stand.LOPEND): ("V&V afronden en vervolg kiezen", "V&V loopt"),
    (OZ, OZ.Stand.GEKOZEN): ("Onderzoek oppakken", "onderzoek is gekozen en nog niemand het heeft opgepakt"),
    (OZ, OZ.Stand.LOPEND): ("Onderzoek afronden en vervolg kiezen", "het onderzoek loopt"),
    (Overdracht, Overdracht.Stand.VOORBEREIDING): ("Overdracht voorbereiden en aanbieden", "overdracht is gekozen"),
    (Overdracht, Overdracht.Stand.AANGEBODEN): ("Antwoord van de partij vastleggen", "de overdracht is aangeboden"),
    (Overdracht, Overdracht.Stand.GEACCEPTEERD): ("Overdragen", "de partij heeft geaccepteerd"),
    (Maatwerk, Maatwerk.Stand.LOPEND): ("Lokaal maatwerk afronden", "lokaal maatwerk loopt"),
}


def werk_taak_bij(dienst: Dienst, *, door: Medewerker) -> None:
    """One task per service says the next thing to do; monitoring has one per moment instead."""
    vervul_taken(onderwerp=dienst, soort=TAAK, door=door)
    gevonden = _TAKEN.get((type(dienst), dienst.stand))  # type: ignore[attr-defined]
    if gevonden is None:
        return
    titel, omdat = gevonden
    maak_taak(
        dienst,
        TAAK,
        titel=titel,
        omdat=omdat,
        pad=dienst.pad(),
        door=door,
        stap=dienst.stap,
        termijn=dienst.termijn,
        houdt_sluiten_tegen=False,  # the open step itself holds it up
    )
