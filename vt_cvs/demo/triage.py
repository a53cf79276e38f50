"""The assessment and the decision: half filled, put forward, given back, taken at night, taken and told."""

from __future__ import annotations

from collections.abc import Iterable

from casus.models import Terugkoppeling
from casus.services.terugkoppeling import concepttekst, schrijf_bericht
from casus.services.vastleggen import leg_contact_vast, leg_score_vast
from triage.models import Bevestiging, Triagebesluit
from triage.services import beantwoord, bevestig_achteraf, teken_aan, voeg_vorm_toe
from vt_cvs.demo.binnenkomst import alarm_geslagen, bsn_nagekeken, melding_aangenomen, netwerk_erbij, telbare_velden_gevuld
from vt_cvs.demo.post import bezorg_mail
from vt_cvs.demo.teksten import GESPREK, REDENEN, TERUGGEKOPPELD
from vt_cvs.demo.tijd import tijdstip
from vt_cvs.demo.verhaal import Situatie, Verhaal
from vt_cvs.kern.overgangen import voer_uit

JA = {
    "acuut": ("A2", "B1", "B3"),
    "structureel": ("B1", "B3"),
    "multiproblematisch": ("C1", "C2"),
    "geen": (),
}
"""Which questions are answered with yes, by what follows from them."""
FEITEN = {
    "A2": ("Zwelling onder het oog en een schaafwond, gezien op de avond zelf.", "politie"),
    "B1": ("Derde keer dit jaar; de vorige twee keer is er niet gemeld.", "melder"),
    "B3": ("Slaapt slecht en durft niet alleen naar boven.", "school"),
    "C1": ("Schulden, geen werk en een dreigende huisuitzetting.", "wijkteam"),
    "C2": ("Drie afspraken met hulpverlening afgezegd.", "wijkteam"),
}


# --- what happens -------------------------------------------------------------------------------------------------


def vht_ingevuld(v: Verhaal, uitslag: str, *, vragen: Iterable[str] = "ABC") -> None:
    """The answers of these parts, and the forms of violence with what they rest on."""
    delen = tuple(vragen)
    ja = JA[uitslag]
    with v.na(uren=3) as door:
        vht = v.vht
        for antwoord in vht.antwoorden.filter(onderdeel__in=delen):
            antwoord.vht = vht
            feit, bron = FEITEN.get(antwoord.vraag, ("", "")) if antwoord.vraag in ja else ("", "")
            beantwoord(antwoord, door=door, waarde=antwoord.vraag in ja, feit=feit, bron=bron)
        for vorm in _vormen(v, uitslag):
            voeg_vorm_toe(vht, door=door, vorm=vorm, feit=v.melding.situatie[:160], bron=v.melding.melder.naam or "buur")


def _vormen(v: Verhaal, uitslag: str) -> list[str]:
    rollen = " ".join(lid.rol for lid in v.gezin.leden)
    if not v.gezin.kinderen and "kind van" in rollen:
        return ["ouderen"]
    vormen = ["km-getuige" if "verdachte" in rollen else "km-verwaarlozing"] if v.gezin.kinderen else []
    if "verdachte" in rollen:
        vormen.insert(0, "pg-lichamelijk" if uitslag == "acuut" else "pg-psychisch")
    return vormen or ["hg-overig"]


def vht_vastgesteld(v: Verhaal, uitslag: str) -> None:
    """Part C is asked for when A and B show nothing; otherwise it may wait, and mostly does."""
    vht_ingevuld(v, uitslag, vragen="AB" if uitslag in {"acuut", "structureel"} else "ABC")
    with v.na(uren=1) as door:
        voer_uit(v.vht, "stel_vast", door=door)


def scores_gevraagd(v: Verhaal, *scores: int) -> None:
    """The first people of the household say how safe they feel."""
    with v.na(uren=2) as door:
        for betrokkene, score in zip(v.betrokkenen, scores, strict=False):
            leg_score_vast(betrokkene, score, door=door, op=v.nu, herkomst=str(betrokkene))


