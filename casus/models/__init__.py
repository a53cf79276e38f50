"""The spine: the case, its people, its steps, what is recorded in them, the work that waits and the log."""

from casus.models.berichten import Bericht, Terugkoppeling
from casus.models.betrokkenen import Betrokkene, Persoon
from casus.models.casus import Casus, Casusstuk
from casus.models.logboek import Logregel
from casus.models.processtap import Processtap, eigenaarstrigger
from casus.models.vastleggen import (
    Alarmering,
    Bijlage,
    Contact,
    Veiligheidsafspraak,
    Veiligheidsscore,
    Veiligheidsvoorwaarde,
)
from casus.models.werk import Taak

__all__ = [
    "Alarmering",
    "Bericht",
    "Betrokkene",
    "Bijlage",
    "Casus",
    "Casusstuk",
    "Contact",
    "Logregel",
    "Persoon",
    "Processtap",
    "Taak",
    "Terugkoppeling",
    "Veiligheidsafspraak",
    "Veiligheidsscore",
    "Veiligheidsvoorwaarde",
    "eigenaarstrigger",
]
