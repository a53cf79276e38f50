"""The family diagram: everyone in it once, nobody over another, and the same said in words."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations, pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.models import Familieband
from casus.personen.banden import leg_band
from casus.personen.gezin_in_woorden import in_woorden, samenvatting
from casus.personen.gezinsleden import Band, Mens
from casus.personen.gezinsmaten import KOLOM
from casus.personen.gezinsschema import teken
from casus.services.betrokkenen import voeg_betrokkene_toe
from tests import factories as f


def mens(sleutel: int, naam: str = "", jaar: int = 1985, vorm: str = "rond", huishouden: int = 1, **anders) -> Mens:
    velden = {
        "sleutel": sleutel, "pk": sleutel, "naam": naam or f"Mens {sleutel}", "roepnaam": naam or f"M{sleutel}",
        "achternaam": "", "leeftijd": f"{2026 - jaar} jaar", "vorm": vorm, "jaar": jaar, "geboren": date(jaar, 5, 1),
        "minderjarig": jaar > 2008, "derde": False, "merk": "", "geheim": False, "overleden": False,
        "huishouden": huishouden, "ook": None, "gezag": None,
    }  # fmt: skip
    return Mens(**(velden | anders))


def hoogte(schema) -> dict[int, int]:
    return {figuur.mens.sleutel: figuur.y for figuur in schema.figuren}


def test_ouders_staan_boven_hun_kinderen_en_naast_elkaar():
    mensen = [mens(1), mens(2, vorm="vierkant"), mens(3, jaar=2015), mens(4, jaar=1955)]
    banden = [Band(1, "ouder", 3), Band(2, "ouder", 3), Band(4, "ouder", 1), Band(1, "ex_partner", 2)]
    schema = teken(mensen, banden)
    y = hoogte(schema)
    assert y[4] < y[1] == y[2] < y[3]
    x = {figuur.mens.sleutel: figuur.x for figuur in schema.figuren}
    assert abs(x[1] - x[2]) == KOLOM
    assert abs(x[3] - (x[1] + x[2]) / 2) <= 1


def test_wie_van_elkaar_gescheiden_is_heeft_twee_strepen_en_wie_pleegouder_is_een_onderbroken_lijn():
    mensen = [mens(1), mens(2, vorm="vierkant"), mens(3, jaar=2015), mens(4)]
    banden = [Band(1, "ouder", 3), Band(1, "partner", 2, voorbij=True), Band(4, "pleegouder", 3)]
    klassen = [klasse for klasse, _ in teken(mensen, banden).lijnen]
    assert "rel zacht" in klassen
    assert any("l6 -14M" in pad for _, pad in teken(mensen, banden).lijnen)


def test_een_halfzus_hangt_alleen_onder_de_ouder_die_zij_deelt():
    mensen = [
        mens(1),
        mens(2, vorm="vierkant"),
        mens(3, jaar=2015),
        mens(4, jaar=2012),
        mens(5, jaar=2026, vorm="driehoek"),
    ]
    banden = [Band(1, "ouder", 3), Band(2, "ouder", 3), Band(2, "ouder", 4), Band(1, "ouder", 5)]
    schema = teken(mensen, banden)
    assert len(schema.figuren) == 5
    assert len({hoogte(schema)[s] for s in (3, 4, 5)}) == 1


def test_wie_niemand_kent_staat_er_ook_in_en_een_leeg_gezin_geeft_geen_schema():
    assert teken([], []) is None
    schema = teken([mens(1, jaar=1990), mens(2, jaar=2018)], [])
    assert hoogte(schema)[1] < hoogte(schema)[2], "op leeftijd"


def test_een_kader_omsluit_alleen_wie_er_woont():
    mensen = [
        mens(1, huishouden=1),
        mens(2, huishouden=2, vorm="vierkant"),
        mens(3, huishouden=1),
        mens(4, huishouden=1, jaar=2015),
    ]
    schema = teken(mensen, [Band(1, "partner", 2), Band(2, "ex_partner", 3), Band(1, "ouder", 4)])
    vreemd = next(figuur for figuur in schema.figuren if figuur.mens.sleutel == 2)
    for kader in schema.kaders:
        punten = [tuple(map(int, paar)) for paar in re.findall(r"(\d+) (\d+)", kader.pad)]
        assert not _in_veelhoek((vreemd.x, vreemd.y), punten)


def _in_veelhoek(punt, hoeken) -> bool:
    x, y = punt
    binnen = False
    for (x1, y1), (x2, y2) in zip(hoeken, hoeken[1:] + hoeken[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            binnen = not binnen
    return binnen


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_elk_gezin_is_te_tekenen_iedereen_een_keer_en_niemand_over_een_ander(data):
    aantal = data.draw(st.integers(1, 20))
    mensen = [
        mens(s, jaar=data.draw(st.integers(1940, 2026)), huishouden=data.draw(st.integers(1, 5)),
             vorm=data.draw(st.sampled_from(["rond", "vierkant", "ruit", "driehoek"])))
        for s in range(1, aantal + 1)
    ]  # fmt: skip
    paar = st.tuples(st.integers(1, aantal), st.sampled_from(Familieband.Soort.values), st.integers(1, aantal))
    banden = [Band(*b) for b in data.draw(st.lists(paar, max_size=30)) if b[0] != b[2]]
    schema = teken(mensen, banden)
    assert sorted(figuur.mens.sleutel for figuur in schema.figuren) == list(range(1, aantal + 1))
    for een, ander in combinations(schema.figuren, 2):
        assert een.y != ander.y or abs(een.x - ander.x) >= KOLOM - 1
    assert all(0 <= figuur.x <= schema.breed and 0 <= figuur.y <= schema.hoog for figuur in schema.figuren)
    assert sum(len(leden) for _, leden in in_woorden(mensen, banden)) == aantal


def test_in_woorden_staat_alles_wat_de_tekening_met_vorm_zegt():
    mensen = [
        mens(1, "Marloes", merk="ondergaat", geheim=True),
        mens(2, "Jelle", vorm="vierkant", huishouden=2, merk="vermoed pleger"),
        mens(3, "Sem", jaar=2020, vorm="vierkant", ook=2), mens(4, "Ina", jaar=1955, huishouden=3, derde=True),
    ]  # fmt: skip
    banden = [Band(1, "ouder", 3), Band(2, "ouder", 3), Band(1, "partner", 2, voorbij=True), Band(4, "ouder", 1)]
    tekst = str(in_woorden(mensen, banden))
    for deel in (
        "moeder van Sem", "zoon van Marloes en Jelle", "ex-partner van Jelle", "dochter van Ina", "minderjarig",
        "vermoed pleger", "ondergaat", "adres geheim", "betrokken derde", "woont ook in huishouden 2", "Huishouden 1",
    ):  # fmt: skip
        assert deel in tekst
    assert samenvatting(mensen, banden).startswith("4 mensen, van wie 1 minderjarig. Vermoed pleger: Jelle.")


def test_een_pijl_staat_er_alleen_als_een_iemand_wordt_vermoed():
    slachtoffer, een = mens(1, merk="ondergaat"), mens(2, merk="vermoed pleger")
    assert len(teken([slachtoffer, een], []).pijlen) == 1
    assert teken([slachtoffer, een, mens(3, merk="vermoed pleger")], []).pijlen == []


@pytest.mark.django_db
def test_op_de_tab_staat_het_schema_met_titel_uitleg_en_tekst_zonder_script():
    noor = f.medewerker()
    casus = f.casus(noor)
    moeder = f.betrokkene(casus, voornamen="Marloes", geslacht="V", adres_geheim=True, straat="Molenpad 9")
    kind = f.betrokkene(casus, voornamen="Sem <b>", geslacht="M", geboortedatum=date(2020, 1, 8))
    pleger = voeg_betrokkene_toe(
        casus, f.persoon(voornamen="Jelle", geslacht="M"), door=noor, aandeel="vermoed_pleger", huishouden=2
    )
    leg_band(moeder, "ouder", kind, door=noor)
    leg_band(pleger, "ouder", kind, door=noor)
    client = Client()
    client.force_login(noor)
    pagina = client.get(f"{casus.pad()}betrokkenen/").content.decode()
    svg = pagina[pagina.index('<svg class="vt-gezin') :]
    svg = svg[: svg.index("</svg>")]
    assert 'role="img"' in svg
    assert "<title" in svg
    assert "<desc" in svg
    assert "vermoed pleger" in svg, "in woorden, niet alleen in kleur"
    assert 'class="rand"' in svg, "en in vorm"
    assert "adres geheim" in svg
    assert "style=" not in svg
    assert "Sem &lt;b&gt;" in pagina
    assert "Molenpad" not in pagina
    assert "Het gezin in woorden" in pagina


@pytest.mark.django_db
def test_een_grote_familie_is_op_een_eigen_bladzijde_in_haar_geheel_te_zien():
    noor = f.medewerker()
    casus = f.casus(noor)
    moeder = f.betrokkene(casus, voornamen="Marloes", geslacht="V", geboortedatum=date(1980, 2, 3))
    client = Client()
    client.force_login(noor)
    blad = f"{casus.pad()}betrokkenen/schema/"
    assert blad not in client.get(f"{casus.pad()}betrokkenen/").content.decode()
    for nummer in range(9):
        kind = f.betrokkene(casus, voornamen=f"Kind{nummer}", geboortedatum=date(2008 + nummer, 1, 8))
        leg_band(moeder, "ouder", kind, door=noor)
    assert f'href="{blad}"' in client.get(f"{casus.pad()}betrokkenen/").content.decode()
    pagina = client.get(blad).content.decode()
    assert "vt-gezin--heel" in pagina
    assert "opzij" not in pagina
    assert "Kind8" in pagina
    buiten = Client()
    buiten.force_login(f.buitenstaander())
    assert buiten.get(blad).status_code in {403, 404}


@pytest.mark.django_db
def test_het_aantal_vragen_aan_de_database_hangt_niet_af_van_het_aantal_mensen():
    noor = f.medewerker()
    client = Client()
    client.force_login(noor)
    client.get("/werk/")  # what every page remembers
    aantallen = []
    for hoeveel in (2, 8):
        casus = f.casus(noor)
        mensen = [f.betrokkene(casus, voornamen=f"M{n}") for n in range(hoeveel)]
        for een, ander in pairwise(mensen):
            leg_band(een, "ouder", ander, door=noor)
        with CaptureQueriesContext(
            connection,
        ) as vragen:
            client.get(f"{casus.pad()}betrokkenen/")
        aantallen.append(len(vragen))
    assert aantallen[0] == aantallen[1]
    assert aantallen[0] <= 12
