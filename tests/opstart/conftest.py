"""Real processes in folders of their own: tmp_path is closed to the database user, and too long for a socket."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from vt_cvs.opstart.omgeving import Omgeving
from vt_cvs.opstart.plaats import TIJDELIJK
from vt_cvs.opstart.processen import ruim_restanten

EIGEN = ("DATABASE_URL", "REGISTER_DATABASE_URL", "REDIS_URL", "VT_STAAT", "VT_OMGEVING")


@pytest.fixture(autouse=True)
def zonder_eigen_omgeving(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test run's own database must not look like one that the user brought."""
    for naam in EIGEN:
        monkeypatch.delenv(naam, raising=False)


@pytest.fixture
def staat() -> Iterator[Path]:
    pad = Path(tempfile.mkdtemp(prefix="vt-opstart-", dir=TIJDELIJK))
    pad.chmod(0o711 if os.geteuid() == 0 else 0o700)
    yield pad
    ruim_restanten(pad, geduld=5)
    shutil.rmtree(pad, ignore_errors=True)


@pytest.fixture(scope="session")
def site() -> Path:
    return Omgeving().site()


@pytest.fixture
def vrije_poort() -> int:
    """One whose two successors are free too, below the range that the kernel hands out itself."""
    eigen = 20000 + 2000 * (int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 6)
    for poort in range(eigen + os.getpid() % 300 * 3, eigen + 2000, 3):
        with socket.socket() as een, socket.socket() as twee, socket.socket() as drie:
            try:
                een.bind(("127.0.0.1", poort))
                twee.bind(("127.0.0.1", poort + 1))
                drie.bind(("127.0.0.1", poort + 2))
            except OSError:
                continue
            return poort
    raise AssertionError("geen vrije poort")


def script(pad: Path, inhoud: str) -> Path:
    """A program that plays the part of another one."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(f"#!/bin/sh\n{inhoud}\n")
    pad.chmod(0o755)
    return pad
