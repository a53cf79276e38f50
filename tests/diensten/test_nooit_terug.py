"""An onderzoek never becomes a V&V: not on the screen, not by the API, not at a new report, not with SQL."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from diensten.models import OZ, VV, Keuze
from diensten.services.keuzes import maak_keuze, open_keuze_na
from tests import factories
from tests.diensten.test_onderzoek import keuze_bij_nieuwe_melding
from vt_cvs.kern.regels import RegelGeweigerd

pytestmark = pytest.mark.django_db


def als(medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


@pytest.mark.regel("RW-9.23")
def test_van_onderzoek_naar_v_en_v_weigert_het_scherm_en_wijst_op_voorwaarden(noor):
    oz = factories.oz("lopend", door=noor)
    keuze = keuze_bij_nieuwe_melding(oz, noor)
    blad = als(noor).get(keuze.pad()).content.decode()
    assert 'name="vv"' not in blad
    assert "voorwaarden stel je binnen" in blad
    gekozen = {"versie": keuze.versie, "vv": "on", "motivering": "toch"}
    assert als(noor).post(keuze.pad(), gekozen).status_code == 422
    assert not VV.objects.exists()
    assert not any("vv" in o.naam for o in OZ.overgangen())


@pytest.mark.regel("RW-9.23")
def test_van_onderzoek_naar_v_en_v_weigert_de_api(noor):
    oz = factories.oz("lopend", door=noor)
    keuze = keuze_bij_nieuwe_melding(oz, noor)
    antwoord = als(noor).post(
        f"/api/v1/keuzes/{keuze.pk}/kies",
        {"vv": True, "motivering": "toch"},
        content_type="application/json",
        headers={"If-Match": f'"{keuze.versie}"'},
    )
    (weigering,) = antwoord.json()["belemmeringen"]
    assert (antwoord.status_code, weigering["regel"]["id"], weigering["soort"]) == (409, "RW-9.23", "hard")
    assert "Voorwaarden stel je binnen het onderzoek" in weigering["uitleg"]
    assert (Keuze.objects.get(pk=keuze.pk).stand, OZ.objects.get().stand) == ("open", "lopend")


@pytest.mark.regel("RW-9.23")
@pytest.mark.parametrize("stand", ["afgerond", "voortijdig_beeindigd"])
def test_ook_na_het_onderzoek_volgt_bij_dezelfde_melding_geen_v_en_v(noor, stand):
    oz = factories.oz(stand, door=noor)
    keuze = open_keuze_na(oz, door=noor)
    with pytest.raises(RegelGeweigerd, match="geen V&V"):
        maak_keuze(keuze, door=noor, vv=True, motivering="toch")
    maak_keuze(keuze, door=noor, oz=True, motivering="er is nieuws")
    assert OZ.objects.count() == 2


@pytest.mark.regel("RW-9.23")
@pytest.mark.parametrize("gelijk", ["naast", "na"])
def test_van_onderzoek_naar_v_en_v_weigert_de_database(noor, gelijk):
    oz = factories.oz("lopend" if gelijk == "naast" else "voortijdig_beeindigd", door=noor)
    with pytest.raises(IntegrityError, match=r"rw_9_23|rw_9_2_"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casus_processtap (casus_id, soort, begonnen_op, versie, heeft_eigenaar) "
            "VALUES (%s, 'vv', now(), 1, false) RETURNING id",
            [oz.casus.pk],
        )
        (stap,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO diensten_vv (stap_id, na_dienst_id, keuze_id, stand, versie, vervolg_monitoren, "
            "vervolg_overdracht, vervolg_onderzoek, toelichting, reden_voortijdig) "
            "VALUES (%s, %s, %s, 'gekozen', 1, false, false, false, '', '')",
            [stap, oz.stap_id, oz.keuze_id],
        )


@pytest.mark.regel("RW-9.23")
def test_de_stap_van_een_onderzoek_wordt_ook_met_sql_geen_stap_van_v_en_v(noor):
    oz = factories.oz("lopend", door=noor)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE casus_processtap SET soort = 'vv' WHERE id = %s", [oz.stap_id])
