"""The virtual environment: made once, filled from hash-pinned lists, and stamped with what is in it."""

import fcntl
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

from vt_cvs.opstart.fouten import Stop, herken
from vt_cvs.opstart.plaats import ROOT
from vt_cvs.opstart.processen import Opdracht, voer_uit
from vt_cvs.opstart.verslag import Tikker, stap, zeg

DRAAIEN, TOETSEN = "requirements.txt", "requirements-test.txt"  # the second holds the first


class Omgeving:
    def __init__(self, root: Path = ROOT, *, python: str = sys.executable) -> None:
        self.root, self.python = root, python
        self.map = root / ".venv"
        self.bin = self.map / "bin"
        self.stempel, self.bezig = self.map / ".stempel", self.map / ".bezig"

    def zorg_voor(self, lijst: str) -> None:
        """Nothing to do when the stamp matches: that is every start but the first."""
        if self._klopt(lijst):
            return
        bestond = self.map.exists()
        self.map.mkdir(exist_ok=True)
        with (self.map / ".slot").open("w") as slot:  # `start` and `test` at the same time: one installs, one waits
            fcntl.flock(slot, fcntl.LOCK_EX)
            if self._klopt(lijst):
                return
            with stap("Pakketten installeren (eenmalig, ongeveer een minuut)") as tikker:
                self._maak(tikker, bestond=bestond)
                self._installeer(lijst, tikker)

    def site(self) -> Path:
        """Where the packages stand; found without running the environment's Python."""
        for pad in sorted(self.map.glob("lib/python3*/site-packages")):
            return pad
        raise Stop("De map .venv is onvolledig: verwijder die en start opnieuw.")

    def _hash(self, lijst: str) -> str:
        return hashlib.sha256((self.root / lijst).read_bytes()).hexdigest()

    def _klopt(self, lijst: str) -> bool:
        """Same lists, same Python: after an upgrade of Python the environment is made again."""
        try:
            stempel = json.loads(self.stempel.read_text())
        except (OSError, ValueError):
            return False
        return stempel.get(lijst) == self._hash(lijst) and stempel.get("python") == self._echte_python()

    def _echte_python(self) -> str | None:
        python = self.bin / "python"
        return str(python.resolve()) if python.exists() else None

    def _maak(self, tikker: Tikker, *, bestond: bool) -> None:
        """Make it anew when there is none, when its Python is gone, or when an installation was broken off."""
        if self._echte_python() and (self.bin / "pip").exists() and not self.bezig.exists():
            return
        if bestond:
            zeg("  De bestaande .venv is onvolledig en wordt opnieuw gemaakt.")
        for pad in self.map.iterdir():
            if pad.name != ".slot":
                shutil.rmtree(pad) if pad.is_dir() and not pad.is_symlink() else pad.unlink()
        code, uitvoer = voer_uit([self.python, "-m", "venv", self.map], tikker=tikker)
        if code:
            raise Stop(herken(uitvoer, pakketten=True) or f"Python kan geen omgeving maken: {_laatste(uitvoer)}")

    def _installeer(self, lijst: str, tikker: Tikker) -> None:
        """The list is complete and every file is pinned by its hash, so pip need not work out what depends on what."""
        self.bezig.touch()
        self.stempel.unlink(missing_ok=True)
        pip: Opdracht = [self.bin / "python", "-m", "pip", "install", "--quiet", "--no-input", "--progress-bar=off"]
        opdracht: Opdracht = [*pip, "--no-deps", "--require-hashes", "--requirement", self.root / lijst]
        code, uitvoer = voer_uit(opdracht, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}, tikker=tikker)
        if code:
            raise Stop(herken(uitvoer, pakketten=True) or f"De pakketten zijn niet geïnstalleerd: {_laatste(uitvoer)}")
        lijsten = [DRAAIEN] if lijst == DRAAIEN else [DRAAIEN, TOETSEN]
        stempel = {"python": self._echte_python(), **{naam: self._hash(naam) for naam in lijsten}}
        self.stempel.write_text(json.dumps(stempel))
        self.bezig.unlink()


def _laatste(uitvoer: str) -> str:
    return next((regel.strip() for regel in reversed(uitvoer.splitlines()) if regel.strip()), "zonder uitleg") + "."
