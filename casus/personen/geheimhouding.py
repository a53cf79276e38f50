"""By the clock: whether an address became secret in the BRP since anybody looked."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from casus.models import Betrokkene, Casus, Persoon
from casus.personen.brp import verwerk_geheim
from vt_cvs.kern.regels import regel
from vt_cvs.kern.toegang import Gebeurtenis, noteer_gezien
from vt_cvs.kern.velden import alleen_cijfers
from vt_cvs.koppelingen.brp import HOOGSTENS, BRPStoring, brppoort
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker

logger = logging.getLogger(__name__)
PER_KEER = 2000


@regel("RW-7.14")
def kijk_geheimhouding_na(*, hoogstens: int = PER_KEER) -> int:
    """Secrecy of everyone in an open case whose number was confirmed, once a day; a BRP that is down means later."""
    klok, nagegaan = systeemmedewerker("Klok"), 0
    sinds = timezone.now() - timedelta(hours=20)
    in_open_casus = Betrokkene.objects.filter(casus__stand=Casus.Stand.OPEN, casus__soort=Casus.Soort.MELDING)
    wie = (
        Persoon.objects.filter(
            Q(brp_nagegaan_op=None) | Q(brp_nagegaan_op__lt=sinds),
            bsn_stand=Persoon.BSNStand.BEVESTIGD,
            opgegaan_in=None,
            pk__in=in_open_casus.values("persoon"),
        )
        .order_by(F("brp_nagegaan_op").asc(nulls_first=True), "pk")[:hoogstens]
    )  # fmt: skip
    personen = list(wie)
    for begin in range(0, len(personen), HOOGSTENS):
        groep = {alleen_cijfers(p.bsn or ""): p for p in personen[begin : begin + HOOGSTENS]}
        try:
            poort = brppoort()
            noteer_gezien(
                klok, Gebeurtenis.BRP, soort="casus.persoon", persoon_ids=[p.pk for p in groep.values()],
                grond="Nagaan of het adres geheim is; doel: veiligheid van betrokkenen (Wmo 2015, artikel 4.1.1)",
            )  # fmt: skip
            antwoord = poort.geheim(groep)
        except BRPStoring as storing:
            logger.warning("geheimhouding nagaan wacht: %s", type(storing).__name__)
            break
        for bsn, persoon in groep.items():
            nagegaan += _verwerk_van(persoon, antwoord.get(bsn, persoon.brp_geheim), door=klok)
    return nagegaan


def _verwerk_van(persoon: Persoon, geheim: bool, *, door: Medewerker) -> int:
    betrokkene = (
        Betrokkene.objects.filter(persoon=persoon, casus__stand=Casus.Stand.OPEN, casus__soort=Casus.Soort.MELDING)
        .select_related("casus__verantwoordelijke", "persoon")
        .order_by("-casus_id")
        .first()
    )
    if betrokkene is None:
        return 0
    verwerk_geheim(betrokkene, geheim, door=door)
    return 1
