"""The people of a case seen from one message: who reads it, and who does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casus.namen import zonder_accenten

if TYPE_CHECKING:
    from casus.models import Betrokkene, Terugkoppeling


def anderen(terugkoppeling: Terugkoppeling) -> list[Betrokkene]:
    """Everyone of the case but whoever reads it."""
    from casus.models import Betrokkene

    ontvanger = terugkoppeling.ontvanger
    rijen = Betrokkene.objects.filter(casus=terugkoppeling.dossier, persoon__isnull=False).select_related("persoon")
    return [b for b in rijen if ontvanger is None or b.pk != ontvanger.pk]


def is_zelf(betrokkene: Betrokkene, terugkoppeling: Terugkoppeling) -> bool:
    """Whether the melder is someone of the case too: who reports about the own family, or a professional in it."""
    naam = betrokkene.persoon.volle_naam if betrokkene.persoon else ""
    zelf = zonder_accenten(naam).casefold() in zonder_accenten(terugkoppeling.aan).casefold()
    return terugkoppeling.is_voor_melder and bool(naam) and zelf
