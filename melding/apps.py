from django.apps import AppConfig


class MeldingConfig(AppConfig):
    name = "melding"
    verbose_name = "Melding"
