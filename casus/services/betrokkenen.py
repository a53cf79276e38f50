"""People of a case: making and changing them, and telling the register who is involved."""

from __future__ import annotations

from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from casus import rechten, voorwaarden
from casus.leeftijd import VOLWASSEN
from casus.models import Betrokkene, Casus, Persoon
from casus.namen import zonder_accenten
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import REGELS, Belemmering, RegelGeweigerd, eis, regel
from vt_cvs.kern.uitpost import zet_in_uitpost
from vt_cvs.kern.velden import alleen_cijfers, voldoet_aan_elfproef
from vt_cvs.kern.vragen import Sein
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker

BETROKKENHEID = "betrokkenheid"
"""Outbox kind: this person's involvement changed; the register reads the present state at delivery."""


persoon_gewijzigd = Sein("persoon gewijzigd")
"""Told with `persoon` and `door`: what was doubtful about this person may now be right."""
directbetrokkene_erbij = Sein("directbetrokkene erbij")
"""Told with `betrokkene` and `door`: whoever is told about a report may have to be told now as well."""


def bsn_stand(bsn: str) -> str:
    """What the digits alone can tell; only a person or the BRP confirms whose they are (RW-14.1)."""
    cijfers = alleen_cijfers(bsn)
    if not cijfers:
        return Persoon.BSNStand.GEEN
    return Persoon.BSNStand.MOGELIJK if voldoet_aan_elfproef(cijfers) else Persoon.BSNStand.ONJUIST


def maak_persoon(*, door: Medewerker, **velden: Any) -> Persoon:
    """A new person; a BSN is kept as given and marked when it cannot be right."""
    velden["bsn_stand"] = bsn_stand(velden.get("bsn", ""))
    persoon = Persoon(**velden)
    persoon.bewaar(door=door, reden="persoon opgevoerd")
    return persoon


@transaction.atomic
def wijzig_persoon(betrokkene: Betrokkene, *, door: Medewerker, versie: int | None = None, **velden: Any) -> Persoon:
    """Change a person from within a case; names of their open cases follow (RW-5.8).

    More than one case is touched, so they are locked in one fixed order, the person last.
    """
    list(
        Casus.objects.filter(Q(betrokkenen__persoon=betrokkene.persoon_id, stand="open") | Q(pk=betrokkene.casus_id))
        .order_by("pk")
        .select_for_update(no_key=True, of=("self",))
    )
    persoon = betrokkene.persoon
    assert persoon is not None  # noqa: S101 - only destroyed cases have betrokkenen without persoon
    if velden.get("adres_geheim") is False and velden.get("brp_geheim", _is_brp_geheim(persoon)):
        uitleg = "In de BRP staat dit adres als geheim. Daarom blijft het hier ook geheim."
        raise RegelGeweigerd([Belemmering(uitleg, veld="adres_geheim", regel=REGELS["RW-7.14"])])
    if "bsn" in velden and velden["bsn"] != persoon.bsn:
        velden["bsn_stand"] = bsn_stand(velden["bsn"])
    mag = rechten.Recht(rechten.mag_vastleggen.zin, lambda wie, _: rechten.mag_vastleggen(wie, betrokkene))
    persoon = wijzig(persoon, door=door, mag=mag, versie=versie, zin="Gegevens van een betrokkene gewijzigd", **velden)
    for casus in Casus.objects.filter(betrokkenen__persoon=persoon, stand=Casus.Stand.OPEN).order_by("pk"):
        werk_casusnaam_bij(casus, door=door)
    meld_persoon(persoon)
    persoon_gewijzigd.geef(persoon=persoon, door=door)
    return persoon


def _is_brp_geheim(persoon: Persoon) -> bool:
    """As it stands now: the clock may have seen it since this page was opened."""
    return Persoon.objects.filter(pk=persoon.pk, brp_geheim=True).exists()


@regel("RW-14.1")
@transaction.atomic
def bevestig_bsn(betrokkene: Betrokkene, *, door: Medewerker) -> Persoon:
    """The employee has seen that this BSN belongs to this person; from now on it may go to the register."""
    persoon = betrokkene.persoon
    assert persoon is not None  # noqa: S101
    if not voldoet_aan_elfproef(alleen_cijfers(persoon.bsn or "")):
        raise RegelGeweigerd(
            [Belemmering("Dit BSN klopt niet (elfproef). Verbeter het eerst.", veld="bsn", regel=REGELS["RW-14.1"])]
        )
    mag = rechten.Recht(rechten.mag_vastleggen.zin, lambda wie, _: rechten.mag_vastleggen(wie, betrokkene))
    persoon = wijzig(
        persoon, door=door, mag=mag, zin="BSN van een betrokkene nagekeken", bsn_stand=Persoon.BSNStand.BEVESTIGD
    )
    meld_persoon(persoon)
    return persoon


def verder_als(persoon: Persoon) -> Persoon:
    """The person this one has become, through however many mergings."""
    while (nu := Persoon.objects.select_for_update(no_key=True, of=("self",)).get(pk=persoon.pk)).opgegaan_in_id:
        persoon = nu.opgegaan_in  # type: ignore[assignment]
    return persoon


