"""Walks every state that can be reached, once: forward with a step, back by undoing the transaction."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from vt_cvs.kern.overgangen import StapKanNiet
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import RegelGeweigerd

WEIGERINGEN = (NietToegestaan, StapKanNiet, RegelGeweigerd)
Stap = Callable[[], Any]


@contextmanager
def proef() -> Iterator[None]:
    """Whatever happens within is undone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class Verkenner:
    """`stappen` names what can be tried in the present state, `sleutel` what makes two states the same."""

    stappen: Callable[[], Iterable[tuple[str, Stap]]]
    sleutel: Callable[[], Hashable]
    bekijk: Callable[[tuple[str, ...], Any], Any]
    """Called in every new state with the way there and what it answered in the state before; raises when a promise
    is broken."""
    gezien: set[Hashable] = field(default_factory=set)
    geprobeerd: int = 0
    geweigerd: int = 0

    def verken(self, pad: tuple[str, ...] = (), vorige: Any = None) -> None:
        """From here on; the order of the steps does not matter for which states are reached."""
        hier = self.sleutel()
        if hier in self.gezien:
            return
        self.gezien.add(hier)
        with connection.cursor() as cursor:  # what the database checks at the end, it checks now
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        onthouden = self.bekijk(pad, vorige)
        for naam, doe in self.stappen():
            self.geprobeerd += 1
            with proef():
                try:
                    doe()
                except WEIGERINGEN:
                    self.geweigerd += 1
                    continue
                self.verken((*pad, naam), onthouden)
        assert self.sleutel() == hier, f"terugdraaien gaf een andere toestand na {pad}"

    @property
    def verslag(self) -> str:
        return (
            f"{len(self.gezien)} toestanden bezocht, {self.geprobeerd} stappen geprobeerd, {self.geweigerd} geweigerd"
        )
