"""Asking, answering and giving. Nobody's consent is needed for the task; what and why always stand recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casus import rechten
from casus.informatie.voorwaarden import eis_grond, eis_melding
from casus.models import Bericht, Betrokkene, Casus, Informatieverzoek, Processtap, Verstrekking
from casus.services.bijlagen import bewaar_bijlage
from casus.services.terugkoppeling import met_disclaimer, verstuur_bericht
from casus.services.vastleggen import stap_van
from casus.services.werk import maak_taak, vervul_taken
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.web import dagen

TAAK = "informatieverzoek"


@regel("PRO-4")
@transaction.atomic
def vraag_informatie(
    casus: Casus,
    *,
    door: Medewerker,
    antwoord_uiterlijk: date,
    over_wie: Sequence[Betrokkene] = (),
    stap: Processtap | None = None,
    **velden: Any,
) -> Informatieverzoek:
    """A question to someone, with its letter when it goes by post, and a task with the day the answer is due."""
    casus.slot()
    eis_melding(casus)
    eis_grond(casus, [*over_wie, velden.get("betrokkene")], **velden)
    verzoek = maak(
        Informatieverzoek(
            casus=casus, stap=stap_van(casus, stap), door=door, antwoord_uiterlijk=antwoord_uiterlijk, **velden
        ),
        door=door,
        mag=rechten.mag_vastleggen,
        zin="Informatie gevraagd",
        regels=["PRO-4"],
    )
    verzoek.over_wie.set(over_wie)
    if verzoek.vraagwijze == Informatieverzoek.Vraagwijze.BRIEF:
        _verstuur_brief(verzoek, door=door)
    _zet_taak(verzoek, door=door)
    return verzoek


def _zet_taak(verzoek: Informatieverzoek, *, door: Medewerker) -> None:
    maak_taak(
        verzoek,
        TAAK,
        titel="Antwoord vastleggen of navragen",
        omdat="er om informatie is gevraagd",
        pad=verzoek.pad(),
        door=door,
        casus=verzoek.casus,
        voor=None if door.systeem else door,
        uiterlijk=verzoek.antwoord_uiterlijk,
    )


def brieftekst(verzoek: Informatieverzoek) -> str:
    """The letter: whom it is about, what is asked, what for and on what ground; the disclaimer goes along."""
    mensen = [
        f"{b}, geboren op {dagen.voluit(b.persoon.geboortedatum)}" if b.persoon and b.persoon.geboortedatum else str(b)
        for b in verzoek.over_wie.select_related("persoon")
    ]
    delen = [
        "Geachte heer of mevrouw,",
        "Veilig Thuis kreeg een melding. Daarom vragen wij u om informatie.",
        "\n".join(["Over wie het gaat:", *mensen]) if mensen else "",
        f"Wat wij u vragen:\n{verzoek.vraagtekst}",
        f"Waarvoor wij dit nodig hebben:\n{verzoek.doel}",
        f"Waarom u dit mag geven: {verzoek.grond_in_woorden}.",
        f"Wilt u antwoorden voor {dagen.voluit(verzoek.antwoord_uiterlijk)}? U kunt ook bellen: 0800-2000.",
        f"Met vriendelijke groet,\n{settings.VT_NAAM}",
    ]
    return met_disclaimer("\n\n".join(deel for deel in delen if deel))


def _verstuur_brief(verzoek: Informatieverzoek, *, door: Medewerker) -> None:
    bericht = maak(
        Bericht(
            casus=verzoek.casus,
            stap=verzoek.stap,
            soort=Bericht.Soort.BRIEF,
            aan=verzoek.aan,
            adres=verzoek.adres,
            onderwerp="Vraag om informatie",
            tekst=brieftekst(verzoek),
            door=door,
        ),
        door=door,
    )
    verstuur_bericht(bericht, door=door)
    verzoek.bericht = bericht
    verzoek.bewaar(door=door, reden="brief verstuurd")


@regel("PRO-4")
@transaction.atomic
def leg_antwoord_vast(
    verzoek: Informatieverzoek,
    *,
    door: Medewerker,
    antwoord: str = "",
    bestand: tuple[str, bytes] | None = None,
    versie: int | None = None,
) -> Informatieverzoek:
    """The answer in words, as a document, or both."""
    verzoek.slot()
    bijlage = None
    if bestand is not None:
        naam, inhoud = bestand
        bijlage = bewaar_bijlage(
            inhoud=inhoud,
            naam=naam,
            door=door,
            casus=verzoek.casus,
            stap=verzoek.stap,
            omschrijving="Antwoord op een informatieverzoek",
        )
    return voer_uit(verzoek, "leg_antwoord_vast", door=door, versie=versie, antwoord=antwoord, bijlage=bijlage)


def na_stap(verzoek: Informatieverzoek, *, door: Medewerker) -> None:
    """Answered, or known that no answer comes: nobody waits any more."""
    vervul_taken(onderwerp=verzoek, soort=TAAK, door=door)


@regel("PRO-4")
@transaction.atomic
def leg_verstrekking_vast(
    casus: Casus,
    *,
    door: Medewerker,
    stap: Processtap | None = None,
    verstrekt_op: datetime | None = None,
    **velden: Any,
) -> Verstrekking:
    """What was given to whom, why it may and what for."""
    casus.slot()
    eis_melding(casus)
    eis_grond(casus, [velden.get("betrokkene")], **velden)
    return maak(
        Verstrekking(
            casus=casus, stap=stap_van(casus, stap), door=door, verstrekt_op=verstrekt_op or timezone.now(), **velden
        ),
        door=door,
        mag=rechten.mag_vastleggen,
        zin="Informatie verstrekt",
        regels=["PRO-4"],
    )
