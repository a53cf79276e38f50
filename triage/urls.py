"""Addresses of this app's screens."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
