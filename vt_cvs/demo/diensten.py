"""The services: families that wait, V&V that runs or runs late, Overdracht in each stage, maatwerk and monitoring."""

from __future__ import annotations

from dataclasses import replace

from casus import rechten
from casus.models import Betrokkene, Veiligheidsvoorwaarde
from casus.services.casussen import wijs_toe
from casus.services.noodknop import open_met_noodknop
from casus.services.vastleggen import (
    beeindig_alarm,
    beeindig_voorwaarde,
    leg_afspraak_vast,
    leg_contact_vast,
    leg_score_vast,
    scherp_aan,
    stel_voorwaarde,
)
from diensten.models import VV, Keuze, Maatwerk, Monitoren, Overdracht
from diensten.services.keuzes import maak_keuze
from diensten.services.monitoring import houd_moment
from diensten.services.overdrachten import bereid_voor
from diensten.services.vv import rond_vv_af
from melding.services import neem_melding_aan, opvoering_van
from vt_cvs.demo.binnenkomst import (
    alarm_geslagen,
    bsn_nagekeken,
    melding_aangenomen,
    melding_komt_binnen,
    netwerk_erbij,
    telbare_velden_gevuld,
)
from vt_cvs.demo.teksten import AFSPRAKEN, GESPREK, PROFESSIONAL, REACTIE, VOORWAARDEN
from vt_cvs.demo.triage import acuut_bevestigd, besluit_acuut, besluit_genomen, eerste_contact, scores_gevraagd, teruggekoppeld
from vt_cvs.demo.verhaal import Situatie, Verhaal
from vt_cvs.kern.dossier import wijzig
from vt_cvs.kern.overgangen import voer_uit


# --- what happens -------------------------------------------------------------------------------------------------


def tot_de_keuze(v: Verhaal, **gekozen: object) -> None:
    """From the report to the choice: decided, the melder has heard, someone has been spoken to."""
    melding_aangenomen(v)
    bsn_nagekeken(v)
    besluit_genomen(v)
    teruggekoppeld(v)
    eerste_contact(v)
    kies(v, **gekozen)


def kies(v: Verhaal, **gekozen: object) -> None:
    with v.na(1) as door:
        keuze = Keuze.objects.select_related("stap__casus").get(stap__casus=v.casus, stand=Keuze.Stand.OPEN)
        maak_keuze(keuze, door=door, toelichting="Besproken met het gezin.", **gekozen)


def vv_van(v: Verhaal) -> VV:
    return VV.objects.select_related("stap__casus", "stap__team").filter(stap__casus=v.casus).latest("pk")


def vv_opgepakt(v: Verhaal, dagen: int = 3) -> None:
    with v.na(dagen) as door:
        voer_uit(vv_van(v), "pak_op", door=door)


def gesprekken(v: Verhaal) -> None:
    """A visit, the reaction of the other, and someone who knows the children."""
    with v.na(5) as door:
        leg_contact_vast(
            v.casus,
            door=door,
            betrokkenen=v.betrokkenen[:1],
            op=v.nu,
            soort="huisbezoek",
            met=v.gezin.leden[0].naam,
            verslag=v.schrijf(GESPREK),
        )
    if len(v.gezin.volwassenen) > 1:
        with v.na(4) as door:
            leg_contact_vast(
                v.casus,
                door=door,
                betrokkenen=v.betrokkenen[1:2],
                op=v.nu,
                soort="kantoor",
                met=v.gezin.volwassenen[1].naam,
                verslag=v.schrijf(REACTIE),
                hoor_wederhoor=True,
            )
    with v.na(3) as door:
        leg_contact_vast(
            v.casus, door=door, op=v.nu, soort="school", met="intern begeleider", verslag=v.schrijf(PROFESSIONAL)
        )


def voorwaarden_gesteld(v: Verhaal, aantal: int = 2) -> None:
    with v.na(2) as door:
        for tekst in v.toeval.sample(VOORWAARDEN, aantal):
            stel_voorwaarde(v.casus, v.schrijf((tekst,)), door=door)
        leg_afspraak_vast(v.casus, v.schrijf(AFSPRAKEN), door=door, met="ouders en oma")


