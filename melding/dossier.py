"""What reports and advice add to a case: their tab, and how they read for the client."""

from __future__ import annotations

from collections.abc import Iterator

from casus.dossier import Tab, pad_in
from casus.models import Casus
from melding.models import Melding


def tab(casus: Casus) -> Iterator[Tab]:
    if casus.soort == Casus.Soort.ADVIES:
        yield Tab("advies", "Advies", 30, pad_in(casus, "advies"))
    else:
        aantal = Melding.objects.filter(stap__casus=casus).count()
        yield Tab("meldingen", "Meldingen", 30, pad_in(casus, "meldingen"), aantal)
