"""The pages of triage: nothing typed is lost, two people may write at once, and the rules speak on screen and API."""

from __future__ import annotations

import pytest
from django.utils import timezone

from casus.models import Casus
from casus.services.vastleggen import leg_contact_vast, leg_score_vast
from tests import factories
from triage.models import VHT, Antwoord, Bevestiging, Feit, Geweldsvorm, Triagebesluit
from triage.services import beantwoord, voeg_vorm_toe
from vt_cvs.kern.models import Toegang
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def invulling(vht: VHT, **anders: str) -> dict[str, str]:
    """The whole page as a browser sends it."""
    data: dict[str, str] = {"nieuw-vorm": "", "nieuw-feit": "", "nieuw-bron": ""}
    for rij in Antwoord.objects.filter(vht=vht):
        waarde = {True: "ja", False: "nee", None: ""}[rij.waarde]
        data |= {f"{rij.vraag}-feit": rij.feit, f"{rij.vraag}-bron": rij.bron, f"{rij.vraag}-versie": str(rij.versie)}
        if waarde:
            data[f"{rij.vraag}-waarde"] = waarde
    for vorm in Geweldsvorm.objects.filter(vht=vht):
        naam = f"vorm-{vorm.pk}"
        data |= {f"{naam}-vorm": vorm.vorm, f"{naam}-feit": "", f"{naam}-bron": "", f"{naam}-versie": str(vorm.versie)}
    for feit in Feit.objects.filter(vht=vht):
        naam = f"feit-{feit.pk}"
        data |= {f"{naam}-feit": feit.feit, f"{naam}-bron": feit.bron, f"{naam}-versie": str(feit.versie)}
    return data | {naam.replace("_", "-"): waarde for naam, waarde in anders.items()}


def alles_nee(vht: VHT) -> dict[str, str]:
    return {f"{rij.vraag}_waarde": "nee" for rij in Antwoord.objects.filter(vht=vht)}


@pytest.fixture
def vht(noor) -> VHT:
    return factories.vht(door=noor)


# --- the VHT ----------------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-8.8")
@pytest.mark.parametrize("vraag", ["A1", "B1"])
def test_ook_bij_een_positieve_a_of_b_raadt_het_scherm_c_aan_en_houdt_het_niets_tegen(noor, als, vraag):
    vht = factories.vht(door=noor, **{vraag: True})
    blad = als(noor).get(vht.pad()).content.decode()
    assert "Hier niet verplicht" in blad
    assert "Aanbevolen: het gaat mee naar volgende meldingen." in blad
    for c in vht.antwoorden.filter(onderdeel="C"):
        assert f'name="{c.vraag}-waarde"' in blad, "C is in te vullen"
    vast = voer_uit(vht, "stel_vast", door=noor, motivering="De rest is nog niet bekend.")
    assert vast.stand == VHT.Stand.VASTGESTELD


@pytest.mark.regel("RW-8.5", "WVT-3", "RW-3.8")
def test_naast_de_vragen_staat_alles_wat_bekend_is_en_geen_advies(noor, als, vht):
    casus = vht.casus
    persoon = factories.persoon(noor, achternaam="Brouwers")
    voor = factories.voeg_betrokkene_toe(casus, persoon, door=noor)
    leg_contact_vast(casus, door=noor, verslag="Moeder durft niet naar huis.", met="moeder")
    leg_score_vast(voor, 3, door=noor)
    eerder = factories.melding(door=noor, situatie="Eerdere ruzie om geld.").casus
    factories.voeg_betrokkene_toe(eerder, persoon, door=noor)
    vreemd = factories.melding(door=factories.buitenstaander(), situatie="Geheim van Oost.").casus
    factories.voeg_betrokkene_toe(vreemd, persoon, door=vreemd.verantwoordelijke)
    advies = factories.advies(noor).casus
    factories.voeg_betrokkene_toe(advies, persoon, door=noor)
    pagina = als(noor).get(vht.pad()).content.decode()
    for tekst in (
        vht.melding.nummer,
        "Moeder durft niet naar huis.",
        "laatst 3, ",
        "Eerdere ruzie om geld.",
        vreemd.nummer,
    ):
        assert tekst in pagina
    assert "Geheim van Oost." not in pagina
    assert advies.nummer not in pagina
    assert Toegang.objects.filter(casus_id=eerder.pk, grond=f"VHT bij {vht.melding.nummer}").exists()
    assert not Toegang.objects.filter(casus_id=vreemd.pk).exists()


