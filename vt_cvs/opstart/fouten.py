"""What can go wrong outside the program, each as one sentence without a traceback."""

import errno
import os
import re
from pathlib import Path


class Stop(Exception):
    """One sentence for the person at the keyboard; `hoofd` prints it and ends with 1."""


VOL = "De schijf is vol: maak ruimte vrij en start opnieuw."
GEEN_NET = "Er is geen verbinding met de pakketbron: controleer het netwerk (of de proxy) en start opnieuw."

# What a failed child process wrote, and what that means here. The first that fits wins.
HERKEND = [(r"No space left on device|ENOSPC|\[Errno 28\]|Disk quota exceeded", VOL)]
BIJ_PAKKETTEN = [
    (
        r"NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|NameResolutionError|Max retries exceeded"
        r"|name resolution|Name or service not known|Network is unreachable|Connection (refused|reset|broken|aborted)"
        r"|Could not resolve|Failed to fetch|Could not connect",
        GEEN_NET,
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "Een pakket heeft een andere inhoud dan requirements vastlegt: er is niets van geïnstalleerd.",
    ),
    (
        r"No matching distribution found",
        "Een vastgelegd pakket is niet te krijgen: controleer het netwerk en de pakketbron van pip en start opnieuw.",
    ),
    (
        r"ensurepip|No module named '?venv",
        "Python mist venv of ensurepip: typ {sudo}apt-get install python3-venv en start opnieuw.",
    ),
]


def herken(uitvoer: str, *, pakketten: bool = False) -> str | None:
    """The sentence that explains this output, if it is a known failure; some are known of pip and apt only."""
    for patroon, zin in HERKEND + (BIJ_PAKKETTEN if pakketten else []):
        if re.search(patroon, uitvoer):
            return zin.format(sudo=sudo())
    if instelling := re.search(r"ImproperlyConfigured: (.+)", uitvoer):  # our settings already say it in one sentence
        return instelling[1]
    return None


def als_zin(fout: OSError) -> str:
    waar = f" ({fout.filename})" if fout.filename else ""
    if fout.errno in {errno.ENOSPC, errno.EDQUOT}:
        return VOL
    if fout.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"Geen toegang{waar}: controleer de rechten, of zet VT_STAAT op een eigen map."
    return f"Het besturingssysteem weigert: {fout.strerror or fout}{waar}."


def sudo() -> str:
    """What an ordinary user types before an installation command."""
    return "sudo " if os.geteuid() else ""


def staart(log: Path, regels: int = 10) -> str:
    """The last lines of a log, to show why a process died."""
    try:
        inhoud = log.read_text(errors="replace").splitlines()[-regels:]
    except OSError:
        inhoud = []
    return "\n".join(f"    {regel}" for regel in inhoud) or "    (het logboek is leeg)"
