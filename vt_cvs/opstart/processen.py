"""Child processes that never outlive us: each dies with its parent, and a next start clears what is still dying."""

import codecs
import contextlib
import ctypes
import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypedDict

from vt_cvs.opstart.plaats import ROOT, Gebruiker
from vt_cvs.opstart.verslag import Tikker, zeg

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)
Opdracht = Sequence[str | Path]


@dataclass(frozen=True)
class Proces:
    naam: str
    popen: "subprocess.Popen[bytes]"
    log: Path
    stopsein: signal.Signals

    def leeft(self) -> bool:
        return self.popen.poll() is None


def sterf_mee(sein: signal.Signals) -> Callable[[], None]:
    """Runs in the child, after it changed user: the kernel signals it when we die, even by kill -9.

    Safe because we have no threads; the kernel would also take the end of a thread for our death.
    """
    ouder = os.getpid()

    def bij_geboorte() -> None:
        _LIBC.prctl(PR_SET_PDEATHSIG, int(sein))
        if os.getppid() != ouder:  # died in between
            os._exit(1)

    return bij_geboorte


def start(
    naam: str,
    opdracht: Opdracht,
    *,
    staat: Path,
    env: Mapping[str, str],
    stopsein: signal.Signals = signal.SIGTERM,
    doodsein: signal.Signals = signal.SIGTERM,
    gebruiker: Gebruiker | None = None,
) -> Proces:
    """Start it in its own session, so that Ctrl-C reaches us alone and we stop everything in order."""
    log = staat / "log" / f"{naam}.log"
    log.parent.mkdir(exist_ok=True, mode=0o700)
    with log.open("wb") as uitvoer:
        popen = subprocess.Popen(
            [str(deel) for deel in opdracht],
            cwd=ROOT if gebruiker is None else "/",
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=uitvoer,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=sterf_mee(doodsein),
            umask=0o077,
            **als_gebruiker(gebruiker),
        )
    with (staat / "processen").open("a") as lijst:
        lijst.write(json.dumps([popen.pid, _starttijd(popen.pid), _boot()]) + "\n")
    return Proces(naam, popen, log, stopsein)


class Als(TypedDict):
    user: int | None
    group: int | None
    extra_groups: list[int] | None


def als_gebruiker(gebruiker: Gebruiker | None) -> Als:
    """What subprocess needs to run a child as someone else; it changes user before `preexec_fn` runs."""
    if gebruiker is None:
        return Als(user=None, group=None, extra_groups=None)
    return Als(user=gebruiker.pw_uid, group=gebruiker.pw_gid, extra_groups=[])


def stop(processen: Sequence[Proces], *, geduld: float = 10) -> None:
    """Ask all at once, wait together, then end what did not listen, with all it started."""
    for proces in processen:
        if proces.leeft():
            proces.popen.send_signal(proces.stopsein)
    einde = time.monotonic() + geduld
    for proces in processen:
        try:
            proces.popen.wait(max(0.1, einde - time.monotonic()))
        except subprocess.TimeoutExpired:
            zeg(f"  {proces.naam} is nog bezig en wordt afgebroken")
        _beeindig_sessie(proces.popen.pid)
        proces.popen.wait()


def ruim_restanten(staat: Path, *, geduld: float = 15) -> None:
    """After a kill -9 the children are dying but may not be gone yet: wait for them, then insist."""
    lijst = staat / "processen"
    regels = lijst.read_text().splitlines() if lijst.exists() else []
    bekend = [json.loads(regel) for regel in regels if regel.endswith("]")]
    sessies = [pid for pid, starttijd, boot in bekend if boot == _boot() and _starttijd(pid) in {None, starttijd}]
    einde = time.monotonic() + geduld
    while time.monotonic() < einde and any(_leden(sessie) for sessie in sessies):
        time.sleep(0.05)
    for sessie in sessies:
        _beeindig_sessie(sessie)
    lijst.unlink(missing_ok=True)


def voer_uit(
    opdracht: Opdracht,
    *,
    env: Mapping[str, str] | None = None,
    toon: bool = False,
    tikker: Tikker | None = None,
    gebruiker: Gebruiker | None = None,
    umask: int = -1,
    fouten: IO[bytes] | None = None,
) -> tuple[int, str]:
    """Run a command to its end; returns its exit code and what it printed, and passes that on when asked to.

    Errors are part of what it printed, unless they have a file of their own.
    """
    proces = subprocess.Popen(
        [str(deel) for deel in opdracht],
        cwd=ROOT if gebruiker is None else "/",
        env=None if env is None else dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=fouten or subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=sterf_mee(signal.SIGTERM),
        umask=umask,
        **als_gebruiker(gebruiker),
    )
    tikker = tikker or Tikker()
    tekst, ontcijfer = "", codecs.getincrementaldecoder("utf-8")("replace").decode
    try:
        with selectors.DefaultSelector() as kiezer, proces.stdout as pijp:  # type: ignore[union-attr]
            kiezer.register(pijp, selectors.EVENT_READ)
            while True:
                if not kiezer.select(timeout=0.5):
                    tikker.tik()
                    if proces.poll() is not None:  # it ended; something it started still holds the pipe
                        break
                    continue
                brok = os.read(pijp.fileno(), 65536)
                if not brok:
                    break
                nieuw = ontcijfer(brok)
                tekst += nieuw
                if toon:
                    print(nieuw, end="", flush=True)
                    tikker.gehoord()
                tikker.tik()
        return proces.wait(), tekst
    finally:
        if proces.poll() is None:
            proces.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                proces.wait(10)
            _beeindig_sessie(proces.pid)
            proces.wait()


def _beeindig_sessie(sessie: int) -> None:
    for pid in _leden(sessie):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _leden(sessie: int) -> list[int]:
    """Everyone in a session we made; zombies do not count."""
    return [pid for pid in _alle() if (velden := _stat(pid)) and velden[0] != "Z" and int(velden[3]) == sessie]


def _alle() -> list[int]:
    return [int(pad.name) for pad in Path("/proc").iterdir() if pad.name.isdigit()]


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name: state, parent, group, session, …, start time as the 20th."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _starttijd(pid: int) -> str | None:
    velden = _stat(pid)
    return velden[19] if velden else None


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
