"""The pages in their order; a professional gets those of the meldcode as well. Any of them may be skipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from melding.formulier.forms import (
    BEROEPSMATIG,
    AfhankelijkenForm,
    BesluitForm,
    Bladzijdeformulier,
    GegevensForm,
    GesprekForm,
    HulpForm,
    MeldcodeForm,
    SituatieForm,
    VolwassenenForm,
    WieForm,
)
from melding.formulier.opslag import Antwoorden

GROEPEN = frozenset({"kinderen", "volwassenen"})
"""Pages that also hold a list of people."""


def _altijd(_antwoorden: Antwoorden) -> bool:
    return True


def is_beroepsmatig(antwoorden: Antwoorden) -> bool:
    return antwoorden.antwoord("wie", "wie") in BEROEPSMATIG


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """One topic: its address, its heading, how the list of steps calls it, and for whom it is."""

    slug: str
    titel: str
    kort: str
    form: type[Bladzijdeformulier] | None = None
    voor: Callable[[Antwoorden], bool] = _altijd

    @property
    def pad(self) -> str:
        return reverse("formulier:begin") if self.slug == "wie" else reverse("formulier:bladzijde", args=[self.slug])

    def maak_form(self, antwoorden: Antwoorden, data: Any = None) -> Bladzijdeformulier:
        extra = {"wie": antwoorden.antwoord("wie", "wie")} if self.slug == "gegevens" else {}
        assert self.form is not None  # noqa: S101 - pages without questions are shown by a view of their own
        return self.form(data, initial=antwoorden.van(self.slug), **extra)


BLADZIJDEN = (
    Bladzijde("wie", "Een melding doen", "Wie u bent", WieForm),
    Bladzijde("gegevens", "Hoe kunnen wij u bereiken?", "Uw gegevens", GegevensForm),
    Bladzijde("situatie", "Wat is er aan de hand?", "Wat er gebeurt", SituatieForm),
    Bladzijde("kinderen", "Kinderen en mensen die zorg nodig hebben", "Kinderen en anderen", AfhankelijkenForm),
    Bladzijde("volwassenen", "Om welke volwassenen gaat het?", "Volwassenen", VolwassenenForm),
    Bladzijde("hulp", "Hulp die er al is", "Hulp die er al is", HulpForm),
    Bladzijde("meldcode", "De vijf stappen van de meldcode", "De meldcode", MeldcodeForm, is_beroepsmatig),
    Bladzijde("gesprek", "Praten met het gezin", "Praten met het gezin", GesprekForm, is_beroepsmatig),
    Bladzijde("besluit", "Uw twee beslissingen", "Uw beslissingen", BesluitForm, is_beroepsmatig),
    Bladzijde("bestanden", "Wilt u iets meesturen?", "Bestanden"),
    Bladzijde("controle", "Klopt alles?", "Controleren en versturen"),
)
OP_SLUG = {blad.slug: blad for blad in BLADZIJDEN}


def bladzijden_voor(antwoorden: Antwoorden) -> list[Bladzijde]:
    return [blad for blad in BLADZIJDEN if blad.voor(antwoorden)]


def _buur(blad: Bladzijde, antwoorden: Antwoorden, stap: int) -> Bladzijde | None:
    rij = [ander for ander in BLADZIJDEN if ander is blad or ander.voor(antwoorden)]
    plek = rij.index(blad) + stap
    return rij[plek] if 0 <= plek < len(rij) else None


def volgende(blad: Bladzijde, antwoorden: Antwoorden) -> Bladzijde:
    return _buur(blad, antwoorden, 1) or OP_SLUG["controle"]


def vorige(blad: Bladzijde, antwoorden: Antwoorden) -> Bladzijde | None:
    return _buur(blad, antwoorden, -1)
