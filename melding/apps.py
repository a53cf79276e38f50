from django.apps import AppConfig


class MeldingConfig(AppConfig):
    name = "melding"
    verbose_name = "Melding"

    def ready(self) -> None:
        import melding.services  # noqa: F401
        from casus import voorwaarden as van_casus
        from casus.dossier import tabs, vindplaatsen
        from melding import dossier, telbaar, voorwaarden

        telbaar.controleer()
        van_casus.mag_sluiten.antwoord(voorwaarden.telbare_velden_van_casus)
        van_casus.mag_sluiten.antwoord(voorwaarden.terugkoppeling_in_casus_is_gedaan)
        tabs.antwoord(dossier.tab)
        vindplaatsen.antwoord(dossier.vindplaats)
