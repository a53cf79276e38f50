"""NTI: what would give an anonymous melder away. It comes and goes with the mark on the case."""

from __future__ import annotations

from django.db import transaction

from casus.models import Casus
from casus.services.casussen import zet_merken
from casus.voorwaarden import eis_reden
from melding.meldingen.models import NTI, Melding
from melding.rechten import mag_nti_vastleggen
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.organisatie.models import Medewerker


@regel("RW-7.10", "RW-7.11", "RW-7.12")
@transaction.atomic
def leg_nti_vast(
    melding: Melding,
    inhoud: str,
    *,
    door: Medewerker,
    reden: str = "",
    toelichting: str = "",
    versie: int | None = None,
) -> NTI:
    """Record it, or change what was recorded; only where the melder is anonymous."""
    melding.slot()
    vers = Melding.objects.select_related("melder", "stap__casus").get(pk=melding.pk)
    if not vers.melder.anoniem:
        raise RegelGeweigerd(
            [
                Belemmering(
                    "NTI kan alleen bij een anonieme melder. Zet eerst bij de melder dat die anoniem is.",
                    veld="inhoud",
                    link=f"{vers.pad()}#id_anoniem",
                    link_tekst="Melder",
                    regel=REGELS["RW-7.10"],
                )
            ]
        )
    velden = {"inhoud": inhoud, "reden": reden, "toelichting": toelichting}
    bestaand = NTI.objects.filter(melding=vers).first()
    if bestaand is not None:
        return wijzig(bestaand, door=door, mag=mag_nti_vastleggen, versie=versie, zin="NTI gewijzigd", **velden)
    nti = maak(NTI(melding=vers, **velden), door=door, mag=mag_nti_vastleggen, zin="NTI vastgelegd")
    zet_merken(vers.casus, door=door, heeft_nti=True)
    return nti


@regel("RW-6.16")
@transaction.atomic
def verwijder_nti(nti: NTI, *, door: Medewerker, reden: str) -> None:
    """The employee decided it need not be NTI (any more); the reason goes to the log, the content with the history."""
    nti.slot()
    mag_nti_vastleggen.eis(door, nti)
    eis_reden(reden, veld="reden", regel="RW-6.16")
    casus: Casus = nti.casus
    nti.schrijf_log(door=door, wat="verwijder", zin="NTI verwijderd", motivering=reden, regels=["RW-6.16"])
    nti._history_user = door
    nti.delete()
    zet_merken(casus, door=door, heeft_nti=NTI.objects.filter(melding__stap__casus=casus).exists())
