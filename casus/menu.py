"""The entries of the main menu that belong to the spine, and the acts that are always within reach in a case."""

from django.http import HttpRequest

from casus.dossier import Snelactie, pad_in, snelacties
from casus.models import Casus
from casus.selectors.werk import aantal_taken
from vt_cvs.kern.regels import regel
from vt_cvs.web.menu import MenuItem, registreer


@registreer
def mijn_werk(request: HttpRequest) -> MenuItem:
    return MenuItem("Mijn werk", "/werk/", 10, aantal_taken(request.user))  # type: ignore[arg-type]


@regel("RW-5.13", "RW-5.15")
@snelacties.antwoord
def altijd_binnen_bereik(casus: Casus) -> list[Snelactie]:
    """Never disabled: what is recorded for safety always goes through. Nothing of an advies goes along (WVT-3)."""
    melding = "/melding/nieuw/" if casus.soort == Casus.Soort.ADVIES else f"/melding/nieuw/?casus={casus.nummer}"
    vragen = Snelactie("informatie", "Informatie vragen", pad_in(casus, "informatie/vragen"), "document", "i", 65)
    return [
        *([vragen] if casus.soort == Casus.Soort.MELDING else []),
        Snelactie("contact", "Contact", pad_in(casus, "vastleggen/contact"), "tel", "c", 10),
        Snelactie("hoor", "Hoor/wederhoor", pad_in(casus, "vastleggen/hoor"), "hoor", "h", 20),
        Snelactie("score", "Score", pad_in(casus, "vastleggen/score"), "score", "s", 30),
        Snelactie("afspraak", "Afspraak", pad_in(casus, "vastleggen/afspraak"), "afspraak", "a", 40),
        Snelactie("voorwaarde", "Voorwaarde", pad_in(casus, "vastleggen/voorwaarde"), "voorw", "v", 50),
        Snelactie("alarmering", "Alarmering", pad_in(casus, "vastleggen/alarmering"), "alarm", "!", 60),
        Snelactie("melding", "Nieuwe melding", melding, "melding", "m", 70),
    ]
