"""The part people do: keep a file longer, or propose that it goes; another person agrees."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from casus.bewaren import rechten
from casus.bewaren.models import Bewaarmarkering, Verwijdering
from casus.bewaren.services.uitvoeren import VERWIJDERING
from casus.bewaren.voorwaarden import dossier_mag_weg
from casus.models import Casus
from casus.services.werk import maak_taak, vervul_taken
from casus.voorwaarden import eis_reden
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.kern.uitpost import zet_in_uitpost
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.organisatie.selectors import medewerkers_met

INSTEMMEN = "verwijdering_akkoord"


@regel("RW-5.16c")
@transaction.atomic
def bewaar_langer(casus: Casus, *, door: Medewerker, bewaren_tot: date, reden: str) -> Bewaarmarkering:
    """Keep until this day; a proposal to remove it is then off the table by its own condition."""
    eis_reden(reden, veld="reden", regel="RW-5.16c")
    return maak(
        Bewaarmarkering(casus=casus, bewaren_tot=bewaren_tot, reden=reden, gemaakt_door=door),
        door=door,
        mag=rechten.mag_bewaren,
        zin="Besloten om het dossier langer te bewaren",
    )


@regel("RW-15.V1", "RW-5.16c")
@transaction.atomic
def stel_voor(casus: Casus, *, door: Medewerker, uitvoering: str, wegreden: str, toelichting: str = "") -> Verwijdering:
    """The first of two people; every obstacle comes back at once."""
    casus.slot()
    bestaand = Verwijdering.objects.filter(casus=casus, stand__in=["voorgesteld", "akkoord"]).first()
    if bestaand is not None:
        raise RegelGeweigerd(
            [
                Belemmering(
                    "Er loopt al een voorstel voor dit dossier.", link=bestaand.pad(), link_tekst="Naar het voorstel"
                )
            ]
        )
    voorstel = Verwijdering(
        casus=casus, uitvoering=uitvoering, wegreden=wegreden, toelichting=toelichting, voorgesteld_door=door
    )
    rechten.mag_voorstellen.eis(door, voorstel)
    if wegreden != Verwijdering.Wegreden.TERMIJN:
        eis_reden(toelichting, veld="toelichting", regel="RW-15.V1")
    if wegreden == Verwijdering.Wegreden.ONTERECHT and uitvoering != Verwijdering.Wijze.VERWIJDEREN:
        uitleg = "Een onterechte casus wordt verwijderd: die telt ook niet mee."
        raise RegelGeweigerd([Belemmering(uitleg, veld="uitvoering", regel=REGELS["RW-15.V1"])])
    if bezwaren := list(dossier_mag_weg(voorstel)):
        raise RegelGeweigerd(bezwaren)
    voorstel = maak(voorstel, door=door, zin=f"Voorgesteld om het dossier te {uitvoering}", motivering=toelichting)
    _vraag_akkoord(voorstel, door=door)
    return voorstel


def _vraag_akkoord(voorstel: Verwijdering, *, door: Medewerker) -> None:
    """A task for everyone who may be the second; the first to agree ends it for the others."""
    for medewerker in medewerkers_met(Rol.PRIVACYFUNCTIONARIS, Rol.TEAMLEIDER):
        if rechten.mag_instemmen(medewerker, voorstel):
            maak_taak(
                voorstel,
                INSTEMMEN,
                titel=f"Meebeslissen: dossier {voorstel.uitvoering}",
                omdat="dit altijd door twee mensen wordt besloten",
                pad=voorstel.pad(),
                door=door,
                casus=voorstel.casus,
                voor=medewerker,
                houdt_sluiten_tegen=False,
                over_veiligheid=False,
            )


def na_stap(verwijdering: Verwijdering, naam: str, *, door: Medewerker) -> None:
    """What follows from a step, in the same transaction."""
    if naam in {"stem_in", "trek_in"}:
        vervul_taken(onderwerp=verwijdering, door=door)
    if naam == "stem_in":
        zet_in_uitpost(VERWIJDERING, onderwerp=f"verwijderen:{verwijdering.pk}", verwijdering_id=verwijdering.pk)
