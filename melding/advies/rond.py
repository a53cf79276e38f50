"""Around an advies: consent, appointments, support over a longer time, and the confirmation with its number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casus.models import Bericht, Contact
from casus.ontvangers.adressaat import is_mailadres
from casus.services.terugkoppeling import met_disclaimer, verstuur_bericht
from casus.services.vastleggen import leg_contact_vast
from casus.services.werk import maak_taak, vervul_taken
from melding.advies.models import Advies, Adviesafspraak, Toestemming
from melding.advies.voorwaarden import vrager_is_zelf_betrokken, zegt_alleen_het_nummer
from melding.rechten import mag_vastleggen
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, eis, regel
from vt_cvs.kern.termijnen import plaatselijk
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.sjablonen import Moment, Partij, sjabloon_voor, vul
from vt_cvs.web import dagen

GESPREK = "adviesgesprek"


@regel("RW-6.2")
@transaction.atomic
def leg_toestemming_vast(advies: Advies, *, door: Medewerker, gegeven_door: str, waarvoor: str) -> Toestemming:
    """From here on people may be put in this advies; who and what for stand in the file."""
    advies.slot()
    vers = Advies.objects.get(pk=advies.pk)
    eis(vrager_is_zelf_betrokken(vers))
    if bestaand := Toestemming.objects.filter(advies=vers).first():
        return bestaand
    leeg = [
        Belemmering(uitleg, veld=veld, regel=REGELS["RW-6.2"])
        for veld, waarde, uitleg in (
            ("gegeven_door", gegeven_door, "Schrijf op wie toestemming gaf."),
            ("waarvoor", waarvoor, "Schrijf op waarvoor de toestemming is."),
        )
        if not waarde.strip()
    ]
    eis(leeg)
    rij = Toestemming(advies=vers, gegeven_door=gegeven_door, waarvoor=waarvoor, door=door)
    return maak(rij, door=door, mag=mag_vastleggen, zin="Toestemming vastgelegd om namen op te schrijven")


@regel("WVT-4")
@transaction.atomic
def spreek_af(
    advies: Advies, *, door: Medewerker, gesprek_op: datetime, waar: str, client_erbij: bool
) -> Adviesafspraak:
    """An appointment, with its task on that day."""
    rij = Adviesafspraak(advies=advies, gesprek_op=gesprek_op, waar=waar, client_erbij=client_erbij)
    rij = maak(rij, door=door, mag=mag_vastleggen, zin="Adviesgesprek afgesproken")
    maak_taak(
        rij,
        GESPREK,
        titel="Adviesgesprek" + (" met de cliënt erbij" if client_erbij else ""),
        omdat=f"dat is afgesproken op {dagen.moment(gesprek_op)}",
        pad=advies.pad(),
        door=door,
        stap=advies.stap,
        uiterlijk=plaatselijk(gesprek_op),
    )
    return rij


@transaction.atomic
def rond_gesprek_af(afspraak: Adviesafspraak, *, door: Medewerker, geweest: bool) -> Adviesafspraak:
    """It took place, or it does not go on."""
    veld, zin = (
        ("geweest_op", "Adviesgesprek gehouden") if geweest else ("vervallen_op", "Adviesgesprek gaat niet door")
    )
    if not afspraak.staat_open:
        return afspraak
    nu: dict[str, Any] = {veld: timezone.now()}
    afspraak = wijzig(afspraak, door=door, mag=mag_vastleggen, zin=zin, **nu)
    vervul_taken(onderwerp=afspraak, soort=GESPREK, door=door, vervallen=not geweest)
    return afspraak


@regel("RW-6.2")
def ondersteun(
    advies: Advies, *, door: Medewerker, soort: str, op: datetime | None, verslag: str, motivering: str = ""
) -> Contact:
    """One more moment of help to the adviesvrager; its text gets the same second look as every contact here."""
    return leg_contact_vast(
        advies.casus,
        door=door,
        stap=advies.stap,
        soort=soort,
        op=op or timezone.now(),
        verslag=verslag,
        met="adviesvrager",
        motivering=motivering,
    )


@regel("RW-5.2", "PRO-3")
@transaction.atomic
def bevestig_advies(advies: Advies, *, door: Medewerker) -> Bericht:
    """The number of the advies to whoever asked, and nothing else of the file; nobody it is about hears anything.

    Asked twice it is the same mail; it goes again when it came back, or to another address.
    """
    if not is_mailadres(advies.adviesvrager_email):
        uitleg = "Vul eerst het e-mailadres van de adviesvrager in, als naam@organisatie.nl. Of noem het nummer zelf."
        raise RegelGeweigerd([Belemmering(uitleg, veld="adviesvrager_email", regel=REGELS["RW-5.2"])])
    advies.slot()
    al_onderweg = Bericht.objects.filter(stap=advies.stap, adres=advies.adviesvrager_email, mislukt_op=None)
    if eerder := al_onderweg.exclude(verzonden_op=None).first():
        return eerder
    sjabloon = sjabloon_voor(Partij.ADVIESVRAGER, Moment.ADVIES)
    waarden = {
        "casusnummer_advies": advies.nummer,
        "organisatie": settings.VT_NAAM,
        "vandaag": dagen.voluit(timezone.localdate()),
    }
    bericht = Bericht(
        casus=advies.casus,
        stap=advies.stap,
        aan="adviesvrager",
        adres=advies.adviesvrager_email,
        onderwerp=vul(sjabloon.onderwerp, waarden),
        tekst=met_disclaimer(vul(sjabloon.tekst, waarden)),
        door=door,
    )
    eis(zegt_alleen_het_nummer((advies, f"{bericht.onderwerp}\n{bericht.tekst}")))
    bericht = maak(bericht, door=door, mag=mag_vastleggen, zin="Bevestiging van het advies gestuurd")
    verstuur_bericht(bericht, door=door)
    return bericht
