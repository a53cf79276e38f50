"""How postponing reads for the client, in plain Dutch."""

from __future__ import annotations

from collections.abc import Iterator

from casus.dossier import Alinea, Lezer, vertelt
from casus.models import Informeeruitstel
from vt_cvs.web import dagen


@vertelt(
    "casus.informeeruitstel",
    titel="Wanneer Veilig Thuis iemand vertelde van de melding",
    velden=("stap", "betrokkene", "uitstel_vanaf", "uitstel_tot", "reden_uitstel", "door", "vastgelegd_op"),
)
def uitstel(u: Informeeruitstel, lezer: Lezer) -> Iterator[Alinea]:
    yield Alinea(
        f"Veilig Thuis wachtte met vertellen aan {lezer.noem(u.betrokkene)}. "
        f"Eerst kon dat tot {dagen.voluit(u.uitstel_vanaf)}, daarna tot {dagen.voluit(u.uitstel_tot)}."
    )
    yield Alinea(f"De reden was: {u.reden_uitstel}")
