"""How it comes in: signals that wait, requests for advice, and reports that nobody has assessed yet."""

from __future__ import annotations

from dataclasses import replace

from casus.models import Betrokkene
from casus.services.betrokkenen import bevestig_bsn, maak_persoon, voeg_betrokkene_toe
from casus.services.vastleggen import sla_alarm
from melding.aanlevering import Aangeleverd, AangeleverdeMelder, AangeleverdePersoon
from melding.models import Advies, Melder, Signaal
from melding.services import (
    begin_advies,
    leg_nti_vast,
    neem_melding_aan,
    ontvang_signaal,
    opvoering_van,
    sluit_advies,
    wijzig_melding,
)
from vt_cvs.demo.familie import familie_vastgelegd, oma_hoort_erbij
from vt_cvs.demo.teksten import ALARMEN, BUURT, POLITIE
from vt_cvs.demo.verhaal import Situatie, Verhaal
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import systeemmedewerker

VRAGEN = (
    ("Hoe begin ik een gesprek over mijn zorgen?", "Samen een gespreksopening voorbereid, stap 3 van de meldcode."),
    ("Is wat ik zie reden om te melden?", "De signalen gewogen; eerst met de ouder praten, daarna opnieuw bellen."),
    ("Mijn zus durft niet weg bij haar partner.", "Uitleg over veilig vertrekken en over wie kan meedenken."),
)


# --- what happens -------------------------------------------------------------------------------------------------


def melding_komt_binnen(v: Verhaal, *, personen: tuple[AangeleverdePersoon, ...] | None = None) -> Signaal:
    """Police and professionals deliver digitally; who calls is written down by the voorkant."""
    soort = v.melderssoort
    wie = v.schrijf(soort.wie)
    digitaal = soort is POLITIE
    melder = AangeleverdeMelder(
        naam="" if soort is BUURT else wie,
        functie=soort.functie,
        organisatie=soort.organisatie,
        email="" if soort is BUURT else f"melder{v.nummer}@{soort.organisatie}.example",
    )
    with v.na():
        bericht = Aangeleverd(
            kenmerk=v.kenmerk() if digitaal else "",
            tekst=v.schrijf(soort.teksten),
            melder=melder,
            ontvangen_op=v.nu.isoformat(),
            incident_op=v.nu.isoformat() if digitaal else "",
            aanleiding=soort.aanleiding,
            hulpverlening=v.toeval.choice(("ja", "nee", "onbekend")),
            personen=v.gezin.als_aangeleverd() if personen is None else personen,
        )
        door = v.regie.afzender.medewerker if digitaal else v.ploeg.voorkant[0]
        return ontvang_signaal(bericht, afzender=v.regie.afzender if digitaal else None, door=door)[0]


def melding_aangenomen(v: Verhaal, *, direct: bool = False) -> None:
    """The voorkant takes it up as soon as it can, at night too when it must, and hands it to whoever works on it."""
    signaal = melding_komt_binnen(v)
    leden = v.gezin.leden
    personen = [
        replace(opvoering_van(aangemeld), huishouden=lid.huishouden, gezag=lid.gezag)
        for aangemeld, lid in zip(signaal.personen.all(), leden, strict=True)
    ]
    anoniem = v.melderssoort is BUURT
    with v.na(uren=v.toeval.randint(1, 3), kantoor=not direct):
        voorkant = v.toeval.choice(v.ploeg.voorkant)
        v.melding = neem_melding_aan(
            signaal,
            door=voorkant,
            personen=personen,
            melder={"soort": v.melderssoort.soort, "anoniem": anoniem},
            verantwoordelijke=v.door,
        )
        if anoniem:
            leg_nti_vast(v.melding, "De melder woont naast het gezin.", door=v.door, reden="Alleen de buren horen dit.")
    familie_vastgelegd(v)


def telbare_velden_gevuld(v: Verhaal) -> None:
    """What is counted about a report, filled in while working on it."""
    with v.na(uren=1) as door:
        wijzig_melding(
            v.melding,
            door=door,
            gemeente=v.gezin.plaats.gemeente,
            duur_geweld=v.toeval.choice(("tot-1-maand", "tot-6-maanden", "tot-1-jaar", "tot-5-jaar", "onbekend")),
            hulpverlening=v.melding.hulpverlening or "onbekend",
            aanleiding=v.melding.aanleiding or "zorgen",
        )


def netwerk_erbij(v: Verhaal) -> None:
    """A grandmother who helps, and the general practitioner."""
    with v.na(uren=2) as door:
        eerste = v.gezin.volwassenen[0]
        oma = maak_persoon(door=door, voornamen="Ina", achternaam=eerste.achternaam, voorvoegsel=eerste.voorvoegsel)
        erbij = voeg_betrokkene_toe(
            v.casus, oma, door=door, rol=Betrokkene.Rol.DERDE, relatie=f"familie van {eerste.voornamen}", huishouden=3
        )
        arts = maak_persoon(door=door, voornamen="dr. P.", achternaam="Veenstra", telefoon="06 0000 9001")
        voeg_betrokkene_toe(v.casus, arts, door=door, rol=Betrokkene.Rol.PROFESSIONAL, relatie="huisarts", huishouden=9)
    oma_hoort_erbij(erbij, v)


def bsn_nagekeken(v: Verhaal) -> None:
    """The number of whom it is about is looked up, so that the register may know them."""
    with v.na(uren=1) as door:
        for betrokkene in v.betrokkenen[:1]:
            if betrokkene.persoon is not None and betrokkene.persoon.bsn_stand == "mogelijk":
                bevestig_bsn(betrokkene, door=door)


