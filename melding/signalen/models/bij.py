"""What belongs to a signal and goes where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casus.models import Casus, Casusstuk
from melding.signalen.models.signaal import Signaal


class BijSignaal(Casusstuk):
    """A piece of a signal: lock, log, case and place on screen are those of the signal; a step it has none."""

    signaal: Any

    class Meta:
        abstract = True

    @property
    def casus(self) -> Casus | None:
        return self._van().casus

    @property
    def logstap_id(self) -> int | None:
        return None

    def pad(self) -> str:
        return self._van().pad()

    def slot(self) -> None:
        self._van().slot()

    def schrijf_log(self, *, door: Any, wat: str, zin: str, motivering: str = "", regels: Sequence[str] = ()) -> None:
        self._van().schrijf_log(door=door, wat=wat, zin=zin, motivering=motivering, regels=regels)

    def _van(self) -> Signaal:
        signaal: Signaal = self.signaal
        return signaal
