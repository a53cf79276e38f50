"""When a file may go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from casus.models import Casus
from vt_cvs.kern.regels import Belemmering, regel

if TYPE_CHECKING:
    from casus.bewaren.models import Verwijdering


@regel("RW-5.16b1", "RW-5.16b2", "RW-15.A1")
def dossier_mag_weg(verwijdering: Verwijdering) -> Iterator[Belemmering]:
    """Asked when proposing, when agreeing and once more when carrying out: a term may have been extended meanwhile."""
    from casus.bewaren.selectors import te_verwijderen, waarom_bewaard

    casus = verwijdering.casus
    if casus is None:
        yield Belemmering("Het dossier is er niet meer.")
        return
    if casus.stand == Casus.Stand.VERNIETIGD and verwijdering.uitvoering == verwijdering.Wijze.VERNIETIGEN:
        yield Belemmering("Het dossier is al vernietigd.")
    elif casus.is_open and verwijdering.uitvoering == verwijdering.Wijze.VERNIETIGEN:
        yield Belemmering("Vernietigen kan als de casus gesloten is.", link=casus.pad(), link_tekst="Naar de casus")
    elif verwijdering.wegreden == verwijdering.Wegreden.TERMIJN:
        vandaag = timezone.localdate()
        if not te_verwijderen(vandaag).filter(pk=casus.pk).exists():
            waarom = waarom_bewaard(casus, vandaag)
            yield Belemmering(
                f"De bewaartermijn laat dit nog niet toe: {waarom}.", link="/bewaren/", link_tekst="Bewaren"
            )
