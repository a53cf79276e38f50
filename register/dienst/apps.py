from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DienstConfig(AppConfig):
    name = "register.dienst"
    label = "dienst"
    verbose_name = "Registerdienst"

    def ready(self) -> None:
        from register.dienst.organisaties import breng_bij

        post_migrate.connect(breng_bij, sender=self)
