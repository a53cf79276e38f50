"""What follows from a step of a service, in the same transaction."""

from __future__ import annotations

from datetime import datetime
from functools import singledispatch
from typing import Any

from django.utils import timezone

from casus.models import Casus
from casus.services.casussen import eindig_stap, zet_veiligheid
from casus.services.werk import maak_taak
from diensten import rechten
from diensten.models import OZ, VV, Dienst, EigenDienst, Monitoren, Overdracht
from diensten.selectors import VERVOLG, diensten_in, keuze_voor_onderzoek, lopende_monitoring, open_keuzen
from diensten.services.afsluiten import rond_melding_af, vraag_sluiten, vraag_terugkoppeling_einde
from diensten.services.bijzonder import werk_bij
from diensten.services.eigen_starten import start_oz_na
from diensten.services.monitoring import laat_vervallen
from diensten.services.starten import start_monitoren, start_overdracht, werk_taak_bij
from vt_cvs.kern.dossier import wijzig
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker


def na_stap(dienst: Dienst, naam: str, *, door: Medewerker) -> None:
    """Taken up: someone is responsible. Ended: the step ends, and what waits on it moves on."""
    if naam == "pak_op":
        _neem_op_zich(dienst, door=door)
    werk_taak_bij(dienst, door=door)
    if dienst.is_geeindigd:
        dienst.stap = eindig_stap(dienst.stap, door=door, op=_einde(dienst))
        rond_af(dienst, door=door)
        for melding in dienst.meldingen.all():
            rond_melding_af(melding, door=door)
        vraag_sluiten(dienst.casus, door=door)


@regel("RW-5.12c")
def _einde(dienst: Dienst) -> datetime | None:
    """A V&V that goes on as onderzoek by a new choice ends on the date of that choice; otherwise now."""
    keuze = keuze_voor_onderzoek(dienst) if isinstance(dienst, VV) and dienst.vervolg_onderzoek else None
    return keuze.gemaakt_op if keuze is not None else None


def _neem_op_zich(dienst: Dienst, *, door: Medewerker) -> None:
    if dienst.stap.verantwoordelijke_id is None and not door.systeem:
        dienst.stap = wijzig(
            dienst.stap,
            door=door,
            mag=rechten.mag_behandelen,
            zin=f"{door.naam} is verantwoordelijk voor {dienst.naam}",
            verantwoordelijke=door,
            team=dienst.stap.team or door.team,
        )


@singledispatch
def rond_af(dienst: Dienst, *, door: Medewerker) -> None:
    """What the end of this kind of service brings about."""


@rond_af.register
@regel("RW-6.7", "RW-9.6")
def _vv(vv: VV, *, door: Medewerker) -> None:
    """The melder hears at the end of V&V, or at the end of the onderzoek when it goes on as that."""
    if vv.vervolg_onderzoek:
        start_oz_na(vv, door=door)
    else:
        _vervolg(vv, door=door)


@rond_af.register
def _oz(oz: OZ, *, door: Medewerker) -> None:
    _vervolg(oz, door=door)


@regel("RW-6.7", "RW-11.4")
def _vervolg(eigen: EigenDienst, *, door: Medewerker) -> None:
    vraag_terugkoppeling_einde(eigen, door=door)
    if eigen.vervolg_monitoren:
        start_monitoren(eigen, door=door)
    if eigen.vervolg_overdracht:
        meldingen, op = list(eigen.meldingen.all()), eigen.stap.geeindigd_op
        start_overdracht(eigen.casus, meldingen, door=door, op=op, keuze=eigen.keuze, na=eigen.stap)


@rond_af.register
@regel("RW-13.S2")
def _overdracht(overdracht: Overdracht, *, door: Medewerker) -> None:
    """Refused or withdrawn, and nothing else runs: someone must choose what happens instead."""
    for melding in overdracht.meldingen.select_related("stap__casus"):
        werk_bij(melding, door=door)
    if overdracht.stand == Overdracht.Stand.OVERGEDRAGEN or _loopt_er_nog_iets(overdracht.casus):
        return
    maak_taak(
        overdracht,
        VERVOLG,
        titel="Vervolg kiezen nu de overdracht niet doorgaat",
        omdat=f"de overdracht is {overdracht.get_stand_display().lower()}",
        pad=overdracht.pad(),
        door=door,
        stap=overdracht.stap,
    )


@rond_af.register
def _monitoren(monitoren: Monitoren, *, door: Medewerker) -> None:
    laat_vervallen(monitoren, door=door, op=timezone.now())
    if monitoren.stabiel_veilig:
        zet_veiligheid(monitoren.casus, Casus.Veiligheid.STABIEL, door=door)


def _loopt_er_nog_iets(casus: Casus) -> bool:
    return open_keuzen(casus).exists() or any(not dienst.is_geeindigd for dienst in diensten_in(casus))


@regel("RW-3.1")
def volg_monitoring_op(*, casus: Casus, door: Medewerker, **_: Any) -> None:
    """The old case gives way: its monitoring ends here, in the transaction of the new report."""
    monitoren = lopende_monitoring(casus)
    if monitoren is not None:
        voer_uit(monitoren, "laat_opvolgen", door=door)
