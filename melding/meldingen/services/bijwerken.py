"""Changing what is recorded of a report, and what moves with it: the step, the case, the terms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from casus.models import Casus, Processtap
from casus.services.casussen import zet_gemeente, zet_startdatum
from casus.voorwaarden import casus_is_open
from melding.meldingen.models import Melding
from melding.meldingen.models.melding import BIJZONDER
from melding.meldingen.selectors import eerste_melding
from melding.rechten import mag_vastleggen
from vt_cvs.kern.dossier import wijzig
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker

ontvangst_gecorrigeerd = Sein("ontvangstdatum gecorrigeerd")
"""Told with `melding` and `door`: terms that run from the receipt must be counted again."""

melding_gewijzigd = Sein("melding gewijzigd")
"""Told with `melding` and `door`: what was decided upon may now be different."""


@regel("RW-6.5", "RW-6.8")
def werk_casus_bij(casus: Casus, *, door: Medewerker) -> None:
    """The case starts with its first melding, and that one says which municipality counts."""
    eerste = eerste_melding(casus)
    if eerste is None:
        return
    zet_startdatum(casus, eerste.ontvangen_op, door=door)
    if eerste.gemeente:
        zet_gemeente(casus, eerste.gemeente, door=door)


@regel("RW-6.8")
@transaction.atomic
def wijzig_melding(
    melding: Melding, *, door: Medewerker, versie: int | None = None, motivering: str = "", **velden: Any
) -> Melding:
    """Change what is recorded of a report. A corrected receipt moves the step, the case and the terms with it."""
    melding.slot()
    oud = Melding.objects.get(pk=melding.pk)
    nieuw_moment = velden.get("ontvangen_op") or oud.ontvangen_op
    if nieuw_moment != oud.ontvangen_op:
        _eis_mogelijke_ontvangst(oud, nieuw_moment)
    elif "ontvangen_op" in velden:
        velden.pop("ontvangen_op")
    if velden.get("aanleiding", oud.aanleiding) not in BIJZONDER:
        velden |= {"taak_vt": "", "taak_ander": ""}
    melding = wijzig(
        oud,
        door=door,
        mag=mag_vastleggen,
        versie=versie,
        motivering=motivering,
        zin="Ontvangstdatum van de melding gecorrigeerd" if nieuw_moment != oud.ontvangen_op else "Melding aangevuld",
        mits=[casus_is_open] if nieuw_moment != oud.ontvangen_op else [],
        **velden,
    )
    if nieuw_moment != oud.ontvangen_op:
        stap = Processtap.objects.select_for_update(no_key=True, of=("self",)).get(pk=melding.stap_id)
        stap.begonnen_op = nieuw_moment
        stap.bewaar(door=door, reden="ontvangstdatum gecorrigeerd")
        melding.stap = stap
        ontvangst_gecorrigeerd.geef(melding=melding, door=door)
    werk_casus_bij(melding.casus, door=door)
    if melding.versie != oud.versie:
        melding_gewijzigd.geef(melding=melding, door=door)
    return melding


def _eis_mogelijke_ontvangst(melding: Melding, moment: datetime) -> None:
    """Not after now, not after the end of its own step."""
    einde = melding.stap.geeindigd_op
    if moment > timezone.now() or (einde and moment > einde):
        wanneer = "in de toekomst" if moment > timezone.now() else "na het einde van de melding"
        raise RegelGeweigerd(
            [
                Belemmering(
                    f"De ontvangst ligt {wanneer}. Vul het moment in waarop de melding binnenkwam.",
                    veld="ontvangen_op",
                    regel=REGELS["RW-6.8"],
                )
            ]
        )
