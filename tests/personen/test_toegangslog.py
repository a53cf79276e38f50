"""Who looked at somebody is found under every key that person ever had, also after merging and splitting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from casus.models import Persoon
from casus.personen.samenvoegen import Keuzes, voeg_samen
from casus.personen.splitsen import splits
from casus.selectors.toegangslog import toegang_tot
from tests import factories as f
from vt_cvs.kern.toegang import Gebeurtenis, noteer_toegang

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-3.8")]
NU = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def noor():
    return f.medewerker(naam="Noor Haddad")


@pytest.fixture
def klok():
    with time_machine.travel(NU, tick=False) as klok:
        yield klok


def mens(noor, naam: str) -> Persoon:
    return f.betrokkene(f.casus(noor), voornamen=naam, achternaam="Terpstra").persoon


def kijk(klok, noor, persoon: Persoon, grond: str) -> None:
    klok.shift(timedelta(hours=1))
    noteer_toegang(noor, Gebeurtenis.INZIEN, stuk=persoon, persoon_id=persoon.pk, grond=grond)


def samen(klok, noor, een: Persoon, ander: Persoon):
    klok.shift(timedelta(hours=1))
    return voeg_samen(een, ander, Keuzes({"voornamen": "een"}, "zelfde kind"), door=noor)


def gronden(persoon: Persoon) -> list[str]:
    return [regel.grond for regel in toegang_tot(persoon) if regel.grond][::-1]


def test_na_samenvoegen_staat_wat_onder_de_oude_sleutel_stond_bij_wie_het_nu_is(klok, noor):
    een, ander, vreemd = (mens(noor, naam) for naam in ("Fenna", "Fena", "Sem"))
    kijk(klok, noor, een, "een, ervoor")
    kijk(klok, noor, ander, "ander, ervoor")
    kijk(klok, noor, vreemd, "van iemand anders")
    samen(klok, noor, een, ander)
    kijk(klok, noor, een, "samen")
    assert gronden(een) == ["een, ervoor", "ander, ervoor", "samen"]
    assert gronden(ander) == ["ander, ervoor", "samen"]


def test_na_splitsen_heeft_ieder_het_eigene_en_wat_over_beiden_ging(klok, noor):
    een, ander = mens(noor, "Fenna"), mens(noor, "Fena")
    kijk(klok, noor, een, "een, ervoor")
    kijk(klok, noor, ander, "ander, ervoor")
    rij = samen(klok, noor, een, ander)
    kijk(klok, noor, een, "samen")
    klok.shift(timedelta(hours=1))
    splits(rij, {}, door=noor, reden="toch twee kinderen")
    kijk(klok, noor, een, "een, erna")
    kijk(klok, noor, ander, "ander, erna")
    assert gronden(een) == ["een, ervoor", "samen", "een, erna"]
    assert gronden(ander) == ["ander, ervoor", "samen", "ander, erna"]


def test_wie_in_een_opging_die_zelf_opging_is_helemaal_te_volgen(klok, noor):
    klein, midden, groot = (mens(noor, naam) for naam in ("Fen", "Fena", "Fenna"))
    for persoon in (klein, midden, groot):
        kijk(klok, noor, persoon, persoon.voornamen)
    samen(klok, noor, midden, klein)
    kijk(klok, noor, midden, "twee samen")
    samen(klok, noor, groot, midden)
    kijk(klok, noor, groot, "drie samen")
    assert gronden(groot) == ["Fen", "Fena", "Fenna", "twee samen", "drie samen"]
    assert gronden(klein) == ["Fen", "twee samen", "drie samen"]
