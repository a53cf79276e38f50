"""Opening a case without being involved: it works at once, and those who guard it hear of it at once."""

from __future__ import annotations

from django.db import transaction

from casus import rechten
from casus.models import Casus, Logregel
from casus.services.werk import maak_taak
from vt_cvs.kern.rechten import Recht
from vt_cvs.kern.regels import regel
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.organisatie.selectors import medewerkers_met

mag_noodknop: Recht = rechten.behandelaar | rechten.mag_afschermen | rechten.is_crisisdienst


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
    for medewerker in wie.values():
        maak_taak(
            regel_,
            "noodknop",
            titel="Gebruik van de noodknop nakijken",
            omdat=f"{door.naam} deze casus met een reden opende zonder betrokken te zijn",
            pad=f"{casus.pad()}logboek/",
            door=door,
            casus=casus,
            voor=medewerker,
            houdt_sluiten_tegen=False,
        )
