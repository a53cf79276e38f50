"""A form in which someone is typed who may be known already: who that may be, and the choice (RW-5.10)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casus import rechten
from casus.models import Persoon
from casus.selectors.herkennen import Herkenning, die_het_is, herken, op_afstand
from casus.selectors.personen import Zoekvraag, lees_zoekvraag
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker

NIEUW = "nieuw"
HERKENBAAR = ("voornamen", "achternaam", "geboortedatum", "bsn", "postcode", "straat")

VERSCHOVEN = "Wat hier nu staat, past niet meer bij wie gekozen stond. Kies wie dit is, of “Nieuwe persoon”."


def is_ongekozen(keuze: str, voorstel: str) -> bool:
    """Nobody chose yet: nothing stands there, or only what the page proposed."""
    return keuze in {"", voorstel}


class KiestPersoon(forms.ModelForm):
    """Whoever is surely known is chosen or declined before anything is saved; the choice stands beside the fields."""

    herkend: list[Herkenning]
    persoon: Persoon | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.herkend, self.gezocht = [], False

    @property
    def keuze(self) -> str:
        return str(self.data.get("keuze", "")).strip()

    @property
    def voorstel(self) -> str:
        """What the page had chosen beforehand."""
        return str(self.data.get("voorstel", "")).strip()

    @property
    def voorgesteld(self) -> str:
        """Who stands chosen beforehand: whoever it is without any doubt, until somebody chooses."""
        het = die_het_is(self.herkend) if self.mag_kiezen else None
        return str(het.persoon_id) if het and is_ongekozen(self.keuze, self.voorstel) else ""

    @property
    def gekozen(self) -> str:
        return self.voorgesteld if is_ongekozen(self.keuze, self.voorstel) else self.keuze

    @property
    def nabij(self) -> list[Herkenning]:
        return op_afstand(self.herkend)[0]

    @property
    def verder(self) -> list[Herkenning]:
        """Hardly alike: folded away."""
        return op_afstand(self.herkend)[1]

    @property
    def verder_gekozen(self) -> bool:
        return any(str(h.persoon_id) == self.gekozen for h in self.verder)

    @property
    def mag_kiezen(self) -> bool:
        """Someone known takes the place of what was typed; who is in the case already stays who they are."""
        return self.instance.pk is None

    @property
    def zeker_bekend(self) -> bool:
        return any(h.zeker for h in self.herkend)

    @regel("RW-5.10")
    def zoek(self, medewerker: Medewerker) -> None:
        """Others than the person in this form; only when something was typed by which one is recognised."""
        anders = set(HERKENBAAR) & set(self.fields) & set(self.changed_data)
        if not anders or not rechten.mag_herkennen(medewerker, None):
            return
        gevonden = herken(medewerker, **{naam: self._getypt(naam) for naam in HERKENBAAR if naam in self.fields})
        self.herkend = [h for h in gevonden if h.persoon_id != self.instance.pk]
        self.gezocht = True

    @property
    def vraag(self) -> Zoekvraag:
        return lees_zoekvraag(**{naam: self._getypt(naam) for naam in HERKENBAAR if naam in self.fields})

    def _getypt(self, naam: str) -> Any:
        veld = self.fields[naam]
        leeg = None if isinstance(veld, forms.DateField) else ""
        try:
            return veld.clean(veld.widget.value_from_datadict(self.data, self.files, self.add_prefix(naam))) or leeg
        except ValidationError:
            return leeg

    def clean(self) -> Any:
        schoon = super().clean()
        verschoven = bool(self.keuze) and self.keuze == self.voorstel != self.voorgesteld
        if verschoven:
            self.add_error(None, VERSCHOVEN)
        if verschoven or not self.herkend:
            return schoon
        gekozen = next((h for h in self.herkend if str(h.persoon_id) == self.keuze), None)
        zeker = next((h for h in self.herkend if h.zeker), None)
        if gekozen and not gekozen.afgeschermd and self.mag_kiezen:
            self.persoon = Persoon.objects.filter(pk=gekozen.persoon_id).first()
        elif zeker and self.keuze != NIEUW:
            self.add_error(None, vraag_wie(zeker) if self.mag_kiezen else vraag_of_anders(zeker))
        return schoon


def vraag_wie(zeker: Herkenning) -> str:
    """What is asked before someone is put in twice."""
    if zeker.afgeschermd:
        wie = zeker.casussen[0].bellen if zeker.casussen else "de teamleider"
        return f"Deze persoon is bekend in een afgeschermde casus. Bel {wie}, of kies “Nieuwe persoon”."
    return f"{zeker.naam} is bekend ({zeker.waarom}). Kies wie dit is, of “Nieuwe persoon”."


def vraag_of_anders(zeker: Herkenning) -> str:
    """What is asked when a change makes someone the same as another."""
    wie = zeker.naam or "Iemand in een afgeschermde casus"
    reden = zeker.waarom or "BSN of naam en datum gelijk"
    return f"{wie} is ook bekend ({reden}). Is het iemand anders, kies dan “Iemand anders, bewaar zo”."
