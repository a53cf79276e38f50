from django.apps import AppConfig


class MeldingConfig(AppConfig):
    name = "melding"
    verbose_name = "Melding"

    def ready(self) -> None:
        import melding.services  # noqa: F401
        from casus import voorwaarden as van_casus
        from casus.dossier import nieuw_signaal, tabs, vindplaatsen
        from casus.services.betrokkenen import persoon_gewijzigd
        from melding import dossier, telbaar, voorwaarden
        from melding.services.opvoeren import kijk_persoon_na
        from melding.services.signalen import ontvang_bij_casus

        telbaar.controleer()
        van_casus.mag_sluiten.antwoord(voorwaarden.telbare_velden_van_casus)
        van_casus.mag_sluiten.antwoord(voorwaarden.terugkoppeling_in_casus_is_gedaan)
        tabs.antwoord(dossier.tab)
        vindplaatsen.antwoord(dossier.vindplaats)
        nieuw_signaal.antwoord(ontvang_bij_casus)
        persoon_gewijzigd.luister(kijk_persoon_na)
