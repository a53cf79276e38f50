"""Fetching a signal for a page: who may, and the look is logged."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from melding import rechten
from melding.signalen.models import Signaal
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang


def haal_signaal(request: HttpRequest, nummer: str) -> Signaal:
    """The signal of this number; the look is logged."""
    rechten.mag_opnemen.eis(request.user, None)
    signaal = get_object_or_404(Signaal.objects.select_related("afzender", "sluiten_voorgesteld_door"), nummer=nummer)
    noteer_toegang(request.user, Gebeurtenis.INZIEN, stuk=signaal, casus_id=signaal.casus_id)
    return signaal
