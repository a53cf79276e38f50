"""The people of a case as the family diagram and its text speak of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casus.models import Betrokkene, Familieband, Persoon

MERKEN = {
    Betrokkene.Aandeel.PLEGER: "vermoed pleger",
    Betrokkene.Aandeel.ONDERGAAT: "ondergaat",
    Betrokkene.Aandeel.GETUIGE: "getuige",
}
KORT = 16  # characters that fit under a symbol


@dataclass(frozen=True, slots=True)
class Mens:
    """One person; `sleutel` is the person, `pk` the betrokkene."""

    sleutel: int
    pk: int
    naam: str
    roepnaam: str
    achternaam: str
    leeftijd: str
    vorm: str
    jaar: int
    geboren: date | None
    minderjarig: bool | None
    derde: bool
    merk: str
    geheim: bool
    overleden: bool
    huishouden: int
    ook: int | None
    gezag: bool | None

    @property
    def vermoed_pleger(self) -> bool:
        return self.merk == MERKEN[Betrokkene.Aandeel.PLEGER]


@dataclass(frozen=True, slots=True)
class Band:
    """`van` is this to `naar`."""

    van: int
    soort: str
    naar: int
    voorbij: bool = False


def mensen_van(betrokkenen: list[Betrokkene], *, vandaag: date) -> list[Mens]:
    """Everyone but the professionals: they work with the family and do not belong to it."""
    return [
        _als_mens(b, b.persoon, vandaag)
        for b in betrokkenen
        if b.persoon is not None and b.stand != Betrokkene.Rol.PROFESSIONAL
    ]


def banden_tussen(mensen: list[Mens], banden: list[Familieband]) -> list[Band]:
    wie = {mens.sleutel for mens in mensen}
    return [
        Band(band.persoon_id, band.soort, band.ander_id, voorbij=not band.loopt)
        for band in banden
        if band.persoon_id in wie and band.ander_id in wie
    ]


def _als_mens(b: Betrokkene, persoon: Persoon, vandaag: date) -> Mens:
    minderjarig = persoon.is_minderjarig(vandaag)
    achternaam = f"{persoon.voorvoegsel} {persoon.achternaam}".strip()
    roepnaam = persoon.voornamen.split(" ")[0] if persoon.voornamen else ""
    if not roepnaam:
        roepnaam, achternaam = achternaam or ("ongeboren" if persoon.ongeboren else "naam onbekend"), ""
    return Mens(
        sleutel=persoon.pk,
        pk=b.pk,
        naam=persoon.volle_naam or ("ongeboren kind" if persoon.ongeboren else "naam onbekend"),
        roepnaam=_kort(roepnaam),
        achternaam=_kort(achternaam),
        leeftijd=_leeftijd(persoon, vandaag),
        vorm=_vorm(persoon),
        jaar=_jaar(persoon, minderjarig, vandaag),
        geboren=persoon.geboortedatum,
        minderjarig=minderjarig,
        derde=b.stand == Betrokkene.Rol.DERDE,
        merk=MERKEN.get(Betrokkene.Aandeel(b.aandeel), ""),
        geheim=persoon.adres_geheim,
        overleden=persoon.overleden_op is not None,
        huishouden=b.huishouden,
        ook=b.huishouden_ook,
        gezag=b.gezag,
    )


def _kort(naam: str) -> str:
    return naam if len(naam) <= KORT else f"{naam[: KORT - 1]}…"


def _vorm(persoon: Persoon) -> str:
    if persoon.ongeboren:
        return "driehoek"
    return {Persoon.Geslacht.MAN: "vierkant", Persoon.Geslacht.VROUW: "rond"}.get(
        persoon.geslacht,  # type: ignore[call-overload]
        "ruit",
    )


def jaren(geboren: date, op: date) -> int:
    return op.year - geboren.year - ((op.month, op.day) < (geboren.month, geboren.day))


def _leeftijd(persoon: Persoon, vandaag: date) -> str:
    if persoon.ongeboren:
        return "nog niet geboren"
    if persoon.overleden_op is not None:
        return f"overleden in {persoon.overleden_op.year}"
    if persoon.geboortedatum is None:
        return f"± {vandaag.year - persoon.geboortejaar} jaar" if persoon.geboortejaar else "leeftijd onbekend"
    return f"{jaren(persoon.geboortedatum, vandaag)} jaar"


def _jaar(persoon: Persoon, minderjarig: bool | None, vandaag: date) -> int:
    """Year of birth; a guess where it is not known, only to place someone among the others."""
    if persoon.ongeboren:
        return vandaag.year
    if persoon.geboortedatum is not None:
        return persoon.geboortedatum.year
    return persoon.geboortejaar or vandaag.year - (9 if minderjarig else 38)
