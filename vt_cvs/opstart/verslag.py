"""What the person at the keyboard sees while it works: a line per step, and a sign of life during the long ones."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

TEKEN_VAN_LEVEN = 10.0  # seconds


def zeg(tekst: str) -> None:
    print(tekst, flush=True)


def seconden(duur: float) -> str:
    return f"{duur:.1f}".replace(".", ",") + " s"


class Tikker:
    """Says every ten seconds that the step still runs; whoever waits calls `tik` now and then."""

    def __init__(self) -> None:
        self.begin = self.laatst = time.monotonic()

    def tik(self) -> None:
        nu = time.monotonic()
        if nu - self.laatst >= TEKEN_VAN_LEVEN:
            self.laatst = nu
            zeg(f"  … {nu - self.begin:.0f} s")

    def gehoord(self) -> None:
        """The step itself printed something: that is a sign of life too."""
        self.laatst = time.monotonic()

    @property
    def duur(self) -> float:
        return time.monotonic() - self.begin


@contextmanager
def stap(tekst: str) -> Iterator[Tikker]:
    zeg(f"{tekst}…")
    tikker = Tikker()
    yield tikker
    zeg(f"  klaar in {seconden(tikker.duur)}")
