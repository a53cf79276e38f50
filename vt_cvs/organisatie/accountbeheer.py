"""The administrator's screens for accounts: who works here, the log of it, and the second factor that was lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie import accounts
from vt_cvs.organisatie.models import Accountregel, Factorherstel, Medewerker, Rol


def _ik(request: HttpRequest) -> Medewerker:
    return cast(Medewerker, request.user)


class MedewerkerForm(forms.ModelForm):
    rollen = forms.MultipleChoiceField(
        label="Rollen",
        choices=Rol.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="De privacyfunctionaris krijgt bericht van elke rol die erbij komt.",
    )

    class Meta:
        model = Medewerker
        fields = ("naam", "email", "telefoon", "team", "rollen", "is_active")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if Medewerker.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Dit e-mailadres hoort al bij een andere medewerker.")
        return email


class AlleenLezen(admin.ModelAdmin):
    """Written by the services only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Medewerker)
class MedewerkerAdmin(admin.ModelAdmin):
    form = MedewerkerForm
    fieldsets = (
        (
            None,
            {
                "fields": MedewerkerForm.Meta.fields,
                "description": "Een wachtwoord kiest de medewerker zelf: stuur vanuit de lijst een link.",
            },
        ),
    )
    list_display = ("naam", "email", "team", "rollen_in_woorden", "is_active")
    list_filter = ("team", "is_active")
    search_fields = ("naam", "email")
    actions = ("stuur_link",)

    @admin.display(description="rollen")
    def rollen_in_woorden(self, obj: Medewerker) -> str:
        return ", ".join(obj.rolnamen)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(systeem=False).select_related("team")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Nobody grants rights to themselves: on one's own page those fields cannot be changed."""
        basis = super().get_form(request, obj, change=change, **kwargs)
        ik = _ik(request)

        class VoorDezeBeheerder(basis):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **opties: Any) -> None:
                super().__init__(*args, **opties)
                for naam in ("rollen", "team", "is_active") if self.instance.pk == ik.pk else ():
                    self.fields[naam].disabled = True
                    self.fields[naam].help_text = "Dit kan voor jouw account alleen een andere beheerder wijzigen."

        return VoorDezeBeheerder

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # whoever acted in a file stays known there; switch off instead

    def save_model(self, request: HttpRequest, obj: Medewerker, form: Any, change: bool) -> None:
        if not change:
            accounts.maak_account(obj, door=_ik(request))
            if obj.is_active:
                messages.info(request, f"{obj.naam} krijgt een mail met een link om een wachtwoord te kiezen.")
            return
        accounts.wijzig_account(obj, door=_ik(request))
        if "email" in form.changed_data:
            messages.info(request, "Het oude adres en de privacyfunctionaris krijgen hier bericht van.")
        if "is_active" in form.changed_data and not obj.is_active:
            messages.info(request, f"Het open werk van {obj.naam} staat nu bij het team.")

    @admin.action(description="Stuur een link om een wachtwoord te kiezen")
    def stuur_link(self, request: HttpRequest, queryset: QuerySet[Medewerker]) -> None:
        for medewerker in queryset:
            _doe(
                request,
                lambda m=medewerker: accounts.stuur_link(m, door=_ik(request)),  # type: ignore[misc]
                f"{medewerker.naam} krijgt een mail met een link om een wachtwoord te kiezen.",
            )


@admin.register(Accountregel)
class AccountregelAdmin(AlleenLezen):
    list_display = ("op", "medewerker", "wat", "oud", "nieuw", "door")
    list_filter = ("wat",)
    search_fields = ("medewerker__naam", "door__naam")
    list_select_related = ("medewerker", "door")
    fields = ("op", "medewerker", "wat", "oud", "nieuw", "reden", "door")


@admin.register(Factorherstel)
class FactorherstelAdmin(AlleenLezen):
    """Ask here; a colleague confirms in the list."""

    list_display = ("medewerker", "gevraagd_door", "gevraagd_op", "stand", "bevestigd_door")
    list_select_related = ("medewerker", "gevraagd_door", "bevestigd_door")
    fields = ("medewerker", "reden")
    actions = ("bevestig", "trek_in")

    @admin.display(description="stand")
    def stand(self, obj: Factorherstel) -> str:
        return obj.stand_in_woorden

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        vrager = _ik(request)

        class MetRegels(form):  # type: ignore[misc, valid-type]
            def clean(self) -> Any:
                """What the service would refuse is said beside its field."""
                gegevens = super().clean()
                if not self.errors:
                    for b in accounts.bezwaren_tegen_factorherstel(**gegevens, door=vrager):
                        self.add_error(b.veld or None, b.uitleg)
                return gegevens

        return MetRegels

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "medewerker":
            anderen = Medewerker.objects.filter(systeem=False, is_active=True).exclude(pk=_ik(request).pk)
            kwargs["queryset"] = anderen.order_by("naam")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Factorherstel, form: Any, change: bool) -> None:
        obj.pk = accounts.vraag_factorherstel(obj.medewerker, reden=obj.reden, door=_ik(request)).pk
        messages.info(request, "Een andere beheerder kan dit nu bevestigen. De medewerker heeft bericht gekregen.")

    @admin.action(description="Bevestig: verwijder de tweede factor", permissions=["view"])
    def bevestig(self, request: HttpRequest, queryset: QuerySet[Factorherstel]) -> None:
        for verzoek in queryset:
            _doe(
                request,
                lambda v=verzoek: accounts.bevestig_factorherstel(v, door=_ik(request)),  # type: ignore[misc]
                f"De tweede factor van {verzoek.medewerker} is weg; de medewerker krijgt bericht.",
            )

    @admin.action(description="Trek het verzoek in", permissions=["view"])
    def trek_in(self, request: HttpRequest, queryset: QuerySet[Factorherstel]) -> None:
        for verzoek in queryset:
            accounts.trek_factorherstel_in(verzoek, door=_ik(request))
            messages.info(request, f"Het verzoek voor {verzoek.medewerker} is ingetrokken.")


def _doe(request: HttpRequest, handeling: Callable[[], Any], gelukt: str) -> None:
    try:
        handeling()
    except RegelGeweigerd as fout:
        messages.error(request, str(fout))
    else:
        messages.info(request, gelukt)