def besluit_voorgelegd(v: Verhaal, uitkomst: str = "bij_vt") -> Triagebesluit:
    with v.na(uren=2) as door:
        return voer_uit(
            v.besluit, "leg_voor", door=door, uitkomst=uitkomst, tweede=v.collega, toelichting=REDENEN[uitkomst]
        )


def besluit_genomen(v: Verhaal, uitkomst: str = "bij_vt", *, uitslag: str | None = None) -> None:
    """Assessed, put forward and signed within the term: one of the outcomes, and the services begin."""
    uitslag = uitslag or ("geen" if uitkomst == "einde" else v.toeval.choice(("structureel", "multiproblematisch")))
    vht_vastgesteld(v, uitslag)
    besluit = besluit_voorgelegd(v, uitkomst)
    with v.na(1):
        voer_uit(besluit, "bevestig", door=v.collega)


def besluit_acuut(v: Verhaal) -> None:
    """At night, with an empty VHT: one acts, the colleague named signs afterwards."""
    with v.na(uren=1):
        crisis = next((m for m in v.ploeg.achterkant if m.heeft_rol("crisisdienst")), v.collega)
        tweede = v.door if v.door.pk != crisis.pk else v.collega
        voer_uit(
            v.besluit,
            "neem_acuut",
            door=crisis,
            tweede=tweede,
            toelichting="Bedreigd met een mes; de kinderen waren erbij. Er moet nu een veilige plek komen.",
            motivering="Het kan niet wachten tot morgenochtend.",
        )


def acuut_bevestigd(v: Verhaal) -> None:
    with v.na(1):
        besluit = v.besluit
        bevestig_achteraf(besluit, door=besluit.tweede, oordeel=Bevestiging.Oordeel.EENS)


def teruggekoppeld(v: Verhaal, hoe: str = "mail") -> None:
    """Whoever reported hears it: by mail (which arrives, waits or does not arrive), otherwise, or with a reason not."""
    for terugkoppeling in Terugkoppeling.objects.filter(stap__casus=v.casus, stand=Terugkoppeling.Stand.TE_DOEN):
        with v.na(uren=3) as door:
            if hoe == "niet":
                voer_uit(terugkoppeling, "zie_af", door=door, reden="De melder wil geen terugkoppeling.")
            elif hoe == "anders" or not terugkoppeling.adres:
                voer_uit(terugkoppeling, "doe_anders", door=door, toelichting="Telefonisch verteld dat wij verdergaan.")
            else:
                _mail(v, terugkoppeling, hoe)


def _mail(v: Verhaal, terugkoppeling: Terugkoppeling, hoe: str) -> None:
    onderwerp, tekst = concepttekst(terugkoppeling, TERUGGEKOPPELD[v.besluit.uitkomst])
    terugkoppeling = schrijf_bericht(
        terugkoppeling, door=v.door, wijze="mail", adres=terugkoppeling.adres, onderwerp=onderwerp, tekst=tekst
    )
    voer_uit(terugkoppeling, "verstuur", door=v.door)
    bezorg_mail(terugkoppeling, hoe)


def eerste_contact(v: Verhaal, dagen: int = 2) -> None:
    with v.na(dagen) as door:
        leg_contact_vast(
            v.casus,
            door=door,
            betrokkenen=v.betrokkenen[:1],
            op=v.nu,
            soort="telefoon",
            met=v.gezin.leden[0].naam,
            onderwerp="Eerste gesprek over de melding",
            verslag=v.schrijf(GESPREK),
        )


# --- situations ---------------------------------------------------------------------------------------------------


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
    melding_aangenomen(v)
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
    melding_aangenomen(v)
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
    melding_aangenomen(v)
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
            terugkoppeling, door=v.door, wijze="mail", adres="melder@post.example", onderwerp="Uw melding", tekst="Bedankt."
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
    Situatie("VHT begonnen", vht_begonnen, 7),
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
