"""Forms of the spine. What is recorded for safety asks for one thing at most; the rest may stay empty (RW-3.3)."""

from __future__ import annotations

from typing import Any

from django import forms

from casus.models import Betrokkene, Casus, Contact, Persoon, Processtap
from casus.persoonskeuze import KiestPersoon
from casus.services.bijlagen import OnveiligeBijlage, herken_soort
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.organisatie.selectors import medewerkers_met
from vt_cvs.web.formulieren import Formulier, ModelFormulier
from vt_cvs.web.velden import DatumVeld, MomentVeld


def hulp(model: Any, veld: str) -> str:
    """The one help text of a model field (RW-4.3)."""
    return str(model._meta.get_field(veld).help_text)


class WerkfilterForm(Formulier):
    stap = forms.ChoiceField(
        label="Stap", required=False, choices=[("", "Alle stappen"), ("signaal", "signaal"), *Processtap.Soort.choices]
    )
    veiligheid = forms.ChoiceField(
        label="Veiligheid", required=False, choices=[("", "Alle veiligheid"), *Casus.Veiligheid.choices]
    )
    termijn = forms.ChoiceField(
        label="Termijn", required=False, choices=[("", "Alle termijnen"), ("over", "Te laat"), ("week", "Deze week")]
    )

    @property
    def keuzes(self) -> dict[str, str]:
        return {naam: self.cleaned_data.get(naam, "") for naam in self.fields}


class NoodknopForm(Formulier):
    reden = forms.CharField(
        label="Reden", max_length=200, help_text="Waarom je deze casus nu nodig hebt. Wordt gemeld en nagekeken."
    )


class NakijkForm(Formulier):
    terecht = forms.ChoiceField(
        label="Was dit terecht?",
        choices=[("ja", "Ja, terecht"), ("nee", "Nee, niet terecht")],
        widget=forms.RadioSelect,
        help_text="Of de casus op dat moment nodig was voor het werk.",
    )
    reden = forms.CharField(label="Reden", widget=forms.Textarea(attrs={"rows": 2}), help_text="Komt in het logboek.")
    breedte = {"terecht": "b6"}


class ToonAdresForm(Formulier):
    reden = forms.CharField(
        label="Waarom je het adres nu nodig hebt", max_length=200, help_text="Komt met je naam in het toegangslog."
    )
    breedte = {"reden": "b6"}


class BijlageVeld(forms.FileField):
    """A file, checked by content before anything is kept."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        bestand = super().clean(data, initial)
        if bestand:
            try:
                herken_soort(bestand.read())
            except OnveiligeBijlage as fout:
                raise forms.ValidationError(str(fout)) from fout
            bestand.seek(0)
        return bestand


class ContactForm(ModelFormulier):
    bijlage = BijlageVeld(label="Bijlage", required=False, help_text="Pdf, foto, Word, Excel of tekst, tot 20 MB.")
    nieuw_signaal = forms.TypedChoiceField(
        label="Is dit een nieuw signaal van onveiligheid?",
        choices=[("nee", "Nee, dit hoort bij de gesloten casus"), ("ja", "Ja, hier begint een nieuwe melding")],
        required=False,
        help_text="De casus is gesloten. Een nieuw signaal wordt een nieuwe melding; je tekst gaat mee.",
    )

    class Meta:
        model = Contact
        fields = (
            "soort",
            "op",
            "met",
            "betrokkenen",
            "onderwerp",
            "verslag",
            "hoor_wederhoor",
            "alert",
            "alert_reden",
        )
        field_classes = {"op": MomentVeld}
        widgets = {"betrokkenen": forms.CheckboxSelectMultiple}

    breedte = {"onderwerp": "b6", "betrokkenen": "b6", "bijlage": "b6", "alert_reden": "b4", "nieuw_signaal": "b6"}

    def __init__(self, *args: Any, casus: Casus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["betrokkenen"].queryset = casus.betrokkenen.select_related("persoon")  # type: ignore[attr-defined]
        self.fields["betrokkenen"].label = "Gesproken met"
        self.fields["op"].required = False
        if casus.is_open:
            del self.fields["nieuw_signaal"]


class ScoreForm(Formulier):
    """One field per person: what is left empty was not asked."""

    def __init__(self, *args: Any, casus: Casus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.betrokkenen = list(casus.betrokkenen.exclude(stand=Betrokkene.Rol.PROFESSIONAL).select_related("persoon"))
        for betrokkene in self.betrokkenen:
            self.fields[f"score_{betrokkene.pk}"] = forms.IntegerField(
                label=str(betrokkene),
                min_value=0,
                max_value=10,
                required=False,
                error_messages={
                    "min_value": "Een score is 0 tot en met 10.",
                    "max_value": "Een score is 0 tot en met 10.",
                },
            )
        self.fields["herkomst"] = forms.CharField(
            label="Herkomst", max_length=80, required=False, help_text="Van wie de scores komen, bijvoorbeeld: moeder."
        )
        self.fields["op"] = MomentVeld(label="Wanneer", required=False, help_text="Leeg: nu.")

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if not self.errors and not self.scores:
            raise forms.ValidationError("Vul bij minstens één persoon een score in.")
        return gegevens

    @property
    def scores(self) -> list[tuple[Betrokkene, int]]:
        gevonden = ((b, self.cleaned_data.get(f"score_{b.pk}")) for b in self.betrokkenen)
        return [(b, score) for b, score in gevonden if score is not None]


class AfspraakForm(Formulier):
    tekst = forms.CharField(
        label="Afspraak",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wat er is afgesproken. Geen tijd? Leg hem leeg vast en schrijf hem daarna op.",
    )
    met = forms.CharField(label="Met", max_length=200, required=False, help_text="Wie de afspraak maakten.")


class VoorwaardeForm(Formulier):
    tekst = forms.CharField(
        label="Voorwaarde",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wat er moet gebeuren of niet meer mag gebeuren. De tekst verandert later niet; aanscherpen kan wel.",
    )
    geldt_tot = DatumVeld(label="Geldt tot en met", required=False, help_text="Leeg: tot nader bericht.")


class AanscherpForm(VoorwaardeForm):
    """Only words replace words: an empty text never takes the place of a condition that stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tekst"].required = True


