"""The fields of the public form: they clean what people type and refuse nothing for what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from melding.signalen.models import RUIM
from vt_cvs.kern.velden import als_platte_tekst
from vt_cvs.web.formulieren import Formulier, GroteKeuzes

LANGSTE_VERHAAL = 50_000
JA_NEE = (("ja", "Ja"), ("nee", "Nee"), ("onbekend", "Dat weet ik niet"))


class Regel(forms.CharField):
    """One line; what cannot be seen falls out."""

    def __init__(self, *, vult_aan: str = "off", **opties: Any) -> None:
        opties = {"required": False, "max_length": RUIM, **opties}
        opties["error_messages"] = {
            "max_length": f"Dit is langer dan {opties['max_length']} tekens. Maak het korter.",
            **opties.get("error_messages", {}),
        }
        super().__init__(**opties)
        self.widget.attrs["autocomplete"] = vult_aan
        self.widget.attrs.pop("maxlength", None)  # a browser would cut off what is pasted without a word

    def to_python(self, value: Any) -> str:
        return " ".join(als_platte_tekst(str(super().to_python(_zonder_nul(value)))).split())


class Email(Regel):
    widget = forms.EmailInput

    def __init__(self, **opties: Any) -> None:
        super().__init__(vult_aan="email", max_length=254, **opties)
        self.validators.append(forms.EmailField(error_messages={"invalid": NAAM_AT}).default_validators[0])
        self.error_messages["invalid"] = NAAM_AT


NAAM_AT = "Schrijf het e-mailadres zoals naam@voorbeeld.nl, of laat het leeg."


class Verhaal(forms.CharField):
    """Text of many lines."""

    widget = forms.Textarea

    def __init__(self, *, rijen: int = 4, **opties: Any) -> None:
        opties = {"required": False, "max_length": LANGSTE_VERHAAL, "strip": True, **opties}
        opties["error_messages"] = {
            "max_length": "Deze tekst is te lang. Zet de rest in een bestand; dat kunt u verderop meesturen.",
            **opties.get("error_messages", {}),
        }
        super().__init__(**opties)
        self.widget.attrs |= {"rows": rijen, "autocomplete": "off"}
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        return als_platte_tekst(str(super().to_python(_zonder_nul(value)))).strip()


def _zonder_nul(waarde: Any) -> Any:
    """Django refuses a NUL in a sentence of its own; nobody types one on purpose."""
    return waarde.replace("\x00", "") if isinstance(waarde, str) else waarde


class Keuze(forms.ChoiceField):
    """One large target per answer; may be left open."""

    def __init__(self, keuzes: Sequence[tuple[str, str]], *, uitleg: Mapping[str, str] | None = None, **opties: Any):
        super().__init__(choices=keuzes, required=False, widget=GroteKeuzes(uitleg=uitleg), **opties)


class Vinkjes(forms.MultipleChoiceField):
    """Any number of answers."""

    def __init__(self, keuzes: Sequence[tuple[str, str]], **opties: Any) -> None:
        super().__init__(choices=keuzes, required=False, widget=forms.CheckboxSelectMultiple, **opties)


class Bladzijdeformulier(Formulier):
    """One page. Help stands before the control; only the story is marked, for only that is needed."""

    uitleg_boven = True
    merk = "nodig"
    foutkop = "U kunt nog niet verder."

    def antwoorden(self) -> dict[str, Any]:
        """What is kept of this page."""
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if waarde not in ("", [], None, False)}
