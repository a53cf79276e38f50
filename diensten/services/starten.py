"""Starting services: the step begins on the date of the choice, and the service is its owner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from casus.models import Casus, Processtap
from casus.services.casussen import begin_stap
from casus.services.werk import maak_taak, vervul_taken
from diensten import rechten, voorwaarden
from diensten.bijzonder import bijzondere
from diensten.models import OZ, VV, Dienst, EigenDienst, Keuze, Maatwerk, Monitoren, Overdracht, Uitkomst
from diensten.selectors import (
    actuele_voorwaarden,
    geweldsvormen_van,
    keuze_voor_onderzoek,
    lopend_onderzoek,
    lopende_monitoring,
    lopende_overdracht,
    lopende_vv,
    voorwaarden_zonder_dienst,
)
from diensten.services import bijzonder
from melding.models import Melding
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker, Rol

D = TypeVar("D", bound=Dienst)
TAAK = "dienst"
NIET_GERAPPORTEERD = "niet-gerapporteerd"
"""What V&V may say of a form of violence; an onderzoek answers it again."""


def behandelaar_van(casus: Casus, stap: Processtap | None = None) -> Medewerker | None:
    """Who can do it: responsible for the step or the case, and of the achterkant; otherwise the team sees it."""
    for wie in (stap.verantwoordelijke if stap else None, casus.verantwoordelijke):
        if wie is not None and wie.is_active and wie.heeft_rol(Rol.ACHTERKANT):
            return wie
    return None


@regel("RW-5.12b")
def _begin(
    dienst: D,
    casus: Casus,
    meldingen: Sequence[Melding],
    *,
    door: Medewerker,
    op: datetime | None,
    verantwoordelijke: Medewerker | None,
) -> D:
    """The step first, then its owner, in one transaction: the database refuses either alone."""
    stap = begin_stap(casus, dienst.soort, door=door, begonnen_op=op, verantwoordelijke=verantwoordelijke)
    dienst.stap = stap
    dienst = maak(dienst, door=door, zin=f"{dienst.naam} {'gekozen' if isinstance(dienst, EigenDienst) else 'gestart'}")
    dienst.meldingen.set(meldingen)
    bijzonder.begonnen(dienst, door=door)
    werk_taak_bij(dienst, door=door)
    return dienst


@regel("RW-5.12c", "RW-9.21")
@transaction.atomic
def start_vv(
    casus: Casus,
    meldingen: Sequence[Melding],
    *,
    door: Medewerker,
    op: datetime | None = None,
    keuze: Keuze | None = None,
    na: Processtap | None = None,
) -> VV:
    """A V&V that waits to be taken up. One that waits or runs already also takes these reports (scenario 8)."""
    casus.slot()
    voorwaarden.eis_geen_onderzoek(casus, meldingen)
    vv = lopende_vv(casus)
    if vv is None:
        vv = _begin(VV(keuze=keuze, na_dienst=na), casus, meldingen, door=door, op=op, verantwoordelijke=None)
    else:
        _ook_bij(vv, meldingen, door=door)
    neem_geweldsvormen_over(vv, door=door)
    neem_voorwaarden_mee(vv, door=door)
    return vv


@regel("RW-5.12c", "RW-9.21")
@transaction.atomic
def start_oz(
    casus: Casus,
    meldingen: Sequence[Melding],
    *,
    door: Medewerker,
    op: datetime | None = None,
    keuze: Keuze | None = None,
    na: Processtap | None = None,
) -> OZ:
    """An onderzoek that waits to be taken up; a V&V that waits or runs goes on as this onderzoek (RW-9.6)."""
    casus.slot()
    vv = lopende_vv(casus)
    if vv is not None:
        voer_uit(vv, "ga_verder_als_onderzoek", door=door)
    oz = lopend_onderzoek(casus)
    if oz is None:
        oz = _begin(OZ(keuze=keuze, na_dienst=na), casus, meldingen, door=door, op=op, verantwoordelijke=None)
    else:
        _ook_bij(oz, meldingen, door=door)
    neem_geweldsvormen_over(oz, door=door)
    neem_voorwaarden_mee(oz, door=door)
    return oz


@regel("RW-9.6", "RW-9.20", "RW-5.12c")
@transaction.atomic
def start_oz_na(vv: VV, *, door: Medewerker) -> OZ:
    """Where the V&V ended: the same reports, people, conditions and outcomes so far; the clock goes on."""
    stap = vv.stap
    oz = _begin(
        OZ(keuze=keuze_voor_onderzoek(vv) or vv.keuze, na_dienst=stap),
        vv.casus,
        list(vv.meldingen.all()),
        door=door,
        op=stap.geeindigd_op,
        verantwoordelijke=stap.verantwoordelijke,
    )
    oz.stap.medebehandelaars.set(stap.medebehandelaars.all())
    for eerder in vv.uitkomsten:
        nog_open = "" if eerder.uitkomst_geweld == NIET_GERAPPORTEERD else eerder.uitkomst_geweld
        maak(Uitkomst(stap=oz.stap, vorm=eerder.vorm, uitkomst_geweld=nog_open), door=door)
    neem_geweldsvormen_over(oz, door=door)
    neem_voorwaarden_mee(oz, door=door, ook_van=stap)
    for benadering in stap.benaderingen.filter(gedaan_op__isnull=True, reden_niet=""):
        wijzig(benadering, door=door, mag=rechten.mag_meegaan, zin="Gaat mee naar het onderzoek", stap=oz.stap)
    return oz


def _ook_bij(dienst: EigenDienst, meldingen: Sequence[Melding], *, door: Medewerker) -> None:
    """A service that waits or runs takes these reports too (scenario 8)."""
    if not (nieuw := set(meldingen) - set(dienst.meldingen.all())):
        return
    dienst.meldingen.add(*nieuw)
    nummers = ", ".join(sorted(melding.nummer for melding in nieuw))
    zin = f"{dienst.naam} hoort nu ook bij {nummers}"
    dienst.schrijf_log(door=door, wat="melding_erbij", zin=zin, regels=["RW-13.S8"])
    werk_taak_bij(dienst, door=door)


BIJ_VT: dict[str, Callable[..., Dienst]] = {VV.soort: start_vv, OZ.soort: start_oz}
"""How each service of Veilig Thuis itself begins, by its name in the choice."""


def neem_geweldsvormen_over(dienst: EigenDienst, *, door: Medewerker) -> None:
    """Each form of violence of the VHT asks for its outcome; nobody types them again."""
    bekend = set(dienst.uitkomsten.values_list("vorm", flat=True))
    for vorm in geweldsvormen_van(dienst.meldingen.all()):
        if vorm not in bekend:
            maak(Uitkomst(stap=dienst.stap, vorm=vorm), door=door)


@regel("RW-8.16")
def neem_voorwaarden_mee(dienst: Dienst, *, door: Medewerker, ook_van: Processtap | None = None) -> None:
    """Conditions set before there was a service belong to it from now on, and those of the one it follows."""
    mee = voorwaarden_zonder_dienst(dienst.casus)
    if ook_van is not None:
        mee |= actuele_voorwaarden(dienst.casus).filter(stap=ook_van)
    for voorwaarde in mee:
        wijzig(
            voorwaarde,
            door=door,
            mag=rechten.mag_meegaan,
            zin=f"Veiligheidsvoorwaarde hoort nu bij {dienst.naam}",
            stap=dienst.stap,
        )


@regel("RW-9.4")
@transaction.atomic
def start_overdracht(
    casus: Casus,
    meldingen: Sequence[Melding],
    *,
    door: Medewerker,
    op: datetime | None = None,
    keuze: Keuze | None = None,
    na: Processtap | None = None,
    soort_partij: str = "",
    partij: str = "",
) -> Overdracht:
    """An Overdracht in preparation, beside whatever else runs; one that runs for these reports is kept."""
    from diensten.services.overdrachten import advies_uit_dossier

    casus.slot()
    overdracht = lopende_overdracht(casus, meldingen)
    if overdracht is not None:
        return overdracht
    overdracht = _begin(
        Overdracht(
            keuze=keuze,
            na_dienst=na,
            soort_partij=soort_partij,
            partij=partij,
            zicht_op_veiligheid=partij if bijzondere(meldingen) else "",
            advies_en_aandachtspunten=advies_uit_dossier(casus, meldingen),
            opgepakt_op=op or timezone.now(),
        ),
        casus,
        meldingen,
        door=door,
        op=op,
        verantwoordelijke=behandelaar_van(casus, na),
    )
    bijzonder.vraag_plichten(overdracht, door=door)
    return overdracht


@regel("RW-11.4")
@transaction.atomic
def start_monitoren(dienst: EigenDienst, *, door: Medewerker) -> Monitoren:
    """From the end of V&V or onderzoek, with two moments; a monitoring that runs goes on, and counts from now."""
    from diensten.services.monitoring import plan_vanzelf

    casus, einde = dienst.casus, dienst.stap.geeindigd_op
    assert einde is not None  # noqa: S101 - the step of a service that ended has ended
    monitoren = lopende_monitoring(casus)
    if monitoren is None:
        monitoren = _begin(
            Monitoren(keuze=dienst.keuze, na_dienst=dienst.stap, opgepakt_op=einde),
            casus,
            list(dienst.meldingen.all()),
            door=door,
            op=einde,
            verantwoordelijke=behandelaar_van(casus, dienst.stap),
        )
    else:
        monitoren.meldingen.add(*dienst.meldingen.all())
    plan_vanzelf(monitoren, einde, door=door)
    return monitoren


@regel("RW-9.5", "RW-12.2")
@transaction.atomic
def start_maatwerk(
    casus: Casus,
    meldingen: Sequence[Melding],
    *,
    door: Medewerker,
    op: datetime | None = None,
    keuze: Keuze | None = None,
    na: Processtap | None = None,
    soort_maatwerk: str = "",
    toelichting: str = "",
) -> Maatwerk:
    """Local work, beside whatever else runs."""
    casus.slot()
    return _begin(
        Maatwerk(
            keuze=keuze,
            na_dienst=na,
            soort_maatwerk=soort_maatwerk,
            toelichting=toelichting,
            opgepakt_op=op or timezone.now(),
        ),
        casus,
        meldingen,
        door=door,
        op=op,
        verantwoordelijke=behandelaar_van(casus, na),
    )


_TAKEN = {
    (VV, VV.Stand.GEKOZEN): ("V&V oppakken", "V&V is gekozen en nog niemand haar heeft opgepakt"),
    (VV, VV.Stand.LOPEND): ("V&V afronden en vervolg kiezen", "V&V loopt"),
    (OZ, OZ.Stand.GEKOZEN): ("Onderzoek oppakken", "onderzoek is gekozen en nog niemand het heeft opgepakt"),
    (OZ, OZ.Stand.LOPEND): ("Onderzoek afronden en vervolg kiezen", "het onderzoek loopt"),
    (Overdracht, Overdracht.Stand.VOORBEREIDING): ("Overdracht voorbereiden en aanbieden", "overdracht is gekozen"),
    (Overdracht, Overdracht.Stand.AANGEBODEN): ("Antwoord van de partij vastleggen", "de overdracht is aangeboden"),
    (Overdracht, Overdracht.Stand.GEACCEPTEERD): ("Overdragen", "de partij heeft geaccepteerd"),
    (Maatwerk, Maatwerk.Stand.LOPEND): ("Lokaal maatwerk afronden", "lokaal maatwerk loopt"),
}


def werk_taak_bij(dienst: Dienst, *, door: Medewerker) -> None:
    """One task per service says the next thing to do; monitoring has one per moment instead."""
    vervul_taken(onderwerp=dienst, soort=TAAK, door=door)
    gevonden = _TAKEN.get((type(dienst), dienst.stand))  # type: ignore[attr-defined]
    if gevonden is None:
        return
    titel, omdat = gevonden
    maak_taak(
        dienst,
        TAAK,
        titel=titel,
        omdat=omdat,
        pad=dienst.pad(),
        door=door,
        stap=dienst.stap,
        termijn=dienst.termijn,
        houdt_sluiten_tegen=False,  # the open step itself holds it up
    )
