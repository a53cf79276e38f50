"""Who it is about: children and other dependents first, then adults; of each what is known."""

from __future__ import annotations

from typing import Any

from django import forms

from melding.formulier.forms.velden import JA_NEE, Bladzijdeformulier, Keuze, Regel
from vt_cvs.kern.regels import regel

SOORTEN = (("kind", "Een kind"), ("afhankelijk", "Een volwassene die zorg nodig heeft"))
GESLACHT = (("V", "Vrouw of meisje"), ("M", "Man of jongen"), ("O", "Dat weet ik niet, of anders"))


@regel("WVT-10")
class AfhankelijkenForm(Bladzijdeformulier):
    afhankelijken = Keuze(
        JA_NEE,
        label="Wonen er kinderen, of andere mensen die zorg nodig hebben?",
        help_text="Denk ook aan een zwangerschap, een zieke ouder, of iemand met een beperking.",
    )


class VolwassenenForm(Bladzijdeformulier):
    """Only leads on."""


class PersoonForm(Bladzijdeformulier):
    soort = Keuze(SOORTEN, label="Wie is dit?")
    voornamen = Regel(label="Voornaam", max_length=120)
    voorvoegsel = Regel(label="Tussenvoegsel", max_length=20, help_text="Bijvoorbeeld: van, de, el.")
    achternaam = Regel(label="Achternaam", max_length=120)
    geboortedatum = Regel(
        label="Geboortedatum of leeftijd", max_length=80, help_text="Bijvoorbeeld: 12-3-2019, of: ongeveer 7 jaar."
    )
    geslacht = Keuze(GESLACHT, label="Vrouw of man?")
    rol = Regel(
        label="Wie is dit in het gezin?",
        help_text="Bijvoorbeeld: moeder, vader, partner, opa, zoon. Schrijf ook op wat deze persoon doet of meemaakt.",
    )
    zelfde_adres = forms.BooleanField(label="Woont op hetzelfde adres als de eerste persoon", required=False)
    straat = Regel(label="Straat en huisnummer")
    postcode = Regel(label="Postcode", max_length=20)
    plaats = Regel(label="Woonplaats", max_length=120)
    telefoon = Regel(label="Telefoonnummer", max_length=40)

    def __init__(self, *args: Any, groep: str, eerste: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if groep == "volwassenen":
            del self.fields["soort"]
        if eerste:
            del self.fields["zelfde_adres"]
        self.fields["telefoon"].widget.input_type = "tel"

    def antwoorden(self) -> dict[str, Any]:
        gegevens = super().antwoorden()
        if gegevens.get("zelfde_adres"):
            gegevens = {naam: w for naam, w in gegevens.items() if naam not in {"straat", "postcode", "plaats"}}
        return gegevens
