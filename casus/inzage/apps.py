from django.apps import AppConfig


class InzageConfig(AppConfig):
    name = "casus.inzage"
    label = "inzage"
    verbose_name = "Inzage"
