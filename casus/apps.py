from django.apps import AppConfig


class CasusConfig(AppConfig):
    name = "casus"
    verbose_name = "Casus"

    def ready(self) -> None:
        import casus.menu
        import casus.services.herinneringen
        import casus.services.terugkoppeling
        import casus.web  # noqa: F401 - these register tabs, quick acts, menu entries and deliverers of mail
        from vt_cvs.kern.dossier import bescherm_geschiedenis

        bescherm_geschiedenis()
