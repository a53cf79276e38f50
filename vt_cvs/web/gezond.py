"""Is this process able to serve: for the starter, the load balancer and whoever is on duty."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import OperationalError


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    with Connection(settings.CELERY_BROKER_URL, connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)


DELEN: dict[str, tuple[Callable[[], None], tuple[type[Exception], ...]]] = {
    "database": (_database, (DatabaseError,)),
    "broker": (_broker, (OSError, OperationalError)),
}


@login_not_required
@never_cache
@require_safe
def gezond(_request: HttpRequest) -> JsonResponse:
    """200 when everything answers; otherwise 503 with the names of what does not, and nothing more."""
    stuk = [naam for naam, (proef, fouten) in DELEN.items() if not _antwoordt(proef, fouten)]
    if stuk:
        return JsonResponse({"gezond": False, "antwoordt_niet": stuk}, status=503)
    return JsonResponse({"gezond": True})


def _antwoordt(proef: Callable[[], None], fouten: tuple[type[Exception], ...]) -> bool:
    try:
        proef()
    except fouten:
        return False
    return True
