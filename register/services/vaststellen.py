"""What the register should say about a person: read from the cases as they are now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casus.models import Betrokkene, Casus, Persoon
from casus.services.werk import maak_taak, vervul_taken
from register import rechten
from register.models import Registratie
from register.services.bericht import merk_van
from register.services.matches import maak_matchtaken
from register.voorwaarden import is_gevalideerd
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.kern.velden import alleen_cijfers
from vt_cvs.koppelingen.register import pseudoniem
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker
from vt_cvs.organisatie.selectors import instellingen

NAKIJKEN, KIEZEN = "bsn_nakijken", "register_kiezen"
Stand, Soort = Registratie.Stand, Registratie.Betrokkenheid


@dataclass(frozen=True, slots=True)
class Periode:
    """Involved now (no end) or before."""

    soort: str
    begin: date
    eind: date | None


def het_register() -> Medewerker:
    """The system employee that acts for the register."""
    return systeemmedewerker("VT Register")


def pseudoniem_van(persoon: Persoon) -> str:
    """ "" as long as nobody has seen that the BSN is this person's: then nothing may leave."""
    return pseudoniem(alleen_cijfers(persoon.bsn or "")) if is_gevalideerd(persoon) else ""


def dezelfden(persoon: Persoon) -> QuerySet[Persoon]:
    """The person, and whoever was entered twice: the same confirmed BSN is the same person to the register."""
    if not is_gevalideerd(persoon):
        return Persoon.objects.filter(pk=persoon.pk)
    return Persoon.objects.filter(bsn_index=persoon.bsn_index, bsn_stand=Persoon.BSNStand.BEVESTIGD)


@regel("RW-14.6")
def betrokkenheid_van(persoon: Persoon) -> Periode | None:
    """Active as long as one case is open; inactive from the day the last one closed; None when in no case at all."""
    rijen = list(
        Betrokkene.objects.filter(
            persoon__in=dezelfden(persoon), stand=Betrokkene.Rol.DIRECT, casus__soort=Casus.Soort.MELDING
        )
        .exclude(casus__stand=Casus.Stand.VERNIETIGD)
        .values_list("sinds", "casus__gesloten_op")
    )
    if not rijen:
        return None
    begin = min(timezone.localdate(sinds) for sinds, _ in rijen)
    gesloten = [timezone.localdate(op) for _, op in rijen if op is not None]
    if len(gesloten) < len(rijen):
        return Periode(Soort.ACTIEF, begin, None)
    return Periode(Soort.INACTIEF, begin, max(begin, *gesloten))


@transaction.atomic
def stel_vast(persoon_id: int) -> None:
    """Bring the registration of this person in step; may run at any time, any number of times."""
    door = het_register()
    persoon = Persoon.objects.filter(pk=persoon_id).first()
    if persoon is None:
        trek_wezen_in(door=door)
        return
    for dezelfde in dezelfden(persoon).order_by("pk"):
        _stel_een_vast(dezelfde, door=door)


@regel("RW-14.7")
def trek_wezen_in(*, door: Medewerker) -> None:
    """Registrations whose person is gone (case deleted or destroyed) are withdrawn by themselves."""
    wezen = Registratie.objects.filter(persoon=None).exclude(stand=Stand.VERWIJDERD)
    for wees in wezen.exclude(stand=Stand.TE_VERSTUREN, betrokkenheid=Soort.VERWIJDERD).order_by("pk"):
        _neem_terug(wees, door=door)


def _stel_een_vast(persoon: Persoon, *, door: Medewerker) -> None:
    periode, naam = betrokkenheid_van(persoon), pseudoniem_van(persoon)
    rij = Registratie.objects.select_for_update(no_key=True, of=("self",)).filter(persoon=persoon).first()
    if rij is not None and rij.pseudoniem and rij.pseudoniem != naam:
        _laat_los(rij, door=door)
        rij = None
    if periode is None:
        if rij is not None:
            _neem_terug(rij, door=door)
        return
    if rij is None:
        begin = Stand.WACHT_OP_VALIDATIE if instellingen().register_vanzelf else Stand.WACHT_OP_KEUZE
        rij = maak(Registratie(persoon=persoon, stand=begin), door=door, mag=rechten.mag_registreren)
    if rij.stand == Stand.VERWIJDERD:
        rij = voer_uit(rij, "begin_opnieuw" if instellingen().register_vanzelf else "vraag_keuze", door=door)
    if rij.stand == Stand.NIET:
        return
    if not naam:
        _vraag_nakijken(rij, door=door)
    elif rij.stand == Stand.WACHT_OP_KEUZE and not instellingen().register_vanzelf:
        _vraag_kiezen(rij, door=door)
    else:
        _zet_klaar(rij, periode, naam, door=door)
        maak_matchtaken(rij, door=door)


