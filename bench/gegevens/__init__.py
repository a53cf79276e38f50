"""A made-up Veilig Thuis of any size, the same for the same seed, written straight into an empty database.

Past the services on purpose: a hundred thousand cases in a minute. What is written is what the services would leave
behind in the tables that the measured pages read. The same statements fill a small database with every guard on, so a
large one can do without looking at each row. Nobody in it exists.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count

from bench.gegevens.dossiers import DRUK, casussen
from bench.gegevens.invoegen import gereedschap, zonder_wachters
from bench.gegevens.mensen import mensen
from casus.models import Casus
from vt_cvs.organisatie.models import Medewerker

__all__ = ["DRUK", "Plekken", "plekken", "vul", "werk_statistiek_bij"]

ZAAD = 20261119
BEWEZEN = 1000  # up to so many at once every foreign key and trigger looks at every row


@dataclass(frozen=True, slots=True)
class Plekken:
    """Where to look: an employee with ordinary work, a case of average size, and the busy one with a warning."""

    medewerker: Medewerker
    gewoon: Casus
    druk: Casus


def vul(aantal: int, *, zaad: int = ZAAD) -> Plekken:
    """Fill up to so many cases; more may follow later in the same run."""
    er_zijn = Casus.objects.count()
    with transaction.atomic():
        gereedschap(zaad)
        mensen()
        if aantal - er_zijn > BEWEZEN:
            zonder_wachters()
        casussen(er_zijn, aantal)
    werk_statistiek_bij()
    return plekken()


def plekken() -> Plekken:
    """The busy case is the one with the most contacts; the ordinary one has about as many lines as most."""
    druk = (
        Casus.objects.filter(stand=Casus.Stand.OPEN)
        .annotate(contacten=Count("contact_set"))
        .order_by("-contacten", "pk")
        .select_related("verantwoordelijke__team")[0]
    )
    eigen = Casus.objects.filter(
        stand=Casus.Stand.OPEN, verantwoordelijke=druk.verantwoordelijke, heeft_alarm=False
    ).exclude(pk=druk.pk)
    op_lengte = list(eigen.annotate(regels=Count("logregels")).order_by("regels", "pk"))
    assert druk.verantwoordelijke is not None
    return Plekken(druk.verantwoordelijke, op_lengte[len(op_lengte) // 2], druk)


def werk_statistiek_bij() -> None:
    """What the database does by itself in the hour after; not left for the middle of a measurement."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)")
        cursor.execute("SELECT pg_has_role('pg_checkpoint', 'USAGE')")
        if cursor.fetchone()[0]:
            cursor.execute("CHECKPOINT")
        for _ in range(120):
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'")
            if not cursor.fetchone()[0]:
                break
            time.sleep(0.5)
