"""How triage reads for the client, in plain Dutch; registered when the app starts."""

from __future__ import annotations

from collections.abc import Iterator

from casus.dossier import Alinea, Lezer, vertelt
from casus.models import Casus
from triage.instrument import Criterium
from triage.models import (
    VHT,
    Antwoord,
    Besluitaantekening,
    Bevestiging,
    Deelnemer,
    Feit,
    Geweldsvorm,
    Triagebesluit,
    VHTVersie,
)
from vt_cvs.kern.regels import regel
from vt_cvs.kern.vragen import Vraag
from vt_cvs.web import dagen

telt_mee: Vraag[str] = Vraag("wat bij het triagebesluit meetelt")
"""Asked with a Casus: sentences about what already goes on in it, for whoever decides on a next report."""


def uitkomsten(casus: Casus) -> Iterator[tuple[int, str, str]]:
    """What was decided on each report, for the letters about it."""
    genomen = Triagebesluit.objects.filter(vht__melding__stap__casus=casus, genomen_op__isnull=False)
    for stap_id, uitkomst in genomen.values_list("vht__melding__stap_id", "uitkomst"):
        yield stap_id, "uitkomst", uitkomst


IN_GEWONE_TAAL = {
    "acuut": "Veilig Thuis vindt dat het nu niet veilig is. Er is direct gevaar",
    "structureel": "Veilig Thuis vindt dat het al langer niet veilig is. Het gebeurt vaker",
    "multiproblematisch": "Veilig Thuis ziet veel problemen tegelijk. Dat maakt het leven in dit gezin zwaar",
    "geen": "Veilig Thuis zag op dat moment geen onveiligheid",
    "onbekend": "Veilig Thuis kon nog niet alles beoordelen",
}
BESLUIT_IN_GEWONE_TAAL = {
    "bij_vt": "Veilig Thuis gaat zelf verder met deze melding",
    "overdracht": "Veilig Thuis vraagt een andere organisatie om te helpen",
    "maatwerk": "Veilig Thuis zet hulp in die in deze regio is afgesproken",
    "einde": "Veilig Thuis doet niets meer met deze melding",
}


ONDERBOUWING = ("feit", "bron", "vastgelegd_op", "uit", "uit_melding", "uit_contact")


def registreer() -> None:
    """Called once at start; importing this module has registered the sentences."""


