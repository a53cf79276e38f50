from django.apps import AppConfig


class CasusConfig(AppConfig):
    name = "casus"
    verbose_name = "Casus"

    def ready(self) -> None:
        import casus.menu
        import casus.services.herinneringen
        import casus.services.terugkoppeling
        import casus.web  # noqa: F401 - these register tabs, quick acts, menu entries and deliverers of mail
        from casus.informeren.services import bij_betrokkene, bij_terugkoppeling
        from casus.services.betrokkenen import directbetrokkene_erbij
        from casus.services.terugkoppeling import terugkoppeling_gedaan
        from casus.services.werk import geef_werk_terug
        from vt_cvs.kern.dossier import bescherm_geschiedenis
        from vt_cvs.organisatie.services import uit_dienst

        terugkoppeling_gedaan.luister(bij_terugkoppeling)
        directbetrokkene_erbij.luister(bij_betrokkene)
        uit_dienst.luister(geef_werk_terug)
        bescherm_geschiedenis()
