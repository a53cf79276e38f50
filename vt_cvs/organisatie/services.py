"""Changes to who works here that others must hear of in the same transaction."""

from django.db import transaction

from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker

uit_dienst = Sein("medewerker uit dienst")
"""Told with `medewerker` and `door`: open work must not stay with someone who cannot see it."""


@transaction.atomic
def zet_uit_dienst(medewerker: Medewerker, *, door: Medewerker) -> None:
    """No more log-in, and all open work back to a team."""
    medewerker.is_active = False
    medewerker.save(update_fields=["is_active"])
    uit_dienst.geef(medewerker=medewerker, door=door)
