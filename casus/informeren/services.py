"""Informing directbetrokkenen: a task per report with the term of the Wmo, a message and a reaction per person."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from casus import rechten
from casus.dossier import feiten_per_melding
from casus.informeren.selectors import TAAK, gezaghebbenden_van, iemand_bij, mensen_bij, nog_te_doen, wie_nog
from casus.models import Betrokkene, Informeeruitstel, Processtap, Reactie, Taak, Terugkoppeling
from casus.services.terugkoppeling import vraag_terugkoppeling
from casus.services.werk import maak_taak, vervul_taken
from casus.voorwaarden import eis_reden
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.kern.termijnen import dag_kort, informeertermijn, informeeruitstel
from vt_cvs.organisatie.models import Medewerker
from vt_cvs.organisatie.sjablonen import Partij


@regel("RW-7.8", "RW-7.13")
def vraag_informeren(stap: Processtap, meldingsnummer: str, *, door: Medewerker) -> None:
    """For every new report, also one that comes in while we are involved already. It never holds up closing.

    Its term is that of whoever must hear it first.
    """
    termijnen = [iemand.uiterlijk for iemand in wie_nog(stap) if not iemand.geinformeerd]
    maak_taak(
        stap,
        TAAK,
        titel="Directbetrokkenen informeren en om hun reactie vragen",
        omdat=f"melding {meldingsnummer} over hen gaat",
        pad=f"{stap.casus.pad()}informeren/",
        door=door,
        stap=stap,
        termijn=min(termijnen, key=lambda t: t.uiterlijk, default=informeertermijn(stap.begonnen_op)),
        houdt_sluiten_tegen=False,
        over_veiligheid=False,
    )


def werk_taak_bij(stap: Processtap, meldingsnummer: str, *, door: Medewerker) -> None:
    """Done when everyone has been told and has reacted, or someone wrote down why not; open again when not."""
    if nog_te_doen(stap):
        vraag_informeren(stap, meldingsnummer, door=door)
    else:
        vervul_taken(onderwerp=stap, soort=TAAK, door=door)


@regel("RW-7.8", "RW-7.13")
def bij_betrokkene(*, betrokkene: Betrokkene, door: Medewerker, **_: Any) -> None:
    """Someone came to belong to the case: who was told already stays told, and the task is there again for this one."""
    gevraagd = Taak.objects.filter(soort=TAAK, casus=betrokkene.casus_id).values("onderwerp_id")
    meldingen = Processtap.objects.filter(
        casus=betrokkene.casus_id, soort=Processtap.Soort.MELDING, pk__in=gevraagd
    ).select_related("casus", "verantwoordelijke", "team")
    rijen = list(meldingen.order_by("-begonnen_op", "-id"))
    if not rijen:
        return  # the report itself is still being taken up
    nummers = {stap: waarde for stap, wat, waarde in feiten_per_melding(betrokkene.casus) if wat == "nummer"}
    for stap in [rij for rij in rijen if rij.is_open] or rijen[:1]:
        werk_taak_bij(stap, nummers.get(stap.pk, ""), door=door)


@regel("RW-7.13")
@transaction.atomic
def stel_informeren_uit(
    stap: Processtap, betrokkene: Betrokkene, *, door: Medewerker, meldingsnummer: str, reden: str
) -> Informeeruitstel:
    """Two weeks more for this person, with the reason; it may be done again (Wmo 5.3.1)."""
    stap.slot()
    rechten.mag_vastleggen.eis(door, betrokkene)
    eis_reden(reden, veld="reden", regel="RW-7.13")
    iemand = iemand_bij(stap, betrokkene)
    if iemand is None or iemand.geinformeerd:
        uitleg = "Deze persoon is al geïnformeerd, of hoort hier niet meer bij. Uitstel is niet nodig."
        raise RegelGeweigerd([Belemmering(uitleg, veld="reden", regel=REGELS["RW-7.13"])])
    vanaf = iemand.uiterlijk.rekenkundig or iemand.uiterlijk.uiterlijk
    tot = informeeruitstel(vanaf)
    rij = maak(
        Informeeruitstel(
            stap=stap,
            betrokkene=betrokkene,
            uitstel_vanaf=vanaf,
            uitstel_tot=tot.rekenkundig or tot.uiterlijk,
            reden_uitstel=reden,
            door=door,
        ),
        door=door,
        zin=f"Informeren uitgesteld tot {dag_kort(tot.uiterlijk)}",
        motivering=reden,
        regels=["RW-7.13"],
    )
    werk_taak_bij(stap, meldingsnummer, door=door)
    return rij


@regel("RW-7.13", "RW-13.T4", "RW-13.C4")
def laat_weten(stap: Processtap, moment: str, meldingsnummer: str, *, door: Medewerker) -> None:
    """A message to prepare for everyone this report is about, each along the route of their age; asked once."""
    for iemand in mensen_bij(stap):
        wegen: list[Betrokkene | None] = [*iemand.via] if iemand.route.via else []
        if iemand.route.zelf or not wegen:
            wegen.append(None)
        for via in wegen:
            ontvanger = via or iemand.betrokkene
            vraag_terugkoppeling(
                stap,
                moment,
                door=door,
                aan=str(ontvanger),
                adres=ontvanger.persoon.email if ontvanger.persoon else "",
                meldingsnummer=meldingsnummer,
                partij=Partij.GEZAGHEBBENDE if via else Partij.DIRECTBETROKKENE,
                betrokkene=iemand.betrokkene,
                via=via,
            )


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
    versie: int | None = None,
) -> Reactie:
    """What this person says to this report, or why there is no reaction; written later it replaces the reason."""
    if not reactie.strip() and not reden.strip():
        uitleg = "Schrijf de reactie op, of waarom er geen is."
        raise RegelGeweigerd([Belemmering(uitleg, veld="reactie", regel=None)])
    stap.slot()
    rij = Reactie.objects.filter(stap=stap, betrokkene=betrokkene).first()
    if rij is None:
        rij = Reactie(stap=stap, betrokkene=betrokkene, reactie=reactie, reden_geen_reactie=reden, door=door)
        rij = maak(
            rij, door=door, mag=rechten.mag_vastleggen, zin="Reactie op de melding vastgelegd", regels=["RW-7.8"]
        )
    else:
        velden: dict[str, Any] = {"reactie": reactie, "reden_geen_reactie": reden}
        zin = "Reactie op de melding aangevuld"
        rij = wijzig(rij, door=door, mag=rechten.mag_vastleggen, versie=versie, zin=zin, **velden)
    werk_taak_bij(stap, meldingsnummer, door=door)
    return rij


def bij_terugkoppeling(*, terugkoppeling: Terugkoppeling, door: Medewerker) -> None:
    """Someone has been told (or motivated not): that may have been the last."""
    if terugkoppeling.betrokkene_id is not None:
        werk_taak_bij(terugkoppeling.stap, terugkoppeling.meldingsnummer, door=door)
