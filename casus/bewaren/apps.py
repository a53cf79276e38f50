from django.apps import AppConfig


class BewarenConfig(AppConfig):
    name = "casus.bewaren"
    label = "bewaren"
    verbose_name = "Bewaren"

    def ready(self) -> None:
        import casus.bewaren.menu
        import casus.bewaren.tasks  # noqa: F401 - registers the deliverer
