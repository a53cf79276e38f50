"""Households: who lives where, how they are related and what a report would say their part is. All of it invented."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from melding.aanlevering import AangeleverdePersoon
from vt_cvs.demo.namen import HERKOMSTEN, PLAATSEN, STRATEN, VERDELING, Herkomst, Plaats

BSN_BEGIN = range(99_991_000, 100_000_000)
"""The first eight digits of numbers that are given to nobody; those of the reports in `meldingen/` lie below."""
HOOGSTENS = 6


@dataclass(frozen=True, slots=True)
class Lid:
    """Someone of the household. `rol` is what a sender would write, with the relation."""

    voornamen: str
    voorvoegsel: str
    achternaam: str
    geslacht: str
    geboren: date
    rol: str
    kind: bool = False
    huishouden: int = 1
    gezag: bool | None = None
    bsn: str = ""
    telefoon: str = ""

    @property
    def naam(self) -> str:
        return " ".join(deel for deel in (self.voornamen, self.voorvoegsel, self.achternaam) if deel)


@dataclass(frozen=True, slots=True)
class Gezin:
    """A household with whoever belongs to it; the first one is the one it is about."""

    leden: tuple[Lid, ...]
    straat: str
    plaats: Plaats
    postcode: str

    @property
    def kinderen(self) -> list[Lid]:
        return [lid for lid in self.leden if lid.kind]

    @property
    def volwassenen(self) -> list[Lid]:
        return [lid for lid in self.leden if not lid.kind]

    def als_aangeleverd(self) -> tuple[AangeleverdePersoon, ...]:
        """As a sender would write them down."""
        return tuple(
            AangeleverdePersoon(
                soort="kind" if lid.kind else "volwassene",
                voornamen=lid.voornamen,
                voorvoegsel=lid.voorvoegsel,
                achternaam=lid.achternaam,
                geboortedatum=f"{lid.geboren:%d-%m-%Y}",
                bsn=lid.bsn,
                geslacht=lid.geslacht,
                straat=self.straat if lid.huishouden == 1 else "",
                postcode=self.postcode if lid.huishouden == 1 else "",
                plaats=self.plaats.naam,
                telefoon=lid.telefoon,
                rol=lid.rol,
            )
            for lid in self.leden
        )


@cache
def _testnummers() -> tuple[str, ...]:
    """Numbers that pass the elfproef and that nobody has: the last digit follows from the others."""
    gevonden = []
    for begin in map(str, BSN_BEGIN):
        controle = sum(int(cijfer) * gewicht for cijfer, gewicht in zip(begin, range(9, 1, -1), strict=True)) % 11
        if controle < 10:
            gevonden.append(f"{begin}{controle}")
    return tuple(gevonden)


def maak_gezin(zaad: int, nummer: int, *, op: date) -> Gezin:
    """The household of story `nummer`, the same for the same seed, with ages as they were on `op`."""
    toeval = Random(f"gezin/{zaad}/{nummer}")  # noqa: S311 - the same people each time, no secret
    herkomst = toeval.choices(HERKOMSTEN, VERDELING)[0]
    ander = herkomst if toeval.random() < 0.75 else toeval.choice(HERKOMSTEN)
    soort = toeval.choices((_samen, _uit_elkaar, _ouder_en_kind, _alleenstaand), (55, 20, 10, 15))[0]
    leden = soort(toeval, herkomst, ander, op)[:HOOGSTENS]
    plaats = toeval.choice(PLAATSEN)
    return Gezin(
        leden=tuple(_met_nummers(toeval, lid, nummer * HOOGSTENS + i) for i, lid in enumerate(leden)),
        straat=f"{toeval.choice(STRATEN)} {toeval.randint(1, 180)}",
        plaats=plaats,
        postcode=f"{plaats.postcode} {toeval.choice('ABCDEFGHJKLM')}{toeval.choice('NPRSTVWXZ')}",
    )


def _met_nummers(toeval: Random, lid: Lid, volgnummer: int) -> Lid:
    """Most people have a BSN on record; children of school age and older relatives less often a telephone."""
    bekend, belt = toeval.random() < 0.7, not lid.kind and toeval.random() < 0.6
    return replace(
        lid,
        bsn=_testnummers()[volgnummer] if bekend else "",
        telefoon=f"06 0000 {toeval.randint(0, 9999):04d}" if belt else "",
    )


def _volwassene(
    toeval: Random, namen: Herkomst, geslacht: str, leeftijd: int, op: date, rol: str, **velden: int
) -> Lid:
    voorvoegsel, achternaam = toeval.choice(namen.achternamen)
    voornamen = toeval.choice(namen.vrouwen if geslacht == "V" else namen.mannen)
    geboren = _geboren(toeval, leeftijd, op)
    return Lid(voornamen, voorvoegsel, achternaam, geslacht, geboren, rol, **velden)  # type: ignore[arg-type]


def _geboren(toeval: Random, leeftijd: int, op: date) -> date:
    return op - timedelta(days=round(leeftijd * 365.25) + toeval.randint(20, 340))


def _kinderen(toeval: Random, namen: Herkomst, vader: Lid, moeder: Lid, op: date, aantal: int) -> list[Lid]:
    """Children bear the father's name and are witnesses, until someone finds otherwise."""
    meisjes, jongens = list(namen.meisjes), list(namen.jongens)
    toeval.shuffle(meisjes)
    toeval.shuffle(jongens)
    leden = []
    oudste = toeval.randint(2, 15)
    for i in range(aantal):
        geslacht = toeval.choice("VM")
        leeftijd = max(0, oudste - 2 * i - toeval.randint(0, 1))
        voornaam = (meisjes if geslacht == "V" else jongens)[i]
        rol = f"getuige, kind van {moeder.voornamen}"
        geboren = _geboren(toeval, leeftijd, op)
        leden.append(Lid(voornaam, vader.voorvoegsel, vader.achternaam, geslacht, geboren, rol, kind=True))
    return leden


