"""The VHT as one form: every row with the version it was read at. It never refuses an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from casus.models import Betrokkene
from triage.forms.rijen import Botsing, Feitrij, Scorerij, Veld, Vormrij, Vraagrij
from triage.instrument import Criterium, Deelconclusie
from triage.models import VHT, Antwoord, Geweldsvorm
from triage.selectors import Bekende
from triage.services.invullen import Invoer, Invulling
from vt_cvs.kern.dossier import VerouderdeVersie
from vt_cvs.organisatie.selectors import keuzes, labels
from vt_cvs.web.formulieren import Formulier, Segment
from vt_cvs.web.velden import PlatteTekst

JA_NEE = {"ja": True, "nee": False, "": None}
GETAL = {
    "invalid": "Een score is een heel getal van 0 tot en met 10.",
    "min_value": "Een score is 0 tot en met 10.",
    "max_value": "Een score is 0 tot en met 10.",
}


class VHTForm(Formulier):
    """All questions, forms of violence and facts; or one row (`alleen`)."""

    weigering = "De eindconclusie kan nog niet worden vastgesteld."
    wat_wel_kan = "alles wat je hebt ingevuld is bewaard. Aanvullen en een acuut triagebesluit kunnen altijd."
    afwijkvraag = "Waarom stel je de eindconclusie nu al vast?"

    def __init__(
        self,
        data: Any = None,
        *,
        vht: VHT,
        alleen: str = "",
        alleen_lezen: bool = False,
        scores: Sequence[Bekende] = (),
    ) -> None:
        self.vht, self.heel, self.bekenden = vht, not alleen, [] if alleen_lezen else scores
        self.antwoorden = {a.vraag: a for a in vht.antwoorden.all() if alleen in {"", a.vraag}}
        self.vormen = [v for v in vht.vormen.all() if alleen in {"", f"vorm-{v.pk}"}]
        self.feiten = [f for f in vht.feiten.all() if alleen in {"", f"feit-{f.pk}"}]
        self.botsingen: dict[str, Botsing] = {}
        self._vormen = keuzes("geweldsvorm", leeg="Kies een vorm")
        super().__init__(data)
        for code, antwoord in self.antwoorden.items():
            self._vraag(code, antwoord)
        for vorm in self.vormen:
            self._vorm(f"vorm-{vorm.pk}", vorm, nieuw_feit=self.heel and not alleen_lezen)
        for feit in self.feiten:
            self._feit_en_bron(f"feit-{feit.pk}", feit)
        if self.heel and not alleen_lezen:
            self._vorm("nieuw", None, nieuw_feit=True)
        self._scores()
        for veld in self.fields.values():
            veld.required, veld.disabled = False, alleen_lezen

    # --- the fields ---------------------------------------------------------------------------------------------

    def _vraag(self, code: str, antwoord: Antwoord) -> None:
        waarde = forms.ChoiceField(label=code, choices=[("ja", "Ja"), ("nee", "Nee")], widget=Segment)
        waarde.initial = {True: "ja", False: "nee", None: ""}[antwoord.waarde]
        self.fields[f"{code}-waarde"] = waarde
        self._feit_en_bron(code, antwoord, f" bij {code}")

    def _vorm(self, naam: str, rij: Geweldsvorm | None, *, nieuw_feit: bool) -> None:
        keuze = forms.ChoiceField(label="Vorm", choices=self._vormkeuzes(rij.vorm if rij else ""))
        keuze.initial = rij.vorm if rij else ""
        self.fields[f"{naam}-vorm"] = keuze
        if nieuw_feit:
            self._feit_en_bron(naam, None)
        if rij is not None:
            self._versie(naam, rij)

    def _feit_en_bron(self, naam: str, rij: Any, bij: str = "") -> None:
        feit = PlatteTekst(label=f"Feit{bij}", rijen=1, initial=rij.feit if rij else "")
        bron = forms.CharField(label=f"Bron{bij}", max_length=200, initial=rij.bron if rij else "")
        self.fields |= {f"{naam}-feit": feit, f"{naam}-bron": bron}
        if rij is not None:
            self._versie(naam, rij)

    def _versie(self, naam: str, rij: Any) -> None:
        self.fields[f"{naam}-versie"] = forms.IntegerField(widget=forms.HiddenInput, initial=rij.versie)

    def _vormkeuzes(self, huidig: str) -> list[tuple[str, str]]:
        if not huidig or huidig in dict(self._vormen):
            return self._vormen
        return [*self._vormen, (huidig, labels("geweldsvorm").get(huidig, huidig))]

    def _scores(self) -> None:
        for wie in self.bekenden:
            veld = forms.IntegerField(
                label=f"Score van {wie.naam}, 0 tot 10", min_value=0, max_value=10, error_messages=GETAL
            )
            self.fields[f"score-{wie.betrokkene.pk}"] = veld
        if self.bekenden:
            self.fields["score-herkomst"] = forms.CharField(label="Van wie komen de scores?", max_length=80)

    # --- what was sent ------------------------------------------------------------------------------------------

    @property
    def invulling(self) -> Invulling:
        """Only rows of which something was sent; a page that lacks a row says nothing about it."""
        data = self.cleaned_data
        wis = self.data.get("wis", "")
        gestuurd = [code for code in self.antwoorden if f"{code}-versie" in self.data]
        vormen = [v for v in self.vormen if f"vorm-{v.pk}-versie" in self.data]
        return Invulling(
            antwoorden=[
                self._invoer(code, waarde=None if code == wis else JA_NEE[data[f"{code}-waarde"]]) for code in gestuurd
            ],
            vormen=[
                Invoer(f"vorm-{v.pk}", data[f"vorm-{v.pk}-versie"], {"vorm": data[f"vorm-{v.pk}-vorm"] or v.vorm})
                for v in vormen
            ],
            feiten=[self._invoer(f"feit-{f.pk}") for f in self.feiten if f"feit-{f.pk}-versie" in self.data],
            nieuwe_feiten=[nieuw for v in vormen if any((nieuw := self._invoer(f"vorm-{v.pk}")).velden.values())],
            nieuwe_vorm=self._nieuwe_vorm(),
        )

    def _invoer(self, rij: str, **velden: Any) -> Invoer:
        data = self.cleaned_data
        feit_en_bron = {"feit": data.get(f"{rij}-feit", ""), "bron": data.get(f"{rij}-bron", "")}
        return Invoer(rij, data[f"{rij}-versie"], velden | feit_en_bron)

    def _nieuwe_vorm(self) -> dict[str, str] | None:
        """A fact without a form is kept under “onbekend”, not refused."""
        nieuw = {naam: self.cleaned_data.get(f"nieuw-{naam}", "") for naam in ("vorm", "feit", "bron")}
        return nieuw | {"vorm": nieuw["vorm"] or "onbekend"} if any(nieuw.values()) else None

    @property
    def nieuwe_scores(self) -> list[tuple[Betrokkene, int]]:
        gevraagd = ((wie.betrokkene, self.cleaned_data.get(f"score-{wie.betrokkene.pk}")) for wie in self.bekenden)
        return [(wie, score) for wie, score in gevraagd if score is not None]

    def toon_botsingen(self, botsingen: dict[str, VerouderdeVersie]) -> None:
        """Keep what was typed, show what the other wrote, and let the next save know of it."""
        self.data = self.data.copy()
        for rij, botsing in botsingen.items():
            self.botsingen[rij] = Botsing.van(botsing.nu)
            self.data[f"{rij}-versie"] = str(botsing.nu.versie)

    def na_bewaren(self, vht: VHT) -> VHTForm:
        """The page after its rows were saved and its button was refused: what is in the file now, so that a new fact
        is not sent twice. Only what collided still shows what was typed."""
        leeg = VHTForm(vht=vht, scores=self.bekenden)
        data = self.data.copy()
        for naam, veld in leeg.fields.items():
            if naam.rpartition("-")[0] not in self.botsingen:
                data[naam] = "" if veld.initial is None else str(veld.initial)
        vers = VHTForm(data, vht=vht, scores=self.bekenden)
        vers.botsingen, vers.belemmeringen, vers.weigering = self.botsingen, self.belemmeringen, self.weigering
        vers.full_clean()
        return vers

    # --- how it is laid out -------------------------------------------------------------------------------------

    def onderdelen(self) -> Iterator[tuple[Deelconclusie, list[Vraagrij]]]:
        for deel in self.vht.conclusie.delen:
            yield deel, [self._vraagrij(vraag) for vraag in deel.onderdeel.vragen if vraag.code in self.antwoorden]

    def _veld(self, naam: str) -> Veld:
        veld = self[naam]
        waarde = veld.value()
        return Veld(
            naam=naam,
            id=f"id_{naam}",
            label=str(veld.field.label),
            waarde="" if waarde is None else waarde,
            fouten=[str(fout) for fout in self.errors.get(naam, ())] if self.is_bound else [],
            keuzes=getattr(veld.field, "choices", ()),
        )

    def _vraagrij(self, vraag: Criterium) -> Vraagrij:
        code = vraag.code
        waarde, feit, bron = (self._veld(f"{code}-{naam}") for naam in ("waarde", "feit", "bron"))
        return Vraagrij(vraag, self.antwoorden[code], waarde, feit, bron, self.botsingen.get(code))

    def vormrijen(self) -> Iterator[Vormrij]:
        eigen = {feit.pk for feit in self.feiten}
        for vorm, feiten in self.vht.vormen_met_feiten:
            naam = f"vorm-{vorm.pk}"
            if f"{naam}-vorm" not in self.fields:
                continue
            rijen = [self._feitrij(feit) for feit in feiten if feit.pk in eigen]
            nieuw = [self._veld(f"{naam}-{veld}") for veld in ("feit", "bron") if f"{naam}-{veld}" in self.fields]
            yield Vormrij(vorm, self._veld(f"{naam}-vorm"), rijen, nieuw, self.botsingen.get(naam))

    def _feitrij(self, feit: Any) -> Feitrij:
        naam = f"feit-{feit.pk}"
        return Feitrij(feit, self._veld(f"{naam}-feit"), self._veld(f"{naam}-bron"), self.botsingen.get(naam))

    def nieuwe_vorm(self) -> list[Veld]:
        return [self._veld(f"nieuw-{naam}") for naam in ("vorm", "feit", "bron")] if "nieuw-vorm" in self.fields else []

    def scorerijen(self) -> Iterator[Scorerij]:
        for wie in self.bekenden:
            yield Scorerij(wie, self._veld(f"score-{wie.betrokkene.pk}"))

    def score_herkomst(self) -> Veld:
        return self._veld("score-herkomst")

    def rijen(self) -> Iterator[tuple[str, Botsing | None]]:
        """Each row of this form with what another person wrote in it meanwhile."""
        vormen, feiten = (f"vorm-{v.pk}" for v in self.vormen), (f"feit-{f.pk}" for f in self.feiten)
        for naam in (*self.antwoorden, *vormen, *feiten):
            yield naam, self.botsingen.get(naam)

    @property
    def redenen(self) -> list[str]:
        """Why this was not saved, in sentences."""
        fouten = [str(fout) for lijst in self.errors.values() for fout in lijst]
        return (
            fouten + [b.uitleg for b in self.belemmeringen] + (["een collega was je voor."] if self.botsingen else [])
        )

    def hidden_fields(self) -> list[BoundField]:
        """Only what is wrong with them is told above the form; the versions themselves stand in `versies`."""
        return [veld for veld in super().hidden_fields() if self.is_bound and veld.errors]

    def versies(self) -> Iterator[Veld]:
        """The hidden versions: dozens, so written out, and replaced one by one when an answer saves itself."""
        return (self._veld(naam) for naam in self.fields if naam.endswith("-versie"))