def nieuwe_score(v: Verhaal, score: int, dagen: int = 10) -> None:
    with v.na(dagen) as door:
        leg_score_vast(v.betrokkenen[0], score, door=door, op=v.nu, herkomst="zelf gezegd")


def vv_afgerond(v: Verhaal, *, monitoren: bool = True, overdracht: bool = False) -> None:
    telbare_velden_gevuld(v)
    with v.na(5) as door:
        vv = vv_van(v)
        rond_vv_af(
            vv,
            door=door,
            uitkomsten={u.vorm: v.toeval.choice(("bevestigd", "bevestigd", "niet-bevestigd")) for u in vv.uitkomsten},
            vervolg_monitoren=monitoren,
            vervolg_overdracht=overdracht,
            toelichting="De voorwaarden worden gevolgd; het gezin heeft hulp die past.",
            motivering="" if monitoren else "Het wijkteam houdt voortaan zicht op de voorwaarden.",
        )


def volledige_vv(v: Verhaal, *, monitoren: bool = True, overdracht: bool = False) -> None:
    """Chosen, taken up, done and ended within ten weeks."""
    tot_de_keuze(v, vv=True)
    vv_opgepakt(v)
    gesprekken(v)
    voorwaarden_gesteld(v)
    nieuwe_score(v, 7)
    vv_afgerond(v, monitoren=monitoren, overdracht=overdracht)
    teruggekoppeld(v)


def monitoring_van(v: Verhaal) -> Monitoren:
    return Monitoren.objects.select_related("stap__casus").filter(stap__casus=v.casus).latest("pk")


def moment_gehouden(v: Verhaal, op_dag: int) -> None:
    """The next moment, on about its day."""
    monitoren = monitoring_van(v)
    moment = monitoren.open_momenten.first()
    assert moment is not None  # noqa: S101 - the stories ask for the two that are planned
    v.dagen_geleden(op_dag)
    with v.na(uren=1) as door:
        houd_moment(
            moment,
            door=door,
            met="moeder, school en huisarts",
            waarvoor="of het veilig bleef",
            werd_veilig="ja",
            werkt_aan_herstel=v.toeval.choice(("ja", "deels")),
            inzet_genoeg="ja",
            verslag="Moeder geeft haar veiligheid een 8. School ziet een vrolijker kind.",
        )


def overdracht_van(v: Verhaal) -> Overdracht:
    return Overdracht.objects.select_related("stap__casus").filter(stap__casus=v.casus).latest("pk")


def overdracht_voorbereid(v: Verhaal, *stappen: str) -> None:
    """Prepared for the team of the neighbourhood, and so many steps further."""
    with v.na(2) as door:
        bereid_voor(
            overdracht_van(v),
            door=door,
            soort_partij="wijkteam",
            partij=v.gezin.plaats.wijkteam,
            adres_partij="overdracht@wijkteam.example",
            zicht_op_veiligheid=v.gezin.plaats.wijkteam,
        )
    for stap in stappen:
        with v.na(3) as door:
            gegevens = {"reden": "Het wijkteam heeft tot na de jaarwisseling geen plek."} if stap in {"weiger", "trek_in"} else {}
            voer_uit(overdracht_van(v), stap, door=door, **gegevens)


# --- situations: families that wait -------------------------------------------------------------------------------


def wacht_op_vv(v: Verhaal) -> None:
    v.begint(14, 34)
    tot_de_keuze(v, vv=True)


def wacht_te_lang_op_vv(v: Verhaal) -> None:
    """Chosen weeks ago, a score that is not good, and nobody has called since."""
    v.begint(45, 60)
    tot_de_keuze(v, vv=True)
    scores_gevraagd(v, 4)


# --- situations: V&V ----------------------------------------------------------------------------------------------


def vv_pas_begonnen(v: Verhaal) -> None:
    v.begint(22, 34)
    tot_de_keuze(v, vv=True)
    vv_opgepakt(v)


