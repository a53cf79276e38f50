"""Opening what is not yours: with a reason, for a while, and someone looks at it. And a secret address likewise."""

from __future__ import annotations

import pytest
from django.test import Client

from casus import rechten
from casus.models import Casus, Logregel, Persoon, Taak
from casus.selectors import heeft_taak_in, is_betrokken_bij, zichtbare_casussen
from casus.services.noodknop import open_met_noodknop
from tests import factories
from vt_cvs.kern.models import Toegang
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = pytest.mark.django_db
OVERDAG = "2026-11-23T10:00:00+01:00"
NACHT = "2026-11-23T23:00:00+01:00"
LEZEN_EN_DOEN = [rechten.mag_lezen, rechten.mag_vastleggen, rechten.mag_triage, rechten.mag_behandelen]
ADRES = {"straat": "Geheimstraat 7", "postcode": "1234 AB", "plaats": "Oosterveen", "telefoon": "0612345678"}


def ingelogd(medewerker: Medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(naam="Noor Haddad")


@pytest.fixture
def casus(noor) -> Casus:
    return factories.casus(noor)


@pytest.fixture
def crisis() -> Medewerker:
    return factories.medewerker(Rol.CRISISDIENST, van=factories.team("Crisis"))


def afgeschermd(casus: Casus) -> Casus:
    Casus.objects.filter(pk=casus.pk).update(afgeschermd=True)
    casus.genoemden.add(casus.verantwoordelijke)
    return Casus.objects.get(pk=casus.pk)


@pytest.mark.regel("RW-3.8")
@pytest.mark.parametrize("dicht", [False, True], ids=["gewoon", "afgeschermd"])
def test_crisisdienst_opent_s_nachts_een_casus_van_een_ander_alleen_met_een_reden(casus, crisis, time_machine, dicht):
    time_machine.move_to(NACHT, tick=False)
    casus = afgeschermd(casus) if dicht else casus
    assert not any(recht(crisis, casus) for recht in LEZEN_EN_DOEN)
    client = ingelogd(crisis)
    assert client.get(casus.pad()).status_code == 403
    assert client.post(f"{casus.pad()}noodknop/", {"reden": "Politie staat voor de deur"}).status_code == 302
    assert all(recht(crisis, casus) for recht in LEZEN_EN_DOEN)
    assert Taak.objects.filter(soort="noodknop", voor=casus.verantwoordelijke).exists()
    time_machine.move_to("2026-11-24T06:00:00+01:00", tick=False)
    assert all(recht(crisis, casus) for recht in LEZEN_EN_DOEN)
    time_machine.move_to("2026-11-24T10:00:00+01:00", tick=False)
    assert not any(recht(crisis, casus) for recht in LEZEN_EN_DOEN)
    time_machine.move_to("2026-11-24T23:00:00+01:00", tick=False)
    assert not any(recht(crisis, casus) for recht in LEZEN_EN_DOEN)


def test_overdag_heeft_crisisdienst_geen_noodknop(casus, crisis, time_machine):
    time_machine.move_to(OVERDAG, tick=False)
    assert ingelogd(crisis).post(f"{casus.pad()}noodknop/", {"reden": "nieuwsgierig"}).status_code == 422


@pytest.mark.regel("RW-3.3")
def test_een_nieuwe_melding_en_een_acuut_besluit_kunnen_s_nachts_zonder_omweg(crisis, time_machine):
    time_machine.move_to(NACHT, tick=False)
    tweede = factories.medewerker(Rol.ACHTERKANT)
    client = ingelogd(crisis)
    antwoord = client.post("/melding/nieuw/", {"actie": "acuut"})
    assert antwoord.status_code == 302
    assert client.get(antwoord["Location"]).status_code == 200
    casus = Casus.objects.get()
    assert all(recht(crisis, casus) for recht in LEZEN_EN_DOEN)
    besluit = factories.Triagebesluit.objects.get()
    voer_uit(besluit, "neem_acuut", door=crisis, tweede=tweede, motivering="direct gevaar")
    assert not Toegang.objects.filter(gebeurtenis="noodknop").exists()


def test_op_een_afgeschermde_casus_is_de_noodknop_er_altijd_ook_voor_crisisdienst_die_erin_werkt(crisis, time_machine):
    time_machine.move_to(NACHT, tick=False)
    casus = afgeschermd(factories.casus(crisis))
    assert not rechten.mag_lezen(crisis, casus)
    open_met_noodknop(casus, "Ze belt nu", door=crisis)
    assert rechten.mag_lezen(crisis, casus)


@pytest.fixture
def gebruik(casus) -> Logregel:
    factories.medewerker(Rol.PRIVACYFUNCTIONARIS, naam="Pia Bos")
    open_met_noodknop(casus, "Politie aan de lijn", door=factories.buitenstaander())
    return Logregel.objects.get(wat="noodknop")


@pytest.mark.regel("RW-3.8")
def test_wie_gevraagd_is_kijkt_het_gebruik_na_en_dan_is_de_eigen_taak_klaar(noor, casus, gebruik):
    taak = Taak.objects.get(soort="noodknop", voor=noor)
    assert taak.pad == f"{casus.pad()}noodknop/{gebruik.pk}/nakijken/"
    client = ingelogd(noor)
    bladzijde = client.get(taak.pad).content.decode()
    assert "Politie aan de lijn" in bladzijde
    assert str(gebruik.door) in bladzijde
    assert client.post(taak.pad, {"terecht": "nee", "reden": ""}).status_code == 422
    assert client.post(taak.pad, {"terecht": "nee", "reden": "Had kunnen bellen."}).status_code == 302
    regel = Logregel.objects.get(wat="noodknop_nagekeken")
    assert (regel.zin, regel.motivering, regel.door, regel.casus) == (
        "Gebruik van de noodknop nagekeken: niet terecht",
        "Had kunnen bellen.",
        noor,
        casus,
    )
    assert Taak.objects.filter(soort="noodknop", stand="open").count() == 1  # the privacyfunctionaris looks for herself
    assert "Je hebt dit nagekeken" in client.get(taak.pad).content.decode()
    assert client.post(taak.pad, {"terecht": "ja", "reden": "Toch wel."}).status_code == 422
    assert Logregel.objects.filter(wat="noodknop_nagekeken").count() == 1


def test_een_ander_ziet_de_nakijkpagina_niet(noor, casus, gebruik):
    pad = Taak.objects.get(soort="noodknop", voor=noor).pad
    for wie in (factories.collega(noor), gebruik.door, factories.buitenstaander()):
        assert ingelogd(wie).get(pad).status_code == 404
        assert ingelogd(wie).post(pad, {"terecht": "ja", "reden": "x"}).status_code == 404
    ander = factories.casus(noor)
    assert ingelogd(noor).get(f"{ander.pad()}noodknop/{gebruik.pk}/nakijken/").status_code == 404


@pytest.mark.regel("RW-3.8")
def test_nakijken_geeft_alleen_de_privacyfunctionaris_leesrecht_en_alleen_zolang_het_open_is(casus, gebruik):
    privacy = Taak.objects.get(soort="noodknop", voor__naam="Pia Bos").voor
    assert rechten.mag_lezen(privacy, casus)
    taak = Taak.objects.get(soort="noodknop", voor=privacy)
    ingelogd(privacy).post(taak.pad, {"terecht": "ja", "reden": "Er was haast."})
    assert not rechten.mag_lezen(privacy, casus)


@pytest.mark.regel("RW-3.8")
def test_een_nakijktaak_maakt_een_behandelaar_niet_betrokken(casus, gebruik):
    ex = factories.buitenstaander(Rol.ACHTERKANT)
    Taak.objects.filter(soort="noodknop", voor__naam="Noor Haddad").update(voor=ex)
    assert not is_betrokken_bij(ex, casus)
    assert not heeft_taak_in(ex, casus)
    assert not rechten.mag_lezen(ex, casus)
    assert not zichtbare_casussen(ex).exists()


def test_wie_de_noodknop_zelf_gebruikt_kijkt_zichzelf_niet_na(casus):
    privacy = factories.medewerker(Rol.PRIVACYFUNCTIONARIS)
    Casus.objects.filter(pk=casus.pk).update(verantwoordelijke=None)
    leider = factories.medewerker(Rol.TEAMLEIDER)
    open_met_noodknop(Casus.objects.get(pk=casus.pk), "Ik wil het zien", door=privacy)
    assert [t.voor for t in Taak.objects.filter(soort="noodknop")] == [leider]


@pytest.fixture
def schuilt(casus):
    return factories.betrokkene(casus, voornamen="Marloes", achternaam="Verhoeven", adres_geheim=True, **ADRES)


def staat_er(bladzijde: str) -> bool:
    return any(waarde in bladzijde for waarde in ADRES.values())


@pytest.mark.regel("RW-3.8")
def test_een_geheim_adres_staat_pas_in_beeld_na_een_reden_en_dat_is_gelogd(noor, schuilt):
    client, pad = ingelogd(noor), f"{schuilt.pad()}{schuilt.pk}/"
    assert not staat_er(client.get(pad).content.decode())
    zonder = client.post(pad, {"toon_adres": "1", "adres-reden": " "})
    assert zonder.status_code == 422
    assert not staat_er(zonder.content.decode())
    assert not Toegang.objects.filter(gebeurtenis="geheim").exists()
    met = client.post(pad, {"toon_adres": "1", "adres-reden": "Huisbezoek vandaag"})
    assert met.status_code == 200
    assert all(waarde in met.content.decode() for waarde in ADRES.values())
    regel = Toegang.objects.get(gebeurtenis="geheim")
    assert (regel.grond, regel.persoon_id, regel.medewerker) == ("Huisbezoek vandaag", schuilt.persoon_id, noor)
    assert not staat_er(client.get(pad).content.decode())


@pytest.mark.parametrize("verder", [{}, {"adres_geheim": ""}, {"straat": "Elders 1", "telefoon": ""}])
def test_bewaren_zonder_reden_laat_het_adres_en_de_geheimhouding_zoals_ze_waren(noor, schuilt, verder):
    pad = f"{schuilt.pad()}{schuilt.pk}/"
    antwoord = ingelogd(noor).post(pad, {"voornamen": "Marlies", "achternaam": "Verhoeven", **verder})
    assert antwoord.status_code == 302
    persoon = Persoon.objects.get(pk=schuilt.persoon_id)
    assert persoon.voornamen == "Marlies"
    assert {naam: getattr(persoon, naam) for naam in ADRES} == ADRES
    assert persoon.adres_geheim


def test_een_oude_versie_verklapt_het_adres_niet(noor, schuilt):
    pad = f"{schuilt.pad()}{schuilt.pk}/"
    antwoord = ingelogd(noor).post(pad, {"voornamen": "X", "straat": "", "versie": "0"})
    assert antwoord.status_code == 422
    assert not staat_er(antwoord.content.decode())


def test_wie_het_adres_zag_kan_het_wijzigen(noor, schuilt):
    pad = f"{schuilt.pad()}{schuilt.pk}/"
    nieuw = {**ADRES, "straat": "Elders 1", "voornamen": "Marloes", "adres_geheim": "on"}
    assert ingelogd(noor).post(pad, {**nieuw, "adres-reden": "Ze is verhuisd"}).status_code == 302
    assert Persoon.objects.get(pk=schuilt.persoon_id).straat == "Elders 1"
