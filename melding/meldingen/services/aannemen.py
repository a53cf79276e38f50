"""Taking up a report: in an open case or a new one, with the number, date and text of its signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from casus import rechten as casusrechten
from casus.models import Casus, Processtap
from casus.services.casussen import begin_stap, eindig_stap, open_casus
from casus.services.nakijken import GEGEVENS_TAAK
from casus.services.werk import maak_taak
from melding.codes import bekende_code
from melding.meldingen.models import Melding
from melding.meldingen.services.bijwerken import werk_casus_bij
from melding.meldingen.services.melders import maak_melder
from melding.meldingen.services.opvoeren import OpgevoerdePersoon, opvoering_van, voer_op
from melding.meldingen.services.opvolgen import volg_op_monitoren
from melding.rechten import mag_opnemen
from melding.signalen.models import Signaal
from vt_cvs.kern.dossier import VerouderdeVersie, maak, wijzig
from vt_cvs.kern.nummers import nieuw_nummer
from vt_cvs.kern.overgangen import overgang_van, voer_uit
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker

NOOIT_VERLEGEN = 20
melding_aangenomen = Sein("melding aangenomen")
"""Told with `melding` and `door`, in the same transaction: triage begins here."""


@regel("RW-4.1", "RW-6.3", "RW-6.18", "RW-5.12d")
@transaction.atomic
def neem_melding_aan(
    signaal: Signaal | None = None,
    *,
    door: Medewerker,
    casus: Casus | None = None,
    volgt_op: Casus | None = None,
    personen: Sequence[OpgevoerdePersoon] | None = None,
    melder: Mapping[str, Any] | None = None,
    situatie: str | None = None,
    ontvangen_op: datetime | None = None,
    incident_op: datetime | None = None,
    aanleiding: str | None = None,
    gemeente: str = "",
    duur_geweld: str | None = None,
    hulpverlening: str | None = None,
    thv_uitkomst: str = "",
    ambtshalve: bool = False,
    gemeente_reden: str = "",
    afhankelijken: str | None = None,
    verantwoordelijke: Medewerker | None = None,
    versie: int | None = None,
) -> Melding:
    """The report of this signal (or one told to us), in `casus` or a new case. Never refuses for what it says.

    What is left out comes from the signal; `personen=None` puts in everyone it names, as new people.
    """
    mag_opnemen.eis(door, casus)
    gekozen = casus
    casus, volgt_op = _kies_casus(casus, volgt_op, door=door)
    if signaal is not None:
        signaal = _pak_op(signaal, versie)
        ontvangen_op = signaal.ontvangen_op
    ontvangen_op = ontvangen_op or timezone.now()
    if casus is None:
        dicht = gekozen if gekozen is not None and gekozen.afgeschermd else None
        verantwoordelijke = verantwoordelijke or (dicht.verantwoordelijke if dicht else None if door.systeem else door)
        team = dicht.team if dicht else None
        casus = open_casus(
            door=door, gestart_op=ontvangen_op, verantwoordelijke=verantwoordelijke, team=team, volgt_op=volgt_op
        )
        if dicht is not None:
            _scherm_af_als(dicht, casus, door=door)
    elif verantwoordelijke is None:
        verantwoordelijke = casus.verantwoordelijke if _voegt_blind_toe(casus, door) else door
    stap = begin_stap(
        casus,
        Processtap.Soort.MELDING,
        door=door,
        begonnen_op=ontvangen_op,
        verantwoordelijke=verantwoordelijke,
        team=verantwoordelijke.team if verantwoordelijke else None,
    )
    melding = _maak(
        stap,
        signaal,
        door=door,
        melder=maak_melder(casus, signaal, melder, door=door),
        ontvangen_op=ontvangen_op,
        incident_op=incident_op or (signaal.incident_op if signaal else None),
        situatie=situatie if situatie is not None else (signaal.tekst if signaal else ""),
        aanleiding=aanleiding if aanleiding is not None else _code("aanleiding", signaal),
        hulpverlening=hulpverlening if hulpverlening is not None else _code("hulpverlening", signaal),
        gemeente=gemeente,
        gemeente_reden=gemeente_reden,
        thv_uitkomst=thv_uitkomst,
        ambtshalve=ambtshalve,
        afhankelijken=afhankelijken if afhankelijken is not None else (signaal.afhankelijken if signaal else ""),
        duur_geweld=duur_geweld if duur_geweld is not None else _duur(signaal),
    )
    if signaal is not None:
        signaal = voer_uit(signaal, "wordt_melding", door=door)
        for bijlage in signaal.bijlagen.all():
            wijzig(bijlage, door=door, mag=mag_opnemen, casus=casus, stap=stap)
        if personen is None:
            personen = [opvoering_van(persoon) for persoon in signaal.personen.all()]
    for opgevoerd in personen or ():
        voer_op(opgevoerd, melding=melding, door=door)
    if signaal is not None and signaal.twijfels:
        _laat_nakijken(melding, len(signaal.twijfels), door=door)
    werk_casus_bij(casus, door=door)
    melding_aangenomen.geef(melding=melding, door=door)
    return melding


def _scherm_af_als(eerder: Casus, casus: Casus, *, door: Medewerker) -> None:
    """A case that takes the place of a shielded one is shielded too, for the same people."""
    casus.afgeschermd = True
    casus.bewaar(door=door, reden="afgeschermd, zoals de casus waar deze op volgt")
    casus.genoemden.set(eerder.genoemden.all())


def _voegt_blind_toe(casus: Casus, door: Medewerker) -> bool:
    """Adding a report always goes through, and gives nobody a way into a case they could not work in before."""
    return door.systeem or casus.afgeschermd or not casusrechten.mag_vastleggen(door, casus)


@regel("WVT-5", "RW-3.1")
def _kies_casus(casus: Casus | None, volgt_op: Casus | None, *, door: Medewerker) -> tuple[Casus | None, Casus | None]:
    """The case to join, locked; or none and the one that the new case follows. A closed case is never joined."""
    if casus is None:
        return None, volgt_op
    casus.slot()
    vers = Casus.objects.get(pk=casus.pk)
    if not vers.is_open or vers.soort != Casus.Soort.MELDING:
        wat = "is gesloten" if not vers.is_open else "is een advies"
        raise RegelGeweigerd(
            [
                Belemmering(
                    f"Casus {vers.nummer} {wat}: een nieuwe melding komt daar niet bij. Maak een nieuwe casus; die "
                    "verwijst naar de eerdere.",
                    veld="casus",
                    link=vers.pad(),
                    link_tekst="Eerdere casus bekijken",
                    regel=REGELS["WVT-5"],
                )
            ]
        )
    if volg_op_monitoren(vers, door=door):
        return None, vers
    return vers, volgt_op


def _pak_op(signaal: Signaal, versie: int | None) -> Signaal:
    """Lock the signal and see that it still waits: two people at once make one melding."""
    signaal.slot()
    vers = Signaal.objects.get(pk=signaal.pk)
    overgang_van(vers, "wordt_melding")
    if versie is not None and versie != vers.versie:
        raise VerouderdeVersie(vers, versie, {})
    return vers


def _duur(signaal: Signaal | None) -> str:
    return bekende_code("duur_geweld", signaal.duur_opgegeven) if signaal else ""


def _code(lijst: str, signaal: Signaal | None) -> str:
    return bekende_code(lijst, getattr(signaal, lijst)) if signaal else ""


def _maak(stap: Processtap, signaal: Signaal | None, *, door: Medewerker, **velden: Any) -> Melding:
    for _ in range(NOOIT_VERLEGEN):
        nummer = signaal.nummer if signaal else nieuw_nummer("M")
        melding = Melding(stap=stap, signaal=signaal, nummer=nummer, **velden)
        try:
            with transaction.atomic():
                return maak(melding, door=door, mag=mag_opnemen, zin=f"Melding {nummer} ontvangen")
        except IntegrityError:
            if signaal is not None or not _nummer_bezet(nummer):
                raise
    raise RuntimeError("Er is geen vrij meldingsnummer gevonden.")


def _nummer_bezet(nummer: str) -> bool:
    return Melding.objects.filter(nummer=nummer).exists() or Signaal.objects.filter(nummer=nummer).exists()


def _laat_nakijken(melding: Melding, aantal: int, *, door: Medewerker) -> None:
    maak_taak(
        melding,
        GEGEVENS_TAAK,
        titel="Gegevens van de melding nakijken",
        omdat=f"er iets aan het bericht niet kan kloppen ({aantal})",
        pad=melding.pad(),
        door=door,
        stap=melding.stap,
        over_veiligheid=False,
    )


def noteer_beoordeling(melding: Melding, *, door: Medewerker) -> Melding:
    """Triage has begun; saying so twice changes nothing. The step follows from triage, so the system takes it."""
    if melding.stand != Melding.Stand.ONTVANGEN:  # it never goes back to that, so what is in hand suffices
        return melding
    if (vers := _vers(melding)).stand != Melding.Stand.ONTVANGEN:
        return vers
    return voer_uit(melding, "begin_beoordeling", door=systeemmedewerker("Klok"), motivering=_op_grond_van(door))


def noteer_besloten(melding: Melding, *, door: Medewerker) -> Melding:
    """The triagebesluit has been taken, also when acute and nothing else was recorded (RW-8.13)."""
    melding = _vers(noteer_beoordeling(melding, door=door))
    if melding.stand != Melding.Stand.IN_BEOORDELING:
        return melding
    return voer_uit(melding, "noteer_besloten", door=systeemmedewerker("Klok"), motivering=_op_grond_van(door))


def _op_grond_van(door: Medewerker) -> str:
    return "" if door.systeem else f"Volgt uit een stap van {door.naam}."


def handel_af(melding: Melding, *, door: Medewerker, versie: int | None = None) -> Melding:
    return voer_uit(melding, "handel_af", door=door, versie=versie)


def na_stap(melding: Melding, naam: str, *, door: Medewerker) -> None:
    if naam == "handel_af":
        eindig_stap(melding.stap, door=door)


def _vers(melding: Melding) -> Melding:
    melding.slot()
    return Melding.objects.get(pk=melding.pk)
