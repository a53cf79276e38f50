"""Conditions of a registration: whose data may leave, and when people choose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from casus.models import Persoon
from vt_cvs.kern.regels import Belemmering, voorwaarde
from vt_cvs.kern.velden import alleen_cijfers, voldoet_aan_elfproef
from vt_cvs.organisatie.selectors import instellingen

if TYPE_CHECKING:
    from register.models import Registratie


def is_gevalideerd(persoon: Persoon | None) -> bool:
    """The BSN is right and someone has seen that it is this person's."""
    if persoon is None or persoon.bsn_stand != Persoon.BSNStand.BEVESTIGD:
        return False
    return voldoet_aan_elfproef(alleen_cijfers(persoon.bsn or ""))


@voorwaarde("RW-14.1")
def persoon_is_gevalideerd(registratie: Registratie) -> Iterator[Belemmering]:
    if not is_gevalideerd(registratie.persoon):
        yield Belemmering(
            "Kijk eerst na of het BSN klopt en van deze persoon is.",
            veld="bsn",
            link=registratie.pad(),
            link_tekst="BSN",
        )


@voorwaarde("RW-14.2")
def de_medewerker_kiest(_registratie: Registratie) -> Iterator[Belemmering]:
    if instellingen().register_vanzelf:
        yield Belemmering("In deze organisatie gaat het registreren vanzelf; daarvan kan één medewerker niet afwijken.")
