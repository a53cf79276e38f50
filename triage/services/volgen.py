"""Reports that wait together (scenarios 4 to 8): what one VHT comes to hold, the others take over by themselves."""

from __future__ import annotations

from triage.models import VHT, Antwoord, Feit, Geweldsvorm, Triagebesluit
from triage.services.overnemen import laatste_antwoord, neem_feit_over
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker


@regel("RW-13.S4", "RW-13.S5", "RW-13.S6")
def laat_volgen(bron: VHT, *, door: Medewerker) -> list[VHT]:
    """The other VHTs of the case that still wait; what someone wrote in them by hand stays as it is."""
    anderen = VHT.objects.filter(
        stap__casus_id=bron.stap.casus_id,
        stand=VHT.Stand.IN_BEWERKING,
        pk__in=Triagebesluit.objects.filter(stand=Triagebesluit.Stand.CONCEPT).values("vht"),
    ).exclude(pk=bron.pk)
    wachtend = list(anderen.select_related("stap__casus", "melding").prefetch_related("antwoorden").order_by("pk"))
    return [vht for vht in wachtend if _volg(vht, bron, door)]


def _volg(vht: VHT, bron: VHT, door: Medewerker) -> bool:
    antwoorden = [_volg_antwoord(vht, rij, bron, door) for rij in vht.antwoorden.all()]
    feiten = _volg_feiten(vht, bron, door)
    if (any(antwoorden) or feiten) and vht.uit_id is None:
        vht.uit = bron
        vht.bewaar(door=door, reden="overgenomen")
    return any(antwoorden) or feiten


def _volg_antwoord(vht: VHT, rij: Antwoord, bron: VHT, door: Medewerker) -> bool:
    if rij.is_aangeraakt and rij.uit_id is None:
        return False  # answered here, by hand
    vraag = vht.blad.vraag(rij.vraag)
    oud = laatste_antwoord(vht, vraag, [bron])
    if oud is None or (rij.is_aangeraakt and oud.vastgelegd_op <= rij.vastgelegd_op):
        return False
    opnieuw = vraag.code in {v.code for deel in vht.blad.onderdelen if deel.opnieuw for v in deel.vragen}
    rij.waarde = None if opnieuw else oud.waarde
    neem_feit_over(rij, oud)
    rij.bewaar(door=door, reden="overgenomen")
    return True


def _volg_feiten(vht: VHT, bron: VHT, door: Medewerker) -> bool:
    """New facts come along, changed ones change along; what was taken away here stays away."""
    vormen = {vorm.vorm: vorm for vorm in Geweldsvorm.objects.filter(vht=vht)}
    hier, daar = _op_inhoud(vht), _op_inhoud(bron)
    weggehaald = set(Feit.history.filter(vht=vht, history_type="-").values_list("feit", "bron"))
    weg_als_vorm = set(Geweldsvorm.history.filter(vht=vht, history_type="-").values_list("vorm", flat=True))
    nieuw = [s for s in daar if s not in hier and s[1:] not in weggehaald and s[0] not in weg_als_vorm - set(vormen)]
    bij_bron = {vorm.vorm for vorm in Geweldsvorm.objects.filter(vht=bron).order_by("pk")}
    for soort in sorted(bij_bron - set(vormen) - weg_als_vorm):
        vormen[soort] = Geweldsvorm(vht=vht, vorm=soort, uit=bron)
        vormen[soort].bewaar(door=door, reden="overgenomen")
    for sleutel in nieuw:
        feit = Feit(vht=vht, vorm=vormen[sleutel[0]])
        neem_feit_over(feit, daar[sleutel])
        feit.bewaar(door=door, reden="overgenomen")
    oud = [feit for sleutel, feit in hier.items() if feit.uit_id == bron.pk and sleutel not in daar]
    for feit in oud:
        feit._history_user = door
        feit.delete()
    return bool(nieuw or oud)


def _op_inhoud(vht: VHT) -> dict[tuple[str, str, str], Feit]:
    """The facts of one VHT by what they say."""
    feiten = Feit.objects.filter(vht=vht).select_related("vorm").order_by("pk")
    return {(feit.vorm.vorm, feit.feit, feit.bron): feit for feit in feiten}
