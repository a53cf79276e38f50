"""The post of the demo: mail arrives, waits or comes back, and nothing really leaves."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

from django.core.mail import EmailMessage
from django.utils import timezone

from casus.models import Terugkoppeling
from casus.services.terugkoppeling import MAIL, POGINGEN_VOOR_MISLUKT
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.uitpost import BEZORGERS, Later

WACHT = timedelta(minutes=30)
POGINGEN = {"mail": 0, "wacht": 1, "mislukt": POGINGEN_VOOR_MISLUKT - 1}
"""How often it has been tried before, by what is to come of it."""


def bezorg_mail(terugkoppeling: Terugkoppeling, hoe: str) -> None:
    """Deliver this one as the outbox would, with a mail server that takes it or refuses it."""
    rij = Uitpost.objects.get(soort=MAIL, onderwerp=f"bericht:{terugkoppeling.bericht_id}", bezorgd_op=None)
    rij.pogingen = POGINGEN[hoe]
    antwoord = {"return_value": 1} if hoe == "mail" else {"side_effect": ConnectionRefusedError()}
    with mock.patch.object(EmailMessage, "send", **antwoord):
        try:
            BEZORGERS[MAIL](rij)
            rij.bezorgd_op = timezone.now()
        except Later as fout:
            rij.pogingen += 1
            rij.fout, rij.niet_voor = str(fout), timezone.now() + WACHT
    rij.save(update_fields=["pogingen", "fout", "niet_voor", "bezorgd_op"])
