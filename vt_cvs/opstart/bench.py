"""`python3 start.py bench`: how fast the pages are, on a throw-away database that waits for its disk."""

from vt_cvs.opstart import sleutels, systeem
from vt_cvs.opstart.omgeving import DRAAIEN, Omgeving
from vt_cvs.opstart.opstelling import Opstelling
from vt_cvs.opstart.test import NERGENS, volg, wegwerpmap
from vt_cvs.opstart.verslag import zeg


def voer_uit(argumenten: list[str]) -> int:
    """The web as in the demo; nothing of it stays."""
    systeem.zorg_voor(browser=False)
    omgeving = Omgeving()
    omgeving.zorg_voor(DRAAIEN)
    with wegwerpmap() as staat:
        opstelling = Opstelling(staat, omgeving.site(), wegwerp=True, duurzaam=True)
        try:
            zeg("Wegwerpdatabase en broker starten, vullen en meten; dat duurt een paar minuten…")
            env = sleutels.kinderomgeving(staat, VT_OMGEVING="demo", VT_REGISTER_URL=NERGENS)
            env |= opstelling.start()
            return volg([omgeving.bin / "python", "-m", "bench.meet", *argumenten], env=env)
        finally:
            opstelling.stop()
