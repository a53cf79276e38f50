from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrganisatieConfig(AppConfig):
    name = "vt_cvs.organisatie"
    label = "organisatie"
    verbose_name = "Organisatie"

    def ready(self) -> None:
        from vt_cvs.organisatie.lijsten import breng_bij

        post_migrate.connect(breng_bij, sender=self)
