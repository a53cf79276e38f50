"""What reports and advice add to a case: their tab, and how they read for the client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casus.dossier import Alinea, Lezer, Tab, pad_in, vertelt
from casus.informeren.services import vraag_informeren
from casus.models import Casus, Processtap, Terugkoppeling
from casus.selectors.tijdlijn import stappen_van
from melding.advies.models import Advies, Adviesafspraak, Toestemming
from melding.meldingen.models import Melder, Melding, Regiooverdracht
from melding.meldingen.models.melding import GEEN_TAAK
from melding.signalen.models import AangemeldePersoon, Meldcode, Signaal
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.selectors import label
from vt_cvs.web import dagen


def tab(casus: Casus) -> Iterator[Tab]:
    if casus.soort == Casus.Soort.ADVIES:
        yield Tab("advies", "Advies", 30, pad_in(casus, "advies"))
    else:
        aantal = sum(stap.soort == Processtap.Soort.MELDING for stap in stappen_van(casus))
        yield Tab("meldingen", "Meldingen", 30, pad_in(casus, "meldingen"), aantal)


def _citaat(tekst: str) -> Iterator[Alinea]:
    """What someone wrote, paragraph by paragraph, so that each can be judged apart."""
    for deel in tekst.split("\n\n"):
        if deel.strip():
            yield Alinea(deel.strip(), soort="citaat")


def _code(lijst: str, waarde: str) -> str:
    """A code as its label: in lower case within a sentence, abbreviations left alone."""
    woord = label(lijst, waarde)
    return woord[:1].lower() + woord[1:] if woord[1:2].islower() else woord


@regel("RW-3.13")
@vertelt(
    "melding.melding",
    titel=lambda melding: f"Melding {melding.nummer}",
    velden=("stap", "nummer", "stand", "ontvangen_op", "incident_op", "situatie", "melder", "aanleiding", "gemeente",
            "duur_geweld", "hulpverlening", "signaal", "thv_uitkomst", "taak_vt", "taak_ander", "ambtshalve",
            "afhankelijken"),
)  # fmt: skip
def melding(m: Melding, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"Veilig Thuis kreeg deze melding op {dagen.voluit(m.ontvangen_op)}. Het nummer is {m.nummer}.")
    if m.incident_op:
        yield Alinea(f"Het gaat over iets wat gebeurde op {dagen.voluit(m.incident_op)}.")
    if m.situatie:
        yield Alinea("Dit is er gemeld. Het is wat de melder vertelde; het hoeft niet zo te zijn:")
        yield from _citaat(m.situatie)
    if m.aanleiding:
        yield Alinea(f"De aanleiding voor de melding was: {_code('aanleiding', m.aanleiding)}.")
    if m.thv_uitkomst:
        yield Alinea(f"Er was een verzoek om een huisverbod. Dat is {m.get_thv_uitkomst_display()}.")
    if m.taak_vt not in {"", GEEN_TAAK}:
        yield Alinea(f"Wat Veilig Thuis daarbij zelf doet: {_code('taak_vt', m.taak_vt)}.")
    if m.taak_ander not in {"", GEEN_TAAK}:
        yield Alinea(f"Wat een andere organisatie daarbij doet: {_code('taak_ander', m.taak_ander)}.")
    if m.ambtshalve:
        yield Alinea("Veilig Thuis begon deze melding zelf.")
    if m.afhankelijken in {"ja", "nee"}:
        wonen = "wel" if m.afhankelijken == "ja" else "geen"
        yield Alinea(f"Volgens de melding wonen er {wonen} kinderen of andere mensen die zorg nodig hebben.")
    if m.duur_geweld:
        yield Alinea(f"Hoelang het al speelde, volgens de melding: {_code('duur_geweld', m.duur_geweld)}.")
    if m.hulpverlening:
        yield Alinea(f"Was er al hulp in het gezin? {label('hulpverlening', m.hulpverlening)}.")
    if m.gemeente:
        yield Alinea(f"De melding hoort bij de gemeente {label('gemeente', m.gemeente)}.")
    if m.stand == Melding.Stand.AFGEHANDELD:
        yield Alinea("Veilig Thuis is klaar met deze melding.")


@vertelt(
    "melding.regiooverdracht",
    titel="Naar een ander Veilig Thuis",
    velden=("melding", "andere_regio", "overgedragen_op", "meegegeven"),
)
def regiooverdracht(r: Regiooverdracht, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"De melding ging op {dagen.voluit(r.overgedragen_op)} naar Veilig Thuis {r.regio_naam}.")
    yield Alinea("Dit is meegegeven:")
    yield from _citaat(r.meegegeven)


@regel("RW-5.18a")
@vertelt(
    "melding.melder",
    titel="Wie de melding deed",
    velden=("casus", "soort", "functie", "organisatie", "naam", "email_reden", "anoniem"),
)
def melder(m: Melder, _lezer: Lezer) -> Iterator[Alinea]:
    if m.anoniem:
        yield Alinea("Degene die de melding deed, wil onbekend blijven. Veilig Thuis vertelt daarom niet wie het is.")
        return
    if m.naam:
        yield Alinea(f"De melding is gedaan door {m.naam}.")
    if m.functie:
        yield Alinea(f"Functie van de melder: {_code('functie_melder', m.functie)}.")
    if m.organisatie:
        yield Alinea(f"Organisatie van de melder: {_code('organisatie_melder', m.organisatie)}.")
    if not m.email and m.email_reden:
        yield Alinea(f"Veilig Thuis heeft geen e-mailadres van de melder. De reden is: {m.get_email_reden_display()}.")


@vertelt(
    "melding.signaal",
    titel="Het bericht zoals het binnenkwam",
    velden=("nummer", "bron", "kenmerk", "inhoud_hash", "stand", "ontvangen_op", "tekst", "casus", "bijlagen",
            "incident_op", "aanleiding", "hulpverlening", "afzender", "wie_helpt", "duur_opgegeven", "gevaar",
            "afhankelijken"),
)  # fmt: skip
def signaal(s: Signaal, _lezer: Lezer) -> Iterator[Alinea]:
    """What the report repeats is not told twice; what an anonymous melder would be known by is not told at all."""
    yield Alinea(f"Het bericht kwam binnen op {dagen.voluit(s.ontvangen_op)}.")
    melding = getattr(s, "melding", None)
    if "bron" not in s.niet_ter_inzage():
        kenmerk = f", met kenmerk {s.kenmerk}" if s.kenmerk else ""
        if s.is_digitaal:
            yield Alinea(f"Het kwam van: {s.van_wie}{kenmerk}.")
        else:
            yield Alinea(f"Een medewerker van Veilig Thuis schreef het op{kenmerk}.")
    if s.incident_op and not (melding and melding.incident_op == s.incident_op):
        yield Alinea(f"In het bericht staat dat het gebeurde op {dagen.voluit(s.incident_op)}.")
    if melding and melding.situatie == s.tekst:
        yield Alinea("De tekst van het bericht staat bij de melding.")
    else:
        yield from _citaat(s.tekst)
    if s.aanleiding:
        yield Alinea(f"Aanleiding, zoals in het bericht stond: {s.aanleiding}.")
    for naam, waarde in s.feiten:
        yield Alinea(f"{naam}, zoals in het bericht stond: {waarde}.")


@regel("PRO-2")
@vertelt(
    "melding.meldcode",
    titel="Wat de professional deed voor de melding",
    velden=("signaal", "meldcodestappen", "afwegingskader", "weging", "gesprek_gevoerd", "gesprek_verslag",
            "weet_van_melding", "melden_nodig", "hulp_mogelijk", "besluit_uitleg"),
    bij="signaal",
)  # fmt: skip
def meldcode(m: Meldcode, _lezer: Lezer) -> Iterator[Alinea]:
    """In the words of whoever reported; what was not answered is not told."""
    if m.meldcodestappen:
        yield Alinea("Wie een gezin beroepsmatig meldt, volgt vijf stappen. Deze stappen waren gezet:")
        for zin, gezet in m.stapzinnen:
            if gezet:
                yield Alinea(f"Stap {zin}.")
    for naam, waarde in m.antwoorden:
        yield Alinea(f"{naam}: {waarde.rstrip('.')}.")


@vertelt(
    "melding.aangemeldepersoon",
    titel=lambda p: f"Iemand die in het bericht staat: een {p.get_soort_display()}",
    velden=("signaal", "soort", "voornamen", "voorvoegsel", "achternaam", "geboortedatum", "geboortedatum_opgegeven",
            "geslacht", "rol", "twijfels", "persoon"),
    bij="signaal",
)  # fmt: skip
def aangemeld(p: AangemeldePersoon, lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"In het bericht staat als naam: {p.volle_naam or 'geen naam'}.")
    if p.persoon:
        yield Alinea(f"Veilig Thuis denkt dat dit {lezer.noem(p.persoon)} is.".replace("dit u is", "u dit bent"))
    if p.geboortedatum_opgegeven:
        yield Alinea(f"Als geboortedatum staat er: {p.geboortedatum_opgegeven}.")
    if p.geslacht:
        yield Alinea(f"Als geslacht staat er: {p.geslacht}.")
    if p.rol:
        yield Alinea(f"Over de rol van deze persoon staat er: {p.rol}. Dat is geen oordeel van Veilig Thuis.")
    if p.twijfels:
        yield Alinea("Veilig Thuis keek deze gegevens na, omdat niet alles kon kloppen:")
        for twijfel in p.twijfels:
            yield Alinea(twijfel)


@vertelt(
    "melding.advies",
    titel="Een vraag om advies",
    velden=("stap", "stand", "adviesvrager_naam", "adviesvrager_functie", "adviesvrager_organisatie", "fictieve_naam",
            "onderwerp", "advies", "signaal"),
)  # fmt: skip
def advies(a: Advies, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"Iemand vroeg Veilig Thuis om advies op {dagen.voluit(a.stap.begonnen_op)}.")
    if a.adviesvrager_naam:
        yield Alinea(f"De naam van wie om advies vroeg is {a.adviesvrager_naam}.")
    if a.adviesvrager_functie:
        yield Alinea(f"Functie: {_code('functie_melder', a.adviesvrager_functie)}.")
    if a.adviesvrager_organisatie:
        yield Alinea(f"Organisatie: {_code('organisatie_melder', a.adviesvrager_organisatie)}.")
    if a.fictieve_naam:
        yield Alinea(f"Veilig Thuis noemde dit advies: {a.fictieve_naam}. Dat is een verzonnen naam.")
    if a.onderwerp:
        yield Alinea("Dit was de vraag:")
        yield from _citaat(a.onderwerp)
    if a.advies:
        yield Alinea("Dit was het advies:")
        yield from _citaat(a.advies)


@vertelt(
    "melding.toestemming",
    titel="Toestemming om namen op te schrijven",
    velden=("advies", "gegeven_door", "gegeven_op", "waarvoor", "door"),
)
def toestemming(stuk: Toestemming, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"{stuk.gegeven_door} gaf toestemming op {dagen.voluit(stuk.gegeven_op)}.")
    yield Alinea(f"De toestemming is hiervoor: {stuk.waarvoor}")


@vertelt(
    "melding.adviesafspraak",
    titel="Een afspraak voor een gesprek",
    velden=("advies", "gesprek_op", "waar", "client_erbij", "geweest_op", "vervallen_op"),
)
def adviesafspraak(stuk: Adviesafspraak, _lezer: Lezer) -> Iterator[Alinea]:
    plek = f" Waar: {stuk.waar}." if stuk.waar else ""
    yield Alinea(f"Er was een afspraak voor een gesprek op {dagen.voluit(stuk.gesprek_op)}.{plek}")
    if stuk.client_erbij:
        yield Alinea("Degene over wie het gaat, kwam mee.")
    if stuk.vervallen_op:
        yield Alinea("Het gesprek ging niet door.")


@regel("RW-5.1", "RW-5.18a")
def niet_over_de_melder(terugkoppeling: Terugkoppeling) -> Iterator[tuple[str, str]]:
    """An anonymous melder is nobody to anyone else; and what one melder is called is no news for another."""
    for persoon in Melder.objects.filter(casus=terugkoppeling.dossier):
        eigen = terugkoppeling.is_voor_melder and (
            str(persoon) == terugkoppeling.aan or persoon.naam == terugkoppeling.aan
        )
        if eigen or not (persoon.anoniem or terugkoppeling.is_voor_melder):
            continue
        wie = "de anonieme melder" if persoon.anoniem else "een andere melder"
        if len(persoon.naam) > 3:
            yield persoon.naam, f"de naam van {wie}"
        if persoon.email:
            yield persoon.email, f"het mailadres van {wie}"
        if persoon.telefoon:
            yield persoon.telefoon, f"het telefoonnummer van {wie}"


def nummers(casus: Casus) -> Iterator[tuple[int, str, str]]:
    for stap_id, nummer in Melding.objects.filter(stap__casus=casus).values_list("stap_id", "nummer"):
        yield stap_id, "nummer", nummer


def laat_informeren(*, melding: Melding, door: Medewerker, **_: Any) -> None:
    """Whoever a report is about hears of it, within the term of the Wmo."""
    vraag_informeren(melding.stap, melding.nummer, door=door)


def vindplaats(nummer: str) -> Iterator[str]:
    """Where a meldingsnummer leads: to the report, or to the signal that still waits."""
    melding = Melding.objects.select_related("stap__casus").filter(nummer=nummer).first()
    if melding is not None:
        yield melding.pad()
    elif signaal := Signaal.objects.filter(nummer=nummer).first():
        yield signaal.pad()