def vv_loopt(v: Verhaal) -> None:
    v.begint(40, 66)
    tot_de_keuze(v, vv=True)
    scores_gevraagd(v, 5, 6)
    vv_opgepakt(v)
    gesprekken(v)
    voorwaarden_gesteld(v)


def vv_met_dalende_score(v: Verhaal) -> None:
    v.begint(40, 60)
    tot_de_keuze(v, vv=True)
    scores_gevraagd(v, 6)
    vv_opgepakt(v)
    v.dagen_geleden(1)
    nieuwe_score(v, 2, dagen=0)


def vv_over_tien_weken(v: Verhaal) -> None:
    v.begint(82, 100)
    tot_de_keuze(v, vv=True)
    vv_opgepakt(v, 10)
    gesprekken(v)
    voorwaarden_gesteld(v, 1)


def vv_met_alarm_en_netwerk(v: Verhaal) -> None:
    """At night with a knife, since then conditions: one sharpened, one no longer needed."""
    v.begint(52, 60, uur=2)
    melding_aangenomen(v)
    alarm_geslagen(v)
    besluit_acuut(v)
    acuut_bevestigd(v)
    netwerk_erbij(v)
    scores_gevraagd(v, 2, 7, 5)
    eerste_contact(v, 1)
    with v.na(1) as door:
        keuze = Keuze.objects.select_related("stap__casus").get(stap__casus=v.casus, stand=Keuze.Stand.OPEN)
        maak_keuze(keuze, door=door, vv=True, motivering="Acuut: eerst handelen; de eindconclusie volgt.")
    vv_opgepakt(v, 1)
    voorwaarden_gesteld(v, 3)
    gesprekken(v)
    with v.na(6) as door:
        eerste, tweede = Veiligheidsvoorwaarde.objects.filter(casus=v.casus).order_by("pk")[:2]
        scherp_aan(eerste, f"{eerste.tekst} Ook niet in het weekend.", door=door)
        beeindig_voorwaarde(tweede, door=door, motivering="Niet meer nodig: oma woont nu bij het gezin.")
    oma = next(b for b in v.betrokkenen if b.stand == Betrokkene.Rol.DERDE)
    with v.na(2) as door:
        voer_uit(oma, "wordt_directbetrokkene", door=door, reden="Woont sinds vorige week in bij het gezin.")


def tweede_melding_bij_lopende_vv(v: Verhaal) -> None:
    """A second report about the same people joins the case; its VHT takes over what is known."""
    v.begint(50, 60)
    tot_de_keuze(v, vv=True)
    vv_opgepakt(v)
    gesprekken(v)
    casus = v.casus
    v.dagen_geleden(3)
    v.nummer += 50_000
    signaal = melding_komt_binnen(v)
    bekend = {b.persoon.voornamen: b.persoon for b in v.betrokkenen if b.persoon}
    with v.na(uren=2) as door:
        personen = [opvoering_van(a, persoon=bekend.get(a.voornamen)) for a in signaal.personen.all()]
        v.melding = neem_melding_aan(signaal, door=door, casus=casus, personen=personen)
    v.nummer -= 50_000


def afgeschermde_casus(v: Verhaal) -> None:
    """About the family of a colleague: only who is named can open it. Someone used the noodknop on it."""
    v.begint(30, 40)
    tot_de_keuze(v, vv=True)
    with v.na(1):
        leider = v.ploeg.teamleider
        casus = wijzig(
            v.casus, door=leider, mag=rechten.mag_afschermen, zin="Casus afgeschermd: familie van een collega", afgeschermd=True
        )
        casus.genoemden.set([v.door, leider])
    vv_opgepakt(v)
    v.dagen_geleden(2)
    with v.na(uren=1):
        ander = v.regie.oost.achterkant[0] if v.ploeg is v.regie.west else v.regie.west.achterkant[0]
        open_met_noodknop(v.casus, "Vader staat aan de balie in Oosterveen en dreigt.", door=ander)


