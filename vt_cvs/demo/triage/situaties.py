"""The assessment and the decision: half filled, put forward, given back, taken at night, taken and told."""

from __future__ import annotations

from casus.models import Terugkoppeling
from casus.services.terugkoppeling import schrijf_bericht
from triage.services import teken_aan, voeg_vorm_toe
from vt_cvs.demo.binnenkomst import (
    alarm_geslagen,
    bsn_nagekeken,
    melding_aangenomen,
    netwerk_erbij,
    telbare_velden_gevuld,
)
from vt_cvs.demo.tijd import tijdstip
from vt_cvs.demo.triage.stappen import (
    acuut_bevestigd,
    besluit_acuut,
    besluit_genomen,
    besluit_voorgelegd,
    eerste_contact,
    scores_gevraagd,
    teruggekoppeld,
    vht_ingevuld,
    vht_vastgesteld,
)
from vt_cvs.demo.verhaal import Situatie, Verhaal
from vt_cvs.kern.overgangen import voer_uit


def vht_begonnen(v: Verhaal) -> None:
    v.begint(2, 5)
    melding_aangenomen(v)
    vht_ingevuld(v, v.toeval.choice(("structureel", "multiproblematisch", "geen")), vragen="A")


def vht_loopt_vandaag_af(v: Verhaal) -> None:
    v.begint(6, 8)
    melding_aangenomen(v)
    vht_ingevuld(v, "structureel", vragen="AB")


def vht_zegt_acuut(v: Verhaal) -> None:
    v.begint(0, 2)
    melding_aangenomen(v, direct=True)
    vht_ingevuld(v, "acuut", vragen="A")
    scores_gevraagd(v, 2)


def vht_staat_vast(v: Verhaal) -> None:
    v.begint(3, 6)
    melding_aangenomen(v)
    bsn_nagekeken(v)
    vht_vastgesteld(v, v.toeval.choice(("structureel", "multiproblematisch", "geen")))


def wacht_op_handtekening(v: Verhaal) -> None:
    v.begint(2, 6)
    melding_aangenomen(v)
    vht_vastgesteld(v, v.toeval.choice(("structureel", "multiproblematisch", "acuut")))
    scores_gevraagd(v, 3, 6)
    besluit_voorgelegd(v)


def wacht_op_deskundige(v: Verhaal) -> None:
    """The second name may be a behavioural scientist or a doctor."""
    v.begint(3, 5)
    melding_aangenomen(v)
    vht_vastgesteld(v, "structureel")
    if v.ploeg.deskundigen:
        v.collega = v.toeval.choice(v.ploeg.deskundigen)
    besluit_voorgelegd(v)


def teruggegeven_met_vraag(v: Verhaal) -> None:
    v.begint(4, 6)
    melding_aangenomen(v)
    vht_vastgesteld(v, "structureel")
    besluit = besluit_voorgelegd(v, "overdracht")
    with v.na(1):
        vraag = "Wie houdt er zicht op de veiligheid als het wijkteam pas over twee weken begint?"
        voer_uit(besluit, "geef_terug", door=v.collega, toelichting=vraag)


def vannacht_acuut_besloten(v: Verhaal) -> None:
    v.begint(1, 1, uur=2)
    melding_aangenomen(v, direct=True)
    alarm_geslagen(v)
    besluit_acuut(v)


def keuze_zonder_contact(v: Verhaal) -> None:
    """Decided, and nobody has been spoken to yet."""
    v.begint(8, 16)
    melding_aangenomen(v)
    besluit_genomen(v)
    teruggekoppeld(v)


def keuze_na_contact(v: Verhaal) -> None:
    v.begint(12, 25)
    melding_aangenomen(v)
    netwerk_erbij(v)
    besluit_genomen(v)
    scores_gevraagd(v, 4, 6)
    eerste_contact(v)


def acuut_en_bevestigd(v: Verhaal) -> None:
    v.begint(6, 12, uur=1)
    melding_aangenomen(v, direct=True)
    besluit_acuut(v)
    scores_gevraagd(v, 1)
    eerste_contact(v, 1)
    acuut_bevestigd(v)


