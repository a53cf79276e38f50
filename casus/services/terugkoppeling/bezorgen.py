"""Sending and what comes of it: mail through the outbox, a letter as PDF in the case, a failure as a task."""

from __future__ import annotations

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from casus.models import Bericht, Terugkoppeling
from casus.services.brieven import leg_brief_in_casus
from casus.services.terugkoppeling.vragen import TAAK, titel_van
from casus.services.werk import maak_taak, vervul_taken
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.kern.uitpost import Later, bezorger, zet_in_uitpost
from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker

logger = logging.getLogger(__name__)
MAIL, BRIEF = "terugkoppelmail", "brief"
POGINGEN_VOOR_MISLUKT = 20  # with the waits of the outbox about five hours
terugkoppeling_gedaan = Sein("terugkoppeling gedaan")
"""Told with `terugkoppeling` and `door` once it has been given, or motivated not: a report may now be dealt with."""


def na_stap(terugkoppeling: Terugkoppeling, naam: str, *, door: Medewerker) -> None:
    """What follows from a step of the machine, in the same transaction."""
    if naam == "verstuur":
        bericht = _vers_bericht(terugkoppeling, door=door)
        verstuur_bericht(bericht, door=door)
        if bericht.soort == Bericht.Soort.BRIEF:
            voer_uit(terugkoppeling, "noteer_afgeleverd", door=systeemmedewerker("Klok"))
    if naam == "noteer_mislukt":
        maak_taak(
            terugkoppeling,
            TAAK,
            titel=titel_van(terugkoppeling, opnieuw=True),
            omdat="de mail niet is afgeleverd",
            pad=terugkoppeling.pad(),
            door=door,
            stap=terugkoppeling.stap,
            voor=terugkoppeling.stap.verantwoordelijke or terugkoppeling.dossier.verantwoordelijke,
            over_veiligheid=False,
        )
    elif not terugkoppeling.is_open:
        vervul_taken(onderwerp=terugkoppeling, soort=TAAK, door=door)
        terugkoppeling_gedaan.geef(terugkoppeling=terugkoppeling, door=door)


def _vers_bericht(terugkoppeling: Terugkoppeling, *, door: Medewerker) -> Bericht:
    """What leaves now; a message that left before stays in the file as it was, and this is its copy."""
    bericht = terugkoppeling.bericht
    assert bericht is not None  # noqa: S101 - the condition of this step
    if bericht.verzonden_op is None:
        return bericht
    velden = ("casus", "stap", "soort", "adres", "onderwerp", "tekst", "aan")
    nieuw = maak(Bericht(door=door, **{naam: getattr(bericht, naam) for naam in velden}), door=door)
    terugkoppeling.bericht = nieuw
    terugkoppeling.bewaar(door=door, reden="opnieuw verstuurd")
    return nieuw


@regel("RW-6.10")
def verstuur_bericht(bericht: Bericht, *, door: Medewerker) -> None:
    """From here on the text stands fixed in the case; delivery follows outside this transaction."""
    bericht.verzonden_op = timezone.now()
    bericht.bewaar(door=door, reden="verzonden")
    soort = MAIL if bericht.soort == Bericht.Soort.MAIL else BRIEF
    zet_in_uitpost(soort, onderwerp=f"bericht:{bericht.pk}", bericht_id=bericht.pk)


def als_mail(bericht: Bericht) -> EmailMessage:
    """The mail, with the same Message-ID however often it is tried."""
    domein = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    kop = {"Message-ID": f"<{bericht.postkenmerk}@{domein}>", "Auto-Submitted": "no"}
    return EmailMessage(bericht.onderwerp, bericht.tekst, to=[bericht.adres], headers=kop)


