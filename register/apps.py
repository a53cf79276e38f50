from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "register"
    verbose_name = "Register"

    def ready(self) -> None:
        import register.services.bezorgen  # noqa: F401 - registers the deliverers
        from register import volgen

        volgen.begin()