def _laat_los(rij: Registratie, *, door: Medewerker) -> None:
    """Registered under a BSN that is not (or no longer) this person's: that registration goes, on its own."""
    rij = _neem_terug(rij, door=door)
    wijzig(rij, door=door, mag=rechten.mag_registreren, persoon=None)
    anderen = Persoon.objects.filter(pk__in=Registratie.objects.filter(pseudoniem=rij.pseudoniem).values("persoon"))
    for ander in anderen.order_by("pk"):
        _stel_een_vast(ander, door=door)


def _neem_terug(rij: Registratie, *, door: Medewerker) -> Registratie:
    if rij.stand in Registratie.NOOIT_VERSTUURD:
        return voer_uit(rij, "vervalt", door=door)
    if rij.stand == Stand.VERWIJDERD or rij.betrokkenheid == Soort.VERWIJDERD:
        return rij
    return voer_uit(rij, "trek_in", door=door)


@regel("RW-7.2", "RW-14.2")
def _zet_klaar(rij: Registratie, periode: Periode, naam: str, *, door: Medewerker) -> None:
    """Only when the register would hear something else than it heard last."""
    gewenst: dict[str, Any] = {
        "pseudoniem": naam,
        "betrokkenheid": periode.soort,
        "begin": periode.begin,
        "eind": periode.eind,
    }
    ongewijzigd = all(getattr(rij, veld) == waarde for veld, waarde in gewenst.items())
    if rij.stand == Stand.TE_VERSTUREN and ongewijzigd:
        return
    if rij.stand in {Stand.ACTIEF, Stand.INACTIEF} and ongewijzigd and rij.merk == merk_van(rij):
        return
    voer_uit(rij, "zet_klaar", door=door, **gewenst)


@regel("RW-14.1")
def _vraag_nakijken(rij: Registratie, *, door: Medewerker) -> None:
    """Nothing leaves; the responsible of each open case is asked to look, and goes on meanwhile."""
    for betrokkene in _in_open_casussen(rij):
        maak_taak(
            rij,
            NAKIJKEN,
            titel="BSN nakijken voor het VT Register",
            omdat="Pas na het nakijken weten andere Veilig Thuis-organisaties dat je betrokken bent.",
            pad=f"{betrokkene.casus.pad()}betrokkenen/{betrokkene.pk}/",
            door=door,
            casus=betrokkene.casus,
            voor=betrokkene.casus.verantwoordelijke,
            houdt_sluiten_tegen=False,
            over_veiligheid=False,
        )


@regel("RW-14.2")
def _vraag_kiezen(rij: Registratie, *, door: Medewerker) -> None:
    vervul_taken(onderwerp=rij, soort=NAKIJKEN, door=door)
    for betrokkene in _in_open_casussen(rij):
        maak_taak(
            rij,
            KIEZEN,
            titel="Kiezen: wel of niet in het VT Register",
            omdat="In deze organisatie kies je per directbetrokkene; niet opnemen vraagt een reden.",
            pad=f"{betrokkene.casus.pad()}register/",
            door=door,
            casus=betrokkene.casus,
            voor=betrokkene.casus.verantwoordelijke,
            houdt_sluiten_tegen=False,
            over_veiligheid=False,
        )


def _in_open_casussen(rij: Registratie) -> list[Betrokkene]:
    """Once per responsible employee (or team): one open task each is enough."""
    betrokkenen = Betrokkene.objects.filter(
        persoon=rij.persoon_id,
        stand=Betrokkene.Rol.DIRECT,
        casus__soort=Casus.Soort.MELDING,
        casus__stand=Casus.Stand.OPEN,
    ).select_related("casus__verantwoordelijke", "casus__team")
    per_persoon = {b.casus.verantwoordelijke_id: b for b in betrokkenen.order_by("-casus_id")}
    return list(per_persoon.values())
