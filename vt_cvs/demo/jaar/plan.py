"""Who reports what and when: a year drawn from a seed, steered to the published proportions as it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from vt_cvs.demo.gezinnen import Gezin, Lid
from vt_cvs.demo.jaar import verhoudingen as cbs
from vt_cvs.demo.jaar.gietsel import Gietsel, einde_van
from vt_cvs.demo.jaar.mal import Mal
from vt_cvs.demo.jaar.mensen import KINDPLEK, Bezetting, Huis, maak_huis
from vt_cvs.demo.namen import PLAATSEN
from vt_cvs.demo.teksten import BUURT, HUISARTS, ONDERWIJS, POLITIE, Melderssoort, vul
from vt_cvs.demo.triage.stappen import VORMFEIT
from vt_cvs.organisatie.models import Rol

JAAR = timedelta(days=365)
RUST = timedelta(days=5)
TE_LAAT = 0.08
"""How many triagebesluiten come after their term, of those that are decided: assumed."""
DERDE_MELDING = 200
"""One in so many reports is the third about a child within fourteen months, in another household."""
TEKSTEN: dict[str, Melderssoort] = {"jv-politie": POLITIE, "onderwijs": ONDERWIJS, "nvt": BUURT}


@dataclass(slots=True)
class Waarheden:
    """What was put in on purpose, to be found again: by case."""

    derde_melding: list[int] = field(default_factory=list)
    te_laat_besloten: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Draaiboek:
    """Draws the cases one after the other, in the order in which they come in."""

    mallen: Mapping[str, Mal]
    delen: Mapping[str, str]
    kinderen: Mapping[str, int]
    bezetting: Bezetting
    afzender: int
    zaad: int
    nu: datetime
    meldingen: int
    rollen: Mapping[str, str]
    mensen: Mapping[str, str]
    waarheden: Waarheden = field(default_factory=Waarheden)
    geteld: Counter[str] = field(default_factory=Counter)
    vrij: list[Huis] = field(default_factory=list)
    huizen: int = 0
    toeval: Random = field(init=False)

    def __post_init__(self) -> None:
        self.toeval = Random(f"jaar/{self.zaad}")  # noqa: S311 - the same year each time, no secret

    def gietsels(self) -> Iterator[Gietsel]:
        gedaan = 0
        for ontvangen in self._momenten():
            if gedaan >= self.meldingen:
                return
            for gietsel in self._casussen(ontvangen, self.meldingen - gedaan):
                gedaan += gietsel.mal.meldingen
                yield gietsel

    def _momenten(self) -> Iterator[datetime]:
        """Receipts spread over the year, most by day, some at night and in the weekend."""
        begin = self.nu - JAAR
        gemiddeld = 1.41 * JAAR / self.meldingen
        op = begin
        while True:
            op += gemiddeld * self.toeval.uniform(0.2, 1.8) * (1 if op < self.nu - timedelta(days=1) else 0)
            uur = self.toeval.choices((2, 8, 11, 15, 20, 23), (6, 10, 27, 27, 20, 10))[0]
            moment = op.replace(hour=uur, minute=self.toeval.randrange(60), second=self.toeval.randrange(60))
            yield min(moment, self.nu - timedelta(minutes=90)).replace(microsecond=0)

    def _casussen(self, ontvangen: datetime, nog: int) -> Iterator[Gietsel]:
        if nog > 3 and self.toeval.random() < 3 / DERDE_MELDING:
            yield from self._derde_melding(ontvangen)
            return
        deel = self._tekort({d: cbs.EERDER[d] for d in ("tijdens_vb", "na_vb", "tijdens_monitoren")}, nog)
        naam = self._mal(deel, ontvangen)
        yield self._gietsel(naam, ontvangen, self._huis(naam, ontvangen))

    def _tekort(self, soorten: Mapping[str, int], nog: int) -> str:
        """The kind of second report that is most behind, or none when all keep up."""
        totaal, som = sum(cbs.EERDER.values()), self.geteld["meldingen"] + 1
        achter = {d: som * aantal / totaal - self.geteld[d] for d, aantal in soorten.items()}
        deel = max(achter, key=lambda d: achter[d])
        return deel if achter[deel] > 0 and nog > 1 else "eerste"

    def _mal(self, deel: str, ontvangen: datetime) -> str:
        """A story of that kind that can have got this far by now; else the one that can."""
        passend = [n for n, d in self.delen.items() if d == deel and self._past(n, ontvangen)]
        if deel != "eerste" and passend:
            return self.toeval.choice(passend)
        passend = [n for n, d in self.delen.items() if d == "eerste" and self._past(n, ontvangen)]
        afgerond = [n for n in passend if n != "nieuw"]
        if not afgerond:
            return "nieuw"
        route = self.toeval.choices(list(cbs.ROUTE), list(cbs.ROUTE.values()))[0]
        kind = self.geteld["met_kinderen"] < cbs.KINDERMISHANDELING * (self.geteld["meldingen"] + 1)
        keuzen = [n for n in afgerond if self.rollen[n] == route] or afgerond
        return self.toeval.choice([n for n in keuzen if (self.kinderen[n] > 0) == kind] or keuzen)

    def _past(self, naam: str, ontvangen: datetime, traag: int = 0) -> bool:
        return einde_van(self.mallen[naam], ontvangen, traag) < self.nu

    def _huis(self, naam: str, ontvangen: datetime) -> Huis:
        """Known people when those are behind and somebody of that kind can come back; else new ones."""
        kinderen, totaal = self.kinderen[naam], sum(cbs.EERDER.values())
        if self.geteld["hermelding"] < cbs.EERDER["hermelding"] * (self.geteld["meldingen"] + 1) / totaal:
            mogelijk = [
                i
                for i, h in enumerate(self.vrij[:400])
                if h.kinderen == kinderen and h.vrij_vanaf and h.vrij_vanaf + RUST < ontvangen
            ]
            if mogelijk:
                return self.vrij.pop(self.toeval.choice(mogelijk))
        return self._nieuw_huis(kinderen, ontvangen)

    def _nieuw_huis(self, kinderen: int, ontvangen: datetime) -> Huis:
        self.huizen += 1
        return maak_huis(self.toeval, self.huizen, kinderen, ontvangen.date())

    def _derde_melding(self, ontvangen: datetime) -> Iterator[Gietsel]:
        """A child reported twice in one household, and now in that of its father and his new partner."""
        weken = (0, 9, 17)
        if not self._past("einde", ontvangen + timedelta(weeks=weken[-1])):
            naam = self._mal("eerste", ontvangen)
            yield self._gietsel(naam, ontvangen, self._huis(naam, ontvangen))
            return
        huis = self._nieuw_huis(2, ontvangen)
        for week in weken:
            op = ontvangen + timedelta(weeks=week)
            if week == weken[-1]:
                kind = huis.mensen[KINDPLEK]
                eerder = huis.casussen[-1]
                huis = self._nieuw_huis(2, op)
                huis.mensen[KINDPLEK] = kind
                huis.casussen.append(eerder)
            gietsel = self._gietsel("einde", op, huis, terug=False, bekend=week > 0)
            gietsel.derde = week == weken[-1]
            yield gietsel

    def _gietsel(
        self, naam: str, ontvangen: datetime, huis: Huis, *, terug: bool = True, bekend: bool = False
    ) -> Gietsel:
        mal = self.mallen[naam]
        bekend = bekend or bool(huis.casussen)
        traag = self.toeval.choices((0, 1, 2), (6, 3, 1))[0]
        laat = mal.gesloten_op and self.toeval.random() < TE_LAAT and self._past(naam, ontvangen, 10)
        if laat:
            traag = self.toeval.randint(8, 10)
        elif not self._past(naam, ontvangen, traag):
            traag = 0
        team, rollen = self.toeval.choice(self.bezetting.teams)
        gietsel = Gietsel(
            mal=mal,
            huis=huis,
            ontvangen=ontvangen,
            traag=traag,
            team=team,
            wie={},
            melder=self._melder(),
            vormen=self._vormen(huis),
            verhaal="",
            bekend=bekend,
        )
        self._staf(gietsel, rollen)
        gietsel.verhaal = self._verhaal(gietsel)
        self._tel(naam, mal, bekend=bekend)
        if terug and mal.gesloten_op:
            huis.vrij_vanaf = einde_van(mal, ontvangen, traag)
            self.vrij.append(huis)
        return gietsel

    def onthoud(self, gietsel: Gietsel) -> None:
        """Once it has its key: what there is to be found."""
        if gietsel.derde:
            self.waarheden.derde_melding.append(gietsel.casus)
        if gietsel.laat:
            self.waarheden.te_laat_besloten.append(gietsel.casus)

    def _tel(self, naam: str, mal: Mal, *, bekend: bool) -> None:
        self.geteld["meldingen"] += mal.meldingen
        self.geteld["hermelding" if bekend else "eerste"] += 1
        self.geteld["met_kinderen"] += mal.meldingen * (self.kinderen[naam] > 0)
        if mal.meldingen > 1:
            self.geteld[self.delen[naam]] += 1

    def _staf(self, gietsel: Gietsel, rollen: Mapping[str, list[Any]]) -> None:
        """Everyone of the mould by someone of this team who does the same; two people stay two people."""
        achterkant = self.toeval.sample(rollen[Rol.ACHTERKANT], len(rollen[Rol.ACHTERKANT]))
        voorkant = self.toeval.sample(rollen[Rol.VOORKANT], len(rollen[Rol.VOORKANT]))
        rest = {"achterkant": iter(achterkant), "voorkant": iter(voorkant)}
        gietsel.wie = {oud: next(rest[rol]) if rol in rest else rollen[rol][0] for oud, rol in self.mensen.items()}

    def _melder(self) -> dict[str, str]:
        organisatie = self._uit(cbs.MELDER)
        functie, functienaam, soort = cbs.FUNCTIE.get(organisatie, cbs.ANDERS)
        digitaal = organisatie == "jv-politie"
        return {
            "bron": "afzender" if digitaal else "medewerker",
            "afzender_id": str(self.afzender) if digitaal else r"\N",
            "herkomst": "digitaal aangeleverd" if digitaal else "ingevoerd door een medewerker",
            "kop": "Signaal van Politie Merenland" if digitaal else "Signaal van een medewerker van Veilig Thuis",
            "organisatie": organisatie,
            "melder_organisatie": organisatie,
            "functie": functie,
            "melder_functie": functie,
            "functienaam": functienaam,
            "soort": soort,
            "aanleiding": "politie" if digitaal else "zorgen",
            "duur_geweld": self._uit(cbs.DUUR),
            "hulpverlening": self.toeval.choice(("ja", "nee", "onbekend")),
            "naam": "Verbalisant 48213" if digitaal else "" if organisatie == "nvt" else "mevrouw Aalders",
        }

    def _vormen(self, huis: Huis) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
        """The second only where there are children, and then it is kindermishandeling."""
        km = self.toeval.sample(cbs.KM[:4], 2)
        eerste = self._uit(cbs.OVERIG)
        if huis.kinderen and self.toeval.random() < cbs.ZONDER_TWEEDE:
            eerste = km[0]
        eerste = self.toeval.choice(cbs.PG) if eerste == "pg" else eerste
        return self._vorm(eerste, huis), self._vorm(km[1], huis)

    def _vorm(self, code: str, huis: Huis) -> tuple[str, str, str]:
        tekst = VORMFEIT.get(code, "{eerste} en {ander} vertellen dat het thuis vaak misgaat.")
        namen = {"eerste": huis.mensen[0].voornaam, "ander": huis.mensen[1].voornaam}
        namen["kind"] = huis.mensen[KINDPLEK].voornaam if huis.kinderen else namen["eerste"]
        return code, cbs.NAMEN[code], tekst.format(**namen)

    def _verhaal(self, gietsel: Gietsel) -> str:
        """The words of whoever reports, with these people in it; on one line, as COPY wants it."""
        huis = gietsel.huis
        soort = TEKSTEN.get(gietsel.melder["organisatie"], HUISARTS)
        if not huis.kinderen and soort is not POLITIE:
            soort = BUURT
        plaats = next(p for p in PLAATSEN if p.naam == huis.plaats)
        leden = tuple(
            Lid(m.voornaam, "", m.achternaam, "V" if i % 2 == 0 else "M", m.geboren, "", kind=i > 1)
            for i, m in enumerate(huis.mensen)
        )
        gezin = Gezin(leden, huis.straat, replace(plaats), huis.postcode)
        tekst = vul(self.toeval.choice(soort.teksten), self.toeval, gezin, timezone.make_aware(gietsel.ontvangen))
        return tekst.replace("\\", "\\\\").replace("\n", "\\n")

    def _uit(self, verdeling: Mapping[str, int]) -> str:
        return self.toeval.choices(list(verdeling), list(verdeling.values()))[0]
