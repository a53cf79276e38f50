"""How every form looks and speaks: one renderer, one field, errors and obstacles all at once and beside their field."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.forms.widgets import Input

from vt_cvs.kern.regels import Belemmering, Regel
from vt_cvs.web.verschil import Botsing

KEUZES = {
    "django/forms/widgets/radio.html": "bouwsteen/keuzes.html",
    "django/forms/widgets/checkbox_select.html": "bouwsteen/keuzes.html",
}
KLASSEN: list[tuple[type[forms.Widget], str]] = [
    (forms.Select, "utrecht-select"),
    (forms.Textarea, "utrecht-textarea"),
    (forms.MultiWidget, "utrecht-textbox"),
    (Input, "utrecht-textbox"),
]
ZONDER_KLASSE = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)
ZINNEN = {
    "required": "Vul dit nog in.",
    "invalid_choice": "Kies een van de keuzes.",
    "invalid_list": "Kies een of meer van de keuzes.",
    "invalid_pk_value": "Kies een van de keuzes.",
}
ZINNEN_PER_SOORT: list[tuple[type[forms.Field], dict[str, str]]] = [
    (forms.ChoiceField, {"required": "Maak nog een keuze."}),
    (forms.BooleanField, {"required": "Vink dit nog aan."}),
    (forms.IntegerField, {"invalid": "Vul een heel getal in."}),
    (forms.FileField, {"empty": "Dit bestand is leeg. Kies een ander bestand.", "required": "Kies nog een bestand."}),
]


class Segment(forms.RadioSelect):
    """Two or three short answers side by side: Ja, Nee."""

    template_name = "bouwsteen/segment.html"


class GroteKeuzes(forms.RadioSelect):
    """One large target per answer, for the public form; `uitleg` gives a choice its second line."""

    template_name = "bouwsteen/groot_keuzes.html"

    def __init__(self, *args: Any, uitleg: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.uitleg = uitleg or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        optie = super().create_option(name, value, *args, **kwargs)
        return {**optie, "uitleg": self.uitleg.get(str(value), "")}


class VTVeld(BoundField):
    """A field that knows its width, its marks and what stands in its way; used for every form of the house."""

    @property
    def soort(self) -> str:
        """`keuze` is one tick box, `keuzes` a group under a legend, `gewoon` the rest."""
        if isinstance(self.field.widget, forms.CheckboxInput):
            return "keuze"
        return "keuzes" if self.use_fieldset else "gewoon"

    @property
    def doel(self) -> str:
        """The id a link must point at, so that following it puts the focus in the field."""
        eerste = isinstance(self.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget))
        return f"{self.auto_id}_0" if eerste else str(self.auto_id)

    @property
    def breedte(self) -> str:
        standaard = "b6" if isinstance(self.field.widget, forms.Textarea) else ""
        return str(getattr(self.form, "breedte", {}).get(self.name, standaard))

    @property
    def uitleg_boven(self) -> bool:
        """The public form says first what it is for, then asks."""
        return bool(getattr(self.form, "uitleg_boven", False))

    @property
    def voorgevuld(self) -> bool:
        return self.name in getattr(self.form, "voorgevuld", ())

    @property
    def merk(self) -> str:
        """What stands behind the label: the house marks what may stay empty, or the few that may not."""
        wijze = getattr(self.form, "merk", "")
        return wijze if self.field.required == (wijze == "nodig") else ""

    @property
    def belemmeringen(self) -> list[Belemmering]:
        return [b for b in getattr(self.form, "belemmeringen", ()) if b.veld == self.name]

    @property
    def stand(self) -> str:
        """`fout` for what is refused here, `letop` for what passes with a reason."""
        if self.errors or any(b.hard for b in self.belemmeringen):
            return "fout"
        return "letop" if self.belemmeringen else ""

    @property
    def aria_describedby(self) -> str | None:
        delen = [super().aria_describedby, f"{self.auto_id}_belemmering" if self.belemmeringen else ""]
        return " ".join(deel for deel in delen if deel) or None

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "breedte": self.breedte}

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        klassen = [_klasse(widget), str(widget.attrs.get("class", "")), "is-voorgevuld" if self.voorgevuld else ""]
        if klasse := " ".join(deel for deel in klassen if deel):
            attrs["class"] = klasse
        if widget.attrs.get("placeholder") == str(self.label):
            attrs["placeholder"] = False  # allauth repeats the label; a label that stays is enough
        if self.field.required and isinstance(self.form, VTFormulier) and self.soort == "gewoon":
            attrs["aria-required"] = "true"
        return attrs


def _klasse(widget: forms.Widget) -> str:
    if isinstance(widget, ZONDER_KLASSE):
        return ""
    return next((klasse for soort, klasse in KLASSEN if isinstance(widget, soort)), "")


class Renderer(TemplatesSetting):
    """Forms of the house, of allauth and of the admin through one set of templates."""

    form_template_name = "bouwsteen/formulier.html"
    field_template_name = "bouwsteen/formulierveld.html"
    bound_field_class = VTVeld

    def __init__(self) -> None:
        self._ingebouwd = DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        template_name = KEUZES.get(template_name, template_name)
        if template_name.startswith("django/forms/"):
            return self._ingebouwd.get_template(template_name)
        return super().get_template(template_name)


@dataclass(frozen=True, slots=True)
class Punt:
    """One thing that stands in the way, with the place where it is solved."""

    uitleg: str
    href: str = ""
    link_tekst: str = ""


@dataclass(frozen=True, slots=True)
class InDeWeg:
    """All obstacles of one step, sorted for the screen: what blocks, what passes with a reason, and the rules."""

    hard: list[Punt]
    afwijk: list[Punt]
    harde_regels: list[Regel]
    afwijkregels: list[Regel]

    @classmethod
    def van(cls, belemmeringen: Sequence[Belemmering], form: forms.BaseForm | None = None) -> "InDeWeg":
        afwijk = [b for b in belemmeringen if not b.hard]
        hard = [b for b in belemmeringen if b.hard]
        return cls(
            hard=[_punt(b, form) for b in hard],
            afwijk=[_punt(b, form) for b in afwijk],
            harde_regels=_regels(hard),
            afwijkregels=_regels(afwijk),
        )


def _punt(belemmering: Belemmering, form: forms.BaseForm | None) -> Punt:
    if belemmering.link:
        return Punt(belemmering.uitleg, belemmering.link, belemmering.link_tekst)
    if form is not None and belemmering.veld in form.fields:
        veld = form[belemmering.veld]
        return Punt(belemmering.uitleg, f"#{veld.doel}" if isinstance(veld, VTVeld) else f"#{veld.auto_id}")
    return Punt(belemmering.uitleg)


def _regels(belemmeringen: Sequence[Belemmering]) -> list[Regel]:
    return list({b.regel.id: b.regel for b in belemmeringen if b.regel is not None}.values())


class VTFormulier:
    """Mixin for every form: what the layout, the obstacles and a collision of two writers need.

    `breedte` gives a field b1, b3, b4 or b6 of six columns; `voorgevuld` names the fields that were taken over and
    not yet looked at; `uitleg_boven` puts help before the control, as the public form does; `merk` is "nodig",
    "mag leeg" or "" and stands behind the labels it holds for.
    """

    use_required_attribute = False  # all errors at once, in our words, beside their fields
    breedte: Mapping[str, str] = {}
    voorgevuld: Collection[str] = frozenset()
    merk = ""
    uitleg_boven = False
    belemmeringen: Sequence[Belemmering] = ()
    botsing: Botsing | None = None
    foutkop = "Nog niet bewaard."
    weigering = "Dit kan nog niet."
    wat_wel_kan = "contact, afspraak, voorwaarde, score, alarmering en nieuwe melding vastleggen."
    afwijkvraag = "Waarom wijk je hier af?"

    fields: dict[str, forms.Field]
    data: Any

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        keus = data.get("botsing", "") if data else ""
        self.alleen_bewerken = keus == "samen"
        super().__init__(_na_botsing(data, keus), *args, **kwargs)  # type: ignore[call-arg]
        for veld in self.fields.values():
            _spreek_nederlands(veld)

    def is_valid(self) -> bool:
        """Two texts put together are looked at once more before they are kept."""
        return super().is_valid() and not self.alleen_bewerken  # type: ignore[misc]

    @property
    def in_de_weg(self) -> InDeWeg:
        return InDeWeg.van(self.belemmeringen, self if isinstance(self, forms.BaseForm) else None)

    @property
    def motivering(self) -> str:
        """What was typed as a reason, so that nobody types it twice."""
        return str(self.data.get("motivering", "")) if self.data else ""


class Formulier(VTFormulier, forms.Form):
    """A form of the house."""


class ModelFormulier(VTFormulier, forms.ModelForm):
    """A form of the house over one model."""


def fouten_van(form: forms.BaseForm) -> Iterator[Punt]:
    """The errors of any form, of the house or of a package, as points with a place."""
    for fout in form.non_field_errors():
        yield Punt(str(fout))
    for veld in form.visible_fields():
        doel = veld.doel if isinstance(veld, VTVeld) else veld.auto_id
        for fout in veld.errors:
            yield Punt(str(fout), f"#{doel}", str(veld.label))
    for veld in form.hidden_fields():
        for fout in veld.errors:
            yield Punt(str(fout))


def _spreek_nederlands(veld: forms.Field) -> None:
    """Django's own sentences become ours; a sentence that the field was given stays."""
    zinnen = dict(ZINNEN)
    for soort, eigen in ZINNEN_PER_SOORT:
        if isinstance(veld, soort):
            zinnen |= eigen
    for sleutel, zin in zinnen.items():
        if veld.error_messages.get(sleutel) == _standaard(veld, sleutel):
            veld.error_messages[sleutel] = zin


def _standaard(veld: forms.Field, sleutel: str) -> Any:
    for soort in type(veld).__mro__:
        zinnen: dict[str, Any] = getattr(soort, "default_error_messages", {})
        if sleutel in zinnen:
            return zinnen[sleutel]
    return None


def _na_botsing(data: Any, keus: str) -> Any:
    """After two people wrote at once: both texts together, or theirs, in the fields that differed."""
    if keus not in {"samen", "hun"}:
        return data
    data = data.copy()
    for sleutel in [s for s in data if s.startswith(f"{keus}_")]:
        data[sleutel.removeprefix(f"{keus}_")] = data[sleutel]
    return data
