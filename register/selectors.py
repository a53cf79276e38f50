"""What a case shows of the register."""

from __future__ import annotations

from dataclasses import dataclass

from casus.models import Betrokkene, Casus
from register.models import Registratie


@dataclass(frozen=True, slots=True)
class Rij:
    """One directbetrokkene, how the registration stands, and who else knows this person."""

    betrokkene: Betrokkene
    registratie: Registratie | None


def registraties(casus: Casus) -> list[Rij]:
    """Everyone who belongs in the register, in three queries."""
    betrokkenen = list(
        Betrokkene.objects.filter(casus=casus, stand=Betrokkene.Rol.DIRECT, persoon__isnull=False).select_related(
            "persoon"
        )
    )
    rijen = Registratie.objects.filter(persoon__in=[b.persoon_id for b in betrokkenen])
    per_persoon = {r.persoon_id: r for r in rijen.prefetch_related("matches__besproken_door")}
    return [Rij(b, per_persoon.get(b.persoon_id)) for b in betrokkenen]
