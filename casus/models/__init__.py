"""The spine: the case, its people, its steps, what is recorded in them, the work that waits and the log."""

from casus.models.benadering import Benadering, GeenAandeel
from casus.models.berichten import Bericht, Terugkoppeling
from casus.models.betrokkenen import Betrokkene
from casus.models.casus import Casus, Casusstuk
from casus.models.gezin import Familieband, Woonperiode
from casus.models.informatie import Informatieverzoek, Verstrekking
from casus.models.informeren import Informeeruitstel, Reactie
from casus.models.logboek import Logregel
from casus.models.persoon import Persoon
from casus.models.processtap import Processtap, eigenaarstrigger
from casus.models.samenvoeging import Samenvoeging
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
    "Benadering",
    "Bericht",
    "Betrokkene",
    "Bijlage",
    "Casus",
    "Casusstuk",
    "Contact",
    "Familieband",
    "GeenAandeel",
    "Informatieverzoek",
    "Informeeruitstel",
    "Logregel",
    "Persoon",
    "Processtap",
    "Reactie",
    "Samenvoeging",
    "Taak",
    "Terugkoppeling",
    "Veiligheidsafspraak",
    "Veiligheidsscore",
    "Veiligheidsvoorwaarde",
    "Verstrekking",
    "Woonperiode",
    "eigenaarstrigger",
]
