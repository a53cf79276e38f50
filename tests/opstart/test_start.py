"""`python3 start.py` from end to end, on a project as small as can be."""

import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.opstart.proefproject import Start, maak
from tests.opstart.test_processen import wacht_tot
from vt_cvs.opstart import sleutels
from vt_cvs.opstart.broker import Broker
from vt_cvs.opstart.postgres import Postgres

pytestmark = pytest.mark.xdist_group("opstart")
KLAAR = "Stoppen: Ctrl-C."
GEVULD = "De demo staat klaar."


@pytest.fixture
def root(staat: Path) -> Path:
    return maak(staat / "project")


@pytest.fixture
def eigen(staat: Path, site: Path) -> Iterator[dict[str, str]]:
    """A database and a broker that the user brought himself."""
    buiten = staat / "buiten"
    buiten.mkdir()
    postgres, broker = Postgres(buiten, site, wegwerp=True), Broker(buiten, site)
    broker.start()
    postgres.start()
    broker.wacht()
    postgres.zorg_voor("vtcvs")
    yield {"DATABASE_URL": postgres.dsn("vtcvs"), "REDIS_URL": broker.url}
    broker.stop()
    postgres.stop()


def haal(poort: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{poort}/gezond", timeout=5) as antwoord:
        return str(antwoord.read().decode())


def brp_antwoordt(poort: int) -> bool:
    """Who brings no key is told so; that is an answer."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{poort}/haalcentraal/api/brp/personen", b"{}", timeout=5)
    except urllib.error.HTTPError as fout:
        return fout.code == 401
    return False


def test_van_een_kale_map_tot_een_pagina_en_terug_naar_niets(root: Path, vrije_poort: int) -> None:
    with Start(root, vrije_poort) as eerste:
        tekst = eerste.tot(KLAAR)
        assert "demogegevens geladen" not in tekst  # the page does not wait for them
        tekst = eerste.tot(GEVULD)
        assert f"http://127.0.0.1:{vrije_poort} " in tekst
        assert "demogegevens geladen" in tekst
        assert "p@proef.example" in tekst
        assert "proefwoord" in tekst
        assert "true" in haal(vrije_poort)
        assert "true" in haal(vrije_poort + 1)
        assert brp_antwoordt(vrije_poort + 2), "de demo heeft een eigen BRP"
        brp = next(pid for pid, opdracht in eerste.draaiend().items() if "brp_simulator" in opdracht)
        assert not [n for n in sleutels.NAMEN if f"\0{n}=" in Path(f"/proc/{brp}/environ").read_text()]
        # beat schedules, the broker carries, the worker does
        assert wacht_tot((root / "var" / "gedaan").exists)
        assert len(eerste.draaiend()) > 6
        dienst = next(pid for pid, opdracht in eerste.draaiend().items() if "register.dienst.wsgi" in opdracht)
        ziet = Path(f"/proc/{dienst}/environ").read_text()
        assert "VT_REGISTER_SLEUTEL=" in ziet
        assert not [naam for naam in sleutels.NIET_VOOR_REGISTERDIENST if f"\0{naam}=" in ziet]
        with Start(root, vrije_poort + 2) as tweede:
            assert tweede.einde() == 1
            assert "draait hier al" in tweede.tekst
        assert eerste.stop(signal.SIGINT) == 0
        assert eerste.over(0.5) == []

    with Start(root, vrije_poort) as later:
        tekst = later.tot(KLAAR)
        assert "Databases bijwerken" not in tekst
        assert "proefwoord" in tekst
        assert later.stop(signal.SIGKILL) == -signal.SIGKILL
        # no waiting: the next start itself waits for what is still dying
        with Start(root, vrije_poort) as na:
            na.tot(KLAAR)
            assert na.stop(signal.SIGKILL) == -signal.SIGKILL
            assert na.over() == []


@pytest.mark.parametrize("sein", [signal.SIGTERM, signal.SIGHUP])
def test_ook_een_ander_stopsein_laat_niets_achter(root: Path, vrije_poort: int, sein: signal.Signals) -> None:
    """Halfway, while it still starts."""
    with Start(root, vrije_poort) as start:
        start.tot("Web, registerdienst")
        start.stop(sein)
        assert start.over(1) == []
        assert "Traceback" not in start.tekst


def test_een_onderdeel_dat_sterft_wordt_genoemd_en_de_rest_stopt(root: Path, vrije_poort: int) -> None:
    with Start(root, vrije_poort) as start:
        start.tot(KLAAR)
        worker = min(pid for pid, opdracht in start.draaiend().items() if " worker " in opdracht)
        os.kill(worker, signal.SIGKILL)
        assert start.einde() == 1
        assert "worker is gestopt" in start.tekst
        assert start.over(1) == []


def test_een_cluster_met_andere_migraties_gaat_opzij_en_dat_wordt_gezegd(root: Path, vrije_poort: int) -> None:
    with Start(root, vrije_poort) as start:
        start.tot(GEVULD)
        start.stop(signal.SIGINT)
    migraties = root / "vt_cvs" / "demo" / "migrations"
    (migraties / "0001_begin.py").rename(migraties / "0001_anders.py")
    with Start(root, vrije_poort) as start:
        tekst = start.tot(KLAAR)
        start.stop(signal.SIGINT)
    assert "opnieuw gemaakt" in tekst
    assert "0001_begin.py" in tekst
    (opzij,) = (root / "var").glob("cluster-*")
    assert str(opzij) in tekst
    assert {"pgdata", "broker", "accounts.json"} <= {pad.name for pad in opzij.iterdir()}


def test_een_migratie_die_faalt_stopt_de_start(root: Path, vrije_poort: int) -> None:
    migratie = root / "vt_cvs" / "demo" / "migrations" / "0001_begin.py"
    migratie.write_text(migratie.read_text().replace("create table", "maak tabel"))
    with Start(root, vrije_poort) as start:
        assert start.einde() == 1
        assert "Het bijwerken van de database is mislukt" in start.tekst
        assert 'syntax error at or near "maak"' in start.tekst
        assert start.over(1) == []


def test_met_een_eigen_database_en_broker_start_er_geen_ander(
    root: Path, vrije_poort: int, eigen: dict[str, str]
) -> None:
    with Start(root, vrije_poort, eigen) as start:
        start.tot(KLAAR)
        assert "true" in haal(vrije_poort + 1)  # its database was made on the same server
        assert not (root / "var" / "cluster").exists()
        assert not (root / "var" / "broker").exists()
        assert start.stop(signal.SIGINT) == 0


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"DATABASE_URL": "postgresql://iemand@127.0.0.1:9/vtcvs"}, "Geen verbinding met de database van DATABASE_URL"),
        ({"REDIS_URL": "redis://127.0.0.1:9"}, "Geen verbinding met de broker van REDIS_URL"),
        ({"DATABASE_URL": "{DATABASE_URL} user=klein"}, "mag database register niet maken"),
    ],
)
def test_een_eigen_database_of_broker_die_weigert_geeft_een_zin(
    root: Path, vrije_poort: int, eigen: dict[str, str], staat: Path, site: Path, anders: dict[str, str], zin: str
) -> None:
    buiten = Postgres(staat / "buiten", site, wegwerp=True)
    buiten.vraag("create role klein login")
    env = {**eigen, **{naam: waarde.format(**eigen) for naam, waarde in anders.items()}}
    with Start(root, vrije_poort, env) as start:
        assert start.einde() == 1
        assert zin in start.tekst.splitlines()[-1]
        assert "Traceback" not in start.tekst