def vv_van_een_ander_gekregen(v: Verhaal) -> None:
    """Given to a colleague by the team leader; the alarm that was raised is over."""
    v.begint(35, 50)
    tot_de_keuze(v, vv=True)
    vv_opgepakt(v)
    alarm_geslagen(v)
    with v.na(3) as door:
        beeindig_alarm(v.casus.alarmering_set.latest("pk"), door=door, motivering="Het wapen is ingenomen door de politie.")
    with v.na(2):
        wijs_toe(vv_van(v).stap, v.collega, door=v.ploeg.teamleider)


def vv_met_overdracht_ernaast(v: Verhaal) -> None:
    v.begint(30, 45)
    tot_de_keuze(v, vv=True, overdracht=True, soort_partij="jeugdhulp", partij="Jeugdhulp De Brug")
    vv_opgepakt(v)
    voorwaarden_gesteld(v, 1)


# --- situations: Overdracht and maatwerk --------------------------------------------------------------------------


def overdracht_in_voorbereiding(v: Verhaal) -> None:
    v.begint(8, 16)
    melding_aangenomen(v)
    besluit_genomen(v, "overdracht")
    teruggekoppeld(v)


def overdracht_aangeboden(v: Verhaal) -> None:
    overdracht_in_voorbereiding(v)
    overdracht_voorbereid(v, "bied_aan")


def overdracht_geaccepteerd(v: Verhaal) -> None:
    v.begint(18, 28)
    melding_aangenomen(v)
    besluit_genomen(v, "overdracht")
    overdracht_voorbereid(v, "bied_aan", "accepteer")


def overdracht_geweigerd(v: Verhaal) -> None:
    """The party has no room: someone must choose what then."""
    v.begint(20, 30)
    melding_aangenomen(v)
    besluit_genomen(v, "overdracht")
    teruggekoppeld(v, "anders")
    overdracht_voorbereid(v, "bied_aan", "weiger")


def overdracht_ingetrokken(v: Verhaal) -> None:
    v.begint(20, 30)
    tot_de_keuze(v, overdracht=True, soort_partij="ggz", partij="GGZ Merenland")
    overdracht_voorbereid(v, "trek_in")


def overgedragen_nog_te_sluiten(v: Verhaal) -> None:
    v.begint(26, 34)
    melding_aangenomen(v)
    telbare_velden_gevuld(v)
    besluit_genomen(v, "overdracht")
    teruggekoppeld(v)
    overdracht_voorbereid(v, "bied_aan", "accepteer", "draag_over")


def maatwerk_loopt(v: Verhaal) -> None:
    v.begint(15, 40)
    melding_aangenomen(v)
    besluit_genomen(v, "maatwerk")
    teruggekoppeld(v)


def maatwerk_afgerond(v: Verhaal) -> None:
    """Ended; the melder still has to hear the last of it."""
    v.begint(40, 60)
    melding_aangenomen(v)
    besluit_genomen(v, "maatwerk")
    with v.na(25) as door:
        maatwerk = Maatwerk.objects.get(stap__casus=v.casus)
        voer_uit(maatwerk, "rond_af", door=door, toelichting="Het gezin heeft zes gesprekken gehad.")


# --- situations: after V&V ----------------------------------------------------------------------------------------


def monitoren_begonnen(v: Verhaal) -> None:
    v.begint(75, 130)
    volledige_vv(v)


def monitoren_eerste_moment_te_laat(v: Verhaal) -> None:
    """Three months have passed, and nobody has looked."""
    v.begint(165, 185)
    volledige_vv(v)


def monitoren_na_eerste_moment(v: Verhaal) -> None:
    v.begint(200, 300)
    volledige_vv(v)
    moment_gehouden(v, 60)


def terugkoppeling_aan_het_einde_te_doen(v: Verhaal) -> None:
    v.begint(70, 80)
    tot_de_keuze(v, vv=True)
    vv_opgepakt(v)
    vv_afgerond(v)


def vv_voortijdig_beeindigd(v: Verhaal) -> None:
    """The family left and nobody knows where to."""
    v.begint(40, 55)
    tot_de_keuze(v, vv=True)
    with v.na(12) as door:
        voer_uit(vv_van(v), "beeindig_voortijdig", door=door, reden_voortijdig="vertrokken", toelichting="Huis staat leeg.")


