"""Families that wait for V&V, and V&V that runs, runs late, or runs beside something else."""

from __future__ import annotations

from casus import rechten
from casus.models import Betrokkene, Veiligheidsvoorwaarde
from casus.services.casussen import wijs_toe
from casus.services.noodknop import open_met_noodknop
from casus.services.vastleggen import (
    beeindig_alarm,
    beeindig_voorwaarde,
    scherp_aan,
)
from diensten.models import Keuze
from diensten.services.keuzes import maak_keuze
from melding.services import neem_melding_aan, opvoering_van
from vt_cvs.demo.binnenkomst import (
    alarm_geslagen,
    melding_aangenomen,
    melding_komt_binnen,
    netwerk_erbij,
)
from vt_cvs.demo.diensten.stappen import (
    gesprekken,
    nieuwe_score,
    onderzoek_opgepakt,
    tot_de_keuze,
    verder_als_onderzoek,
    voorwaarden_gesteld,
    vv_opgepakt,
    vv_van,
)
from vt_cvs.demo.triage.stappen import (
    acuut_bevestigd,
    besluit_acuut,
    eerste_contact,
    scores_gevraagd,
)
from vt_cvs.demo.verhaal import Situatie, Verhaal
from vt_cvs.kern.dossier import wijzig
from vt_cvs.kern.overgangen import voer_uit


def wacht_op_vv(v: Verhaal) -> None:
    v.begint(14, 34)
    tot_de_keuze(v, vv=True)


def wacht_te_lang_op_vv(v: Verhaal) -> None:
    """Chosen weeks ago, a score that is not good, and nobody has called since."""
    v.begint(45, 60)
    tot_de_keuze(v, vv=True)
    scores_gevraagd(v, 4)


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
    melding_aangenomen(v, direct=True)
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
    signaal = melding_komt_binnen(v)
    bekend = {b.persoon.voornamen: b.persoon for b in v.betrokkenen if b.persoon}
    with v.na(uren=2) as door:
        personen = [opvoering_van(a, persoon=bekend.get(a.voornamen)) for a in signaal.personen.all()]
        v.melding = neem_melding_aan(signaal, door=door, casus=casus, personen=personen)


def afgeschermde_casus(v: Verhaal) -> None:
    """About the family of a colleague: only who is named can open it. Someone used the noodknop on it."""
    v.begint(30, 40)
    tot_de_keuze(v, vv=True)
    with v.na(1):
        leider = v.ploeg.teamleider
        casus = wijzig(
            v.casus,
            door=leider,
            mag=rechten.mag_afschermen,
            zin="Casus afgeschermd: familie van een collega",
            afgeschermd=True,
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
        beeindig_alarm(
            v.casus.alarmering_set.latest("pk"), door=door, motivering="Het wapen is ingenomen door de politie."
        )
    with v.na(2):
        wijs_toe(vv_van(v).stap, v.collega, door=v.ploeg.teamleider)


def vv_met_overdracht_ernaast(v: Verhaal) -> None:
    v.begint(30, 45)
    tot_de_keuze(v, vv=True, overdracht=True, soort_partij="jeugdhulp", partij="Jeugdhulp De Brug")
    vv_opgepakt(v)
    voorwaarden_gesteld(v, 1)


def wacht_op_onderzoek(v: Verhaal) -> None:
    v.begint(14, 34)
    tot_de_keuze(v, oz=True)


def onderzoek_loopt(v: Verhaal) -> None:
    v.begint(40, 60)
    tot_de_keuze(v, oz=True)
    onderzoek_opgepakt(v)
    gesprekken(v)
    voorwaarden_gesteld(v, 1)


def van_vv_naar_onderzoek(v: Verhaal) -> None:
    """The conditions were set in the V&V; the onderzoek takes them along."""
    v.begint(50, 64)
    tot_de_keuze(v, vv=True)
    vv_opgepakt(v)
    voorwaarden_gesteld(v, 1)
    verder_als_onderzoek(v)
    onderzoek_opgepakt(v)
    gesprekken(v)


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
    Situatie("wacht op onderzoek", wacht_op_onderzoek, 1),
    Situatie("onderzoek loopt", onderzoek_loopt, 2),
    Situatie("van V&V naar onderzoek", van_vv_naar_onderzoek, 2),
]
