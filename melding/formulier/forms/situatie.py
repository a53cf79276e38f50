"""What is happening, and what help there is already."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from melding.formulier.forms.velden import JA_NEE, Bladzijdeformulier, Keuze, Regel, Verhaal
from vt_cvs.kern.regels import regel
from vt_cvs.web.velden import lees_datum

DUUR = (
    ("tot-1-week", "Korter dan een week"),
    ("tot-1-maand", "Een week tot een maand"),
    ("tot-6-maanden", "Een maand tot een half jaar"),
    ("tot-1-jaar", "Een half jaar tot een jaar"),
    ("tot-5-jaar", "Een tot vijf jaar"),
    ("langer", "Langer dan vijf jaar"),
    ("onbekend", "Dat weet ik niet"),
)


class SituatieForm(Bladzijdeformulier):
    gevaar = Keuze(JA_NEE, label="Is er nu gevaar?", help_text="Zegt u ja? Bel dan meteen 112. Vul dit daarna in.")
    tekst = Verhaal(
        label="Wat gebeurt er?",
        rijen=12,
        required=True,
        help_text="Vertel in uw eigen woorden wat u ziet, hoort of meemaakt. Wie doet wat? Waar maakt u zich zorgen "
        "over?",
        error_messages={"required": "Schrijf in het kort wat er gebeurt. Eén zin is genoeg."},
    )
    wanneer = Regel(
        label="Wanneer gebeurde er voor het laatst iets?",
        help_text="Weet u het niet precies? Schrijf dan ongeveer wanneer. Bijvoorbeeld: gisteren, of 12-3-2026.",
    )
    duur = Keuze(DUUR, label="Hoe lang gebeurt dit al?")

    def antwoorden(self) -> dict[str, Any]:
        """A day in words is the day of today's calendar: tomorrow “gisteren” is another day."""
        gegevens = super().antwoorden()
        if wanneer := gegevens.get("wanneer"):
            gegevens["wanneer"] = leesbare_dag(wanneer)
        return gegevens


def leesbare_dag(opgegeven: str) -> str:
    try:
        return f"{lees_datum(opgegeven):%d-%m-%Y}"
    except (ValidationError, ValueError, OverflowError):
        return opgegeven


@regel("WVT-9")
class HulpForm(Bladzijdeformulier):
    hulpverlening = Keuze(JA_NEE, label="Krijgt het gezin al hulp?")
    wie_helpt = Verhaal(
        label="Van wie is die hulp?",
        help_text="Bijvoorbeeld: de huisarts, het wijkteam of de jeugdbescherming. Schrijf een naam op als u die weet.",
    )
