"""Who reports, and how we can reach them without putting anybody in danger."""

from __future__ import annotations

from typing import Any

from melding.formulier.forms.velden import Bladzijdeformulier, Email, Keuze, Regel
from vt_cvs.kern.regels import regel

ZELF, OMGEVING, WERK, POLITIE, ANDERS = "zelf", "omgeving", "werk", "politie", "anders"
BEROEPSMATIG = frozenset({WERK, POLITIE})
WIE = (
    (ZELF, "Ik maak het zelf mee"),
    (OMGEVING, "Ik ken iemand die het meemaakt"),
    (WERK, "Ik meld vanuit mijn werk"),
    (POLITIE, "Ik werk bij de politie"),
    (ANDERS, "Anders"),
)
UITLEG_WIE = {
    ZELF: "Het gaat over mij of over mijn eigen gezin.",
    OMGEVING: "Bijvoorbeeld als familie, vriend of buur.",
    WERK: "Bijvoorbeeld op school, in de zorg of bij de kinderopvang.",
    ANDERS: "Wat u ook bent: u kunt altijd melden.",
}
ORGANISATIES = (
    ("onderwijs", "Een school"),
    ("kinderopvang", "De kinderopvang"),
    ("gezondheidszorg", "De zorg: huisarts, ziekenhuis of andere zorg"),
    ("ggz", "De geestelijke gezondheidszorg"),
    ("jeugdzorg", "De jeugdhulp of jeugdbescherming"),
    ("leerplicht", "Bureau Leerplicht"),
    ("jv-om", "Het Openbaar Ministerie"),
    ("jv-reclassering", "De reclassering"),
    ("anders", "Een andere organisatie"),
)
BANDEN = (
    ("familie", "Ik ben familie"),
    ("netwerk", "Ik ben een vriend of bekende"),
    ("buurt", "Ik woon in de buurt"),
    ("onbekend", "Anders"),
)
GEEN_EMAIL = (("niet_bekend", "Ik heb geen e-mailadres"), ("wil_niet", "Dat wil ik niet"))
ANONIEM = (("nee", "Ja, het gezin mag weten dat ik meld"), ("ja", "Nee, noem mijn naam niet"))


class WieForm(Bladzijdeformulier):
    wie = Keuze(WIE, label="Wie bent u?", uitleg=UITLEG_WIE)


@regel("RW-6.4")
class GegevensForm(Bladzijdeformulier):
    """What is asked differs by who reports; all of it may stay empty."""

    naam = Regel(label="Uw naam", vult_aan="name", max_length=200)
    band = Keuze(BANDEN, label="Hoe kent u het gezin?")
    functie = Regel(label="Uw beroep of functie", vult_aan="organization-title", help_text="Bijvoorbeeld: leerkracht.")
    organisatietype = Keuze(ORGANISATIES, label="Waar werkt u?")
    organisatie = Regel(label="Naam van uw organisatie", vult_aan="organization")
    telefoon = Regel(label="Uw telefoonnummer", vult_aan="tel", max_length=40)
    email = Email(label="Uw e-mailadres", help_text="Dan kunnen wij u laten weten wat wij met uw melding doen.")
    email_reden = Keuze(GEEN_EMAIL, label="Vult u geen e-mailadres in? Waarom niet?")
    bereik = Regel(
        label="Waar moeten wij op letten als wij u bellen of mailen?",
        help_text="Bijvoorbeeld: bel alleen overdag, of: spreek niets in. Leest er iemand mee in uw mail? "
        "Schrijf dat dan hier op.",
    )
    anoniem = Keuze(
        ANONIEM,
        label="Mag het gezin weten wie u bent?",
        help_text="Wij vertellen het gezin meestal dat er een melding is. Zegt u nee? Dan noemen wij uw naam niet. "
        "Soms raadt het gezin toch wie meldde.",
    )

    def __init__(self, *args: Any, wie: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["telefoon"].widget.input_type = "tel"
        for naam in self._niet_voor(wie):
            del self.fields[naam]

    @staticmethod
    def _niet_voor(wie: str) -> set[str]:
        if wie in BEROEPSMATIG:
            weg = {"band", "anoniem"}
            return weg | {"organisatietype"} if wie == POLITIE else weg
        weg = {"functie", "organisatietype", "organisatie"}
        return weg | {"band", "anoniem"} if wie == ZELF else weg
