from django.apps import AppConfig
from django.core.checks import register


class InzageConfig(AppConfig):
    name = "casus.inzage"
    label = "inzage"
    verbose_name = "Inzage"

    def ready(self) -> None:
        import casus.informatie.verhalen
        import casus.informeren.verhalen
        import casus.inzage.inleidingen
        import casus.inzage.menu
        import casus.inzage.postverhalen
        import casus.inzage.tasks
        import casus.inzage.verhalen  # noqa: F401 - the sentences of the spine
        from casus.inzage.checks import pango_is_er

        register(pango_is_er)
