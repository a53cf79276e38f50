"""Feedback to whoever reported: asked for at both moments, written from a template, sent through the outbox."""

from __future__ import annotations

import logging
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from casus import rechten
from casus.models import Bericht, Processtap, Terugkoppeling
from casus.services.werk import maak_taak, vervul_taken
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.kern.uitpost import Later, bezorger, zet_in_uitpost
from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker
from vt_cvs.organisatie.selectors import instellingen

logger = logging.getLogger(__name__)
MAIL = "terugkoppelmail"
POGINGEN_VOOR_MISLUKT = 5
terugkoppeling_gedaan = Sein("terugkoppeling gedaan")
"""Told with `terugkoppeling` and `door` once it has been given, or motivated not: a report may now be dealt with."""


@regel("RW-6.7", "RW-6.9", "RW-6.12")
@transaction.atomic
def vraag_terugkoppeling(
    stap: Processtap,
    moment: str,
    *,
    door: Medewerker,
    aan: str,
    functie: str = "",
    adres: str = "",
    meldingsnummer: str = "",
    voor: Medewerker | None = None,
) -> Terugkoppeling:
    """One feedback to give, with its task; asked again it is the same one."""
    bestaand = Terugkoppeling.objects.filter(stap=stap, moment=moment, aan=aan).first()
    if bestaand is not None:
        return bestaand
    terugkoppeling = maak(
        Terugkoppeling(stap=stap, moment=moment, aan=aan, functie=functie, adres=adres, meldingsnummer=meldingsnummer),
        door=door,
        zin="",
    )
    omdat = f"terugkoppeling {terugkoppeling.get_moment_display()} verplicht is"
    if not adres:
        omdat += "; het e-mailadres is niet bekend"
    maak_taak(
        terugkoppeling,
        "terugkoppeling",
        titel="Terugkoppeling aan de melder geven",
        omdat=omdat,
        pad=terugkoppeling.pad(),
        door=door,
        stap=stap,
        voor=voor or stap.verantwoordelijke or stap.casus.verantwoordelijke,
    )
    return terugkoppeling


@regel("RW-5.11", "RW-12.3", "RW-10.4", "RW-5.1")
def concepttekst(terugkoppeling: Terugkoppeling, inhoud: str) -> tuple[str, str]:
    """Subject and text from the template: only the report's own number and what follows from that report."""
    nummer = terugkoppeling.meldingsnummer
    onderwerp = f"Uw melding {nummer} bij Veilig Thuis"
    tekst = (
        f"Beste {terugkoppeling.functie or 'melder'},\n\n"
        f"U deed een melding bij Veilig Thuis. Het nummer van uw melding is {nummer}.\n\n"
        f"{inhoud}\n\n"
        "Wij kunnen u niet meer vertellen over het gezin. Ziet of hoort u iets nieuws? Bel dan met Veilig Thuis: "
        "0800-2000, dag en nacht, gratis.\n\n"
        "Met vriendelijke groet,\nVeilig Thuis"
    )
    return onderwerp, tekst


@transaction.atomic
def schrijf_bericht(
    terugkoppeling: Terugkoppeling,
    *,
    door: Medewerker,
    wijze: str,
    adres: str,
    onderwerp: str,
    tekst: str,
    versie: int | None = None,
) -> Terugkoppeling:
    """Keep the letter or mail with its feedback, editable until it leaves; the disclaimer always goes along."""
    disclaimer = instellingen().disclaimer
    if disclaimer not in tekst:
        tekst = f"{tekst.rstrip()}\n\n{disclaimer}"
    velden: dict[str, Any] = {
        "soort": wijze,
        "adres": adres,
        "onderwerp": onderwerp,
        "tekst": tekst,
        "aan": terugkoppeling.aan or "melder",
    }
    if terugkoppeling.bericht is None or terugkoppeling.bericht.verzonden_op:
        bericht = maak(
            Bericht(casus=terugkoppeling.dossier, stap=terugkoppeling.stap, door=door, **velden),
            door=door,
            mag=rechten.mag_vastleggen,
            zin="",
        )
    else:
        bericht = wijzig(terugkoppeling.bericht, door=door, mag=rechten.mag_vastleggen, **velden)
    return wijzig(
        terugkoppeling, door=door, mag=rechten.mag_vastleggen, versie=versie, wijze=wijze, adres=adres, bericht=bericht
    )


def na_stap(terugkoppeling: Terugkoppeling, naam: str, *, door: Medewerker) -> None:
    """What follows from a step of the machine, in the same transaction."""
    if naam == "verstuur":
        bericht = terugkoppeling.bericht
        assert bericht is not None  # noqa: S101 - the condition of this step
        if bericht.soort == Bericht.Soort.MAIL:
            zet_in_uitpost(MAIL, onderwerp=f"terugkoppeling:{terugkoppeling.pk}", terugkoppeling_id=terugkoppeling.pk)
        else:
            _noteer_verzonden(bericht, door=door)
            voer_uit(terugkoppeling, "noteer_afgeleverd", door=systeemmedewerker("Klok"))
    if naam == "noteer_mislukt":
        maak_taak(
            terugkoppeling,
            "terugkoppeling",
            titel="Terugkoppeling aan de melder opnieuw versturen",
            omdat="de mail niet is afgeleverd",
            pad=terugkoppeling.pad(),
            door=door,
            stap=terugkoppeling.stap,
            voor=terugkoppeling.stap.verantwoordelijke or terugkoppeling.dossier.verantwoordelijke,
        )
    elif not terugkoppeling.is_open:
        vervul_taken(onderwerp=terugkoppeling, soort="terugkoppeling", door=door)
        terugkoppeling_gedaan.geef(terugkoppeling=terugkoppeling, door=door)


def _noteer_verzonden(bericht: Bericht, *, door: Medewerker) -> None:
    bericht.verzonden_op = timezone.now()
    bericht.bewaar(door=door, reden="verzonden")


@bezorger(MAIL)
def bezorg_mail(rij: Uitpost) -> None:
    """Deliver one feedback mail. Sent twice at the worst after a crash; the header lets the receiver see it is one."""
    terugkoppeling = Terugkoppeling.objects.select_related("bericht", "stap__casus").get(
        pk=rij.inhoud["terugkoppeling_id"]
    )
    bericht = terugkoppeling.bericht
    if bericht is None or terugkoppeling.stand != Terugkoppeling.Stand.VERZONDEN:
        return
    klok = systeemmedewerker("Klok")
    terugkoppeling.slot()
    try:
        with transaction.atomic():  # what is written and what is sent stand or fall together; sending comes last
            _noteer_verzonden(bericht, door=klok)
            voer_uit(terugkoppeling, "noteer_afgeleverd", door=klok)
            EmailMessage(
                bericht.onderwerp, bericht.tekst, to=[bericht.adres], headers={"Message-ID": f"<{rij.sleutel}@vt-cvs>"}
            ).send()
    except Exception as fout:
        if rij.pogingen + 1 < POGINGEN_VOOR_MISLUKT:
            raise Later("het bericht kon niet worden verstuurd") from fout
        voer_uit(terugkoppeling, "noteer_mislukt", door=klok)