def _samen(toeval: Random, namen: Herkomst, ander: Herkomst, op: date) -> list[Lid]:
    """Two partners, with or without children."""
    leeftijd = toeval.randint(24, 46)
    moeder = _volwassene(toeval, namen, "V", leeftijd, op, "slachtoffer, partner")
    vader = _volwassene(
        toeval, ander, "M", leeftijd + toeval.randint(-3, 8), op, f"verdachte, partner van {moeder.voornamen}"
    )
    kinderen = _kinderen(toeval, ander, vader, moeder, op, toeval.choice((0, 1, 1, 1, 2, 2, 3)))
    gezag = True if kinderen else None
    return [replace(moeder, gezag=gezag), replace(vader, gezag=gezag), *kinderen]


def _uit_elkaar(toeval: Random, namen: Herkomst, ander: Herkomst, op: date) -> list[Lid]:
    """Ex-partners: the children live with her, he lives elsewhere."""
    leeftijd = toeval.randint(26, 45)
    moeder = _volwassene(toeval, namen, "V", leeftijd, op, "slachtoffer, moeder")
    vader = _volwassene(
        toeval, ander, "M", leeftijd + toeval.randint(-2, 9), op, f"verdachte, ex-partner van {moeder.voornamen}"
    )
    kinderen = _kinderen(toeval, ander, vader, moeder, op, toeval.choice((1, 2, 2)))
    gezag = toeval.choice((True, None))
    return [replace(moeder, gezag=True), replace(vader, huishouden=2, gezag=gezag), *kinderen]


def _ouder_en_kind(toeval: Random, namen: Herkomst, _ander: Herkomst, op: date) -> list[Lid]:
    """An old parent and the grown child who cares for them, or should."""
    ouder = _volwassene(toeval, namen, toeval.choice("VVM"), toeval.randint(74, 90), op, "slachtoffer")
    woord = "moeder" if ouder.geslacht == "V" else "vader"
    geslacht = toeval.choice("VM")
    kind = _volwassene(toeval, namen, geslacht, toeval.randint(42, 60), op, f"verdachte, kind van {ouder.voornamen}")
    kind = replace(kind, voorvoegsel=ouder.voorvoegsel, achternaam=ouder.achternaam)
    return [replace(ouder, rol=f"slachtoffer, {woord}"), kind]


def _alleenstaand(toeval: Random, namen: Herkomst, _ander: Herkomst, op: date) -> list[Lid]:
    """One parent with children who do not get what they need; nobody is suspected of blows."""
    geslacht = toeval.choice("VVVM")
    woord = "moeder" if geslacht == "V" else "vader"
    ouder = replace(_volwassene(toeval, namen, geslacht, toeval.randint(22, 44), op, woord), gezag=True)
    return [ouder, *_kinderen(toeval, namen, ouder, ouder, op, toeval.choice((1, 2, 3)))]
