"""The household, melder and facts of a mould: words that occur nowhere else, so that a cast finds them all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from vt_cvs.demo.gezinnen import Gezin, Lid
from vt_cvs.demo.namen import Plaats
from vt_cvs.demo.teksten import Melderssoort

PLAATS = Plaats("Plaatsnaam", "9999", "GM0050", "Wijkteam Plaatsnaam")
STRAAT, POSTCODE, BSN_EERSTE = "Straatnaam 1", "9999 ZZ", ("999990019", "999990020", "999990032")
VERHAAL, MELDERNAAM, INGEVOERD = "Meldverhaal", "Meldernaam", "ingevoerd door een medewerker"
MELDER = Melderssoort("onderwijs", "onderwijs", "professional", (MELDERNAAM,), "zorgen", (VERHAAL,))
VORMEN = ("pg-psychisch", "km-getuige")
VORMNAMEN = ("(Ex-)partnergeweld: psychisch", "Kindermishandeling: getuige van geweld")
FEITEN = ("Vormfeitaa", "Vormfeitbb")
LEDEN = (
    Lid("Voornaamaa", "", "Achternaamaa", "V", date(1988, 3, 5), "slachtoffer, partner", gezag=True),
    Lid("Voornaambb", "", "Achternaambb", "M", date(1986, 7, 9), "verdachte, partner van Voornaamaa", gezag=True),
    Lid("Voornaamcc", "", "Achternaambb", "V", date(2014, 5, 11), "getuige, kind van Voornaamaa", kind=True),
    Lid("Voornaamdd", "", "Achternaambb", "M", date(2017, 9, 13), "getuige, kind van Voornaamaa", kind=True),
)
_VOORNAMEN = {lid.voornamen: i for i, lid in enumerate(LEDEN)}
_ACHTERNAMEN = {"Achternaamaa": 0, "Achternaambb": 1}
_CIJFERS = {f"{lid.geboren:%d-%m-%Y}": i for i, lid in enumerate(LEDEN)}
_SLOTS: dict[str, tuple[Any, ...]] = {
    **{naam: ("voornaam", i) for naam, i in _VOORNAMEN.items()},
    **{naam: ("achternaam", i) for naam, i in _ACHTERNAMEN.items()},
    **{dag: ("geboren", i, "cijfers") for dag, i in _CIJFERS.items()},
    **{code: ("vorm", i) for i, code in enumerate(VORMEN)},
    **{naam: ("vormnaam", i) for i, naam in enumerate(VORMNAMEN)},
    **{feit: ("feit", i) for i, feit in enumerate(FEITEN)},
    STRAAT: ("straat",),
    POSTCODE: ("postcode",),
    PLAATS.naam: ("plaats",),
    PLAATS.gemeente: ("gemeente",),
    VERHAAL: ("verhaal",),
    MELDERNAAM: ("meldernaam",),
    INGEVOERD: ("melder", "herkomst"),
    "Signaal van een medewerker van Veilig Thuis": ("melder", "kop"),
}
PATROON = "|".join(re.escape(woord) for woord in sorted(_SLOTS, key=len, reverse=True))


def gezin(kinderen: int) -> Gezin:
    """With two children, one or none; the youngest has no BSN on record."""
    leden = [
        Lid(**{**{n: getattr(lid, n) for n in Lid.__slots__}, "bsn": BSN_EERSTE[i] if i < len(BSN_EERSTE) else ""})
        for i, lid in enumerate(LEDEN[: 2 + kinderen])
    ]
    return Gezin(tuple(leden), STRAAT, PLAATS, POSTCODE)


def slot(woord: str) -> tuple[Any, ...] | None:
    return _SLOTS.get(woord)


MELDERKOLOMMEN = {
    "melding_melder": {"functie", "organisatie", "soort"},
    "melding_signaal": {"bron", "afzender_id", "melder_functie", "melder_organisatie", "aanleiding"},
    "melding_melding": {"aanleiding", "duur_geweld", "hulpverlening"},
}


def vast(tabel: str, kolom: str, rij: Mapping[str, str]) -> tuple[Any, ...] | None:
    """Columns that are filled by what they are, whatever stands in them."""
    kaal = tabel.replace("_historical", "_")
    if kaal == "melding_signaal" and kolom in {"kenmerk", "inhoud_hash"}:
        return ("afzendernummer" if kolom == "kenmerk" else "vingerafdruk", rij["nummer"])
    if kolom in MELDERKOLOMMEN.get(kaal, ()):
        if rij[kolom] == "":
            return None
        return ("melder", kolom)
    if kaal == "casus_terugkoppeling" and kolom == "soort_ontvanger" and rij[kolom] == MELDER.soort:
        return ("melder", "soort")
    if kaal == "casus_terugkoppeling" and kolom == "functie" and rij["soort_ontvanger"] == MELDER.soort:
        return ("melder", "functienaam")
    if kaal in {"casus_persoon", "melding_aangemeldepersoon"} and kolom in _PERSOON:
        return _van_persoon(kaal, kolom, rij)
    if tabel == "casus_casus" and kolom in {"stand", "gesloten_op"}:
        return ("casus", kolom)
    if kaal == "casus_casus" and kolom == "volgt_op_id":  # its history as well
        return ("casus", kolom)
    if tabel == "casus_processtap" and kolom == "heeft_eigenaar":
        return ("nog_zonder_eigenaar",)
    return None


_PERSOON = {"bsn", "bsn_index", "geboortedatum", "geboortejaar", "zoeknaam", "zoeksleutels"}


def _van_persoon(tabel: str, kolom: str, rij: Mapping[str, str]) -> tuple[Any, ...] | None:
    wie = _VOORNAMEN.get(rij["voornamen"])
    if wie is None or (kolom.startswith("bsn") and wie >= len(BSN_EERSTE)):
        return None
    if kolom == "geboortedatum":
        return ("geboren", wie, "iso")
    if kolom == "geboortejaar":
        return ("geboren", wie, "jaar")
    return (kolom, wie, tabel)
