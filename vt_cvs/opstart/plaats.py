"""Where things stand: checkout, state folder, socket folders, and the lock that keeps a second start out."""

import fcntl
import hashlib
import os
import pwd
import re
import stat
from pathlib import Path
from typing import IO

from vt_cvs.opstart.fouten import Stop

ROOT = Path(__file__).resolve().parents[2]
TIJDELIJK = Path("/tmp")  # noqa: S108 -- TMPDIR may be closed to the database user, or too long for a socket
LANGSTE_SOCKET = 107  # bytes, the kernel's limit

Gebruiker = pwd.struct_passwd


def databasegebruiker() -> Gebruiker | None:
    """PostgreSQL refuses to run as root: then it runs as the first of these; anyone else runs it as himself."""
    if os.geteuid():
        return None
    for naam in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(naam)
        except KeyError:
            continue
    raise Stop(
        "PostgreSQL draait niet als root en er is geen gebruiker postgres of nobody: start als gewone gebruiker."
    )


def begaanbaar(pad: Path) -> bool:
    """May another user walk down to this folder? What does not exist yet, we make walkable."""
    return all(p.stat().st_mode & stat.S_IXOTH for p in [pad, *pad.parents] if p.exists())


def staatmap(root: Path = ROOT, *, keuze: str | None = None) -> Path:
    """VT_STAAT, or `var` in the checkout; as root below a closed folder a place the database user can reach."""
    gekozen = Path(keuze).absolute() if keuze else root / "var"
    if os.geteuid() == 0 and not begaanbaar(gekozen):
        if keuze:
            raise Stop(
                f"VT_STAAT={gekozen} ligt onder een gesloten map, daar kan PostgreSQL niet bij: kies een andere."
            )
        gekozen = Path("/var/lib") / f"vt-cvs-{hashlib.sha256(str(root).encode()).hexdigest()[:10]}"
    # Root's own folder may be walked through by the database user, but not listed.
    gekozen.mkdir(parents=True, exist_ok=True)
    if gekozen.stat().st_uid != os.geteuid():
        raise Stop(f"{gekozen} is van een andere gebruiker: zet VT_STAAT op een map van uzelf.")
    gekozen.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return gekozen


def socketmap(staat: Path, naam: str, *, langste_bestand: str, eigenaar: Gebruiker | None = None) -> Path:
    """A closed folder for one socket: in the state folder, or in /tmp when the path would be too long for a socket."""
    eigen = staat / naam
    if not _past_als_socket(eigen / langste_bestand):
        kort = hashlib.sha256(str(eigen).encode()).hexdigest()[:10]
        eigen = TIJDELIJK / f"vt-cvs-{naam}-{kort}"
    uid = eigenaar.pw_uid if eigenaar else os.geteuid()
    try:
        eigen.mkdir(mode=0o700)
        if eigenaar:
            os.chown(eigen, eigenaar.pw_uid, eigenaar.pw_gid)
    except FileExistsError:
        pass
    staat_van = eigen.lstat()
    if not stat.S_ISDIR(staat_van.st_mode) or staat_van.st_uid != uid:
        raise Stop(f"{eigen} is niet van ons: verwijder die map, of zet VT_STAAT op een kortere map.")
    eigen.chmod(0o700)
    return eigen


def _past_als_socket(pad: Path) -> bool:
    """Short enough, and without a character that a socket address would have to quote."""
    return len(os.fsencode(pad)) <= LANGSTE_SOCKET and re.fullmatch(r"[\w/.+-]+", str(pad), re.ASCII) is not None


def neem_slot(staat: Path, adres: str) -> IO[str]:
    """One start per state folder. The kernel lets go of the lock when we die, however we die."""
    slot = (staat / "slot").open("a+")
    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        slot.seek(0)
        wie = slot.read().strip() or "een andere start"
        slot.close()
        raise Stop(
            f"VT-CVS draait hier al ({wie}): stop die eerst met Ctrl-C, of kies met VT_STAAT een andere map."
        ) from None
    slot.truncate(0)
    slot.write(f"proces {os.getpid()}, {adres}")
    slot.flush()
    return slot
