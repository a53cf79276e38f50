"""Opening a case without being involved: it works at once, and those who guard it hear of it at once."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casus import rechten
from casus.models import Casus, Logregel, Taak
from casus.selectors.betrokkenheid import NOODKNOP_TAAK
from casus.services.werk import maak_taak
from casus.voorwaarden import eis_reden
from vt_cvs.kern.rechten import NietToegestaan, Recht
from vt_cvs.kern.regels import regel
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.organisatie.selectors import medewerkers_met

mag_noodknop: Recht = rechten.behandelaar | rechten.mag_afschermen | rechten.heeft_crisisdienst


@regel("RW-3.8")
@transaction.atomic
def open_met_noodknop(casus: Casus, reden: str, *, door: Medewerker) -> None:
    """Open for one hour; the responsible, the named people and the privacyfunctionaris get a task to look at it."""
    mag_noodknop.eis(door, casus)
    noteer_toegang(door, Gebeurtenis.NOODKNOP, stuk=casus, casus_id=casus.pk, grond=reden)
    regel_ = Logregel.objects.create(
        casus=casus,
        soort="casus.casus",
        onderwerp_id=casus.pk,
        wat="noodknop",
        zin="Geopend met de noodknop",
        motivering=reden,
        regels=["RW-3.8"],
        door=door,
        pad=casus.pad(),
    )
    wie = {m.pk: m for m in medewerkers_met(Rol.PRIVACYFUNCTIONARIS)}
    if casus.verantwoordelijke is not None:
        wie[casus.verantwoordelijke.pk] = casus.verantwoordelijke
    if casus.afgeschermd:
        wie |= {m.pk: m for m in casus.genoemden.all()}
    wie.pop(door.pk, None)  # nobody looks at their own use of it
    for medewerker in wie.values() or medewerkers_met(Rol.TEAMLEIDER).exclude(pk=door.pk):
        maak_taak(
            regel_,
            NOODKNOP_TAAK,
            titel="Gebruik van de noodknop nakijken",
            omdat=f"{door.naam} deze casus met een reden opende zonder betrokken te zijn",
            pad=nakijkpad(regel_),
            door=door,
            casus=casus,
            voor=medewerker,
            houdt_sluiten_tegen=False,
            over_veiligheid=False,
        )


def nakijkpad(gebruik: Logregel) -> str:
    assert gebruik.casus is not None  # noqa: S101 - the noodknop opens a case
    return f"{gebruik.casus.pad()}noodknop/{gebruik.pk}/nakijken/"


def nakijktaken(gebruik: Logregel, door: Medewerker) -> QuerySet[Taak]:
    """What this employee was asked to look at; a task that is done still shows what it was about."""
    return Taak.objects.filter(
        onderwerp_soort=gebruik._meta.label_lower, onderwerp_id=gebruik.pk, soort=NOODKNOP_TAAK, voor=door
    )


@regel("RW-3.8")
@transaction.atomic
def kijk_gebruik_na(gebruik: Logregel, *, terecht: bool, reden: str, door: Medewerker) -> None:
    """Say whether this use was right, and why; it stands in the log and the task of this employee is done."""
    assert gebruik.casus is not None  # noqa: S101
    gebruik.casus.slot()
    taken = nakijktaken(gebruik, door).filter(stand=Taak.Stand.OPEN)
    if not taken.exists():
        raise NietToegestaan("Dit kan alleen wie gevraagd is om dit gebruik van de noodknop na te kijken.")
    eis_reden(reden, veld="reden", regel="RW-3.8")
    gebruik.casus.schrijf_log(
        door=door,
        wat="noodknop_nagekeken",
        zin=f"Gebruik van de noodknop nagekeken: {'terecht' if terecht else 'niet terecht'}",
        motivering=reden,
        regels=["RW-3.8"],
    )
    taken.update(stand=Taak.Stand.GEDAAN, klaar_op=timezone.now(), klaar_door=door)
