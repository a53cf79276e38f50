"""A case from before 2019 that is only being monitored gives way to a new one (RW-3.1)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casus.models import Casus, Processtap
from casus.services.casussen import sluit_casus
from casus.services.werk import maak_taak
from vt_cvs.kern.regels import RegelGeweigerd, regel
from vt_cvs.kern.termijnen import plaatselijk
from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker

EERSTE_DAG = date(2019, 1, 1)
casus_opgevolgd = Sein("casus opgevolgd")
"""Told with `casus` (the old one) and `door`: diensten ends its monitoring in the same transaction."""


@regel("RW-3.1")
def volg_op_monitoren(casus: Casus, *, door: Medewerker) -> bool:
    """Close the old case when the rule asks it; what it still lacks becomes a task and stops nothing.

    The reports of a case that is monitored are open still: they end with their last service.
    """
    open_stappen = set(casus.stappen.filter(geeindigd_op__isnull=True).values_list("soort", flat=True))
    if plaatselijk(casus.gestart_op) >= EERSTE_DAG or open_stappen - {Processtap.Soort.MELDING} != {
        Processtap.Soort.MONITOREN
    }:
        return False
    casus_opgevolgd.geef(casus=casus, door=door)
    try:
        with transaction.atomic():
            sluit_casus(casus, door=systeemmedewerker("Klok"))
    except RegelGeweigerd as weigering:
        maak_taak(
            casus,
            "sluiten",
            titel="Oude casus sluiten",
            omdat=f"een nieuwe casus hem opvolgt; er mist nog: {len(weigering.belemmeringen)}",
            pad=casus.pad(),
            door=door,
            casus=casus,
            voor=casus.verantwoordelijke,
            houdt_sluiten_tegen=False,
            over_veiligheid=False,
        )
    return True
