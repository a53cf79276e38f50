"""Forms of the triagebesluit: it asks for two names and an outcome, and nothing is chosen beforehand."""

from __future__ import annotations

from typing import Any

from django import forms

from triage.models import Besluitaantekening, Bevestiging, Triagebesluit
from triage.selectors import mogelijke_tekenaars
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.selectors import labels
from vt_cvs.web.formulieren import Formulier
from vt_cvs.web.velden import PlatteTekst


def hulp(model: Any, veld: str) -> str:
    """The one help text of a model field (RW-4.3)."""
    return str(model._meta.get_field(veld).help_text)


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
