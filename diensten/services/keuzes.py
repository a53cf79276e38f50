"""The choice of what follows: standing ready after triage, opened with a motivation, made once."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from casus.models import Contact, Processtap
from casus.services.werk import maak_taak, vervul_taken
from diensten import bijzonder, rechten, voorwaarden
from diensten.models import Dienst, Keuze
from diensten.selectors import VERVOLG, dienst_van, eerste_contact, laatste_vht, meldingen_van, open_keuzen
from diensten.services.afsluiten import rond_melding_af
from diensten.services.bijzonder import werk_bij
from diensten.services.eigen_starten import BIJ_VT
from diensten.services.starten import behandelaar_van, start_maatwerk, start_overdracht
from triage.models import VHT, Triagebesluit
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import RegelGeweigerd, regel
from vt_cvs.organisatie.models import Medewerker

TAAK = "keuze"


@regel("RW-8.11", "RAD-4")
def bij_triagebesluit(*, besluit: Triagebesluit, door: Medewerker, **_: Any) -> None:
    """What each outcome sets going. A direct Overdracht brings no monitoring."""
    vht = besluit.vht
    melding, op = vht.melding, besluit.genomen_op
    if besluit.uitkomst == Triagebesluit.Uitkomst.BIJ_VT:
        zet_klaar(vht.stap, vht=vht, door=door)
    elif besluit.uitkomst == Triagebesluit.Uitkomst.OVERDRACHT:
        start_overdracht(melding.casus, [melding], door=door, op=op)
    elif besluit.uitkomst == Triagebesluit.Uitkomst.MAATWERK:
        start_maatwerk(melding.casus, [melding], door=door, op=op, soort_maatwerk=bijzonder.taak_vt(melding))
    else:
        rond_melding_af(melding, door=door)
    werk_bij(melding, door=door)


def zet_klaar(stap: Processtap, *, vht: VHT | None, door: Medewerker, motivering: str = "", **log: Any) -> Keuze:
    """An open choice with its task; one that is open already is kept."""
    stap.slot()
    keuze = Keuze.objects.filter(stap=stap, stand=Keuze.Stand.OPEN).first()
    if keuze is None:
        keuze = maak(
            Keuze(stap=stap, vht=vht, toelichting=motivering),
            door=door,
            zin="Keuze vervolgstappen staat open",
            motivering=motivering,
            **log,
        )
    werk_taak_bij(keuze, door=door)
    return keuze


@regel("RW-9.1", "RW-13.S2")
@transaction.atomic
def open_keuze(vht: VHT, *, door: Medewerker, motivering: str = "") -> Keuze:
    """Open the choice of a VHT by hand; after another triagebesluit than “bij VT” that asks why."""
    vht.slot()
    return _open(Keuze(stap=vht.stap, vht=vht), door=door, motivering=motivering)


@regel("RW-8.21")
@transaction.atomic
def open_keuze_na(dienst: Dienst, *, door: Medewerker, motivering: str = "") -> Keuze:
    """A new choice at the end of a service: tied to that service, and no new triagebesluit."""
    dienst.slot()
    vht = laatste_vht(dienst.meldingen.all())
    return _open(Keuze(stap=dienst.stap, vht=vht), door=door, motivering=motivering)


def _open(keuze: Keuze, *, door: Medewerker, motivering: str) -> Keuze:
    rechten.mag_kiezen.eis(door, keuze)
    belemmeringen = [*voorwaarden.casus_is_open(keuze), *voorwaarden.keuze_na_besluit_bij_vt(keuze)]
    if any(b.hard for b in belemmeringen) or (belemmeringen and not motivering.strip()):
        raise RegelGeweigerd(belemmeringen)
    regels = [b.regel.id for b in belemmeringen if b.regel]
    return zet_klaar(keuze.stap, vht=keuze.vht, door=door, motivering=motivering.strip(), regels=regels)


@regel("RW-8.11")
def werk_taak_bij(keuze: Keuze, *, door: Medewerker) -> None:
    """The task says what it waits for: the first contact with a directbetrokkene, or only the choice."""
    contact = eerste_contact(keuze)
    if contact is None:
        titel, omdat = "Eerste contact en keuze vervolgstappen", "er nog geen contact is met een directbetrokkene"
    else:
        titel, omdat = "Keuze vervolgstappen maken", "het eerste contact is geweest"
    voor = behandelaar_van(keuze.casus, keuze.stap)
    maak_taak(
        keuze,
        TAAK,
        titel=titel,
        omdat=omdat,
        pad=keuze.pad(),
        door=door,
        casus=keuze.casus,
        stap=keuze.stap if voor else None,  # a step without such a person would give it to whoever did the triage
        voor=voor,
        direct=keuze.casus.veiligheid == keuze.casus.Veiligheid.ACUUT,
        houdt_sluiten_tegen=False,  # the choice itself holds it up, see voorwaarden
    )


def bij_contact(*, contact: Contact, door: Medewerker, **_: Any) -> None:
    """The first contact changes what the open choices wait for."""
    if contact.met_directbetrokkene:
        for keuze in open_keuzen(contact.casus):
            werk_taak_bij(keuze, door=door)


@transaction.atomic
def maak_keuze(
    keuze: Keuze, *, door: Medewerker, versie: int | None = None, motivering: str = "", **gekozen: Any
) -> Keuze:
    """Make the choice; what it chooses starts in the same transaction."""
    return voer_uit(keuze, "kies", door=door, versie=versie, motivering=motivering, **gekozen)


@regel("RW-9.2", "RW-5.12b", "RW-12.2")
def start_gekozen_diensten(keuze: Keuze, *, door: Medewerker) -> None:
    """The date of the choice is the start date of each service it chose."""
    casus, meldingen, op = keuze.casus, meldingen_van(keuze), keuze.gemaakt_op
    vervul_taken(onderwerp=keuze, door=door)
    if (dienst := dienst_van(keuze.stap)) is not None:
        vervul_taken(onderwerp=dienst, soort=VERVOLG, door=door)
    for overdracht in _gestopte_overdrachten(keuze):
        vervul_taken(onderwerp=overdracht, soort=VERVOLG, door=door)
    na = keuze.stap if keuze.na_een_dienst else None
    for soort, start in BIJ_VT.items():
        if getattr(keuze, soort):
            start(casus, meldingen, door=door, op=op, keuze=keuze, na=na)
    if keuze.overdracht:
        partij = {"soort_partij": keuze.soort_partij, "partij": keuze.partij}
        start_overdracht(casus, meldingen, door=door, op=op, keuze=keuze, na=na, **partij)
    if keuze.maatwerk:
        start_maatwerk(casus, meldingen, door=door, op=op, keuze=keuze, na=na, soort_maatwerk=keuze.soort_maatwerk)
    for melding in meldingen:
        werk_bij(melding, door=door)


def _gestopte_overdrachten(keuze: Keuze) -> list[Any]:
    """Overdrachten of these reports that were refused or withdrawn: this choice answers them (scenario 2)."""
    from diensten.models import Overdracht

    gestopt = [Overdracht.Stand.GEWEIGERD, Overdracht.Stand.INGETROKKEN]
    return list(Overdracht.objects.filter(meldingen__in=meldingen_van(keuze), stand__in=gestopt).distinct())
