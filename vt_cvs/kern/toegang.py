"""Writing the access log: every view of a person or file is a line (RW-3.8)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from vt_cvs.kern.models import Toegang
from vt_cvs.kern.regels import regel

Gebeurtenis = Toegang.Gebeurtenis


@regel("RW-3.8")
def noteer_toegang(
    medewerker: Any,
    gebeurtenis: Toegang.Gebeurtenis,
    *,
    soort: str = "",
    stuk: Model | None = None,
    casus_id: int | None = None,
    persoon_id: int | None = None,
    grond: str = "",
) -> None:
    """Note that this employee saw this. Keys only; the ground never repeats what was seen."""
    Toegang.objects.create(
        medewerker=medewerker,
        rollen=", ".join(medewerker.rolnamen)[:200],
        gebeurtenis=gebeurtenis,
        grond=grond[:200],
        soort=soort or (stuk._meta.label_lower if stuk is not None else ""),
        stuk_id=stuk.pk if stuk is not None else None,
        casus_id=casus_id,
        persoon_id=persoon_id,
    )


@regel("RW-3.8")
def noteer_gezien(
    medewerker: Any, gebeurtenis: Toegang.Gebeurtenis, *, soort: str, persoon_ids: Iterable[int], grond: str = ""
) -> None:
    """A list of people was seen: a line for each of them, written at once."""
    rollen = ", ".join(medewerker.rolnamen)[:200]
    Toegang.objects.bulk_create(
        Toegang(
            medewerker=medewerker,
            rollen=rollen,
            gebeurtenis=gebeurtenis,
            grond=grond[:200],
            soort=soort,
            stuk_id=persoon_id,
            persoon_id=persoon_id,
        )
        for persoon_id in persoon_ids
    )


@regel("RW-3.8")
def noteer_ingezien(medewerker: Any, *, soort: str, casus_ids: Iterable[int], grond: str = "") -> None:
    """Several files were looked into on one page: a line for each of them, written at once."""
    rollen = ", ".join(medewerker.rolnamen)[:200]
    Toegang.objects.bulk_create(
        Toegang(
            medewerker=medewerker,
            rollen=rollen,
            gebeurtenis=Gebeurtenis.INZIEN,
            grond=grond[:200],
            soort=soort,
            stuk_id=casus_id,
            casus_id=casus_id,
        )
        for casus_id in casus_ids
    )
