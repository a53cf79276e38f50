"""Informing directbetrokkenen: a task per report with the term of the Wmo, a message and a reaction per person."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from casus import rechten
from casus.informeren.selectors import gezaghebbenden_van, nog_te_doen
from casus.models import Betrokkene, Processtap, Reactie, Terugkoppeling
from casus.services.terugkoppeling import vraag_terugkoppeling
from casus.services.werk import maak_taak, vervul_taken
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.kern.termijnen import informeertermijn
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.sjablonen import Partij

TAAK = "informeren"


@regel("RW-7.8", "RW-7.13")
def vraag_informeren(stap: Processtap, meldingsnummer: str, *, door: Medewerker) -> None:
    """For every new report, also one that comes in while we are involved already. It never holds up closing."""
    maak_taak(
        stap,
        TAAK,
        titel="Directbetrokkenen informeren en om hun reactie vragen",
        omdat=f"melding {meldingsnummer} over hen gaat",
        pad=f"{stap.casus.pad()}informeren/",
        door=door,
        stap=stap,
        termijn=informeertermijn(stap.begonnen_op),
        houdt_sluiten_tegen=False,
        over_veiligheid=False,
    )


def werk_taak_bij(stap: Processtap, meldingsnummer: str, *, door: Medewerker) -> None:
    """Done when everyone has been told and has reacted, or someone wrote down why not; open again when not."""
    if nog_te_doen(stap):
        vraag_informeren(stap, meldingsnummer, door=door)
    else:
        vervul_taken(onderwerp=stap, soort=TAAK, door=door)


@regel("RW-7.13")
@transaction.atomic
def informeer(
    stap: Processtap,
    betrokkene: Betrokkene,
    *,
    door: Medewerker,
    moment: str,
    meldingsnummer: str,
    uitkomst: str = "",
    via: Betrokkene | None = None,
) -> Terugkoppeling:
    """A message to prepare for this person, or for who decides for this child; asked again it is the same one."""
    rechten.mag_vastleggen.eis(door, betrokkene)
    if not betrokkene.is_direct or betrokkene.casus_id != stap.casus_id or betrokkene.persoon is None:
        uitleg = "Alleen een directbetrokkene van deze casus wordt zo geïnformeerd."
        raise RegelGeweigerd([Belemmering(uitleg, regel=REGELS["RW-5.1"])])
    if via is not None and via.pk not in {b.pk for b in gezaghebbenden_van(betrokkene)}:
        uitleg = f"{via} heeft geen gezag over dit kind. Leg dat eerst vast bij de betrokkenen."
        raise RegelGeweigerd([Belemmering(uitleg, regel=REGELS["RW-5.1"])])
    ontvanger = via or betrokkene
    assert ontvanger.persoon is not None  # noqa: S101 - of an open case
    return vraag_terugkoppeling(
        stap,
        moment,
        door=door,
        aan=str(ontvanger),
        adres=ontvanger.persoon.email,
        meldingsnummer=meldingsnummer,
        partij=Partij.GEZAGHEBBENDE if via else Partij.DIRECTBETROKKENE,
        uitkomst=uitkomst,
        betrokkene=betrokkene,
        via=via,
    )


@regel("RW-7.8")
@transaction.atomic
def leg_reactie_vast(
    stap: Processtap,
    betrokkene: Betrokkene,
    *,
    door: Medewerker,
    meldingsnummer: str,
    reactie: str = "",
    reden: str = "",
) -> Reactie:
    """What this person says to this report, or why there is no reaction; written later it replaces the reason."""
    if not reactie.strip() and not reden.strip():
        uitleg = "Schrijf de reactie op, of waarom er geen is."
        raise RegelGeweigerd([Belemmering(uitleg, veld="reactie", regel=None)])
    rij = Reactie.objects.filter(stap=stap, betrokkene=betrokkene).first()
    if rij is None:
        rij = Reactie(stap=stap, betrokkene=betrokkene, reactie=reactie, reden_geen_reactie=reden, door=door)
        rij = maak(
            rij, door=door, mag=rechten.mag_vastleggen, zin="Reactie op de melding vastgelegd", regels=["RW-7.8"]
        )
    else:
        velden: dict[str, Any] = {"reactie": reactie, "reden_geen_reactie": reden}
        rij = wijzig(rij, door=door, mag=rechten.mag_vastleggen, zin="Reactie op de melding aangevuld", **velden)
    werk_taak_bij(stap, meldingsnummer, door=door)
    return rij


def bij_terugkoppeling(*, terugkoppeling: Terugkoppeling, door: Medewerker) -> None:
    """Someone has been told (or motivated not): that may have been the last."""
    if terugkoppeling.betrokkene_id is not None:
        werk_taak_bij(terugkoppeling.stap, terugkoppeling.meldingsnummer, door=door)