def alarm_geslagen(v: Verhaal) -> None:
    with v.na(uren=1) as door:
        waarschuwing, wat_te_doen = v.toeval.choice(ALARMEN)
        sla_alarm(v.casus, waarschuwing, door=door, wat_te_doen=wat_te_doen)


# --- situations ---------------------------------------------------------------------------------------------------


def signaal_wacht(v: Verhaal) -> None:
    v.begint(0, 2)
    melding_komt_binnen(v)


def signaal_wacht_te_lang(v: Verhaal) -> None:
    v.begint(9, 11)
    melding_komt_binnen(v)


def signaal_van_meldformulier(v: Verhaal) -> None:
    v.begint(0, 1)
    with v.na():
        bericht = Aangeleverd(
            tekst=v.schrijf(BUURT.teksten),
            melder=AangeleverdeMelder(functie="buurt", organisatie="nvt"),
            personen=(AangeleverdePersoon(soort="volwassene", achternaam=v.gezin.leden[0].achternaam),),
        )
        ontvang_signaal(bericht, door=systeemmedewerker("Meldformulier"))


def signaal_sluiten_voorgesteld(v: Verhaal) -> None:
    v.begint(1, 2)
    signaal = melding_komt_binnen(v)
    with v.na(uren=5):
        reden = "Gaat over een andere regio; daar is al gemeld."
        voer_uit(signaal, "stel_sluiten_voor", door=v.ploeg.voorkant[0], reden=reden)


def signaal_gesloten(v: Verhaal) -> None:
    v.begint(4, 20)
    signaal = melding_komt_binnen(v, personen=())
    with v.na(uren=4):
        reden = "Dubbel ontvangen; de melding is al opgepakt."
        signaal = voer_uit(signaal, "stel_sluiten_voor", door=v.ploeg.voorkant[0], reden=reden)
    with v.na(uren=3):
        voer_uit(signaal, "sluit", door=v.door if v.door.heeft_rol("voorkant") else v.collega)


def advies_loopt(v: Verhaal) -> None:
    v.begint(1, 12, uur=10)
    _advies(v)


def advies_uit_signaal(v: Verhaal) -> None:
    """Someone called, it was written down as a signal, and it proved to be a question."""
    v.begint(2, 5, uur=11)
    with v.na():
        voorkant = v.ploeg.voorkant[0]
        signaal, _ = ontvang_signaal(Aangeleverd(tekst="Belde met een vraag."), door=voorkant)
    with v.na(uren=1):
        begin_advies(signaal, door=voorkant, onderwerp=VRAGEN[0][0])


def advies_gesloten(v: Verhaal) -> None:
    v.begint(20, 300, uur=14)
    advies = _advies(v)
    with v.na(1):
        sluit_advies(advies, door=v.ploeg.voorkant[0])


def advies_lang_gesloten(v: Verhaal) -> None:
    """Long enough ago for the retention list."""
    v.begint(800, 900, uur=14)
    advies = _advies(v)
    with v.na(2):
        sluit_advies(advies, door=v.ploeg.voorkant[0])


def _advies(v: Verhaal) -> Advies:
    vraag, antwoord = v.toeval.choice(VRAGEN)
    with v.na():
        return begin_advies(
            door=v.ploeg.voorkant[0],
            begonnen_op=v.nu,
            adviesvrager_functie=v.toeval.choice(("onderwijs", "medisch", "familie", "buurt")),
            adviesvrager_organisatie=v.toeval.choice(("onderwijs", "gezondheidszorg", "nvt")),
            adviesvrager_naam=v.toeval.choice(("mevrouw Aalders", "de heer Smit", "")),
            fictieve_naam=v.toeval.choice(("Familie Regenboog", "De Vuurtoren", "Familie Jansen (verzonnen)")),
            onderwerp=vraag,
            advies=antwoord,
        )


def melding_nog_niet_begonnen(v: Verhaal) -> None:
    v.begint(0, 3)
    melding_aangenomen(v)


def melding_over_de_termijn(v: Verhaal) -> None:
    v.begint(9, 12)
    melding_aangenomen(v)


def melding_van_anonieme_buur(v: Verhaal) -> None:
    v.begint(1, 4)
    v.melderssoort = BUURT
    melding_aangenomen(v)


def melding_zonder_namen(v: Verhaal) -> None:
    """Nobody knows yet who they are; that stops nothing."""
    v.begint(1, 3)
    with v.na():
        v.melding = neem_melding_aan(
            door=v.ploeg.voorkant[0],
            situatie="Anonieme beller hoort elke nacht een kind huilen op de tweede verdieping. Noemt geen namen.",
            melder={"soort": Melder.Soort.ANONIEM, "anoniem": True},
            ontvangen_op=v.nu,
            verantwoordelijke=v.door,
        )


SITUATIES = [
    Situatie("signaal wacht", signaal_wacht, 5),
    Situatie("signaal wacht te lang", signaal_wacht_te_lang, 2),
    Situatie("signaal van het meldformulier", signaal_van_meldformulier, 2),
    Situatie("signaal: sluiten voorgesteld", signaal_sluiten_voorgesteld, 1),
    Situatie("signaal gesloten", signaal_gesloten, 3),
    Situatie("advies loopt", advies_loopt, 5),
    Situatie("advies uit een signaal", advies_uit_signaal, 1),
    Situatie("melding nog niet begonnen", melding_nog_niet_begonnen, 8),
    Situatie("melding over de termijn", melding_over_de_termijn, 2),
    Situatie("melding van anonieme buur", melding_van_anonieme_buur, 2),
    Situatie("melding zonder namen", melding_zonder_namen, 1),
]
AFGESLOTEN = [
    Situatie("advies gesloten", advies_gesloten, 6),
    Situatie("advies lang gesloten", advies_lang_gesloten, 2),
]
