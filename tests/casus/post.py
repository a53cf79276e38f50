"""Messages as the tests of this package write them."""

from __future__ import annotations

from casus.models import Betrokkene, Terugkoppeling
from casus.services.terugkoppeling import concepttekst, schrijf_bericht, vraag_terugkoppeling
from melding.models import Melding
from vt_cvs.kern.overgangen import belemmeringen_voor
from vt_cvs.organisatie.models import Medewerker


def aan(betrokkene: Betrokkene, melding: Melding, door: Medewerker, **meer) -> Terugkoppeling:
    assert betrokkene.persoon is not None
    return vraag_terugkoppeling(
        melding.stap,
        "melding",
        door=door,
        aan=str(betrokkene),
        adres=betrokkene.persoon.email,
        meldingsnummer=melding.nummer,
        partij="directbetrokkene",
        betrokkene=betrokkene,
        **meer,
    )


def geschreven(terugkoppeling: Terugkoppeling, noor: Medewerker, extra: str = "", **velden: str) -> Terugkoppeling:
    onderwerp, tekst = concepttekst(terugkoppeling)
    alles = {"wijze": "mail", "adres": terugkoppeling.adres, "onderwerp": onderwerp, "tekst": f"{tekst}\n\n{extra}"}
    return schrijf_bericht(terugkoppeling, door=noor, **(alles | velden))


def bezwaren(terugkoppeling: Terugkoppeling) -> list[str]:
    return [b.uitleg for b in belemmeringen_voor(terugkoppeling, "verstuur")]
