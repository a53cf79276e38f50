"""Reads the command line, and turns every foreseen failure into one sentence."""

import argparse
import signal
import sys
from types import FrameType
from typing import NoReturn

from vt_cvs.opstart import bench, demo, test
from vt_cvs.opstart.fouten import Stop, als_zin

UITLEG = """VT-CVS starten.

  python3 start.py [--poort 8000]          de demo, met een registerdienst op de volgende poort
  python3 start.py test [pytest-argumenten] alle controles, op een wegwerpdatabase
        --alles   ook de uitputtende toetsen
        --snel    zonder linters en zonder browser
  python3 start.py bench [--casussen 100000]  hoe snel de bladzijden zijn (zie bench/README.md)
  python3 start.py bench --personen 1000000   of en hoe snel een bekende persoon wordt herkend
  python3 start.py bench --vht                hoe snel de VHT opent en een antwoord wordt bewaard
"""


class Ontleder(argparse.ArgumentParser):
    """A wrong option is one sentence, like every other failure."""

    def error(self, message: str) -> NoReturn:
        raise Stop(f"Onbekende of onvolledige optie: {' '.join(sys.argv[1:])}. Typ python3 start.py --help.")


def hoofd(argumenten: list[str]) -> int:
    signal.signal(signal.SIGINT, _breek_af)
    signal.signal(signal.SIGTERM, _breek_af)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup keeps its meaning
        signal.signal(signal.SIGHUP, _breek_af)
    try:
        return _kies(argumenten)
    except Stop as stop:
        print(stop, file=sys.stderr, flush=True)
    except OSError as fout:
        print(als_zin(fout), file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        return 130
    return 1


def _kies(argumenten: list[str]) -> int:
    if sys.platform != "linux":
        raise Stop(f"start.py werkt op Linux, niet op {sys.platform}: gebruik daar een container.")
    if argumenten[:1] == ["test"]:
        return test.voer_uit(argumenten[1:])
    if argumenten[:1] == ["bench"]:
        return bench.voer_uit(argumenten[1:])
    if {"-h", "--help"} & set(argumenten):
        print(UITLEG)
        return 0
    ontleder = Ontleder(add_help=False, allow_abbrev=False)
    ontleder.add_argument("--poort", type=int, default=8000)
    poort: int = ontleder.parse_args(argumenten).poort
    if not 0 < poort < 65535:
        raise Stop(f"Poort {poort} bestaat niet: kies met --poort een getal van 1 tot 65534.")
    return demo.voer_uit(poort)


def _breek_af(sein: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
    raise KeyboardInterrupt
