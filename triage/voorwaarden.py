"""What must be true before the final conclusion and the triagebesluit; all obstacles come back at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, voorwaarde

if TYPE_CHECKING:
    from melding.models import Melding
    from triage.models import VHT, Feit, Geweldsvorm, Triagebesluit
    from vt_cvs.organisatie.models import Medewerker


@voorwaarde("RW-8.12")
def elke_vorm_heeft_feit_en_bron(vht: VHT) -> Iterator[Belemmering]:
    for vorm, feiten in vht.vormen_met_feiten:
        if not feiten:
            yield Belemmering(
                f"Zet bij “{vorm}” een feit met zijn bron.",
                link=f"{vht.pad()}#{plek(vorm, 'feit')}",
                link_tekst="Naar feit en bron",
            )
        for feit in feiten:
            for veld in feit.ontbreekt:
                yield Belemmering(
                    f"Vul bij “{vorm}” {'het feit' if veld == 'feit' else 'de bron'} in.",
                    link=f"{vht.pad()}#{plek(feit, veld)}",
                    link_tekst=f"Naar {veld}",
                )


@voorwaarde("RW-8.7")
def c_is_ingevuld_als_dat_moet(vht: VHT) -> Iterator[Belemmering]:
    conclusie = vht.conclusie
    if conclusie.c_is_nodig:
        for vraag in conclusie.c.open:
            yield Belemmering(
                f"Beantwoord {vraag.code}: zonder acute of structurele onveiligheid is C nodig.",
                link=f"{vht.pad()}#{plek(vraag.code)}",
                link_tekst=f"Naar {vraag.code}",
            )


@voorwaarde("RW-8.18")
def a_en_b_zijn_volledig(vht: VHT) -> Iterator[Belemmering]:
    conclusie = vht.conclusie
    for vraag in (*conclusie.a.open, *conclusie.b.open):
        yield Belemmering(
            f"{vraag.code} is nog niet beantwoord.",
            link=f"{vht.pad()}#{plek(vraag.code)}",
            link_tekst=f"Naar {vraag.code}",
        )


@voorwaarde("RW-8.18")
def eindconclusie_is_vastgesteld(besluit: Triagebesluit) -> Iterator[Belemmering]:
    """The decision rests on the conclusion; earlier is possible with a motivation."""
    vht = besluit.vht
    if not vht.is_vastgesteld:
        yield Belemmering(
            "De VHT heeft nog geen eindconclusie.", link=vht.pad(), link_tekst="Eindconclusie vaststellen"
        )


@voorwaarde("RW-8.10b")
def collega_tekent_vooraf(_besluit: Triagebesluit) -> Iterator[Belemmering]:
    """An acute decision holds at once; why the colleague signs only afterwards is written down."""
    yield Belemmering("De collega die je noemt, tekent pas achteraf. Schrijf op waarom dat niet kan wachten.")


@voorwaarde("RW-8.10")
def twee_medewerkers_besluiten(besluit: Triagebesluit) -> Iterator[Belemmering]:
    if besluit.opsteller_id is None or besluit.tweede_id in {None, besluit.opsteller_id}:
        yield Belemmering("Er zijn twee medewerkers nodig: noem een collega die meebeslist.", veld="tweede")


@voorwaarde("RW-8.14")
def eindconclusie_is_er_na_acuut(melding: Melding) -> Iterator[Belemmering]:
    """Asked when a melding is dealt with: what began acutely still gets its final conclusion."""
    from triage.models import VHT

    for vht in VHT.objects.filter(melding=melding).exclude(stand=VHT.Stand.VASTGESTELD):
        yield Belemmering("De VHT heeft nog geen eindconclusie.", link=vht.pad(), link_tekst="VHT")


@voorwaarde("RW-8.10b")
def wie_besliste_heeft_getekend(melding: Melding) -> Iterator[Belemmering]:
    """Asked when a melding is dealt with: in the end every name stands there under its own log-in."""
    from triage.models import Triagebesluit

    for besluit in Triagebesluit.objects.filter(vht__melding=melding, stand="genomen").select_related("vht"):
        if not besluit.is_bevestigd:
            yield Belemmering(
                f"Nog te tekenen door {' en '.join(wie.naam for wie in besluit.nog_te_tekenen)}: het triagebesluit.",
                link=besluit.tekenpad(),
                link_tekst="Tekenen",
            )


def plek(wat: str | Geweldsvorm | Feit, veld: str = "") -> str:
    """Where on the page of the VHT an answer, a form of violence or a fact is."""
    if isinstance(wat, str):
        return f"crit-{wat.lower()}"
    return f"id_{'feit' if hasattr(wat, 'feit') else 'vorm'}-{wat.pk}-{veld}"


def eis_voorstel(
    *, door: Medewerker, tweede: Medewerker | None, uitkomst: str, deelnemers: Sequence[Medewerker] = ()
) -> None:
    """What a proposal cannot do without: an outcome, and a second name that is another and may sign."""
    belemmeringen = []
    if not uitkomst:
        belemmeringen.append(Belemmering("Kies het triagebesluit.", veld="uitkomst", regel=REGELS["RW-8.19"]))
    if tweede is None:
        uitleg = "Noem de collega die meebeslist: bij elk triagebesluit zijn twee medewerkers betrokken."
        belemmeringen.append(Belemmering(uitleg, veld="tweede", regel=REGELS["RW-8.10"]))
    for veld, wie in [("tweede", tweede), *(("deelnemers", deelnemer) for deelnemer in deelnemers)]:
        if wie is not None and (uitleg := _kan_niet_meetekenen(wie, door)):
            belemmeringen.append(Belemmering(uitleg, veld=veld, regel=REGELS["RW-8.10"]))
    if belemmeringen:
        raise RegelGeweigerd(belemmeringen)


def _kan_niet_meetekenen(wie: Medewerker, door: Medewerker) -> str:
    from triage.rechten import TEKENAARS

    if wie.pk == door.pk:
        return "Noem een ander dan jezelf: bij elk triagebesluit zijn twee medewerkers betrokken."
    if wie.systeem or not wie.is_active or not wie.heeft_rol(*TEKENAARS):
        return f"{wie.naam} kan geen triagebesluit meetekenen. Kies een andere collega."
    return ""


def eis_toelichting(toelichting: str, uitleg: str) -> None:
    """Whoever gives a proposal back says why, or the first employee cannot do anything with it."""
    if not toelichting.strip():
        raise RegelGeweigerd([Belemmering(uitleg, veld="toelichting", regel=REGELS["RW-8.10"])])
