"""Changes to who works here that others must hear of in the same transaction."""

from django.db import transaction

from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.web.klad import wis_van

uit_dienst = Sein("medewerker uit dienst")
"""Told with `medewerker` and `door`: open work must not stay with someone who cannot see it."""


@transaction.atomic
def zet_uit_dienst(medewerker: Medewerker, *, door: Medewerker) -> None:
    """No more log-in, all open work back to a team, and nothing half written left behind."""
    medewerker.is_active = False
    medewerker.save(update_fields=["is_active"])
    wis_van(medewerker)
    uit_dienst.geef(medewerker=medewerker, door=door)
