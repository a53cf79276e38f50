"""Where someone lives and how to reach someone, as it may stand in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Upper

from casus.namen import zonder_accenten
from casus.tekstsporen import mailadressen, postcodes, telefoonnummers
from vt_cvs.kern.regels import regel

if TYPE_CHECKING:
    from casus.models import Casus, Persoon

_NUMMER = re.compile(r"\d+")
_STRAAT_MET_NUMMER = re.compile(
    r"((?:[^\W\d_][\w.’'-]*\s+){1,6})(\d+)(?:\s?-?\s?([a-z]{1,3}|\d{1,4}))?(?!\w)", re.IGNORECASE
)
MEESTE_STRATEN = 200


def plat(tekst: str) -> str:
    return " ".join(zonder_accenten(tekst).casefold().replace(".", " ").split())


def zelfde_straat(tekst: str, persoon: Persoon) -> bool:
    """Street and number, or the postcode, of this person stand in the text."""
    straat, alles = plat(persoon.straat), plat(tekst)
    heeft_straat = len(straat) > 5 and re.search(rf"(?<!\w){re.escape(straat)}(?!\d)", alles)
    code = persoon.postcode.replace(" ", "").upper()
    return bool(heeft_straat) or bool(code and code in postcodes(tekst))


def bereik_van(persoon: Persoon, tekst: str) -> str:
    """The telephone number or mail address of this person, as it stands in the text; or ""."""
    nummer = next(iter(telefoonnummers(persoon.telefoon)), "")
    if nummer and (zoals := telefoonnummers(tekst).get(nummer)):
        return zoals
    mail = persoon.email.strip().casefold()
    return mail if mail and mail in mailadressen(tekst) else ""


@regel("RW-7.15")
def geheim_adres_in(tekst: str, casus: Casus, *, behalve: int = 0) -> bool:
    """Whether this text gives away an address that is secret: of someone of this case, or of anyone in any case.

    Of the own people the street or the postcode is enough, however often they were registered; of somebody else it
    takes the whole address, because a street name alone is everybody's.
    """
    from casus.models import Persoon

    eigen = Persoon.objects.filter(betrokkenheden__casus=casus)
    bsns = [index for index in eigen.values_list("bsn_index", flat=True) if index]
    zelfde = Q(betrokkenheden__casus=casus) | Q(opgegaan_in__in=eigen) | (Q(bsn_index__in=bsns) if bsns else Q(pk=None))
    mensen = Persoon.objects.filter(zelfde, adres_geheim=True).exclude(pk=behalve).distinct()
    return any(zelfde_straat(tekst, persoon) for persoon in mensen) or _van_iemand_elders(tekst, behalve)


def _van_iemand_elders(tekst: str, behalve: int) -> bool:
    from casus.models import Persoon

    codes = {vorm for code in postcodes(tekst) for vorm in (code, f"{code[:4]} {code[4:]}")}
    straten = _straten(tekst)
    if not codes and not straten:
        return False
    geheim = Persoon.objects.filter(adres_geheim=True).exclude(pk=behalve).annotate(straat_hoofd=Upper("straat"))
    rijen = geheim.filter(Q(postcode__in=codes) | Q(straat_hoofd__in=straten)).only("straat", "postcode", "plaats")
    return any(_heel_adres(tekst, persoon) for persoon in rijen[:MEESTE_STRATEN])


def _straten(tekst: str) -> set[str]:
    """Every way to read a street with its number: one to six words, the number, perhaps an addition."""
    gevonden: set[str] = set()
    for woorden, nummer, toevoeging in _STRAAT_MET_NUMMER.findall(tekst):
        delen = woorden.upper().split()
        for i in range(len(delen)):
            straat = f"{' '.join(delen[i:])} {nummer}"
            gevonden |= {straat, f"{straat}{toevoeging}".upper(), f"{straat} {toevoeging}".strip().upper()}
            gevonden |= {f"{straat}-{toevoeging}".upper()}
    return gevonden


def _heel_adres(tekst: str, persoon: Persoon) -> bool:
    """The postcode with the house number, or the street with its number and the town."""
    nummer = _NUMMER.search(persoon.straat)
    met_nummer = bool(nummer and re.search(rf"(?<!\d){nummer[0]}(?!\d)", tekst))
    code = persoon.postcode.replace(" ", "").upper()
    if code and code in postcodes(tekst) and (met_nummer or nummer is None):
        return True
    straat, plaats, alles = plat(persoon.straat), plat(persoon.plaats), plat(tekst)
    in_straat = bool(len(straat) > 5 and re.search(rf"(?<!\w){re.escape(straat)}(?!\d)", alles))
    return in_straat and bool(plaats and re.search(rf"(?<!\w){re.escape(plaats)}(?!\w)", alles))
