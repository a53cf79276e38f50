"""`python3 start.py test`: every check, on a throw-away cluster that is gone afterwards."""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from vt_cvs.opstart import linters, sleutels, systeem
from vt_cvs.opstart.omgeving import TOETSEN, Omgeving
from vt_cvs.opstart.opstelling import Opstelling
from vt_cvs.opstart.plaats import ROOT, TIJDELIJK
from vt_cvs.opstart.processen import Opdracht, ruim_restanten, sterf_mee
from vt_cvs.opstart.verslag import zeg

VOORVOEGSEL = "vt-cvs-toets-"
NERGENS = "http://127.0.0.1:9"  # a test never talks to a registerdienst that happens to run here
ZONDER_XDIST = {"--pdb", "--trace", "-n", "-n0", "--collect-only", "--co"}


def voer_uit(argumenten: list[str]) -> int:
    """Everything runs, also after a failure; pytest's own summary comes last."""
    alles, snel = "--alles" in argumenten, "--snel" in argumenten
    eigen = [argument for argument in argumenten if argument not in {"--alles", "--snel"}]
    systeem.zorg_voor(browser=not snel)
    omgeving = Omgeving()
    omgeving.zorg_voor(TOETSEN)
    with wegwerpmap() as staat:
        opstelling = Opstelling(staat, omgeving.site(), wegwerp=True)
        try:
            zeg("Wegwerpdatabase en broker starten…")
            env = sleutels.kinderomgeving(
                staat, VT_OMGEVING="test", VT_REGISTER_URL=NERGENS, DJANGO_ALLOW_ASYNC_UNSAFE="1"
            )
            env |= opstelling.start()
            if alles:
                env["VT_ALLES"] = "1"
            gefaald = _linters(omgeving, staat, env, overslaan=snel or bool(eigen))
            # The whole cluster is thrown away afterwards: dropping its databases one by one would only take time.
            env["PYTEST_ADDOPTS"] = f"{env.get('PYTEST_ADDOPTS', '')} --reuse-db".strip()
            code = _pytest(omgeving, env, (["-m", "not browser"] if snel else []) + eigen)
        finally:
            opstelling.stop()
    return code or int(bool(gefaald))


def _linters(omgeving: Omgeving, staat: Path, env: Mapping[str, str], *, overslaan: bool) -> list[str]:
    if overslaan:
        zeg("Linters overgeslagen: die draaien bij start.py test zonder argumenten.")
        return []
    zeg("Linters:")
    gefaald = linters.draai(omgeving.bin, staat=staat, env=env, tegelijk=processors())
    if gefaald:
        zeg(f"Linters met fouten, dus straks exitcode 1: {', '.join(gefaald)}. De toetsen draaien toch.")
    return gefaald


def _pytest(omgeving: Omgeving, env: Mapping[str, str], argumenten: list[str]) -> int:
    parallel = [] if ZONDER_XDIST & set(argumenten) else ["-n", str(processors()), "--dist", "loadgroup"]
    zeg("Toetsen:")
    return volg([omgeving.bin / "python", "-m", "pytest", *parallel, *argumenten], env=env, map_=ROOT)


def volg(opdracht: Opdracht, *, env: Mapping[str, str], map_: Path | None = None) -> int:
    """In our own process group: Ctrl-C reaches it too, and it then closes in its own way, pytest with its summary."""
    proces = subprocess.Popen(opdracht, cwd=map_, env=dict(env), preexec_fn=sterf_mee(signal.SIGTERM))
    try:
        return proces.wait()
    except KeyboardInterrupt:
        proces.send_signal(signal.SIGINT)
        try:
            proces.wait(20)
        except subprocess.TimeoutExpired:
            proces.kill()
        return 130


def processors() -> int:
    return len(os.sched_getaffinity(0))


@contextmanager
def wegwerpmap() -> Iterator[Path]:
    """A folder that its lock marks as in use; what a kill -9 left behind is cleared by the next one."""
    ruim_oude_mappen()
    staat = Path(tempfile.mkdtemp(prefix=VOORVOEGSEL, dir=TIJDELIJK))
    staat.chmod(0o711 if os.geteuid() == 0 else 0o700)
    with (staat / "slot.klad").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        (staat / "slot.klad").rename(staat / "slot")  # never to be seen unlocked
        try:
            yield staat
        finally:
            shutil.rmtree(staat, ignore_errors=True)


def ruim_oude_mappen(boven: Path = TIJDELIJK) -> None:
    for oud in boven.glob(f"{VOORVOEGSEL}*"):
        if oud.lstat().st_uid != os.geteuid() or not (oud / "slot").exists():
            continue
        with (oud / "slot").open("r+") as slot:
            try:
                fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            ruim_restanten(oud)
            shutil.rmtree(oud, ignore_errors=True)
