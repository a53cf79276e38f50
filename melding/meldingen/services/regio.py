"""Handing a report over to the Veilig Thuis region it belongs to; what was given is recorded once and stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from casus.informatie.services import leg_verstrekking_vast
from melding.meldingen.models import Melding, Regiooverdracht
from melding.rechten import mag_vastleggen
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.selectors import label, labels


@regel("RW-6.5")
@transaction.atomic
def draag_over_aan_regio(
    melding: Melding,
    *,
    door: Medewerker,
    andere_regio: str,
    meegegeven: str,
    aan_wie: str = "",
    overgedragen_op: datetime | None = None,
) -> Regiooverdracht:
    """Once for each report. The triage of the report goes on here until its decision says otherwise."""
    melding.slot()
    op = overgedragen_op or timezone.now()
    if bezwaren := list(_bezwaren(melding, andere_regio, meegegeven, op)):
        raise RegelGeweigerd(bezwaren)
    overdracht = Regiooverdracht(
        melding=melding, andere_regio=andere_regio, aan_wie=aan_wie, meegegeven=meegegeven, overgedragen_op=op
    )
    naar = f"Veilig Thuis {label('vt_regio', andere_regio)}"
    overdracht = maak(overdracht, door=door, mag=mag_vastleggen, zin=f"Melding overgedragen aan {naar}")
    leg_verstrekking_vast(
        melding.casus,
        door=door,
        stap=melding.stap,
        verstrekt_op=op,
        aan=f"{naar}, {aan_wie}" if aan_wie else naar,
        gegeven=meegegeven,
        doel="De melding hoort bij die regio.",
        informatiegrond="taak",
    )
    return overdracht


def _bezwaren(melding: Melding, andere_regio: str, meegegeven: str, op: datetime) -> Any:
    regel_ = REGELS["RW-6.5"]
    if Regiooverdracht.objects.filter(melding=melding).exists():
        yield Belemmering("Deze melding is al overgedragen aan een andere regio.", link=melding.pad(), regel=regel_)
    if andere_regio not in labels("vt_regio"):
        yield Belemmering("Kies de regio waar deze melding bij hoort.", veld="andere_regio", regel=regel_)
    if not meegegeven.strip():
        yield Belemmering("Schrijf op wat je hebt meegegeven.", veld="meegegeven", regel=regel_)
    if op > timezone.now():
        yield Belemmering("Dit moment ligt in de toekomst.", veld="overgedragen_op", regel=regel_)
