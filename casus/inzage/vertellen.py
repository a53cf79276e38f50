"""How a piece of the file becomes text: its own sentences first, then every other field with its own label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from casus.dossier import VERTELLINGEN, Alinea, Lezer
from casus.inzage.tekst import Geheimen, Stuktekst
from casus.models import Betrokkene, Persoon
from vt_cvs.kern.dossier import Stuk
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import BlindeIndex, PlatteTekstMixin
from vt_cvs.organisatie.models import Code, Medewerker
from vt_cvs.organisatie.selectors import labels
from vt_cvs.web import dagen

# Names of columns that say nothing about people or events: keys, locks and places in storage.
TECHNIEK = frozenset(
    {"id", "versie", "zoeknaam", "zoeksleutels", "opslagnaam", "vingerafdruk", "heeft_eigenaar", "voortgang"}
)


def buiten_inzage(stuk: Stuk) -> frozenset[str]:
    """What RW-5.18a-e keeps out: declared on the model, or for this one row (an anonymous reporter)."""
    eigen = getattr(stuk, "niet_ter_inzage", None)
    return frozenset(type(stuk).buiten_inzage) | frozenset(eigen() if eigen else ())


@regel("RW-5.18c", "RW-5.18e")
def valt_er_geheel_buiten(stuk: Stuk) -> bool:
    """NTI and alarmering leave no trace at all: nothing of them is for the client, so they are no part."""
    model = type(stuk)
    return not model.ter_inzage and bool(model.buiten_inzage)


@regel("RW-5.18", "RW-5.18a", "RW-5.18b", "RW-5.18d")
def vertel(stuk: Stuk, lezer: Lezer) -> Stuktekst:
    """The whole piece in plain Dutch. What no sentence tells follows as “Label: waarde”; help texts never do."""
    vertelling = VERTELLINGEN.get(stuk._meta.label_lower)
    alineas: list[Alinea] = []
    verteld: frozenset[str] = frozenset()
    titel = _hoofdletter(str(stuk._meta.verbose_name))
    if vertelling is not None:
        titel, verteld = vertelling.titel(stuk), vertelling.velden
        alineas += [a for a in vertelling.zinnen(stuk, lezer) if a.tekst.strip()]
    alineas += overige_velden(stuk, lezer, behalve=verteld)
    return Stuktekst(titel, tuple(alineas))


def overige_velden(stuk: Stuk, lezer: Lezer, *, behalve: Iterable[str] = ()) -> Iterator[Alinea]:
    """Every field that has a value and that no sentence told, in the order of `ter_inzage`, then of the model."""
    niet = TECHNIEK | buiten_inzage(stuk) | frozenset(behalve)
    velden = {veld.name: veld for veld in (*stuk._meta.concrete_fields, *stuk._meta.many_to_many)}
    volgorde = [*(naam for naam in type(stuk).ter_inzage if naam in velden), *velden]
    for naam in dict.fromkeys(volgorde):
        if naam in niet or isinstance(velden[naam], BlindeIndex):
            continue
        for waarde in _waarden(stuk, velden[naam], lezer):
            yield Alinea(f"{_hoofdletter(str(velden[naam].verbose_name))}: {waarde}", soort="veld")


@regel("RW-5.18")
def vergeten_tekst(stuk: Stuk, verteld: str) -> Iterator[Alinea]:
    """What people typed and no sentence repeated, although the sentences claim the field: a promise is not trusted.

    `verteld` is all text this may stand in, from `plat`.
    """
    vertelling = VERTELLINGEN.get(stuk._meta.label_lower)
    if vertelling is None:
        return
    for veld in stuk._meta.concrete_fields:
        if veld.name not in vertelling.velden - buiten_inzage(stuk) or not isinstance(veld, PlatteTekstMixin):
            continue
        waarde = str(veld.value_from_object(stuk) or "")
        if waarde.strip() and plat(waarde) not in verteld:
            yield Alinea(f"{_hoofdletter(str(veld.verbose_name))}: {waarde}", soort="veld")


def plat(tekst: str) -> str:
    """For comparing: one kind of space, no capitals."""
    return " ".join(tekst.split()).casefold()


def _waarden(stuk: Stuk, veld: Any, lezer: Lezer) -> Iterator[str]:
    """The value in words, or nothing when the field is empty or only ties pieces together."""
    if isinstance(veld, models.ManyToManyField):
        if namen := [_over_wie(obj, lezer) for obj in getattr(stuk, veld.name).all()]:
            yield ", ".join(naam for naam in namen if naam)
    elif isinstance(veld, models.ForeignKey):
        if (obj := getattr(stuk, veld.name)) is not None and (naam := _over_wie(obj, lezer)):
            yield naam
    elif (tekst := in_woorden(stuk, veld)) != "":
        yield tekst


def _over_wie(obj: models.Model, lezer: Lezer) -> str:
    if isinstance(obj, (Persoon, Betrokkene)):
        return lezer.noem(obj)
    if isinstance(obj, Stuk):
        return ""  # a piece of its own
    return obj.naam if isinstance(obj, Medewerker) else str(obj)


def in_woorden(stuk: models.Model, veld: Any) -> str:
    """A value as a person says it; "" when there is nothing to say."""
    waarde = veld.value_from_object(stuk)
    if waarde is None or waarde == "" or waarde == [] or waarde == {}:
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else ("nee" if veld.null else "")
    if veld.choices:
        return str(getattr(stuk, f"get_{veld.name}_display")())
    if isinstance(veld, models.CharField):
        return labels(veld.name).get(waarde, waarde)
    return zeg(waarde)


def zeg(waarde: Any) -> str:
    """Dates in full, lists in a row, nested values with their names; codes get the label of their list."""
    if isinstance(waarde, datetime):
        return moment_voluit(waarde)
    if isinstance(waarde, date):
        return dagen.voluit(waarde)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, dict):
        delen = [
            f"{str(naam).replace('_', ' ')}: {zeg(v)}" for naam, v in waarde.items() if v not in (None, "", [], {})
        ]
        return "; ".join(delen)
    if isinstance(waarde, (list, tuple, set)):
        return ", ".join(zeg(v) for v in waarde)
    return str(waarde)


def code(lijst: str, waarde: str) -> str:
    """The label of a code, in lower case as it stands in a sentence."""
    gevonden = labels(lijst).get(waarde, waarde)
    return gevonden[:1].lower() + gevonden[1:] if gevonden[1:2].islower() else gevonden


def moment_voluit(wanneer: datetime) -> str:
    """`donderdag 19 november 2026, 15.10 uur`; midnight is a day without a time."""
    lokaal = timezone.localtime(wanneer)
    tijd = f", {lokaal:%H.%M} uur" if (lokaal.hour, lokaal.minute) != (0, 0) else ""
    return f"{dagen.voluit(wanneer)}{tijd}"


def wanneer(stuk: Stuk) -> datetime | None:
    """When it happened: the first moment that the piece shows the client, else the first it has."""
    velden = {veld.name: veld for veld in stuk._meta.concrete_fields}
    namen = [*type(stuk).ter_inzage, *velden]
    for naam in namen:
        if isinstance(velden.get(naam), models.DateField):  # a DateTimeField is one too
            if isinstance(waarde := getattr(stuk, naam), datetime):
                return waarde
            if isinstance(waarde, date):
                return timezone.make_aware(datetime(waarde.year, waarde.month, waarde.day))
    return None


def citaten(tekst: str) -> Iterator[Alinea]:
    """What someone wrote down, paragraph by paragraph, as it stands in the file."""
    for deel in tekst.split("\n\n"):
        if deel.strip():
            yield Alinea(deel.strip("\n"), soort="citaat")


def geheimen_van(stukken: Iterable[Stuk], personen: Iterable[Persoon]) -> Geheimen:
    """The values of everything that stays out, to be looked for in what people typed elsewhere."""
    waarden: set[str] = set()
    for stuk in (*stukken, *personen):
        velden = {veld.name: veld for veld in stuk._meta.concrete_fields}
        for naam in buiten_inzage(stuk):
            veld = velden.get(naam)
            if veld is None or veld.choices or not isinstance(veld, (models.CharField, models.TextField)):
                continue
            waarde = str(veld.value_from_object(stuk) or "").strip()
            waarden.update(deel.strip() for deel in waarde.splitlines() if len(deel.strip()) <= 200)
    waarden |= set(Code.objects.filter(code__in=waarden).values_list("label", flat=True))
    return Geheimen(frozenset(w for w in waarden if w))


def _hoofdletter(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]
