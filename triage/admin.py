"""What the administrator manages of triage: the editions of the instrument. Never anything of a case."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from triage.instrument import Uitgavefout
from triage.instrument.lezen import MEESTE_TEKENS
from triage.models import Instrumentuitgave
from triage.services.uitgaven import is_gebruikt, nieuwe_uitgave
from vt_cvs.organisatie.models import Medewerker

UITLEG = (
    "Een YAML- of JSON-bestand met versie, naam, bron, geldig_van en de onderdelen A, B en C met hun vragen. "
    "Vanaf geldig_van gebruikt elke nieuwe VHT deze uitgave; wat al is begonnen, houdt zijn eigen uitgave."
)


class UitgaveForm(forms.ModelForm):
    """One file. Nothing is kept until all of it is right."""

    bestand = forms.FileField(label="Bestand", help_text=UITLEG)

    class Meta:
        model = Instrumentuitgave
        fields = ()

    door: Medewerker

    def clean_bestand(self) -> Any:
        bestand = self.cleaned_data["bestand"]
        if bestand.size > MEESTE_TEKENS:
            raise forms.ValidationError(f"Het bestand is te groot: hoogstens {MEESTE_TEKENS} tekens.")
        try:
            tekst = bestand.read().decode("utf-8-sig")
        except UnicodeDecodeError as fout:
            raise forms.ValidationError("Het bestand is geen tekst. Bewaar het als UTF-8.") from fout
        try:
            self.instance = nieuwe_uitgave(tekst, door=self.door)
        except Uitgavefout as fout:
            raise forms.ValidationError(fout.zinnen) from fout
        return bestand


@admin.register(Instrumentuitgave)
class InstrumentuitgaveAdmin(admin.ModelAdmin):
    """Loaded, read, and taken away while nothing rests on it; never changed."""

    list_display = ("naam", "versie", "geldig_van", "ingelezen_op", "ingelezen_door")
    readonly_fields = ("versie", "naam", "geldig_van", "vragen", "ingelezen_op", "ingelezen_door")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        return type("NieuweUitgave", (UitgaveForm,), {"door": cast(Medewerker, request.user)})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ("bestand",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and not is_gebruikt(obj)

    @admin.display(description="vragen")
    def vragen(self, obj: Instrumentuitgave) -> SafeString:
        return format_html_join(
            "", "<p><b>{}</b> {}<br>{}</p>", ((v.code, v.tekst, v.uitleg) for v in obj.instrument.vragen)
        )