@regel("RW-3.13")
@vertelt(
    "triage.vht",
    titel="Hoe veilig is het?",
    velden=("melding", "stap", "instrument", "stand", "tussenstand_a", "tussenstand_op", "tussenstand_door",
            "eindconclusie", "criterium_b", "vastgesteld_op", "vastgesteld_door", "aangevuld_op", "uit"),
)  # fmt: skip
def vht(stuk: VHT, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea("Veilig Thuis beantwoordt een lijst met vragen. Zo schat Veilig Thuis in hoe veilig het is.")
    if stuk.tussenstand_a == VHT.Tussenstand.JA and stuk.tussenstand_op:
        yield Alinea(f"Op {dagen.voluit(stuk.tussenstand_op)} leek er direct gevaar te zijn.")
    if stuk.vastgesteld_op:
        yield Alinea(f"{IN_GEWONE_TAAL[stuk.eindconclusie]}. Dat stond vast op {dagen.voluit(stuk.vastgesteld_op)}.")
    else:
        yield Alinea("De lijst is nog niet af.")
    if stuk.criterium_b:
        yield Alinea("Hulp lukte nog niet goed genoeg, of niemand vroeg erom.")
    if stuk.aangevuld_op:
        yield Alinea(f"Veilig Thuis vulde de lijst later aan, op {dagen.voluit(stuk.aangevuld_op)}.")


def _vraag(antwoord: Antwoord) -> Criterium:
    return antwoord.vht.blad.vraag(antwoord.vraag)


@vertelt(
    "triage.antwoord",
    titel=lambda antwoord: _vraag(antwoord).tekst,
    velden=("vht", "vraag", "onderdeel", "criterium_b", "waarde", *ONDERBOUWING),
    bij="vht",
)
def antwoord(stuk: Antwoord, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea("Deze vraag is nog niet beantwoord." if stuk.waarde is None else f"Antwoord: {stuk.ja_of_nee}.")
    if stuk.feit:
        yield Alinea(f"Wat Veilig Thuis hierover weet: {stuk.feit}")
    if stuk.bron:
        yield Alinea(f"Dat weet Veilig Thuis van: {stuk.bron}.")


@vertelt("triage.geweldsvorm", titel="Wat er is gemeld", velden=("vht", "vorm", "uit"), bij="vht")
def geweldsvorm(stuk: Geweldsvorm, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"Er is dit gemeld: {stuk}. Dat is een vermoeden.")


@vertelt(
    "triage.feit",
    titel=lambda feit: f"Waar dit op steunt: {feit.vorm}",
    velden=("vht", "vorm", *ONDERBOUWING),
    bij="vht",
)
def feit(stuk: Feit, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"Wat er is gezien, gehoord of gezegd: {stuk.feit or 'dat staat er nog niet'}")
    if stuk.bron:
        yield Alinea(f"Dat weet Veilig Thuis van: {stuk.bron}.")
    yield Alinea(f"Veilig Thuis schreef dit op: {dagen.voluit(stuk.vastgelegd_op)}.")


@vertelt(
    "triage.vhtversie",
    titel="Een versie van de lijst",
    velden=("vht", "nummer", "soort", "op", "door", "tijdens", "rijen"),
    bij="vht",
)
def vhtversie(stuk: VHTVersie, _lezer: Lezer) -> Iterator[Alinea]:
    wat = {"tussenstand": "keek eerst naar direct gevaar", "eindconclusie": "maakte de lijst af"}
    yield Alinea(f"Veilig Thuis {wat.get(stuk.soort, 'vulde de lijst aan')} op {dagen.voluit(stuk.op)}.")


@vertelt(
    "triage.triagebesluit",
    titel="Wat Veilig Thuis besloot",
    velden=("vht", "stand", "uitkomst", "toelichting", "opsteller", "tweede", "acuut", "voorgelegd_op", "genomen_op"),
)
def triagebesluit(stuk: Triagebesluit, _lezer: Lezer) -> Iterator[Alinea]:
    if stuk.genomen_op is None:
        yield Alinea("Veilig Thuis heeft nog niets besloten over deze melding.")
        return
    tijd = dagen.voluit(stuk.genomen_op)
    yield Alinea(f"{BESLUIT_IN_GEWONE_TAAL[stuk.uitkomst]}. Dat besloot Veilig Thuis op {tijd}.")
    yield Alinea(f"Het besluit heet: {stuk.uitkomst_naam}.")
    if stuk.toelichting:
        yield Alinea(f"De reden: {stuk.toelichting}")
    yield Alinea(f"Twee medewerkers besloten dit samen: {stuk.opsteller} en {stuk.tweede}.")
    if stuk.acuut:
        yield Alinea("Het was dringend. De tweede medewerker tekende daarom later.")


@vertelt("triage.deelnemer", titel="Wie er meebesliste", velden=("besluit", "medewerker"), bij="besluit")
def deelnemer(stuk: Deelnemer, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"{stuk} besliste mee, in een overleg met meer medewerkers.")


@vertelt(
    "triage.bevestiging",
    titel="De tweede medewerker",
    velden=("besluit", "oordeel", "toelichting", "getekend_op", "getekend_door"),
    bij="besluit",
)
def bevestiging(stuk: Bevestiging, _lezer: Lezer) -> Iterator[Alinea]:
    vond = "was het eens met het besluit" if stuk.oordeel == "eens" else "had een vraag of bezwaar"
    yield Alinea(f"{stuk.getekend_door} {vond}. Dat was op {dagen.voluit(stuk.getekend_op)}.")
    if stuk.toelichting:
        yield Alinea(f"Daarbij schreef {stuk.getekend_door}: {stuk.toelichting}")


@vertelt(
    "triage.besluitaantekening",
    titel="Later bij het besluit geschreven",
    velden=("besluit", "aantekening", "gemaakt_op", "gemaakt_door"),
    bij="besluit",
)
def aantekening(stuk: Besluitaantekening, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"{stuk.gemaakt_door} schreef op {dagen.voluit(stuk.gemaakt_op)}: {stuk.aantekening}")
