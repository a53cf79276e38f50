"""Splitting what was merged: each gets back exactly what it had. What came since is shown, and goes where one says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from casus import rechten
from casus.models import Betrokkene, Familieband, Persoon, Samenvoeging
from casus.personen.samenvoegen import casussen_van, dichte_casussen, op_slot, volg_op
from casus.personen.vergelijken import GROEPEN, in_woorden, label
from casus.personen.verplaatsen import lopende_samenvoeging, neem_terug, rijen_van, verander, versie_van, verzet
from casus.voorwaarden import eis_reden
from vt_cvs.kern.dossier import wijzig
from vt_cvs.kern.regels import Belemmering, eis
from vt_cvs.organisatie.models import Medewerker, Rol

REDEN = "gesplitst"
MAG = rechten.Recht(
    "bij een casus van elk van beiden betrokken is, of teamleider is van een van die casussen",
    lambda wie, samenvoeging: mag_splitsen(wie, samenvoeging),
)


@dataclass(frozen=True, slots=True)
class Later:
    """Something that came after the merging: what it is, and whose it is to become."""

    sleutel: str
    wat: str
    nu: str = ""
    eerder: str = ""


def terug_naar(samenvoeging: Samenvoeging) -> set[int]:
    """Keys of the betrokkenen that go back to whoever went up."""
    return {
        zet["stuk"]
        for zet in samenvoeging.verplaatst
        if zet["soort"] == "casus.betrokkene"
        and zet.get("veld") == "persoon"
        and zet["van"] == samenvoeging.verdwenen_id
    }


def mag_splitsen(wie: Medewerker, samenvoeging: Samenvoeging) -> bool:
    """As for merging: the cases of both are known again from what was moved."""
    casussen = casussen_van(samenvoeging.blijver)
    if dichte_casussen(wie, casussen):
        return False
    terug = terug_naar(samenvoeging)
    van_ander = set(Betrokkene._base_manager.filter(pk__in=terug).values_list("casus_id", flat=True))
    gedeeld = {paar.casus_id for paar in _gedeeld(samenvoeging)}
    kan = {c.pk for c in casussen if rechten.mag_vastleggen(wie, c)}
    van_een = {c.pk for c in casussen} - van_ander | gedeeld
    if wie.heeft_rol(Rol.TEAMLEIDER):
        return bool(kan)
    return bool(kan & van_ander) and bool(kan & van_een or not van_een)


def _gedeeld(samenvoeging: Samenvoeging) -> list[Betrokkene]:
    """The rows that stayed in sight in the cases that had both."""
    uit_zicht = [z["naar"] for z in samenvoeging.verplaatst if z.get("veld") == "opgegaan_in"]
    return list(Betrokkene.objects.filter(pk__in=uit_zicht).select_related("casus").order_by("casus_id"))


def wat_er_later_bij_kwam(samenvoeging: Samenvoeging) -> list[Later]:
    """Edits, cases, ties and everything recorded since; nobody but a person knows whose they are."""
    return [
        *_latere_velden(samenvoeging),
        *_latere_casussen(samenvoeging),
        *_later_vastgelegd(samenvoeging),
        *_latere_banden(samenvoeging),
    ]


def _latere_velden(samenvoeging: Samenvoeging) -> Iterator[Later]:
    nu, na = samenvoeging.blijver, versie_van(samenvoeging.blijver, samenvoeging.versie_na)
    for naam, velden in GROEPEN.items():
        if na is not None and any(getattr(nu, veld) != getattr(na, veld) for veld in velden):
            toen = _geschiedenis_in_woorden(na, velden)
            yield Later(f"veld_{naam}", label(Persoon, naam), in_woorden(nu, velden) or "leeg", toen or "leeg")


def _geschiedenis_in_woorden(rij: Any, velden: tuple[str, ...]) -> str:
    """A row of history speaks as the person did then."""
    return in_woorden(rij.instance, velden)


def _latere_casussen(samenvoeging: Samenvoeging) -> Iterator[Later]:
    for betrokkene in _nieuwe_betrokkenen(samenvoeging):
        casus = betrokkene.casus
        yield Later(
            f"casus_{betrokkene.pk}", f"Casus {casus.nummer} {casus.naam}".strip(), betrokkene.get_stand_display()
        )


def _nieuwe_betrokkenen(samenvoeging: Samenvoeging) -> list[Betrokkene]:
    bekend = {zet["stuk"] for zet in samenvoeging.verplaatst if zet["soort"] == "casus.betrokkene"}
    rijen = Betrokkene.objects.filter(persoon=samenvoeging.blijver, sinds__gt=samenvoeging.samengevoegd_op)
    return list(rijen.exclude(pk__in=bekend).select_related("casus").order_by("pk"))


def _later_vastgelegd(samenvoeging: Samenvoeging) -> Iterator[Later]:
    for betrokkene in _gedeeld(samenvoeging):
        geteld = Counter(str(rij._meta.verbose_name) for rij, _ in _nieuwe_rijen(betrokkene, samenvoeging))
        if geteld:
            wat = ", ".join(f"{aantal} × {naam}" for naam, aantal in sorted(geteld.items()))
            yield Later(f"later_{betrokkene.pk}", f"Vastgelegd in {betrokkene.casus.nummer}", wat)


def _nieuwe_rijen(betrokkene: Betrokkene, samenvoeging: Samenvoeging) -> list[tuple[Any, str]]:
    """Rows made after the merging; a line between two rows is as new as the row it hangs on."""
    verplaatst = {(z["soort"], z.get("stuk")) for z in samenvoeging.verplaatst}
    grens = samenvoeging.samengevoegd_op
    return [
        (rij, veld)
        for rij, veld in rijen_van(betrokkene)
        if (rij._meta.label_lower, rij.pk) not in verplaatst and _gemaakt_na(rij, grens)
    ]


def _gemaakt_na(rij: Any, grens: Any) -> bool:
    if not hasattr(rij, "history"):
        kanten = [getattr(rij, f.name) for f in rij._meta.concrete_fields if f.is_relation]
        return any(_gemaakt_na(kant, grens) for kant in kanten if hasattr(kant, "history"))
    eerste = rij.history.order_by("history_id").first()
    return eerste is not None and eerste.history_date > grens


def _latere_banden(samenvoeging: Samenvoeging) -> Iterator[Later]:
    wie = samenvoeging.blijver
    for band in Familieband.objects.filter(Q(persoon=wie) | Q(ander=wie)).select_related("persoon", "ander"):
        if _gemaakt_na(band, samenvoeging.samengevoegd_op):
            yield Later(f"band_{band.pk}", "Familieband", str(band))


@transaction.atomic
def splits(
    samenvoeging: Samenvoeging, kies: Mapping[str, str], *, door: Medewerker, reden: str, versie: int | None = None
) -> Samenvoeging:
    """Give back what was moved. Of what came since, `kies` says per key “een” (stays) or “ander”."""
    een, ander = op_slot(samenvoeging.blijver, samenvoeging.verdwenen)
    rij = Samenvoeging.objects.get(pk=samenvoeging.pk)
    rij.blijver, rij.verdwenen = een, ander
    eis(_niet_meer(rij, versie))
    MAG.eis(door, rij)
    eis_reden(reden, veld="reden", regel="RW-3.12")
    later = wat_er_later_bij_kwam(rij)
    eis(
        Belemmering(f"Kies bij wie dit hoort: {deel.wat}.", veld=deel.sleutel)
        for deel in later
        if kies.get(deel.sleutel) not in {"een", "ander"}
    )
    casussen = casussen_van(een)
    naar_ander = {deel.sleutel for deel in later if kies[deel.sleutel] == "ander"}
    nieuw = {b.pk: _nieuwe_rijen(b, rij) for b in _gedeeld(rij)}
    nieuwe_betrokkenen = _nieuwe_betrokkenen(rij)
    _geef_velden_terug(rij, naar_ander, door=door)
    for zet in reversed(rij.verplaatst):
        neem_terug(zet, door=door, reden=REDEN)
    _verdeel(rij, naar_ander, nieuw, nieuwe_betrokkenen, door=door)
    rij = wijzig(
        rij,
        door=door,
        mag=rechten.Recht(MAG.zin, lambda *_: True),  # asked above, when each still had what they had
        zin="Samengevoegde personen weer gesplitst",
        motivering=reden,
        gesplitst_op=timezone.now(),
        gesplitst_door=door,
    )
    volg_op(een, ander, [*casussen, *(c for c in casussen_van(ander) if c not in casussen)], door=door)
    return rij


def _niet_meer(rij: Samenvoeging, versie: int | None) -> Iterator[Belemmering]:
    if not rij.loopt:
        yield Belemmering("Deze twee zijn al weer gesplitst. Begin opnieuw bij de persoon.")
    if rij.blijver.opgegaan_in is not None:
        yield Belemmering("Deze persoon is zelf samengevoegd met een ander. Splits dat eerst.")
    if versie is not None and versie != rij.blijver.versie:
        yield Belemmering("Iemand anders heeft deze persoon intussen gewijzigd. Kijk opnieuw wat er later bij kwam.")


def _geef_velden_terug(rij: Samenvoeging, naar_ander: set[str], *, door: Medewerker) -> None:
    """The one gets back what the merging changed; a later edit stays with whom it was chosen for."""
    een, ander = rij.blijver, rij.verdwenen
    voor, na = versie_van(een, rij.versie_voor), versie_van(een, rij.versie_na)
    van_een: dict[str, Any] = {}
    van_ander: dict[str, Any] = {"opgegaan_in": None}
    vlaggen = {"adres_geheim": ("adres_geheim",), "brp": ("brp_geheim", "brp_nagegaan_op")}
    for naam, velden in {**GROEPEN, **vlaggen}.items():
        gewijzigd = any(getattr(een, veld) != getattr(na, veld) for veld in velden)
        if f"veld_{naam}" in naar_ander:
            van_ander |= {veld: getattr(een, veld) for veld in velden}
        if not gewijzigd or f"veld_{naam}" in naar_ander:
            van_een |= {veld: getattr(voor, veld) for veld in velden}
    if van_een.get("adres_geheim") is False and van_een.get("brp_geheim", een.brp_geheim):
        van_een["adres_geheim"] = True
    verander(ander, van_ander, door=door, reden=REDEN)
    verander(een, van_een, door=door, reden=REDEN)


def _verdeel(
    rij: Samenvoeging,
    naar_ander: set[str],
    nieuw: dict[int, list[tuple[Any, str]]],
    nieuwe_betrokkenen: list[Betrokkene],
    *,
    door: Medewerker,
) -> None:
    """What came since goes to whom it was chosen for; in a case that had both, from row to row."""
    een, ander = rij.blijver, rij.verdwenen
    for betrokkene in nieuwe_betrokkenen:
        if f"casus_{betrokkene.pk}" in naar_ander:
            verzet(betrokkene, "persoon", ander, door=door, reden=REDEN)
    for zichtbaar_pk, rijen in nieuw.items():
        zichtbaar = Betrokkene.objects.get(pk=zichtbaar_pk)
        wie = ander if f"later_{zichtbaar_pk}" in naar_ander else een
        doel = Betrokkene.objects.filter(casus=zichtbaar.casus_id, persoon=wie).first()
        if doel is not None and doel.pk != zichtbaar_pk:
            for stuk, veld in rijen:
                stuk.refresh_from_db()
                verzet(stuk, veld, doel, door=door, reden=REDEN)
    for band in Familieband.objects.filter(Q(persoon=een) | Q(ander=een)).order_by("pk"):
        if f"band_{band.pk}" in naar_ander:
            _band_naar(band, een, ander, door=door)


def _band_naar(band: Familieband, een: Persoon, ander: Persoon, *, door: Medewerker) -> None:
    van, naar = (ander.pk if pk == een.pk else pk for pk in (band.persoon_id, band.ander_id))
    if band.soort in Familieband.GELIJK and van > naar:
        van, naar = naar, van
    verander(band, {"persoon_id": van, "ander_id": naar}, door=door, reden=REDEN)


__all__ = ["Later", "lopende_samenvoeging", "mag_splitsen", "splits", "wat_er_later_bij_kwam"]
