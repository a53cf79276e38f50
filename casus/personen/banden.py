"""Family ties and households of the people of a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from casus import rechten, voorwaarden
from casus.models import Betrokkene, Casus, Familieband, Woonperiode
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import Belemmering, RegelGeweigerd, eis
from vt_cvs.organisatie.models import Medewerker

Soort = Familieband.Soort
NAAM = ("voornamen", "voorvoegsel", "achternaam", "ongeboren")
OMGEKEERD = {f"omgekeerd:{soort}": woorden for soort, woorden in Familieband.OMGEKEERD.items()}
KEUZES: list[tuple[str, str]] = [
    (Soort.OUDER, "ouder van"),
    ("omgekeerd:ouder", "kind van"),
    (Soort.PARTNER, "partner van"),
    (Soort.EX_PARTNER, "ex-partner van"),
    (Soort.BROER_ZUS, "broer of zus van"),
    (Soort.STIEFOUDER, "stiefouder van"),
    ("omgekeerd:stiefouder", "stiefkind van"),
    (Soort.PLEEGOUDER, "pleegouder van"),
    ("omgekeerd:pleegouder", "pleegkind van"),
    (Soort.GROOTOUDER, "grootouder van"),
    ("omgekeerd:grootouder", "kleinkind van"),
    (Soort.VOOGD, "voogd van"),
    ("omgekeerd:voogd", "onder voogdij van"),
    (Soort.GEZAG, "heeft gezag over"),
    ("omgekeerd:gezag", "onder gezag van"),
]
"""As people say it, in both directions."""


def banden_van(casus: Casus) -> list[Familieband]:
    """The ties between the people of this case, whichever case they were written down in."""
    wie = Betrokkene.objects.filter(casus=casus, persoon__isnull=False).values("persoon")
    rijen = Familieband.objects.filter(persoon__in=wie, ander__in=wie)
    velden = [f"{kant}__{naam}" for kant in ("persoon", "ander") for naam in NAAM]
    return list(rijen.select_related("persoon", "ander").only(
        "persoon_id", "ander_id", "soort", "band_sinds", "band_tot", "versie", *velden
    ))  # fmt: skip


def gericht(een: int, soort: str, ander: int) -> tuple[int, str, int]:
    """The tie as it is written: from old to young, and between equals lowest key first."""
    if soort.startswith("omgekeerd:"):
        een, soort, ander = ander, soort.removeprefix("omgekeerd:"), een
    if soort in Familieband.GELIJK and een > ander:
        een, ander = ander, een
    return een, soort, ander


@transaction.atomic
def leg_band(
    een: Betrokkene,
    soort: str,
    ander: Betrokkene,
    *,
    door: Medewerker,
    band_sinds: date | None = None,
    band_tot: date | None = None,
) -> Familieband:
    """`een` is this of `ander`. The same tie that already runs is left as it is."""
    een.slot()
    rechten.mag_vastleggen.eis(door, een)
    eis(voorwaarden.casus_is_open(een))
    if een.casus_id != ander.casus_id or een.persoon_id is None or ander.persoon_id is None:
        raise RegelGeweigerd([Belemmering("Kies twee mensen van deze casus.", veld="ander")])
    van, soort, naar = gericht(een.persoon_id, soort, ander.persoon_id)
    eis(_past(van, soort, naar, band_sinds=band_sinds, band_tot=band_tot))
    band = Familieband(persoon_id=van, ander_id=naar, soort=soort, band_sinds=band_sinds, band_tot=band_tot)
    band.slot()
    bestaand = Familieband.objects.filter(persoon=van, ander=naar, soort=soort, band_tot=None).first()
    if bestaand is not None and band_tot is None:
        return bestaand
    eis(_kring(van, soort, naar))
    return maak(band, door=door, zin=f"Familieband vastgelegd: {band.get_soort_display()}")


def _past(van: int, soort: str, naar: int, *, band_sinds: date | None, band_tot: date | None) -> Iterable[Belemmering]:
    if van == naar:
        yield Belemmering("Niemand is familie van zichzelf. Kies een ander.", veld="ander")
    if soort not in Soort.values:
        yield Belemmering("Kies wat de een van de ander is.", veld="soort")
    if band_sinds and band_tot and band_tot < band_sinds:
        yield Belemmering("De einddatum ligt voor de begindatum.", veld="band_tot")


def _kring(van: int, soort: str, naar: int) -> Iterable[Belemmering]:
    """Before the database says it: whoever stands above someone cannot stand below them as well."""
    if soort in OP_EN_NEER and van in nazaten({naar}):
        yield Belemmering(
            "Dit kan niet: de een stamt dan af van de ander en andersom. Kijk de andere banden na.", veld="soort"
        )


OP_EN_NEER = (Soort.OUDER, Soort.STIEFOUDER, Soort.PLEEGOUDER, Soort.GROOTOUDER)


def nazaten(van: set[int], *, als: dict[int, int] | None = None) -> set[int]:
    """Everyone who stands below these people; `als` reads some keys as others (who is about to be merged)."""
    als = als or {}
    zelfde: dict[int, set[int]] = {}
    for bron, doel in als.items():
        zelfde.setdefault(doel, {doel}).add(bron)
    gezien: set[int] = set()
    nieuw = set(van)
    while nieuw:
        boven = {sleutel for pk in nieuw for sleutel in zelfde.get(pk, {pk})}
        rijen = Familieband.objects.filter(persoon__in=boven, soort__in=OP_EN_NEER).values_list("ander_id", flat=True)
        onder = {als.get(pk, pk) for pk in rijen}
        nieuw = onder - gezien
        gezien |= onder
    return gezien


@transaction.atomic
def wijzig_band(
    band: Familieband,
    casus: Casus,
    *,
    door: Medewerker,
    band_sinds: date | None,
    band_tot: date | None,
    versie: int | None = None,
) -> Familieband:
    """When it began or ended; a tie that ended stays."""
    casus.slot()
    eis(voorwaarden.casus_is_open(casus))
    eis(_past(band.persoon_id, band.soort, band.ander_id, band_sinds=band_sinds, band_tot=band_tot))
    if band_tot is None:
        dubbel = Familieband.objects.filter(
            persoon=band.persoon_id, ander=band.ander_id, soort=band.soort, band_tot=None
        ).exclude(pk=band.pk)
        eis(Belemmering("Deze band staat er al als lopend.", veld="band_tot") for _ in dubbel)
    mag = _recht_in(casus)
    return wijzig(
        band, door=door, mag=mag, versie=versie, zin="Familieband bijgewerkt", band_sinds=band_sinds, band_tot=band_tot
    )


@transaction.atomic
def haal_band_weg(band: Familieband, casus: Casus, *, door: Medewerker, reden: str) -> None:
    """A tie that never was: it goes, and the log keeps that it stood there, by whom and why it went."""
    casus.slot()
    band.slot()
    _recht_in(casus).eis(door, band)
    voorwaarden.eis_reden(reden, veld="reden", regel="RW-3.12")
    zin = f"Familieband weggehaald: was niet juist ({band.get_soort_display()})"
    band.schrijf_log(door=door, wat="verwijder", zin=zin, motivering=reden)
    band._history_user = door
    band._change_reason = reden
    band.delete()


def _recht_in(casus: Casus) -> rechten.Recht:
    """A tie hangs on no case: the right is asked of the case from which it is changed."""
    return rechten.Recht(rechten.mag_vastleggen.zin, lambda wie, _: rechten.mag_vastleggen(wie, casus))


@transaction.atomic
def verhuis(
    betrokkene: Betrokkene,
    *,
    door: Medewerker,
    huishouden: int,
    op: date | None = None,
    ook: int | None = None,
    versie: int | None = None,
) -> Betrokkene:
    """Someone lives elsewhere from a day on; where they lived before stays known."""
    betrokkene.slot()
    if huishouden == 0:
        huishouden = nieuw_huishouden(betrokkene.casus)
    vandaag = timezone.localdate()
    eis(_past_verhuizing(betrokkene, huishouden=huishouden, op=op, ook=ook, vandaag=vandaag))
    velden: dict[str, Any] = {"huishouden": huishouden, "huishouden_ook": ook}
    verhuisd = huishouden != betrokkene.huishouden
    if verhuisd or op is not None:
        velden["huishouden_sinds"] = op
    vroeger = (betrokkene.huishouden, betrokkene.huishouden_sinds)
    nieuw = wijzig(
        betrokkene, door=door, mag=rechten.mag_vastleggen, versie=versie, zin="Huishouden gewijzigd", **velden
    )
    if verhuisd:
        periode = Woonperiode(
            betrokkene=nieuw, huishouden=vroeger[0], woonde_sinds=vroeger[1], woonde_tot=op or vandaag
        )
        maak(periode, door=door, mag=rechten.mag_vastleggen)
    return nieuw


def _past_verhuizing(
    betrokkene: Betrokkene, *, huishouden: int, op: date | None, ook: int | None, vandaag: date
) -> Iterable[Belemmering]:
    if op is not None and op > vandaag:
        yield Belemmering("Deze datum ligt in de toekomst. Leg de verhuizing vast als zij er is.", veld="op")
    if op is not None and betrokkene.huishouden_sinds is not None and op < betrokkene.huishouden_sinds:
        yield Belemmering("Deze datum ligt voor de vorige verhuizing.", veld="op")
    if ook is not None and ook == huishouden:
        yield Belemmering("Kies een ander huishouden, of laat dit leeg.", veld="ook")


def nieuw_huishouden(casus: Casus) -> int:
    """The lowest number nobody in this case has."""
    rijen = Betrokkene.objects.filter(casus=casus).values_list("huishouden", "huishouden_ook")
    bezet = {nummer for rij in rijen for nummer in rij if nummer}
    return next(nummer for nummer in range(1, len(bezet) + 2) if nummer not in bezet)


def huishoudkeuzes(casus: Casus, *, behalve: Betrokkene | None = None) -> list[tuple[int, str]]:
    """“Huishouden 1: Marloes, Fenna en Sem”, and a new one."""
    namen: dict[int, list[str]] = {}
    rijen = Betrokkene.objects.filter(casus=casus).filter(~Q(stand=Betrokkene.Rol.PROFESSIONAL))
    for betrokkene in rijen.select_related("persoon").order_by("id"):
        if behalve is None or betrokkene.pk != behalve.pk:
            naam = betrokkene.persoon.voornamen or str(betrokkene.persoon) if betrokkene.persoon else "iemand"
            namen.setdefault(betrokkene.huishouden, []).append(naam)
    if behalve is not None:
        namen.setdefault(behalve.huishouden, ["niemand anders"])
    gekozen = [(nummer, f"Huishouden {nummer}: {', '.join(wie)}") for nummer, wie in sorted(namen.items())]
    return [*gekozen, (0, "Een eigen huishouden, nog niet genoemd")]
