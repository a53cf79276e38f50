"""What happens in triage: answered, concluded, put forward, signed, and told to whoever reported."""

from __future__ import annotations

from collections.abc import Iterable

from casus.models import Terugkoppeling
from casus.services.terugkoppeling import concepttekst, schrijf_bericht
from casus.services.vastleggen import leg_contact_vast, leg_score_vast
from triage.models import Bevestiging, Triagebesluit
from triage.services import beantwoord, bevestig_achteraf, voeg_vorm_toe
from vt_cvs.demo.inlichten import gezin_ingelicht
from vt_cvs.demo.post import bezorg_mail
from vt_cvs.demo.teksten import GESPREK, POLITIE, REDENEN
from vt_cvs.demo.verhaal import Verhaal
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
VORMFEIT = {
    "pg-lichamelijk": "Zwelling onder het oog van {eerste}; zegt dat {ander} sloeg.",
    "pg-psychisch": "{eerste} vertelt dat {ander} bepaalt wie er langs mag komen en dreigt als {eerste} weg wil.",
    "km-getuige": "{kind} zat op de trap en hoorde alles.",
    "km-verwaarlozing": "{kind} komt zonder eten op school en was zes keer afwezig.",
    "ouderen": "Geen eten in huis, koud, en {ander} heeft de bankpas van {eerste}.",
    "hg-overig": "Geschreeuw en een harde klap, meer dan een keer.",
}
LATER = {"B2": "of eerdere hulp het stopte", "B4": "of er dwang is"}
"""What often stays open until the first contact; the conclusion then says why (RW-8.18)."""


def vht_ingevuld(v: Verhaal, uitslag: str, *, vragen: str = "ABC", later: Iterable[str] = ()) -> None:
    """The answers of these parts except what waits, and the forms of violence with what they rest on."""
    ja = JA[uitslag]
    with v.na(uren=3) as door:
        vht = v.vht
        for antwoord in vht.antwoorden.filter(onderdeel__in=tuple(vragen)).exclude(vraag__in=later):
            antwoord.vht = vht
            feit, bron = FEITEN.get(antwoord.vraag, ("", "")) if antwoord.vraag in ja else ("", "")
            beantwoord(antwoord, door=door, waarde=antwoord.vraag in ja, feit=feit, bron=bron)
        for vorm in _vormen(v, uitslag):
            voeg_vorm_toe(
                vht, door=door, vorm=vorm, feit=v.schrijf((VORMFEIT[vorm],)), bron=v.melding.melder.naam or "buur"
            )


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
    ernstig = uitslag in {"acuut", "structureel"}
    later = LATER if ernstig and v.toeval.random() < 0.4 else {}
    vht_ingevuld(v, uitslag, vragen="AB" if ernstig else "ABC", later=later)
    with v.na(uren=1) as door:
        motivering = (
            f"Nog niet bekend {' en '.join(later.values())}; dat vragen wij bij het eerste contact." if later else ""
        )
        voer_uit(v.vht, "stel_vast", door=door, motivering=motivering)


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
    uitslag = uitslag or (
        "geen" if uitkomst == "einde" else v.toeval.choice(("structureel", "structureel", "multiproblematisch"))
    )
    vht_vastgesteld(v, uitslag)
    besluit = besluit_voorgelegd(v, uitkomst)
    with v.na(1):
        voer_uit(besluit, "bevestig", door=v.collega)
    gezin_ingelicht(v)


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
        bevestig_achteraf(besluit, door=besluit.tweede or v.collega, oordeel=Bevestiging.Oordeel.EENS)
    gezin_ingelicht(v)


def teruggekoppeld(v: Verhaal, hoe: str = "mail") -> None:
    """Whoever reported hears it: by mail (which arrives, waits or does not arrive), otherwise, or with a reason not.

    Mostly they are called, the police half of the time.
    """
    if hoe == "mail" and v.toeval.random() < (0.5 if v.melderssoort is POLITIE else 0.8):
        hoe = "anders"
    for terugkoppeling in Terugkoppeling.objects.filter(stap__casus=v.casus, stand=Terugkoppeling.Stand.TE_DOEN):
        with v.na(uren=3) as door:
            if hoe == "niet":
                voer_uit(terugkoppeling, "zie_af", door=door, reden="De melder wil geen terugkoppeling.")
            elif hoe == "anders" or not terugkoppeling.adres:
                voer_uit(terugkoppeling, "doe_anders", door=door, toelichting="Telefonisch verteld dat wij verdergaan.")
            else:
                _mail(v, terugkoppeling, hoe)


def _mail(v: Verhaal, terugkoppeling: Terugkoppeling, hoe: str) -> None:
    onderwerp, tekst = concepttekst(terugkoppeling)
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
