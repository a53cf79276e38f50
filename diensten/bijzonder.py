"""What a ban, a crisis or a direct request asks beside the service of Veilig Thuis, and what is still missing of it.

Who carries out what is a fact on the report, from a list that the administrator keeps. From that fact follow the
proposed choice, and a task for as long as the services and the fact do not agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from melding.meldingen.models.melding import CRISIS, GEEN_TAAK, MAATWERK, THV
from vt_cvs.kern.regels import Belemmering, regel, voorwaarde
from vt_cvs.organisatie.selectors import hoort_bij, label

if TYPE_CHECKING:
    from diensten.models import Keuze, Overdracht
    from melding.models import Melding

WAARBIJ = {THV: "het huisverbod", CRISIS: "de crisis", MAATWERK: "de aanvraag"}


@dataclass(frozen=True, slots=True)
class Voorstel:
    """The choice as the facts on the reports ask it, and why."""

    redenen: tuple[str, ...] = ()
    vv: bool = False
    oz: bool = False
    maatwerk: bool = False
    soort_maatwerk: str = ""
    overdracht: bool = False
    soort_partij: str = ""
    partij: str = ""
    vrij: bool = False
    """Another choice needs no reason and leaves no task."""

    @property
    def begin(self) -> dict[str, bool | str]:
        """What stands filled in on the form; what is not proposed stays as it was."""
        namen = ("vv", "oz", "maatwerk", "soort_maatwerk", "overdracht", "soort_partij", "partij")
        return {naam: waarde for naam in namen if (waarde := getattr(self, naam))}


def taak_vt(melding: Melding) -> str:
    """What Veilig Thuis itself carries out, in words; "" when nothing or not known."""
    return label("taak_vt", melding.taak_vt) if melding.taak_vt not in {"", GEEN_TAAK} else ""


def taak_ander(melding: Melding) -> str:
    """Who else has a task, in words; "" when nobody or not known."""
    return label("taak_ander", melding.taak_ander) if melding.taak_ander not in {"", GEEN_TAAK} else ""


@regel("RW-13.T3", "RW-13.C3", "RW-13.R1")
def vraagt_maatwerk(melding: Melding) -> bool:
    """A task of our own, or a request for it that nobody turned down."""
    return bool(taak_vt(melding)) or (melding.aanleiding == MAATWERK and melding.taak_vt != GEEN_TAAK)


@regel("RW-13.T4", "RW-13.C4", "RW-13.R1")
def vraagt_overdracht(melding: Melding) -> bool:
    return bool(taak_ander(melding))


@regel("RW-13.T3", "RW-13.T4", "RW-13.C3", "RW-13.C4", "RW-13.R1")
def voorgestelde_keuze(keuze: Keuze) -> Voorstel | None:
    """After triage “bij VT” of a special report: our own service, and beside it what the facts ask. Else None."""
    from diensten.selectors import besluit_van, lopend_onderzoek

    if keuze.vht is None or keuze.na_een_dienst or not (melding := keuze.vht.melding).is_bijzonder:
        return None
    besluit = besluit_van(keuze.vht)
    bij_vt = besluit is not None and besluit.uitkomst == besluit.Uitkomst.BIJ_VT
    waarbij, partij = WAARBIJ[melding.aanleiding], taak_ander(melding)
    oz = bij_vt and lopend_onderzoek(keuze.casus) is not None
    eigen = "Onderzoek" if oz else "V&V"
    redenen = [f"{eigen}, want het triagebesluit bij {waarbij} is bij Veilig Thuis."] if bij_vt else []
    if vraagt_maatwerk(melding):
        redenen.append(f"Lokaal maatwerk ernaast: {taak_vt(melding) or 'daar is om gevraagd'}.")
    if partij:
        redenen.append(f"Overdracht ernaast: {partij}.")
    return Voorstel(
        redenen=tuple(redenen),
        vv=bij_vt and not oz,
        oz=oz,
        maatwerk=vraagt_maatwerk(melding),
        soort_maatwerk=taak_vt(melding),
        overdracht=bool(partij),
        soort_partij=hoort_bij("taak_ander", melding.taak_ander) if partij else "",
        partij=partij.partition(":")[0],
    )


def ontbreekt(melding: Melding) -> Iterator[str]:
    """Which service the facts on a decided report ask, and which is not there (or did not go through)."""
    from diensten.models import Maatwerk, Overdracht
    from diensten.selectors import open_keuzen
    from triage.models import Triagebesluit

    genomen = Triagebesluit.objects.filter(vht__melding=melding, stand=Triagebesluit.Stand.GENOMEN)
    if not melding.is_bijzonder or not genomen.exists():
        return
    if open_keuzen(melding.casus).filter(vht__melding=melding).exists():
        return
    if vraagt_maatwerk(melding) and not Maatwerk.objects.filter(meldingen=melding).exists():
        yield "maatwerk"
    gestopt = [Overdracht.Stand.GEWEIGERD, Overdracht.Stand.INGETROKKEN]
    if vraagt_overdracht(melding) and not Overdracht.objects.filter(meldingen=melding).exclude(stand__in=gestopt):
        yield "overdracht"


def bijzondere(meldingen: Iterable[Melding]) -> list[Melding]:
    return [melding for melding in meldingen if melding.is_bijzonder]


@voorwaarde("RW-13.T4")
def ieder_hoort_van_overdracht(overdracht: Overdracht) -> Iterator[Belemmering]:
    """Handing over a ban or a crisis: whoever it is about hears of it first, or someone writes down why not."""
    from casus.models import Terugkoppeling

    nummers = [melding.nummer for melding in bijzondere(overdracht.meldingen.all())]
    open_ = Terugkoppeling.objects.filter(
        stap__casus=overdracht.casus,
        meldingsnummer__in=nummers,
        moment=Terugkoppeling.Moment.OVERDRACHT,
        stand__in=[Terugkoppeling.Stand.TE_DOEN, Terugkoppeling.Stand.MISLUKT],
    )
    for bericht in open_.select_related("stap__casus", "betrokkene__persoon"):
        wie = str(bericht.betrokkene) if bericht.betrokkene else "De melder"
        yield Belemmering(f"{wie} weet nog niet van de overdracht.", link=bericht.pad(), link_tekst="Vertellen")