@regel("RW-7.1", "RW-7.2", "RW-7.3")
@transaction.atomic
def voeg_betrokkene_toe(
    casus: Casus, persoon: Persoon, *, door: Medewerker, rol: str = Betrokkene.Rol.DIRECT, **velden: Any
) -> Betrokkene:
    """Put a person in an open case, once; a directbetrokkene goes to the register.

    Whoever was merged meanwhile comes in as the person they are now.
    """
    casus.slot()
    eis(voorwaarden.casus_is_open(Casus.objects.get(pk=casus.pk)))
    eis(voorwaarden.mag_iemand_toevoegen(casus))
    persoon = verder_als(persoon)
    bestaand = Betrokkene.objects.filter(casus=casus, persoon=persoon).first()
    if bestaand is not None:
        return bestaand
    betrokkene = maak(
        Betrokkene(casus=casus, persoon=persoon, stand=rol, **velden),
        door=door,
        mag=rechten.mag_vastleggen | rechten.mag_opnemen,
        zin=f"{Betrokkene.Rol(rol).label} toegevoegd",
    )
    werk_casusnaam_bij(casus, door=door)
    if betrokkene.is_direct:
        meld_persoon(persoon)
        directbetrokkene_erbij.geef(betrokkene=betrokkene, door=door)
    return betrokkene


@regel("RW-7.5", "RW-14.7")
@transaction.atomic
def verwijder_betrokkene(betrokkene: Betrokkene, *, door: Medewerker, reden: str) -> None:
    """Someone who never belonged here (a mistake) leaves the case, with a reason in the log."""
    betrokkene.slot()
    rechten.mag_vastleggen.eis(door, betrokkene)
    voorwaarden.eis_reden(reden, veld="reden", regel="RW-7.5")
    eis(voorwaarden.niets_hangt_aan_betrokkene(betrokkene))
    casus, persoon = betrokkene.casus, betrokkene.persoon
    betrokkene.schrijf_log(
        door=door, wat="verwijder", zin="Betrokkene uit de casus gehaald: hoorde er niet bij", motivering=reden
    )
    betrokkene._history_user = door
    betrokkene.delete()
    werk_casusnaam_bij(casus, door=door)
    if persoon is not None:
        meld_persoon(persoon)


def meld_persoon(persoon: Persoon) -> None:
    """Tell the register (later, outside this transaction) that this person's involvement may have changed."""
    zet_in_uitpost(BETROKKENHEID, onderwerp=f"persoon:{persoon.pk}", persoon_id=persoon.pk)


@regel("RW-14.6")
def meld_betrokkenheid(casus: Casus) -> None:
    """All directbetrokkenen of a case, for instance because it closed."""
    for persoon in Persoon.objects.filter(betrokkenheden__casus=casus, betrokkenheden__stand="directbetrokkene"):
        meld_persoon(persoon)


def na_stap(betrokkene: Betrokkene, *, door: Medewerker) -> None:
    """A betrokken derde has become a directbetrokkene."""
    werk_casusnaam_bij(betrokkene.casus, door=door)
    meld_betrokkenheid(betrokkene.casus)
    directbetrokkene_erbij.geef(betrokkene=betrokkene, door=door)


@regel("RW-5.8")
def casusnaam(casus: Casus) -> str:
    """Surnames of adult directbetrokkenen, at most two, alphabetical without prefix; "" when none is known."""
    if casus.soort == Casus.Soort.ADVIES:
        return ""
    namen: dict[str, str] = {}
    for betrokkene in casus.betrokkenen.filter(stand=Betrokkene.Rol.DIRECT).select_related("persoon"):
        persoon = betrokkene.persoon
        if persoon and persoon.achternaam and persoon.is_minderjarig() is not True:
            heel = f"{persoon.voorvoegsel} {persoon.achternaam}".strip()
            namen.setdefault(zonder_accenten(persoon.achternaam.casefold()), heel[:1].upper() + heel[1:])
    return " – ".join(namen[sleutel] for sleutel in sorted(namen)[:2])


def werk_casusnaam_bij(casus: Casus, *, door: Medewerker) -> None:
    """Follow the people while the case is open."""
    vers = Casus.objects.select_for_update(no_key=True).get(pk=casus.pk)
    naam = casusnaam(vers)
    if vers.is_open and naam != vers.naam:
        vers.naam = casus.naam = naam
        vers.bewaar(door=door, reden="casusnaam volgt de betrokkenen")


@regel("RW-5.8")
def werk_casusnamen_bij() -> int:
    """By the clock: whoever turned eighteen (this month, should a day have been missed) is an adult in the name."""
    vandaag, klok = timezone.localdate(), systeemmedewerker("Klok")
    jarig = (vandaag - relativedelta(years=VOLWASSEN, months=1), vandaag - relativedelta(years=VOLWASSEN))
    net_volwassen = Betrokkene.objects.filter(
        casus__stand=Casus.Stand.OPEN, stand=Betrokkene.Rol.DIRECT, persoon__geboortedatum__range=jarig
    )
    casussen = Casus.objects.filter(pk__in=net_volwassen.values("casus")).order_by("pk")
    for casus in casussen:
        with transaction.atomic():
            casus.slot()
            werk_casusnaam_bij(casus, door=klok)
    return len(casussen)