def mail_komt_niet_aan(v: Verhaal) -> None:
    v.begint(9, 15)
    melding_aangenomen(v)
    besluit_genomen(v)
    _mailbare_melder(v)
    teruggekoppeld(v, "mislukt")


def mail_wacht(v: Verhaal) -> None:
    v.begint(6, 8)
    melding_aangenomen(v)
    besluit_genomen(v)
    v.nu = v.regie.nu
    _mailbare_melder(v)
    teruggekoppeld(v, "wacht")


def _mailbare_melder(v: Verhaal) -> None:
    """An address came in afterwards."""
    for terugkoppeling in Terugkoppeling.objects.filter(stap__casus=v.casus, adres=""):
        schrijf_bericht(
            terugkoppeling,
            door=v.door,
            wijze="mail",
            adres="melder@post.example",
            onderwerp="Uw melding",
            tekst="Bedankt.",
        )


def melder_wil_niets_horen(v: Verhaal) -> None:
    v.begint(10, 20)
    melding_aangenomen(v)
    besluit_genomen(v)
    teruggekoppeld(v, "niet")
    eerste_contact(v, 3)


def einde_bemoeienis_nog_af_te_handelen(v: Verhaal) -> None:
    """Nothing follows, but what is counted is not all there yet."""
    v.begint(8, 14)
    melding_aangenomen(v)
    besluit_genomen(v, "einde")
    teruggekoppeld(v, "anders")


def klaar_om_te_sluiten(v: Verhaal) -> None:
    v.begint(10, 18)
    melding_aangenomen(v)
    telbare_velden_gevuld(v)
    besluit_genomen(v, "einde")
    with v.na(1) as door:
        teken_aan(v.besluit, "De school belde nog: ook daar gaat het goed.", door=door)
    teruggekoppeld(v)


def vht_later_aangevuld(v: Verhaal) -> None:
    """After the conclusion a form of violence came to light, and its source is not known yet."""
    v.begint(10, 16)
    melding_aangenomen(v)
    besluit_genomen(v, uitslag="multiproblematisch")
    eerste_contact(v, 1)
    with v.na(1) as door:
        voeg_vorm_toe(v.vht, door=door, vorm="pg-psychisch", feit="Noemt dat de ander de telefoon controleert.")


def te_laat_besloten(v: Verhaal) -> None:
    v.begint(12, 14)
    melding_aangenomen(v)
    v.nu = tijdstip(v.nu.date(), 12)
    v.dagen_geleden(2)
    vht_vastgesteld(v, "structureel")


SITUATIES = [
    Situatie("VHT begonnen", vht_begonnen, 9),
    Situatie("VHT loopt vandaag af", vht_loopt_vandaag_af, 3),
    Situatie("VHT zegt acuut", vht_zegt_acuut, 2),
    Situatie("VHT staat vast", vht_staat_vast, 5),
    Situatie("besluit over de termijn", te_laat_besloten, 2),
    Situatie("besluit wacht op handtekening", wacht_op_handtekening, 6),
    Situatie("besluit wacht op een deskundige", wacht_op_deskundige, 2),
    Situatie("besluit teruggegeven met een vraag", teruggegeven_met_vraag, 2),
    Situatie("vannacht acuut besloten", vannacht_acuut_besloten, 2),
    Situatie("acuut besloten en bevestigd", acuut_en_bevestigd, 2),
    Situatie("keuze, nog niemand gesproken", keuze_zonder_contact, 6),
    Situatie("keuze na het eerste contact", keuze_na_contact, 5),
    Situatie("terugkoppeling kwam niet aan", mail_komt_niet_aan, 2),
    Situatie("terugkoppeling wacht op de mailserver", mail_wacht, 1),
    Situatie("melder wil niets horen", melder_wil_niets_horen, 1),
    Situatie("einde bemoeienis, nog af te handelen", einde_bemoeienis_nog_af_te_handelen, 2),
    Situatie("klaar om te sluiten", klaar_om_te_sluiten, 3),
    Situatie("VHT later aangevuld", vht_later_aangevuld, 2),
]
