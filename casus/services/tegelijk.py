"""Two employees who put in the same new person at once: the second looks once more after the first is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from casus.selectors.personen import Zoekvraag
from vt_cvs.kern.regels import regel


@regel("RW-5.10")
def houd_vast(vragen: Sequence[Zoekvraag], *, ook: Iterable[str] = ()) -> None:
    """Until the end of this transaction nobody else gets past here with the same BSN or date of birth.

    Called before recognising, so that whoever waited recognises the person who was just made. Always in one order.
    """
    namen = {f"bsn {vraag.bsn}" for vraag in vragen if vraag.bsn}
    namen |= {f"datum {vraag.geboortedatum}" for vraag in vragen if vraag.geboortedatum}
    namen |= {f"formulier {sleutel}" for sleutel in ook}
    with connection.cursor() as cursor:
        for naam in sorted(namen):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 510))", [naam])