class AlarmeringForm(Formulier):
    waarschuwing = forms.CharField(
        label="Waarschuwing",
        max_length=200,
        required=False,
        help_text="Bijvoorbeeld: jachtgeweer in de woning. Leeg vastleggen kan ook.",
    )
    wat_te_doen = forms.CharField(
        label="Wat te doen", max_length=400, required=False, help_text="Hoe een collega veilig blijft."
    )


class BeeindigForm(Formulier):
    reden = forms.CharField(label="Waarom", max_length=400, help_text="Komt met je naam in het logboek.")


class BijlageForm(Formulier):
    bijlage = BijlageVeld(label="Bestand", help_text="Pdf, foto, Word, Excel of tekst, tot 20 MB.")
    omschrijving = forms.CharField(label="Omschrijving", max_length=200, required=False, help_text="Wat het is.")


class PersoonForm(KiestPersoon, ModelFormulier):
    """A person as known; what cannot be right is kept, marked and asked about later."""

    class Meta:
        model = Persoon
        fields = (
            "voornamen",
            "voorvoegsel",
            "achternaam",
            "geboortedatum",
            "geslacht",
            "geboorteland",
            "ongeboren",
            "overleden_op",
            "bsn",
            "straat",
            "postcode",
            "plaats",
            "adres_geheim",
            "telefoon",
            "email",
        )
        field_classes = {"geboortedatum": DatumVeld, "overleden_op": DatumVeld}
        widgets = {"bsn": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})}

    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def verberg_adres(self) -> None:
        """What tells where someone with a secret address is; what is no field here cannot be seen or changed."""
        for naam in ("straat", "postcode", "plaats", "telefoon", "adres_geheim"):
            del self.fields[naam]


class BetrokkeneForm(PersoonForm):
    """Add a person to a case, with role and part in it."""

    stand = forms.ChoiceField(
        label="Rol", choices=Betrokkene.Rol.choices, initial=Betrokkene.Rol.DIRECT, help_text=hulp(Betrokkene, "stand")
    )
    aandeel = forms.ChoiceField(
        label="Aandeel",
        choices=Betrokkene.Aandeel.choices,
        initial=Betrokkene.Aandeel.ONBEKEND,
        help_text=hulp(Betrokkene, "aandeel"),
    )
    relatie = forms.CharField(label="Relatie", max_length=80, required=False, help_text=hulp(Betrokkene, "relatie"))
    field_order = ("voornamen", "voorvoegsel", "achternaam", "stand", "aandeel", "relatie")
    breedte = {"stand": "b6"}


class RedenForm(Formulier):
    reden = forms.CharField(label="Reden", widget=forms.Textarea(attrs={"rows": 2}), help_text="Komt in het logboek.")


class ToewijzenForm(Formulier):
    aan = forms.ModelChoiceField(
        label="Medewerker", queryset=Medewerker.objects.none(), help_text="Wie deze stap gaat doen."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aan"].queryset = medewerkers_met(  # type: ignore[attr-defined]
            Rol.VOORKANT, Rol.ACHTERKANT, Rol.TEAMLEIDER, Rol.GEDRAGSWETENSCHAPPER, Rol.VERTROUWENSARTS
        )
