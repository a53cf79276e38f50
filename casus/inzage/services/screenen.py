"""Keeping the parts in step with the file: what is new or changed waits for a judgement again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from casus.inzage.models import Inzageverzoek, Onderdeel
from casus.inzage.samenstellen import Deel, Dossier, stel_samen
from casus.inzage.tekst import stel_voor
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker, systeemmedewerker

Stand = Inzageverzoek.Stand
Oordeel = Onderdeel.Oordeel


@dataclass(frozen=True, slots=True)
class TeDoen:
    """A part that still asks for a judgement, with the place where it is given."""

    titel: str
    pad: str


def wat_is_te_doen(verzoek: Inzageverzoek) -> list[TeDoen]:
    """Every part without a judgement, and every part that is new, changed or gone since it was judged."""
    nu = {deel.sleutel: deel for deel in stel_samen(verzoek).delen}
    over: list[TeDoen] = []
    for onderdeel in verzoek.onderdelen.all():
        deel = nu.pop((onderdeel.stuksoort, onderdeel.stuk_id), None)
        anders = deel is None or deel.stuk.vingerafdruk != onderdeel.vingerafdruk
        if anders or not onderdeel.beoordeeld:
            over.append(TeDoen(f"{onderdeel.titel} (gewijzigd)" if anders else onderdeel.titel, onderdeel.pad()))
    over += [TeDoen(f"{deel.stuk.titel} (nieuw)", verzoek.pad()) for deel in nu.values()]
    return over


@regel("RW-5.18f")
@transaction.atomic
def werk_bij(verzoek: Inzageverzoek, *, door: Medewerker, dossier: Dossier | None = None) -> int:
    """Bring the parts in step with the file; what is new or changed waits for a judgement again. How many were."""
    verzoek.slot()
    verzoek = Inzageverzoek.objects.get(pk=verzoek.pk)
    if verzoek.stand not in {Stand.IN_SCREENING, Stand.GESCREEND}:
        return 0
    dossier = dossier or stel_samen(verzoek)
    oud = {(o.stuksoort, o.stuk_id): o for o in verzoek.onderdelen.all()}
    anders = [
        (nummer, deel)
        for nummer, deel in enumerate(dossier.delen, 1)
        if (o := oud.get(deel.sleutel)) is None or o.vingerafdruk != deel.stuk.vingerafdruk
    ]
    weg = [o for sleutel, o in oud.items() if sleutel not in {deel.sleutel for deel in dossier.delen}]
    if (anders or weg) and verzoek.stand == Stand.GESCREEND:
        reden = "Er kwam iets bij, ging iets weg of veranderde iets in het dossier na de screening."
        verzoek = voer_uit(verzoek, "heropen", door=systeemmedewerker("Klok"), reden=reden)
    for nummer, deel in anders:
        _zet_klaar(verzoek, deel, nummer, oud.get(deel.sleutel), dossier, door=door)
    for onderdeel in weg:
        onderdeel._history_user = door
        onderdeel.delete()
    _zet_volgorde(verzoek, dossier)
    return len(anders)


def _zet_klaar(
    verzoek: Inzageverzoek, deel: Deel, nummer: int, onderdeel: Onderdeel | None, dossier: Dossier, *, door: Medewerker
) -> None:
    """A part with its text of now, without a judgement. Redactions belong to the letters they were placed on."""
    onderdeel = onderdeel or Onderdeel(verzoek=verzoek, stuksoort=deel.soort, stuk_id=deel.stuk_id)
    onderdeel.stap_id = deel.stap_id
    onderdeel.volgorde = nummer
    onderdeel.titel = deel.stuk.titel
    onderdeel.wanneer = deel.wanneer
    onderdeel.alert = deel.alert
    onderdeel.vingerafdruk = deel.stuk.vingerafdruk
    onderdeel.lakplekken = stel_voor(deel.stuk, dossier.geheimen)
    onderdeel.oordeel = Oordeel.TE_DOEN
    onderdeel.grond = ""
    onderdeel.bewaar(door=door, reden="te screenen")


def _zet_volgorde(verzoek: Inzageverzoek, dossier: Dossier) -> None:
    """The place in the list is no judgement and has no history."""
    plaats = {deel.sleutel: nummer for nummer, deel in enumerate(dossier.delen, 1)}
    anders = []
    for onderdeel in verzoek.onderdelen.all():
        if onderdeel.volgorde != (nummer := plaats[onderdeel.stuksoort, onderdeel.stuk_id]):
            onderdeel.volgorde = nummer
            anders.append(onderdeel)
    for onderdeel in anders:
        Onderdeel.objects.filter(pk=onderdeel.pk).update(volgorde=onderdeel.volgorde)


def deel_van(onderdeel: Onderdeel, dossier: Dossier) -> Deel | None:
    """The text that belongs to this part, as the file is now."""
    return next((d for d in dossier.delen if d.sleutel == (onderdeel.stuksoort, onderdeel.stuk_id)), None)
