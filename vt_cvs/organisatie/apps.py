from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrganisatieConfig(AppConfig):
    name = "vt_cvs.organisatie"
    label = "organisatie"
    verbose_name = "Organisatie"

    def ready(self) -> None:
        import vt_cvs.organisatie.accountpost  # noqa: F401 - registers the deliverers
        from vt_cvs.organisatie.lijsten import breng_bij
        from vt_cvs.organisatie.lijsten.sjablonen import breng_sjablonen_bij

        post_migrate.connect(breng_bij, sender=self)
        post_migrate.connect(breng_sjablonen_bij, sender=self)
