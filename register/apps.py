from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "register"
    verbose_name = "Register"

    def ready(self) -> None:
        import register.dossier
        import register.services.bezorgen  # noqa: F401 - these register the tab and the deliverers
        from register import volgen

        volgen.begin()
