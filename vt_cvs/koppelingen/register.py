"""The way to the VT Register: a small port, and our own HTTP protocol behind it (docs/register-protocol.md)."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

import httpx
from django.conf import settings

from vt_cvs.kern.regels import regel
from vt_cvs.kern.uitpost import Later

GEDULD = 5.0  # seconds, for connecting and for each answer


@dataclass(frozen=True, slots=True)
class Registratiebericht:
    """All that leaves: the present state of one person here (VTR-1). Withdrawn: no BSN, name or dates."""

    pseudoniem: str
    versie: int
    stand: str
    bsn: str = ""
    naam: str = ""
    begin: date | None = None
    eind: date | None = None


@dataclass(frozen=True, slots=True)
class Matchbericht:
    """What the register tells us about another Veilig Thuis."""

    id: int
    soort: str
    pseudoniem: str
    code: str
    organisatie: str
    telefoon: str
    stand: str
    begin: date | None
    eind: date | None


class Verouderd(Exception):
    """The register has a newer version than the one sent."""

    def __init__(self, versie: int) -> None:
        self.versie = versie
        super().__init__(f"versie {versie}")


class Registerpoort(Protocol):
    """What a register must be able to do; the national one can stand behind it as well."""

    def meld(self, bericht: Registratiebericht, *, sleutel: UUID) -> int:
        """Hand over; returns how many messages wait for us. Raises `Verouderd`, or `Later` when it cannot now."""
        ...

    def berichten(self) -> list[Matchbericht]:
        """What waits for us, oldest first; the same again until acknowledged."""
        ...

    def ontvangen(self, nummer: int) -> None:
        """Acknowledge one message; doing so again does no harm."""
        ...


def pseudoniem(bsn: str) -> str:
    """The name by which all organisations know this person and the register alone knows nobody."""
    return hmac.new(settings.REGISTER_PSEUDONIEMSLEUTEL.encode(), f"bsn:{bsn}".encode(), hashlib.sha256).hexdigest()


class HttpRegister:
    def __init__(self, url: str, sleutel: str) -> None:
        self.url, self.sleutel = url.rstrip("/"), sleutel

    @regel("VTR-1")
    def meld(self, bericht: Registratiebericht, *, sleutel: UUID) -> int:
        inhoud: dict[str, Any] = {"pseudoniem": bericht.pseudoniem, "versie": bericht.versie, "stand": bericht.stand}
        if bericht.begin is not None:
            eind = bericht.eind.isoformat() if bericht.eind else None
            inhoud |= {"bsn": bericht.bsn, "naam": bericht.naam, "begin": bericht.begin.isoformat(), "eind": eind}
        antwoord = self._vraag("POST", "/v1/registraties", json=inhoud, headers={"Idempotency-Key": str(sleutel)})
        if antwoord.status_code == 409:
            raise Verouderd(int(antwoord.json()["versie"]))
        return int(self._goed(antwoord).json()["berichten"])

    def berichten(self) -> list[Matchbericht]:
        return [_lees(rij) for rij in self._goed(self._vraag("GET", "/v1/berichten")).json()["berichten"]]

    def ontvangen(self, nummer: int) -> None:
        antwoord = self._vraag("POST", f"/v1/berichten/{nummer}/ontvangen")
        if antwoord.status_code != 404:  # gone there: nothing left to acknowledge
            self._goed(antwoord)

    def _vraag(
        self, methode: str, pad: str, *, headers: dict[str, str] | None = None, json: Any = None
    ) -> httpx.Response:
        kop = {"Authorization": f"Bearer {self.sleutel}", **(headers or {})}
        try:
            return httpx.request(methode, f"{self.url}{pad}", headers=kop, json=json, timeout=GEDULD)
        except httpx.HTTPError as fout:
            raise Later(f"VT Register niet bereikbaar ({type(fout).__name__})") from None

    @staticmethod
    def _goed(antwoord: httpx.Response) -> httpx.Response:
        if not antwoord.is_success:
            raise Later(f"VT Register antwoordt {antwoord.status_code}")
        return antwoord


def _lees(rij: dict[str, Any]) -> Matchbericht:
    begin, eind = rij.get("begin"), rij.get("eind")
    return Matchbericht(
        id=int(rij["id"]),
        soort=rij["soort"],
        pseudoniem=rij["pseudoniem"],
        code=rij["organisatie"]["code"],
        organisatie=rij["organisatie"]["naam"],
        telefoon=rij["organisatie"]["telefoon"],
        stand=rij.get("stand") or "",
        begin=date.fromisoformat(begin) if begin else None,
        eind=date.fromisoformat(eind) if eind else None,
    )


def registerpoort() -> Registerpoort:
    """The register of this installation."""
    return HttpRegister(settings.REGISTER_URL, settings.REGISTER_SLEUTEL)
