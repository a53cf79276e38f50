"""A register in memory, and the shortest way to someone who belongs in it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from casus.models import Betrokkene, Casus
from casus.services.betrokkenen import bevestig_bsn
from register.models import Registratie
from tests import factories
from vt_cvs.kern import uitpost
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.uitpost import Later
from vt_cvs.kern.velden import voldoet_aan_elfproef
from vt_cvs.koppelingen.register import Matchbericht, Registratiebericht, Verouderd
from vt_cvs.organisatie.models import Instelling

TELBAAR = {"geslacht": "O", "geboorteland": "Nederland", "geboortedatum": date(1990, 4, 1)}
_nummers = itertools.count(999_990_000)


def nieuw_bsn() -> str:
    """The next fictional number that passes the elfproef."""
    return next(str(n) for n in _nummers if voldoet_aan_elfproef(str(n)))


@dataclass
class GeheugenRegister:
    """Keeps what it was told, newest version per person; can be out of reach."""

    weg: bool = False
    gehoord: list[Registratiebericht] = field(default_factory=list)
    sleutels: list[UUID] = field(default_factory=list)
    wachtend: list[Matchbericht] = field(default_factory=list)
    bevestigd: list[int] = field(default_factory=list)

    def meld(self, bericht: Registratiebericht, *, sleutel: UUID) -> int:
        self._bereik()
        nu = self.stand(bericht.pseudoniem)
        if nu is not None and bericht.versie <= nu.versie and bericht != nu:
            raise Verouderd(nu.versie)
        self.gehoord.append(bericht)
        self.sleutels.append(sleutel)
        return len(self.wachtend)

    def berichten(self) -> list[Matchbericht]:
        self._bereik()
        return list(self.wachtend)

    def ontvangen(self, nummer: int) -> None:
        self._bereik()
        self.bevestigd.append(nummer)
        self.wachtend = [b for b in self.wachtend if b.id != nummer]

    def stand(self, pseudoniem: str) -> Registratiebericht | None:
        eigen = [b for b in self.gehoord if b.pseudoniem == pseudoniem]
        return max(eigen, key=lambda b: b.versie) if eigen else None

    def _bereik(self) -> None:
        if self.weg:
            raise Later("VT Register niet bereikbaar (test)")


def directbetrokkene(casus: Casus, *, bsn: str | None = None, bevestigd: bool = True, **velden) -> Betrokkene:
    """Someone in a case with a BSN that a colleague has checked, unless told otherwise."""
    velden = {**TELBAAR, **velden}
    b = factories.betrokkene(casus, bsn=nieuw_bsn() if bsn is None else bsn, **velden)
    if bevestigd:
        bevestig_bsn(b, door=casus.verantwoordelijke)
    return Betrokkene.objects.select_related("persoon", "casus").get(pk=b.pk)


def registratie(b: Betrokkene) -> Registratie:
    return Registratie.objects.get(persoon=b.persoon_id)


def bezorg() -> int:
    """Empty the outbox as the worker does, without waiting for a next attempt."""
    Uitpost.objects.filter(bezorgd_op=None).update(niet_voor=None)
    return uitpost.bezorg()


def laat_kiezen() -> None:
    """This organisation lets its employees choose per person."""
    from django.core.cache import cache

    Instelling.objects.update_or_create(pk=1, defaults={"register_vanzelf": False})
    cache.clear()
