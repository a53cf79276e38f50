"""What the BRP tells about someone, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BRPDatum:
    """A date, as far as it is known; `voluit` is how the BRP itself writes it."""

    voluit: str
    datum: date | None = None


@dataclass(frozen=True, slots=True)
class BRPPersoon:
    """One person as the BRP has them now."""

    bsn: str = ""
    voornamen: str = ""
    voorvoegsel: str = ""
    achternaam: str = ""
    geboren: BRPDatum | None = None
    geboorteland: str = ""
    geslacht: str = ""
    straat: str = ""
    postcode: str = ""
    plaats: str = ""
    adres: str = ""
    geheim: bool = False
    overleden: BRPDatum | None = None
    opgeschort: str = ""
    ouders: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    kinderen: tuple[str, ...] = ()

    @property
    def naam(self) -> str:
        return " ".join(deel for deel in (self.voornamen, self.voorvoegsel, self.achternaam) if deel)
