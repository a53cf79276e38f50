from django.apps import AppConfig


class MeldingConfig(AppConfig):
    name = "melding"
    verbose_name = "Melding"

    def ready(self) -> None:
        import melding.formulier.tasks  # Celery looks for tasks in apps; this is a package of one
        import melding.services  # noqa: F401
        from casus import voorwaarden as van_casus
        from casus.dossier import (
            feiten_per_melding,
            nieuw_signaal,
            ook_gevonden,
            tabs,
            verboden_in_bericht,
            vindplaatsen,
        )
        from casus.services.betrokkenen import persoon_gewijzigd
        from melding import dossier, telbaar, voorwaarden
        from melding.advies.selectors import zoek_adviezen
        from melding.advies.voorwaarden import ook_elders_in_de_casus, personen_met_toestemming
        from melding.meldingen.services.aannemen import melding_aangenomen
        from melding.meldingen.services.opvoeren import kijk_persoon_na
        from melding.signalen.services import ontvang_bij_casus

        telbaar.controleer()
        van_casus.mag_iemand_toevoegen.antwoord(personen_met_toestemming)
        van_casus.noemt_iemand.antwoord(ook_elders_in_de_casus)
        van_casus.mag_sluiten.antwoord(voorwaarden.telbare_velden_van_casus)
        van_casus.mag_sluiten.antwoord(voorwaarden.terugkoppeling_in_casus_is_gedaan)
        tabs.antwoord(dossier.tab)
        feiten_per_melding.antwoord(dossier.nummers)
        ook_gevonden.antwoord(zoek_adviezen)
        verboden_in_bericht.antwoord(dossier.niet_over_de_melder)
        melding_aangenomen.luister(dossier.laat_informeren)
        vindplaatsen.antwoord(dossier.vindplaats)
        nieuw_signaal.antwoord(ontvang_bij_casus)
        persoon_gewijzigd.luister(kijk_persoon_na)
