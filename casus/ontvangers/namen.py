"""Whether a text names somebody: in any spelling a hurried worker uses, and without stumbling over everyday words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from casus.naamsleutels import sleutel
from casus.namen import VOORVOEGSELS, ontdubbeld, woorden, zoeknaam, zonder_accenten

if TYPE_CHECKING:
    from casus.models import Casus, Persoon

MEESTE_NAMEN = 40
_WOORD = re.compile(r"[^\W\d_][\w’'-]*")
_BEZIT = r"(?:['’]?s|['’])?"
_WOORDENLIJST = """
april augustus berg best blij boom bos brand dag dijk droog fijn goed goede grijs groen groot grote hard hart
heer heil hoop huis hulp jong jonge juli juni kind klein kleine kort kruis land lang lange licht lief maart maan
mark mei moed moeder mooi noord oost open oud oude prins recht rijk roos rood rust schoon snel stad steen sterk
stil storm vader veld vos vrede vrij vrouw vuur warm water week weg wel west wiel wijs wil winter wit witte zee
zomer zon zorg zuid zwart zwarte alle anders blijf deze door dus eens haar heel hem hier hoe iets iemand jij kan
laat maar meer met mijn moet naar niet nog ook over ons onze samen staat steeds toen veel voor wat welk wie wij
zal zelf zijn
"""
_OOK_EEN_WOORD = frozenset(_WOORDENLIJST.split())
"""Names that are words as well: those count as a name only with a capital."""
_NOOIT_KORT = frozenset(
    {"Al", "De", "Do", "El", "En", "Er", "Ik", "In", "Is", "Ja", "Je", "Nu", "Of", "Om", "Op", "Te"}
)
_NOOIT_KORT |= {"Tu", "U", "Uw", "We", "Ze", "Zo", "Wa", "Ga", "Ha", "Hé", "Mw", "Dr"}


def kaal(tekst: str) -> str:
    """Without accents, and without marks nobody sees between the letters."""
    return zonder_accenten("".join(teken for teken in tekst if unicodedata.category(teken) != "Cf"))


def heel_woord(woord: str, tekst: str) -> bool:
    delen = r"\s+".join(map(re.escape, woord.split()))
    return bool(delen and re.search(rf"(?<!\w){delen}(?!\w)", tekst, re.IGNORECASE))


def genoemd(persoon: Persoon, inhoud: str, *, mag: str = "") -> str:
    """The form in which this person is named, more often than in `mag` (the template and the salutation); or ""."""
    tekst, mag = kaal(inhoud), kaal(mag)
    if len(persoon.volle_naam) > 3 and heel_woord(kaal(persoon.volle_naam), tekst):
        return "" if heel_woord(kaal(persoon.volle_naam), mag) else persoon.volle_naam
    for naam in dict.fromkeys(_vormen(persoon)):
        if _keer(kaal(naam), tekst) > _keer(kaal(naam), mag):
            return naam
    return ""


def _vormen(persoon: Persoon) -> Iterator[str]:
    achternaam = persoon.achternaam
    yield from (f"{persoon.voorvoegsel} {achternaam}".strip(), achternaam)
    yield from (deel for deel in re.split(r"[\s-]+", achternaam) if deel.casefold() not in VOORVOEGSELS)
    yield from persoon.voornamen.split()


def _keer(naam: str, tekst: str) -> int:
    """How often; a name of two letters, or one that is a word too, only as a name is written."""
    if len(naam) < 2 or naam in _NOOIT_KORT:
        return 0
    precies = len(naam) < 4 or naam.casefold() in _OOK_EEN_WOORD
    vormen = {naam, naam.upper()} if precies and len(naam) > 2 else {naam}
    keuze = "|".join(r"\s+".join(map(re.escape, vorm.split())) for vorm in vormen)
    patroon = rf"(?<!\w)(?:{keuze}){_BEZIT}(?!\w)"
    return len(re.findall(patroon, tekst, re.NOFLAG if precies else re.IGNORECASE))


def namen_in(inhoud: str) -> Iterator[tuple[str, str, str]]:
    """Two words with a capital, prefixes between them: as written, first name, surname."""
    treffers = list(_WOORD.finditer(inhoud))
    for i, eerste in enumerate(treffers):
        if not eerste[0][0].isupper():
            continue
        j = i + 1
        while j < len(treffers) and treffers[j][0].casefold() in VOORVOEGSELS and not treffers[j][0][0].isupper():
            j += 1
        if j >= len(treffers) or not treffers[j][0][0].isupper() or len(treffers[j][0]) < 2:
            continue
        heel = inhoud[eerste.start() : treffers[j].end()]
        if not re.search(r"[.!?,:;\n]", heel):
            yield heel, eerste[0], treffers[j][0]


def uit_een_andere_casus(casus: Casus, inhoud: str, *, mag: str, eigen: set[str]) -> Iterator[str]:
    """Full names of people this Veilig Thuis knows, who are not in this case."""
    from casus.models import Persoon

    gezien: set[str] = set()
    for heel, voor, achter in namen_in(inhoud):
        naam = zoeknaam(voor, achter)
        if heel in mag or naam in eigen or naam in gezien or len(gezien) >= MEESTE_NAMEN:
            continue
        gezien.add(naam)
        sleutels = [sleutel(ontdubbeld(woord)) for woord in woorden(f"{voor} {achter}")]
        bekend = Persoon.objects.filter(zoeksleutels__contains=sleutels, zoeknaam=naam)
        if bekend.exists() and not bekend.filter(betrokkenheden__casus=casus).exists():
            yield heel
