"""Overdracht: prepared from the file, and handed over by letter with the disclaimer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from casus.informatie.services import leg_verstrekking_vast
from casus.models import Bericht, Casus
from diensten import rechten, voorwaarden
from diensten.bijzonder import bijzondere
from diensten.models import Overdracht
from diensten.selectors import actuele_voorwaarden, eigen_dienst, geldende_afspraken, geweldsvormen_van
from diensten.services.starten import start_overdracht
from melding.models import Melding
from vt_cvs.kern.dossier import maak, wijzig
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Instelling, Medewerker
from vt_cvs.organisatie.selectors import label

LEEG = "- nog aan te vullen"


@regel("RW-10.3", "RW-4.1")
def advies_uit_dossier(casus: Casus, meldingen: Iterable[Melding] = ()) -> str:
    """The first text of “Advies en aandachtspunten”, from what the file knows; to be edited.

    With a ban or a crisis the other party works beside us from now on: it also hears what it is about (RW-13.T4).
    """
    onveilig = casus.veiligheid not in {Casus.Veiligheid.ONBEKEND, Casus.Veiligheid.GEEN, Casus.Veiligheid.STABIEL}
    eerst = [("Wat er speelt", wat)] if (wat := list(_wat_er_speelt(bijzondere(meldingen)))) else []
    delen = [
        *eerst,
        ("Risicofactoren", [f"Laatste taxatie: {casus.get_veiligheid_display().lower()}."] if onveilig else []),
        ("Beschermende factoren", []),
        ("Veiligheidsvoorwaarden", [v.tekst for v in actuele_voorwaarden(casus).order_by("vastgesteld_op", "id")]),
        ("Veiligheidsafspraken", [a.tekst for a in geldende_afspraken(casus).order_by("gemaakt_op", "id")]),
    ]
    return "\n\n".join(f"{kop}\n{_opsomming(punten)}" for kop, punten in delen)


@regel("RW-13.T4", "RW-13.C4")
def _wat_er_speelt(meldingen: list[Melding]) -> Iterator[str]:
    """What Veilig Thuis knows more than the one who reported: the reason, the ban, and the forms of violence."""
    for melding in meldingen:
        huisverbod = f", {melding.get_thv_uitkomst_display()}" if melding.thv_uitkomst else ""
        yield f"Aanleiding: {label('aanleiding', melding.aanleiding)}{huisverbod}."
    if vormen := [label("geweldsvorm", vorm) for vorm in geweldsvormen_van(meldingen)]:
        yield f"Vermoedens uit de taxatie: {'; '.join(vormen)}."


def _opsomming(punten: Iterable[str]) -> str:
    return "\n".join(f"- {punt}" for punt in punten) or LEEG


@regel("RW-9.4")
@transaction.atomic
def begin_overdracht(casus: Casus, *, door: Medewerker, **velden: Any) -> Overdracht:
    """Start an Overdracht while V&V or onderzoek runs."""
    eigen = eigen_dienst(casus)
    meldingen = list(eigen.meldingen.all()) if eigen else list(Melding.objects.filter(stap__casus=casus))
    rechten.mag_behandelen.eis(door, eigen or casus)
    return start_overdracht(casus, meldingen, door=door, na=eigen.stap if eigen else None, **velden)


@transaction.atomic
def bereid_voor(overdracht: Overdracht, *, door: Medewerker, versie: int | None = None, **velden: Any) -> Overdracht:
    """Change what the party is told, until it has been handed over."""
    voorwaarden.eis_loopt(overdracht)
    return wijzig(
        overdracht,
        door=door,
        mag=rechten.mag_behandelen,
        versie=versie,
        zin="Overdracht bijgewerkt",
        **velden,
    )


@regel("RW-10.4")
def brieftekst(overdracht: Overdracht, *, disclaimer: str) -> str:
    """The letter as it leaves: what the party gets, who watches over safety, and the disclaimer."""
    zicht = overdracht.zicht_op_veiligheid.strip()
    delen = [
        f"Aan {overdracht.aan_wie}",
        "Veilig Thuis draagt de zorg voor dit gezin aan u over. Hieronder leest u wat wij weten en adviseren.",
        _zonder_lege_koppen(overdracht.advies_en_aandachtspunten),
        f"Zicht op de veiligheid houdt: {zicht}." if zicht else "",
        "Ziet of hoort u iets nieuws? Bel dan met Veilig Thuis: 0800-2000, dag en nacht, gratis.",
        "Met vriendelijke groet,\nVeilig Thuis",
        disclaimer.strip(),
    ]
    return "\n\n".join(deel for deel in delen if deel)


def _zonder_lege_koppen(advies: str) -> str:
    """What nobody filled in does not leave."""
    delen = [deel.strip() for deel in advies.split("\n\n")]
    return "\n\n".join(deel for deel in delen if deel and not deel.endswith(f"\n{LEEG}"))


def verstuur_brief(overdracht: Overdracht, *, door: Medewerker) -> Bericht:
    """Keep the letter as it left. The setting is read and held still, so that letter and check speak of one text."""
    Instelling.objects.get_or_create(pk=1)
    instelling = Instelling.objects.select_for_update(no_key=True).get(pk=1)
    bericht = Bericht(
        casus=overdracht.casus,
        stap=overdracht.stap,
        soort=Bericht.Soort.BRIEF,
        aan=overdracht.aan_wie,
        adres=overdracht.adres_partij,
        onderwerp="Overdracht door Veilig Thuis",
        tekst=brieftekst(overdracht, disclaimer=instelling.disclaimer),
        verzonden_op=timezone.now(),
        door=door,
    )
    bericht = maak(bericht, door=door, zin="Overdrachtsbrief verstuurd")
    leg_verstrekking_vast(
        overdracht.casus,
        door=door,
        stap=overdracht.stap,
        verstrekt_op=bericht.verzonden_op,
        aan=bericht.aan,
        gegeven=f"De overdrachtsbrief:\n\n{overdracht.advies_en_aandachtspunten.strip() or bericht.onderwerp}",
        doel="De andere partij kan verder helpen en op de veiligheid letten.",
        informatiegrond="taak",
    )
    return bericht
