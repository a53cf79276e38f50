"""What the demo cluster was made with. A changed or vanished migration means: not ours, put it aside and rebuild.

New migrations are simply run. Kept beside the cluster, so that it moves with it.
"""

import hashlib
import json
import shutil
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from vt_cvs.opstart.plaats import ROOT

OVERSLAAN = {"var", "node_modules", "tests"}
INRICHTING = ("requirements.txt", "vt_cvs/settings.py", "register/dienst/settings.py")
NIEUW, KLAAR = "nieuw", "klaar"
MEE = ("bijlagen", "broker", "accounts.json")  # belongs to the rows of that cluster


def migraties(root: Path = ROOT) -> dict[str, str]:
    """Every migration of this checkout, with the hash of its content."""
    mappen = [pad for pad in root.iterdir() if pad.is_dir() and pad.name not in OVERSLAAN and pad.name[0] != "."]
    bestanden = sorted(bestand for pad in mappen for bestand in pad.rglob("migrations/[!_]*.py"))
    return {str(bestand.relative_to(root)): _hash(bestand) for bestand in bestanden}


def inrichting(root: Path = ROOT) -> str:
    """Changes when there may be something to prepare besides migrations: packages, settings, demo accounts."""
    bestanden = [root / naam for naam in INRICHTING] + sorted((root / "vt_cvs" / "demo").rglob("*.py"))
    return hashlib.sha256("".join(_hash(b) for b in bestanden if b.exists()).encode()).hexdigest()


@dataclass(frozen=True)
class Boek:
    """Empty when there is none: then the cluster is not ours."""

    stand: str = ""
    postgres: str = ""
    migraties: dict[str, str] = field(default_factory=dict)
    inrichting: str = ""


class Clusterboek:
    def __init__(self, staat: Path, *, root: Path = ROOT, postgres: str) -> None:
        self.staat, self.root, self.postgres = staat, root, postgres
        self.cluster = staat / "cluster"
        self.bestand = self.cluster / "gemaakt-met.json"

    def begin(self) -> None:
        """Before the first migration: whoever breaks off here has nothing to keep."""
        self._schrijf(NIEUW if self._lees().stand != KLAAR else KLAAR, inrichting="")

    def klaar(self) -> None:
        self._schrijf(KLAAR, inrichting=inrichting(self.root))

    def is_bij(self) -> bool:
        return self._lees() == Boek(KLAAR, self.postgres, migraties(self.root), inrichting(self.root))

    def waarom_opnieuw(self, *, sleutels_bekend: bool = True) -> str | None:
        """The reason, as the end of a sentence, or None when this checkout can use the cluster."""
        if not self.cluster.exists():
            return None
        boek, nu = self._lees(), migraties(self.root)
        if not boek.stand:
            return "niet door deze opstart gemaakt is"
        if boek.stand == NIEUW:
            return "bij de vorige start niet afgekomen is"
        if not sleutels_bekend:
            return "met andere sleutels versleuteld is"
        if boek.postgres != self.postgres:
            return f"van PostgreSQL {boek.postgres} is en niet van {self.postgres}"
        anders = sorted(naam for naam, hash_ in boek.migraties.items() if nu.get(naam) != hash_)
        if anders:
            meer = f" en {len(anders) - 1} andere" if len(anders) > 1 else ""
            return f"andere migraties heeft gehad dan hier staan ({anders[0]}{meer})"
        return None

    def ruim_op(self) -> Path | None:
        """Move the cluster and what belongs to it aside; one that was never finished is thrown away instead."""
        if self._lees().stand == NIEUW:
            shutil.rmtree(self.cluster)
            return None
        opzij = self.staat / f"cluster-{time.strftime('%Y%m%d-%H%M%S')}"
        self.cluster.rename(opzij)
        for naam in MEE:
            if (self.staat / naam).exists():
                (self.staat / naam).rename(opzij / naam)
        return opzij

    def _lees(self) -> "Boek":
        try:
            return Boek(**json.loads(self.bestand.read_text()))
        except (OSError, ValueError, TypeError):
            return Boek()

    def _schrijf(self, stand: str, *, inrichting: str) -> None:
        """Written whole or not at all."""
        self.cluster.mkdir(exist_ok=True)
        boek = Boek(stand, self.postgres, migraties(self.root), inrichting)
        klad = self.bestand.with_suffix(".klad")
        klad.write_text(json.dumps(asdict(boek), indent=1))
        klad.rename(self.bestand)


def _hash(bestand: Path) -> str:
    return hashlib.sha256(bestand.read_bytes()).hexdigest()
