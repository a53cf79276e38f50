from django.apps import AppConfig


class DienstenConfig(AppConfig):
    name = "diensten"
    verbose_name = "Diensten"

    def ready(self) -> None:
        from casus import voorwaarden as van_casus
        from casus.dossier import tabs
        from casus.services.betrokkenen import directbetrokkene_erbij
        from casus.services.casussen import stap_geeindigd
        from casus.services.terugkoppeling import terugkoppeling_gedaan
        from casus.services.vastleggen import contact_vastgelegd
        from diensten import dossier, eerder, telbaar, voorwaarden
        from diensten.services import afsluiten, bijzonder, keuzes, verloop
        from melding import voorwaarden as van_melding
        from melding.meldingen.services.aannemen import melding_aangenomen
        from melding.meldingen.services.bijwerken import melding_gewijzigd
        from melding.meldingen.services.opvolgen import casus_opgevolgd
        from triage.dossier import telt_mee
        from triage.services import triagebesluit_genomen

        telbaar.controleer()
        tabs.antwoord(dossier.tab)
        telt_mee.antwoord(eerder.dienst_in_afronding)
        van_casus.mag_sluiten.antwoord(voorwaarden.vervolg_in_casus_is_geeindigd)
        van_melding.mag_afhandelen.antwoord(voorwaarden.vervolg_van_melding_is_geeindigd)
        triagebesluit_genomen.luister(keuzes.bij_triagebesluit)
        contact_vastgelegd.luister(keuzes.bij_contact)
        terugkoppeling_gedaan.luister(afsluiten.bij_terugkoppeling)
        stap_geeindigd.luister(afsluiten.bij_einde)
        melding_aangenomen.luister(afsluiten.bij_melding)
        melding_aangenomen.luister(bijzonder.bij_melding)
        melding_gewijzigd.luister(bijzonder.bij_melding)
        directbetrokkene_erbij.luister(bijzonder.bij_betrokkene)
        casus_opgevolgd.luister(verloop.volg_monitoring_op)
