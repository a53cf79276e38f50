"""Hearing from the register who else knows a person, and asking the right employee to call."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from casus.models import Casus, Taak
from casus.services.werk import maak_taak, vervul_taken
from register import rechten
from register.models import OntvangenBericht, Registermatch, Registratie
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import regel
from vt_cvs.koppelingen.register import Matchbericht, registerpoort
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker

TAAK = "register_match"
MAX_RONDES = 50


@regel("RW-14.4")
def synchroniseer() -> int:
    """Fetch what waits for us, process each message once and acknowledge it; returns how many were new."""
    poort, nieuw = registerpoort(), 0
    for _ in range(MAX_RONDES):
        berichten = poort.berichten()
        for bericht in berichten:
            nieuw += verwerk(bericht)
            poort.ontvangen(bericht.id)
        if not berichten:
            break
    return nieuw


def verwerk(bericht: Matchbericht) -> bool:
    """Once, whoever else is busy with the same message: the number is claimed in the same transaction."""
    try:
        with transaction.atomic():
            OntvangenBericht.objects.create(nummer=bericht.id)
            for registratie in _onze(bericht.pseudoniem):
                _verwerk_bij(registratie, bericht)
    except IntegrityError:
        if OntvangenBericht.objects.filter(nummer=bericht.id).exists():
            return False
        raise
    return True


def _onze(pseudoniem: str) -> list[Registratie]:
    """Nothing is kept about someone we withdrew meanwhile (VTR-2)."""
    rijen = Registratie.objects.select_for_update(no_key=True, of=("self",)).filter(pseudoniem=pseudoniem)
    return list(rijen.exclude(betrokkenheid=Registratie.Betrokkenheid.VERWIJDERD).exclude(persoon=None).order_by("pk"))


def _verwerk_bij(registratie: Registratie, bericht: Matchbericht) -> None:
    door = systeemmedewerker("VT Register")
    match = Registermatch.objects.filter(registratie=registratie, organisatiecode=bericht.code).first()
    if bericht.soort == "ingetrokken":
        if match is not None:
            zin = f"{match.andere_organisatie} heeft de registratie in het VT Register ingetrokken"
            match.schrijf_log(door=door, wat="ingetrokken", zin=zin, regels=["RW-14.7"])
            _vergeet(match, door=door)
        return
    velden: dict[str, Any] = {
        "andere_organisatie": bericht.organisatie,
        "telefoon": bericht.telefoon,
        "betrokkenheid": bericht.stand,
        "begin": bericht.begin,
        "eind": bericht.eind,
    }
    if match is None:
        match = maak(
            Registermatch(registratie=registratie, organisatiecode=bericht.code, **velden),
            door=door,
            mag=rechten.mag_registreren,
        )
        zin = f"Match in het VT Register: {match.andere_organisatie} kent een directbetrokkene"
        match.schrijf_log(door=door, wat="match", zin=zin, regels=["RW-14.4"])
    else:
        nu = Registratie.Betrokkenheid(bericht.stand).label
        zin = f"VT Register: {bericht.organisatie} is {nu}"
        match = wijzig(match, door=door, mag=rechten.mag_registreren, **velden)
        match.schrijf_log(door=door, wat="stand", zin=zin, regels=["RW-14.6"])
    maak_matchtaken(registratie, door=door)


@regel("RW-14.5", "VTR-4")
def maak_matchtaken(registratie: Registratie, *, door: Medewerker) -> None:
    """Calling is up to who has an active case: one task for the responsible of each, once per match."""
    matches = list(registratie.matches.all())
    for casus in registratie.casussen() if matches else []:
        for match in matches if casus.is_open else []:
            if not _is_al_gevraagd(match, casus):
                _vraag_te_bellen(match, casus, door=door)


def _is_al_gevraagd(match: Registermatch, casus: Casus) -> bool:
    taken = Taak.objects.filter(onderwerp_soort=match._meta.label_lower, onderwerp_id=match.pk, soort=TAAK)
    return taken.filter(
        Q(casus=casus) | Q(stand=Taak.Stand.OPEN, voor=casus.verantwoordelijke_id, voor__isnull=False)
    ).exists()


def _vraag_te_bellen(match: Registermatch, casus: Casus, *, door: Medewerker) -> None:
    bereik = f"Bel {match.telefoon}." if match.telefoon else "Neem contact op."
    maak_taak(
        match,
        TAAK,
        titel=f"Match in het VT Register: {match.andere_organisatie} kent deze persoon",
        omdat=f"{match.andere_organisatie} is {match.get_betrokkenheid_display()}. {bereik}",
        pad=f"{casus.pad()}register/",
        door=door,
        casus=casus,
        voor=casus.verantwoordelijke,
    )


@transaction.atomic
def bespreek(match: Registermatch, *, door: Medewerker, versie: int | None = None) -> Registermatch:
    """The employee has spoken with the other Veilig Thuis; what was said belongs in a contact."""
    match = wijzig(
        match,
        door=door,
        mag=rechten.mag_bespreken,
        versie=versie,
        zin=f"Contact gehad met {match.andere_organisatie} over een match in het VT Register",
        besproken_op=timezone.now(),
        besproken_door=door,
    )
    vervul_taken(onderwerp=match, soort=TAAK, door=door)
    return match


@regel("RW-14.7", "VTR-2")
def vergeet_matches(registratie: Registratie, *, door: Medewerker) -> None:
    """Whoever is no longer involved no longer knows who else is."""
    for match in registratie.matches.all():
        _vergeet(match, door=door)


def _vergeet(match: Registermatch, *, door: Medewerker) -> None:
    vervul_taken(onderwerp=match, door=door, vervallen=True)
    match.delete()