def test_een_vht_van_een_ander_team_of_die_er_niet_is(als, vht, noor):
    assert als(factories.buitenstaander()).get(vht.pad()).status_code == 403
    assert als(noor).get(f"{vht.casus.pad()}vht/M-000-000-000/").status_code == 404


def test_zonder_javascript_bewaart_een_knop_alles(noor, als, vht):
    data = invulling(
        vht,
        A1_waarde="ja",
        A1_feit="Rode plek op de wang.",
        A1_bron="politie",
        B1_waarde="nee",
        nieuw_feit="Kinderen op de trap.",
        actie="bewaren",
    )
    antwoord = als(noor).post(vht.pad(), data)
    assert (antwoord.status_code, antwoord["Location"]) == (302, vht.pad())
    a1 = vht.antwoorden.get(vraag="A1")
    assert (a1.waarde, a1.feit, a1.bron) == (True, "Rode plek op de wang.", "politie")
    assert vht.antwoorden.get(vraag="B1").waarde is False
    assert vht.vormen.get().vorm == "onbekend"  # a fact without a form is kept, not refused
    assert vht.antwoorden.get(vraag="A2").versie == 1


def test_een_antwoord_is_weer_open_te_zetten(noor, als, vht):
    beantwoord(vht.antwoorden.get(vraag="B1"), door=noor, waarde=True)
    als(noor).post(vht.pad(), invulling(vht, wis="B1"))
    assert vht.antwoorden.get(vraag="B1").waarde is None


def test_een_antwoord_bewaart_zichzelf_en_geeft_de_conclusie_terug(noor, als, vht):
    adres = f"{vht.pad()}rij/A2/"
    antwoord = als(noor).post(adres, invulling(vht, A2_waarde="ja"), headers=HTMX)
    deel = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "Acuut onveilig" in deel
    assert "omdat A2 ‘ja’ is" in deel
    assert 'name="A2-versie" value="2"' in deel
    assert "<html" not in deel
    assert als(noor).get(adres).status_code == 405
    assert als(noor).post(f"{vht.pad()}rij/Z9/", {}, headers=HTMX).status_code == 404


def test_wie_te_laat_is_ziet_beide_antwoorden_en_verliest_niets(noor, sanne, als, vht):
    oud = invulling(vht, A1_waarde="ja", A1_feit="Mijn feit.", B1_waarde="nee")
    beantwoord(vht.antwoorden.get(vraag="A1"), door=sanne, waarde=False, feit="Feit van Sanne.", bron="school")
    antwoord = als(noor).post(vht.pad(), oud | {"actie": "bewaren"})
    pagina = antwoord.content.decode()
    assert "Sanne de Wit bewaarde" in pagina
    assert "‘nee’, feit: Feit van Sanne.; bron: school" in pagina
    assert "Mijn feit." in pagina
    assert vht.antwoorden.get(vraag="A1").feit == "Feit van Sanne."
    assert vht.antwoorden.get(vraag="B1").waarde is False  # what did not collide has been saved
    vers = Antwoord.objects.get(vht=vht, vraag="A1").versie
    als(noor).post(vht.pad(), oud | {"A1-versie": str(vers)})
    assert vht.antwoorden.get(vraag="A1").feit == "Mijn feit."


def test_wat_ik_niet_aanraakte_overschrijft_niets_van_een_ander(noor, sanne, als, vht):
    oud = invulling(vht, A1_feit="Mijn feit.")
    beantwoord(vht.antwoorden.get(vraag="A1"), door=sanne, waarde=True)
    beantwoord(vht.antwoorden.get(vraag="B2"), door=sanne, waarde=True, feit="Van Sanne.")
    assert als(noor).post(vht.pad(), oud).status_code == 302
    a1, b2 = vht.antwoorden.get(vraag="A1"), vht.antwoorden.get(vraag="B2")
    assert (a1.waarde, a1.feit) == (True, "Mijn feit.")
    assert (b2.waarde, b2.feit) == (True, "Van Sanne.")


def test_ook_bij_een_enkel_antwoord_komt_de_botsing_erbij(noor, sanne, als, vht):
    oud = invulling(vht, A1_waarde="ja")
    beantwoord(vht.antwoorden.get(vraag="A1"), door=sanne, waarde=False)
    deel = als(noor).post(f"{vht.pad()}rij/A1/", oud, headers=HTMX).content.decode()
    assert "Sanne de Wit bewaarde" in deel
    assert 'name="A1-versie" value="2"' in deel
    assert vht.antwoorden.get(vraag="A1").waarde is False


