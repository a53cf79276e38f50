"""What changes in triage. Other apps import from here."""

from triage.services.besluit import bewaar_concept, teken_aan, triagebesluit_genomen
from triage.services.feiten import (
    beantwoord,
    haal_weg,
    verwijder_feit,
    verwijder_vorm,
    voeg_feit_toe,
    voeg_vorm_toe,
    wijzig_feit,
    wijzig_vorm,
)
from triage.services.invullen import Invoer, Invulling, bewaar_invulling
from triage.services.tekenen import bevestig_achteraf, vraag_bevestiging
from triage.services.vht import begin_triage, bij_melding_aangenomen, herbereken_termijn

__all__ = [
    "Invoer",
    "Invulling",
    "beantwoord",
    "begin_triage",
    "bevestig_achteraf",
    "bewaar_concept",
    "bewaar_invulling",
    "bij_melding_aangenomen",
    "haal_weg",
    "herbereken_termijn",
    "teken_aan",
    "triagebesluit_genomen",
    "verwijder_feit",
    "verwijder_vorm",
    "voeg_feit_toe",
    "voeg_vorm_toe",
    "vraag_bevestiging",
    "wijzig_feit",
    "wijzig_vorm",
]
