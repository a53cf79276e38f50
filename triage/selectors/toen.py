"""What was known then: the case as it stood when the triagebesluit was taken, out of its history. Nothing is copied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import ForeignKey, Model

from casus.models import (
    Alarmering,
    Betrokkene,
    Casus,
    Contact,
    Persoon,
    Processtap,
    Veiligheidsafspraak,
    Veiligheidsscore,
    Veiligheidsvoorwaarde,
)
from melding.models import Melding
from triage.models import VHT, Antwoord, Feit, Triagebesluit
from vt_cvs.kern.regels import regel
from vt_cvs.web import dagen
from vt_cvs.web.verschil import Stuk, verschil


@dataclass(frozen=True, slots=True)
class Veld:
    """One field as it was, beside what it is now."""

    naam: str
    toen: str
    nu: str

    @property
    def anders(self) -> bool:
        return self.toen != self.nu

    @property
    def stukken(self) -> list[Stuk]:
        return verschil(self.toen, self.nu) if self.anders else [("gelijk", self.toen)]


@dataclass(frozen=True, slots=True)
class Toen:
    """One piece: `soort` says whether it is the same now, was changed, was taken away, or came later."""

    titel: str
    velden: list[Veld]
    soort: str


@dataclass(frozen=True, slots=True)
class Onderdeel:
    """A part of the file: what stood in it, and what has come since."""

    naam: str
    code: str
    stukken: list[Toen]
    sindsdien: list[Toen]

    @property
    def verschillen(self) -> int:
        return sum(stuk.soort != "gelijk" for stuk in self.stukken) + len(self.sindsdien)


@dataclass(frozen=True, slots=True)
class Soort:
    """A kind of piece, where in its history the case is found, and which of its fields are shown."""

    naam: str
    model: type[Model]
    langs: str
    velden: tuple[str, ...]


SOORTEN = (
    Soort("Meldingen", Melding, "stap", ("nummer", "ontvangen_op", "situatie", "aanleiding", "duur_geweld")),
    Soort("Betrokkenen", Betrokkene, "casus", ("persoon", "stand", "aandeel", "relatie", "gezag")),
    Soort("Taxaties", VHT, "stap", ("tussenstand_a", "eindconclusie", "vastgesteld_op")),
    Soort("Antwoorden", Antwoord, "vht", ("vraag", "waarde", "feit", "bron")),
    Soort("Feiten bij vormen van geweld", Feit, "vht", ("feit", "bron")),
    Soort("Contacten", Contact, "casus", ("op", "soort", "met", "onderwerp", "verslag")),
    Soort("Veiligheidsscores", Veiligheidsscore, "casus", ("betrokkene", "op", "score", "herkomst")),
    Soort("Veiligheidsafspraken", Veiligheidsafspraak, "casus", ("tekst", "met", "vervallen_op")),
    Soort("Veiligheidsvoorwaarden", Veiligheidsvoorwaarde, "casus", ("tekst", "vastgesteld_op", "beeindigd_op")),
    Soort("Alarmeringen", Alarmering, "casus", ("waarschuwing", "wat_te_doen", "sinds", "beeindigd_op")),
)


@regel("RW-9.3", "RW-8.5")
def wat_toen_bekend_was(besluit: Triagebesluit) -> list[Onderdeel]:
    """Every part of the case at the moment of the decision; as many queries whatever happened since."""
    assert besluit.genomen_op is not None  # noqa: S101 - the page is only there for a decision that was taken
    sleutels = _sleutels(besluit.casus)
    lezer = Lezer(besluit.genomen_op, besluit.casus)
    return [onderdeel for soort in SOORTEN if (onderdeel := lezer.lees(soort, sleutels[soort.langs]))]


def _sleutels(casus: Casus) -> dict[str, list[int]]:
    stappen = list(Processtap.objects.filter(casus=casus).values_list("pk", flat=True))
    return {
        "casus": [casus.pk],
        "stap": stappen,
        "vht": list(VHT.objects.filter(stap__in=stappen).values_list("pk", flat=True)),
    }


class Lezer:
    """Reads one kind of piece at one moment. People are called what they are called now, also when they were merged."""

    def __init__(self, moment: datetime, casus: Casus) -> None:
        self.moment, self.casus = moment, casus
        self.bladen = {vht.pk: vht.blad for vht in VHT.objects.filter(stap__casus=casus).only("instrument")}
        betrokkenen = Betrokkene._base_manager.filter(casus=casus).select_related("persoon")
        self.namen: dict[type[Model], dict[Any, str]] = {Betrokkene: {}, Persoon: {}}
        for rij in betrokkenen:
            self.namen[Betrokkene][rij.pk] = str(rij)
            self.namen[Persoon][rij.persoon_id] = str(rij)

    def lees(self, soort: Soort, sleutels: list[int]) -> Onderdeel | None:
        historie: Any = soort.model.history  # type: ignore[attr-defined]
        bij_casus = {f"{soort.langs}__in": sleutels}
        toen = historie.filter(**bij_casus, history_date__lte=self.moment)
        toen = {rij.id: rij for rij in toen.order_by("id", "-history_date", "-history_id").distinct("id")}
        nu = {rij.pk: rij for rij in soort.model._base_manager.filter(**bij_casus).order_by("pk")}
        stukken = [
            self._stuk(soort, rij, nu.get(pk))
            for pk, rij in toen.items()
            if rij.history_type != "-" and _zegt_iets(rij)
        ]
        nieuw = [
            self._stuk(soort, rij, rij, erbij=True) for pk, rij in nu.items() if pk not in toen and _zegt_iets(rij)
        ]
        if not stukken and not nieuw:
            return None
        return Onderdeel(soort.naam, soort.model.__name__.lower(), stukken, nieuw)

    def _stuk(self, soort: Soort, toen: Any, nu: Any, *, erbij: bool = False) -> Toen:
        velden = [
            Veld(_label(soort.model, naam), oud, self._in_woorden(soort.model, nu, naam) if nu is not None else oud)
            for naam in soort.velden
            if (oud := self._in_woorden(soort.model, toen, naam)) or nu is not None
        ]
        gevuld = [veld for veld in velden if veld.toen or veld.nu]
        anders = "weg" if nu is None else "anders" if any(veld.anders for veld in gevuld) else "gelijk"
        return Toen(gevuld[0].toen if gevuld else "", gevuld, "erbij" if erbij else anders)

    def _in_woorden(self, model: type[Model], rij: Any, naam: str) -> str:
        veld: Any = model._meta.get_field(naam)
        waarde = getattr(rij, veld.attname)
        if model is Antwoord and naam == "vraag":
            return f"{waarde} {self.bladen[rij.vht_id].vraag(waarde).tekst}"
        if isinstance(veld, ForeignKey):
            return self.namen.get(veld.related_model, {}).get(waarde, "")
        if isinstance(waarde, datetime):
            return dagen.moment(waarde, tussen="om")
        if isinstance(waarde, date):
            return dagen.kort(waarde)
        if isinstance(waarde, bool):
            return "ja" if waarde else "nee"
        if veld.choices:
            return str(dict(veld.flatchoices).get(waarde, waarde))
        return _code(naam, "" if waarde is None else str(waarde))


def _code(naam: str, waarde: str) -> str:
    from vt_cvs.organisatie.selectors import label

    return label(naam, waarde) if waarde and naam in {"aanleiding", "duur_geweld"} else waarde


def _label(model: type[Model], naam: str) -> str:
    veld: models.Field[Any, Any] = model._meta.get_field(naam)  # type: ignore[assignment]
    naam_ = str(veld.verbose_name)
    return naam_[:1].upper() + naam_[1:]


def _zegt_iets(rij: Any) -> bool:
    """A question that nobody answered is no knowledge."""
    leeg = not (getattr(rij, "feit", "x") or getattr(rij, "bron", "x"))
    return not (leeg and getattr(rij, "waarde", None) is None)


def verschillen(onderdelen: list[Onderdeel]) -> int:
    return sum(onderdeel.verschillen for onderdeel in onderdelen)
