from django.apps import AppConfig


class BewarenConfig(AppConfig):
    name = "casus.bewaren"
    label = "bewaren"
    verbose_name = "Bewaren"
