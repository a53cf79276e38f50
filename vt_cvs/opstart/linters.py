"""The checks that read the code without running it: as many at a time as there are processors, one line each."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vt_cvs.opstart.processen import Opdracht, Proces, start, stop
from vt_cvs.opstart.verslag import Tikker, seconden, zeg


@dataclass(frozen=True)
class Linter:
    naam: str
    opdracht: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)


MIGRATIES = ("python", "-m", "django", "makemigrations", "--check", "--dry-run")
LINTERS = [  # the slowest first
    Linter("mypy", ("mypy",)),
    Linter("mypy registerdienst", ("mypy", "--config-file", "register/dienst/mypy.ini")),
    Linter("lint-imports", ("lint-imports",)),
    Linter("djlint", ("djlint", "templates", "--lint")),
    Linter("migraties", MIGRATIES),
    Linter("registermigraties", MIGRATIES, {"DJANGO_SETTINGS_MODULE": "register.dienst.settings"}),
    Linter("ruff format", ("ruff", "format", "--check", ".")),
    Linter("ruff check", ("ruff", "check", ".")),
]


def draai(
    bin_: Path, *, staat: Path, env: Mapping[str, str], tegelijk: int, linters: Sequence[Linter] = LINTERS
) -> list[str]:
    """Runs them all, whatever fails; returns the names of those that failed."""
    wachtend, bezig, gefaald = list(linters), list[tuple[Linter, Proces, Tikker]](), list[str]()
    tikker = Tikker()
    try:
        while wachtend or bezig:
            while wachtend and len(bezig) < tegelijk:
                linter = wachtend.pop(0)
                opdracht: Opdracht = [bin_ / linter.opdracht[0], *linter.opdracht[1:]]
                proces = start(f"linter {linter.naam}", opdracht, staat=staat, env={**env, **linter.env})
                bezig.append((linter, proces, Tikker()))
            for klaar in [drietal for drietal in bezig if not drietal[1].leeft()]:
                bezig.remove(klaar)
                tikker.gehoord()
                if not _meld(*klaar):
                    gefaald.append(klaar[0].naam)
            tikker.tik()
            time.sleep(0.05)
    finally:
        stop([proces for _, proces, _ in bezig])
    return gefaald


def _meld(linter: Linter, proces: Proces, tikker: Tikker) -> bool:
    goed = proces.popen.returncode == 0
    zeg(f"  {'goed  ' if goed else 'FOUT  '} {linter.naam} ({seconden(tikker.duur)})")
    if not goed:
        zeg(proces.log.read_text(errors="replace").rstrip())
    return goed
