"""The machines of the choice and the services: who takes which step, in code and in the database alike."""

from __future__ import annotations

import pytest

from diensten.models import OZ, VV, Keuze, Maatwerk, Monitoren, Overdracht
from diensten.services.keuzes import maak_keuze
from tests import factories
from tests.machines import (
    JA,
    NEE,
    NOOIT,
    controleer_database,
    controleer_regel,
    controleer_trigger,
    controleer_volledig,
)

pytestmark = pytest.mark.django_db

ROLLEN = ("noor", "collega", "voorkant", "teamleider", "buiten", "systeem")
NIEMAND = (NOOIT,) * 6
KEUZE = [  # `noor` and `collega` are achterkant of the team, `buiten` of another
    # stand      stap    noor collega voorkant teamleider buiten systeem
    ("open", "kies", JA, JA, NEE, JA, NEE, JA),
    ("gemaakt", "kies", *NIEMAND),
]
VVS = [
    ("gekozen", "pak_op", JA, JA, NEE, JA, NEE, JA),
    ("gekozen", "rond_af", *NIEMAND),
    ("gekozen", "ga_verder_als_onderzoek", JA, JA, NEE, JA, NEE, JA),
    ("gekozen", "beeindig_voortijdig", JA, JA, NEE, JA, NEE, JA),
    ("lopend", "pak_op", *NIEMAND),
    ("lopend", "rond_af", JA, JA, NEE, JA, NEE, JA),
    ("lopend", "ga_verder_als_onderzoek", JA, JA, NEE, JA, NEE, JA),
    ("lopend", "beeindig_voortijdig", JA, JA, NEE, JA, NEE, JA),
    *(
        (stand, stap, *NIEMAND)
        for stand in ("afgerond", "voortijdig_beeindigd")
        for stap in ("pak_op", "rond_af", "ga_verder_als_onderzoek", "beeindig_voortijdig")
    ),
]
OZS = [
    ("gekozen", "pak_op", JA, JA, NEE, JA, NEE, JA),
    ("gekozen", "rond_af", *NIEMAND),
    ("gekozen", "beeindig_voortijdig", JA, JA, NEE, JA, NEE, JA),
    ("lopend", "pak_op", *NIEMAND),
    ("lopend", "rond_af", JA, JA, NEE, JA, NEE, JA),
    ("lopend", "beeindig_voortijdig", JA, JA, NEE, JA, NEE, JA),
    *(
        (stand, stap, *NIEMAND)
        for stand in ("afgerond", "voortijdig_beeindigd")
        for stap in ("pak_op", "rond_af", "beeindig_voortijdig")
    ),
]
OVERDRACHT = [
    ("voorbereiding", "bied_aan", JA, JA, NEE, JA, NEE, JA),
    ("voorbereiding", "accepteer", *NIEMAND),
    ("voorbereiding", "draag_over", *NIEMAND),
    ("voorbereiding", "weiger", *NIEMAND),
    ("voorbereiding", "trek_in", JA, JA, NEE, JA, NEE, JA),
    ("aangeboden", "bied_aan", *NIEMAND),
    ("aangeboden", "accepteer", JA, JA, NEE, JA, NEE, JA),
    ("aangeboden", "draag_over", *NIEMAND),
    ("aangeboden", "weiger", JA, JA, NEE, JA, NEE, JA),
    ("aangeboden", "trek_in", JA, JA, NEE, JA, NEE, JA),
    ("geaccepteerd", "bied_aan", *NIEMAND),
    ("geaccepteerd", "accepteer", *NIEMAND),
    ("geaccepteerd", "draag_over", JA, JA, NEE, JA, NEE, JA),
    ("geaccepteerd", "weiger", *NIEMAND),
    ("geaccepteerd", "trek_in", JA, JA, NEE, JA, NEE, JA),
    *(
        (stand, stap, *NIEMAND)
        for stand in ("overgedragen", "geweigerd", "ingetrokken")
        for stap in ("bied_aan", "accepteer", "draag_over", "weiger", "trek_in")
    ),
]
MONITOREN = [
    ("lopend", "stel_stabiel_veilig_vast", JA, JA, NEE, JA, NEE, JA),
    ("lopend", "rond_af", JA, JA, NEE, JA, NEE, JA),
    ("lopend", "laat_opvolgen", JA, JA, JA, JA, JA, JA),  # whoever takes in the report that follows (RW-3.1)
    *(
        (stand, stap, *NIEMAND)
        for stand in ("afgerond", "opgevolgd")
        for stap in ("stel_stabiel_veilig_vast", "rond_af", "laat_opvolgen")
    ),
]
MAATWERK = [
    ("lopend", "rond_af", JA, JA, NEE, JA, NEE, JA),
    ("afgerond", "rond_af", *NIEMAND),
]
TABELLEN = {Keuze: KEUZE, VV: VVS, OZ: OZS, Overdracht: OVERDRACHT, Monitoren: MONITOREN, Maatwerk: MAATWERK}
GEGEVENS = {
    "kies": {"vv": True},
    "beeindig_voortijdig": {"reden_voortijdig": "vertrokken"},
    "weiger": {"reden": "geen plek"},
    "trek_in": {"reden": "toch bij ons"},
}
STANDEN = [(model, stand) for model, tabel in TABELLEN.items() for stand in dict.fromkeys(rij[0] for rij in tabel)]


def keuze_in(stand: str, door) -> Keuze:
    keuze = factories.keuze(door=door, acuut=True)
    return maak_keuze(keuze, door=door, vv=True, motivering="eerst handelen") if stand == "gemaakt" else keuze


MAKERS = {
    Keuze: keuze_in,
    VV: lambda stand, door: factories.vv(stand, door=door),
    OZ: lambda stand, door: factories.oz(stand, door=door),
    Overdracht: lambda stand, door: factories.overdracht(stand, door=door),
    Monitoren: lambda stand, door: factories.monitoren(stand, door=door),
    Maatwerk: lambda stand, door: factories.maatwerk(stand, door=door),
}


@pytest.mark.parametrize(("model", "stand"), STANDEN, ids=lambda w: w if isinstance(w, str) else w.__name__)
def test_wie_welke_stap_zet(model, stand, wie):
    stuk = MAKERS[model](stand, wie["noor"])
    for van, stap, *verwacht in TABELLEN[model]:
        if van == stand:
            rollen = dict(zip(ROLLEN, verwacht, strict=True))
            controleer_regel(stuk, stap, rollen, wie, GEGEVENS.get(stap, {}))


@pytest.mark.parametrize("model", TABELLEN, ids=lambda m: m.__name__)
def test_de_tabel_is_volledig(model):
    controleer_volledig(model, TABELLEN[model])


@pytest.mark.parametrize("model", TABELLEN, ids=lambda m: m.__name__)
def test_de_database_kent_dezelfde_pijlen(model, noor):
    controleer_trigger(model)
    controleer_database(lambda stand: MAKERS[model](stand, noor), model)
