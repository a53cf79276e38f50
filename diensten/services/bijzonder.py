"""The duties that come with a ban, a crisis or a direct request: as tasks, so that nothing of it is forgotten."""

from __future__ import annotations

from typing import Any

from casus.informeren.services import laat_weten
from casus.models import Betrokkene, Taak, Terugkoppeling
from casus.services.terugkoppeling import vraag_terugkoppeling
from casus.services.werk import maak_taak, vervul_taken
from diensten.bijzonder import WAARBIJ, bijzondere, ontbreekt, taak_ander, taak_vt
from diensten.models import Dienst, Overdracht
from melding.models import Melding
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.selectors import label

WIE = "wie_heeft_een_taak"
ERNAAST = {"maatwerk": "maatwerk_ernaast", "overdracht": "overdracht_ernaast"}
_TITELS = {"maatwerk": "Lokaal maatwerk starten naast de dienst", "overdracht": "Overdracht starten naast de dienst"}


@regel("RW-13.T3", "RW-13.T4", "RW-13.C3", "RW-13.C4")
def werk_bij(melding: Melding, *, door: Medewerker) -> None:
    """A task while nobody knows who carries out what, and one for each service that the facts ask and is not there."""
    if melding.taken_onbekend:
        waarbij = WAARBIJ[melding.aanleiding]
        _vraag(
            melding, WIE, f"Vastleggen wie een taak heeft bij {waarbij}", "dat nog niet vaststaat", melding.pad(), door
        )
    else:
        vervul_taken(onderwerp=melding, soort=WIE, door=door)
    mist = set(ontbreekt(melding))
    for dienst, soort in ERNAAST.items():
        if dienst in mist:
            wat = taak_vt(melding) or "er om is gevraagd" if dienst == "maatwerk" else taak_ander(melding)
            _vraag(melding, soort, _TITELS[dienst], f"bij de melding staat: {wat}", _pad(melding, dienst), door)
        else:
            vervul_taken(onderwerp=melding, soort=soort, door=door)


def _pad(melding: Melding, dienst: str) -> str:
    return f"{melding.casus.pad()}diensten/{dienst}/"


def _vraag(melding: Melding, soort: str, titel: str, omdat: str, pad: str, door: Medewerker) -> None:
    """Once, whoever has it by now."""
    bekend = Taak.objects.filter(
        onderwerp_soort=melding._meta.label_lower, onderwerp_id=melding.pk, soort=soort, stand=Taak.Stand.OPEN
    )
    if bekend.exists():
        return
    from diensten.services.starten import behandelaar_van

    voor = behandelaar_van(melding.casus, melding.stap) if soort != WIE else melding.stap.verantwoordelijke
    stap = melding.stap if voor else None
    maak_taak(melding, soort, titel=titel, omdat=omdat, pad=pad, door=door, casus=melding.casus, stap=stap, voor=voor)


def bij_melding(*, melding: Melding, door: Medewerker, **_: Any) -> None:
    """A report came in, or its facts changed."""
    werk_bij(melding, door=door)


def begonnen(dienst: Dienst, *, door: Medewerker) -> None:
    """A service that was asked is there."""
    for melding in dienst.meldingen.all():
        if soort := ERNAAST.get(dienst.soort):
            vervul_taken(onderwerp=melding, soort=soort, door=door)


@regel("RW-13.T4", "RW-13.C4")
def vraag_plichten(overdracht: Overdracht, *, door: Medewerker) -> None:
    """The melder gets feedback, and everyone it is about hears of the file, of what we give, and of the Overdracht."""
    from diensten.selectors import besluit_van, laatste_vht

    for melding in bijzondere(overdracht.meldingen.select_related("stap__casus", "melder")):
        vht = laatste_vht([melding])
        besluit = besluit_van(vht) if vht else None
        if besluit is None or besluit.uitkomst != besluit.Uitkomst.OVERDRACHT:
            _vraag_melder(melding, overdracht, door=door)
        laat_weten(melding.stap, Terugkoppeling.Moment.OVERDRACHT, melding.nummer, door=door)


def _vraag_melder(melding: Melding, overdracht: Overdracht, *, door: Medewerker) -> None:
    melder = melding.melder
    vraag_terugkoppeling(
        melding.stap,
        Terugkoppeling.Moment.OVERDRACHT,
        door=door,
        aan=str(melder),
        functie=label("functie_melder", melder.functie) if melder.functie else "",
        adres=melder.email,
        meldingsnummer=melding.nummer,
        partij=melder.partij,
        voor=overdracht.stap.verantwoordelijke,
    )


def bij_betrokkene(*, betrokkene: Betrokkene, door: Medewerker, **_: Any) -> None:
    """Someone who proves to be a directbetrokkene while the Overdracht runs hears of it too."""
    lopend = Overdracht.objects.filter(stap__casus=betrokkene.casus_id).exclude(stand__in=Overdracht.geeindigd_als)
    for overdracht in lopend.select_related("stap__casus", "stap__verantwoordelijke"):
        vraag_plichten(overdracht, door=door)
