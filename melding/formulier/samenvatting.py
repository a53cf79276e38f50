"""What was filled in, to read once more before sending: each answer with the way back to its question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.urls import reverse

from melding.formulier.bladzijden import GROEPEN, Bladzijde, bladzijden_voor
from melding.formulier.forms import PersoonForm
from melding.formulier.opslag import Antwoorden

LEEG = "niet ingevuld"
KOPPEN = {"kinderen": "Kind of afhankelijke", "volwassenen": "Volwassene"}


@dataclass(frozen=True, slots=True)
class Regel:
    """One question and its answer."""

    vraag: str
    antwoord: str
    leeg: bool = False


@dataclass(frozen=True, slots=True)
class Deel:
    """One page or one person."""

    titel: str
    pad: str
    regels: list[Regel]
    personen: list[Deel] = field(default_factory=list)
    kort: str = ""


def samenvatting(antwoorden: Antwoorden) -> list[Deel]:
    return [_deel(blad, antwoorden) for blad in bladzijden_voor(antwoorden) if blad.slug != "controle"]


def _deel(blad: Bladzijde, antwoorden: Antwoorden) -> Deel:
    if blad.slug == "bestanden":
        namen = ", ".join(bestand.naam for bestand in antwoorden.bestanden)
        regel = Regel("Bestanden", namen or "geen", not namen)
        return Deel(blad.kort, blad.pad, [regel], kort=blad.kort)
    form = blad.maak_form(antwoorden)
    personen = personen_in(antwoorden, blad.slug) if blad.slug in GROEPEN else []
    regels = list(_regels(form, antwoorden.van(blad.slug)))
    if blad.slug in GROEPEN and not personen:
        regels.append(Regel("Personen", LEEG, True))
    return Deel(blad.kort, blad.pad, regels, personen, kort=blad.kort)


def personen_in(antwoorden: Antwoorden, groep: str) -> list[Deel]:
    """Each person of a group, with a heading without surprises: the name, or which one it is."""
    return [_persoon(antwoorden, groep, nummer) for nummer in range(len(antwoorden.personen(groep)))]


def _persoon(antwoorden: Antwoorden, groep: str, nummer: int) -> Deel:
    gegevens = antwoorden.personen(groep)[nummer]
    form = PersoonForm(groep=groep, eerste=False)
    namen = [str(gegevens.get(deel) or "") for deel in ("voornamen", "voorvoegsel", "achternaam")]
    titel = " ".join(deel for deel in namen if deel) or f"{KOPPEN[groep]} {nummer + 1}"
    regels = [regel for regel in _regels(form, gegevens) if not regel.leeg]
    return Deel(titel, reverse("formulier:persoon", args=[groep, nummer + 1]), regels, kort=titel)


def _regels(form: forms.BaseForm, gegevens: dict[str, Any]) -> Iterator[Regel]:
    for naam, veld in form.fields.items():
        if naam == "email_reden" and gegevens.get("email"):
            continue  # who gave an address is not asked why not
        antwoord = _als_tekst(veld, gegevens.get(naam))
        yield Regel(str(veld.label), antwoord or LEEG, not antwoord)


def _als_tekst(veld: forms.Field, waarde: Any) -> str:
    if isinstance(veld, forms.BooleanField):
        return "ja" if waarde else ""
    if isinstance(veld, forms.ChoiceField):
        opties: Any = veld.choices
        keuzes = {str(code): str(naam) for code, naam in opties}
        codes = waarde if isinstance(waarde, list) else [waarde] if waarde else []
        return "\n".join(keuzes.get(str(code), "") for code in codes)
    return str(waarde or "")
