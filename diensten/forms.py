"""Forms of the choice and of each step of a service; fields take label and help text from the model."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction

from casus.forms import hulp
from diensten.eerder import voorstel_voor
from diensten.models import OZ, VV, Dienst, Keuze, Maatwerk, Monitoren, Overdracht, Uitkomst
from diensten.selectors import lopend_onderzoek
from diensten.services import eigen, overdrachten
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.selectors import keuzes
from vt_cvs.web.formulieren import Formulier, ModelFormulier
from vt_cvs.web.velden import PlatteTekst


def versieveld() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, required=False)


def _maatwerkveld(form: Any) -> None:
    """The organisation's own list when it has one, otherwise free text."""
    if len(lijst := keuzes("soort_maatwerk")) > 1:
        veld = form.fields["soort_maatwerk"]
        form.fields["soort_maatwerk"] = forms.ChoiceField(
            label=veld.label, help_text=veld.help_text, choices=lijst, required=False
        )


class KeuzeForm(ModelFormulier):
    """What follows: at least one, and V&V or onderzoek, not both."""

    versie = versieveld()
    soort_partij = forms.ChoiceField(label="Soort partij", required=False, help_text=hulp(Keuze, "soort_partij"))
    breedte = {
        "vv": "b6",
        "oz": "b6",
        "overdracht": "b6",
        "maatwerk": "b6",
        "soort_partij": "b3",
        "partij": "b3",
        "soort_maatwerk": "b3",
    }

    class Meta:
        model = Keuze
        fields = ("vv", "oz", "overdracht", "soort_partij", "partij", "maatwerk", "soort_maatwerk", "toelichting")
        widgets = {"toelichting": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, instance: Keuze, **kwargs: Any) -> None:
        self.voorstel = voorstel_voor(instance)
        begin = self.voorstel.begin if self.voorstel else {}
        super().__init__(*args, instance=instance, initial={"versie": instance.versie, **begin}, **kwargs)
        self.fields["soort_partij"].choices = keuzes("overdracht_organisatie")  # type: ignore[attr-defined]
        _maatwerkveld(self)
        if lopend_onderzoek(instance.casus) is not None:
            del self.fields["vv"]  # an onderzoek does not become a V&V (RW-9.23)

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if not any(gegevens.get(naam) for naam in ("vv", "oz", "overdracht", "maatwerk")):
            wat = "V&V, Onderzoek" if "vv" in self.fields else "Onderzoek"
            self.add_error("oz", f"Kies {wat}, Overdracht of Lokaal maatwerk; meer mag ook.")
        return gegevens

    @property
    def motivering(self) -> str:
        """When it is acute the reason to go first is known already (RW-3.3); it can be changed."""
        if not self.data and self.instance.casus.veiligheid == "acuut":
            return "Acute onveiligheid: eerst handelen."
        return super().motivering


class OpenKeuzeForm(Formulier):
    """Open a choice that does not stand ready; the reason is asked by the rule itself."""