@pytest.mark.regel("RW-8.12", "RW-8.7")
def test_vaststellen_zegt_alles_tegelijk_met_de_plek_en_bewaart_wat_er_staat(noor, als, vht):
    vorm = voeg_vorm_toe(vht, door=noor, vorm="km-getuige")
    nee = {naam: waarde for naam, waarde in alles_nee(vht).items() if not naam.startswith("C")}
    antwoord = als(noor).post(vht.pad(), invulling(vht, **nee, actie="vaststellen", motivering="toch"))
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert f"#id_vorm-{vorm.pk}-feit" in pagina
    assert f'id="id_vorm-{vorm.pk}-feit"' in pagina
    assert "Beantwoord C1: zonder acute of structurele onveiligheid is C nodig." in pagina
    assert vht.antwoorden.filter(waarde=False).count() == 8
    assert not VHT.objects.get(pk=vht.pk).is_vastgesteld


@pytest.mark.regel("RW-8.18")
def test_een_open_vraag_vraagt_op_het_scherm_om_een_motivering(noor, als, vht):
    nee = alles_nee(vht) | {"B1_waarde": "ja", "A4_waarde": ""}
    antwoord = als(noor).post(vht.pad(), invulling(vht, **nee, actie="vaststellen"))
    assert antwoord.status_code == 422
    assert "Waarom stel je de eindconclusie nu al vast?" in antwoord.content.decode()
    antwoord = als(noor).post(vht.pad(), invulling(vht, **nee, actie="vaststellen", motivering="Niet te vragen."))
    assert antwoord["Location"] == VHT.objects.get(pk=vht.pk).besluit.pad()
    assert VHT.objects.get(pk=vht.pk).eindconclusie == "structureel"


@pytest.mark.regel("RW-8.13")
def test_acuut_is_nooit_uitgeschakeld_en_bewaart_eerst(noor, als, vht):
    pagina = als(noor).get(vht.pad()).content.decode()
    knop = pagina[pagina.index('value="acuut"') - 200 : pagina.index('value="acuut"') + 60]
    assert "aria-disabled" not in knop
    antwoord = als(noor).post(vht.pad(), invulling(vht, A1_waarde="ja", actie="acuut"))
    assert antwoord["Location"].endswith("?acuut=1")
    assert vht.antwoorden.get(vraag="A1").waarde is True


@pytest.mark.parametrize("teken", ["\x00", "\u202e", "😀", "a" * 300])
def test_vreemde_invoer_geeft_een_antwoord_en_nooit_een_storing(noor, als, vht, teken):
    antwoord = als(noor).post(
        vht.pad(), invulling(vht, A1_feit=teken, A1_bron=teken, A2_waarde=teken, weg=teken, wis=teken)
    )
    assert antwoord.status_code in {302, 422}


def test_wie_alleen_mag_lezen_kan_niets_invullen(noor, als, vht):
    deskundige = factories.medewerker(Rol.GEDRAGSWETENSCHAPPER, van=factories.team("Oost"))
    factories.betrokkene(vht.casus, door=noor)
    voer_uit(vht.besluit, "leg_voor", door=noor, uitkomst="bij_vt", tweede=deskundige, motivering="spoed")
    pagina = als(deskundige).get(vht.pad()).content.decode()
    assert 'name="actie"' not in pagina
    als(deskundige).post(vht.pad(), invulling(vht, A1_waarde="ja"))
    assert vht.antwoorden.get(vraag="A1").waarde is None


def test_een_gesloten_casus_laat_de_vht_zien_en_niet_wijzigen(noor, als, vht):
    assert "Alles bewaren" in als(noor).get(vht.pad()).content.decode()
    vht.casus.stappen.update(geeindigd_op=timezone.now())
    Casus.objects.filter(pk=vht.casus.pk).update(stand="gesloten", gesloten_op=timezone.now())
    assert "Alles bewaren" not in als(noor).get(vht.pad()).content.decode()
    als(noor).post(vht.pad(), invulling(vht, A1_waarde="ja"))
    als(noor).post(f"{vht.pad()}rij/A1/", invulling(vht, A1_waarde="ja"), headers=HTMX)
    assert vht.antwoorden.get(vraag="A1").waarde is None
    antwoord = als(noor).post(f"{vht.pad()}rij/A1/", invulling(vht, A1_waarde="ja"), headers=HTMX)
    assert "De casus is gesloten." in antwoord.content.decode()


