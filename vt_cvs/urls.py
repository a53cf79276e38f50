"""Wiring only: which app answers which address."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/werk/"), name="start"),
    # An address is the administrator's to change, with a word to the old one: allauth's own page for it is closed.
    path("account/email/", RedirectView.as_view(url="/mijn/")),
    path("account/", include("allauth.urls")),
    path("beheer/", admin.site.urls),
    path("", include("vt_cvs.web.urls")),
    path("", include("casus.urls")),
    path("", include("melding.urls")),
    path("", include("triage.urls")),
    path("", include("diensten.urls")),
    path("", include("register.urls")),
    path("", include("casus.inzage.urls")),
    path("", include("casus.bewaren.urls")),
    path("api/v1/", include("vt_cvs.api")),
]
