"""Django's admin, for the administrator only: employees, teams, codes, senders, settings. No case content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.sites import AdminSite
from django.db.models import Model
from django.http import HttpRequest

TONEN = frozenset({"organisatie"})
TONEN_OOK = frozenset({"triage.instrumentuitgave"})
"""Only what this product made for the administrator, of a floor above nothing but what holds no case. Packages register
screens of their own (addresses, second factors, linked accounts, groups, sessions): each would be a way around
`accounts`."""


class BeheerConfig(AdminConfig):
    default_site = "vt_cvs.organisatie.beheer.Beheer"


class Beheer(AdminSite):
    site_header = "Beheer VT-CVS"
    site_title = "Beheer VT-CVS"
    index_title = "Wat wil je inrichten?"
    site_url = "/"
    enable_nav_sidebar = False

    def register(
        self, model_or_iterable: Any, admin_class: type[ModelAdmin[Any]] | None = None, **options: Any
    ) -> None:
        modellen: Iterable[type[Model]] = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        )
        eigen = [model for model in modellen if model._meta.app_label in TONEN or model._meta.label_lower in TONEN_OOK]
        if eigen:
            super().register(eigen, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_authenticated and request.user.is_staff)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The one log-in of the product, with its rate limits and second factor."""
        from django.contrib.auth.views import redirect_to_login
        from django.core.exceptions import PermissionDenied

        if request.user.is_authenticated:
            raise PermissionDenied("Dit kan alleen wie applicatiebeheerder is.")
        return redirect_to_login(request.get_full_path())