class StapForm(Formulier):
    """One step of a service. `zet` takes it; `bewaar` keeps what was typed and goes on later."""

    versie = versieveld()
    kan_bewaren = False

    def __init__(self, *args: Any, dienst: Dienst, naam: str, **kwargs: Any) -> None:
        self.dienst, self.naam = dienst, naam
        kwargs["initial"] = {"versie": dienst.versie, **self.begin(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def begin(self) -> dict[str, Any]:
        return {}

    @property
    def gegevens(self) -> dict[str, Any]:
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "versie"}

    def zet(self, *, door: Medewerker, motivering: str = "") -> Dienst:
        versie = self.cleaned_data["versie"]
        return voer_uit(self.dienst, self.naam, door=door, versie=versie, motivering=motivering, **self.gegevens)


class AfrondenForm(StapForm):
    """Outcome per form of violence, what follows, and why."""

    kan_bewaren = True
    vorm_nieuw = forms.ChoiceField(
        label="Nog een vorm van geweld", required=False, help_text="Als de taxatie deze vorm nog niet noemde."
    )
    uitkomst_nieuw = forms.ChoiceField(
        label="Uitkomst daarvan", required=False, help_text=hulp(Uitkomst, "uitkomst_geweld")
    )
    vervolg_monitoren = forms.BooleanField(label="Monitoren", required=False, help_text=hulp(VV, "vervolg_monitoren"))
    vervolg_overdracht = forms.BooleanField(
        label="Overdracht daarna", required=False, help_text=hulp(VV, "vervolg_overdracht")
    )
    toelichting = PlatteTekst(label="Toelichting", required=False, help_text=hulp(VV, "toelichting"))
    breedte = {"vorm_nieuw": "b3", "uitkomst_nieuw": "b3", "vervolg_monitoren": "b3", "vervolg_overdracht": "b3"}

    def __init__(self, *args: Any, dienst: Any, **kwargs: Any) -> None:
        self.uitkomsten = list(dienst.uitkomsten)
        super().__init__(*args, dienst=dienst, **kwargs)
        lijst = keuzes("uitkomst_geweld", leeg="Nog geen uitkomst")
        bekend = {uitkomst.vorm for uitkomst in self.uitkomsten}
        for uitkomst in self.uitkomsten:
            self.fields[uitkomst.veldnaam] = forms.ChoiceField(
                label=uitkomst.vorm_in_woorden, choices=lijst, required=False, initial=uitkomst.uitkomst_geweld
            )
        self.fields["uitkomst_nieuw"].choices = lijst  # type: ignore[attr-defined]
        over = [(code, naam) for code, naam in keuzes("geweldsvorm") if code not in bekend]
        self.fields["vorm_nieuw"].choices = over  # type: ignore[attr-defined]

    def begin(self) -> dict[str, Any]:
        return {naam: getattr(self.dienst, naam) for naam in ("vervolg_monitoren", "vervolg_overdracht", "toelichting")}

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if gegevens.get("uitkomst_nieuw") and not gegevens.get("vorm_nieuw"):
            self.add_error("vorm_nieuw", "Kies bij welke vorm van geweld deze uitkomst hoort.")
        return gegevens

    @property
    def uitkomstvelden(self) -> list[Any]:
        return [self[uitkomst.veldnaam] for uitkomst in self.uitkomsten]

    @property
    def gegevens(self) -> dict[str, Any]:
        gekozen = {u.vorm: self.cleaned_data[u.veldnaam] for u in self.uitkomsten}
        if self.cleaned_data["vorm_nieuw"]:
            gekozen[self.cleaned_data["vorm_nieuw"]] = self.cleaned_data["uitkomst_nieuw"]
        namen = ("vervolg_monitoren", "vervolg_overdracht", "toelichting")
        return {"uitkomsten": gekozen, **{naam: self.cleaned_data[naam] for naam in namen}}

    def zet(self, *, door: Medewerker, motivering: str = "") -> Dienst:
        versie = self.cleaned_data["versie"]
        return eigen.rond_dienst_af(self.eigen, door=door, versie=versie, motivering=motivering, **self.gegevens)

    def bewaar(self, *, door: Medewerker) -> Dienst:
        return eigen.bewaar_afronding(self.eigen, door=door, versie=self.cleaned_data["versie"], **self.gegevens)

    @property
    def eigen(self) -> Any:
        return self.dienst


class VerderAlsOnderzoekForm(StapForm):
    """The onderzoek is where one goes on, so that is where it leads."""

    toelichting = PlatteTekst(label="Toelichting", required=False, help_text="Waarom onderzoek nodig is.")

    def begin(self) -> dict[str, Any]:
        return {"toelichting": self.dienst.toelichting}  # type: ignore[attr-defined]

    def zet(self, *, door: Medewerker, motivering: str = "") -> Dienst:
        super().zet(door=door, motivering=motivering)
        return OZ.objects.get(na_dienst=self.dienst.stap_id)


class VoortijdigForm(StapForm):
    reden_voortijdig = forms.ChoiceField(label="Reden van voortijdig einde", help_text=hulp(VV, "reden_voortijdig"))
    toelichting = PlatteTekst(label="Toelichting", required=False, help_text="Wat er gebeurde. Komt in het logboek.")
    breedte = {"reden_voortijdig": "b4"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden_voortijdig"].choices = keuzes("reden_voortijdig")  # type: ignore[attr-defined]


class OverdrachtForm(StapForm):
    """What the party is told; kept together with the step, or for later."""

    kan_bewaren = True
    soort_partij = forms.ChoiceField(label="Soort partij", required=False, help_text=hulp(Overdracht, "soort_partij"))
    partij = forms.CharField(label="Partij", max_length=200, required=False, help_text=hulp(Overdracht, "partij"))
    adres_partij = forms.CharField(
        label="Adres van de partij", max_length=200, required=False, help_text=hulp(Overdracht, "adres_partij")
    )
    zicht_op_veiligheid = forms.CharField(
        label="Zicht op veiligheid", max_length=200, required=False, help_text=hulp(Overdracht, "zicht_op_veiligheid")
    )
    advies_en_aandachtspunten = PlatteTekst(
        label="Advies en aandachtspunten",
        required=False,
        rijen=12,
        help_text=hulp(Overdracht, "advies_en_aandachtspunten"),
    )
    breedte = {"soort_partij": "b3", "partij": "b3", "adres_partij": "b3", "zicht_op_veiligheid": "b3"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort_partij"].choices = keuzes("overdracht_organisatie")  # type: ignore[attr-defined]

    def begin(self) -> dict[str, Any]:
        return {naam: getattr(self.dienst, naam) for naam in self.base_fields if naam != "versie"}

    @transaction.atomic
    def zet(self, *, door: Medewerker, motivering: str = "") -> Dienst:
        return voer_uit(self.bewaar(door=door), self.naam, door=door, motivering=motivering)

    def bewaar(self, *, door: Medewerker) -> Dienst:
        versie = self.cleaned_data["versie"]
        return overdrachten.bereid_voor(self.overdracht, door=door, versie=versie, **self.gegevens)

    @property
    def overdracht(self) -> Any:
        return self.dienst


class NietOverForm(StapForm):
    reden = PlatteTekst(label="Reden", help_text=hulp(Overdracht, "reden_niet_over"))


class ToelichtingForm(StapForm):
    toelichting = PlatteTekst(label="Toelichting", required=False, help_text=hulp(Monitoren, "toelichting"))


class MaatwerkAfrondenForm(StapForm):
    toelichting = PlatteTekst(label="Toelichting", required=False, help_text=hulp(Maatwerk, "toelichting"))

    def begin(self) -> dict[str, Any]:
        return {"toelichting": self.dienst.toelichting}  # type: ignore[attr-defined]


STAPFORMULIEREN: dict[tuple[type[Dienst], str], type[StapForm]] = {
    (VV, "pak_op"): StapForm,
    (VV, "rond_af"): AfrondenForm,
    (VV, "ga_verder_als_onderzoek"): VerderAlsOnderzoekForm,
    (VV, "beeindig_voortijdig"): VoortijdigForm,
    (OZ, "pak_op"): StapForm,
    (OZ, "rond_af"): AfrondenForm,
    (OZ, "beeindig_voortijdig"): VoortijdigForm,
    (Overdracht, "bied_aan"): OverdrachtForm,
    (Overdracht, "accepteer"): OverdrachtForm,
    (Overdracht, "draag_over"): OverdrachtForm,
    (Overdracht, "weiger"): NietOverForm,
    (Overdracht, "trek_in"): NietOverForm,
    (Monitoren, "stel_stabiel_veilig_vast"): ToelichtingForm,
    (Monitoren, "rond_af"): ToelichtingForm,
    (Maatwerk, "rond_af"): MaatwerkAfrondenForm,
}
"""The steps that have a screen; what only follows from elsewhere (`laat_opvolgen`) has none."""


class MaatwerkForm(ModelFormulier):
    """Start local work."""

    breedte = {"soort_maatwerk": "b4"}

    class Meta:
        model = Maatwerk
        fields = ("soort_maatwerk", "toelichting")
        widgets = {"toelichting": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _maatwerkveld(self)
