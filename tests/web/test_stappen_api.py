"""The steps of every machine through the API: the same rights and rules as on the screen."""

from __future__ import annotations

import inspect

import pytest
from django.test import Client
from django.urls import reverse

from casus.models import Betrokkene, Casus
from tests import factories
from vt_cvs.kern.models import Toegang
from vt_cvs.organisatie.models import Afzender, Medewerker, Rol
from vt_cvs.organisatie.rechten import is_systeem
from vt_cvs.web.parameters import veld_voor
from vt_cvs.web.stappen import gegevens_van, modellen, past_in_bericht

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker()


@pytest.fixture
def casus(noor) -> Casus:
    return factories.casus(noor)


def als(medewerker: Medewerker, **opties) -> Client:
    client = Client(**opties)
    client.force_login(medewerker)
    return client


def zet(client: Client, pad: str, versie: int | None, **inhoud):
    kop = {} if versie is None else {"If-Match": f'"{versie}"'}
    return client.post(pad, inhoud, content_type="application/json", headers=kop)


def test_de_stand_zegt_versie_en_wat_er_kan(noor, casus):
    antwoord = als(noor).get(f"/api/v1/casussen/{casus.nummer}")
    assert antwoord.status_code == 200
    assert antwoord["ETag"] == f'"{casus.versie}"'
    assert antwoord["Cache-Control"] == "no-store"
    stand = antwoord.json()
    assert (stand["stand"], stand["versie"]) == ("open", casus.versie)
    assert [stap["stap"] for stap in stand["stappen"]] == ["sluit"]
    assert stand["stappen"][0]["adres"] == f"/api/v1/casussen/{casus.nummer}/sluit"


@pytest.mark.regel("RW-3.8")
def test_kijken_wordt_gelogd(noor, casus):
    als(noor).get(f"/api/v1/casussen/{casus.nummer}")
    regel = Toegang.objects.get()
    assert (regel.medewerker, regel.casus_id, regel.grond) == (noor, casus.pk, "API")


def test_een_stap_wordt_gezet_en_geeft_de_nieuwe_stand(noor, casus):
    antwoord = zet(als(noor), f"/api/v1/casussen/{casus.nummer}/sluit", casus.versie)
    assert antwoord.status_code == 200
    assert antwoord.json() == {"stand": "gesloten", "versie": casus.versie + 1}
    assert Casus.objects.get(pk=casus.pk).stand == Casus.Stand.GESLOTEN


@pytest.mark.parametrize(
    ("versie", "status"),
    [(None, 428), ('"99"', 412), ('"abc"', 412), ("1", 412), ('W/"99"', 412), ('"99999999999999999999"', 412)],
)
def test_zonder_de_versie_die_er_staat_gebeurt_er_niets(noor, casus, versie, status):
    kop = {} if versie is None else {"If-Match": versie}
    antwoord = als(noor).post(
        f"/api/v1/casussen/{casus.nummer}/sluit", {}, content_type="application/json", headers=kop
    )
    assert antwoord.status_code == status
    assert Casus.objects.get(pk=casus.pk).is_open


def test_wie_te_laat_is_krijgt_beide_teksten(noor, casus):
    derde = factories.betrokkene(casus, rol=Betrokkene.Rol.DERDE)
    adres = f"/api/v1/betrokkenen/{derde.pk}/wordt-directbetrokkene"
    antwoord = zet(als(noor), adres, derde.versie + 1, reden="bleek zo te zijn")
    assert antwoord.status_code == 412
    assert antwoord.json()["gewild"] == {"reden": "bleek zo te zijn"}
    assert antwoord["ETag"] == f'"{derde.versie}"'


@pytest.mark.regel("RW-3.8")
def test_wat_niet_van_jou_is_lijkt_er_niet_te_zijn(casus):
    buiten = als(factories.buitenstaander())
    bestaat = buiten.get(f"/api/v1/casussen/{casus.nummer}")
    bestaat_niet = buiten.get("/api/v1/casussen/C-000-000-000")
    assert bestaat.status_code == bestaat_niet.status_code == 404
    assert bestaat.json() == bestaat_niet.json()
    assert zet(buiten, f"/api/v1/casussen/{casus.nummer}/sluit", casus.versie).status_code == 404
    assert Casus.objects.get(pk=casus.pk).is_open


def test_wie_mag_zien_mag_nog_niet_alles(casus):
    voorkant = factories.medewerker(Rol.VOORKANT)
    antwoord = zet(als(voorkant), f"/api/v1/casussen/{casus.nummer}/sluit", casus.versie)
    assert antwoord.status_code == 403
    assert antwoord.json()["detail"].startswith("Dit kan alleen wie ")