@bezorger(MAIL)
@regel("RW-6.11")
def bezorg_mail(rij: Uitpost) -> None:
    """Deliver one mail. Sent twice at the worst after a crash; its Message-ID lets the receiver see it is one."""
    bericht = Bericht.objects.select_related("casus").filter(pk=rij.inhoud["bericht_id"]).first()
    if bericht is None:
        return  # its case has been erased
    bericht.slot()
    bericht.refresh_from_db()
    if bericht.verzonden_op is None or bericht.afgeleverd_op or bericht.mislukt_op:
        return  # never what was not released, and never twice
    klok = systeemmedewerker("Klok")
    try:
        with transaction.atomic():  # what is written and what is sent stand or fall together; sending comes last
            _noteer_afgeleverd(bericht, door=klok)
            als_mail(bericht).send()
    except Exception as fout:
        if rij.pogingen + 1 < POGINGEN_VOOR_MISLUKT and not _voorgoed(fout):
            raise Later("het bericht kon niet worden verstuurd") from fout
        kwam_niet_aan(Bericht.objects.get(pk=bericht.pk), door=klok)


def wordt_herhaald(bericht: Bericht | None) -> bool:
    """Tried in vain, and tried again by itself."""
    if bericht is None or bericht.afgeleverd_op or bericht.mislukt_op:
        return False
    return Uitpost.objects.filter(onderwerp=f"bericht:{bericht.pk}", bezorgd_op=None, pogingen__gt=0).exists()


def _voorgoed(fout: Exception) -> bool:
    """The mail server says that this address will never do (5xx): trying again only costs time."""
    if isinstance(fout, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in fout.recipients.values())
    return isinstance(fout, smtplib.SMTPSenderRefused | smtplib.SMTPDataError) and 500 <= fout.smtp_code < 600


def _terugkoppeling_van(bericht: Bericht, *standen: str) -> Terugkoppeling | None:
    rijen = Terugkoppeling.objects.select_related("stap__casus", "bericht")
    return rijen.filter(bericht=bericht, stand__in=standen).first()


def _noteer_afgeleverd(bericht: Bericht, *, door: Medewerker) -> None:
    bericht.afgeleverd_op = timezone.now()
    bericht.bewaar(door=door, reden="afgeleverd")
    terugkoppeling = _terugkoppeling_van(bericht, Terugkoppeling.Stand.VERZONDEN)
    if terugkoppeling is not None:
        voer_uit(terugkoppeling, "noteer_afgeleverd", door=door)


@regel("RW-6.11")
@transaction.atomic
def kwam_niet_aan(bericht: Bericht, *, door: Medewerker) -> bool:
    """Refused at once, given up, or bounced later: a task. A bounce that is read twice changes nothing."""
    bericht.slot()
    bericht = Bericht.objects.select_related("casus__verantwoordelijke", "stap").get(pk=bericht.pk)
    if bericht.mislukt_op or bericht.verzonden_op is None:
        return False
    bericht.mislukt_op = timezone.now()
    bericht.bewaar(door=door, reden="niet aangekomen")
    stand = Terugkoppeling.Stand
    terugkoppeling = _terugkoppeling_van(bericht, stand.VERZONDEN, stand.AFGELEVERD)
    if terugkoppeling is not None:
        voer_uit(terugkoppeling, "noteer_mislukt", door=door)
    else:
        maak_taak(
            bericht,
            "bericht_mislukt",
            titel="Een mail kwam niet aan",
            omdat="de mailserver van de ontvanger haar terugstuurde",
            pad=bericht.pad(),
            door=door,
            casus=bericht.casus,
            stap=bericht.stap,
            voor=bericht.door if not bericht.door.systeem else None,
            houdt_sluiten_tegen=False,
            over_veiligheid=False,
        )
    return True


@bezorger(BRIEF)
@regel("RW-6.13")
def bezorg_brief(rij: Uitpost) -> None:
    """The letter as PDF in the case, ready to be printed."""
    bericht = Bericht.objects.select_related("casus", "door").filter(pk=rij.inhoud["bericht_id"]).first()
    if bericht is not None:
        leg_brief_in_casus(bericht)
