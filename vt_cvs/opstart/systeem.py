"""What pip cannot bring: Debian's pango for letters as PDF, and its browser for the browser tests."""

import ctypes.util
import os
import shutil

from vt_cvs.opstart.fouten import Stop, herken, sudo
from vt_cvs.opstart.processen import voer_uit
from vt_cvs.opstart.verslag import stap

PANGO = {
    "libpango-1.0-0": "pango-1.0",
    "libpangoft2-1.0-0": "pangoft2-1.0",
    "libharfbuzz-subset0": "harfbuzz-subset",
}
APT = "apt-get install --no-install-recommends"


def ontbrekend(*, browser: bool) -> list[str]:
    """The Debian packages that are not there, by looking for what they bring."""
    pakketten = [pakket for pakket, bibliotheek in PANGO.items() if not ctypes.util.find_library(bibliotheek)]
    if browser and not shutil.which("chromium"):
        pakketten.append("chromium")
    return pakketten


def zorg_voor(*, browser: bool) -> None:
    """As root install them; anyone else gets the exact line to type."""
    pakketten = ontbrekend(browser=browser)
    if not pakketten:
        return
    regel = f"{sudo()}{APT} {' '.join(pakketten)}"
    if os.geteuid() or not shutil.which("apt-get"):
        raise Stop(f"Er ontbreken systeempakketten: typ {regel} en start opnieuw.")
    with stap(f"Systeempakketten installeren ({', '.join(pakketten)})") as tikker:
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        voer_uit(["apt-get", "update", "-q"], env=env, tikker=tikker)  # its failure shows at the installation
        code, uitvoer = voer_uit([*APT.split(), "-y", "-q", *pakketten], env=env, tikker=tikker)
    if code:
        reden = herken(uitvoer, pakketten=True) or "De systeempakketten zijn niet geïnstalleerd."
        raise Stop(f"{reden} De opdracht was: {regel}")
