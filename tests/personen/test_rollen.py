"""Roles: which moves there are, who takes part in a service, and what comes of someone without a part in it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from casus.models import Benadering, Betrokkene, GeenAandeel, Logregel
from casus.personen.benaderen import heeft_geen_aandeel, is_gedaan, is_niet_nodig, kies_wie
from tests import factories as f
from vt_cvs.kern.models import Uitpost
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.regels import RegelGeweigerd

pytestmark = pytest.mark.django_db
Rol = Betrokkene.Rol


@pytest.fixture
def noor():
    return f.medewerker(naam="Noor Haddad")


@pytest.fixture
def vv(noor):
    return f.vv("lopend", door=noor)


def ingelogd(wie) -> Client:
    client = Client()
    client.force_login(wie)
    return client


@pytest.mark.regel("RW-7.5")
@pytest.mark.parametrize("van", Rol.values)
@pytest.mark.parametrize("naar", Rol.values)
def test_alleen_een_betrokken_derde_wordt_directbetrokkene_ook_met_sql(noor, van, naar):
    betrokkene = f.betrokkene(f.casus(noor), rol=van)
    sql = "UPDATE casus_betrokkene SET stand = %s WHERE id = %s"
    if van == naar or (van, naar) == (Rol.DERDE, Rol.DIRECT):
        with connection.cursor() as cursor:
            cursor.execute(sql, [naar, betrokkene.pk])
        return
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [naar, betrokkene.pk])


@pytest.mark.regel("RW-7.5")
def test_een_directbetrokkene_wordt_geen_derde_op_het_scherm_of_met_de_api(noor):
    casus = f.casus(noor)
    direct = f.betrokkene(casus)
    client = ingelogd(noor)
    client.post(f"{casus.pad()}betrokkenen/{direct.pk}/", {"stand": "betrokken_derde", "voornamen": "X", "versie": 1})
    assert client.post(f"{casus.pad()}betrokkenen/{direct.pk}/rol/", {"reden": "toch niet"}).status_code == 422
    antwoord = client.post(
        f"/api/v1/betrokkenen/{direct.pk}/wordt-betrokken-derde", {}, content_type="application/json"
    )
    assert antwoord.status_code == 404
    with pytest.raises(StapKanNiet):
        voer_uit(direct, "wordt_directbetrokkene", door=noor, reden="nogmaals")
    assert Betrokkene.objects.get(pk=direct.pk).stand == Rol.DIRECT
    assert "Wordt directbetrokkene" not in client.get(f"{casus.pad()}betrokkenen/{direct.pk}/").content.decode()


@pytest.mark.regel("RW-7.5", "RW-14.7")
def test_een_vergissing_gaat_met_reden_uit_de_casus_en_het_register_hoort_het(noor):
    casus = f.casus(noor)
    direct = f.betrokkene(casus)
    Uitpost.objects.all().delete()
    client, pad = ingelogd(noor), f"{casus.pad()}betrokkenen/{direct.pk}/weg/"
    assert client.post(pad, {"reden": ""}).status_code == 422
    assert client.post(pad, {"reden": "verkeerde Jansen"}).status_code == 302
    assert not Betrokkene.objects.filter(pk=direct.pk).exists()
    assert "verkeerde Jansen" in client.get(f"{casus.pad()}logboek/").content.decode()
    assert Uitpost.objects.filter(onderwerp=f"persoon:{direct.persoon_id}").exists()


@pytest.mark.regel("RW-7.3")
def test_een_betrokken_derde_is_in_een_dienst_te_kiezen_om_te_benaderen_en_te_informeren(noor, vv):
    oma = f.betrokkene(vv.casus, voornamen="Ina", rol=Rol.DERDE)
    client, pad = ingelogd(noor), f"{vv.casus.pad()}stappen/{vv.stap_id}/mensen/"
    assert "Ina" in client.get(pad).content.decode()
    for soort in ("benaderen", "informeren"):
        gegevens = {"betrokkenen": [oma.pk], "soort": soort, "waarvoor": "gezag"}
        assert client.post(pad, gegevens).status_code == 302
    assert {b.soort for b in Benadering.objects.filter(betrokkene=oma)} == {"benaderen", "informeren"}
    eerste, tweede = Benadering.objects.order_by("pk")
    assert client.post(f"{vv.casus.pad()}benaderingen/{eerste.pk}/gedaan/").status_code == 302
    assert client.post(f"{vv.casus.pad()}benaderingen/{tweede.pk}/niet/", {"reden": ""}).status_code == 422
    assert client.post(f"{vv.casus.pad()}benaderingen/{tweede.pk}/niet/", {"reden": "wil niet"}).status_code == 302
    pagina = client.get(pad).content.decode()
    assert "gedaan" in pagina
    assert "niet nodig: wil niet" in pagina
    assert f'href="{pad}"' in client.get(vv.pad()).content.decode(), "de dienst wijst de weg"
    assert Betrokkene.objects.get(pk=oma.pk).stand == Rol.DERDE


@pytest.mark.regel("RW-7.3")
def test_twee_keer_kiezen_maakt_een_regel_en_een_afgeronde_regel_verandert_niet(noor, vv):
    oma = f.betrokkene(vv.casus, voornamen="Ina", rol=Rol.DERDE)
    [rij] = kies_wie(vv.stap, [oma], door=noor, soort="benaderen")
    assert kies_wie(vv.stap, [oma], door=noor, soort="benaderen") == []
    is_gedaan(rij, door=noor)
    rij = Benadering.objects.get(pk=rij.pk)
    with pytest.raises(RegelGeweigerd, match="al afgerond"):
        is_niet_nodig(rij, door=noor, reden="toch niet")
    vreemd = f.betrokkene(f.casus(noor))
    with pytest.raises(RegelGeweigerd, match="andere casus"):
        kies_wie(vv.stap, [vreemd], door=noor, soort="benaderen")
    with pytest.raises(DatabaseError, match="rw_7_3"), transaction.atomic():
        Benadering(stap=vv.stap, betrokkene=vreemd, soort="benaderen").save_base(raw=True)


@pytest.mark.regel("RW-7.6")
def test_geen_aandeel_is_bij_de_dienst_voor_een_persoon_vast_te_leggen_en_de_rol_blijft(noor, vv):
    jelle = f.betrokkene(vv.casus, voornamen="Jelle")
    client, pad = ingelogd(noor), f"{vv.casus.pad()}stappen/{vv.stap_id}/geen-aandeel/"
    assert client.post(pad, {"betrokkene": jelle.pk, "toelichting": ""}).status_code == 422
    assert client.post(pad, {"betrokkene": jelle.pk, "toelichting": "was er niet bij"}).status_code == 302
    rij = GeenAandeel.objects.get()
    assert rij.uitkomst_aandeel == "niet-gerapporteerd"
    assert Betrokkene.objects.get(pk=jelle.pk).stand == Rol.DIRECT
    heeft_geen_aandeel(vv.stap, jelle, door=noor, toelichting="was in het buitenland")
    assert GeenAandeel.objects.get().toelichting == "was in het buitenland"
    assert Logregel.objects.filter(casus=vv.casus, regels__contains=["RW-7.6"]).exists()


@pytest.mark.regel("RW-7.6")
def test_geen_aandeel_kan_niet_over_een_derde_of_in_een_stap_zonder_uitkomst(noor, vv):
    oma = f.betrokkene(vv.casus, rol=Rol.DERDE)
    with pytest.raises(RegelGeweigerd, match="directbetrokkene"):
        heeft_geen_aandeel(vv.stap, oma, door=noor, toelichting="x")
    monitoren = f.monitoren(door=noor)
    direct = f.betrokkene(monitoren.casus)
    with pytest.raises(RegelGeweigerd, match="V&V of een onderzoek"):
        heeft_geen_aandeel(monitoren.stap, direct, door=noor, toelichting="x")
    with pytest.raises(DatabaseError, match="rw_7_6"), transaction.atomic():
        GeenAandeel(stap=vv.stap, betrokkene=oma, uitkomst_aandeel="weerlegd").save_base(raw=True)
