"""What happens with a registration: keep it, match it, tell the others, and notice misuse."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from register.dienst.aanmelding import Aanmelding
from register.dienst.models import Alarm, Bericht, Betrokkenheid, Match, Ontvangst, Organisatie, Registratie
from register.dienst.problemen import Probleem
from vt_cvs.kern.regels import regel

logger = logging.getLogger(__name__)
BEWAARTIJD = timedelta(days=30)  # long after any late message
HOOGSTENS = 100


@dataclass(frozen=True, slots=True)
class Uitkomst:
    versie: int
    gewijzigd: bool


@transaction.atomic
def neem_aan(organisatie: Organisatie, aanmelding: Aanmelding, *, sleutel: UUID) -> Uitkomst:
    """Keep the newest state of this person at this organisation; repeats and late messages do no harm."""
    _slot(aanmelding.pseudoniem)
    _, eerste_keer = Ontvangst.objects.get_or_create(
        organisatie=organisatie,
        sleutel=sleutel,
        defaults={"intrekking": aanmelding.stand == Betrokkenheid.VERWIJDERD},
    )
    rij = Registratie.objects.filter(organisatie=organisatie, pseudoniem=aanmelding.pseudoniem).first()
    if rij is not None and aanmelding.versie <= rij.versie:
        if aanmelding == _als_aanmelding(rij):
            return Uitkomst(rij.versie, gewijzigd=False)
        raise Probleem(
            409, "Er is al een nieuwere versie", "Stuur de huidige stand met een hoger versienummer.", versie=rij.versie
        )
    _bewaar(rij or Registratie(organisatie=organisatie), aanmelding)
    if eerste_keer:
        _bewaak(organisatie, intrekking=aanmelding.stand == Betrokkenheid.VERWIJDERD)
    return Uitkomst(aanmelding.versie, gewijzigd=True)


def _slot(pseudoniem: str) -> None:
    """One queue per person: two organisations that register the same person at once get one match."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 14))", [pseudoniem])


def _als_aanmelding(rij: Registratie) -> Aanmelding:
    return Aanmelding(rij.pseudoniem, rij.versie, rij.stand, rij.bsn, rij.naam, rij.begin, rij.eind)


def _bewaar(rij: Registratie, aanmelding: Aanmelding) -> None:
    eerder = (rij.stand, rij.begin, rij.eind)
    for naam in ("pseudoniem", "versie", "stand", "bsn", "naam", "begin", "eind"):
        setattr(rij, naam, getattr(aanmelding, naam))
    rij.save()
    if rij.stand == Betrokkenheid.VERWIJDERD:
        _trek_in(rij)
        _ruim_op()
    else:
        _zoek_matches(rij, gewijzigd=eerder != (rij.stand, rij.begin, rij.eind))


@regel("RW-14.3", "RW-14.4", "RW-14.6")
def _zoek_matches(rij: Registratie, *, gewijzigd: bool) -> None:
    """Everyone else who is or was involved: a new match tells both, a known one tells the other what changed."""
    anderen = (
        Registratie.objects.filter(pseudoniem=rij.pseudoniem)
        .exclude(organisatie=rij.organisatie)
        .exclude(stand=Betrokkenheid.VERWIJDERD)
        .select_related("organisatie")
    )
    for andere in anderen:
        een, ander = sorted((rij.organisatie, andere.organisatie), key=lambda o: o.pk)
        _, nieuw = Match.objects.get_or_create(pseudoniem=rij.pseudoniem, een=een, ander=ander)
        if nieuw:
            _bericht(rij.organisatie, Bericht.Soort.MATCH, over=andere)
            _bericht(andere.organisatie, Bericht.Soort.MATCH, over=rij)
        elif gewijzigd:
            _bericht(andere.organisatie, Bericht.Soort.STAND, over=rij)


@regel("RW-14.7", "VTR-2")
def _trek_in(rij: Registratie) -> None:
    """Who knew of it hears that it is gone; who withdraws hears nothing more about this person."""
    matches = Match.objects.filter(Q(een=rij.organisatie) | Q(ander=rij.organisatie), pseudoniem=rij.pseudoniem)
    for match in matches.select_related("een", "ander"):
        andere = match.ander if match.een_id == rij.organisatie_id else match.een
        _bericht(andere, Bericht.Soort.INGETROKKEN, over=rij)
    matches.delete()
    _leeg(Bericht.objects.filter(organisatie=rij.organisatie, pseudoniem=rij.pseudoniem))


def _bericht(aan: Organisatie, soort: str, *, over: Registratie) -> None:
    weg = soort == Bericht.Soort.INGETROKKEN
    Bericht.objects.create(
        organisatie=aan,
        soort=soort,
        pseudoniem=over.pseudoniem,
        over=over.organisatie,
        stand="" if weg else over.stand,
        begin=over.begin,
        eind=over.eind,
    )


@regel("VTR-1")
def _leeg(berichten: QuerySet[Bericht]) -> int:
    """Received, or no longer theirs to hear: only that there was one remains."""
    return berichten.filter(ontvangen_op=None).update(
        ontvangen_op=timezone.now(), pseudoniem="", over=None, stand="", begin=None, eind=None
    )


def open_berichten(organisatie: Organisatie) -> list[Bericht]:
    """The oldest that wait for this organisation, in order."""
    wachtend = Bericht.objects.filter(organisatie=organisatie, ontvangen_op=None)
    return list(wachtend.select_related("over").order_by("id")[:HOOGSTENS])


@regel("RW-14.4")
def ontvangen(organisatie: Organisatie, nummer: int) -> None:
    """The organisation has it; saying so again changes nothing."""
    berichten = Bericht.objects.filter(organisatie=organisatie, pk=nummer)
    if not berichten.exists():
        raise Probleem(404, "Dit bericht bestaat niet", "Haal de berichten opnieuw op.")
    _leeg(berichten)


@regel("VTR-2")
def _bewaak(organisatie: Organisatie, *, intrekking: bool) -> None:
    """Registering and withdrawing many people is how one would search: it does not go unseen."""
    nu = timezone.now()
    aantal = Ontvangst.objects.filter(
        organisatie=organisatie, intrekking=intrekking, op__gt=nu - timedelta(hours=1)
    ).count()
    if aantal <= (settings.ALARM_INTREKKINGEN if intrekking else settings.ALARM_REGISTRATIES):
        return
    alarm, nieuw = Alarm.objects.update_or_create(
        organisatie=organisatie,
        intrekking=intrekking,
        uur=nu.replace(minute=0, second=0, microsecond=0),
        defaults={"aantal": aantal},
    )
    if nieuw:
        wat = "intrekkingen" if intrekking else "registraties"
        logger.warning("alarm: %s stuurde %s %s in een uur", organisatie.code, alarm.aantal, wat)


def _ruim_op() -> None:
    """What only served to recognise late messages goes when none can come any more."""
    grens = timezone.now() - BEWAARTIJD
    Registratie.objects.filter(stand=Betrokkenheid.VERWIJDERD, gewijzigd_op__lt=grens).delete()
    Ontvangst.objects.filter(op__lt=grens).delete()
    Bericht.objects.filter(ontvangen_op__lt=grens).delete()
