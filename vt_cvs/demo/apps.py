from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "vt_cvs.demo"
    label = "demo"
    verbose_name = "Demo"
