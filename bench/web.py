"""The product's own web processes on a free port, and a browser that does nothing but ask and wait."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore

from vt_cvs.opstart.demo import GUNICORN
from vt_cvs.opstart.gezond import antwoordt_op_http, wacht
from vt_cvs.opstart.plaats import ROOT
from vt_cvs.opstart.processen import Opdracht, start, stop
from vt_cvs.opstart.verslag import Tikker
from vt_cvs.organisatie.models import Medewerker

PROCESSEN = 2


@dataclass(frozen=True, slots=True)
class Web:
    poort: int
    gestart_in: float  # seconds until it served


@contextmanager
def draaiend() -> Iterator[Web]:
    """gunicorn as the demo starts it."""
    poort, tikker = _vrije_poort(), Tikker()
    opdracht: Opdracht = [
        ROOT / ".venv" / "bin" / "gunicorn", "bench.wsgi:application", "-w", str(PROCESSEN), *GUNICORN,
        "-b", f"127.0.0.1:{poort}",
    ]  # fmt: skip
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    web = start("bench-web", opdracht, staat=Path(settings.STAAT), env=env, doodsein=signal.SIGQUIT)
    try:
        wacht({"web": antwoordt_op_http(poort)}, [web], tikker=tikker)
        yield Web(poort, tikker.duur)
    finally:
        stop([web])


def _vrije_poort() -> int:
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        return int(proef.getsockname()[1])


def sessie(medewerker: Medewerker) -> str:
    """The cookie of someone who has logged in; made as Django's own log-in leaves it."""
    winkel = SessionStore()
    winkel[SESSION_KEY] = str(medewerker.pk)
    winkel[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    winkel[HASH_SESSION_KEY] = medewerker.get_session_auth_hash()
    winkel.save()
    return f"{settings.SESSION_COOKIE_NAME}={winkel.session_key}"


class Klant:
    """One keep-alive connection."""

    def __init__(self, poort: int, koekje: str = "") -> None:
        self.verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=60)
        self.kop = {"Cookie": koekje} if koekje else {}

    def vraag(self, pad: str) -> str:
        """The page; anything but 200 stops the measurement."""
        try:
            return self._vraag(pad)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):  # it was idle for too long
            self.verbinding.close()
            return self._vraag(pad)

    def _vraag(self, pad: str) -> str:
        self.verbinding.request("GET", pad, headers=self.kop)
        antwoord = self.verbinding.getresponse()
        inhoud = antwoord.read().decode()
        if antwoord.status != 200:
            raise RuntimeError(f"{pad} antwoordt {antwoord.status}, niet 200.")
        return inhoud

    def stuur(self, pad: str, inhoud: str, kop: dict[str, str]) -> str:
        """What a form sends; anything but 200 stops the measurement."""
        self.verbinding.request("POST", pad, body=inhoud.encode(), headers={**self.kop, **kop})
        antwoord = self.verbinding.getresponse()
        tekst = antwoord.read().decode()
        if antwoord.status != 200:
            raise RuntimeError(f"{pad} antwoordt {antwoord.status}, niet 200.")
        return tekst

    def tijd(self, pad: str) -> float:
        """Milliseconds from asking to the last byte."""
        begin = time.perf_counter()
        self.vraag(pad)
        return (time.perf_counter() - begin) * 1000

    def laatste_bladzijde(self, pad: str) -> str:
        """Follow “next” to the end of a list."""
        for _ in range(100):
            voor, gevonden, _ = self.vraag(pad).rpartition('rel="next"')
            if not gevonden:
                return pad
            pad = urljoin(pad, unescape(voor.rpartition('href="')[2].partition('"')[0]))
        raise RuntimeError("De lijst houdt na honderd bladzijden nog niet op.")


def tegelijk(poort: int, koekje: str, pad: str, *, klanten: int, elk: int) -> float:
    """Pages a second for so many clients at once."""
    alle = [Klant(poort, koekje) for _ in range(klanten)]
    klaar: list[int] = []

    def loop(klant: Klant) -> None:
        for _ in range(elk):
            klant.vraag(pad)
            klaar.append(1)

    draden = [threading.Thread(target=loop, args=(klant,)) for klant in alle]
    begin = time.perf_counter()
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    if len(klaar) != klanten * elk:
        raise RuntimeError(f"Van {klanten * elk} bladzijden kwamen er {len(klaar)}.")
    return len(klaar) / (time.perf_counter() - begin)
