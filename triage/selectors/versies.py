"""Reading back: the VHT as it stood in a version, beside the version before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from triage.instrument import Conclusie, concludeer
from triage.models import VHT, Antwoord, Feit, Geweldsvorm, VHTVersie
from triage.models.onderbouwing import JA_OF_NEE
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.selectors import label
from vt_cvs.web.verschil import Stuk, verschil

Rijen = dict[tuple[int, int], Any]


@dataclass(frozen=True, slots=True)
class Waarde:
    """One text now and in the version before: word by word, with what came and what went."""

    nu: str
    eerst: str | None = None

    @property
    def stukken(self) -> list[Stuk]:
        if self.eerst is None or self.eerst == self.nu:
            return [("gelijk", self.nu)] if self.nu else []
        return verschil(self.eerst, self.nu)

    @property
    def anders(self) -> bool:
        return self.eerst is not None and self.eerst != self.nu


@dataclass(frozen=True, slots=True)
class Regel:
    """One question or one fact as it stood; `soort` says whether it came, went, changed or stayed."""

    naam: str
    tekst: str
    antwoord: Waarde
    feit: Waarde
    bron: Waarde
    soort: str


@dataclass(frozen=True, slots=True)
class TerugGelezen:
    """A version in full."""

    versie: VHTVersie
    vorige: VHTVersie | None
    conclusie: Conclusie
    conclusie_was: Conclusie | None
    antwoorden: list[Regel]
    feiten: list[Regel]

    @property
    def verschillen(self) -> int:
        return sum(regel.soort != "gelijk" for regel in (*self.antwoorden, *self.feiten))


def versies_van(vht: VHT) -> list[VHTVersie]:
    """Every version of this VHT, newest first."""
    rijen = VHTVersie.objects.filter(vht=vht).select_related("door", "tijdens").order_by("-nummer")
    for versie in rijen:
        versie.vht = vht
    return list(rijen)


@regel("RW-8.20")
def lees_terug(vht: VHT, versie: VHTVersie, vorige: VHTVersie | None) -> TerugGelezen:
    """The rows of that moment, from their history; as many questions to the database whatever happened since."""
    antwoorden, vormen, feiten = (_historie(model, vht) for model in (Antwoord, Geweldsvorm, Feit))
    nu = {rij.vraag: rij for rij in _van(antwoorden, versie, "antwoorden").values()}
    eerst = {rij.vraag: rij for rij in _van(antwoorden, vorige, "antwoorden").values()}
    namen = {naam: _vormnamen(_van(vormen, v, "vormen").values()) for naam, v in (("nu", versie), ("eerst", vorige))}
    return TerugGelezen(
        versie=versie,
        vorige=vorige,
        conclusie=_concludeer(vht, nu),
        conclusie_was=_concludeer(vht, eerst) if vorige else None,
        antwoorden=[_regel(v.code, v.tekst, nu.get(v.code), eerst.get(v.code), vorige) for v in vht.blad.vragen],
        feiten=[
            *_feitregels(_van(feiten, versie, "feiten"), _van(feiten, vorige, "feiten"), namen, vorige),
            *_lege_vormen(_van(vormen, versie, "vormen"), _van(feiten, versie, "feiten")),
        ],
    )


def _historie(model: Any, vht: VHT) -> Rijen:
    """Every row of this VHT in every version it had; what was removed is there as it last stood."""
    return {(rij.id, rij.versie): rij for rij in model.history.filter(vht_id=vht.pk).exclude(history_type="-")}


def _van(historie: Rijen, versie: VHTVersie | None, deel: str) -> dict[int, Any]:
    standen = versie.rijen.get(deel, {}) if versie else {}
    gevonden = ((int(pk), historie.get((int(pk), stand))) for pk, stand in standen.items())
    return {pk: rij for pk, rij in sorted(gevonden, key=lambda paar: paar[0]) if rij is not None}


def _concludeer(vht: VHT, antwoorden: dict[str, Any]) -> Conclusie:
    return concludeer(vht.blad, {code: rij.waarde for code, rij in antwoorden.items()})


def _vormnamen(vormen: Iterable[Any]) -> dict[int, str]:
    return {vorm.id: label("geweldsvorm", vorm.vorm) for vorm in vormen}


def _feitregels(
    nu: dict[int, Any], eerst: dict[int, Any], namen: dict[str, dict[int, str]], vorige: VHTVersie | None
) -> Iterator[Regel]:
    samen = eerst | nu
    for pk in sorted(samen, key=lambda pk: (samen[pk].vorm_id, pk)):
        rij = samen[pk]
        naam = namen["nu" if pk in nu else "eerst"].get(rij.vorm_id, "")
        yield _regel(naam, "", nu.get(pk), eerst.get(pk), vorige)


def _lege_vormen(vormen: dict[int, Any], feiten: dict[int, Any]) -> Iterator[Regel]:
    """A form of violence without a fact was there too."""
    met_feit = {feit.vorm_id for feit in feiten.values()}
    for pk, naam in _vormnamen(vormen.values()).items():
        if pk not in met_feit:
            yield Regel(naam, "", Waarde(""), Waarde(""), Waarde(""), "gelijk")


def _regel(naam: str, tekst: str, nu: Any, eerst: Any, vorige: VHTVersie | None) -> Regel:
    def waarde(lees: Callable[[Any], str]) -> Waarde:
        return Waarde(lees(nu) if nu else "", (lees(eerst) if eerst else "") if vorige else None)

    antwoord = waarde(lambda rij: JA_OF_NEE[rij.waarde] if hasattr(rij, "waarde") else "")
    feit, bron = waarde(lambda rij: str(rij.feit)), waarde(lambda rij: str(rij.bron))
    soort = "gelijk"
    if vorige and nu is None:
        soort = "weg"
    elif vorige and eerst is None:
        soort = "erbij"
    elif any(deel.anders for deel in (antwoord, feit, bron)):
        soort = "anders"
    return Regel(naam, tekst, antwoord, feit, bron, soort)
