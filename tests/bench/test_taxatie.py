"""The bench of the VHT runs from an empty database to its last line; counts are judged, times never."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from bench import taxatie
from vt_cvs.opstart.plaats import ROOT

pytestmark = pytest.mark.xdist_group("bench")
HOOGSTENS = {"VHT openen": 20, "Antwoord bewaren": 34}


def test_de_bench_van_de_vht_meet_beide_en_telt_de_vragen(tmp_path: Path) -> None:
    naam, cijfers = f"bench_vht_{os.getpid()}", tmp_path / "cijfers.json"
    (tmp_path / "static").mkdir()
    with psycopg.connect(make_conninfo(os.environ["DATABASE_URL"], dbname="postgres"), autocommit=True) as db:
        db.execute(f"CREATE DATABASE {naam}")
        database = make_conninfo(os.environ["DATABASE_URL"], dbname=naam)
        env = {**os.environ, "VT_OMGEVING": "demo", "VT_STAAT": str(tmp_path), "DATABASE_URL": database}
        opdracht = [sys.executable, "-m", "bench.meet", "--vht", "--keer", "2", "--json", str(cijfers)]
        gedraaid = subprocess.run(opdracht, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False)
        db.execute(f"DROP DATABASE {naam} WITH (FORCE)")
    assert gedraaid.returncode == 0, gedraaid.stderr
    uitslag = json.loads(cijfers.read_text())
    assert [meting["naam"] for meting in uitslag["metingen"]] == list(HOOGSTENS)
    assert all(uitslag["vragen"][naam] <= hoogstens for naam, hoogstens in HOOGSTENS.items())
    assert f"VHT met {taxatie.FEITEN} feiten en {taxatie.EERDER} eerdere" in gedraaid.stdout
