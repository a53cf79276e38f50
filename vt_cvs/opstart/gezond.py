"""Waits until everything answers, and says which one died and what it said last."""

import http.client
import os
import socket
import time
from collections.abc import Callable, Mapping, Sequence

from vt_cvs.opstart.fouten import Stop, herken, staart
from vt_cvs.opstart.processen import Proces
from vt_cvs.opstart.verslag import Tikker

Proef = Callable[[], bool]


def poort_is_vrij(poort: int, *, keuze: int) -> None:
    """Said before anything is started. `keuze` is what the user gave as --poort."""
    with socket.socket() as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind(("127.0.0.1", poort))
        except PermissionError:
            raise Stop(f"Poort {poort} is voor root: kies een poort boven 1023 met --poort {keuze + 8000}.") from None
        except OSError:
            ander = keuze + 100 if keuze < 65000 else 8100
            raise Stop(f"Poort {poort} is al in gebruik: kies een andere met --poort {ander}.") from None


def antwoordt_op_http(poort: int, *, hosts: str = "VT_HOSTS") -> Proef:
    """`/gezond` answers 200 once database and broker do; behind a proxy in production the request came over TLS."""
    gastheer = os.environ.get(hosts, "127.0.0.1").split(",")[0]

    def proef() -> bool:
        verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=5)
        try:
            verbinding.request("GET", "/gezond", headers={"Host": gastheer, "X-Forwarded-Proto": "https"})
            return verbinding.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            verbinding.close()

    return proef


def wacht(proeven: Mapping[str, Proef], processen: Sequence[Proces], *, tikker: Tikker, geduld: float = 90) -> None:
    """All at once; whoever answered is not asked again."""
    open_ = dict(proeven)
    einde = time.monotonic() + geduld
    while open_:
        controleer(processen)
        open_ = {naam: proef for naam, proef in open_.items() if not proef()}
        if open_ and time.monotonic() > einde:
            logs = "\n".join(f"  {p.naam}:\n{staart(p.log)}" for p in processen if p.naam in open_)
            raise Stop(f"Na {geduld:.0f} seconden antwoordt nog niet: {', '.join(open_)}.\n{logs}")
        tikker.tik()
        if open_:
            time.sleep(0.05)


def controleer(processen: Sequence[Proces]) -> None:
    for proces in processen:
        if not proces.leeft():
            reden = staart(proces.log)
            uitleg = herken(reden)
            raise Stop(f"{proces.naam} is gestopt{f': {uitleg}' if uitleg else '; de laatste regels:'}\n{reden}")
