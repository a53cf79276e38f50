"""What the administrator manages. Codes of the BUR are shown and cannot be moved, renamed or removed (RW-2.5)."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from vt_cvs.organisatie import accountbeheer  # noqa: F401 - employees and their accounts
from vt_cvs.organisatie.models import Afzender, Code, Instelling, Team
from vt_cvs.organisatie.selectors import vergeet_codes
from vt_cvs.organisatie.sjablonen import Sjabloon


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
    list_display = ("naam", "soort", "organisatietype", "actief", "gemaakt_op")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Afzender, form: Any, change: bool) -> None:
        """A new sender gets its key here, once."""
        if change:
            super().save_model(request, obj, form, change)
            return
        nieuw, sleutel = Afzender.nieuw(obj.naam, obj.organisatietype, obj.soort)
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


@admin.register(Sjabloon)
class SjabloonAdmin(SimpleHistoryAdmin):
    """Texts change here and are never added or taken away: every message has one. Each version stays readable."""

    list_display = ("__str__", "onderwerp", "versie")
    list_filter = ("partij", "moment", "uitkomst")
    search_fields = ("onderwerp", "tekst")
    readonly_fields = ("partij", "moment", "uitkomst", "versie")
    history_list_display = ("versie", "onderwerp")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
