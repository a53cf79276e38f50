"""Two persons side by side: what differs, what would become of it, and what must be settled first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from casus.models import Betrokkene, Casus, Familieband, Persoon
from casus.personen.banden import nazaten
from vt_cvs.kern.regels import Belemmering

ADRES = ("straat", "postcode", "plaats")
GROEPEN: dict[str, tuple[str, ...]] = {
    "voornamen": ("voornamen",),
    "voorvoegsel": ("voorvoegsel",),
    "achternaam": ("achternaam",),
    "geboortedatum": ("geboortedatum", "geboortedatum_opgegeven"),
    "geslacht": ("geslacht",),
    "geboorteland": ("geboorteland",),
    "ongeboren": ("ongeboren",),
    "bsn": ("bsn", "bsn_stand"),
    "straat": ADRES,
    "telefoon": ("telefoon",),
    "email": ("email",),
    "overleden_op": ("overleden_op",),
}
"""What is chosen together, by the first field: half of one address and half of another is no address."""
LABELS = {"straat": "adres"}
ROLVOLGORDE = (Betrokkene.Rol.DIRECT, Betrokkene.Rol.DERDE, Betrokkene.Rol.PROFESSIONAL)
VAN_DE_CASUS = ("aandeel", "relatie", "gezag")


@dataclass(frozen=True, slots=True)
class Verschil:
    """One group of fields of both: `kies` when only a person can say which is right."""

    naam: str
    label: str
    een: str
    ander: str
    kies: bool
    uit: str

    @property
    def wordt(self) -> str:
        """What stands there afterwards, when nobody has to choose."""
        return self.ander if self.uit == "ander" else self.een


@dataclass(frozen=True, slots=True)
class InBeide:
    """A case in which both are: the row that stays, the one that goes out of sight, and what differs in words."""

    casus: Casus
    blijft: Betrokkene
    verdwijnt: Betrokkene
    verschillen: tuple[Verschil, ...]


def verschillen(een: Persoon, ander: Persoon) -> list[Verschil]:
    """Every group in which at least one of both has something."""
    gevonden = []
    for naam, velden in GROEPEN.items():
        links, rechts = in_woorden(een, velden), in_woorden(ander, velden)
        if not links and not rechts:
            continue
        kies = bool(links and rechts) and _waarden(een, velden) != _waarden(ander, velden)
        gevonden.append(Verschil(naam, label(Persoon, naam), links, rechts, kies, "ander" if not links else "een"))
    return gevonden


def label(model: Any, naam: str) -> str:
    woord = LABELS.get(naam) or str(model._meta.get_field(naam).verbose_name)
    return woord[:1].upper() + woord[1:]


def _waarden(stuk: Any, velden: tuple[str, ...]) -> list[str]:
    """As people compare them: a BSN by its digits, a text without capitals and double spaces."""
    if velden[0] == "bsn":
        return ["".join(t for t in str(stuk.bsn or "") if t.isdigit())]
    return [" ".join(str(getattr(stuk, veld) or "").casefold().split()) for veld in velden]


def in_woorden(stuk: Any, velden: tuple[str, ...]) -> str:
    """A group of fields as one line; an address that is secret is not told."""
    if velden == ADRES and getattr(stuk, "adres_geheim", False):
        return "geheim adres" if any(getattr(stuk, veld) for veld in velden) else ""
    delen = []
    for veld in velden:
        waarde = getattr(stuk, veld)
        if veld == "bsn_stand":
            delen += [str(stuk.get_bsn_stand_display())] if stuk.bsn else []
        elif waarde not in (None, "", False):
            keuzes = dict(stuk._meta.get_field(veld).flatchoices)
            delen.append("ja" if waarde is True else str(keuzes.get(waarde, _datum(waarde))))
        elif waarde is False and veld == "gezag":
            delen.append("nee")
    return ", ".join(delen)


def _datum(waarde: Any) -> str:
    return f"{waarde:%d-%m-%Y}" if hasattr(waarde, "strftime") else str(waarde)


def in_beide(een: Persoon, ander: Persoon) -> list[InBeide]:
    """The cases that have both, with the row that stays: whoever is directbetrokkene stays that (RW-7.5)."""
    van = {
        persoon.pk: {b.casus_id: b for b in Betrokkene.objects.filter(persoon=persoon).select_related("casus")}
        for persoon in (een, ander)
    }
    gevonden = []
    for casus_id in sorted(van[een.pk].keys() & van[ander.pk].keys()):
        paar = sorted(
            (van[een.pk][casus_id], van[ander.pk][casus_id]),
            key=lambda b: (ROLVOLGORDE.index(Betrokkene.Rol(b.stand)), b.persoon_id != een.pk),
        )
        gevonden.append(InBeide(paar[0].casus, paar[0], paar[1], tuple(_verschillen_in_casus(*paar))))
    return gevonden


def _verschillen_in_casus(blijft: Betrokkene, verdwijnt: Betrokkene) -> Iterator[Verschil]:
    for naam in VAN_DE_CASUS:
        links, rechts = _bekend(blijft, naam), _bekend(verdwijnt, naam)
        if links or rechts:
            kies = bool(links and rechts and links != rechts)
            sleutel = f"{naam}_{blijft.casus_id}"
            yield Verschil(sleutel, label(Betrokkene, naam), links, rechts, kies, "ander" if not links else "een")


def _bekend(betrokkene: Betrokkene, naam: str) -> str:
    if naam == "aandeel" and betrokkene.aandeel == Betrokkene.Aandeel.ONBEKEND:
        return ""
    return in_woorden(betrokkene, (naam,))


def wat_in_de_weg_staat(een: Persoon, ander: Persoon) -> Iterator[Belemmering]:
    """What no choice on the screen can settle."""
    if een.pk == ander.pk:
        yield Belemmering("Dit is al dezelfde persoon. Kies een ander.")
        return
    onderling = Q(persoon=een, ander=ander) | Q(persoon=ander, ander=een)
    for band in Familieband.objects.filter(onderling).select_related("persoon", "ander"):
        yield Belemmering(
            f"{band}. Wie familie van elkaar is, is niet dezelfde persoon. Klopt die band niet, haal hem dan eerst weg."
        )
    als = {ander.pk: een.pk}
    if een.pk in nazaten({een.pk}, als=als):
        yield Belemmering(
            "Samengevoegd zou deze persoon van zichzelf afstammen. Kijk eerst de familiebanden van beiden na."
        )
    if Betrokkene.objects.filter(persoon__in=[een, ander], casus__soort=Casus.Soort.ADVIES).exists():
        yield Belemmering(
            "Een van beiden staat in een advies. Wat in een advies staat, gaat niet mee naar een melding.",
        )


def banden_in_woorden(persoon: Persoon) -> list[str]:
    """The ties of one person, as they would move along."""
    rijen = Familieband.objects.filter(Q(persoon=persoon) | Q(ander=persoon)).select_related("persoon", "ander")
    return [str(band) for band in rijen]
