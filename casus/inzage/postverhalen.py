"""What was sent and said in answer, in the words of the inzagedossier: letters, feedback and reactions."""

from __future__ import annotations

from collections.abc import Iterator

from casus.dossier import Alinea, Lezer, vertelt
from casus.inzage.vertellen import citaten
from casus.models import Bericht, Reactie, Terugkoppeling
from vt_cvs.web import dagen


@vertelt(
    "casus.bericht",
    titel=lambda b: "Een mail van Veilig Thuis" if b.soort == Bericht.Soort.MAIL else "Een brief van Veilig Thuis",
    velden=("casus", "stap", "door", "soort", "aan", "onderwerp", "tekst", "gemaakt_op", "verzonden_op"),
)
def bericht(b: Bericht, _lezer: Lezer) -> Iterator[Alinea]:
    wat = "deze mail" if b.soort == Bericht.Soort.MAIL else "deze brief"
    if b.verzonden_op:
        yield Alinea(f"{b.door.naam} van Veilig Thuis stuurde {wat} op {dagen.voluit(b.verzonden_op)}.")
    else:
        yield Alinea(
            f"{b.door.naam} van Veilig Thuis schreef {wat} op {dagen.voluit(b.gemaakt_op)}. Die is niet verstuurd."
        )
    yield Alinea(f"Aan: {b.aan}.")
    yield Alinea(f"Onderwerp: {b.onderwerp}.")
    yield from citaten(b.tekst)


@vertelt(
    "casus.reactie",
    titel="Wat iemand van de melding vindt",
    velden=("stap", "betrokkene", "op", "reactie", "reden_geen_reactie", "door"),
)
def reactie(r: Reactie, lezer: Lezer) -> Iterator[Alinea]:
    wie = lezer.noem(r.betrokkene)
    yield Alinea(f"Veilig Thuis vroeg {wie} om een reactie op de melding. Dat was op {dagen.voluit(r.op)}.")
    if r.reactie:
        yield from citaten(r.reactie)
    else:
        yield Alinea(f"Er is geen reactie. De reden is: {r.reden_geen_reactie}")


@vertelt(
    "casus.terugkoppeling",
    titel=lambda t: "Bericht aan wie de melding deed" if t.is_voor_melder else "Bericht aan wie de melding gaat",
    velden=("stap", "moment", "stand", "wijze", "toelichting", "reden_niet", "bericht", "gedaan_op",
            "meldingsnummer", "betrokkene", "via", "uitkomst"),
)  # fmt: skip
def terugkoppeling(t: Terugkoppeling, lezer: Lezer) -> Iterator[Alinea]:
    if t.betrokkene is not None:
        yield from _informeren(t, lezer)
        return
    yield Alinea(
        f"Veilig Thuis laat de melder weten wat er met de melding is gedaan. Dit was {t.get_moment_display()}."
    )
    if t.meldingsnummer:
        yield Alinea(f"Het gaat om melding {t.meldingsnummer}.")
    if t.stand == Terugkoppeling.Stand.NIET:
        yield Alinea(f"De melder kreeg geen bericht. De reden is: {t.reden_niet}.")
    elif t.gedaan_op:
        yield Alinea(
            f"De melder kreeg bericht op {dagen.voluit(t.gedaan_op)}. Dat ging zo: {t.get_wijze_display() or 'mail'}."
        )
        if t.stand == Terugkoppeling.Stand.MISLUKT:
            yield Alinea("Het bericht kwam niet aan.")
    else:
        yield Alinea("De melder heeft nog geen bericht gekregen.")
    yield from citaten(t.toelichting)


def _informeren(t: Terugkoppeling, lezer: Lezer) -> Iterator[Alinea]:
    """Word to someone the case is about."""
    ontvanger = lezer.noem(t.via or t.betrokkene, hoofdletter=True)
    wat = {
        "melding": "over de melding en dit dossier",
        "triagebesluit": "over het besluit van Veilig Thuis",
        "overdracht": "over de overdracht aan een andere organisatie",
    }
    waarover = wat.get(t.moment, "over het einde van het werk van Veilig Thuis")
    if t.stand == Terugkoppeling.Stand.NIET:
        yield Alinea(f"{ontvanger} kreeg geen bericht {waarover}. De reden is: {t.reden_niet}.")
    elif t.gedaan_op:
        yield Alinea(f"{ontvanger} kreeg bericht {waarover}. Dat was op {dagen.voluit(t.gedaan_op)}.")
    else:
        yield Alinea(f"{ontvanger} krijgt nog bericht {waarover}.")
    if t.toelichting:
        yield from citaten(t.toelichting)
