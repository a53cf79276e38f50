"""How asking and giving read for the client, in plain Dutch."""

from __future__ import annotations

from collections.abc import Iterator

from casus.dossier import Alinea, Lezer, vertelt
from casus.models import Informatieverzoek, Verstrekking
from casus.models.informatie import Uitwisseling, Verteld
from vt_cvs.web import dagen

_VERTELD = {
    Verteld.VOORAF: "Veilig Thuis heeft dit vooraf verteld.",
    Verteld.ACHTERAF: "Veilig Thuis vertelt dit achteraf.",
    Verteld.NIET: "Veilig Thuis heeft dit niet verteld.",
}
_GEMEEN = ("casus", "stap", "door", "aan", "betrokkene", "informatiegrond", "doel", "verteld", "reden_niet_verteld")


def _waarom(u: Uitwisseling) -> Iterator[Alinea]:
    yield Alinea(f"Waarvoor: {u.doel}")
    yield Alinea(f"Waarom dit mag: {u.grond_in_woorden}.")
    if u.verteld:
        yield Alinea(_VERTELD[Verteld(u.verteld)])
    if u.reden_niet_verteld:
        yield Alinea(f"De reden: {u.reden_niet_verteld}")


@vertelt(
    "casus.informatieverzoek",
    titel="Veilig Thuis vroeg om informatie",
    velden=(*_GEMEEN, "stand", "over_wie", "vraagwijze", "vraagtekst", "gevraagd_op", "antwoord_uiterlijk", "antwoord",
            "antwoordbijlage", "beantwoord_op", "reden_zonder_antwoord", "bericht"),
)  # fmt: skip
def informatieverzoek(v: Informatieverzoek, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"Op {dagen.voluit(v.gevraagd_op)} vroeg Veilig Thuis iets aan: {v.aan}.")
    yield Alinea("Dit was de vraag:")
    yield Alinea(v.vraagtekst, soort="citaat")
    yield from _waarom(v)
    if v.beantwoord_op:
        yield Alinea(f"Het antwoord kwam op {dagen.voluit(v.beantwoord_op)}.")
        if v.antwoord:
            yield Alinea(v.antwoord, soort="citaat")
    elif v.stand == Informatieverzoek.Stand.ZONDER:
        yield Alinea(f"Er kwam geen antwoord. De reden: {v.reden_zonder_antwoord}")
    else:
        yield Alinea("Er is nog geen antwoord.")


@vertelt(
    "casus.verstrekking",
    titel="Veilig Thuis gaf informatie",
    velden=(*_GEMEEN, "gegeven", "verstrekt_op"),
)
def verstrekking(v: Verstrekking, _lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(f"Op {dagen.voluit(v.verstrekt_op)} gaf Veilig Thuis informatie aan: {v.aan}.")
    yield Alinea("Dit is er gegeven:")
    yield Alinea(v.gegeven, soort="citaat")
    yield from _waarom(v)
