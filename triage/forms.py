"""Forms of triage. The VHT is one form that never refuses an answer; the decision asks for two names and an outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from triage.instrument import Criterium, Deelconclusie
from triage.models import VHT, Antwoord, Besluitaantekening, Bevestiging, Geweldsvorm, Triagebesluit
from triage.selectors import mogelijke_tekenaars
from triage.services.invullen import Invoer, Invulling
from vt_cvs.kern.dossier import VerouderdeVersie
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.selectors import keuzes, labels
from vt_cvs.web import dagen
from vt_cvs.web.formulieren import Formulier, Segment
from vt_cvs.web.velden import PlatteTekst

JA_NEE = {"ja": True, "nee": False, "": None}


def hulp(model: Any, veld: str) -> str:
    """The one help text of a model field (RW-4.3)."""
    return str(model._meta.get_field(veld).help_text)


@dataclass(frozen=True, slots=True)
class Botsing:
    """Someone else saved this row meanwhile: who, when, and what stands there now."""

    wie: str
    wanneer: datetime | None
    tekst: str


@dataclass(frozen=True, slots=True)
class Vraagrij:
    """One question with its fields, as the page lays it out."""

    vraag: Criterium
    antwoord: Antwoord
    waarde: BoundField
    feit: BoundField
    bron: BoundField
    botsing: Botsing | None

    @property
    def open(self) -> bool:
        """Unfolded where something must be looked at: a yes without a fact, or an error."""
        zonder = self.antwoord.waarde is True and not (self.antwoord.feit and self.antwoord.bron)
        return bool(zonder or self.feit.errors or self.bron.errors or self.botsing)

    @property
    def uit_datum(self) -> str:
        return _datum_van(self.antwoord.uit)


@dataclass(frozen=True, slots=True)
class Vormrij:
    """One form of violence with its fields."""

    rij: Geweldsvorm
    vorm: BoundField
    feit: BoundField
    bron: BoundField
    botsing: Botsing | None

    @property
    def uit_datum(self) -> str:
        return _datum_van(self.rij.uit)


def _datum_van(uit: VHT | None) -> str:
    """The day of the assessment it was taken over from."""
    return dagen.kort(uit.vastgesteld_op or uit.stap.begonnen_op) if uit else ""


def _in_woorden(rij: Any) -> str:
    """What another person saved in this row, in one line."""
    wat = f"‘{rij.ja_of_nee}’" if isinstance(rij, Antwoord) else str(rij)
    feit_en_bron = "; ".join(f"{naam}: {waarde}" for naam, waarde in (("feit", rij.feit), ("bron", rij.bron)) if waarde)
    return f"{wat}{', ' if feit_en_bron else ''}{feit_en_bron}"


class VHTForm(Formulier):
    """All questions and forms of violence, each row with the version it was read at; or one row (`alleen`)."""

    weigering = "De eindconclusie kan nog niet worden vastgesteld."
    wat_wel_kan = "alles wat je hebt ingevuld is bewaard. Aanvullen en een acuut triagebesluit kunnen altijd."
    afwijkvraag = "Waarom stel je de eindconclusie nu al vast?"

    def __init__(self, data: Any = None, *, vht: VHT, alleen: str = "", alleen_lezen: bool = False) -> None:
        self.vht = vht
        self.antwoorden = {a.vraag: a for a in vht.antwoorden.all() if alleen in {"", a.vraag}}
        self.vormen = [v for v in vht.vormen.all() if alleen in {"", f"vorm-{v.pk}"}]
        self.botsingen: dict[str, Botsing] = {}
        super().__init__(data)
        for code, antwoord in self.antwoorden.items():
            self._vraag(code, antwoord)
        for rij in self.vormen:
            self._vorm(f"vorm-{rij.pk}", rij)
        if not alleen and not alleen_lezen:
            self._vorm("nieuw", None)
        for veld in self.fields.values():
            veld.required, veld.disabled = False, alleen_lezen

    def _vraag(self, code: str, antwoord: Antwoord) -> None:
        waarde = forms.ChoiceField(label=code, choices=[("ja", "Ja"), ("nee", "Nee")], widget=Segment)
        waarde.initial = {True: "ja", False: "nee", None: ""}[antwoord.waarde]
        self.fields[f"{code}-waarde"] = waarde
        self._feit_en_bron(code, antwoord, f" bij {code}")

    def _vorm(self, naam: str, rij: Geweldsvorm | None) -> None:
        keuze = forms.ChoiceField(label="Vorm", choices=self._vormkeuzes(rij.vorm if rij else ""))
        keuze.initial = rij.vorm if rij else ""
        self.fields[f"{naam}-vorm"] = keuze
        self._feit_en_bron(naam, rij, "")

    def _feit_en_bron(self, naam: str, rij: Any, bij: str) -> None:
        feit = PlatteTekst(label=f"Feit{bij}", rijen=1, initial=rij.feit if rij else "")
        bron = forms.CharField(label=f"Bron{bij}", max_length=200, initial=rij.bron if rij else "")
        bron.widget.attrs |= {"list": "bronnen", "autocomplete": "off"}
        self.fields |= {f"{naam}-feit": feit, f"{naam}-bron": bron}
        if rij is not None:
            self.fields[f"{naam}-versie"] = forms.IntegerField(widget=forms.HiddenInput, initial=rij.versie)

    def _vormkeuzes(self, huidig: str) -> list[tuple[str, str]]:
        gevonden = keuzes("geweldsvorm", leeg="Kies een vorm")
        if huidig and huidig not in dict(gevonden):
            gevonden.append((huidig, labels("geweldsvorm").get(huidig, huidig)))
        return gevonden

    # --- what was sent ------------------------------------------------------------------------------------------

    @property
    def invulling(self) -> Invulling:
        """Only rows of which something was sent; a page that lacks a row says nothing about it."""
        data = self.cleaned_data
        wis = self.data.get("wis", "")
        antwoorden = []
        for code in self.antwoorden:
            if f"{code}-versie" in self.data:
                waarde = None if code == wis else JA_NEE[data[f"{code}-waarde"]]
                antwoorden.append(self._invoer(code, {"waarde": waarde}))
        vormen = [self._invoer(f"vorm-{r.pk}", {"vorm": data[f"vorm-{r.pk}-vorm"] or r.vorm}) for r in self.vormen]
        nieuw = {naam: data.get(f"nieuw-{naam}", "") for naam in ("vorm", "feit", "bron")}
        if any(nieuw.values()):
            nieuw["vorm"] = nieuw["vorm"] or "onbekend"
        return Invulling(
            antwoorden,
            [i for i in vormen if f"{i.rij}-versie" in self.data],
            nieuw if nieuw["vorm"] else None,
        )

    def _invoer(self, rij: str, velden: dict[str, Any]) -> Invoer:
        data = self.cleaned_data
        feit_en_bron = {"feit": data[f"{rij}-feit"], "bron": data[f"{rij}-bron"]}
        return Invoer(rij, data[f"{rij}-versie"], velden | feit_en_bron)

    def toon_botsingen(self, botsingen: dict[str, VerouderdeVersie]) -> None:
        """Keep what was typed, show what the other wrote, and let the next save know of it."""
        self.data = self.data.copy()
        for rij, botsing in botsingen.items():
            laatste = botsing.nu.history.select_related("history_user").first()
            wie = str(laatste.history_user) if laatste and laatste.history_user else "Een collega"
            self.botsingen[rij] = Botsing(wie, laatste.history_date if laatste else None, _in_woorden(botsing.nu))
            self.data[f"{rij}-versie"] = str(botsing.nu.versie)

    # --- how it is laid out -------------------------------------------------------------------------------------

    def onderdelen(self) -> Iterator[tuple[Deelconclusie, list[Vraagrij]]]:
        for deel in self.vht.conclusie.delen:
            yield deel, [self._vraagrij(vraag) for vraag in deel.onderdeel.vragen if vraag.code in self.antwoorden]

    def _vraagrij(self, vraag: Criterium) -> Vraagrij:
        code = vraag.code
        waarde, feit, bron = (self[f"{code}-{naam}"] for naam in ("waarde", "feit", "bron"))
        return Vraagrij(vraag, self.antwoorden[code], waarde, feit, bron, self.botsingen.get(code))

    def vormrijen(self) -> Iterator[Vormrij]:
        for rij in self.vormen:
            vorm, feit, bron = (self[f"vorm-{rij.pk}-{naam}"] for naam in ("vorm", "feit", "bron"))
            yield Vormrij(rij, vorm, feit, bron, self.botsingen.get(f"vorm-{rij.pk}"))

    def nieuwe_vorm(self) -> list[BoundField]:
        return [self[f"nieuw-{naam}"] for naam in ("vorm", "feit", "bron")] if "nieuw-vorm" in self.fields else []

    def rijen(self) -> Iterator[tuple[str, Botsing | None]]:
        """Each row of this form with what another person wrote in it meanwhile."""
        for naam in (*self.antwoorden, *(f"vorm-{rij.pk}" for rij in self.vormen)):
            yield naam, self.botsingen.get(naam)

    @property
    def redenen(self) -> list[str]:
        """Why this was not saved, in sentences."""
        fouten = [str(fout) for lijst in self.errors.values() for fout in lijst]
        return (
            fouten + [b.uitleg for b in self.belemmeringen] + (["een collega was je voor."] if self.botsingen else [])
        )

    def versies(self) -> Iterator[BoundField]:
        """The hidden versions, for an answer that replaces only those."""
        return (veld for veld in self.hidden_fields())


class Tekenaarveld(forms.ModelChoiceField):
    """A colleague who may sign; never the one who asks."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.naam} ({', '.join(obj.rolnamen)}{', team ' + obj.team.naam if obj.team else ''})"


