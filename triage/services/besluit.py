"""The triagebesluit: proposing, signing, and what follows the moment it has been taken."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from casus.services.terugkoppeling import vraag_terugkoppeling
from casus.services.werk import maak_taak, vervul_taken
from casus.voorwaarden import casus_is_open
from melding.services import noteer_besloten
from triage.models import Besluitaantekening, Bevestiging, Triagebesluit
from triage.rechten import TEKENAARS, mag_aantekenen, mag_tekenen, mag_voorstellen
from triage.services.vht import (
    VOORSTELLEN,
    rond_triage_af,
    termijn,
    werk_tussenstand_bij,
    werk_veiligheid_bij,
    zet_taak_invullen,
)
from triage.voorwaarden import eis_toelichting
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.overgangen import StapKanNiet
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.kern.termijnen import in_werkdagen
from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.selectors import label

TEKENEN, AANPASSEN = "tekenen", "besluit_aanpassen"
triagebesluit_genomen = Sein("triagebesluit genomen")
"""Told with `besluit` and `door`, in the transaction in which it became genomen: the services begin here."""


def bewaar_concept(
    besluit: Triagebesluit, *, door: Medewerker, versie: int | None = None, **velden: Any
) -> Triagebesluit:
    """Keep what has been typed so far; nothing is asked of it yet. The second name is given when it is put forward."""
    if besluit.stand != Triagebesluit.Stand.CONCEPT:
        raise StapKanNiet("Dit voorstel is al voorgelegd. Haal het eerst terug.")
    # Whoever puts it forward becomes the first name; until then the concept has none.
    return wijzig(
        besluit, door=door, mag=mag_voorstellen, versie=versie, mits=[casus_is_open], opsteller=None, **velden
    )


def na_stap(besluit: Triagebesluit, naam: str, *, door: Medewerker) -> None:
    """What follows from a step, in the same transaction."""
    if naam == "leg_voor":
        _vraag_handtekening(besluit, door=door)
    elif naam in {"geef_terug", "haal_terug"}:
        _terug_naar_concept(besluit, naam, door=door)
    else:
        _genomen(besluit, door=door)


@regel("RW-8.10b")
def _vraag_handtekening(besluit: Triagebesluit, *, door: Medewerker) -> None:
    vervul_taken(onderwerp=besluit, soort=VOORSTELLEN, door=door)
    vervul_taken(onderwerp=besluit, soort=AANPASSEN, door=door)
    acuut = besluit.vht.zegt == "acuut"
    maak_taak(
        besluit,
        TEKENEN,
        titel="Triagebesluit toetsen en tekenen",
        omdat=f"{door.naam} je vraagt als tweede medewerker" + (" bij acute onveiligheid" if acuut else ""),
        pad=besluit.tekenpad(),
        door=door,
        stap=besluit.vht.stap,
        voor=besluit.tweede,
        termijn=termijn(besluit.vht),
        direct=acuut,
    )


def _terug_naar_concept(besluit: Triagebesluit, naam: str, *, door: Medewerker) -> None:
    vervul_taken(onderwerp=besluit, soort=TEKENEN, door=door, vervallen=naam == "haal_terug")
    if naam == "geef_terug":
        _zet_handtekening(besluit, Bevestiging.Oordeel.TERUG, besluit.getekend_met, door=door)
    maak_taak(
        besluit,
        AANPASSEN if naam == "geef_terug" else VOORSTELLEN,
        titel="Triagebesluit opnieuw voorleggen" if naam == "geef_terug" else "Triagebesluit voorstellen",
        omdat=f"{door.naam} een vraag of bezwaar heeft" if naam == "geef_terug" else "het voorstel is teruggehaald",
        pad=besluit.pad(),
        door=door,
        stap=besluit.vht.stap,
        voor=besluit.opsteller,
        termijn=termijn(besluit.vht),
        direct=besluit.vht.zegt == "acuut",
    )


@regel("RW-8.13", "RW-6.7", "RW-8.19")
def _genomen(besluit: Triagebesluit, *, door: Medewerker) -> None:
    """The melding is decided, the melder will hear, the case shows it, and whoever builds on this is told."""
    vht, melding = besluit.vht, besluit.vht.melding
    for soort in (VOORSTELLEN, AANPASSEN, TEKENEN):
        vervul_taken(onderwerp=besluit, soort=soort, door=door)
    if besluit.acuut:
        werk_tussenstand_bij(vht, door=door, acuut=True)
        _vraag_bevestiging(besluit, besluit.tweede, door=door)
    else:
        _zet_handtekening(besluit, Bevestiging.Oordeel.EENS, besluit.getekend_met, door=door)
    noteer_besloten(melding, door=door)
    werk_veiligheid_bij(besluit.casus, door=door)
    melder = melding.melder
    vraag_terugkoppeling(
        melding.stap,
        "triagebesluit",
        door=door,
        aan=str(melder),
        functie=label("functie_melder", melder.functie) if melder.functie else "",
        adres=melder.email,
        meldingsnummer=melding.nummer,
        partij=melder.partij,
        uitkomst=besluit.uitkomst or "bij_vt",
        voor=vht.stap.verantwoordelijke,
    )
    if not vht.is_vastgesteld:
        zet_taak_invullen(vht, door=door)
    rond_triage_af(vht, door=door)
    triagebesluit_genomen.geef(besluit=besluit, door=door)


def _zet_handtekening(besluit: Triagebesluit, oordeel: str, toelichting: str, *, door: Medewerker) -> Bevestiging:
    rij = Bevestiging(besluit=besluit, oordeel=oordeel, toelichting=toelichting, getekend_door=door)
    return maak(rij, door=door)


@regel("RW-8.10b")
def _vraag_bevestiging(besluit: Triagebesluit, aan: Medewerker | None, *, door: Medewerker) -> None:
    """A task with a term, for the acute decision that already holds."""
    maak_taak(
        besluit,
        TEKENEN,
        titel="Acuut triagebesluit bevestigen",
        omdat=f"{door.naam} het besluit al nam en jou als tweede medewerker noemde",
        pad=besluit.tekenpad(),
        door=door,
        stap=besluit.vht.stap,
        voor=aan,
        termijn=in_werkdagen(timezone.localdate(), 1),
        direct=True,
    )


@regel("RW-8.10b")
@transaction.atomic
def bevestig_achteraf(besluit: Triagebesluit, *, door: Medewerker, oordeel: str, toelichting: str = "") -> Bevestiging:
    """The named colleague (or another who may sign) says under their own name what they think of the acute decision.

    The decision stays as it is, also with an objection: that goes to whoever took it.
    """
    besluit.slot()
    if not besluit.is_genomen or besluit.is_bevestigd:
        raise StapKanNiet("Hier valt niets meer te bevestigen.")
    mag_tekenen.eis(door, besluit)
    if oordeel == Bevestiging.Oordeel.TERUG:
        eis_toelichting(toelichting, "Schrijf je vraag of bezwaar op; je collega ziet die direct.")
    zin = (
        "Acuut triagebesluit bevestigd"
        if oordeel == Bevestiging.Oordeel.EENS
        else "Bezwaar bij het acute triagebesluit"
    )
    rij = maak(
        Bevestiging(besluit=besluit, oordeel=oordeel, toelichting=toelichting, getekend_door=door),
        door=door,
        mag=mag_tekenen,
        zin=zin,
        regels=["RW-8.10b"],
    )
    vervul_taken(onderwerp=besluit, soort=TEKENEN, door=door)
    if oordeel == Bevestiging.Oordeel.TERUG:
        maak_taak(
            besluit,
            AANPASSEN,
            titel="Bezwaar bij het acute triagebesluit bespreken",
            omdat=f"{door.naam} een vraag of bezwaar heeft",
            pad=besluit.pad(),
            door=door,
            casus=besluit.casus,
            stap=besluit.vht.stap,
            voor=besluit.opsteller,
            direct=True,
        )
    else:
        vervul_taken(onderwerp=besluit, soort=AANPASSEN, door=door)
    return rij


@regel("RW-8.10b")
@transaction.atomic
def vraag_bevestiging(besluit: Triagebesluit, aan: Medewerker, *, door: Medewerker) -> None:
    """Ask another colleague, because the first is away or had an objection. The named second stays the named second."""
    besluit.slot()
    mag_voorstellen.eis(door, besluit)
    if not besluit.acuut or besluit.is_bevestigd:
        raise StapKanNiet("Hier valt niets meer te bevestigen.")
    if aan.pk == besluit.opsteller_id or not aan.heeft_rol(*TEKENAARS):
        uitleg = "Vraag een collega die mag meetekenen en het besluit niet zelf nam."
        raise RegelGeweigerd([Belemmering(uitleg, veld="tweede", regel=REGELS["RW-8.10"])])
    vervul_taken(onderwerp=besluit, soort=TEKENEN, door=door, vervallen=True)
    vervul_taken(onderwerp=besluit, soort=AANPASSEN, door=door)
    _vraag_bevestiging(besluit, aan, door=door)
    besluit.schrijf_log(door=door, wat="vraag", zin=f"{aan.naam} gevraagd om het acute besluit te bevestigen")


@regel("RW-9.3")
def teken_aan(besluit: Triagebesluit, aantekening: str, *, door: Medewerker) -> Besluitaantekening:
    """A note beside the decision; the decision itself never changes."""
    rij = Besluitaantekening(besluit=besluit, aantekening=aantekening, gemaakt_door=door)
    return maak(rij, door=door, mag=mag_aantekenen, zin="Aantekening bij het triagebesluit")
