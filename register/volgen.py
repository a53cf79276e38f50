"""What casus cannot tell us: that a person or their place in a case was erased (RW-14.7, RW-15)."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete

from casus.models import Betrokkene, Persoon
from casus.services.betrokkenen import BETROKKENHEID
from vt_cvs.kern.regels import regel
from vt_cvs.kern.uitpost import zet_in_uitpost


def begin() -> None:
    post_delete.connect(betrokkene_weg, sender=Betrokkene)
    post_delete.connect(persoon_weg, sender=Persoon)


@regel("RW-14.7")
def betrokkene_weg(instance: Betrokkene, **_: Any) -> None:
    """Out of the case, or the whole case deleted: nobody has to think of the register."""
    if instance.is_direct and instance.persoon_id:
        _meld(instance.persoon_id)


@regel("RW-14.7")
def persoon_weg(instance: Persoon, **_: Any) -> None:
    if instance.pk:
        _meld(instance.pk)


def _meld(persoon_id: int) -> None:
    zet_in_uitpost(BETROKKENHEID, onderwerp=f"persoon:{persoon_id}", persoon_id=persoon_id)
