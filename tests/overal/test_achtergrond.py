"""Background work twice, at once, and with a worker that dies halfway: nothing lost, nothing twice."""

from __future__ import annotations

import pytest
from django.db.models import Count

from casus.bewaren.tasks import hervat, veeg
from casus.models import Logregel, Taak
from casus.tasks import herinneren
from register.services.vergelijken import vergelijk
from register.tasks import synchroniseer
from tests import factories as f
from tests.overal.landschap import bouw
from tests.register.conftest import poort  # noqa: F401 - a register in memory
from tests.register.gereedschap import bezorg, directbetrokkene
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.uitpost import BEZORGERS

pytestmark = pytest.mark.django_db


def stand() -> tuple[int, ...]:
    return (
        Taak.objects.count(),
        Taak.objects.filter(stand="open").count(),
        Logregel.objects.count(),
        Uitpost.objects.count(),
    )


def test_alles_wat_de_klok_doet_nog_een_keer_doen_verandert_niets(poort):  # noqa: F811
    bouw()
    for _ in range(2):
        bezorg()
    alles = (herinneren, veeg, hervat, synchroniseer, vergelijk, bezorg)
    for taak in alles:
        taak()
    bezorg()
    eerste = stand()
    for taak in alles:
        taak()
    assert stand() == eerste
    open_ = Taak.objects.filter(stand="open").values("soort", "onderwerp_soort", "onderwerp_id", "voor")
    assert not open_.annotate(keer=Count("pk")).filter(keer__gt=1).exists()


def test_een_bezorger_die_halverwege_sterft_laat_niets_half_achter(poort, monkeypatch):  # noqa: F811
    """As `kill -9` does: the transaction goes, the row stays, and the next worker says it once."""
    directbetrokkene(f.casus())

    class Gedood(BaseException):
        pass

    soort = "registratie"
    echt = BEZORGERS[soort]

    def sterf(rij: Uitpost) -> None:
        echt(rij)
        raise Gedood

    monkeypatch.setitem(BEZORGERS, soort, sterf)
    with pytest.raises(Gedood):
        bezorg()
    assert Uitpost.objects.filter(soort=soort, bezorgd_op=None).count() == 1
    monkeypatch.setitem(BEZORGERS, soort, echt)
    bezorg()
    assert not Uitpost.objects.filter(bezorgd_op=None).exists()
    assert {bericht.versie for bericht in poort.gehoord} == {1}, "herhaald, maar hetzelfde woord"


def test_wat_al_op_weg_is_zet_de_vergelijking_niet_nog_eens_klaar(poort):  # noqa: F811
    directbetrokkene(f.casus())
    poort.weg = True
    bezorg()
    vergelijk()
    wacht = Uitpost.objects.count()
    for _ in range(3):
        vergelijk()
    assert Uitpost.objects.count() == wacht
