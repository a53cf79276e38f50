"""The command line: every foreseen failure is one sentence on stderr, exit code 1, and no traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.opstart.conftest import script
from vt_cvs.opstart import demo, hoofd, systeem
from vt_cvs.opstart import test as testopdracht
from vt_cvs.opstart.fouten import VOL, Stop
from vt_cvs.opstart.gezond import poort_is_vrij
from vt_cvs.opstart.plaats import ROOT, neem_slot


def start_py(*argumenten: str, **omgeving: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, ROOT / "start.py", *argumenten],
        env={**os.environ, **omgeving},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def is_een_zin(uitslag: "subprocess.CompletedProcess[str]") -> str:
    assert uitslag.returncode == 1, uitslag
    assert "Traceback" not in uitslag.stderr
    assert len(uitslag.stderr.strip().splitlines()) == 1, uitslag.stderr
    return uitslag.stderr.strip()


def test_een_bezette_poort_geeft_een_zin(staat: Path, vrije_poort: int) -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", vrije_poort))
        bezet.listen()
        zin = is_een_zin(start_py("--poort", str(vrije_poort), VT_STAAT=str(staat)))
    assert f"Poort {vrije_poort} is al in gebruik" in zin
    assert "--poort" in zin


def test_ook_de_poort_van_de_registerdienst_moet_vrij_zijn(staat: Path, vrije_poort: int) -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", vrije_poort + 1))
        bezet.listen()
        zin = is_een_zin(start_py("--poort", str(vrije_poort), VT_STAAT=str(staat)))
    assert f"Poort {vrije_poort + 1} is al in gebruik" in zin


def test_een_vrije_poort_is_goed(vrije_poort: int) -> None:
    poort_is_vrij(vrije_poort, keuze=vrije_poort)


@pytest.mark.parametrize("argumenten", [["--poort"], ["--poort", "veel"], ["--onzin"], ["--poort", "70000"]])
def test_een_verkeerde_optie_geeft_een_zin(argumenten: list[str]) -> None:
    is_een_zin(start_py(*argumenten))


def test_een_tweede_start_op_dezelfde_map_geeft_een_zin(staat: Path, vrije_poort: int) -> None:
    with neem_slot(staat, "http://127.0.0.1:8000"):
        zin = is_een_zin(start_py("--poort", str(vrije_poort), VT_STAAT=str(staat)))
    assert "draait hier al" in zin
    assert str(os.getpid()) in zin


def test_een_te_oude_python_geeft_een_zin() -> None:
    code = f"""
import runpy, sys
sys.version_info = (3, 9, 2)
runpy.run_path({str(ROOT / "start.py")!r}, run_name="__main__")
"""
    uitslag = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Python 3.11 of nieuwer" in is_een_zin(uitslag)


def test_een_volle_schijf_geeft_een_zin(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A device that is always full gives the real error."""

    def schrijf(poort: int) -> int:
        with Path("/dev/full").open("w") as vol:
            vol.write("x")
            vol.flush()
        return poort

    monkeypatch.setattr(demo, "voer_uit", schrijf)
    assert hoofd.hoofd([]) == 1
    assert capsys.readouterr().err.strip() == VOL


def test_een_verboden_map_geeft_een_zin(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def weiger(poort: int) -> int:
        raise PermissionError(13, "Permission denied", "/ergens")

    monkeypatch.setattr(demo, "voer_uit", weiger)
    assert hoofd.hoofd([]) == 1
    assert "Geen toegang (/ergens)" in capsys.readouterr().err


def test_productie_draait_niet_op_de_meegeleverde_database(staat: Path, vrije_poort: int) -> None:
    zin = is_een_zin(start_py("--poort", str(vrije_poort), VT_STAAT=str(staat), VT_OMGEVING="productie"))
    assert "DATABASE_URL" in zin


def test_zonder_pango_krijgt_een_gewone_gebruiker_de_regel_om_te_typen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.util.find_library", lambda naam: None)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(Stop) as stop:
        systeem.zorg_voor(browser=False)
    regel = "sudo apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    assert regel in str(stop.value)
    assert "\n" not in str(stop.value)


def test_zonder_browser_vraagt_alleen_de_toets_erom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.util.find_library", lambda naam: "er.so")
    monkeypatch.setattr("shutil.which", lambda naam: None)
    assert systeem.ontbrekend(browser=True) == ["chromium"]
    assert systeem.ontbrekend(browser=False) == []


def met_apt(monkeypatch: pytest.MonkeyPatch, map_: Path, inhoud: str) -> None:
    script(map_ / "apt-get", inhoud)
    monkeypatch.setenv("PATH", f"{map_}:{os.environ['PATH']}")
    monkeypatch.setattr("ctypes.util.find_library", lambda naam: None if naam == "pango-1.0" else "er.so")
    monkeypatch.setattr("os.geteuid", lambda: 0)


def test_root_installeert_zelf_wat_ontbreekt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    met_apt(monkeypatch, tmp_path, f'echo "$@" >> {tmp_path}/aanroepen')
    systeem.zorg_voor(browser=False)
    aanroepen = (tmp_path / "aanroepen").read_text().splitlines()
    assert aanroepen == ["update -q", "install --no-install-recommends -y -q libpango-1.0-0"]


def test_een_apt_zonder_netwerk_geeft_een_zin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    met_apt(monkeypatch, tmp_path, "echo 'E: Failed to fetch x  Could not resolve host' >&2; exit 100")
    with pytest.raises(Stop, match="geen verbinding met de pakketbron"):
        systeem.zorg_voor(browser=False)


def test_ci_draait_precies_de_opdracht_uit_de_readme() -> None:
    regels = (ROOT / ".ci" / "run").read_text().splitlines()
    assert regels[-1] == "exec python3 start.py test"
    assert regels[0] == "#!/usr/bin/env bash"


def test_een_toets_zonder_toetsen_is_een_fout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """pytest's exit code 5 must not look like success."""
    leeg = tmp_path / "test_leeg.py"
    leeg.write_text("")
    omgeving = testopdracht.Omgeving()
    kaal = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    argumenten = [
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
        "-n0",
        "-c",
        "/dev/null",
        "--rootdir",
        str(tmp_path),
        str(leeg),
    ]
    assert testopdracht._pytest(omgeving, kaal, argumenten) == 5
