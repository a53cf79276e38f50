"""What the administrator manages. Codes of the BUR are shown and cannot be moved, renamed or removed (RW-2.5)."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest

from vt_cvs.organisatie.models import Afzender, Code, Instelling, Medewerker, Rol, Team
from vt_cvs.organisatie.selectors import vergeet_codes
from vt_cvs.organisatie.services import zet_uit_dienst


class MedewerkerForm(forms.ModelForm):
    rollen = forms.MultipleChoiceField(
        label="Rollen", choices=Rol.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    wachtwoord = forms.CharField(
        label="Nieuw wachtwoord",
        widget=forms.PasswordInput,
        required=False,
        help_text="Leeg: het wachtwoord blijft zoals het is. De medewerker wijzigt het zelf na de eerste keer.",
    )

    class Meta:
        model = Medewerker
        fields = ("naam", "email", "telefoon", "team", "rollen", "is_active")


@admin.register(Medewerker)
class MedewerkerAdmin(admin.ModelAdmin):
    form = MedewerkerForm
    list_display = ("naam", "email", "team", "rollen_in_woorden", "is_active")
    list_filter = ("team", "is_active")
    search_fields = ("naam", "email")

    @admin.display(description="rollen")
    def rollen_in_woorden(self, obj: Medewerker) -> str:
        return ", ".join(obj.rolnamen)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(systeem=False).select_related("team")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # whoever acted in a file stays known there; switch off instead

    def save_model(self, request: HttpRequest, obj: Medewerker, form: Any, change: bool) -> None:
        """Nobody grants rights to themselves."""
        if change and obj.pk == request.user.pk and "rollen" in form.changed_data:
            obj.rollen = Medewerker.objects.values_list("rollen", flat=True).get(pk=obj.pk)
            messages.error(request, "Je eigen rollen kan alleen een andere beheerder wijzigen. De rest is bewaard.")
        if form.cleaned_data.get("wachtwoord"):
            obj.set_password(form.cleaned_data["wachtwoord"])
        elif not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data and not obj.is_active:
            zet_uit_dienst(obj, door=cast(Medewerker, request.user))
            messages.info(request, f"Het open werk van {obj.naam} staat nu bij het team.")


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    list_display = ("naam", "actief")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Code)
class CodeAdmin(admin.ModelAdmin):
    list_display = ("label", "lijst", "code", "landelijk", "geldig_van", "geldig_tot")
    list_filter = ("lijst", "landelijk")
    search_fields = ("label", "code")

    def get_readonly_fields(self, request: HttpRequest, obj: Code | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        return ("lijst", "code", "label", "bron", "landelijk") if obj.landelijk else ("lijst", "code")

    def has_delete_permission(self, request: HttpRequest, obj: Code | None = None) -> bool:
        return False  # end it with a date: files keep their words

    def save_model(self, request: HttpRequest, obj: Code, form: Any, change: bool) -> None:
        if change and obj.landelijk:
            obj.save(
                update_fields=[naam for naam in form.changed_data if naam in {"volgorde", "geldig_van", "geldig_tot"}]
            )
        else:
            super().save_model(request, obj, form, change)
        vergeet_codes(obj.lijst)


@admin.register(Afzender)
class AfzenderAdmin(admin.ModelAdmin):
    list_display = ("naam", "organisatietype", "actief", "gemaakt_op")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Afzender, form: Any, change: bool) -> None:
        """A new sender gets its key here, once."""
        if change:
            super().save_model(request, obj, form, change)
            return
        nieuw, sleutel = Afzender.nieuw(obj.naam, obj.organisatietype)
        obj.pk = nieuw.pk
        messages.warning(request, f"De sleutel van {obj.naam}, nu eenmalig te zien: {sleutel}")


@admin.register(Instelling)
class InstellingAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return not Instelling.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Instelling, form: Any, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)
        from django.core.cache import cache

        cache.delete("instelling")
