from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "triage"
    verbose_name = "Triage"

    def ready(self) -> None:
        import triage.menu  # noqa: F401 - registers the entry of the menu
        from casus.dossier import feiten_per_melding
        from casus.selectors.tijdlijn import taxaties
        from melding import services as melding
        from melding.voorwaarden import mag_afhandelen
        from triage import dossier, selectors, services, voorwaarden

        feiten_per_melding.antwoord(dossier.uitkomsten)
        melding.melding_aangenomen.luister(services.bij_melding_aangenomen)
        melding.ontvangst_gecorrigeerd.luister(services.herbereken_termijn)
        mag_afhandelen.antwoord(voorwaarden.eindconclusie_is_er_na_acuut)
        mag_afhandelen.antwoord(voorwaarden.wie_besliste_heeft_getekend)
        taxaties.antwoord(selectors.vhts_van)
        dossier.registreer()
