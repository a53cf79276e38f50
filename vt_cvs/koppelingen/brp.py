"""The way to the BRP: a small port, and the Haal Centraal BRP Personen API 2 behind it.

Nothing here ever stops anything: every failure is one `BRPStoring` with a sentence, and after a few of them nobody is
kept waiting for a while. What is asked stands in the body of the question only, never in an address or a log line.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import httpx
from django.conf import settings
from django.core.cache import cache

from vt_cvs.kern.regels import regel
from vt_cvs.koppelingen.brp_lezen import lees_persoon
from vt_cvs.koppelingen.brp_vormen import BRPPersoon

GEDULD = httpx.Timeout(6.0, connect=2.0)
STUK_NA, RUST = 3, 60  # so many failures in a row, then so many seconds of rest
HOOGSTENS = 20  # people in one question by BSN
VOLUIT = (
    "burgerservicenummer", "naam", "geboorte", "geslacht", "verblijfplaats", "overlijden",
    "kinderen.naam", "kinderen.geboorte", "ouders.naam", "ouders.geboorte", "partners.naam", "partners.geboorte",
)  # fmt: skip
BEPERKT = ("burgerservicenummer", "naam", "geboorte", "geslacht", "adressering")


class BRPStoring(Exception):
    """The BRP gave no answer to this question; the sentence says what the employee can do."""


class NietIngericht(BRPStoring):
    """This installation has no connection."""


class NietBereikbaar(BRPStoring):
    """Down, slow, too busy or refusing us: later again."""


class TeVeelGevonden(BRPStoring):
    """More people than the BRP gives at once."""


class VraagGeweigerd(BRPStoring):
    """The BRP does not understand what was asked; what was wrong is named by its own names of fields."""


class BRPPoort(Protocol):
    """What a BRP must be able to do. Each raises a `BRPStoring` when it cannot."""

    def raadpleeg(self, bsn: str) -> BRPPersoon | None: ...

    def zoek_op_naam(self, achternaam: str, geboortedatum: date, *, voornamen: str = "") -> list[BRPPersoon]: ...

    def zoek_op_adres(self, postcode: str, huisnummer: int) -> list[BRPPersoon]: ...

    def geheim(self, bsns: Iterable[str]) -> dict[str, bool]: ...


@dataclass(slots=True)
class HaalCentraal:
    """The real API: an API key, or OAuth 2 client credentials, with a client certificate where the gateway asks one."""

    url: str
    sleutel: str = ""
    token_url: str = ""
    client_id: str = ""
    client_geheim: str = ""
    doelbinding: str = ""
    certificaat: str = ""
    transport: httpx.BaseTransport | None = None
    _token: tuple[str, float] = ("", 0.0)
    _slot: threading.Lock = field(default_factory=threading.Lock)

    @regel("RW-7.14")
    def raadpleeg(self, bsn: str) -> BRPPersoon | None:
        vraag = {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": [bsn], "fields": list(VOLUIT)}
        personen = self._vraag(vraag)
        return lees_persoon(personen[0]) if personen else None

    def zoek_op_naam(self, achternaam: str, geboortedatum: date, *, voornamen: str = "") -> list[BRPPersoon]:
        vraag: dict[str, Any] = {
            "type": "ZoekMetGeslachtsnaamEnGeboortedatum",
            "geslachtsnaam": achternaam,
            "geboortedatum": geboortedatum.isoformat(),
            "fields": list(BEPERKT),
        }
        if voornamen:
            vraag["voornamen"] = voornamen
        return [lees_persoon(persoon) for persoon in self._vraag(vraag)]

    def zoek_op_adres(self, postcode: str, huisnummer: int) -> list[BRPPersoon]:
        vraag = {"type": "ZoekMetPostcodeEnHuisnummer", "postcode": postcode, "huisnummer": huisnummer}
        return [lees_persoon(persoon) for persoon in self._vraag({**vraag, "fields": list(BEPERKT)})]

    def geheim(self, bsns: Iterable[str]) -> dict[str, bool]:
        """The mark of secrecy comes along uninvited: asking for the number alone is enough."""
        vraag = {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": list(bsns)[:HOOGSTENS]}
        personen = self._vraag({**vraag, "fields": ["burgerservicenummer"]})
        return {p["burgerservicenummer"]: bool(p.get("geheimhoudingPersoonsgegevens")) for p in personen}

    def _vraag(self, vraag: dict[str, Any]) -> list[dict[str, Any]]:
        if _rust():
            raise NietBereikbaar(LATER)
        try:
            antwoord = self._stuur(vraag)
        except httpx.HTTPError:
            _noteer_storing()
            raise NietBereikbaar(LATER) from None
        if antwoord.status_code in {401, 403, 429} or antwoord.status_code >= 500:
            _noteer_storing()
            raise NietBereikbaar(UITLEG.get(antwoord.status_code, LATER))
        _noteer_antwoord()
        if antwoord.status_code != 200:
            raise _weigering(_json(antwoord))
        personen = _json(antwoord).get("personen", [])
        return personen if isinstance(personen, list) else []

    def _stuur(self, vraag: dict[str, Any]) -> httpx.Response:
        with httpx.Client(timeout=GEDULD, transport=self.transport, cert=self.certificaat or None) as client:
            antwoord = client.post(f"{self.url.rstrip('/')}/personen", json=vraag, headers=self._kop(client))
            if antwoord.status_code == 401 and self.token_url:  # taken back before its time
                self._token = ("", 0.0)
                antwoord = client.post(f"{self.url.rstrip('/')}/personen", json=vraag, headers=self._kop(client))
        return antwoord

    def _kop(self, client: httpx.Client) -> dict[str, str]:
        kop = {"Accept": "application/json"}
        if self.sleutel:
            kop["X-API-KEY"] = self.sleutel
        if self.doelbinding:
            kop["X-DOELBINDING"] = self.doelbinding
        if self.token_url:
            kop["Authorization"] = f"Bearer {self._haal_token(client)}"
        return kop

    def _haal_token(self, client: httpx.Client) -> str:
        """Asked once and used until shortly before it lapses."""
        with self._slot:
            token, tot = self._token
            if token and time.monotonic() < tot:
                return token
            gegevens = {"grant_type": "client_credentials", "client_id": self.client_id}
            antwoord = client.post(self.token_url, data={**gegevens, "client_secret": self.client_geheim})
            antwoord.raise_for_status()
            inhoud = _json(antwoord)
            duur = inhoud.get("expires_in")
            self._token = (str(inhoud.get("access_token", "")), time.monotonic() + float(duur or 60) - 15)
            return self._token[0]


LATER = "De BRP is nu niet bereikbaar. Ga gewoon door en probeer het later opnieuw."
UITLEG = {
    401: "De BRP herkent deze aansluiting niet. Ga door; de applicatiebeheerder moet de sleutel nakijken.",
    403: "Deze aansluiting mag dit niet vragen. Ga door; de applicatiebeheerder moet de autorisatie nakijken.",
    429: "De BRP krijgt nu te veel vragen. Ga gewoon door en probeer het over een paar minuten opnieuw.",
}


def _json(antwoord: httpx.Response) -> dict[str, Any]:
    try:
        inhoud = antwoord.json()
    except ValueError:
        raise NietBereikbaar(LATER) from None
    return inhoud if isinstance(inhoud, dict) else {}


def _weigering(probleem: dict[str, Any]) -> BRPStoring:
    """A problem of the question itself: too much found, or a field that cannot be right."""
    if probleem.get("code") == "tooManyResults":
        return TeVeelGevonden("Er zijn te veel mensen gevonden. Vul ook de voornamen in, of zoek op BSN.")
    namen = [str(p.get("name", "")) for p in probleem.get("invalidParams") or [] if isinstance(p, dict)]
    wat = ", ".join(re.sub(r"\[\d+\]", "", naam) for naam in namen) or "deze vraag"
    return VraagGeweigerd(f"De BRP kan hiermee niet zoeken: kijk {wat} na.")


# --- rest after failures; a cache that is down means no rest, never a refusal ---------------------------------------


def _rust() -> bool:
    try:
        return bool(cache.get("brp:rust"))
    except Exception:
        return False


def _noteer_storing() -> None:
    with contextlib.suppress(Exception):
        cache.add("brp:mis", 0, RUST)
        if cache.incr("brp:mis") >= STUK_NA:
            cache.set("brp:rust", True, RUST)


def _noteer_antwoord() -> None:
    with contextlib.suppress(Exception):
        cache.delete_many(["brp:mis", "brp:rust"])


def brppoort() -> BRPPoort:
    """The BRP of this installation."""
    if not settings.BRP_URL:
        raise NietIngericht("Deze installatie heeft nog geen aansluiting op de BRP. Vul de gegevens zelf in.")
    return HaalCentraal(
        url=settings.BRP_URL,
        sleutel=settings.BRP_SLEUTEL,
        token_url=settings.BRP_TOKEN_URL,
        client_id=settings.BRP_CLIENT_ID,
        client_geheim=settings.BRP_CLIENT_GEHEIM,
        doelbinding=settings.BRP_DOELBINDING,
        certificaat=settings.BRP_CERTIFICAAT,
    )
