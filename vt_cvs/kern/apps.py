from django.apps import AppConfig


class KernConfig(AppConfig):
    name = "vt_cvs.kern"
    label = "kern"
    verbose_name = "Kern"
