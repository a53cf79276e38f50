"""Who the person in a row may be. The worker decides; what leaves no doubt stands chosen, and one key undoes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from casus.models import Casus, Persoon
from casus.persoonskeuze import NIEUW, is_ongekozen
from casus.selectors import zichtbare_casussen
from casus.selectors.herken_velen import herken_velen
from casus.selectors.herkennen import Herkenning, die_het_is, op_afstand
from casus.selectors.personen import Zoekvraag, lees_zoekvraag
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.web.formulieren import Formulier

EERST = 3


class HerkendeRij(Formulier):
    """A row with the people it may be about. `keuze` says who it is: “nieuw”, “12”, or “12/33” with their open case.

    `voorstel` is what the page had chosen by itself; as long as nobody chose anything else it follows what is typed.
    """

    keuze = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    voorstel = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    persoon: Persoon | None = None
    casus: Casus | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.herkend: list[Herkenning] = []
        self.gezocht = False
        self.zoeker: Medewerker | None = None
        self.voorgesteld = ""

    def waarde(self, naam: str) -> str:
        return str(self[naam].value() or "").strip()

    @property
    def geboren(self) -> date | None:
        raise NotImplementedError

    @property
    def is_leeg(self) -> bool:
        raise NotImplementedError

    @property
    def telt(self) -> bool:
        raise NotImplementedError

    @property
    def vraag(self) -> Zoekvraag:
        return lees_zoekvraag(
            voornamen=self.waarde("voornamen"),
            achternaam=self.waarde("achternaam"),
            geboortedatum=self.geboren,
            bsn=self.waarde("bsn"),
            postcode=self.waarde("postcode"),
            straat=self.waarde("straat"),
        )

    @property
    def zelf_gekozen(self) -> str:
        """What the worker chose; "" while nothing stands there but what the page proposed."""
        keuze = self.waarde("keuze")
        return "" if is_ongekozen(keuze, self.waarde("voorstel")) else keuze

    @property
    def gekozen(self) -> str:
        """What stands chosen on the page."""
        return self.zelf_gekozen or self.voorgesteld

    @property
    def kiest(self) -> bool:
        """Someone known was chosen in this row."""
        return self.waarde("keuze") not in {"", NIEUW}

    @property
    def verschoven(self) -> bool:
        """It stood chosen by itself, and is no longer who it was: it never goes along unseen."""
        if not self.kiest or self.zelf_gekozen:
            return False
        het = die_het_is(self.herkend)
        return het is None or str(het.persoon_id) != self.waarde("keuze").partition("/")[0]

    @property
    def het_is(self) -> Herkenning | None:
        """Whom the page proposes, for the sentence that says why."""
        return die_het_is(self.herkend) if self.voorgesteld else None

    @property
    def stand(self) -> str:
        """What is known about this person so far, in a few words."""
        if not self.telt:
            return "hoort er niet bij" if not self.is_leeg else ""
        if self.gekozen == NIEUW:
            return "nieuwe persoon"
        if het := self.het_is:
            return f"bekend, {het.waarom}"
        if self.gekozen:
            return "bekend, gekozen"
        if nabij := op_afstand(self.herkend)[0]:
            return f"{len(nabij)} mogelijk bekend"
        if self.herkend:
            return "niemand die erop lijkt"
        return "niet eerder bekend" if self.gezocht else ""

    @property
    def herkend_eerst(self) -> list[Herkenning]:
        return op_afstand(self.herkend, eerst=EERST)[0]

    @property
    def herkend_later(self) -> list[Herkenning]:
        """Less alike: folded away, so that the page stays short while the phone rings."""
        return op_afstand(self.herkend, eerst=EERST)[1]

    @property
    def nabij(self) -> int:
        return len(op_afstand(self.herkend)[0])

    @property
    def later_gekozen(self) -> bool:
        gekozen = self.gekozen.partition("/")[0]
        return any(str(h.persoon_id) == gekozen for h in self.herkend_later)

    @regel("RW-5.10")
    def zoek(self, medewerker: Medewerker, *, binnen: bool = False) -> None:
        """Who this may be, with their cases."""
        zoek_allen([self], medewerker, binnen=binnen)

    def stel_voor(self, *, binnen: bool) -> None:
        """Whoever it is without any doubt stands chosen, in their one open case. Which of several is asked."""
        het = None if self.zelf_gekozen else die_het_is(self.herkend)
        if het is None:
            self.voorgesteld = ""
        elif binnen or not het.open_casussen:
            self.voorgesteld = str(het.persoon_id)
        elif len(het.open_casussen) == 1 and not het.open_casussen[0].afgeschermd:
            self.voorgesteld = f"{het.persoon_id}/{het.open_casussen[0].waarde}"

    def clean_keuze(self) -> str:
        """Only who was recognised here, or is open to this employee. Of someone known in shielded cases only, a report
        can be added blind and nothing else."""
        keuze = self.cleaned_data["keuze"].strip()
        if keuze in {"", NIEUW}:
            return keuze
        if self.verschoven:
            return ""
        persoon, _, casus = keuze.partition("/")
        gevonden = next((h for h in self.herkend if str(h.persoon_id) == persoon), None)
        if gevonden is not None and gevonden.afgeschermd and not casus:
            raise forms.ValidationError(
                "De casus van deze persoon is afgeschermd. Kies “Blind toevoegen”, of “Nieuwe persoon”."
            )
        casussen = {c.waarde for c in gevonden.casussen} if gevonden is not None else self._zichtbaar(persoon)
        if (gevonden is not None or casussen) and (not casus or casus in casussen):
            self.persoon = _bestaand(Persoon, persoon)
            self.casus = _bestaand(Casus, casus) if casus else None
        if self.persoon is None:
            raise forms.ValidationError("Deze persoon of casus is niet gevonden bij wat hier staat. Zoek opnieuw.")
        return keuze

    def _zichtbaar(self, persoon: str) -> set[str]:
        """The cases of someone chosen before the name was typed otherwise, as far as this employee may open them."""
        if self.zoeker is None or _bestaand(Persoon, persoon) is None:
            return set()
        casussen = zichtbare_casussen(self.zoeker).filter(betrokkenen__persoon=int(persoon))
        return {str(pk) for pk in casussen.values_list("pk", flat=True)}


@regel("RW-5.10")
def zoek_allen(rijen: Sequence[HerkendeRij], medewerker: Medewerker, *, binnen: bool = False) -> None:
    """Who the people in these rows may be, with their cases; however many rows, as many statements as for one.

    `binnen`: the page was opened for a case, so nobody's other case is proposed.
    """
    gevuld = [rij for rij in rijen if not rij.is_leeg]
    for rij, herkend in zip(gevuld, herken_velen(medewerker, [rij.vraag for rij in gevuld]), strict=True):
        rij.herkend, rij.gezocht = herkend, True
        rij.stel_voor(binnen=binnen)
    for rij in rijen:
        rij.zoeker = medewerker
    if len({casus for rij in gevuld if (casus := rij.gekozen.partition("/")[2])}) > 1:
        for rij in gevuld:  # a report goes to one case: which of these is for the worker to say
            rij.voorgesteld = "" if "/" in rij.voorgesteld else rij.voorgesteld


def _bestaand(model: Any, sleutel: str) -> Any:
    if not (sleutel.isascii() and sleutel.isdecimal() and len(sleutel) < 18):
        return None
    return model.objects.filter(pk=int(sleutel)).first()