class Deelnemersveld(forms.ModelMultipleChoiceField):
    label_from_instance = Tekenaarveld.label_from_instance


class _MetTweede(Formulier):
    tweede = Tekenaarveld(
        queryset=Medewerker.objects.none(),
        label="Tweede medewerker",
        empty_label="Kies een collega",
        help_text=hulp(Triagebesluit, "tweede"),
        error_messages={
            "required": "Noem de collega die meebeslist: bij elk triagebesluit zijn twee medewerkers betrokken.",
            "invalid_choice": "Noem een ander dan jezelf, die een triagebesluit mag meetekenen.",
        },
    )
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, besluit: Triagebesluit, door: Medewerker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld: Any = self.fields["tweede"]
        veld.queryset = mogelijke_tekenaars(besluit.casus, behalve=door)


class BesluitForm(_MetTweede):
    """The proposal: an outcome, why, and who checks it. Nothing is chosen beforehand."""

    breedte = {"uitkomst": "b6", "toelichting": "b6", "tweede": "b6", "deelnemers": "b6"}
    weigering = "Het besluit kan nog niet worden voorgelegd."
    wat_wel_kan = "het concept bewaren, de VHT aanvullen en een acuut triagebesluit nemen."
    afwijkvraag = "Waarom leg je het besluit nu al voor?"
    uitkomst = forms.ChoiceField(
        label="Triagebesluit",
        widget=forms.RadioSelect(attrs={"class": "vt-keuzes--onder"}),
        help_text=hulp(Triagebesluit, "uitkomst"),
    )
    toelichting = PlatteTekst(
        label="Toelichting", rijen=5, required=False, help_text=hulp(Triagebesluit, "toelichting")
    )
    deelnemers = Deelnemersveld(
        queryset=Medewerker.objects.none(),
        label="Wie besliste nog meer mee in het MDO?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen bij een MDO. Wie je hier aanvinkt, krijgt ook een verzoek om te tekenen.",
        error_messages={"invalid_choice": "Kies collega's die een triagebesluit mogen meetekenen."},
    )
    field_order = ("uitkomst", "toelichting", "tweede", "deelnemers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        eigen = labels("triagebesluit")
        veld: Any = self.fields["uitkomst"]
        veld.choices = [(code, eigen.get(code, label)) for code, label in Triagebesluit.Uitkomst.choices]
        mdo: Any = self.fields["deelnemers"]
        mdo.queryset = self.fields["tweede"].queryset  # type: ignore[attr-defined]

    def maak_concept(self) -> None:
        """Saving a concept asks for nothing."""
        for naam in ("uitkomst", "tweede"):
            self.fields[naam].required = False


class AcuutForm(_MetTweede):
    """At once: a second name and why the signature cannot wait. Everything else may stay empty (RW-8.13)."""

    breedte = {"tweede": "b6", "motivering": "b6", "toelichting": "b6"}
    weigering = "Het acute besluit heeft nog een tweede naam nodig."
    motivering = PlatteTekst(  # type: ignore[assignment]
        label="Waarom kan de handtekening van je collega niet wachten?",
        rijen=2,
        help_text="Bijvoorbeeld: overlegd per telefoon, direct gevaar. Komt met je naam in het logboek.",
    )
    toelichting = PlatteTekst(
        label="Toelichting", rijen=3, required=False, help_text=hulp(Triagebesluit, "toelichting")
    )
    field_order = ("tweede", "motivering", "toelichting")


class TekenForm(Formulier):
    """The judgement of the second employee; nothing is chosen beforehand."""

    weigering = "Je handtekening is nog niet gezet."
    oordeel = forms.ChoiceField(
        label="Oordeel",
        choices=Bevestiging.Oordeel.choices,
        widget=forms.RadioSelect,
        help_text=hulp(Bevestiging, "oordeel"),
        error_messages={"required": "Kies eerst je oordeel."},
    )
    toelichting = PlatteTekst(label="Toelichting", required=False, help_text=hulp(Bevestiging, "toelichting"))
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def toon_versie(self, versie: int) -> None:
        """What is signed next is what is shown now."""
        self.data = self.data.copy()
        self.data["versie"] = str(versie)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("oordeel") == Bevestiging.Oordeel.TERUG and not data.get("toelichting", "").strip():
            self.add_error("toelichting", "Schrijf je vraag of bezwaar op; je collega ziet die direct.")
        return data


class AantekeningForm(Formulier):
    aantekening = PlatteTekst(label="Aantekening", help_text=hulp(Besluitaantekening, "aantekening"))


class BevestigerForm(_MetTweede):
    """Ask another colleague to confirm an acute decision."""
