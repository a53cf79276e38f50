"""Two people at once: the second hears it, nothing is done twice and nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from casus.models import Betrokkene, Familieband, Persoon, Samenvoeging
from casus.personen.banden import leg_band
from casus.personen.samenvoegen import Keuzes, voeg_samen
from casus.services.betrokkenen import voeg_betrokkene_toe
from tests import factories as f
from vt_cvs.kern.regels import RegelGeweigerd

pytestmark = pytest.mark.django_db(transaction=True)
KEUZES = Keuzes({}, "zelfde persoon")


def samen(*taken: Callable[[], object]) -> list[object]:
    """Start all at the same moment, each in its own connection; what each gave or raised."""
    uitkomsten: list[object] = [None] * len(taken)
    hek = threading.Barrier(len(taken))

    def doe(nummer: int, taak: Callable[[], object]) -> None:
        hek.wait()
        try:
            uitkomsten[nummer] = taak()
        except Exception as fout:
            uitkomsten[nummer] = fout
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(n, taak)) for n, taak in enumerate(taken)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
        assert not draad.is_alive(), "wacht op een ander die op hem wacht"
    return uitkomsten


def personen(noor, aantal: int) -> list[Persoon]:
    return [f.betrokkene(f.casus(noor), voornamen="Jelle").persoon for _ in range(aantal)]


@pytest.mark.parametrize("keer", range(4))
def test_twee_mensen_voegen_dezelfde_twee_samen_in_tegengestelde_richting(keer):
    noor = f.medewerker()
    een, ander = personen(noor, 2)
    uitkomsten = samen(
        lambda: voeg_samen(een, ander, KEUZES, door=noor), lambda: voeg_samen(ander, een, KEUZES, door=noor)
    )
    assert sum(isinstance(u, Samenvoeging) for u in uitkomsten) == 1
    [fout] = [u for u in uitkomsten if not isinstance(u, Samenvoeging)]
    assert isinstance(fout, RegelGeweigerd), fout
    over = Persoon.objects.get(pk__in=[een.pk, ander.pk], opgegaan_in=None)
    assert Betrokkene.objects.filter(persoon=over).count() == 2


@pytest.mark.parametrize("keer", range(4))
def test_een_persoon_gaat_tegelijk_maar_in_een_ander_op(keer):
    noor = f.medewerker()
    een, midden, drie = personen(noor, 3)
    uitkomsten = samen(
        lambda: voeg_samen(een, midden, KEUZES, door=noor), lambda: voeg_samen(drie, midden, KEUZES, door=noor)
    )
    assert sum(isinstance(u, Samenvoeging) for u in uitkomsten) == 1
    assert Samenvoeging.objects.filter(gesplitst_op=None).count() == 1


@pytest.mark.parametrize("keer", range(4))
def test_wie_tijdens_het_samenvoegen_wordt_toegevoegd_komt_bij_de_persoon_die_overblijft(keer):
    noor = f.medewerker()
    een, ander = personen(noor, 2)
    erbij = f.casus(noor)
    uitkomsten = samen(
        lambda: voeg_samen(een, ander, KEUZES, door=noor), lambda: voeg_betrokkene_toe(erbij, ander, door=noor)
    )
    assert isinstance(uitkomsten[1], Betrokkene)
    opgegaan = Persoon.objects.get(pk=ander.pk).opgegaan_in
    betrokkene = Betrokkene.objects.get(casus=erbij)
    assert betrokkene.persoon == (opgegaan or ander)
    if not isinstance(uitkomsten[0], Samenvoeging):
        assert isinstance(uitkomsten[0], RegelGeweigerd)


@pytest.mark.parametrize("keer", range(4))
def test_twee_banden_die_samen_een_kring_maken_komen_er_niet_allebei(keer):
    noor = f.medewerker()
    mensen = [f.betrokkene(f.casus(noor), voornamen=n) for n in ("Ina", "Sem")]
    casussen = [f.casus(noor), f.casus(noor)]
    paren = [[voeg_betrokkene_toe(casus, m.persoon, door=noor) for m in mensen] for casus in casussen]
    samen(
        lambda: leg_band(paren[0][0], "ouder", paren[0][1], door=noor),
        lambda: leg_band(paren[1][1], "ouder", paren[1][0], door=noor),
    )
    assert Familieband.objects.count() == 1
