"""Standing in the past: services ask Django what time it is, and for a moment the answer is another one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, tzinfo
from unittest import mock

from django.utils import timezone

from vt_cvs.kern.werkdagen import is_werkdag

DAG = timedelta(days=1)


@contextmanager
def op_moment(moment: datetime) -> Iterator[None]:
    """Everything that asks `timezone.now` hears `moment`, defaults of fields included: they hold the function itself,
    and that function asks the clock of its module."""

    class Toen(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    with mock.patch.object(timezone, "datetime", Toen):
        yield


def tijdstip(dag: date, uur: int, minuut: int = 0) -> datetime:
    """That time of that day, on the Dutch clock."""
    return timezone.make_aware(datetime.combine(dag, time(uur, minuut)))


def werkdag_vanaf(dag: date) -> date:
    """`dag`, or the first working day after it."""
    while not is_werkdag(dag):
        dag += DAG
    return dag


def werkdag_tot(dag: date) -> date:
    """`dag`, or the last working day before it."""
    while not is_werkdag(dag):
        dag -= DAG
    return dag
