"""Carrying out what two people agreed. One transaction: all of it or nothing, so it may be killed and run again."""

from __future__ import annotations

import pgtrigger
from django.db import transaction
from django.db.models import OuterRef, Subquery

from casus.bewaren.anonimiseren import leeg_velden, overlevers
from casus.bewaren.models import Verwijdering
from casus.bewaren.personen import personen_zonder_andere_casus, wis_personen
from casus.bewaren.wissen import (
    alles_wat_hangt,
    bestanden_van,
    dossierrijen,
    historie_van_alles,
    maak_los,
    nummers_van,
    personen_in,
    wachters,
    wis_rijen,
    wis_sporen,
)
from casus.doorloop import inhoud_van, personen_van
from casus.models import Betrokkene, Casus, Persoon
from casus.services.betrokkenen import meld_persoon
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.kern.uitpost import zet_in_uitpost
from vt_cvs.organisatie.models import systeemmedewerker
from vt_cvs.web.klad import wis_over

VERWIJDERING = "verwijdering"
"""Outbox kind: two people agreed; carry it out."""
WIS_BESTAND = "wis_bestand"
"""Outbox kind, delivered by inzage: this stored file goes."""


@regel("RW-15.V1", "RW-15.A1", "RW-15.A2", "RW-15.A3", "RW-15.A5")
@transaction.atomic
def voer_verwijdering_uit(verwijdering_id: int) -> str:
    """Remove or destroy the file of this agreement. Done before, or taken back meanwhile: nothing happens."""
    verwijdering = Verwijdering.objects.filter(pk=verwijdering_id).first()
    if verwijdering is None or verwijdering.stand != Verwijdering.Stand.AKKOORD or verwijdering.casus is None:
        return "niets te doen"
    verwijdering.slot()
    verwijdering = Verwijdering.objects.get(pk=verwijdering_id)
    casus = verwijdering.casus
    if verwijdering.stand != Verwijdering.Stand.AKKOORD or casus is None:
        return "niets te doen"
    klok = systeemmedewerker("Klok")
    vernietigen = verwijdering.uitvoering == Verwijdering.Wijze.VERNIETIGEN
    # The states move first, along their own arrows; the log and history of that go with the rest.
    voer_uit(verwijdering, "noteer_uitgevoerd", door=klok)
    if vernietigen:
        casus = voer_uit(casus, "vernietig", door=klok)
    verslag = _wis(casus, vernietigen=vernietigen)
    Verwijdering.objects.filter(pk=verwijdering_id).update(verslag=verslag)
    return "uitgevoerd"


def _wis(casus: Casus, *, vernietigen: bool) -> dict[str, int]:
    """Live rows first, then history; files, tasks, log and outbox with them; the register hears it afterwards."""
    # Also of proposals that were taken back: once they come loose from the case nobody finds them again.
    Verwijdering.objects.filter(casus=casus).update(toelichting="")
    inhoud = inhoud_van(casus)
    rijen = dossierrijen(inhoud)
    personen = personen_van(inhoud) | personen_in(historie_van_alles(rijen))
    laatste = personen_zonder_andere_casus(personen, casus)
    namen: set[str] = set()
    nummers = nummers_van(rijen) | {casus.nummer}
    with pgtrigger.ignore(*wachters()):
        blijft = overlevers(rijen) if vernietigen else {}
        historie = historie_van_alles(rijen)
        weg = alles_wat_hangt({m: p for m, p in rijen.items() if m not in blijft}, blijft=blijft)
        namen = bestanden_van(weg) | bestanden_van(historie)
        if vernietigen:
            _neem_over_van_personen(casus)
            leeg_velden(blijft, begin=casus.gestart_op)
        maak_los(weg)
        geteld = wis_rijen(weg)
        wis_rijen(historie)
        wis_personen(laatste)
        wis_sporen(inhoud, laatste, casus=casus, helemaal=not vernietigen)
    wis_over(nummers)
    for naam in sorted(namen):
        zet_in_uitpost(WIS_BESTAND, onderwerp=f"bestand:{naam}", opslagnaam=naam)
    for pk in sorted(personen):
        meld_persoon(Persoon(pk=pk))
    if laatste:
        geteld["personen"] = len(laatste)
    return geteld


def _neem_over_van_personen(casus: Casus) -> None:
    """Birth year, sex and country of birth stay with the case; the rest belongs to the person (RW-15.A5)."""
    persoon = Persoon.objects.filter(pk=OuterRef("persoon_id"))
    Betrokkene.objects.filter(casus=casus, persoon__isnull=False).update(
        geboortejaar=Subquery(persoon.values("geboortejaar")),
        geslacht=Subquery(persoon.values("geslacht")),
        geboorteland=Subquery(persoon.values("geboorteland")),
    )
