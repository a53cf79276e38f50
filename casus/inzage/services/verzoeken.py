"""Taking in a request, and what follows from each step until two people have seen what is handed over."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from casus.inzage import rechten
from casus.inzage.models import Inzageverzoek
from casus.inzage.services.screenen import werk_bij
from casus.models import Betrokkene, Casus
from casus.services.werk import maak_taak, vervul_taken
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.termijnen import Termijn, in_maanden, plaatselijk
from vt_cvs.kern.uitpost import zet_in_uitpost
from vt_cvs.organisatie.models import Medewerker, Rol, systeemmedewerker
from vt_cvs.organisatie.selectors import medewerkers_met

Stand = Inzageverzoek.Stand
DOCUMENT = "inzagedocument"
"""Outbox kind: this screening is finished, make the document."""
WIS_BESTAND = "wis_bestand"
"""Outbox kind: this stored file is no longer part of any file."""
SCREENEN, VERSTREKKEN = "inzage_screenen", "inzage_verstrekken"


def termijn_van(verzoek: Inzageverzoek) -> Termijn:
    """One month after the request."""
    return in_maanden(plaatselijk(verzoek.ontvangen_op), 1)


@transaction.atomic
def open_verzoek(
    casus: Casus,
    verzoeker: Betrokkene,
    *,
    door: Medewerker,
    namens: Betrokkene | None = None,
    **velden: Any,
) -> Inzageverzoek:
    """Take in a request; from now on its month runs in the work of whoever screens."""
    soort = Inzageverzoek.Hoedanigheid
    verzoek = maak(
        Inzageverzoek(
            casus=casus,
            verzoeker=verzoeker,
            namens=namens,
            hoedanigheid=soort.VERTEGENWOORDIGER if namens else soort.ZELF,
            door=door,
            **velden,
        ),
        door=door,
        mag=rechten.mag_opvoeren,
        zin="Verzoek om inzage ontvangen",
    )
    _taak_screenen(verzoek, door=door)
    return verzoek


def leg_oordeel_vast(
    verzoek: Inzageverzoek, *, door: Medewerker, versie: int | None = None, **velden: Any
) -> Inzageverzoek:
    """Whether someone can weigh their interests, and what the child's interest asks: a judgement, with its ground."""
    return wijzig(
        verzoek,
        door=door,
        mag=rechten.mag_bijwerken,
        versie=versie,
        zin="Oordeel bij het inzageverzoek vastgelegd",
        **velden,
    )


def _taak_screenen(verzoek: Inzageverzoek, *, door: Medewerker) -> None:
    maak_taak(
        verzoek,
        SCREENEN,
        titel="Inzagedossier screenen",
        omdat="een betrokkene het dossier wil lezen",
        pad=verzoek.pad(),
        door=door,
        casus=verzoek.casus,
        voor=verzoek.casus.verantwoordelijke,
        termijn=termijn_van(verzoek),
        houdt_sluiten_tegen=False,
        over_veiligheid=False,
    )


def na_stap(verzoek: Inzageverzoek, naam: str, *, door: Medewerker) -> None:
    """What follows from a step of the machine, in the same transaction."""
    if naam == "begin_screening":
        werk_bij(verzoek, door=door)
    elif naam == "rond_screening_af":
        vervul_taken(onderwerp=verzoek, soort=SCREENEN, door=door)
        zet_in_uitpost(DOCUMENT, onderwerp=f"inzageverzoek:{verzoek.pk}", verzoek_id=verzoek.pk)
    elif naam == "heropen":
        vervul_taken(onderwerp=verzoek, soort=VERSTREKKEN, door=door, vervallen=True)
        _taak_screenen(verzoek, door=door)
    elif naam in {"verstrek", "wijs_af"}:
        vervul_taken(onderwerp=verzoek, door=door)
    if naam == "wijs_af" and verzoek.opslagnaam:
        zet_in_uitpost(WIS_BESTAND, onderwerp=f"bestand:{verzoek.opslagnaam}", opslagnaam=verzoek.opslagnaam)


def vraag_tweede_ogen(verzoek: Inzageverzoek) -> None:
    """The document is there: it waits in Mijn werk of whoever hands it over."""
    klok = systeemmedewerker("Klok")
    for medewerker in medewerkers_met(Rol.PRIVACYFUNCTIONARIS).exclude(pk=verzoek.gescreend_door_id or 0):
        maak_taak(
            verzoek,
            VERSTREKKEN,
            titel="Inzagedossier staat klaar: nakijken en verstrekken",
            omdat="de screening is afgerond en een tweede paar ogen nodig is",
            pad=verzoek.pad(),
            door=klok,
            casus=verzoek.casus,
            voor=medewerker,
            termijn=termijn_van(verzoek),
            houdt_sluiten_tegen=False,
            over_veiligheid=False,
        )
