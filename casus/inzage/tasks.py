"""Making the document in the background. May run twice: the last one made is the one that counts."""

from __future__ import annotations

import logging

from celery import shared_task
from django.core.files.storage import default_storage
from django.db import transaction

from casus.inzage.document import hoofdstukken, maak_document, stukken_zonder_oordeel
from casus.inzage.models import Inzageverzoek
from casus.inzage.samenstellen import stel_samen
from casus.inzage.services import DOCUMENT, WIS_BESTAND, vraag_tweede_ogen, werk_bij
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.uitpost import bezorger, zet_in_uitpost
from vt_cvs.organisatie.models import systeemmedewerker

logger = logging.getLogger(__name__)


@bezorger(DOCUMENT)
def bezorg_document(rij: Uitpost) -> None:
    """Hand the slow work to a worker of its own, so that no other message waits for it."""
    maak_inzagedocument.apply_async((rij.inhoud["verzoek_id"],), retry=False)


@bezorger(WIS_BESTAND)
def wis_bestand(rij: Uitpost) -> None:
    """Remove a stored file; gone already is as good."""
    default_storage.delete(rij.inhoud["opslagnaam"])


@shared_task
def maak_inzagedocument(verzoek_id: int) -> str:
    """Lay out what was screened, and let it wait in Mijn werk of the second pair of eyes."""
    verzoek = Inzageverzoek.objects.select_related("casus", "verzoeker__persoon").filter(pk=verzoek_id).first()
    if verzoek is None or verzoek.stand != Inzageverzoek.Stand.GESCREEND:
        return "vervallen"
    dossier = stel_samen(verzoek)
    if any(stukken_zonder_oordeel(hoofdstukken(verzoek, dossier))):
        werk_bij(verzoek, door=systeemmedewerker("Klok"))
        return "heropend"
    if verzoek.heeft_document:
        return "klaar"
    _meld(verzoek, 5)
    velden = maak_document(verzoek, dossier, meld=lambda deel: _meld(verzoek, deel))
    return _bewaar(verzoek, velden)


@transaction.atomic
def _bewaar(verzoek: Inzageverzoek, velden: dict[str, object]) -> str:
    """Keep it, unless the screening was reopened meanwhile; the file before it goes."""
    verzoek.slot()
    vers = Inzageverzoek.objects.select_for_update(no_key=True).get(pk=verzoek.pk)
    if vers.stand != Inzageverzoek.Stand.GESCREEND or vers.gescreend_op != verzoek.gescreend_op:
        weg = str(velden["opslagnaam"])
    else:
        weg = vers.opslagnaam
        for naam, waarde in velden.items():
            setattr(vers, naam, waarde)
        vers.voortgang = 100
        vers.bewaar(door=systeemmedewerker("Klok"), reden="document gemaakt")
        vraag_tweede_ogen(vers)
    if weg:
        zet_in_uitpost(WIS_BESTAND, onderwerp=f"bestand:{weg}", opslagnaam=weg)
    return "klaar"


def _meld(verzoek: Inzageverzoek, deel: int) -> None:
    """Progress is for the screen; it is no change of the file."""
    Inzageverzoek.objects.filter(pk=verzoek.pk).update(voortgang=deel)
