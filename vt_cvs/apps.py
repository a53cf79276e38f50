from django.apps import AppConfig


class VTConfig(AppConfig):
    """The wiring as a whole: every process that runs Django speaks to the same broker."""

    name = "vt_cvs"
    verbose_name = "VT-CVS"

    def ready(self) -> None:
        import vt_cvs.celery  # noqa: F401 - sets the Celery app that `delay()` uses
