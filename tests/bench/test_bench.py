"""The bench runs from an empty database to its last line, and counts what does not depend on the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from bench import gegevens, meet, vragen
from bench.uitslag import HOOGSTENS_VRAGEN, Meting, Telling
from casus.models import Casus, Persoon, Taak
from casus.selectors.werk import WEERGAVEN
from vt_cvs.kern.nummers import klopt
from vt_cvs.opstart.plaats import ROOT

pytestmark = pytest.mark.xdist_group("bench")
KLEIN, GROOT = 20, 300


@pytest.fixture(scope="session")
def eigen_database() -> Iterator[str]:
    """Empty, beside the one of the tests: the bench brings its own processes, which do not see our transaction."""
    naam = f"bench_toets_{os.getpid()}"
    with psycopg.connect(make_conninfo(os.environ["DATABASE_URL"], dbname="postgres"), autocommit=True) as db:
        db.execute(f"CREATE DATABASE {naam}")
        yield make_conninfo(os.environ["DATABASE_URL"], dbname=naam)
        db.execute(f"DROP DATABASE {naam} WITH (FORCE)")


@pytest.fixture(scope="session")
def gedraaid(eigen_database: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    """What one small run printed, and its figures."""
    staat = tmp_path_factory.mktemp("bench")
    (staat / "static").mkdir()
    cijfers = staat / "cijfers.json"
    env = {**os.environ, "VT_OMGEVING": "demo", "VT_STAAT": str(staat), "DATABASE_URL": eigen_database}
    opdracht = [sys.executable, "-m", "bench.meet", "--casussen", str(GROOT), "--keer", "2", "--json", cijfers]
    uitvoer = subprocess.run(opdracht, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert uitvoer.returncode == 0, uitvoer.stderr
    return uitvoer.stdout, json.loads(cijfers.read_text())


def test_de_bench_drukt_elke_regel_af(gedraaid: tuple[str, dict[str, Any]]) -> None:
    tekst, cijfers = gedraaid
    lijsten = [f"Mijn werk, {naam}" for code, (naam, _) in WEERGAVEN.items() if code]
    casussen = ["Casus, gewoon", f"Casus, alarm en {gegevens.DRUK} contacten"]
    gemeten = ["Mijn werk, eerste bladzijde", "Mijn werk, laatste bladzijde", *lijsten, *casussen]
    assert [meting["naam"] for meting in cijfers["metingen"]] == gemeten
    assert [telling["naam"] for telling in cijfers["tellingen"]] == ["Mijn werk", *casussen]
    regels = tekst.splitlines()
    koppen = [*gemeten, *cijfers["seconden"], *(f"indexen: {naam}" for naam in cijfers["indexen"])]
    koppen += ["300 casussen;", "bladzijde ", "vragen aan de database ", "tegelijk: Mijn werk, 8 klanten"]
    assert [kop for kop in koppen if not any(regel.startswith(kop) for regel in regels)] == []


def test_elke_meting_staat_naast_haar_vloer(gedraaid: tuple[str, dict[str, Any]]) -> None:
    """No figure is judged here: how fast this machine is, is not what the tests prove."""
    for meting in gedraaid[1]["metingen"]:
        assert meting["vloer"] > 0
        assert 0 < meting["mediaan"] <= meting["p95"]
        assert meting["keer"] == pytest.approx(meting["mediaan"] / meting["vloer"])
    assert all(duur > 0 for duur in gedraaid[1]["seconden"].values())
    assert all(per_seconde > 0 for per_seconde in gedraaid[1]["tegelijk"].values())


def test_ook_over_http_telt_de_bench_niet_te_veel_vragen(gedraaid: tuple[str, dict[str, Any]]) -> None:
    assert {telling["oordeel"] for telling in gedraaid[1]["tellingen"]} == {"ok"}


@pytest.mark.django_db
def test_het_aantal_vragen_groeit_niet_mee_en_blijft_onder_de_grens() -> None:
    geteld = []
    for maat in (KLEIN, GROOT):
        plekken = gegevens.vul(maat)
        klant = vragen.ingelogd(plekken.medewerker)
        bladzijden = meet.hoofdbladzijden(plekken).items()
        geteld.append({naam: len(vragen.vragen_van(klant, pad)) for naam, pad in bladzijden})
    assert geteld[0] == geteld[1]
    assert max(geteld[0].values()) <= HOOGSTENS_VRAGEN


@pytest.mark.django_db
def test_de_werklijst_en_de_tijdlijn_gaan_langs_hun_index() -> None:
    plekken = gegevens.vul(GROOT)
    klant = vragen.ingelogd(plekken.medewerker)
    lijst, tijdlijn = vragen.vragen_van(klant, "/werk/"), vragen.vragen_van(klant, plekken.druk.pad())
    assert "taak_voor" in vragen.indexen(lijst, vragen.WERKLIJST, zonder=["seqscan", "indexscan"])
    assert "log_tijdlijn" in vragen.indexen(tijdlijn, vragen.TIJDLIJN, zonder=["seqscan", "sort"])


@pytest.mark.django_db
def test_de_gegevens_kloppen_voor_elke_wachter() -> None:
    """Foreign keys and deferred triggers too: a large filling skips them, with the same statements."""
    plekken = gegevens.vul(GROOT)
    connection.check_constraints()
    assert Casus.objects.count() == GROOT
    assert Casus.objects.filter(stand=Casus.Stand.GESLOTEN).count() == GROOT * 7 // 10
    assert all(klopt(nummer) for nummer in Casus.objects.values_list("nummer", flat=True))
    assert not Persoon.objects.exclude(bsn="").exists()
    assert plekken.druk.contact_set.count() == gegevens.DRUK
    assert Taak.objects.filter(voor=plekken.medewerker, stand=Taak.Stand.OPEN).exists()


@pytest.mark.django_db
def test_een_grotere_vulling_begint_met_dezelfde_casussen() -> None:
    """Sizes can be compared: what was there at twenty is still there, unchanged, at three hundred."""
    velden = ("pk", "nummer", "naam", "gestart_op", "laagste_score")
    gegevens.vul(KLEIN)
    eerst = list(Casus.objects.order_by("pk").values_list(*velden))
    gegevens.vul(GROOT)
    assert list(Casus.objects.order_by("pk").values_list(*velden)[:KLEIN]) == eerst


@pytest.mark.django_db
def test_de_bench_vult_geen_database_waar_al_iets_in_staat(monkeypatch: pytest.MonkeyPatch) -> None:
    gegevens.vul(KLEIN)
    monkeypatch.setattr(meet, "call_command", lambda *_, **__: None)
    with pytest.raises(SystemExit, match="in deze staan al casussen"):
        meet.meet(KLEIN, keer=2)


@pytest.mark.parametrize(("mediaan", "oordeel"), [(24.9, "ok"), (25.0, "ok"), (25.1, "te traag")])
def test_een_meting_boven_haar_grens_is_te_traag(mediaan: float, oordeel: str) -> None:
    meting = Meting("Casus", mediaan=mediaan, p95=90.0, vloer=5.0, grens=25.0)
    assert meting.oordeel == oordeel


@pytest.mark.parametrize(
    ("aantallen", "oordeel"), [([5, 5, 5], "ok"), ([12, 12], "ok"), ([5, 6], "groeit mee"), ([13, 13], "te veel")]
)
def test_een_telling_zegt_wat_er_mis_is(aantallen: list[int], oordeel: str) -> None:
    assert Telling("Casus", aantallen).oordeel == oordeel


def test_het_commando_staat_naast_de_andere() -> None:
    uitslag = subprocess.run([sys.executable, ROOT / "start.py", "--help"], capture_output=True, text=True, check=True)
    assert "start.py bench" in uitslag.stdout
    assert Path(ROOT / "bench" / "README.md").exists()