# --- the decision -----------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-8.10")
def test_voorleggen_vraagt_een_ander_en_zegt_dat_bij_het_veld(noor, sanne, als, vht):
    besluit = vht.besluit
    for tweede in ("", str(noor.pk), str(factories.collega(noor, Rol.VOORKANT).pk)):
        antwoord = als(noor).post(besluit.pad(), {"uitkomst": "bij_vt", "tweede": tweede, "toelichting": "Mijn tekst."})
        assert antwoord.status_code == 422
        assert "Mijn tekst." in antwoord.content.decode()
    assert "Noem een ander dan jezelf" in antwoord.content.decode()
    data = {"uitkomst": "bij_vt", "tweede": sanne.pk, "toelichting": "Mijn tekst.", "versie": besluit.versie}
    antwoord = als(noor).post(besluit.pad(), data)
    assert "Waarom leg je het besluit nu al voor?" in antwoord.content.decode()  # RW-8.18: the VHT is not ready
    assert als(noor).post(besluit.pad(), data | {"motivering": "spoed"}).status_code == 302
    assert Triagebesluit.objects.get().stand == "voorgelegd"


def test_een_concept_bewaren_vraagt_niets(noor, als, vht):
    antwoord = als(noor).post(vht.besluit.pad(), {"toelichting": "Half af.", "actie": "bewaren", "versie": 1})
    assert antwoord.status_code == 302
    assert Triagebesluit.objects.get().toelichting == "Half af."
    assert "Half af." in als(noor).get(vht.besluit.pad()).content.decode()


@pytest.mark.regel("RW-8.13", "RW-8.10", "RW-8.10b")
def test_acuut_vraagt_op_het_scherm_alleen_een_naam_en_een_reden(noor, sanne, als, vht):
    adres = f"{vht.besluit.pad()}?acuut=1"
    antwoord = als(noor).post(adres, {"tweede": noor.pk, "motivering": "Direct gevaar."})
    assert antwoord.status_code == 422
    assert "Direct gevaar." in antwoord.content.decode()
    assert als(noor).post(adres, {"tweede": sanne.pk, "motivering": "Direct gevaar."}).status_code == 302
    besluit = Triagebesluit.objects.get()
    assert (besluit.acuut, besluit.uitkomst) == (True, "bij_vt")
    pagina = als(noor).get(besluit.pad()).content.decode()
    assert "Nog te bevestigen" in pagina


@pytest.mark.regel("RW-8.10b")
def test_tekenen_is_lezen_kiezen_en_tekenen_met_niets_vooraf_gekozen(noor, sanne, als):
    besluit = factories.besluit("voorgelegd", door=noor, tweede=sanne)
    adres = besluit.tekenpad()
    pagina = als(sanne).get(adres).content.decode()
    assert "Tekenen als Sanne de Wit" in pagina
    assert "checked" not in pagina
    for deel in ("Waar het op rust", "Feiten", "Wie het betreft", "Na tekenen"):
        assert deel in pagina
    assert "Kies eerst je oordeel." in als(sanne).post(adres, {"oordeel": ""}).content.decode()
    assert als(sanne).post(adres, {"oordeel": "eens", "versie": besluit.versie}).status_code == 302
    assert Triagebesluit.objects.get().is_genomen
    assert Bevestiging.objects.get().getekend_door == sanne


@pytest.mark.regel("RW-8.10")
def test_de_opsteller_krijgt_geen_knop_en_ook_geen_handtekening(noor, sanne, als):
    besluit = factories.besluit("voorgelegd", door=noor, tweede=sanne)
    pagina = als(noor).get(besluit.tekenpad()).content.decode()
    assert "Je hebt het zelf opgesteld" in pagina
    antwoord = als(noor).post(besluit.tekenpad(), {"oordeel": "eens"})
    assert antwoord.status_code == 422
    assert Triagebesluit.objects.get().stand == "voorgelegd"


def test_terug_met_bezwaar_vraagt_wat_het_bezwaar_is(noor, sanne, als):
    besluit = factories.besluit("voorgelegd", door=noor, tweede=sanne)
    antwoord = als(sanne).post(besluit.tekenpad(), {"oordeel": "terug", "toelichting": " "})
    assert "Schrijf je vraag of bezwaar op" in antwoord.content.decode()
    als(sanne).post(besluit.tekenpad(), {"oordeel": "terug", "toelichting": "Kan het wijkteam?"})
    pagina = als(noor).get(besluit.pad()).content.decode()
    assert "Kan het wijkteam?" in pagina
    assert "Voorleggen aan collega" in pagina


