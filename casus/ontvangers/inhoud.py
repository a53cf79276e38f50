"""What a message says: what the melder may not read, and what nobody may read about somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from casus.dossier import verboden_in_bericht
from casus.namen import zoeknaam
from casus.ontvangers.mensen import anderen, is_zelf
from casus.ontvangers.namen import genoemd, heel_woord, uit_een_andere_casus
from casus.ontvangers.plekken import bereik_van, geheim_adres_in, zelfde_straat
from casus.tekstsporen import bsns, data
from vt_cvs.kern.regels import Belemmering
from vt_cvs.organisatie.sjablonen import Sjabloon, niet_ingevuld, sjabloon_voor

if TYPE_CHECKING:
    from casus.models import Betrokkene, Persoon, Terugkoppeling

VELDEN = ("onderwerp", "tekst")
_NUMMER = re.compile(r"\b[A-Z]-\d{3}-\d{3}-\d{3}\b", re.IGNORECASE)


def te_veel_voor_melder(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """The melder hears the own number; nobody of the case by name, no address, no other number."""
    bericht = terugkoppeling.bericht
    if bericht is None:
        return
    mensen = anderen(terugkoppeling)
    for veld in VELDEN:
        inhoud = str(getattr(bericht, veld))
        for nummer in dict.fromkeys(_NUMMER.findall(inhoud)):
            if nummer.upper() != terugkoppeling.meldingsnummer:
                wie = "de melder krijgt" if terugkoppeling.is_voor_melder else "in dit bericht hoort"
                yield Belemmering(f"Haal {nummer} weg: {wie} alleen het nummer van de eigen melding.", veld=veld)
        if terugkoppeling.is_voor_melder:
            yield from _over_de_casus(terugkoppeling, mensen, inhoud, veld)


def _over_de_casus(
    terugkoppeling: Terugkoppeling, mensen: list[Betrokkene], inhoud: str, veld: str
) -> Iterator[Belemmering]:
    casus, sjabloon = terugkoppeling.dossier, _sjabloontekst(terugkoppeling)
    if casus.naam and casus.naam not in terugkoppeling.aan and heel_woord(casus.naam, inhoud):
        yield Belemmering(f"Haal “{casus.naam}” weg: de melder krijgt de naam van de casus niet.", veld=veld)
    for betrokkene in mensen:
        persoon = betrokkene.persoon
        assert persoon is not None  # noqa: S101 - asked for
        naam = genoemd(persoon, inhoud, mag=f"{sjabloon}\n{terugkoppeling.aan}")
        if naam and naam != casus.naam:
            yield Belemmering(f"Haal “{naam}” weg: de melder krijgt geen namen van mensen uit de casus.", veld=veld)
        if not persoon.adres_geheim and not is_zelf(betrokkene, terugkoppeling) and zelfde_straat(inhoud, persoon):
            yield Belemmering(f"Haal het adres van {persoon} weg: de melder krijgt geen adressen.", veld=veld)


def over_een_ander(terugkoppeling: Terugkoppeling) -> Iterator[Belemmering]:
    """What no party may read in a message about the case, whoever it is for."""
    bericht = terugkoppeling.bericht
    if bericht is None:
        return
    sjabloon = _sjabloontekst(terugkoppeling)
    eigen = {zoeknaam(terugkoppeling.aan), zoeknaam(bericht.door.naam)}
    mensen = anderen(terugkoppeling)
    for veld in VELDEN:
        inhoud = str(getattr(bericht, veld))
        for plaats in niet_ingevuld(inhoud):
            yield Belemmering(f"Er staat nog {plaats} in de tekst. Vul dat in of haal het weg.", veld=veld)
        for bsn in bsns(inhoud):
            yield Belemmering(f"Haal {bsn} weg: dat is een BSN. Een BSN gaat nooit mee in een bericht.", veld=veld)
        if geheim_adres_in(inhoud, terugkoppeling.dossier):
            yield Belemmering("Haal het adres weg: dat is geheim.", veld=veld)
        yield from _geboortedata([b.persoon for b in mensen if b.persoon], inhoud, veld)
        yield from _bereik(terugkoppeling, mensen, inhoud, veld)
        for woord, wat in verboden_in_bericht(terugkoppeling):
            if woord.strip() and heel_woord(woord, inhoud):
                yield Belemmering(f"Haal “{woord}” weg: dat is {wat}.", veld=veld)
        for naam in uit_een_andere_casus(terugkoppeling.dossier, inhoud, mag=sjabloon, eigen=eigen):
            yield Belemmering(f"Haal “{naam}” weg: die persoon hoort niet bij deze casus.", veld=veld)


def _sjabloontekst(terugkoppeling: Terugkoppeling) -> str:
    sjabloon: Sjabloon = sjabloon_voor(terugkoppeling.soort_ontvanger, terugkoppeling.moment, terugkoppeling.uitkomst)
    return f"{sjabloon.onderwerp}\n{sjabloon.tekst}\n{settings.VT_NAAM}"


def _geboortedata(mensen: list[Persoon], inhoud: str, veld: str) -> Iterator[Belemmering]:
    vandaag = timezone.localdate()
    geboren: dict[date, Persoon] = {p.geboortedatum: p for p in mensen if p.geboortedatum}
    for dag, zoals in data(inhoud):
        if dag in geboren and dag != vandaag:
            yield Belemmering(f"Haal {zoals} weg: dat is de geboortedatum van {geboren[dag]}.", veld=veld)


def _bereik(terugkoppeling: Terugkoppeling, mensen: list[Betrokkene], inhoud: str, veld: str) -> Iterator[Belemmering]:
    """How to reach somebody else; a professional may be named to the family, and what the reader shares is known."""
    lezer = terugkoppeling.ontvanger.persoon if terugkoppeling.ontvanger else None
    for betrokkene in mensen:
        persoon = betrokkene.persoon
        bekend = is_zelf(betrokkene, terugkoppeling) or (
            betrokkene.stand == "professional" and not terugkoppeling.is_voor_melder
        )
        if persoon is None or bekend or not (zoals := bereik_van(persoon, inhoud)):
            continue
        if lezer is None or not bereik_van(lezer, zoals):
            yield Belemmering(f"Haal {zoals} weg: zo is {persoon} te bereiken.", veld=veld)
