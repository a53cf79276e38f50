"""Background work of keeping and removing. Every task may run twice or be killed halfway without harm."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from casus.bewaren.selectors import zonder_voorstel
from casus.bewaren.services import VERWIJDERING, voer_verwijdering_uit
from casus.services.werk import maak_taak
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.uitpost import bezorger
from vt_cvs.organisatie.models import Rol, systeemmedewerker
from vt_cvs.organisatie.selectors import medewerkers_met

BEWAARTERMIJN = "bewaartermijn"


@bezorger(VERWIJDERING)
def bezorg_verwijdering(rij: Uitpost) -> None:
    """Hand it to a worker of its own, so that no other message waits for it."""
    verwijder.apply_async((rij.inhoud["verwijdering_id"],), retry=False)


@shared_task
def verwijder(verwijdering_id: int) -> str:
    return voer_verwijdering_uit(verwijdering_id)


@shared_task
def hervat() -> int:
    """Carry out what was agreed and did not get done: the worker was killed, or a row was in the way."""
    from casus.bewaren.models import Verwijdering

    wachtend = Verwijdering.objects.filter(stand=Verwijdering.Stand.AKKOORD).values_list("pk", flat=True)
    return sum(voer_verwijdering_uit(pk) == "uitgevoerd" for pk in list(wachtend))


@shared_task
def veeg() -> int:
    """Once a day: when files are past their term, one task for each privacyfunctionaris; how many files there are."""
    aantal = zonder_voorstel(timezone.localdate())
    if aantal == 0:
        return 0
    wat = "dossier is" if aantal == 1 else "dossiers zijn"
    for medewerker in medewerkers_met(Rol.PRIVACYFUNCTIONARIS):
        maak_taak(
            medewerker,
            BEWAARTERMIJN,
            titel="Dossiers bekijken waarvan de bewaartermijn voorbij is",
            omdat=f"{aantal} {wat} langer bewaard dan de termijn",
            kop="Bewaren",
            pad="/bewaren/",
            door=systeemmedewerker("Klok"),
            voor=medewerker,
            houdt_sluiten_tegen=False,
            over_veiligheid=False,
        )
    return aantal
