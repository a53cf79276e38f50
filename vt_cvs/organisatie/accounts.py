"""Making and changing accounts. An administrator manages who works here, and can never become one of them.

No one chooses a password for another: the person gets a link at the own address. Whoever moves that address cannot
send the link as well; a second factor goes only by two administrators; each act is logged and told to others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from vt_cvs.kern.regels import Belemmering, RegelGeweigerd, eis
from vt_cvs.kern.uitpost import zet_in_uitpost
from vt_cvs.organisatie.accountlog import Accountregel, Factorherstel
from vt_cvs.organisatie.models import Medewerker, Rol, systeemmedewerker
from vt_cvs.organisatie.selectors import medewerkers_met
from vt_cvs.organisatie.services import zet_uit_dienst

Wat = Accountregel.Wat
WACHTWOORDLINK = "wachtwoordlink"
"""Outbox kind: mail this employee a link to choose a password; the link is made when it is sent."""
ACCOUNTBERICHT = "accountbericht"
"""Outbox kind: tell someone about a line of the account log."""
ADRESRUST = timedelta(days=3)
"""So long after a change of address by someone else the old address can protest before a log-in moves along."""


def _weiger(uitleg: str) -> RegelGeweigerd:
    return RegelGeweigerd([Belemmering(uitleg)])


@transaction.atomic
def maak_account(medewerker: Medewerker, *, door: Medewerker) -> Medewerker:
    """A new employee, who chooses the password by a link that goes to the own address."""
    meelezers = _meelezers(medewerker, door=door)
    medewerker.email = medewerker.email.lower()
    medewerker.set_unusable_password()
    medewerker.save(force_insert=True)
    _laat_adres_volgen(medewerker)
    _noteer(medewerker, Wat.GEMAAKT, door=door, nieuw=medewerker.email)
    if medewerker.rollen:
        _vertel(_noteer(medewerker, Wat.ROLLEN, door=door, nieuw=_rollen(medewerker)), meelezers)
    if medewerker.is_active:
        stuur_link(medewerker, door=door)
    return medewerker


@transaction.atomic
def wijzig_account(medewerker: Medewerker, *, door: Medewerker) -> Medewerker:
    """Save what the administrator changed, with a line for everything that opens or closes a door."""
    oud = Medewerker.objects.select_for_update().get(pk=medewerker.pk)
    medewerker.email = medewerker.email.lower()
    nieuwe_rollen = set(medewerker.rollen) - set(oud.rollen)
    anders = {naam for naam in ("rollen", "team_id", "is_active") if getattr(oud, naam) != getattr(medewerker, naam)}
    if anders and medewerker.pk == door.pk:
        raise _weiger("Je eigen rollen, team en dienstverband kan alleen een andere beheerder wijzigen.")
    meelezers = _meelezers(oud, door=door)
    medewerker.save(update_fields=["naam", "email", "telefoon", "team", "rollen", "is_active"])
    if anders & {"rollen"}:
        regel = _noteer(medewerker, Wat.ROLLEN, door=door, oud=_rollen(oud), nieuw=_rollen(medewerker))
        if nieuwe_rollen or Rol.PRIVACYFUNCTIONARIS in oud.rollen:
            _vertel(regel, meelezers)
    if anders & {"team_id"}:
        _noteer(medewerker, Wat.TEAM, door=door, oud=str(oud.team or ""), nieuw=str(medewerker.team or ""))
    if oud.email != medewerker.email:
        _laat_adres_volgen(medewerker)
        regel = _noteer(medewerker, Wat.ADRES, door=door, oud=oud.email, nieuw=medewerker.email)
        _vertel(regel, meelezers, ook_oud_adres=True)
    if anders & {"is_active"}:
        wat = Wat.IN_DIENST if medewerker.is_active else Wat.UIT_DIENST
        regel = _noteer(medewerker, wat, door=door, nieuw=_rollen(medewerker))
        if medewerker.is_active or Rol.PRIVACYFUNCTIONARIS in oud.rollen:
            _vertel(regel, meelezers)
        if not medewerker.is_active:
            zet_uit_dienst(medewerker, door=door)
    return medewerker


@transaction.atomic
def stuur_link(medewerker: Medewerker, *, door: Medewerker) -> None:
    """A link to choose a password, once, to the address of the account."""
    if not medewerker.is_active or medewerker.systeem:
        raise _weiger(f"{medewerker.naam} kan niet inloggen. Zet eerst “in dienst” aan.")
    gewijzigd = adres_pas_gewijzigd(medewerker)
    if gewijzigd is not None and gewijzigd.door_id == door.pk and medewerker.pk != door.pk:
        tot = timezone.localtime(gewijzigd.op + ADRESRUST)
        raise _weiger(
            f"Je hebt het e-mailadres van {medewerker.naam} zelf net gewijzigd. Laat een andere beheerder de link "
            f"sturen, of doe het na {tot:%d-%m-%Y %H:%M}."
        )
    _noteer(medewerker, Wat.LINK, door=door, nieuw=medewerker.email)
    zet_in_uitpost(WACHTWOORDLINK, onderwerp=f"account:{medewerker.pk}", medewerker_id=medewerker.pk)


def adres_pas_gewijzigd(medewerker: Medewerker) -> Accountregel | None:
    """The line of a change of address by someone else, as long as the old address may still protest."""
    sinds = timezone.now() - ADRESRUST
    regels = Accountregel.objects.filter(medewerker=medewerker, wat=Wat.ADRES, op__gt=sinds)
    return regels.exclude(door=medewerker).first()


@transaction.atomic
def vraag_factorherstel(medewerker: Medewerker, *, reden: str, door: Medewerker) -> Factorherstel:
    """The first of two administrators. The person and the other administrators hear of it at once."""
    _eis_beheerder(door)
    Medewerker.objects.select_for_update().get(pk=medewerker.pk)
    laat_verzoeken_vervallen()
    eis(bezwaren_tegen_factorherstel(medewerker, reden=reden, door=door))
    verzoek = Factorherstel.objects.create(medewerker=medewerker, reden=reden, gevraagd_door=door)
    regel = _noteer(medewerker, Wat.FACTOR_GEVRAAGD, door=door, reden=reden)
    _vertel(regel, [medewerker, *_andere_beheerders(door, medewerker)])
    return verzoek


def bezwaren_tegen_factorherstel(medewerker: Medewerker, *, reden: str, door: Medewerker) -> Iterator[Belemmering]:
    """Everything that stands in the way of a request, at once."""
    if medewerker.pk == door.pk:
        yield Belemmering("Vraag een collega-beheerder om dit verzoek voor jou te doen.", veld="medewerker")
    if not reden.strip():
        yield Belemmering("Schrijf op waarom, en hoe je weet dat de vraag van deze collega komt.", veld="reden")
    lopend = Factorherstel.objects.filter(medewerker=medewerker, bevestigd_op=None, vervallen_op=None)
    if any(verzoek.is_open for verzoek in lopend):
        yield Belemmering(f"Er loopt al een verzoek voor {medewerker.naam}.", veld="medewerker")


@transaction.atomic
def bevestig_factorherstel(verzoek: Factorherstel, *, door: Medewerker) -> Factorherstel:
    """The second administrator: the second factor goes, and the person hears it."""
    _eis_beheerder(door)
    vers = Factorherstel.objects.select_for_update(of=("self",)).select_related("medewerker").get(pk=verzoek.pk)
    if not vers.is_open:
        raise _weiger("Dit verzoek is al klaar of vervallen. Doe zo nodig een nieuw verzoek.")
    if door.pk in {vers.gevraagd_door_id, vers.medewerker_id}:
        raise _weiger("Dit bevestigt een andere beheerder dan wie het vroeg of over wie het gaat.")
    door_de_vrager = Accountregel.objects.filter(
        medewerker=door, door=vers.gevraagd_door_id, wat__in=[Wat.ROLLEN, Wat.ADRES, Wat.IN_DIENST]
    )
    if door_de_vrager.filter(op__gt=vers.gevraagd_op - ADRESRUST).exists():
        raise _weiger("Wie het vroeg, heeft net jouw account gewijzigd. Laat een andere beheerder bevestigen.")
    vers.bevestigd_door, vers.bevestigd_op = door, timezone.now()
    vers.save(update_fields=["bevestigd_door", "bevestigd_op"])
    Authenticator.objects.filter(user=vers.medewerker).delete()
    _vertel(_noteer(vers.medewerker, Wat.FACTOR_WEG, door=door, reden=vers.reden), [vers.medewerker])
    return vers


@transaction.atomic
def trek_factorherstel_in(verzoek: Factorherstel, *, door: Medewerker) -> None:
    """Not needed after all, or not to be trusted: any administrator may stop it."""
    _eis_beheerder(door)
    vers = Factorherstel.objects.select_for_update(of=("self",)).select_related("medewerker").get(pk=verzoek.pk)
    if vers.bevestigd_op is None and vers.vervallen_op is None:
        vers.vervallen_op = timezone.now()
        vers.save(update_fields=["vervallen_op"])
        _noteer(vers.medewerker, Wat.FACTOR_INGETROKKEN, door=door)


@transaction.atomic
def laat_verzoeken_vervallen() -> int:
    """Requests that nobody confirmed in time; may run at any moment, any number of times."""
    klok, aantal = systeemmedewerker("Klok"), 0
    te_oud = Factorherstel.objects.select_for_update(of=("self",), skip_locked=True).select_related("medewerker")
    for verzoek in te_oud.filter(
        bevestigd_op=None, vervallen_op=None, gevraagd_op__lte=timezone.now() - Factorherstel.GELDIG
    ):
        verzoek.vervallen_op = timezone.now()
        verzoek.save(update_fields=["vervallen_op"])
        _noteer(verzoek.medewerker, Wat.FACTOR_INGETROKKEN, door=klok, reden="niemand bevestigde het op tijd")
        aantal += 1
    return aantal


def _laat_adres_volgen(medewerker: Medewerker) -> None:
    """allauth keeps addresses of its own; an account has one, or an old one would still let someone in."""
    EmailAddress.objects.filter(user=medewerker).delete()
    EmailAddress.objects.create(user=medewerker, email=medewerker.email, primary=True, verified=False)


def _noteer(medewerker: Medewerker, wat: str, *, door: Medewerker, **velden: str) -> Accountregel:
    return Accountregel.objects.create(medewerker=medewerker, wat=wat, door=door, **velden)


def _rollen(medewerker: Medewerker) -> str:
    return ", ".join(medewerker.rolnamen)


def _meelezers(medewerker: Medewerker, *, door: Medewerker) -> list[Medewerker]:
    """Who hears of rights that change: every privacyfunctionaris as it is now; else the other administrators."""
    return list(medewerkers_met(Rol.PRIVACYFUNCTIONARIS)) or _andere_beheerders(door, medewerker)


def _andere_beheerders(*behalve: Medewerker) -> list[Medewerker]:
    return list(medewerkers_met(Rol.BEHEERDER).exclude(pk__in=[m.pk for m in behalve]))


def _vertel(regel: Accountregel, aan: Iterable[Medewerker], *, ook_oud_adres: bool = False) -> None:
    for ontvanger in aan:
        zet_in_uitpost(
            ACCOUNTBERICHT,
            onderwerp=f"accountregel:{regel.pk}:{ontvanger.pk}",
            regel_id=regel.pk,
            medewerker_id=ontvanger.pk,
        )
    if ook_oud_adres:
        zet_in_uitpost(ACCOUNTBERICHT, onderwerp=f"accountregel:{regel.pk}:oud", regel_id=regel.pk, medewerker_id=None)


def _eis_beheerder(wie: Medewerker) -> None:
    if not wie.is_staff:
        raise _weiger("Dit kan alleen wie applicatiebeheerder is.")
