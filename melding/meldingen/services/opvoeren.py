"""From the people a signal names to the people of a case: known or new, never decided by the system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from casus.models import Betrokkene, Casus, Persoon
from casus.services.betrokkenen import maak_persoon, voeg_betrokkene_toe
from casus.services.nakijken import GEGEVENS_TAAK
from casus.services.werk import maak_taak, vervul_taken
from melding.aanlevering import AangeleverdePersoon
from melding.codes import aandeel_volgens, geslacht_volgens
from melding.meldingen.models import Melding
from melding.nakijken import OVERGENOMEN, twijfels
from melding.rechten import mag_opnemen
from melding.signalen.models import AangemeldePersoon
from vt_cvs.kern.dossier import wijzig
from vt_cvs.kern.regels import regel
from vt_cvs.organisatie.models import Medewerker


@dataclass(frozen=True, slots=True)
class OpgevoerdePersoon:
    """Someone the worker puts in the case: `persoon` when recognised, otherwise a new one from `gegevens`."""

    persoon: Persoon | None = None
    gegevens: Mapping[str, Any] = field(default_factory=dict)
    aangemeld: AangemeldePersoon | None = None
    rol: str = Betrokkene.Rol.DIRECT
    aandeel: str = Betrokkene.Aandeel.ONBEKEND
    relatie: str = ""
    huishouden: int = 1
    gezag: bool | None = None
    twijfels: tuple[str, ...] = ()

    @property
    def alle_twijfels(self) -> list[str]:
        van_signaal = self.aangemeld.twijfels if self.aangemeld else []
        return list(dict.fromkeys([*self.twijfels, *van_signaal]))


@regel("RW-4.1")
def gegevens_van(aangemeld: AangemeldePersoon) -> dict[str, Any]:
    """What a signal says of someone, as the fields of a `Persoon`; nothing is typed again."""
    gegevens: dict[str, Any] = {naam: _passend(naam, getattr(aangemeld, naam)) for naam in OVERGENOMEN}
    return gegevens | {
        "bsn": aangemeld.bsn or "",
        "geslacht": geslacht_volgens(aangemeld.geslacht),
        "geboortedatum": aangemeld.geboortedatum,
        "geboortedatum_opgegeven": ""
        if aangemeld.geboortedatum
        else _passend("geboortedatum_opgegeven", aangemeld.geboortedatum_opgegeven),
    }


def _passend(naam: str, waarde: str, model: type[Persoon | Betrokkene] = Persoon) -> str:
    veld: Any = model._meta.get_field(naam)
    return waarde[: veld.max_length]


def opvoering_van(aangemeld: AangemeldePersoon, *, persoon: Persoon | None = None) -> OpgevoerdePersoon:
    """The proposal for someone a signal names; the worker changes what is not so."""
    return OpgevoerdePersoon(
        persoon=persoon,
        gegevens=gegevens_van(aangemeld),
        aangemeld=aangemeld,
        aandeel=aandeel_volgens(aangemeld.rol),
        relatie=_passend("relatie", aangemeld.rol, Betrokkene),
    )


@regel("RW-7.1", "RW-4.8b")
def voer_op(opgevoerd: OpgevoerdePersoon, *, melding: Melding, door: Medewerker) -> Betrokkene:
    """Put someone in the case of this melding; what cannot be right becomes one task about this person."""
    casus: Casus = melding.casus
    persoon = opgevoerd.persoon or maak_persoon(door=door, **opgevoerd.gegevens)
    betrokkene = voeg_betrokkene_toe(
        casus,
        persoon,
        door=door,
        rol=opgevoerd.rol,
        aandeel=opgevoerd.aandeel,
        relatie=opgevoerd.relatie,
        huishouden=opgevoerd.huishouden,
        gezag=opgevoerd.gezag,
    )
    if opgevoerd.aangemeld is not None and opgevoerd.aangemeld.persoon_id != persoon.pk:
        wijzig(opgevoerd.aangemeld, door=door, mag=mag_opnemen, persoon=persoon)
    if aantal := len(opgevoerd.alle_twijfels):
        maak_taak(
            betrokkene,
            GEGEVENS_TAAK,
            titel="Gegevens nakijken",
            omdat="1 gegeven uit het bericht ontbreekt of niet kan kloppen"
            if aantal == 1
            else f"{aantal} gegevens uit het bericht ontbreken of niet kunnen kloppen",
            pad=f"{betrokkene.pad()}{betrokkene.pk}/",
            door=door,
            stap=melding.stap,
            over_veiligheid=False,
        )
    return betrokkene


@regel("RW-4.8b")
def kijk_persoon_na(*, persoon: Persoon, door: Medewerker) -> None:
    """Once nothing about someone is doubtful any more, nobody has to look at it."""
    geboren = timezone.localdate() if persoon.ongeboren else persoon.geboortedatum
    velden = {naam: getattr(persoon, naam) for naam in ("bsn", "geslacht", *OVERGENOMEN)}
    nu = AangeleverdePersoon(soort="", geboortedatum=f"{geboren:%d-%m-%Y}" if geboren else "", **velden)
    if not any(twijfels(nu)):
        for betrokkene in Betrokkene.objects.filter(persoon=persoon):
            vervul_taken(onderwerp=betrokkene, soort=GEGEVENS_TAAK, door=door)