def oude_casus_opgevolgd(v: Verhaal) -> None:
    """A case from before 2019 that was still being monitored gives way to the case of a new report."""
    jaren = v.regie.nu.year - 2018
    v.begint(jaren * 365 + 120, jaren * 365 + 150)
    volledige_vv(v)
    oud = v.casus
    bekend = {b.persoon.voornamen: b.persoon for b in v.betrokkenen if b.persoon}
    v.dagen_geleden(9)
    v.nummer += 50_000
    signaal = melding_komt_binnen(v)
    with v.na(uren=3) as door:
        personen = [opvoering_van(a, persoon=bekend.get(a.voornamen)) for a in signaal.personen.all()]
        v.melding = neem_melding_aan(signaal, door=door, casus=oud, personen=personen)
    v.nummer -= 50_000
    besluit_genomen(v)


def bekend_uit_een_eerdere_casus(v: Verhaal) -> None:
    """Known from a case that has closed: the new one points at it, and the people are the same."""
    from vt_cvs.demo.afgesloten import gesloten_na_einde

    gesloten_na_einde(v)
    eerder = v.casus
    bekend = [b.persoon for b in v.betrokkenen]
    v.dagen_geleden(2)
    v.nummer += 50_000
    signaal = melding_komt_binnen(v)
    with v.na(uren=2) as door:
        aangemeld = zip(signaal.personen.all(), bekend, strict=False)
        personen = [replace(opvoering_van(a), persoon=persoon) for a, persoon in aangemeld]
        v.melding = neem_melding_aan(signaal, door=door, volgt_op=eerder, personen=personen)
    v.nummer -= 50_000


SITUATIES = [
    Situatie("wacht op V&V", wacht_op_vv, 7),
    Situatie("wacht te lang op V&V", wacht_te_lang_op_vv, 2),
    Situatie("V&V pas begonnen", vv_pas_begonnen, 6),
    Situatie("V&V loopt", vv_loopt, 9),
    Situatie("V&V met dalende score", vv_met_dalende_score, 2),
    Situatie("V&V over tien weken", vv_over_tien_weken, 3),
    Situatie("V&V met alarm en netwerk", vv_met_alarm_en_netwerk, 2),
    Situatie("tweede melding bij lopende V&V", tweede_melding_bij_lopende_vv, 2),
    Situatie("afgeschermd", afgeschermde_casus, 1),
    Situatie("V&V van een ander gekregen", vv_van_een_ander_gekregen, 2),
    Situatie("V&V met overdracht ernaast", vv_met_overdracht_ernaast, 2),
    Situatie("overdracht in voorbereiding", overdracht_in_voorbereiding, 4),
    Situatie("overdracht aangeboden", overdracht_aangeboden, 4),
    Situatie("overdracht geaccepteerd", overdracht_geaccepteerd, 2),
    Situatie("overdracht geweigerd", overdracht_geweigerd, 1),
    Situatie("overdracht ingetrokken", overdracht_ingetrokken, 1),
    Situatie("overgedragen, nog te sluiten", overgedragen_nog_te_sluiten, 2),
    Situatie("maatwerk loopt", maatwerk_loopt, 3),
    Situatie("maatwerk afgerond", maatwerk_afgerond, 1),
    Situatie("monitoren begonnen", monitoren_begonnen, 9),
    Situatie("monitoren, eerste moment te laat", monitoren_eerste_moment_te_laat, 2),
    Situatie("monitoren na het eerste moment", monitoren_na_eerste_moment, 4),
    Situatie("terugkoppeling aan het einde te doen", terugkoppeling_aan_het_einde_te_doen, 2),
    Situatie("V&V voortijdig beëindigd", vv_voortijdig_beeindigd, 1),
    Situatie("oude casus opgevolgd", oude_casus_opgevolgd, 1),
    Situatie("bekend uit een eerdere casus", bekend_uit_een_eerdere_casus, 2),
]