def test_wie_tekent_wat_intussen_is_teruggehaald_hoort_dat(noor, sanne, als):
    besluit = factories.besluit("voorgelegd", door=noor, tweede=sanne)
    versie = besluit.versie
    assert als(noor).post(f"{besluit.pad()}terughalen/").status_code == 302
    voer_uit(besluit, "leg_voor", door=noor, uitkomst="einde", tweede=sanne)
    antwoord = als(sanne).post(besluit.tekenpad(), {"oordeel": "eens", "versie": versie, "toelichting": "Akkoord."})
    pagina = antwoord.content.decode()
    assert "Het voorstel is intussen gewijzigd." in pagina
    assert "Akkoord." in pagina
    assert "Einde bemoeienis" in pagina
    vers = Triagebesluit.objects.get()
    assert vers.stand == "voorgelegd"
    assert f'name="versie" value="{vers.versie}"' in pagina


def test_achteraf_bevestigen_gaat_op_dezelfde_pagina(noor, sanne, als):
    besluit = factories.besluit(acuut=True, door=noor, tweede=sanne)
    assert "Het geldt al; jouw handtekening volgt nu." in als(sanne).get(besluit.tekenpad()).content.decode()
    ander = factories.collega(noor)
    assert als(noor).post(f"{besluit.pad()}bevestiger/", {"tweede": ander.pk}).status_code == 302
    als(ander).post(besluit.tekenpad(), {"oordeel": "eens"})
    assert besluit.is_bevestigd
    assert als(ander).post(besluit.tekenpad(), {"oordeel": "eens"}).status_code == 422


@pytest.mark.regel("RW-9.3", "RW-8.19")
def test_een_genomen_besluit_is_op_het_scherm_niet_te_wijzigen_maar_krijgt_een_aantekening(noor, sanne, als):
    besluit = factories.besluit("genomen", door=noor, tweede=sanne)
    pagina = als(noor).get(besluit.pad()).content.decode()
    assert "Staat vast." in pagina
    assert 'name="uitkomst"' not in pagina
    for data in ({"uitkomst": "einde", "tweede": sanne.pk}, {"actie": "bewaren", "toelichting": "Anders"}):
        antwoord = als(noor).post(besluit.pad(), data)
        assert antwoord.status_code == 422
    assert (
        "kan niet: triagebesluit is genomen"
        in als(noor).post(besluit.pad(), {"uitkomst": "einde", "tweede": sanne.pk}).content.decode()
    )
    assert als(noor).post(f"{besluit.pad()}terughalen/").status_code == 422
    assert Triagebesluit.objects.get().uitkomst == "bij_vt"
    assert als(noor).post(f"{besluit.pad()}aantekening/", {"aantekening": "Later bleek meer."}).status_code == 302
    assert "Later bleek meer." in als(noor).get(besluit.pad()).content.decode()
    assert als(noor).post(f"{besluit.pad()}aantekening/", {"aantekening": ""}).status_code == 422


@pytest.mark.regel("RW-4.13")
def test_wat_mensen_typen_blijft_platte_tekst(noor, sanne, als):
    besluit = factories.vht("vastgesteld", door=noor).besluit
    tekst = "<script>alert(1)</script>"
    voer_uit(besluit, "leg_voor", door=noor, uitkomst="bij_vt", tweede=sanne, toelichting=tekst)
    assert tekst not in als(sanne).get(besluit.tekenpad()).content.decode()


def test_een_besluitpagina_stelt_een_vast_aantal_vragen(noor, als, django_assert_max_num_queries):
    besluit = factories.besluit("voorgelegd", door=noor)
    for n in range(4):
        voeg_vorm_toe(besluit.vht, door=noor, vorm="km-getuige", feit=f"feit {n}", bron="school")
        factories.betrokkene(besluit.casus, door=noor, achternaam=f"Persoon {n}")
    client = als(noor)
    with django_assert_max_num_queries(45):
        assert client.get(besluit.tekenpad()).status_code == 200
    with django_assert_max_num_queries(60):
        assert client.get(besluit.vht.pad()).status_code == 200


# --- the same rules through the API -----------------------------------------------------------------------------


def zet(client, soort: str, nummer: str, stap: str, **inhoud):
    versie = client.get(f"/api/v1/{soort}/{nummer}").json()["versie"]
    return client.post(
        f"/api/v1/{soort}/{nummer}/{stap}", inhoud, content_type="application/json", headers={"If-Match": f'"{versie}"'}
    )


