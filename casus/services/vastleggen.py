"""Recording at any moment: these acts are never refused for a missing field (RW-3.3, RW-5.13)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from casus import rechten
from casus.models import (
    Alarmering,
    Betrokkene,
    Casus,
    Contact,
    Processtap,
    Veiligheidsafspraak,
    Veiligheidsscore,
    Veiligheidsvoorwaarde,
)
from casus.services.casussen import zet_merken
from casus.voorwaarden import noemt_iemand
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import RegelGeweigerd, regel
from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker

VRIJE_TEKST = ("met", "onderwerp", "verslag", "alert_reden")
contact_vastgelegd = Sein("contact vastgelegd")
"""Told with `contact` and `door`: triage hears that a directbetrokkene has been spoken to (RW-8.11)."""


def stap_van(casus: Casus, stap: Processtap | None) -> Processtap | None:
    """The step it belongs to: the one named, or the service that is running now."""
    if stap is not None:
        return stap
    return casus.stappen.filter(geeindigd_op__isnull=True).order_by("-begonnen_op", "-id").first()


NOG_NIET = "Nog niet opgeschreven; vraag de medewerker hiernaast."
"""What stands there when someone had no time for words: that it was done counts first (RW-3.3)."""


@regel("RW-3.3")
def _of_nog(tekst: str) -> str:
    return tekst if tekst.strip() else NOG_NIET


def _tweede_blik(casus: Casus, motivering: str, **teksten: str) -> dict[str, Any]:
    """What goes into the log when a text stays as it is although it seems to name someone; refused without reason."""
    bezwaren = list(noemt_iemand((casus, teksten)))
    if bezwaren and not motivering.strip():
        raise RegelGeweigerd(bezwaren)
    return {"motivering": motivering, "regels": [b.regel.id for b in bezwaren[:1] if b.regel]} if bezwaren else {}


@regel("RW-5.13", "RW-5.15")
@transaction.atomic
def leg_contact_vast(
    casus: Casus,
    *,
    door: Medewerker,
    stap: Processtap | None = None,
    betrokkenen: list[Betrokkene] | None = None,
    motivering: str = "",
    **velden: Any,
) -> Contact:
    """A conversation, in the journal of the case and of its step."""
    if any(b.is_direct for b in betrokkenen or []):
        velden.setdefault("met_directbetrokkene", True)
    contact = Contact(casus=casus, stap=stap_van(casus, stap), door=door, **velden)
    soort = "Hoor/wederhoor" if contact.hoor_wederhoor else contact.get_soort_display().capitalize()
    gezien = _tweede_blik(casus, motivering, **{naam: getattr(contact, naam) for naam in VRIJE_TEKST})
    contact = maak(contact, door=door, mag=rechten.mag_vastleggen, zin=f"{soort} vastgelegd", **gezien)
    contact.betrokkenen.set(betrokkenen or [])
    vers = Casus.objects.select_for_update(no_key=True).get(pk=casus.pk)
    if vers.laatste_contact_op is None or contact.op >= vers.laatste_contact_op:
        vers.laatste_contact_op, vers.laatste_contact_hoe = contact.op, contact.get_soort_display()[:20]
        vers.bewaar(door=door, reden="laatste contact")
    contact_vastgelegd.geef(contact=contact, door=door)
    return contact


def wijzig_contact(
    contact: Contact, *, door: Medewerker, versie: int | None = None, motivering: str = "", **velden: Any
) -> Contact:
    anders = {naam: tekst for naam in VRIJE_TEKST if (tekst := velden.get(naam, "")) != getattr(contact, naam)}
    _tweede_blik(contact.casus, motivering, **anders)
    return wijzig(
        contact,
        door=door,
        mag=rechten.mag_vastleggen,
        versie=versie,
        zin="Contact aangevuld",
        motivering=motivering,
        **velden,
    )


@regel("RW-8.1", "RW-8.2")
@transaction.atomic
def leg_score_vast(
    betrokkene: Betrokkene, score: int, *, door: Medewerker, stap: Processtap | None = None, **velden: Any
) -> Veiligheidsscore:
    """One more point in the series of this person; the lowest of everyone's last score shows in the lists."""
    casus = betrokkene.casus
    rij = Veiligheidsscore(
        casus=casus, stap=stap_van(casus, stap), door=door, betrokkene=betrokkene, score=score, **velden
    )
    maak(rij, door=door, mag=rechten.mag_vastleggen, zin=f"Veiligheidsscore {score} vastgelegd")
    laatste = (
        Veiligheidsscore.objects.filter(casus=casus)
        .order_by("betrokkene_id", "-op", "-id")
        .distinct("betrokkene_id")
        .values_list("score", flat=True)
    )
    vers = Casus.objects.select_for_update(no_key=True).get(pk=casus.pk)
    if vers.laagste_score != (laagste := min(laatste)):
        vers.laagste_score = laagste
        vers.bewaar(door=door, reden="laagste score")
    return rij


