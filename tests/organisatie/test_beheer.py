"""What an administrator may set, and what not: national codes stay, nobody grants rights to themselves."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests import factories
from vt_cvs.organisatie.lijsten import breng_bij, landelijke_codes
from vt_cvs.organisatie.models import Afzender, Code, Instelling, Medewerker, Rol
from vt_cvs.organisatie.selectors import instellingen, keuzes, labels

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def beheerder():
    return factories.medewerker(Rol.BEHEERDER, naam="Bea Beheer")


@pytest.fixture
def beheer(beheerder):
    client = Client()
    client.force_login(beheerder)
    return client


@pytest.mark.regel("RW-2.5")
@pytest.mark.parametrize(
    "opdracht",
    [
        "DELETE FROM organisatie_code WHERE code = 'jv-politie'",
        "UPDATE organisatie_code SET label = 'Politie' WHERE code = 'jv-politie'",
        "UPDATE organisatie_code SET lijst = 'elders' WHERE code = 'jv-politie'",
    ],
    ids=["verwijderen", "hernoemen", "verplaatsen"],
)
def test_een_landelijke_code_staat_vast_voor_sql(opdracht):
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(opdracht)


@pytest.mark.regel("RW-2.5")
def test_een_landelijke_code_staat_vast_in_beheer(beheer):
    code = Code.objects.get(lijst="organisatie_melder", code="jv-politie")
    adres = f"/beheer/organisatie/code/{code.pk}/change/"
    beheer.post(adres, {"label": "Politie!", "lijst": "elders", "code": "x", "volgorde": "3"})
    code.refresh_from_db()
    assert (code.lijst, code.code, code.label) == ("organisatie_melder", "jv-politie", "J en V: politie")
    assert beheer.post(f"/beheer/organisatie/code/{code.pk}/delete/", {"post": "yes"}).status_code == 403


def test_een_eigen_code_mag_erbij_en_eindigt_met_een_datum(beheer):
    Code.objects.create(lijst="hulpverlening", code="wijkteam", label="Wijkteam Lindedijk", geldig_tot="2020-01-01")
    assert "wijkteam" in labels("hulpverlening")
    assert "wijkteam" not in dict(keuzes("hulpverlening"))


def test_bijwerken_van_de_lijsten_mag_twee_keer_en_laat_eigen_codes_staan():
    Code.objects.create(lijst="hulpverlening", code="eigen", label="Eigen")
    breng_bij()
    breng_bij()
    assert Code.objects.filter(landelijk=True).count() == len(landelijke_codes())
    assert Code.objects.filter(code="eigen").exists()


def test_niemand_geeft_zichzelf_rechten(beheer, beheerder):
    adres = f"/beheer/organisatie/medewerker/{beheerder.pk}/change/"
    beheer.post(
        adres,
        {
            "naam": "Bea Beheer",
            "email": beheerder.email,
            "rollen": ["beheerder", "achterkant"],
            "is_active": "on",
            "team": beheerder.team_id,
        },
    )
    assert Medewerker.objects.get(pk=beheerder.pk).rollen == ["beheerder"]


def test_beheer_kent_geen_casus_en_geen_persoon(beheer):
    pagina = beheer.get("/beheer/").content.decode()
    for woord in ("casus", "persoon", "melding/", "betrokkene"):
        assert f"/beheer/{woord}" not in pagina
    for adres in ("/beheer/casus/casus/", "/beheer/melding/melding/", "/beheer/triage/vht/"):
        assert beheer.get(adres).status_code == 404


def test_een_sleutel_is_een_keer_te_zien_en_staat_alleen_als_vingerafdruk_in_de_database(beheer):
    antwoord = beheer.post(
        "/beheer/organisatie/afzender/add/",
        {"naam": "Politie Merenland", "soort": "organisatie", "organisatietype": "jv-politie", "actief": "on"},
        follow=True,
    )
    assert "eenmalig te zien" in antwoord.content.decode()
    afzender = Afzender.objects.get()
    assert len(afzender.sleutel_hash) == 64
    assert "eenmalig te zien" not in beheer.get("/beheer/organisatie/afzender/").content.decode()


@pytest.mark.parametrize("rol", [r for r in Rol if r != Rol.BEHEERDER])
def test_alleen_een_beheerder_komt_in_beheer(rol):
    client = Client()
    client.force_login(factories.medewerker(rol))
    assert client.get("/beheer/", follow=True).status_code == 403


def test_een_systeemmedewerker_kan_niet_inloggen():
    klok = factories.systeem()
    assert not klok.has_usable_password()
    with pytest.raises(DatabaseError), transaction.atomic():
        Medewerker.objects.filter(pk=klok.pk).update(password="argon2$iets")


def test_inloggen_met_een_verkeerd_wachtwoord_zegt_wat_te_doen():
    factories.medewerker()
    pagina = Client().post("/account/login/", {"login": "x@merenland.example", "password": "fout"}).content.decode()
    assert "horen niet bij elkaar" in pagina


def test_zonder_tweede_factor_komt_niemand_verder_waar_die_verplicht_is(settings):
    settings.TWEEDE_FACTOR_VERPLICHT = True
    client = Client()
    client.force_login(factories.medewerker())
    antwoord = client.get("/werk/")
    assert antwoord.status_code == 302
    assert "totp" in antwoord["Location"]


@pytest.mark.regel("RW-10.4")
def test_de_disclaimer_mag_anders_maar_niet_leeg(beheer):
    instellingen()
    beheer.post(
        "/beheer/organisatie/instelling/1/change/",
        {"disclaimer": "   ", "norm_caseload": 18, "herinneren_vooraf": 2, "register_vanzelf": "on"},
    )
    assert Instelling.objects.get().disclaimer.strip()
    with pytest.raises(DatabaseError, match="rw_10_4"), transaction.atomic():
        Instelling.objects.update(disclaimer=" ")


def test_een_nieuwe_afzender_mag_heten_zoals_een_andere_ooit_heette():
    eerste, _ = Afzender.nieuw("Politie Merenland")
    Afzender.objects.filter(pk=eerste.pk).update(naam="Politie Oost")
    tweede, _ = Afzender.nieuw("Politie Merenland")
    assert tweede.medewerker_id != eerste.medewerker_id
