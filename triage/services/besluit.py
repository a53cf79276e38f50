"""The triagebesluit: proposing it, taking it, and what follows the moment it has been taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casus.services.terugkoppeling import vraag_terugkoppeling
from casus.services.werk import maak_taak, vervul_taken
from casus.voorwaarden import casus_is_open
from melding.services import noteer_besloten
from triage.models import Besluitaantekening, Bevestiging, Deelnemer, Triagebesluit
from triage.rechten import mag_aantekenen, mag_voorstellen
from triage.services.tekenen import (
    AANPASSEN,
    TEKENEN,
    trek_verzoeken_in,
    vraag_bevestiging_van,
    vraag_handtekeningen,
    zet_handtekening,
)
from triage.services.vht import (
    VOORSTELLEN,
    rond_triage_af,
    termijn,
    werk_tussenstand_bij,
    werk_veiligheid_bij,
    zet_taak_invullen,
)
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.overgangen import StapKanNiet
from vt_cvs.kern.regels import regel
from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.selectors import label

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


@regel("RW-8.10")
def _zet_deelnemers(besluit: Triagebesluit, wie: Sequence[Medewerker], *, door: Medewerker) -> None:
    """Who decides along this time; what was asked before lapses with it."""
    for oud in besluit.deelnemers.all():
        vervul_taken(onderwerp=oud, soort=TEKENEN, door=door, vervallen=True)
        oud._history_user = door
        oud.delete()
    for medewerker in wie:
        maak(Deelnemer(besluit=besluit, medewerker=medewerker), door=door)


def na_stap(besluit: Triagebesluit, naam: str, *, door: Medewerker) -> None:
    """What follows from a step, in the same transaction."""
    if naam == "leg_voor":
        _zet_deelnemers(besluit, besluit.samen_met, door=door)
        for soort in (VOORSTELLEN, AANPASSEN):
            vervul_taken(onderwerp=besluit, soort=soort, door=door)
        vraag_handtekeningen(besluit, door=door)
    elif naam in {"geef_terug", "haal_terug"}:
        _terug_naar_concept(besluit, naam, door=door)
    else:
        _genomen(besluit, door=door)


def _terug_naar_concept(besluit: Triagebesluit, naam: str, *, door: Medewerker) -> None:
    if naam == "geef_terug":
        zet_handtekening(besluit, Bevestiging.Oordeel.TERUG, besluit.getekend_met, door=door)
    trek_verzoeken_in(besluit, door=door)
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
    for soort in (VOORSTELLEN, AANPASSEN):
        vervul_taken(onderwerp=besluit, soort=soort, door=door)
    if besluit.acuut:
        _zet_deelnemers(besluit, (), door=door)
        werk_tussenstand_bij(vht, door=door, acuut=True)
        vraag_bevestiging_van(besluit, besluit.tweede, door=door)
    else:
        zet_handtekening(besluit, Bevestiging.Oordeel.EENS, besluit.getekend_met, door=door)
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


@regel("RW-9.3")
def teken_aan(besluit: Triagebesluit, aantekening: str, *, door: Medewerker) -> Besluitaantekening:
    """A note beside the decision; the decision itself never changes."""
    rij = Besluitaantekening(besluit=besluit, aantekening=aantekening, gemaakt_door=door)
    return maak(rij, door=door, mag=mag_aantekenen, zin="Aantekening bij het triagebesluit")
