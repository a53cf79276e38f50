"""`python3 start.py test`: on a throw-away cluster, everything runs, and nothing of it stays."""

import re
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.opstart.proefproject import Start, maak
from vt_cvs.opstart import test as opdracht
from vt_cvs.opstart.plaats import TIJDELIJK

pytestmark = pytest.mark.xdist_group("opstart")
WEGWERPMAP = rf"{TIJDELIJK}/{opdracht.VOORVOEGSEL}\w+"
TOETS = """
import os, sys, time
def test_op_een_wegwerpdatabase():
    assert os.environ["VT_OMGEVING"] == "test"
    assert "vt-cvs-toets-" in os.environ["DATABASE_URL"]
    assert os.environ["VT_ALLES"] == "1"
    time.sleep(float(os.environ.get("SLAAP", "0")))
def test_die_faalt():
    assert "GOED" in os.environ
"""


@pytest.fixture
def root(staat: Path) -> Path:
    root = maak(staat / "project")
    (root / "test_proef.py").write_text(TOETS)
    (root / "pytest.ini").write_text("[pytest]\n")
    return root


def test_de_uitkomst_is_die_van_pytest_en_staat_onderaan(root: Path) -> None:
    """Also when the user has a database of his own: tests stay out of it."""
    toetsen = ["--snel", "--alles", "test_proef.py", "-p", "no:randomly"]
    eigen = {"DATABASE_URL": "dbname=van_iemand", "REDIS_URL": "redis://127.0.0.1:9"}
    with Start(root, env=eigen, toetsen=toetsen) as start:
        assert start.einde() == 1
        assert "Linters overgeslagen" in start.tekst
        assert "1 failed, 1 passed" in start.tekst.splitlines()[-1]
        assert start.over(1) == []
    with Start(root, env={"GOED": "ja"}, toetsen=toetsen) as start:
        assert start.einde() == 0
        assert "2 passed" in start.tekst.splitlines()[-1]


def test_een_kill_9_laat_geen_proces_achter_en_de_volgende_ruimt_de_map_op(root: Path) -> None:
    toetsen = ["--alles", "--snel", "test_proef.py"]
    with Start(root, env={"SLAAP": "60"}, toetsen=toetsen) as start:
        start.tot("Toetsen:")
        (map_,) = {Path(naam) for naam in re.findall(WEGWERPMAP, " ".join(start.draaiend().values()))}
        assert map_.is_dir()
        start.stop(signal.SIGKILL)
        assert start.over() == []
    opdracht.ruim_oude_mappen()
    assert not map_.exists()


def test_een_map_die_in_gebruik_is_blijft_staan() -> None:
    with opdracht.wegwerpmap() as map_:
        opdracht.ruim_oude_mappen()
        assert map_.exists()
    assert not map_.exists()


@pytest.mark.parametrize(
    ("gefaald", "code", "verwacht"), [([], 0, 0), (["mypy"], 0, 1), ([], 1, 1), (["mypy"], 2, 2), ([], 5, 5)]
)
def test_een_linter_of_een_toets_die_faalt_laat_het_geheel_falen_na_afloop(
    monkeypatch: pytest.MonkeyPatch, gefaald: list[str], code: int, verwacht: int
) -> None:
    volgorde: list[str] = []

    def linters(*_: object, **__: object) -> list[str]:
        volgorde.append("linters")
        return gefaald

    def pytest_(omgeving: object, env: Mapping[str, str], argumenten: list[str]) -> int:
        volgorde.append("pytest")
        assert argumenten == []
        return code

    monkeypatch.setattr(opdracht, "_linters", linters)
    monkeypatch.setattr(opdracht, "_pytest", pytest_)
    monkeypatch.setattr(opdracht.systeem, "zorg_voor", lambda *, browser: None)
    assert opdracht.voer_uit([]) == verwacht
    assert volgorde == ["linters", "pytest"]
