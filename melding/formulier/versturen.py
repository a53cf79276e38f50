"""Sending: the answers become one signal, exactly once, however often someone presses the button.

Nobody is looked up on the way: what comes back is the same, and takes as long, whether people are known or not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from melding.aanlevering import (
    Aangeleverd,
    AangeleverdeBijlage,
    AangeleverdeMeldcode,
    AangeleverdeMelder,
    AangeleverdePersoon,
)
from melding.formulier.bladzijden import is_beroepsmatig
from melding.formulier.forms.melder import ANDERS, OMGEVING, POLITIE, WERK, ZELF
from melding.formulier.opslag import Antwoorden, lees, lees_bestand, verzonden, vind
from melding.signalen.services import ontvang_signaal
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import systeemmedewerker
from vt_cvs.organisatie.selectors import label
from vt_cvs.web.velden import lees_datum

SOORT = {ZELF: "burger", OMGEVING: "burger", ANDERS: "", WERK: "professional", POLITIE: "politie"}
ADRES = ("straat", "postcode", "plaats")
PERSOON = ("voornamen", "voorvoegsel", "achternaam", "geboortedatum", "geslacht", "telefoon", "rol", *ADRES)


class NietTeVersturen(Exception):
    """There is nothing to send (any more), or the story is missing."""


@regel("PRO-1", "RW-5.1", "RW-6.18")
@transaction.atomic
def verstuur(token: str) -> str:
    """The meldingsnummer. Whoever sends again, in whichever tab, gets the same number and nothing happens."""
    concept = vind(token, slot=True)
    if concept is None:
        raise NietTeVersturen
    if concept.verzonden:
        return concept.nummer
    antwoorden = lees(concept)
    if not antwoorden.antwoord("situatie", "tekst"):
        raise NietTeVersturen
    signaal, _ = ontvang_signaal(als_bericht(antwoorden), door=systeemmedewerker("Meldformulier"))
    verzonden(concept, signaal.nummer)
    return signaal.nummer


def als_bericht(antwoorden: Antwoorden) -> Aangeleverd:
    """What was answered, in the words of every other intake; what was left open stays open."""
    return Aangeleverd(
        tekst=antwoorden.antwoord("situatie", "tekst"),
        melder=_melder(antwoorden),
        incident_op=_moment(antwoorden.antwoord("situatie", "wanneer")),
        gevaar=antwoorden.antwoord("situatie", "gevaar"),
        duur_geweld=antwoorden.antwoord("situatie", "duur"),
        hulpverlening=antwoorden.antwoord("hulp", "hulpverlening") or "onbekend",
        wie_helpt=antwoorden.antwoord("hulp", "wie_helpt"),
        afhankelijken=antwoorden.antwoord("kinderen", "afhankelijken") or ("ja" if antwoorden.kinderen else ""),
        meldcode=_meldcode(antwoorden),
        personen=_personen(antwoorden),
        bijlagen=tuple(AangeleverdeBijlage(b.naam, lees_bestand(b)) for b in antwoorden.bestanden),
    )


@regel("RW-7.7", "RW-6.4")
def _melder(antwoorden: Antwoorden) -> AangeleverdeMelder:
    """Function and kind of organisation are known of every melder, of one who stays anonymous as well."""
    wie, van = antwoorden.antwoord("wie", "wie"), antwoorden.van("gegevens")
    tekst = {
        naam: str(van.get(naam) or "") for naam in ("naam", "telefoon", "email", "email_reden", "bereik", "anoniem")
    }
    melder = AangeleverdeMelder(soort=SOORT.get(wie, ""), **tekst)
    if is_beroepsmatig(antwoorden):
        return replace(
            melder,
            anoniem="",
            functie=str(van.get("functie") or ("politieagent" if wie == POLITIE else "")),
            organisatie=str(van.get("organisatie") or ""),
            organisatietype="jv-politie" if wie == POLITIE else str(van.get("organisatietype") or "onbekend"),
        )
    band = "directbetrokkene" if wie == ZELF else str(van.get("band") or "onbekend")
    anoniem = "" if wie == ZELF else melder.anoniem
    return replace(melder, functie=label("functie_melder", band), organisatietype="nvt", anoniem=anoniem)


@regel("PRO-2")
def _meldcode(antwoorden: Antwoorden) -> AangeleverdeMeldcode | None:
    """Only of a professional: who turned out to be a neighbour has no meldcode."""
    if not is_beroepsmatig(antwoorden):
        return None
    alles: dict[str, Any] = {}
    for slug in ("meldcode", "gesprek", "besluit"):
        alles |= antwoorden.van(slug)
    alles["meldcodestappen"] = tuple(alles.get("meldcodestappen") or ())
    return AangeleverdeMeldcode(**alles)


@regel("WVT-10")
def _personen(antwoorden: Antwoorden) -> tuple[AangeleverdePersoon, ...]:
    """Dependents first. “Same address” is that of the first person, as it stands now."""
    iedereen = [*antwoorden.kinderen, *antwoorden.volwassenen]
    eerste = iedereen[0] if iedereen else {}
    return tuple(
        _persoon(gegevens, eerste, afhankelijk=nummer < len(antwoorden.kinderen))
        for nummer, gegevens in enumerate(iedereen)
    )


def _persoon(gegevens: dict[str, Any], eerste: dict[str, Any], *, afhankelijk: bool) -> AangeleverdePersoon:
    volwassen = not afhankelijk or gegevens.get("soort") == "afhankelijk"
    velden = {naam: str(gegevens.get(naam) or "") for naam in PERSOON}
    if gegevens.get("zelfde_adres"):
        velden |= {naam: str(eerste.get(naam) or "") for naam in ADRES}
    return AangeleverdePersoon(soort="volwassene" if volwassen else "kind", afhankelijk=afhankelijk, **velden)


def _moment(opgegeven: str) -> str:
    """A date as people write it becomes one that machines read; anything else stays as it is."""
    try:
        return lees_datum(opgegeven).isoformat() if opgegeven else ""
    except (ValidationError, ValueError, OverflowError):
        return opgegeven
