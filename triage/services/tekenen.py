"""Signing: who is asked, what a signature does, and confirming what already holds. Always under one's own log-in."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from casus.services.werk import maak_taak, vervul_taken
from triage.models import Bevestiging, Triagebesluit
from triage.rechten import TEKENAARS, mag_tekenen, mag_voorstellen
from triage.services.vht import termijn
from triage.voorwaarden import eis_toelichting
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.overgangen import StapKanNiet
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.kern.termijnen import in_werkdagen
from vt_cvs.organisatie.models import Medewerker

TEKENEN, AANPASSEN = "tekenen", "besluit_aanpassen"


@regel("RW-8.10b")
def vraag_handtekeningen(besluit: Triagebesluit, *, door: Medewerker) -> None:
    """A request for each who decides along: the second employee, or everyone of the MDO."""
    acuut = besluit.vht.zegt == "acuut"
    samen = list(besluit.deelnemers.select_related("medewerker"))
    als = "deelnemer aan het MDO" if samen else "tweede medewerker"
    wie: list[tuple[Model, Medewerker | None]] = [(deelnemer, deelnemer.medewerker) for deelnemer in samen]
    for onderwerp, voor in wie or [(besluit, besluit.tweede)]:
        maak_taak(
            onderwerp,
            TEKENEN,
            titel="Triagebesluit toetsen en tekenen",
            omdat=f"{door.naam} je vraagt als {als}" + (" bij acute onveiligheid" if acuut else ""),
            pad=besluit.tekenpad(),
            door=door,
            casus=besluit.casus,
            stap=besluit.vht.stap,
            voor=voor,
            termijn=termijn(besluit.vht),
            direct=acuut,
        )


def trek_verzoeken_in(besluit: Triagebesluit, *, door: Medewerker) -> None:
    """Nothing is left to sign: the proposal went back."""
    for onderwerp in (besluit, *besluit.deelnemers.all()):
        vervul_taken(onderwerp=onderwerp, soort=TEKENEN, door=door, vervallen=True)


def zet_handtekening(
    besluit: Triagebesluit, oordeel: str, toelichting: str, *, door: Medewerker, zin: str = ""
) -> Bevestiging:
    """The row under one's own name, and the request that it answers. Another's request in an MDO stays."""
    rij = Bevestiging(besluit=besluit, oordeel=oordeel, toelichting=toelichting, getekend_door=door)
    rij = maak(rij, door=door, mag=mag_tekenen, zin=zin, regels=["RW-8.10b"])
    vervul_taken(onderwerp=besluit, soort=TEKENEN, door=door)
    for deelnemer in besluit.deelnemers.filter(medewerker=door):
        vervul_taken(onderwerp=deelnemer, soort=TEKENEN, door=door)
    return rij


@regel("RW-8.10b")
def vraag_bevestiging_van(besluit: Triagebesluit, aan: Medewerker | None, *, door: Medewerker) -> None:
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
    """Whoever was named, or decided along in the MDO, says under their own name what they think of what already holds.

    The decision stays as it is, also with an objection: that goes to whoever took it.
    """
    besluit.slot()
    if not besluit.is_genomen or besluit.is_bevestigd:
        raise StapKanNiet("Hier valt niets meer te bevestigen.")
    mag_tekenen.eis(door, besluit)
    if besluit.handtekeningen.filter(getekend_door=door, oordeel=Bevestiging.Oordeel.EENS).exists():
        raise StapKanNiet("Jij hebt dit besluit al getekend.")
    wat = "acute triagebesluit" if besluit.acuut else "triagebesluit"
    if oordeel == Bevestiging.Oordeel.TERUG:
        eis_toelichting(toelichting, "Schrijf je vraag of bezwaar op; je collega ziet die direct.")
        rij = zet_handtekening(besluit, oordeel, toelichting, door=door, zin=f"Bezwaar bij het {wat}")
        maak_taak(
            besluit,
            AANPASSEN,
            titel=f"Bezwaar bij het {wat} bespreken",
            omdat=f"{door.naam} een vraag of bezwaar heeft",
            pad=besluit.pad(),
            door=door,
            casus=besluit.casus,
            stap=besluit.vht.stap,
            voor=besluit.opsteller,
            direct=True,
        )
        return rij
    zin = "Acuut triagebesluit bevestigd" if besluit.acuut else "Triagebesluit bevestigd"
    rij = zet_handtekening(besluit, oordeel, toelichting, door=door, zin=zin)
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
    vraag_bevestiging_van(besluit, aan, door=door)
    besluit.schrijf_log(door=door, wat="vraag", zin=f"{aan.naam} gevraagd om het acute besluit te bevestigen")
