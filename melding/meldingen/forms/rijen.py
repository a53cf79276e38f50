"""All people of one report together: recognised at once, nobody twice, one case at most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casus.models import Casus
from casus.namen import zoeknaam
from casus.persoonskeuze import VERSCHOVEN, vraag_wie
from melding.formuliervelden import als_begin
from melding.meldingen.forms.herkend import zoek_allen
from melding.meldingen.forms.personen import PersoonForm
from melding.meldingen.services.opvoeren import OpgevoerdePersoon, opvoering_van
from melding.signalen.models import AangemeldePersoon
from vt_cvs.kern.velden import alleen_cijfers
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.web.formulieren import Punt, fouten_van

MEEST = 40
"""More people than this in one report come along as they were written; each is a task, none is lost."""
HERKEN_METEEN = 12


class Personen:
    """All rows of one report. `oordeel` False keeps what was typed without judging it."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        aangemeld: Sequence[AangemeldePersoon] = (),
        oordeel: bool = False,
        erbij: int = 0,
    ) -> None:
        self.oordeel = oordeel
        self.rest = list(aangemeld[MEEST:])
        aangemeld = aangemeld[:MEEST]
        aantal = _aantal(data, len(aangemeld) + (1 if aangemeld else 2)) + erbij
        self.rijen = [
            self._rij(data, f"persoon-{i}", aangemeld[i] if i < len(aangemeld) else None, oordeel)
            for i in range(max(min(aantal, MEEST + 10), len(aangemeld)))
        ]
        for rij in self.rijen:
            rij.bij_bericht = bool(aangemeld)

    @staticmethod
    def _rij(data: Any, prefix: str, aangemeld: AangemeldePersoon | None, oordeel: bool) -> PersoonForm:
        if data is None:
            return PersoonForm(prefix=prefix, aangemeld=aangemeld)
        if oordeel:
            return PersoonForm(data, prefix=prefix, aangemeld=aangemeld)
        begin = als_begin(data, prefix, PersoonForm.base_fields)
        return PersoonForm(prefix=prefix, aangemeld=aangemeld, initial=begin)

    def __iter__(self) -> Iterator[PersoonForm]:
        return iter(self.rijen)

    def __len__(self) -> int:
        return len(self.rijen)

    @property
    def tellend(self) -> list[PersoonForm]:
        return [rij for rij in self.rijen if rij.telt]

    @property
    def lege(self) -> PersoonForm | None:
        return next((rij for rij in self.rijen if rij.is_leeg), None)

    def zoek(self, medewerker: Medewerker, *, binnen: bool = False) -> None:
        """Recognise the first rows at once, the others while typing or on demand; and everyone before it is saved."""
        rijen = [r for i, r in enumerate(self.tellend) if i < HERKEN_METEEN or r.kiest or self.oordeel]
        zoek_allen(rijen, medewerker, binnen=binnen)

    def is_valid(self, *, acuut: bool = False) -> bool:
        """Each row readable, one case at most; whoever is surely known is chosen or declined, unless it is acute."""
        goed = [rij.is_valid() for rij in self.tellend]
        for rij in self.tellend:
            zeker = next((h for h in rij.herkend if h.zeker), None)
            bezwaar = VERSCHOVEN if rij.verschoven else vraag_wie(zeker) if zeker else ""
            if bezwaar and not acuut and not rij.cleaned_data.get("keuze"):
                rij.add_error(None, bezwaar)
                goed.append(False)
        for rij in self._dubbel():
            rij.add_error(None, f"{rij.naam} staat er twee keer. Laat één van de twee leeg, of verbeter wat anders is.")
            goed.append(False)
        if len(self.casussen) > 1:
            nummers = " en ".join("een afgeschermde" if casus.afgeschermd else casus.nummer for casus in self.casussen)
            self.tellend[0].add_error(None, f"Een melding hoort bij één casus. Je koos {nummers}: kies er één.")
            goed.append(False)
        return all(goed)

    def _dubbel(self) -> Iterator[PersoonForm]:
        """Someone known who was chosen above already; or new, with the BSN or name and birth date of a row above."""
        gezien: set[tuple[Any, ...]] = set()
        for rij in self.tellend:
            naam = zoeknaam(rij.waarde("voornamen"), rij.waarde("achternaam"))
            bsn = alleen_cijfers(rij.waarde("bsn"))
            tekens: set[tuple[Any, ...]] = {("bsn", bsn)} if bsn else set()
            tekens |= {("naam", naam, rij.geboren)} if naam and rij.geboren else set()
            zelfde = {("persoon", rij.persoon.pk)} if rij.persoon else tekens
            if not zelfde.isdisjoint(gezien):
                yield rij
            gezien |= tekens | zelfde

    @property
    def casussen(self) -> list[Casus]:
        """The open cases chosen in the rows; a melding goes to one."""
        return list({rij.casus.pk: rij.casus for rij in self.tellend if rij.casus}.values())

    @property
    def opgevoerd(self) -> list[OpgevoerdePersoon]:
        return [*(rij.opgevoerd for rij in self.tellend), *(opvoering_van(persoon) for persoon in self.rest)]

    @property
    def fouten(self) -> list[Punt]:
        gevonden: list[Punt] = []
        for rij in self.tellend:
            if rij.is_bound:
                for punt in fouten_van(rij):
                    href = punt.href or f"#{rij.prefix}"
                    gevonden.append(Punt(punt.uitleg, href, punt.link_tekst or rij.naam or "Persoon"))
        return gevonden


def _aantal(data: Mapping[str, Any] | None, standaard: int) -> int:
    waarde = str(data.get("aantal", "")) if data is not None else ""
    return int(waarde) if waarde.isascii() and waarde.isdecimal() and len(waarde) < 4 else standaard