@pytest.mark.regel("WVT-5")
def test_een_stap_die_niet_past_en_een_reden_die_ontbreekt_worden_geweigerd(noor, casus):
    baas = als(factories.medewerker(Rol.TEAMLEIDER))
    adres = f"/api/v1/casussen/{casus.nummer}"
    assert zet(baas, f"{adres}/herstel", casus.versie, reden="te vroeg").status_code == 409
    zet(als(noor), f"{adres}/sluit", casus.versie)
    leeg = zet(baas, f"{adres}/herstel", casus.versie + 1, reden="  ")
    assert leeg.status_code == 409
    assert leeg.json()["belemmeringen"][0]["pointer"] == "/reden"
    assert leeg.json()["belemmeringen"][0]["regel"]["id"] == "WVT-5"
    assert Casus.objects.get(pk=casus.pk).stand == Casus.Stand.GESLOTEN


@pytest.mark.regel("RW-7.5")
def test_een_directbetrokkene_wordt_nooit_betrokken_derde_ook_niet_door_de_api(noor, casus):
    direct = factories.betrokkene(casus)
    client = als(noor)
    assert client.get(f"/api/v1/betrokkenen/{direct.pk}").json()["stappen"] == []
    assert zet(client, f"/api/v1/betrokkenen/{direct.pk}/wordt-derde", direct.versie).status_code == 404
    assert (
        zet(client, f"/api/v1/betrokkenen/{direct.pk}/wordt-directbetrokkene", direct.versie, reden="x").status_code
        == 409
    )


@pytest.mark.parametrize(
    ("inhoud", "pointers"),
    [
        ({}, ["/reden"]),
        ({"reden": 3}, ["/reden"]),
        ({"reden": "x", "door": 1}, ["/door"]),
        ({"redden": "x"}, ["/reden", "/redden"]),
        ([], [""]),
        ('"x"', [""]),
    ],
)
def test_een_bericht_dat_niet_klopt_noemt_elke_plek(noor, casus, inhoud, pointers):
    derde = factories.betrokkene(casus, rol=Betrokkene.Rol.DERDE)
    antwoord = als(noor).post(
        f"/api/v1/betrokkenen/{derde.pk}/wordt-directbetrokkene",
        inhoud,
        content_type="application/json",
        headers={"If-Match": f'"{derde.versie}"'},
    )
    assert antwoord.status_code == 400
    assert [fout["pointer"] for fout in antwoord.json()["errors"]] == pointers


@pytest.mark.parametrize("nummer", ["abc", "0", "999999999999999999999", "²", "1%00", "-1"])
def test_een_vreemde_sleutel_is_er_niet(noor, nummer):
    assert als(noor).get(f"/api/v1/betrokkenen/{nummer}").status_code == 404


def test_een_stap_vraagt_het_csrf_teken_van_de_sessie(noor, casus):
    streng = als(noor, enforce_csrf_checks=True)
    antwoord = zet(streng, f"/api/v1/casussen/{casus.nummer}/sluit", casus.versie)
    assert antwoord.status_code == 403
    assert Casus.objects.get(pk=casus.pk).is_open


def test_de_sleutel_van_een_afzender_zet_geen_stap(casus):
    _, sleutel = Afzender.nieuw("Politie Merenland")
    for methode in ("get", "post"):
        pad = f"/api/v1/casussen/{casus.nummer}" + ("/sluit" if methode == "post" else "")
        antwoord = getattr(Client(), methode)(pad, headers={"Authorization": f"Bearer {sleutel}"})
        assert antwoord.status_code == 403, antwoord.content.decode()


def test_elke_stap_van_elke_machine_heeft_een_adres():
    gevonden = 0
    for model in modellen():
        assert model.api_soort == model.api_soort.lower()
        assert "_" not in model.api_soort
        for overgang in model.overgangen():
            if not past_in_bericht(model, overgang):
                assert overgang.mag.zin == is_systeem.zin, f"{model.__name__}.{overgang.naam}"
                continue
            assert reverse(f"stap-{model.api_soort}-{overgang.naam}", args=["x"])
            assert {p.name for p in overgang.gegevens} <= set(gegevens_van(model, overgang)().fields)
            gevonden += 1
    assert gevonden >= 9


def test_een_verwijzing_wijst_naar_dezelfde_casus_en_naar_wie_er_werkt(noor, casus):
    def parameter(soort: str) -> inspect.Parameter:
        return inspect.Parameter("wie", inspect.Parameter.KEYWORD_ONLY, annotation=soort)

    from rest_framework import serializers

    def lees(soort: str, waarde: object) -> object:
        vorm = type("Vorm", (serializers.Serializer,), {"wie": veld_voor(parameter(soort), Casus)})
        gevuld = vorm(data={"wie": waarde}, context={"stuk": casus})
        return gevuld.validated_data["wie"] if gevuld.is_valid() else None

    eigen, vreemd = factories.betrokkene(casus), factories.betrokkene(factories.casus(noor))
    assert lees("Betrokkene", eigen.pk) == eigen
    assert lees("Betrokkene", vreemd.pk) is None
    assert lees("Medewerker", noor.pk) == noor
    assert lees("Medewerker", factories.systeem().pk) is None
    assert lees("Medewerker | None", None) is None
    assert lees("list[Betrokkene]", [eigen.pk]) == [eigen]
    for raar in (True, "x", [], {}, 10**30):
        assert lees("Betrokkene", raar) is None
