"""The API, wired: intake for senders, and every step of every machine for employees."""

from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularJSONAPIView

import vt_cvs.web.openapi  # noqa: F401 - registers how keys and sessions are described
from casus.api import lees_stuk
from melding.api import aanleveren
from melding.formulier.api import openbaar_aanleveren
from vt_cvs.web.stappen import stap_urls

openapi = SpectacularJSONAPIView.as_view(authentication_classes=[], permission_classes=[])

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", openapi, name="openapi"),
    path("meldingen", aanleveren, name="aanleveren"),
    path("openbare-meldingen", openbaar_aanleveren, name="openbaar_aanleveren"),
    *stap_urls(lees_stuk),
]
