"""The stories that are moulds: told through the services, from the report to where a case of that kind stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

from casus.services.casussen import sluit_casus
from melding.aanlevering import Aangeleverd, AangeleverdeMelder
from melding.models import Signaal
from melding.services import neem_melding_aan, ontvang_signaal, opvoering_van, wijzig_melding
from triage.services import beantwoord, voeg_vorm_toe
from vt_cvs.demo.diensten.stappen import (
    gesprekken,
    kies,
    nieuwe_score,
    overdracht_voorbereid,
    voorwaarden_gesteld,
    vv_afgerond,
    vv_opgepakt,
)
from vt_cvs.demo.familie import familie_vastgelegd
from vt_cvs.demo.inlichten import gezin_ingelicht
from vt_cvs.demo.jaar import merktekens
from vt_cvs.demo.tijd import tijdstip, werkdag_tot
from vt_cvs.demo.triage.stappen import FEITEN, JA, besluit_voorgelegd, eerste_contact, teruggekoppeld
from vt_cvs.demo.verhaal import Verhaal
from vt_cvs.kern.overgangen import voer_uit


@dataclass(frozen=True, slots=True)
class Vorm:
    """A mould to be made: how long ago it must begin to be told whole, and with how many children."""

    naam: str
    vertel: Callable[[Verhaal], None]
    dagen: int
    kinderen: int = 2
    route: str = "einde"
    deel: str = "eerste"
    """Which kind of second report it holds, if any."""


def begin(v: Verhaal, dagen: int, kinderen: int) -> None:
    """At nine on a working day, so that what follows the same day stays on that day."""
    v.nu = tijdstip(werkdag_tot(timezone.localdate(v.regie.nu - timedelta(days=dagen))), 9)
    v.begonnen = v.nu
    v.gezin = merktekens.gezin(kinderen)
    v.melderssoort = merktekens.MELDER


def _signaal(v: Verhaal) -> Signaal:
    """Told on the telephone; a cast may make it a message of the police."""
    melder = AangeleverdeMelder(naam=merktekens.MELDERNAAM, functie="onderwijs", organisatie="onderwijs", email="")
    with v.na():
        bericht = Aangeleverd(
            tekst=merktekens.VERHAAL,
            melder=melder,
            aanleiding="zorgen",
            hulpverlening="ja",
            personen=v.gezin.als_aangeleverd(),
        )
        return ontvang_signaal(bericht, door=v.ploeg.voorkant[0])[0]


def aangenomen(v: Verhaal) -> None:
    signaal = _signaal(v)
    personen = [
        replace(opvoering_van(aangemeld), huishouden=lid.huishouden, gezag=lid.gezag)
        for aangemeld, lid in zip(signaal.personen.all(), v.gezin.leden, strict=True)
    ]
    with v.na(uren=1):
        v.melding = neem_melding_aan(
            signaal,
            door=v.ploeg.voorkant[0],
            personen=personen,
            melder={"soort": "professional"},
            verantwoordelijke=v.door,
        )
    familie_vastgelegd(v)
    _telbaar(v)


def nog_een(v: Verhaal) -> None:
    """Another report about the same people joins the case that is open."""
    casus, bekend = v.casus, {b.persoon.voornamen: b.persoon for b in v.betrokkenen if b.persoon}
    with v.na(1):
        pass
    signaal = _signaal(v)
    with v.na(uren=1) as door:
        personen = [opvoering_van(a, persoon=bekend.get(a.voornamen)) for a in signaal.personen.all()]
        v.melding = neem_melding_aan(
            signaal, door=door, casus=casus, personen=personen, melder={"soort": "professional"}
        )
    _telbaar(v)


def _telbaar(v: Verhaal) -> None:
    with v.na(uren=1) as door:
        wijzig_melding(
            v.melding,
            door=door,
            gemeente=v.gezin.plaats.gemeente,
            duur_geweld="tot-6-maanden",
            hulpverlening="ja",
            aanleiding="zorgen",
        )


def besloten(v: Verhaal, uitkomst: str, uitslag: str) -> None:
    """The questions answered, the forms with their facts, and two people who decide."""
    with v.na(uren=1) as door:
        vht = v.vht
        for antwoord in vht.antwoorden.all():
            antwoord.vht = vht
            ja = antwoord.vraag in JA[uitslag]
            feit, bron = FEITEN.get(antwoord.vraag, ("", "")) if ja else ("", "")
            beantwoord(antwoord, door=door, waarde=ja, feit=feit, bron=bron)
        al = set(vht.vormen.values_list("vorm", flat=True))
        for i in range(2 if v.gezin.kinderen else 1):
            if merktekens.VORMEN[i] not in al:
                voeg_vorm_toe(vht, door=door, vorm=merktekens.VORMEN[i], feit=merktekens.FEITEN[i], bron="melder")
    with v.na(uren=1) as door:
        voer_uit(v.vht, "stel_vast", door=door)
    besluit = besluit_voorgelegd(v, uitkomst)
    with v.na(1):
        voer_uit(besluit, "bevestig", door=v.collega)
    gezin_ingelicht(v)
    teruggekoppeld(v, "anders")


def gesloten(v: Verhaal) -> None:
    with v.na(1) as door:
        sluit_casus(v.casus, door=door)


# --- the stories ------------------------------------------------------------------------------------------------


def nieuw(v: Verhaal) -> None:
    aangenomen(v)


def einde(v: Verhaal) -> None:
    aangenomen(v)
    besloten(v, "einde", "geen")
    gesloten(v)


def overgedragen(v: Verhaal) -> None:
    aangenomen(v)
    besloten(v, "overdracht", "structureel")
    overdracht_voorbereid(v, "bied_aan", "accepteer", "draag_over")
    gesloten(v)


def overdracht_loopt(v: Verhaal) -> None:
    aangenomen(v)
    besloten(v, "overdracht", "multiproblematisch")
    overdracht_voorbereid(v, "bied_aan")


def wacht_op_vv(v: Verhaal) -> None:
    aangenomen(v)
    besloten(v, "bij_vt", "structureel")
    eerste_contact(v)
    kies(v, vv=True)


def vv_loopt(v: Verhaal) -> None:
    wacht_op_vv(v)
    vv_opgepakt(v)
    gesprekken(v)
    voorwaarden_gesteld(v)


def monitoren(v: Verhaal) -> None:
    vv_loopt(v)
    nieuwe_score(v, 7)
    vv_afgerond(v)
    teruggekoppeld(v, "anders")


def tijdens_vb(v: Verhaal) -> None:
    """Two reports in as many days: both are decided upon, and the case closes."""
    aangenomen(v)
    eerste = v.melding
    nog_een(v)
    tweede = v.melding
    v.melding = eerste
    besloten(v, "einde", "geen")
    v.melding = tweede
    besloten(v, "einde", "geen")
    gesloten(v)


def na_vb(v: Verhaal) -> None:
    """The second comes when V&V runs."""
    vv_loopt(v)
    nog_een(v)
    besloten(v, "bij_vt", "structureel")


def tijdens_monitoren(v: Verhaal) -> None:
    monitoren(v)
    nog_een(v)


VORMEN = (
    Vorm("nieuw", nieuw, 10),
    Vorm("einde", einde, 30),
    Vorm("einde zonder kinderen", einde, 30, kinderen=0),
    Vorm("overgedragen", overgedragen, 60, route="overdracht"),
    Vorm("overgedragen zonder kinderen", overgedragen, 60, kinderen=0, route="overdracht"),
    Vorm("overdracht loopt", overdracht_loopt, 40, kinderen=1, route="loopt"),
    Vorm("wacht op V&V", wacht_op_vv, 40, route="loopt"),
    Vorm("V&V loopt", vv_loopt, 70, kinderen=1, route="loopt"),
    Vorm("monitoren", monitoren, 90, route="vv"),
    Vorm("tijdens VB", tijdens_vb, 40, kinderen=0, deel="tijdens_vb"),
    Vorm("na VB", na_vb, 80, deel="na_vb"),
    Vorm("tijdens monitoren", tijdens_monitoren, 110, deel="tijdens_monitoren"),
)
