"""The ground under demo and tests: database and broker, embedded unless the user brought his own."""

import os
from pathlib import Path

from vt_cvs.opstart.broker import Broker
from vt_cvs.opstart.fouten import Stop
from vt_cvs.opstart.plaats import ROOT
from vt_cvs.opstart.postgres import Postgres
from vt_cvs.opstart.processen import Proces, voer_uit

HOOFD, REGISTER = "vtcvs", "register"


class Opstelling:
    def __init__(self, staat: Path, site: Path, *, wegwerp: bool = False, duurzaam: bool = False) -> None:
        """A throw-away one never looks at DATABASE_URL: tests must not end up in someone's database.

        It also does not wait for the disk, unless `duurzaam`: a measurement must.
        """
        self.extern = {} if wegwerp else {n: os.environ[n] for n in ("DATABASE_URL", "REDIS_URL") if os.environ.get(n)}
        self.postgres = (
            None if "DATABASE_URL" in self.extern else Postgres(staat, site, wegwerp=wegwerp and not duurzaam)
        )
        self.broker = None if "REDIS_URL" in self.extern else Broker(staat, site)
        self.eigen_register = None if wegwerp else os.environ.get("REGISTER_DATABASE_URL") or None

    def start(self) -> dict[str, str]:
        """Start what is ours, check what is not; returns the addresses for the child processes."""
        if self.broker:
            self.broker.start()
        if self.postgres:
            self.postgres.start()
            self.postgres.zorg_voor(HOOFD, REGISTER)
        adressen = self._adressen()
        if self.broker:
            self.broker.wacht()
        return adressen

    def stop(self) -> None:
        if self.broker:
            self.broker.stop()
        if self.postgres:
            self.postgres.stop()

    def processen(self) -> list[Proces]:
        return [deel.proces for deel in (self.postgres, self.broker) if deel and deel.proces]

    def _adressen(self) -> dict[str, str]:
        adressen = dict(self.extern)
        if self.postgres:
            adressen["DATABASE_URL"] = self.postgres.dsn(HOOFD)
            adressen["REGISTER_DATABASE_URL"] = self.eigen_register or self.postgres.dsn(REGISTER)
        if self.broker:
            adressen["REDIS_URL"] = self.broker.url
        if self.extern:
            register = self._controleer_extern()
            adressen.setdefault("REGISTER_DATABASE_URL", register)
        return adressen

    def _controleer_extern(self) -> str:
        """The drivers live in the environment, so its Python looks."""
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        code, uitvoer = voer_uit([ROOT / ".venv" / "bin" / "python", "-m", "vt_cvs.opstart.extern"], env=env)
        if code:
            raise Stop(uitvoer.strip().splitlines()[-1] if uitvoer.strip() else "De eigen database antwoordt niet.")
        return uitvoer.strip()
