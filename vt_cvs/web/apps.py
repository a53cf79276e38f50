from django.apps import AppConfig
from django.urls import register_converter


class WebConfig(AppConfig):
    name = "vt_cvs.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        from vt_cvs.web.paden import Nummerdeel

        register_converter(Nummerdeel, "nummer")
