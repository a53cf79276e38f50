"""For professionals: the five steps of the meldcode. Nothing of it stands in the way of sending (PRO-2)."""

from __future__ import annotations

from melding.formulier.forms.velden import JA_NEE, Bladzijdeformulier, Keuze, Regel, Verhaal, Vinkjes
from melding.signalen.models import Meldcode
from vt_cvs.kern.regels import regel

STAPPEN = (
    (Meldcode.Stap.SIGNALEN, "Stap 1. Signalen opschrijven"),
    (Meldcode.Stap.OVERLEG, "Stap 2. Overleggen met een collega, en advies vragen aan Veilig Thuis"),
    (Meldcode.Stap.GESPREK, "Stap 3. Praten met de mensen om wie het gaat"),
    (Meldcode.Stap.WEGEN, "Stap 4. Wegen hoe ernstig het is"),
    (Meldcode.Stap.BESLISSEN, "Stap 5. Beslissen over melden en over hulp"),
)


@regel("PRO-2")
class MeldcodeForm(Bladzijdeformulier):
    meldcodestappen = Vinkjes(
        STAPPEN, label="Welke stappen van de meldcode hebt u gezet?", help_text="Geen enkele? Ook dan kunt u melden."
    )
    afwegingskader = Regel(
        label="Welk afwegingskader hebt u gebruikt?",
        help_text="Dat is de lijst met vragen van uw beroepsgroep. Bijvoorbeeld: het afwegingskader onderwijs.",
    )
    weging = Verhaal(label="Wat kwam er uit uw afweging?")


class GesprekForm(Bladzijdeformulier):
    gesprek_gevoerd = Keuze(JA_NEE, label="Hebt u gepraat met de mensen om wie het gaat?")
    gesprek_verslag = Verhaal(
        label="Met wie praatte u, en wat zeiden zij?",
        help_text="Praatte u niet? Schrijf dan op waarom niet. Bijvoorbeeld: omdat het niet veilig was.",
    )
    weet_van_melding = Keuze(JA_NEE, label="Weten zij dat u dit meldt?")


class BesluitForm(Bladzijdeformulier):
    melden_nodig = Keuze(JA_NEE, label="Eerste beslissing: is melden volgens u nodig?")
    hulp_mogelijk = Keuze(JA_NEE, label="Tweede beslissing: kunt u zelf hulp geven of regelen, naast deze melding?")
    besluit_uitleg = Verhaal(label="Wilt u daar iets over uitleggen?")
