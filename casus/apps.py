from django.apps import AppConfig


class CasusConfig(AppConfig):
    name = "casus"
    verbose_name = "Casus"

    def ready(self) -> None:
        import casus.services.terugkoppeling  # noqa: F401 - registers the deliverer of feedback mail
        from vt_cvs.kern.dossier import bescherm_geschiedenis

        bescherm_geschiedenis()
