"""Two registers: one in memory for the koppeling, and the real service in its own process on its own database."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.register.gereedschap import GeheugenRegister, nieuw_bsn
from vt_cvs.koppelingen.register import HttpRegister, pseudoniem

ROOT = Path(__file__).resolve().parents[2]
SLEUTELS = {code: f"sleutel-van-{code}" for code in ("merenland", "kuststreek", "heuvelrug")}
TABELLEN = ("registratie", "match", "bericht", "ontvangst", "alarm")
GEDULD = 30


@pytest.fixture
def poort(monkeypatch: pytest.MonkeyPatch) -> GeheugenRegister:
    """The register of the koppeling, in memory."""
    register = GeheugenRegister()
    monkeypatch.setattr("register.services.bezorgen.registerpoort", lambda: register)
    monkeypatch.setattr("register.services.matches.registerpoort", lambda: register)
    return register


@dataclass
class Dienst:
    """The service as a process; it can be stopped and started again on the same address."""

    dsn: str
    poort: int
    log: Path
    proces: subprocess.Popen[bytes] | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.poort}"

    def omgeving(self) -> dict[str, str]:
        organisaties = [
            {"code": code, "naam": f"Veilig Thuis {code.title()}", "telefoon": f"088 555 0{n} 00", "sleutel": sleutel}
            for n, (code, sleutel) in enumerate(SLEUTELS.items(), 1)
        ]
        return {
            **os.environ,
            "REGISTER_DATABASE_URL": self.dsn,
            "REGISTER_ORGANISATIES": json.dumps(organisaties),
            "REGISTER_ALARM_REGISTRATIES": "20",
            "REGISTER_ALARM_INTREKKINGEN": "3",
            "VT_OMGEVING": "test",
            "DJANGO_SETTINGS_MODULE": "register.dienst.settings",
            "PYTHONPATH": str(ROOT),
            **self.extra,
        }

    def migreer(self) -> None:
        self.beheer("migrate", "-v0")

    def beheer(self, *opdracht: str) -> str:
        klaar = subprocess.run(
            [sys.executable, "-m", "django", *opdracht],
            env=self.omgeving(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert klaar.returncode == 0, klaar.stderr
        return klaar.stdout

    def start(self) -> None:
        opties = ("-w", "1", "-k", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "warning")
        with self.log.open("ab") as log:
            self.proces = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "register.dienst.wsgi:application", *opties, "-b", self.url[7:]],
                env=self.omgeving(),
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        einde = time.monotonic() + GEDULD
        while time.monotonic() < einde:
            try:
                if httpx.get(f"{self.url}/gezond", timeout=1).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def stop(self) -> None:
        if self.proces is not None:
            self.proces.terminate()
            self.proces.wait(GEDULD)
            self.proces = None

    def vraag(self, code: str, methode: str, pad: str, **opties: Any) -> httpx.Response:
        kop = {
            "Authorization": f"Bearer {SLEUTELS[code]}",
            "Idempotency-Key": str(uuid4()),
            **opties.pop("headers", {}),
        }
        return httpx.request(methode, f"{self.url}{pad}", headers=kop, timeout=10, **opties)

    def register(self, code: str) -> HttpRegister:
        """What an installation of this organisation would use."""
        return HttpRegister(self.url, SLEUTELS[code])

    def sql(self, opdracht: str, *waarden: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.dsn, autocommit=True) as verbinding:
            cursor = verbinding.execute(opdracht.encode(), waarden or None)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def _dienst(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Dienst]:
    """Each worker of the test run has its own service on its own database."""
    basis = os.environ["REGISTER_DATABASE_URL"]
    naam = f"toets_register_{os.getpid()}_{worker_id}"
    with psycopg.connect(make_conninfo(basis, dbname="postgres"), autocommit=True) as beheer:
        beheer.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(naam)))
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    dienst = Dienst(make_conninfo(basis, dbname=naam), poort, tmp_path_factory.mktemp("dienst") / "dienst.log")
    try:
        dienst.migreer()
        dienst.start()
        yield dienst
    finally:
        dienst.stop()
        with psycopg.connect(make_conninfo(basis, dbname="postgres"), autocommit=True) as beheer:
            beheer.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(naam)))


@pytest.fixture
def dienst(_dienst: Dienst) -> Dienst:
    """Running, and knowing nobody."""
    if _dienst.proces is None:
        _dienst.start()
    _dienst.sql("TRUNCATE " + ", ".join(f"dienst_{tabel}" for tabel in TABELLEN))
    _dienst.sql("UPDATE dienst_organisatie SET actief = true")
    return _dienst


@pytest.fixture
def aanmelding() -> Callable[..., dict[str, Any]]:
    """A registration that is right; every call about the same person unless another BSN is given."""
    bsn = nieuw_bsn()

    def maak(**anders: Any) -> dict[str, Any]:
        wie = anders.pop("bsn", bsn)
        vol = {
            "pseudoniem": pseudoniem(wie),
            "versie": 1,
            "stand": "actief",
            "bsn": wie,
            "naam": "Jelle Terpstra",
            "begin": "2026-03-01",
            "eind": None,
            **anders,
        }
        if vol["stand"] == "verwijderd":
            return {naam: vol[naam] for naam in ("pseudoniem", "versie", "stand")}
        return vol

    return maak