def stel_voorwaarde(
    casus: Casus, tekst: str, *, door: Medewerker, stap: Processtap | None = None, motivering: str = "", **velden: Any
) -> Veiligheidsvoorwaarde:
    """A condition; during triage it waits for the service that follows (RW-8.16)."""
    rij = Veiligheidsvoorwaarde(casus=casus, stap=stap_van(casus, stap), door=door, tekst=_of_nog(tekst), **velden)
    gezien = _tweede_blik(casus, motivering, tekst=tekst)
    return maak(rij, door=door, mag=rechten.mag_vastleggen, zin="Veiligheidsvoorwaarde vastgesteld", **gezien)


@regel("RW-11.2")
@transaction.atomic
def scherp_aan(
    voorwaarde: Veiligheidsvoorwaarde, tekst: str, *, door: Medewerker, **velden: Any
) -> Veiligheidsvoorwaarde:
    """End the old condition and set the new one, in one act."""
    nieuw = stel_voorwaarde(voorwaarde.casus, tekst, door=door, stap=voorwaarde.stap, **velden)
    wijzig(
        voorwaarde,
        door=door,
        mag=rechten.mag_vastleggen,
        zin="Veiligheidsvoorwaarde aangescherpt",
        beeindigd_op=timezone.now(),
        opvolger=nieuw,
    )
    return nieuw


def beeindig_voorwaarde(
    voorwaarde: Veiligheidsvoorwaarde, *, door: Medewerker, versie: int | None = None, motivering: str = ""
) -> Veiligheidsvoorwaarde:
    return wijzig(
        voorwaarde,
        door=door,
        mag=rechten.mag_vastleggen,
        versie=versie,
        zin="Veiligheidsvoorwaarde niet meer actueel",
        motivering=motivering,
        beeindigd_op=timezone.now(),
    )


@regel("RW-8.17")
def leg_afspraak_vast(
    casus: Casus, tekst: str, *, door: Medewerker, stap: Processtap | None = None, motivering: str = "", **velden: Any
) -> Veiligheidsafspraak:
    rij = Veiligheidsafspraak(casus=casus, stap=stap_van(casus, stap), door=door, tekst=_of_nog(tekst), **velden)
    gezien = _tweede_blik(casus, motivering, tekst=tekst, met=str(velden.get("met", "")))
    return maak(rij, door=door, mag=rechten.mag_vastleggen, zin="Veiligheidsafspraak vastgelegd", **gezien)


@regel("RW-5.6")
@transaction.atomic
def sla_alarm(casus: Casus, waarschuwing: str, *, door: Medewerker, wat_te_doen: str = "") -> Alarmering:
    """Warn everyone who opens the case."""
    rij = Alarmering(casus=casus, door=door, waarschuwing=_of_nog(waarschuwing), wat_te_doen=wat_te_doen)
    maak(rij, door=door, mag=rechten.mag_vastleggen, zin="Alarmering vastgelegd")
    zet_merken(casus, door=door, heeft_alarm=True)
    return rij


@transaction.atomic
def beeindig_alarm(alarm: Alarmering, *, door: Medewerker, motivering: str) -> Alarmering:
    alarm = wijzig(
        alarm,
        door=door,
        mag=rechten.mag_vastleggen,
        zin="Alarmering beëindigd",
        motivering=motivering,
        beeindigd_op=timezone.now(),
    )
    zet_merken(alarm.casus, door=door, heeft_alarm=alarm.casus.alarmering_set.filter(beeindigd_op=None).exists())
    return alarm
