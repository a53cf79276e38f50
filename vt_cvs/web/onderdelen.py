"""Examples for the gallery of components, and the list of keys. People and cases are invented."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.utils import timezone

from vt_cvs.kern.regels import REGELS, Belemmering
from vt_cvs.web.formulieren import Formulier, GroteKeuzes, Segment
from vt_cvs.web.velden import DatumVeld, MomentVeld, PlatteTekst
from vt_cvs.web.verschil import Botsing, VeldBotsing

MELDINGEN = [
    (messages.SUCCESS, "Contact vastgelegd om 09:14."),
    (messages.WARNING, "Register niet bereikbaar sinds 08:50. Alles gaat door; drie registraties gaan vanzelf alsnog."),
]
TOETSEN = [
    ("Overal", [
        (["Ctrl K"], "zoeken"),
        (["N"], "nieuw: daarna S voor signaal, M voor melding, A voor advies"),
        (["O"], "bovenste van Mijn werk openen"),
        (["Ctrl Enter"], "de hoofdknop van het formulier waar je in bent"),
        (["Esc"], "uit een veld; daarna terug, zonder dat er iets verloren gaat"),
        (["?"], "deze pagina"),
    ]),
    ("In een lijst", [
        (["J", "K"], "regel omlaag, omhoog"),
        (["Enter"], "volgende stap van de regel waar je bent"),
        (["T"], "verzoek om handtekening lezen"),
    ]),
    ("In een casus", [
        (["."], "volgende stap van de casus"),
        (["C"], "contact vastleggen"),
        (["H"], "hoor/wederhoor vastleggen"),
        (["S"], "score vastleggen"),
        (["A"], "afspraak vastleggen"),
        (["V"], "voorwaarde vastleggen"),
        (["!"], "alarmering vastleggen"),
        (["M"], "nieuwe melding in deze casus"),
        (["1", "9"], "tabblad 1 tot en met 9"),
    ]),
    ("Bij bekende personen", [
        (["Alt 0"], "wie gekozen stond, is het niet: nieuwe persoon; nog een keer draait het terug"),
    ]),
    ("In een tekst naast de velden", [
        (["1", "4"], "geselecteerde tekst overnemen in veld 1 tot en met 4"),
    ]),
    ("Bij inzage screenen", [
        (["T"], "tonen"),
        (["L"], "lakken"),
        (["W"], "weglaten"),
    ]),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class VoorbeeldKlok:
    """What `{% klok %}` asks of a clock."""

    stand: str
    tekst: str
    onder: str = ""
    uitleg: str = ""


DICHT, MONITOREN = REGELS["RW-4.8"], REGELS["RAD-3"]


class VeldenForm(Formulier):
    """Each kind of field."""

    merk = "nodig"
    voorgevuld = {"plaats"}
    breedte = {"soort": "b3", "mag": "b3", "rollen": "b6", "akkoord": "b6"}
    straat = forms.CharField(label="Straat")
    plaats = forms.CharField(label="Woonplaats", required=False)
    geboren = DatumVeld(label="Geboortedatum", help_text="dag-maand-jaar", toekomst=False)
    wanneer = MomentVeld(label="Wanneer was het contact?", required=False, help_text="ook ‘gisteren 16:40’ of ‘9:14’")
    gemeente = forms.ChoiceField(label="Gemeente", choices=[("", "Kies een gemeente"), ("z", "Zandwolde")])
    bijlage = forms.FileField(label="Bijlage", required=False)
    soort = forms.ChoiceField(
        label="Soort contact", choices=[("t", "Telefoon"), ("h", "Huisbezoek")], widget=forms.RadioSelect
    )
    mag = forms.ChoiceField(
        label="A1 Direct gevaar voor lichaam of leven",
        required=False,
        choices=[("j", "Ja"), ("n", "Nee")],
        widget=Segment,
    )
    rollen = forms.MultipleChoiceField(
        label="Wie waren erbij?",
        required=False,
        choices=[("m", "moeder"), ("v", "vader"), ("k", "kind"), ("d", "betrokken derde")],
        widget=forms.CheckboxSelectMultiple,
    )
    verslag = PlatteTekst(label="Wat is er besproken?", required=False)
    akkoord = forms.BooleanField(label="Betrokkene heeft het verslag gelezen", required=False)


class OpenbaarForm(Formulier):
    """One large question, as the public form asks it."""

    uitleg_boven = True

    wie = forms.ChoiceField(
        label="Wie bent u?",
        choices=[
            ("zelf", "Ik maak het zelf mee"),
            ("ken", "Ik ken iemand die het meemaakt"),
            ("werk", "Ik meld vanuit mijn werk"),
        ],
        widget=GroteKeuzes(
            uitleg={
                "ken": "bijvoorbeeld als familie, vriend of buur",
                "werk": "bijvoorbeeld school, zorg, kinderopvang of politie",
            }
        ),
        initial="ken",
    )


class SluitForm(Formulier):
    """A step that a hard rule refuses."""

    weigering = "De casus kan nog niet dicht: 3 gegevens ontbreken."
    duur = forms.ChoiceField(label="Duur van het geweld", choices=[("", "Kies een duur")], required=False)
    belemmeringen = [
        Belemmering("Vul de duur van het geweld in.", veld="duur", regel=DICHT),
        Belemmering(
            "Koppel terug aan de melder, of geef de reden van niet.", link="#", link_tekst="Terugkoppeling", regel=DICHT
        ),
        Belemmering(
            "Vul het geslacht van Mees Brouwers in; ‘onbekend’ mag.", link="#", link_tekst="Mees Brouwers", regel=DICHT
        ),
    ]


class AfwijkForm(Formulier):
    """A step that passes with a reason."""

    afwijkvraag = "Waarom hier niet?"
    belemmeringen = [Belemmering("Er zijn nog actuele voorwaarden. Meestal volgt dan Monitoren.", regel=MONITOREN)]


def alles() -> dict[str, Any]:
    """What the gallery shows."""
    vandaag, nu = timezone.localdate(), timezone.now()
    gebonden = VeldenForm({"plaats": "Oosterveen", "geboren": "31-02-2017", "soort": "t"})
    return {
        "klokken": _klokken(),
        "velden_leeg": VeldenForm(initial={"straat": "Lindedijk", "plaats": "Oosterveen"}, prefix="leeg"),
        "velden_fout": gebonden,
        "openbaar": OpenbaarForm(prefix="openbaar"),
        "sluiten": SluitForm(prefix="sluiten"),
        "afwijken": AfwijkForm(),
        "botsing": _botsing(nu),
        "momenten": [nu + timedelta(days=dagen) for dagen in (0, -1, -6, 1, -400)],
        "geboren": date(vandaag.year - 9, 1, 1),
        "tekst": "Moeder belt oma of 112.\nOma heeft een sleutel.\n\nZij woont <b>twee</b> straten verder.",
        "scores": [
            (vandaag - timedelta(days=dagen), score) for dagen, score in [(58, 3), (47, 4), (26, 6), (15, 4), (3, 6)]
        ],
        "meldingsdag": [vandaag - timedelta(days=15)],
        "rijen": _rijen(),
    }


def _klokken() -> list[VoorbeeldKlok]:
    return [
        VoorbeeldKlok("nu", "direct handelen", "acute onveiligheid"),
        VoorbeeldKlok("over", "1 dag te laat", "5 werkdagen: ma 23 nov"),
        VoorbeeldKlok("kort", "vandaag", "5 werkdagen: di 24 nov"),
        VoorbeeldKlok("kort", "nog 2 werkdagen", "5 werkdagen: do 26 nov"),
        VoorbeeldKlok(
            "ruim",
            "nog 9 werkdagen",
            "10 weken: zo 6, dus ma 7 dec",
            "Tien weken vanaf het triagebesluit van zo 27 sep eindigen op zondag 6 december. Dat is geen werkdag, "
            "dus de termijn loopt tot en met maandag 7 december.",
        ),
        VoorbeeldKlok("klaar", "op tijd", "besloten do 19 nov"),
    ]


def _botsing(nu: datetime) -> Botsing:
    basis = "Moeder belt oma of 112 als de spanning oploopt."
    veld = VeldBotsing(
        label="Afspraak",
        basis=basis,
        hun=f"{basis} Oma heeft een sleutel.",
        mijn="Moeder belt oma of 112 als de spanning oploopt, ook overdag.",
    )
    return Botsing(wie="Sanne de Wit", wanneer=nu, velden=[veld])


def _rijen() -> list[dict[str, Any]]:
    """Three rows of a work list, one of each urgency."""
    return [
        {
            "groep": "nu",
            "klasse": "u1",
            "naam": "Van den Heuvel",
            "nummer": "C-207-661-940",
            "waar": "melding · V&V",
            "stap": "Contact opnemen met Chantal",
            "omdat": "omdat haar veiligheidsscore gisteren zakte",
            "veiligheid": "structureel",
            "score": "score 2, was 6",
            "klok": VoorbeeldKlok("ruim", "nog 3 weken", "10 weken: di 15 dec"),
            "contact": "gisteren 16:40",
            "hoe": "telefoon",
        },
        {
            "groep": "",
            "klasse": "u1",
            "naam": "De Boer – Yildiz",
            "nummer": "C-118-502-377",
            "waar": "melding · triage",
            "alarm": True,
            "stap": "Triagebesluit nemen",
            "omdat": "omdat de termijn voorbij is en het jongste kind 2 jaar is",
            "veiligheid": "acuut",
            "score": "laagste score 4 (Elif)",
            "klok": VoorbeeldKlok("over", "1 dag te laat", "5 werkdagen: ma 23 nov"),
            "contact": "wo 18 nov",
            "hoe": "6 dagen geleden",
        },
        {
            "groep": "vandaag",
            "klasse": "u2",
            "naam": "Kowalska – Smit",
            "nummer": "C-566-310-829",
            "waar": "melding · triage",
            "stap": "VHT afmaken",
            "omdat": "omdat vandaag de laatste dag is",
            "veiligheid": "onbekend",
            "score": "score 5 (Lena)",
            "klok": VoorbeeldKlok("kort", "vandaag", "5 werkdagen: di 24 nov"),
            "contact": "gisteren 11:15",
            "hoe": "school",
        },
    ]
