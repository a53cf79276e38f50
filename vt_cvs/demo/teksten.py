"""What people write: reports, conversations and reasons, with the names of the household in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.utils import timezone

from vt_cvs.demo.gezinnen import Gezin
from vt_cvs.demo.namen import SCHOLEN


@dataclass(frozen=True, slots=True)
class Melderssoort:
    """Who reports: the codes by which it is counted, how they sign and what they report."""

    functie: str
    organisatie: str
    soort: str
    wie: tuple[str, ...]
    aanleiding: str
    teksten: tuple[str, ...]


POLITIE = Melderssoort(
    "politieagent",
    "jv-politie",
    "politie",
    ("Verbalisant 48213", "Verbalisant 50177", "Verbalisant 46920"),
    "politie",
    (
        "Op {dag} omstreeks {tijd} uur kregen wij de melding te gaan naar {adres}. Buren hoorden geschreeuw "
        "en gebonk. {eerste} deed open, zichtbaar overstuur. {eerste} verklaarde dat het al maanden misgaat "
        "en dat {ander} die avond met spullen gooide. {kinderen_zin}\n\n"
        "{ander} verklaarde dat het ‘gewoon een ruzie’ was. Wij zagen een kapotte deur in de gang. {eerste} wil geen "
        "aangifte doen. Na overleg met de hulpofficier is {ander} elders gaan slapen.",
        "Op {dag} omstreeks {tijd} uur meldde {eerste} zich aan het bureau. {eerste} had een schaafwond aan de arm "
        "en verklaarde door {ander} tegen een kast te zijn geduwd. Het zou niet de eerste keer zijn. {kinderen_zin}\n\n"
        "{eerste} maakte een angstige indruk en keek steeds op de telefoon. Wij hebben het adres {adres} bezocht; "
        "{ander} was daar niet. Er zijn geen wapens gezien.",
    ),
)
ONDERWIJS = Melderssoort(
    "onderwijs",
    "onderwijs",
    "professional",
    ("Intern begeleider van {school}", "Leerkracht van {school}"),
    "zorgen",
    (
        "{kind} komt sinds de herfst vaak zonder eten op school en was de afgelopen maand zes keer afwezig. {kind} "
        "vertelde in de kring dat het thuis ‘altijd donker’ is en dat {eerste} veel in bed ligt. Wij spraken {eerste} "
        "twee keer; de derde afspraak is afgezegd. Wij maken ons zorgen en hebben dat met {eerste} besproken.",
        "{kind} schrikt als er hard wordt gepraat en wil na schooltijd niet naar huis. Vorige week zei {kind} dat "
        "{ander} ‘met borden gooit’ en dat {kind} dan onder het bed gaat liggen. {eerste} herkent dat er spanningen "
        "zijn, maar wil er niet verder over praten. De schoolarts is op de hoogte.",
    ),
)
HUISARTS = Melderssoort(
    "medisch",
    "gezondheidszorg",
    "professional",
    ("Huisarts van praktijk Veenkade", "Arts spoedpost Rietmeer", "Jeugdarts GGD Merenland"),
    "zorgen",
    (
        "{eerste} kwam op {dag} op het spreekuur met hoofdpijn en slaapproblemen. Daarbij zag ik verkleuringen op "
        "beide bovenarmen, van verschillende leeftijd. {eerste} vertelde dat {ander} bepaalt wie er op bezoek komt en "
        "het geld beheert. {eerste} is bang voor wat er gebeurt als {ander} hoort van deze melding.",
        "Op {dag} zag ik {eerste} op de spoedpost. De verklaring voor het letsel past niet bij wat ik zag. {eerste} "
        "zei daarna dat {ander} had geslagen en dat het drinken de laatste tijd erger is. {kinderen_zin}",
    ),
)
OUDERENZORG = Melderssoort(
    "verpleegkundige",
    "gezondheidszorg",
    "professional",
    ("Wijkverpleegkundige van Thuiszorg De Linde",),
    "zorgen",
    (
        "Wij komen drie keer per week bij {eerste}. Sinds de zomer zien wij dat {eerste} is afgevallen en dat er geen "
        "eten in huis is. {ander} heeft de bankpas en zegt ‘dat het allemaal goed geregeld is’. {eerste} werd stil "
        "zodra {ander} binnenkwam. Op {dag} vond ik {eerste} onderkoeld in bed.",
    ),
)
BUURT = Melderssoort(
    "buurt",
    "nvt",
    "burger",
    ("Buurtbewoner",),
    "zorgen",
    (
        "Ik woon naast dit gezin aan de {adres}. Bijna elke avond hoor ik geschreeuw en gehuil. Op {dag} hoorde ik een "
        "harde klap en daarna was het stil. {kinderen_zin} Ik wil niet dat zij weten dat ik bel.",
    ),
)
KINDERZIN = ("Volgens {eerste} zat {kind} op dat moment op de trap.", "{kind} was boven en heeft het gehoord.")
GESPREK = (
    "Gesproken over wat er is gebeurd en wat nodig is om thuis veilig te zijn. {eerste} vertelt dat het rustiger is, "
    "maar slaapt slecht. Afgesproken dat wij volgende week weer bellen.",
    "{eerste} schrikt van de melding en herkent een deel ervan. Wil hulp, maar niet dat {ander} het hoort voordat "
    "er met {ander} is gesproken. Er is iemand in de familie bij wie {eerste} terechtkan.",
    "{eerste} vertelt dat {ander} sinds de melding ergens anders slaapt. De kinderen vragen naar {ander}. Gezamenlijk "
    "gekeken wie er in het netwerk kan meedenken.",
)
REACTIE = (
    "{ander} vindt dat de melding het groter maakt dan het is en noemt het ‘duwen over en weer’. Wil dat dit erbij "
    "staat. Staat open voor een gesprek over drinken.",
    "{ander} was eerst boos en daarna verdrietig. Zegt dat er veel spanning is door geldzorgen. Gaat akkoord met de "
    "afspraken, behalve die over het weekend.",
)
PROFESSIONAL = (
    "Ziet de kinderen elke week. Vindt dat zij stiller zijn dan vorig jaar, maar nu haalt meestal iemand hen op tijd.",
    "Heeft het gezin een jaar begeleid en is gestopt omdat afspraken werden afgezegd. Wil opnieuw beginnen.",
)
VOORWAARDEN = (
    "{ander} slaapt elders en komt niet onaangekondigd langs.",
    "Bij oplopende spanning belt {eerste} iemand uit het netwerk of 112.",
    "De kinderen gaan van de een naar de ander in het bijzijn van oma.",
    "{ander} drinkt niet als de kinderen er zijn.",
    "De wijkverpleging kan elke werkdag naar binnen.",
)
AFSPRAKEN = (
    "{eerste} en {ander} bespreken geld alleen met de hulpverlener erbij.",
    "Oma haalt de kinderen op maandag en donderdag van school.",
    "Wie merkt dat het oploopt, gaat een half uur naar buiten.",
)
ALARMEN = (
    ("Jachtgeweer in de woning.", "Ga niet alleen op huisbezoek; bel vooraf de wijkagent."),
    ("Eerder agressief tegen hulpverleners.", "Spreek af op kantoor, of ga met twee mensen."),
    ("Grote hond die naar vreemden bijt.", "Bel vooraf, zodat de hond in de tuin is."),
)
REDENEN = {
    "bij_vt": "De veiligheid is niet op orde en het gezin kan dat nu niet zonder ons. Eerst veiligheid, daarna hulp.",
    "overdracht": "Het wijkteam kent het gezin en kan deze week beginnen. Er is genoeg veiligheid om over te dragen.",
    "maatwerk": "In deze regio is hiervoor een eigen aanpak, die past bij wat dit gezin vraagt.",
    "einde": "Er is geen onveiligheid gezien en het gezin heeft al de hulp die het nodig heeft.",
}


def vul(tekst: str, toeval: Random, gezin: Gezin, op: datetime) -> str:
    """The text with the people of this household in it."""
    volwassenen = gezin.volwassenen
    eerste = volwassenen[0].voornamen
    ander = volwassenen[1].voornamen if len(volwassenen) > 1 else "de andere ouder"
    kind = gezin.kinderen[0].voornamen if gezin.kinderen else ""
    plaatselijk = timezone.localtime(op)
    woorden = {
        "eerste": eerste,
        "ander": ander,
        "kind": kind or eerste,
        "adres": f"{gezin.straat} te {gezin.plaats.naam}",
        "dag": f"{plaatselijk:%d-%m-%Y}",
        "tijd": f"{plaatselijk:%H:%M}",
        "school": f"basisschool {toeval.choice(SCHOLEN)}",
    }
    woorden["kinderen_zin"] = toeval.choice(KINDERZIN).format(**woorden) if kind else "Er zijn geen kinderen in huis."
    return tekst.format(**woorden)


def melder_voor(toeval: Random, gezin: Gezin) -> Melderssoort:
    """Two of three reports come from the police; the others from whoever could see this household."""
    if toeval.random() < 0.6 and len(gezin.volwassenen) > 1:
        return POLITIE
    if not gezin.kinderen and len(gezin.volwassenen) > 1 and gezin.volwassenen[0].geboren.year < 1960:
        return OUDERENZORG
    if not gezin.kinderen:
        return toeval.choice((HUISARTS, BUURT))
    return toeval.choice((ONDERWIJS, ONDERWIJS, HUISARTS, BUURT))
