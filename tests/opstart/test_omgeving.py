"""The virtual environment: what is pinned, when it is made, and what it says when that fails."""

import json
import re
import sys
from pathlib import Path

import pytest

from tests.opstart.conftest import script
from vt_cvs.opstart.fouten import GEEN_NET, VOL, Stop
from vt_cvs.opstart.omgeving import DRAAIEN, TOETSEN, Omgeving
from vt_cvs.opstart.plaats import ROOT

NETTE_PIP = 'echo "$@" >> "$(dirname "$0")/../../aanroepen"'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for lijst in (DRAAIEN, TOETSEN):
        (tmp_path / lijst).write_text(f"# {lijst}\n")
    return tmp_path


def met_pip(root: Path, inhoud: str) -> Omgeving:
    """An interpreter whose `-m venv MAP` makes an environment with this pip in it."""
    pip = script(root / "pip.sh", inhoud)
    python = script(root / "python.sh", f'mkdir -p "$3/bin"; cp "{pip}" "$3/bin/python"; cp "{pip}" "$3/bin/pip"')
    return Omgeving(root, python=str(python))


@pytest.mark.parametrize("lijst", [DRAAIEN, TOETSEN])
def test_een_lijst_noemt_geen_adres_en_legt_elk_pakket_vast(lijst: str) -> None:
    tekst = (ROOT / lijst).read_text()
    assert "http" not in tekst.lower().replace("httpx", "").replace("httpcore", "")
    assert "://" not in tekst
    regels = [
        regel for regel in tekst.replace("\\\n", " ").splitlines() if regel and not regel.lstrip().startswith("#")
    ]
    assert regels
    for regel in regels:
        assert re.match(r"[a-z0-9.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", regel), regel


def test_de_toetslijst_houdt_de_hele_draailijst_in() -> None:
    def versies(lijst: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9.-]+==\S+", (ROOT / lijst).read_text(), re.MULTILINE))

    assert versies(DRAAIEN) < versies(TOETSEN)


def test_geinstalleerd_wordt_eenmaal_en_weer_als_de_lijst_verandert(root: Path) -> None:
    omgeving = met_pip(root, NETTE_PIP)
    omgeving.zorg_voor(DRAAIEN)
    omgeving.zorg_voor(DRAAIEN)
    aanroepen = (root / "aanroepen").read_text().splitlines()
    assert len(aanroepen) == 1
    assert "--require-hashes" in aanroepen[0]
    (root / DRAAIEN).write_text("# anders\n")
    omgeving.zorg_voor(DRAAIEN)
    assert len((root / "aanroepen").read_text().splitlines()) == 2


def test_wie_de_toetslijst_heeft_heeft_de_draailijst_ook(root: Path) -> None:
    omgeving = met_pip(root, NETTE_PIP)
    omgeving.zorg_voor(TOETSEN)
    omgeving.zorg_voor(DRAAIEN)
    assert len((root / "aanroepen").read_text().splitlines()) == 1


def test_een_afgebroken_installatie_begint_met_een_schone_map(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Stop):
        met_pip(root, "exit 1").zorg_voor(DRAAIEN)
    half = root / ".venv" / "half"
    half.mkdir()
    met_pip(root, NETTE_PIP).zorg_voor(DRAAIEN)
    assert not half.exists()
    assert "onvolledig" in capsys.readouterr().out


def test_een_omgeving_waarvan_python_verdwenen_is_wordt_opnieuw_gemaakt(root: Path) -> None:
    omgeving = met_pip(root, NETTE_PIP)
    omgeving.zorg_voor(DRAAIEN)
    (omgeving.bin / "python").unlink()
    (omgeving.bin / "python").symlink_to(root / "weg")
    omgeving.zorg_voor(DRAAIEN)
    assert json.loads(omgeving.stempel.read_text())["python"] == str((omgeving.bin / "python").resolve())


def test_zonder_netwerk_een_zin(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real pip, with an address where nobody listens."""
    for naam, waarde in {
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "1",
    }.items():
        monkeypatch.setenv(naam, waarde)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    (root / DRAAIEN).write_text(f"bestaat-hier-niet==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(Stop) as stop:
        met_pip(root, f'exec "{sys.executable}" "$@"').zorg_voor(DRAAIEN)
    assert str(stop.value) == GEEN_NET


@pytest.mark.parametrize(
    ("uitvoer", "zin"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", VOL),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "een andere inhoud"),
        ("ERROR: No matching distribution found for x==1", "niet te krijgen"),
        ("ERROR: iets onbekends", "niet geïnstalleerd: ERROR: iets onbekends."),
    ],
)
def test_een_pip_die_faalt_geeft_een_zin(root: Path, uitvoer: str, zin: str) -> None:
    with pytest.raises(Stop) as stop:
        met_pip(root, f"echo '{uitvoer}' >&2; exit 1").zorg_voor(DRAAIEN)
    assert zin in str(stop.value)
    assert "\n" not in str(stop.value)


def test_een_python_zonder_ensurepip_geeft_de_regel_om_te_typen(root: Path) -> None:
    """What Debian's python3 without python3-venv says."""
    zegt = "The virtual environment was not created successfully because ensurepip is not available."
    python = script(root / "python.sh", f"echo '{zegt}'; exit 1")
    with pytest.raises(Stop, match="apt-get install python3-venv"):
        Omgeving(root, python=str(python)).zorg_voor(DRAAIEN)
