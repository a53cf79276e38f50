"""Addresses of the registerdienst; none of them holds anything about a person."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from register.dienst import views


class Nummer(IntConverter):
    """A number that fits in the database."""

    regex = "[0-9]{1,18}"


register_converter(Nummer, "nummer")

urlpatterns = [
    path("gezond", views.gezond),
    path("v1/registraties", views.registraties),
    path("v1/berichten", views.berichten),
    path("v1/berichten/<nummer:nummer>/ontvangen", views.ontvangen),
]
