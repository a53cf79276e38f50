"""Taking up a report: in an open case or a new one, with the number, date and text of its signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from casus.models import Casus, Processtap
from casus.services.casussen import begin_stap, eindig_stap, open_casus, zet_gemeente, zet_startdatum
from casus.services.werk import maak_taak
from casus.voorwaarden import casus_is_open
from melding.models import Melder, Melding, Signaal
from melding.rechten import mag_opnemen, mag_vastleggen
from melding.selectors import bekende_code, eerste_melding
from melding.services.opvoeren import OpgevoerdePersoon, opvoering_van, voer_op
from melding.services.opvolgen import casus_opgevolgd, volg_op_monitoren
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.nummers import nieuw_nummer
from vt_cvs.kern.overgangen import overgang_van, voer_uit
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, regel
from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker

__all__ = ["casus_opgevolgd", "melding_aangenomen", "neem_melding_aan", "ontvangst_gecorrigeerd"]

NOOIT_VERLEGEN = 20
melding_aangenomen = Sein("melding aangenomen")
"""Told with `melding` and `door`, in the same transaction: triage begins here."""
ontvangst_gecorrigeerd = Sein("ontvangstdatum gecorrigeerd")
"""Told with `melding` and `door`: terms that run from the receipt must be counted again."""


@regel("RW-4.1", "RW-6.3", "RW-6.18", "RW-5.12d")
@transaction.atomic
def neem_melding_aan(
    signaal: Signaal | None = None,
    *,
    door: Medewerker,
    casus: Casus | None = None,
    volgt_op: Casus | None = None,
    personen: Sequence[OpgevoerdePersoon] | None = None,
    melder: Mapping[str, Any] | None = None,
    situatie: str | None = None,
    ontvangen_op: datetime | None = None,
    incident_op: datetime | None = None,
    aanleiding: str | None = None,
    gemeente: str = "",
    duur_geweld: str = "",
    hulpverlening: str | None = None,
    verantwoordelijke: Medewerker | None = None,
    versie: int | None = None,
) -> Melding:
    """The report of this signal (or one told to us), in `casus` or a new case. Never refuses for what it says.

    What is left out comes from the signal; `personen=None` puts in everyone it names, as new people.
    """
    mag_opnemen.eis(door, casus)
    casus, volgt_op = _kies_casus(casus, volgt_op, door=door)
    if signaal is not None:
        signaal = _pak_op(signaal, versie)
        ontvangen_op = signaal.ontvangen_op
    ontvangen_op = ontvangen_op or timezone.now()
    if casus is None:
        verantwoordelijke = verantwoordelijke or (None if door.systeem else door)
        casus = open_casus(door=door, gestart_op=ontvangen_op, verantwoordelijke=verantwoordelijke, volgt_op=volgt_op)
    elif verantwoordelijke is None:
        verantwoordelijke = casus.verantwoordelijke if casus.afgeschermd or door.systeem else door
    stap = begin_stap(
        casus,
        Processtap.Soort.MELDING,
        door=door,
        begonnen_op=ontvangen_op,
        verantwoordelijke=verantwoordelijke,
        team=verantwoordelijke.team if verantwoordelijke else None,
    )
    melding = _maak(
        stap,
        signaal,
        door=door,
        melder=_maak_melder(casus, signaal, melder, door=door),
        ontvangen_op=ontvangen_op,
        incident_op=incident_op or (signaal.incident_op if signaal else None),
        situatie=situatie if situatie is not None else (signaal.tekst if signaal else ""),
        aanleiding=aanleiding if aanleiding is not None else _code("aanleiding", signaal),
        hulpverlening=hulpverlening if hulpverlening is not None else _code("hulpverlening", signaal),
        gemeente=gemeente,
        duur_geweld=duur_geweld,
    )
    if signaal is not None:
        signaal = voer_uit(signaal, "wordt_melding", door=door)
        for bijlage in signaal.bijlagen.all():
            wijzig(bijlage, door=door, mag=mag_opnemen, casus=casus, stap=stap)
        if personen is None:
            personen = [opvoering_van(persoon) for persoon in signaal.personen.all()]
    for opgevoerd in personen or ():
        voer_op(opgevoerd, melding=melding, door=door)
    if signaal is not None and signaal.twijfels:
        _laat_nakijken(melding, len(signaal.twijfels), door=door)
    werk_casus_bij(casus, door=door)
    melding_aangenomen.geef(melding=melding, door=door)
    return melding


@regel("WVT-5", "RW-3.1")
def _kies_casus(casus: Casus | None, volgt_op: Casus | None, *, door: Medewerker) -> tuple[Casus | None, Casus | None]:
    """The case to join, locked; or none and the one that the new case follows. A closed case is never joined."""
    if casus is None:
        return None, volgt_op
    casus.slot()
    vers = Casus.objects.get(pk=casus.pk)
    if not vers.is_open or vers.soort != Casus.Soort.MELDING:
        wat = "is gesloten" if not vers.is_open else "is een advies"
        raise RegelGeweigerd(
            [
                Belemmering(
                    f"Casus {vers.nummer} {wat}: een nieuwe melding komt daar niet bij. Maak een nieuwe casus; die "
                    "verwijst naar de eerdere.",
                    veld="casus",
                    link=vers.pad(),
                    link_tekst="Eerdere casus bekijken",
                    regel=REGELS["WVT-5"],
                )
            ]
        )
    if volg_op_monitoren(vers, door=door):
        return None, vers
    return vers, volgt_op


def _pak_op(signaal: Signaal, versie: int | None) -> Signaal:
    """Lock the signal and see that it still waits: two people at once make one melding."""
    from vt_cvs.kern.dossier import VerouderdeVersie

    signaal.slot()
    vers = Signaal.objects.get(pk=signaal.pk)
    overgang_van(vers, "wordt_melding")
    if versie is not None and versie != vers.versie:
        raise VerouderdeVersie(vers, versie, {})
    return vers


def _code(lijst: str, signaal: Signaal | None) -> str:
    return bekende_code(lijst, getattr(signaal, lijst)) if signaal else ""


@regel("RW-6.4")
def _maak_melder(
    casus: Casus, signaal: Signaal | None, opgegeven: Mapping[str, Any] | None, *, door: Medewerker
) -> Melder:
    """Whoever reported; what the worker leaves out comes from the signal."""
    velden: dict[str, Any] = {**melder_volgens(signaal), **(opgegeven or {})} if signaal else dict(opgegeven or {})
    return maak(Melder(casus=casus, **velden), door=door, mag=mag_opnemen)


@regel("RW-4.1")
def melder_volgens(signaal: Signaal) -> dict[str, Any]:
    """What the signal says of the melder, as the fields of a `Melder`."""
    organisatietype = signaal.afzender.organisatietype if signaal.afzender else ""
    functie = bekende_code("functie_melder", signaal.melder_functie)
    organisatie = bekende_code("organisatie_melder", signaal.melder_organisatie) or organisatietype
    politie = organisatie == "jv-politie"
    delen = (signaal.melder_naam, "" if functie else signaal.melder_functie)
    email = _passend("email", signaal.melder_email)
    return {
        "soort": Melder.Soort.POLITIE if politie else Melder.Soort.PROFESSIONAL if organisatie else "",
        "functie": functie or ("politieagent" if politie else ""),
        "organisatie": organisatie,
        "naam": _passend("naam", ", ".join(deel for deel in delen if deel)),
        "email": email,
        "email_reden": "" if email else Melder.EmailReden.NIET_BEKEND,
        "telefoon": _passend("telefoon", signaal.melder_telefoon),
    }


def _passend(naam: str, waarde: str) -> str:
    veld: Any = Melder._meta.get_field(naam)
    return waarde[: veld.max_length]


def _maak(stap: Processtap, signaal: Signaal | None, *, door: Medewerker, **velden: Any) -> Melding:
    for _ in range(NOOIT_VERLEGEN):
        nummer = signaal.nummer if signaal else nieuw_nummer("M")
        melding = Melding(stap=stap, signaal=signaal, nummer=nummer, **velden)
        try:
            with transaction.atomic():
                return maak(melding, door=door, mag=mag_opnemen, zin=f"Melding {nummer} ontvangen")
        except IntegrityError:
            if signaal is not None or not _nummer_bezet(nummer):
                raise
    raise RuntimeError("Er is geen vrij meldingsnummer gevonden.")


def _nummer_bezet(nummer: str) -> bool:
    return Melding.objects.filter(nummer=nummer).exists() or Signaal.objects.filter(nummer=nummer).exists()


def _laat_nakijken(melding: Melding, aantal: int, *, door: Medewerker) -> None:
    maak_taak(
        melding,
        "gegevens",
        titel="Gegevens van de melding nakijken",
        omdat=f"er iets aan het bericht niet kan kloppen ({aantal})",
        pad=melding.pad(),
        door=door,
        stap=melding.stap,
    )


@regel("RW-6.5", "RW-6.8")
def werk_casus_bij(casus: Casus, *, door: Medewerker) -> None:
    """The case starts with its first melding, and that one says which municipality counts."""
    eerste = eerste_melding(casus)
    if eerste is None:
        return
    zet_startdatum(casus, eerste.ontvangen_op, door=door)
    if eerste.gemeente:
        zet_gemeente(casus, eerste.gemeente, door=door)


@regel("RW-6.8")
@transaction.atomic
def wijzig_melding(
    melding: Melding, *, door: Medewerker, versie: int | None = None, motivering: str = "", **velden: Any
) -> Melding:
    """Change what is recorded of a report. A corrected receipt moves the step, the case and the terms with it."""
    melding.slot()
    oud = Melding.objects.get(pk=melding.pk)
    nieuw_moment = velden.get("ontvangen_op") or oud.ontvangen_op
    if nieuw_moment != oud.ontvangen_op:
        _eis_mogelijke_ontvangst(oud, nieuw_moment)
    elif "ontvangen_op" in velden:
        velden.pop("ontvangen_op")
    melding = wijzig(
        oud,
        door=door,
        mag=mag_vastleggen,
        versie=versie,
        motivering=motivering,
        zin="Ontvangstdatum van de melding gecorrigeerd" if nieuw_moment != oud.ontvangen_op else "Melding aangevuld",
        mits=[casus_is_open] if nieuw_moment != oud.ontvangen_op else [],
        **velden,
    )
    if nieuw_moment != oud.ontvangen_op:
        stap = Processtap.objects.select_for_update(no_key=True, of=("self",)).get(pk=melding.stap_id)
        stap.begonnen_op = nieuw_moment
        stap.bewaar(door=door, reden="ontvangstdatum gecorrigeerd")
        melding.stap = stap
        ontvangst_gecorrigeerd.geef(melding=melding, door=door)
    werk_casus_bij(melding.casus, door=door)
    return melding


def _eis_mogelijke_ontvangst(melding: Melding, moment: datetime) -> None:
    """Not after now, not after the end of its own step."""
    einde = melding.stap.geeindigd_op
    if moment > timezone.now() or (einde and moment > einde):
        wanneer = "in de toekomst" if moment > timezone.now() else "na het einde van de melding"
        raise RegelGeweigerd(
            [
                Belemmering(
                    f"De ontvangst ligt {wanneer}. Vul het moment in waarop de melding binnenkwam.",
                    veld="ontvangen_op",
                    regel=REGELS["RW-6.8"],
                )
            ]
        )


@regel("RW-6.16")
@transaction.atomic
def wijzig_melder(melder: Melder, *, door: Medewerker, versie: int | None = None, **velden: Any) -> Melder:
    """Change who reported. While there is NTI the melder stays anonymous: decide about that first."""
    from melding.models import NTI

    melder.slot()
    nti = NTI.objects.select_related("melding__stap__casus").filter(melding__melder=melder).first()
    if nti is not None and velden.get("anoniem", True) is False:
        raise RegelGeweigerd(
            [
                Belemmering(
                    "Bij deze melding staat NTI. Beslis eerst wat daarmee gebeurt; daarna kan de melder open worden.",
                    veld="anoniem",
                    link=nti.pad(),
                    link_tekst="NTI bekijken",
                    regel=REGELS["RW-6.16"],
                )
            ]
        )
    return wijzig(
        melder, door=door, mag=mag_vastleggen, versie=versie, zin="Gegevens van de melder gewijzigd", **velden
    )


def noteer_beoordeling(melding: Melding, *, door: Medewerker) -> Melding:
    """Triage has begun; saying so twice changes nothing. The step follows from triage, so the system takes it."""
    if _vers(melding).stand != Melding.Stand.ONTVANGEN:
        return _vers(melding)
    return voer_uit(melding, "begin_beoordeling", door=systeemmedewerker("Klok"), motivering=_op_grond_van(door))


def noteer_besloten(melding: Melding, *, door: Medewerker) -> Melding:
    """The triagebesluit has been taken, also when acute and nothing else was recorded (RW-8.13)."""
    melding = noteer_beoordeling(melding, door=door)
    if melding.stand != Melding.Stand.IN_BEOORDELING:
        return melding
    return voer_uit(melding, "noteer_besloten", door=systeemmedewerker("Klok"), motivering=_op_grond_van(door))


def _op_grond_van(door: Medewerker) -> str:
    return "" if door.systeem else f"Volgt uit een stap van {door.naam}."


def handel_af(melding: Melding, *, door: Medewerker, versie: int | None = None) -> Melding:
    return voer_uit(melding, "handel_af", door=door, versie=versie)


def na_stap(melding: Melding, naam: str, *, door: Medewerker) -> None:
    if naam == "handel_af":
        eindig_stap(melding.stap, door=door)


def _vers(melding: Melding) -> Melding:
    melding.slot()
    return Melding.objects.get(pk=melding.pk)
