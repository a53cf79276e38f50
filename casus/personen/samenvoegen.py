"""Merging two persons who prove to be one: one transaction, every row with its history, and back again later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from casus import rechten
from casus.models import Betrokkene, Casus, Familieband, Persoon, Samenvoeging, Taak
from casus.personen.vergelijken import (
    GROEPEN,
    VAN_DE_CASUS,
    InBeide,
    in_beide,
    verschillen,
    wat_in_de_weg_staat,
)
from casus.personen.verplaatsen import Zet, is_dubbel, rijen_van, verander, verzet
from casus.selectors import zichtbare_casussen
from casus.services.betrokkenen import meld_persoon, persoon_gewijzigd, werk_casusnaam_bij
from casus.services.nakijken import SAMENVOEGING_TAAK
from casus.services.werk import maak_taak
from casus.voorwaarden import eis_reden
from vt_cvs.kern.dossier import maak
from vt_cvs.kern.rechten import NietToegestaan
from vt_cvs.kern.regels import Belemmering, RegelGeweigerd, eis
from vt_cvs.organisatie.models import Medewerker, Rol

REDEN = "samengevoegd"
STERKER = (Persoon.BSNStand.GEEN, Persoon.BSNStand.ONJUIST, Persoon.BSNStand.MOGELIJK, Persoon.BSNStand.BEVESTIGD)
MAG = rechten.Recht(
    "bij een casus van elk van beiden betrokken is, of teamleider is van een van die casussen",
    lambda wie, paar: mag_samenvoegen(wie, *paar),
)


@dataclass(frozen=True, slots=True)
class Keuzes:
    """Per group of fields, and per field of a case they share: “een” or “ander”."""

    uit: Mapping[str, str]
    reden: str


def casussen_van(*personen: Persoon) -> list[Casus]:
    """Every case that knows one of these, open and closed."""
    wie = Betrokkene.objects.filter(persoon__in=personen)
    return list(Casus.objects.filter(betrokkenen__in=wie).distinct().order_by("pk"))


def dichte_casussen(wie: Medewerker, casussen: list[Casus]) -> list[Casus]:
    """The shielded ones that do not name this employee."""
    return [c for c in casussen if c.afgeschermd and not c.genoemden.filter(pk=wie.pk).exists()]


def mag_zien(wie: Medewerker, persoon: Persoon) -> bool:
    """Nobody learns here of someone whose cases are all shielded, or are an advies only."""
    casussen = casussen_van(persoon)
    dicht = {c.pk for c in dichte_casussen(wie, casussen)}
    return any(c.soort == Casus.Soort.MELDING and c.pk not in dicht for c in casussen)


def mag_samenvoegen(wie: Medewerker, een: Persoon, ander: Persoon) -> bool:
    """Involved with both, or teamleider with one of them; what is shielded opens only for who is named there."""
    if dichte_casussen(wie, casussen_van(een, ander)):
        return False
    eigen = zichtbare_casussen(wie)
    van = [eigen.filter(betrokkenen__in=Betrokkene.objects.filter(persoon=p)) for p in (een, ander)]
    kan = [any(rechten.mag_vastleggen(wie, casus) for casus in rij.distinct()) for rij in van]
    return all(kan) or (wie.heeft_rol(Rol.TEAMLEIDER) and any(kan))


@transaction.atomic
def voeg_samen(
    een: Persoon, ander: Persoon, keuzes: Keuzes, *, door: Medewerker, versies: tuple[int, int] | None = None
) -> Samenvoeging:
    """`ander` goes up in `een`. Raises when either was changed since it was looked at; nothing is then moved."""
    een, ander = op_slot(een, ander)
    _eis_ongewijzigd(een, ander, versies)
    if not MAG(door, (een, ander)):
        raise NietToegestaan(weigering(door, een, ander))
    eis(wat_in_de_weg_staat(een, ander))
    eis(_ongekozen(een, ander, keuzes))
    eis_reden(keuzes.reden, veld="reden", regel="RW-3.12")
    casussen, gedeeld = casussen_van(een, ander), in_beide(een, ander)
    voor = een.versie
    zetten = [zet for paar in gedeeld for zet in _voeg_betrokkenen_samen(paar, een, keuzes, door=door)]
    zetten += _verplaats(een, ander, door=door)
    velden = _samengesteld(een, ander, keuzes)
    for naam, waarde in velden.items():
        setattr(een, naam, waarde)
    een.bewaar(door=door, reden=REDEN)
    ander.opgegaan_in = een
    ander.bewaar(door=door, reden=REDEN)
    rij = Samenvoeging(
        blijver=een, verdwenen=ander, versie_voor=voor, versie_na=een.versie, verplaatst=zetten,
        reden=keuzes.reden, samengevoegd_door=door,
    )  # fmt: skip
    maak(rij, door=door, zin="Twee personen samengevoegd", motivering=keuzes.reden)
    volg_op(een, ander, casussen, door=door)
    _vraag_nakijken(een, casussen, door=door)
    return rij


def op_slot(een: Persoon, ander: Persoon) -> tuple[Persoon, Persoon]:
    """All cases first and then both people, each in the order of their keys, as everywhere."""
    casussen = casussen_van(een, ander)
    sleutels = [casus.pk for casus in casussen]
    list(Casus.objects.filter(pk__in=sleutels).order_by("pk").select_for_update(no_key=True, of=("self",)))
    rijen = (
        Persoon.objects.filter(pk__in=[een.pk, ander.pk]).order_by("pk").select_for_update(no_key=True, of=("self",))
    )
    vers = {persoon.pk: persoon for persoon in rijen}
    if een.pk not in vers or ander.pk not in vers:
        raise RegelGeweigerd([Belemmering("Een van beiden is er niet meer. Begin opnieuw bij de persoon.")])
    if [casus.pk for casus in casussen_van(een, ander)] != sleutels:
        raise RegelGeweigerd([Belemmering("Er kwam zojuist een casus bij. Kijk opnieuw wat er wordt samengevoegd.")])
    return vers[een.pk], vers[ander.pk]


def _eis_ongewijzigd(een: Persoon, ander: Persoon, versies: tuple[int, int] | None) -> None:
    for persoon in (een, ander):
        if persoon.opgegaan_in_id is not None:
            raise RegelGeweigerd(
                [Belemmering("Iemand anders heeft deze persoon intussen samengevoegd. Begin opnieuw bij de persoon.")]
            )
    if versies is not None and versies != (een.versie, ander.versie):
        raise RegelGeweigerd(
            [
                Belemmering(
                    "Iemand anders heeft een van beiden intussen gewijzigd. Hieronder staat wat er nu is; kies opnieuw."
                )
            ]
        )


def weigering(wie: Medewerker, een: Persoon, ander: Persoon) -> str:
    for casus in dichte_casussen(wie, casussen_van(een, ander)):
        wie_belt = casus.verantwoordelijke.naam if casus.verantwoordelijke else "de teamleider"
        return f"Een van hun casussen is afgeschermd. Vraag {wie_belt} om dit te doen."
    return MAG.weigering


def _ongekozen(een: Persoon, ander: Persoon, keuzes: Keuzes) -> list[Belemmering]:
    """Everything that differs and about which nobody said which is right."""
    alle = [*verschillen(een, ander), *(v for paar in in_beide(een, ander) for v in paar.verschillen)]
    return [
        Belemmering(f"Kies welk gegeven klopt: {verschil.label.lower()}.", veld=verschil.naam)
        for verschil in alle
        if verschil.kies and keuzes.uit.get(verschil.naam) not in {"een", "ander"}
    ]


def _samengesteld(een: Persoon, ander: Persoon, keuzes: Keuzes) -> dict[str, Any]:
    """What the one person has afterwards. A secret address stays secret, whichever address was chosen."""
    velden: dict[str, Any] = {}
    for verschil in verschillen(een, ander):
        uit = keuzes.uit.get(verschil.naam, "een") if verschil.kies else verschil.uit
        if uit == "ander":
            velden |= {naam: getattr(ander, naam) for naam in GROEPEN[verschil.naam]}
        elif verschil.naam == "bsn" and not verschil.kies:
            velden["bsn_stand"] = max(een.bsn_stand, ander.bsn_stand, key=lambda s: STERKER.index(Persoon.BSNStand(s)))
    velden["adres_geheim"] = een.adres_geheim or ander.adres_geheim
    velden["brp_geheim"] = een.brp_geheim or ander.brp_geheim
    nagegaan = [op for op in (een.brp_nagegaan_op, ander.brp_nagegaan_op) if op]
    velden["brp_nagegaan_op"] = max(nagegaan) if nagegaan else None
    return velden


def _voeg_betrokkenen_samen(paar: InBeide, een: Persoon, keuzes: Keuzes, *, door: Medewerker) -> list[Zet]:
    """In a case that has both, everything recorded of the one comes to stand with the other; no role changes."""
    blijft, verdwijnt = paar.blijft, paar.verdwijnt
    zetten: list[Zet | None] = [verzet(rij, veld, blijft, door=door, reden=REDEN) for rij, veld in rijen_van(verdwijnt)]
    zetten.append(verzet(verdwijnt, "persoon", None, door=door, reden=REDEN))
    zetten.append(verzet(verdwijnt, "opgegaan_in", blijft, door=door, reden=REDEN))
    if blijft.persoon_id != een.pk:
        zetten.append(verzet(blijft, "persoon", een, door=door, reden=REDEN))
    nieuw = {}
    for verschil in paar.verschillen:
        naam = next(veld for veld in VAN_DE_CASUS if verschil.naam.startswith(veld))
        if (keuzes.uit.get(verschil.naam) if verschil.kies else verschil.uit) == "ander":
            nieuw[naam] = getattr(verdwijnt, naam)
    zetten.append(verander(blijft, nieuw, door=door, reden=REDEN))
    for taak in _taken_over(verdwijnt):
        _verzet_taak(taak, blijft)
    return [zet for zet in zetten if zet is not None]


def _taken_over(betrokkene: Betrokkene) -> list[Taak]:
    return list(Taak.objects.filter(onderwerp_soort=betrokkene._meta.label_lower, onderwerp_id=betrokkene.pk))


def _verzet_taak(taak: Taak, naar: Betrokkene) -> None:
    """Work that waits about whoever goes out of sight is about the one that stays; the address follows."""
    oud = f"/betrokkenen/{taak.onderwerp_id}/"
    dubbel = Taak.objects.filter(
        onderwerp_soort=taak.onderwerp_soort, onderwerp_id=naar.pk, soort=taak.soort, voor=taak.voor, stand="open"
    )
    if taak.stand == Taak.Stand.OPEN and not dubbel.exists():
        Taak.objects.filter(pk=taak.pk).update(
            onderwerp_id=naar.pk, pad=taak.pad.replace(oud, f"/betrokkenen/{naar.pk}/")
        )


def _verplaats(een: Persoon, ander: Persoon, *, door: Medewerker) -> list[Zet]:
    """Everything else that points at the one who goes up: cases, reports, family."""
    zetten: list[Zet | None] = []
    for rij, veld in rijen_van(ander, behalve=(Familieband,)):
        zetten.append(verzet(rij, veld, een, door=door, reden=REDEN))
    for band in Familieband.objects.filter(Q(persoon=ander) | Q(ander=ander)).order_by("pk"):
        if not is_dubbel(band, {ander.pk: een.pk}):
            zetten += _verzet_band(band, {ander.pk: een.pk}, door=door)
    return [zet for zet in zetten if zet is not None]


def _verzet_band(band: Familieband, wie: dict[int, int], *, door: Medewerker) -> list[Zet]:
    """Between equals the lowest key comes first, so both ends may change places."""
    van, naar = wie.get(band.persoon_id, band.persoon_id), wie.get(band.ander_id, band.ander_id)
    if band.soort in Familieband.GELIJK and van > naar:
        van, naar = naar, van
    zet = verander(band, {"persoon_id": van, "ander_id": naar}, door=door, reden=REDEN)
    return [zet] if zet else []


def volg_op(een: Persoon, ander: Persoon, casussen: list[Casus], *, door: Medewerker) -> None:
    """Names of cases follow, the register hears of both, and what was doubtful may be right now."""
    for casus in casussen:
        if casus.is_open:
            werk_casusnaam_bij(casus, door=door)
    for persoon in (een, ander):
        meld_persoon(persoon)
    persoon_gewijzigd.geef(persoon=een, door=door)


def _vraag_nakijken(persoon: Persoon, casussen: list[Casus], *, door: Medewerker) -> None:
    """Whoever is responsible for another open case with this person hears of it."""
    for betrokkene in Betrokkene.objects.filter(persoon=persoon, casus__in=casussen, casus__stand="open"):
        casus = betrokkene.casus
        if casus.verantwoordelijke_id not in {None, door.pk}:
            maak_taak(
                betrokkene,
                SAMENVOEGING_TAAK,
                titel="Samengevoegde persoon nakijken",
                omdat=f"{door.naam} voegde twee personen samen; een van beiden staat in jouw casus",
                pad=f"{betrokkene.pad()}{betrokkene.pk}/",
                door=door,
                casus=casus,
                voor=casus.verantwoordelijke,
                houdt_sluiten_tegen=False,
                over_veiligheid=False,
            )
