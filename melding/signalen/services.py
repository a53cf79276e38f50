"""Receiving signals: once per reference of a sender, whole or not at all; and forgetting the ones that are closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

import pgtrigger
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from casus import rechten as casusrechten
from casus.dossier import NieuwSignaal
from casus.models import Bijlage
from casus.services.bijlagen import bewaar_bijlage
from casus.services.werk import maak_taak, vervul_taken
from melding.aanlevering import Aangeleverd, AangeleverdeBijlage, AangeleverdeMeldcode, AangeleverdePersoon
from melding.nakijken import lees_datum, lees_incident, lees_ontvangst, twijfels
from melding.rechten import mag_ontvangen, mag_opnemen
from melding.signalen.models import AangemeldePersoon, JaNee, Meldcode, Signaal
from melding.signalen.selectors import voorkantteam
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.nummers import nieuw_nummer
from vt_cvs.kern.regels import regel
from vt_cvs.kern.termijnen import dag_kort, plaatselijk
from vt_cvs.organisatie.models import Afzender, Medewerker
from vt_cvs.web.klad import wis_over

NOOIT_VERLEGEN = 20
TAAK = "signaal"
TAAK_SLUITEN = "signaal_sluiten"


class AnderBericht(Exception):
    """This sender used this reference before, for another message."""

    def __init__(self, signaal: Signaal) -> None:
        self.signaal = signaal
        super().__init__("Dit kenmerk is al gebruikt voor een ander bericht. Gebruik een nieuw kenmerk.")


@regel("RW-6.18", "RW-6.3")
def ontvang_signaal(
    bericht: Aangeleverd, *, afzender: Afzender | None = None, door: Medewerker
) -> tuple[Signaal, bool]:
    """The signal of this message, and whether it is new; the same message sent again is the same signal."""
    mag_ontvangen.eis(door, None)
    return _ontvang(bericht, afzender, door)


@regel("RW-13.AF")
def ontvang_bij_casus(nieuw: NieuwSignaal) -> Iterator[str]:
    """A new signal heard at a closed case: kept at once, and taken up as a report that follows that case.

    Whoever may record at the case may do this; who takes up no reports goes back to the case.
    """
    casusrechten.mag_vastleggen.eis(nieuw.door, nieuw.casus)
    bericht = Aangeleverd(
        kenmerk=nieuw.casus.nummer,
        tekst=nieuw.tekst,
        ontvangen_op=nieuw.op.isoformat() if nieuw.op else "",
        bijlagen=(AangeleverdeBijlage(*nieuw.bijlage),) if nieuw.bijlage else (),
    )
    signaal, _ = _ontvang(bericht, None, nieuw.door)
    yield signaal.pad() if mag_opnemen(nieuw.door, None) else nieuw.casus.pad()


def _ontvang(bericht: Aangeleverd, afzender: Afzender | None, door: Medewerker) -> tuple[Signaal, bool]:
    bewaard: list[str] = []
    try:
        with transaction.atomic():
            if eerder := _eerder(bericht, afzender):
                return eerder, False
            signaal, nieuw = _bewaar(bericht, afzender, door)
            if nieuw:
                _bewaar_personen(signaal, bericht, door)
                _bewaar_meldcode(signaal, bericht, door)
                _bewaar_bijlagen(signaal, bericht, door, bewaard)
                _zet_klaar(signaal, door)
            return signaal, nieuw
    except BaseException:
        _wis_bestanden(bewaard)  # the rows are rolled back; files know no transaction
        raise


def _eerder(bericht: Aangeleverd, afzender: Afzender | None) -> Signaal | None:
    if afzender is None:
        return None
    signaal = Signaal.objects.filter(afzender=afzender, kenmerk=bericht.kenmerk).first()
    if signaal is not None and signaal.inhoud_hash != bericht.vingerafdruk():
        raise AnderBericht(signaal)
    return signaal


def _bewaar(bericht: Aangeleverd, afzender: Afzender | None, door: Medewerker) -> tuple[Signaal, bool]:
    """One row. When another thread was first with this reference, the database says so, and theirs is the signal."""
    ontvangen_op, bezwaar = lees_ontvangst(bericht.ontvangen_op)
    incident_op, bezwaar_incident = lees_incident(bericht.incident_op)
    schoon = "Er stonden onzichtbare tekens in het bericht; die zijn weggelaten." if bericht.opgeschoond else ""
    for _ in range(NOOIT_VERLEGEN):
        signaal = Signaal(
            nummer=nieuw_nummer("M"),
            bron=_bron(afzender, door),
            afzender=afzender,
            kenmerk=bericht.kenmerk,
            inhoud_hash=bericht.vingerafdruk(),
            ontvangen_op=ontvangen_op,
            ontvangen_opgegeven=bericht.ontvangen_op,
            incident_op=incident_op,
            incident_opgegeven=bericht.incident_op,
            tekst=bericht.tekst,
            aanleiding=bericht.aanleiding,
            hulpverlening=bericht.hulpverlening,
            wie_helpt=bericht.wie_helpt,
            duur_opgegeven=bericht.duur_geweld,
            gevaar=bericht.gevaar,
            afhankelijken=bericht.afhankelijken,
            twijfels=[zin for zin in (bezwaar, bezwaar_incident, schoon) if zin],
            **{f"melder_{naam}": waarde for naam, waarde in asdict(bericht.melder).items()},
        )
        try:
            with transaction.atomic():
                return maak(signaal, door=door, zin=f"Signaal ontvangen: {signaal.get_bron_display()}"), True
        except IntegrityError:
            if eerder := _eerder(bericht, afzender):
                return eerder, False
    raise RuntimeError("Er is geen vrij meldingsnummer gevonden.")


def _bron(afzender: Afzender | None, door: Medewerker) -> str:
    if afzender is not None:
        return Signaal.Bron.FORMULIER if afzender.is_webformulier else Signaal.Bron.AFZENDER
    return Signaal.Bron.FORMULIER if door.systeem else Signaal.Bron.MEDEWERKER


def _bewaar_personen(signaal: Signaal, bericht: Aangeleverd, door: Medewerker) -> None:
    for persoon in bericht.personen:
        maak(als_aangemeld(signaal, persoon), door=door)


@regel("PRO-2")
def _bewaar_meldcode(signaal: Signaal, bericht: Aangeleverd, door: Medewerker) -> None:
    if bericht.meldcode is not None and bericht.meldcode != AangeleverdeMeldcode():
        gegevens = asdict(bericht.meldcode)
        stappen = sorted(set(gegevens.pop("meldcodestappen")))
        maak(Meldcode(signaal=signaal, meldcodestappen=stappen, **gegevens), door=door)


def als_aangemeld(signaal: Signaal, persoon: AangeleverdePersoon) -> AangemeldePersoon:
    """As given, with what could be read of it and what cannot be right."""
    gegevens: dict[str, Any] = asdict(persoon)
    opgegeven = gegevens.pop("geboortedatum")
    datum, _ = lees_datum(opgegeven)
    return AangemeldePersoon(
        signaal=signaal,
        geboortedatum_opgegeven=opgegeven,
        geboortedatum=datum,
        twijfels=list(twijfels(persoon)),
        **gegevens,
    )


def _bewaar_bijlagen(signaal: Signaal, bericht: Aangeleverd, door: Medewerker, bewaard: list[str]) -> None:
    for aangeleverd in bericht.bijlagen:
        bijlage = bewaar_bijlage(inhoud=aangeleverd.inhoud, naam=aangeleverd.naam, door=door)
        bewaard.append(bijlage.opslagnaam)
        signaal.bijlagen.add(bijlage)


def _zet_klaar(signaal: Signaal, door: Medewerker) -> None:
    """In Mijn werk of the voorkant, undivided, with the clock that already runs."""
    maak_taak(
        signaal,
        TAAK,
        titel="Melding oppakken" if signaal.is_digitaal else "Signaal beoordelen",
        omdat=f"{signaal.get_bron_display()} op {dag_kort(plaatselijk(signaal.ontvangen_op))}"
        + ("; de melder schrijft dat er nu gevaar is" if signaal.gevaar == JaNee.JA else ""),
        kop=f"Signaal van {signaal.van_wie}"[:120],
        pad=signaal.pad(),
        door=door,
        team=voorkantteam() if door.systeem else door.team or voorkantteam(),
        termijn=signaal.termijn.sturend,
        houdt_sluiten_tegen=False,
    )


def na_stap(signaal: Signaal, naam: str, *, door: Medewerker) -> None:
    """Work follows the signal; a signal that is no report forgets whom it was about."""
    if naam == "stel_sluiten_voor":
        maak_taak(
            signaal,
            TAAK_SLUITEN,
            titel="Sluiten van signaal bevestigen",
            omdat="een tweede medewerker moet bevestigen dat dit geen melding is",
            kop=f"Signaal van {signaal.van_wie}"[:120],
            pad=signaal.pad(),
            door=door,
            team=voorkantteam() or door.team,
            termijn=signaal.termijn.sturend,
            houdt_sluiten_tegen=False,
        )
        return
    vervul_taken(onderwerp=signaal, soort=TAAK_SLUITEN, door=door, vervallen=naam != "sluit")
    if naam != "trek_voorstel_in":
        vervul_taken(onderwerp=signaal, soort=TAAK, door=door)
    if naam in {"sluit", "wordt_advies"}:
        wis_persoonsgegevens(signaal)
        wis_over([signaal.nummer])


@regel("RW-6.2")
def wis_persoonsgegevens(signaal: Signaal) -> None:
    """People, attachments and what history kept of them; the row itself is already empty."""
    bijlagen = list(signaal.bijlagen.all())
    opslagnamen = [bijlage.opslagnaam for bijlage in bijlagen]
    with pgtrigger.ignore(
        "melding.HistoricalSignaal:historie_staat_vast",
        "melding.HistoricalAangemeldePersoon:historie_staat_vast",
        "melding.HistoricalMeldcode:historie_staat_vast",
        "casus.HistoricalBijlage:historie_staat_vast",
    ):
        personen = AangemeldePersoon.objects.filter(signaal=signaal)
        nummers = list(personen.values_list("pk", flat=True))
        personen._raw_delete(personen.db)  # `delete()` would write every value to history once more
        AangemeldePersoon.history.filter(id__in=nummers).delete()
        meldcode = Meldcode.objects.filter(signaal=signaal)
        codes = list(meldcode.values_list("pk", flat=True))
        meldcode._raw_delete(meldcode.db)
        Meldcode.history.filter(id__in=codes).delete()
        signaal.bijlagen.clear()
        stukken = Bijlage.objects.filter(pk__in=[bijlage.pk for bijlage in bijlagen], casus=None)
        stukken._raw_delete(stukken.db)
        Bijlage.history.filter(id__in=[bijlage.pk for bijlage in bijlagen]).delete()
        leeg: dict[str, Any] = dict.fromkeys(Signaal.eigen_gegevens, "")
        if not signaal.is_digitaal:
            leeg["kenmerk"] = ""
        Signaal.history.filter(id=signaal.pk).update(**leeg, twijfels=[], incident_op=None)
    transaction.on_commit(partial(_wis_bestanden, opslagnamen))


def _wis_bestanden(opslagnamen: list[str]) -> None:
    for opslagnaam in opslagnamen:
        default_storage.delete(opslagnaam)
