from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "vt_cvs.web"
    label = "web"
    verbose_name = "Web"