@pytest.mark.regel("RW-8.12", "RW-8.7")
def test_de_api_stelt_geen_eindconclusie_vast_zonder_feit_bron_en_c(noor, als, vht):
    voeg_vorm_toe(vht, door=noor, vorm="km-getuige")
    antwoord = zet(als(noor), "vhts", vht.melding.nummer, "stel-vast", motivering="toch")
    assert antwoord.status_code == 409
    assert {"RW-8.12", "RW-8.7"} <= {b["regel"]["id"] for b in antwoord.json()["belemmeringen"]}
    assert not VHT.objects.get().is_vastgesteld


@pytest.mark.regel("RW-8.22")
def test_de_api_kent_geen_veld_om_de_conclusie_in_te_voeren(noor, als, vht):
    antwoord = zet(als(noor), "vhts", vht.melding.nummer, "stel-vast", eindconclusie="geen", criterium_b=False)
    assert antwoord.status_code in {400, 422}
    assert not VHT.objects.get().is_vastgesteld


@pytest.mark.regel("RW-8.10")
def test_de_api_wil_ook_twee_namen(noor, als):
    besluit = factories.besluit(door=noor)
    nummer = besluit.vht.melding.nummer
    for tweede in (None, noor.pk):
        for stap, meer in (("leg-voor", {"uitkomst": "bij_vt"}), ("neem-acuut", {"motivering": "spoed"})):
            antwoord = zet(als(noor), "triagebesluiten", nummer, stap, tweede=tweede, **meer)
            assert antwoord.status_code == 409
            assert antwoord.json()["belemmeringen"][0]["regel"]["id"] == "RW-8.10"
    voer_uit(besluit, "leg_voor", door=noor, uitkomst="bij_vt", tweede=factories.collega(noor))
    assert zet(als(noor), "triagebesluiten", nummer, "bevestig").status_code == 403


@pytest.mark.regel("RW-8.19", "RW-9.3")
def test_de_api_neemt_geen_tweede_besluit_en_wijzigt_het_eerste_niet(noor, sanne, als):
    besluit = factories.besluit("genomen", door=noor, tweede=sanne)
    nummer = besluit.vht.melding.nummer
    for stap, inhoud in (
        ("leg-voor", {"uitkomst": "einde", "tweede": sanne.pk}),
        ("neem-acuut", {"tweede": sanne.pk, "motivering": "spoed"}),
        ("haal-terug", {}),
        ("geef-terug", {"toelichting": "Nee."}),
    ):
        assert zet(als(noor), "triagebesluiten", nummer, stap, **inhoud).status_code == 409
    for methode in ("put", "patch", "delete"):
        assert getattr(als(noor), methode)(f"/api/v1/triagebesluiten/{nummer}").status_code == 405
    assert Triagebesluit.objects.get().uitkomst == "bij_vt"


# --- one page, few questions to the database --------------------------------------------------------------------


def test_de_vht_en_het_tekenen_vragen_even_weinig_met_een_verleden_als_zonder(
    noor, als, vht, django_assert_max_num_queries
):
    persoon = factories.persoon(noor, achternaam="Brouwers")
    for casus in (vht.casus, factories.melding(door=noor).casus, factories.melding(door=noor).casus):
        leg_score_vast(factories.voeg_betrokkene_toe(casus, persoon, door=noor), 3, door=noor)
    factories.melding(door=noor, casus=vht.casus)
    client = als(noor)
    for pad, hoogstens in ((vht.pad(), 20), (vht.besluit.pad(), 19), (vht.besluit.tekenpad(), 18)):
        client.get(pad)  # with the code lists in the cache
        with django_assert_max_num_queries(hoogstens):
            assert client.get(pad).status_code == 200


def test_wie_gevraagd_is_te_tekenen_ziet_dat_als_volgende_stap(noor, als, vht):
    sanne = factories.collega(noor)
    voer_uit(
        vht.besluit, "leg_voor", door=noor, uitkomst="bij_vt", tweede=sanne, toelichting="Samen verder.", motivering="x"
    )
    tekenen, invullen = vht.besluit.tekenpad(), vht.pad()
    kop = als(sanne).get(vht.casus.pad()).context["volgende"]
    assert kop.pad == tekenen
    assert kop.titel == "Triagebesluit toetsen en tekenen"
    assert als(noor).get(vht.casus.pad()).context["volgende"].pad in {invullen, vht.besluit.pad()}
