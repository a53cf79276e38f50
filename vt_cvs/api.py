"""The API, wired: intake for senders, and every step of every machine for employees."""

from django.urls import URLPattern, path
from drf_spectacular.views import SpectacularJSONAPIView

urlpatterns: list[URLPattern] = [
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
]
