"""The screens of intake: from a received signal to a report, without typing anything twice and without JavaScript."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casus.models import Betrokkene, Casus, Persoon
from casus.services.casussen import sluit_casus
from melding.aanlevering import AangeleverdeMelder
from melding.models import NTI, Advies, Melding, Signaal
from tests import factories
from vt_cvs.kern.models import Toegang
from vt_cvs.organisatie.models import Medewerker, Rol
from vt_cvs.organisatie.selectors import label

pytestmark = pytest.mark.django_db
TEKST = "Buren hoorden geschreeuw.\n\nMartina verklaarde dat Brouwers een bord gooide."


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


@pytest.fixture
def signaal() -> Signaal:
    return factories.signaal(
        tekst=TEKST,
        melder=AangeleverdeMelder(naam="J. de Wit", functie="wijkagent", email="oosterveen@politie.example"),
        personen=(
            factories.aangeleverd(rol="verdachte", plaats="Almere"),
            factories.aangeleverd(
                voornamen="Shanella",
                achternaam="Martina",
                geboortedatum="09-03-1990",
                rol="slachtoffer",
                plaats="Almere",
            ),
            factories.aangeleverd("kind", voornamen="Noa", achternaam="Brouwers", geboortedatum="", plaats="Almere"),
        ),
    )


@pytest.fixture
def bekend(noor) -> Betrokkene:
    """Shanella Martina, in an open case of a colleague in another team."""
    fatima = factories.medewerker(naam="Fatima Aziz", telefoon="toestel 214", van=factories.team("Oost"))
    casus = factories.casus(fatima)
    return factories.betrokkene(
        casus, voornamen="Shanella", achternaam="Martina", geboortedatum=date(1990, 3, 9), plaats="Almere"
    )


def lees(client: Client, pad: str) -> str:
    antwoord = client.get(pad)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def velden(client: Client, pad: str) -> dict[str, str]:
    """What a browser would send back when nothing is touched."""
    context = client.get(pad).context
    gevuld: dict[str, str] = {"aantal": str(len(context["personen"]))}
    for form in (context["form"], *context["personen"]):
        for veld in form:
            waarde = veld.value()
            if waarde not in (None, "", False):
                gevuld[veld.html_name] = (
                    veld.field.widget.format_value(waarde) or "" if not isinstance(waarde, bool) else "on"
                )
                if isinstance(gevuld[veld.html_name], list):
                    gevuld[veld.html_name] = gevuld[veld.html_name][0]
    return gevuld


def neem_aan(client: Client, pad: str, **anders: str) -> Melding:
    antwoord = client.post(pad, velden(client, pad) | {"actie": "aannemen"} | anders)
    assert antwoord.status_code == 302, antwoord.content.decode()[:4000]
    return Melding.objects.order_by("-id")[0]


@pytest.mark.regel("RW-4.1")
def test_wat_het_signaal_weet_staat_ingevuld_en_de_tekst_ernaast(client, signaal):
    bladzijde = lees(client, signaal.pad())
    for deel in ("Buren hoorden geschreeuw.", "J. de Wit", "oosterveen@politie.example", "09-03-1990", "Martina"):
        assert deel in bladzijde
    gevuld = velden(client, signaal.pad())
    assert gevuld["organisatie"] == "jv-politie"
    assert gevuld["persoon-0-achternaam"] == "Brouwers"
    assert gevuld["persoon-0-aandeel"] == Betrokkene.Aandeel.PLEGER
    assert gevuld["persoon-1-aandeel"] == Betrokkene.Aandeel.ONDERGAAT


@pytest.mark.regel("RW-6.18", "RW-5.12a")
def test_het_meldingsnummer_en_beide_termijnen_staan_in_beeld(client, signaal):
    bladzijde = lees(client, signaal.pad())
    assert signaal.nummer in bladzijde
    assert "werkdagen" in bladzijde
    melding = neem_aan(client, signaal.pad())
    assert melding.nummer == signaal.nummer
    for pad in (melding.pad(), f"{melding.casus.pad()}meldingen/"):
        assert melding.nummer in lees(client, pad)
    assert "5 werkdagen" in lees(client, melding.pad())
    assert "7 dagen" in lees(client, melding.pad())


@pytest.mark.regel("RW-4.1", "RW-6.3")
def test_een_melding_aannemen_vraagt_niets_opnieuw(client, signaal, noor):
    melding = neem_aan(client, signaal.pad())
    assert melding.situatie == TEKST
    assert melding.ontvangen_op == signaal.ontvangen_op
    assert melding.melder.email == "oosterveen@politie.example"
    assert melding.casus.verantwoordelijke == noor
    mensen = melding.casus.betrokkenen.all()
    assert [(str(b), b.aandeel) for b in mensen] == [
        ("Rik Brouwers", "vermoed_pleger"),
        ("Shanella Martina", "ondergaat"),
        ("Noa Brouwers", "onbekend"),
    ]
    assert Signaal.objects.get(pk=signaal.pk).stand == Signaal.Stand.MELDING


@pytest.mark.regel("RW-7.1")
def test_de_medewerker_bepaalt_de_rol_met_uitleg_erbij(client, signaal):
    assert "Directbetrokkene: wie het geweld begaat of ondergaat" in lees(client, signaal.pad())
    melding = neem_aan(client, signaal.pad(), **{"persoon-0-rol": "betrokken_derde", "persoon-2-weg": "on"})
    rollen = {str(b): b.stand for b in melding.casus.betrokkenen.all()}
    assert rollen == {"Rik Brouwers": "betrokken_derde", "Shanella Martina": "directbetrokkene"}


@pytest.mark.regel("RW-5.10")
def test_bekende_personen_staan_naast_de_rij_met_hun_open_casus(client, signaal, bekend):
    bladzijde = lees(client, signaal.pad())
    assert "naam en datum gelijk" in bladzijde
    assert bekend.casus.nummer in bladzijde
    assert "Fatima Aziz" in bladzijde
    assert "toestel 214" in bladzijde
    assert "Bij deze casus" in bladzijde


@pytest.mark.regel("RW-5.10")
def test_niets_ontstaat_vanzelf_wie_zeker_bekend_is_wordt_gekozen_of_afgewezen(client, signaal, bekend):
    antwoord = client.post(signaal.pad(), velden(client, signaal.pad()) | {"actie": "aannemen"})
    assert antwoord.status_code == 422
    assert "Kies wie dit is" in antwoord.content.decode()
    assert not Melding.objects.exists()

    nieuw = neem_aan(client, signaal.pad(), **{"persoon-1-keuze": "nieuw"})
    assert nieuw.casus != bekend.casus
    assert Persoon.objects.filter(achternaam="Martina").count() == 2


@pytest.mark.regel("RW-5.10")
def test_na_bevestiging_komt_de_melding_bij_de_open_casus(client, signaal, bekend):
    keuze = f"{bekend.persoon_id}/{bekend.casus_id}"
    melding = neem_aan(client, signaal.pad(), **{"persoon-1-keuze": keuze})
    assert melding.casus == bekend.casus
    assert Persoon.objects.filter(achternaam="Martina").count() == 1
    assert melding.casus.betrokkenen.count() == 3


@pytest.mark.regel("RW-5.10")
def test_bij_een_afgeschermde_casus_kan_de_melding_er_blind_bij(client, signaal, bekend):
    Casus.objects.filter(pk=bekend.casus_id).update(afgeschermd=True)
    bladzijde = lees(client, signaal.pad())
    assert "Bekend, casus afgeschermd" in bladzijde
    assert "Fatima Aziz" in bladzijde
    assert bekend.casus.nummer not in bladzijde
    keuze = f"{bekend.persoon_id}/{bekend.casus_id}"
    antwoord = client.post(
        signaal.pad(), velden(client, signaal.pad()) | {"actie": "aannemen", "persoon-1-keuze": keuze}
    )
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/werk/")
    assert Melding.objects.get().casus == bekend.casus


def test_twee_verschillende_casussen_kan_niet_en_zegt_welke(client, signaal, bekend):
    ander = factories.betrokkene(
        factories.casus(bekend.casus.verantwoordelijke), achternaam="Brouwers", voornamen="Rik"
    )
    antwoord = client.post(
        signaal.pad(),
        velden(client, signaal.pad())
        | {
            "actie": "aannemen",
            "persoon-0-keuze": f"{ander.persoon_id}/{ander.casus_id}",
            "persoon-1-keuze": f"{bekend.persoon_id}/{bekend.casus_id}",
        },
    )
    assert antwoord.status_code == 422
    bladzijde = antwoord.content.decode()
    assert ander.casus.nummer in bladzijde
    assert bekend.casus.nummer in bladzijde


@pytest.mark.regel("RW-3.3")
def test_acuut_gaat_altijd_door_ook_met_lege_velden_en_zonder_keuze(client, signaal, bekend):
    antwoord = client.post(signaal.pad(), velden(client, signaal.pad()) | {"actie": "acuut"})
    assert antwoord.status_code == 302
    leeg = client.post("/melding/nieuw/", {"actie": "acuut"})
    assert leeg.status_code == 302
    assert Melding.objects.count() == 2


@pytest.mark.regel("RW-3.3")
def test_een_lege_melding_wordt_gewoon_vastgelegd(client):
    antwoord = client.post("/melding/nieuw/", {"actie": "aannemen"})
    assert antwoord.status_code == 302
    assert Melding.objects.get().nummer.startswith("M-")


@pytest.mark.parametrize("actie", ["herken", "rij"])
def test_zoeken_naar_bekende_personen_zonder_javascript_houdt_alles_vast(client, bekend, actie):
    getypt = {
        "actie": actie,
        "aantal": "2",
        "situatie": "Ze durft niet naar huis.",
        "naam": "M. Kok",
        "anoniem": "on",
        "persoon-0-voornamen": "Shanela",
        "persoon-0-achternaam": "Martina",
        "persoon-0-relatie": "moeder",
    }
    antwoord = client.post("/melding/nieuw/", getypt)
    bladzijde = antwoord.content.decode()
    assert antwoord.status_code == 200
    for tekst in ("Ze durft niet naar huis.", "M. Kok", "Shanela", "moeder", bekend.casus.nummer):
        assert tekst in bladzijde
    assert "Nog niet bewaard" not in bladzijde
    assert antwoord.context["form"]["anoniem"].value() == "on"
    assert len(antwoord.context["personen"]) == (3 if actie == "rij" else 2)
    assert not Melding.objects.exists()


@pytest.mark.regel("RW-5.10")
def test_tijdens_het_typen_komen_bekende_personen_als_fragment(client, bekend):
    antwoord = client.post(
        "/melding/herkennen/",
        {"rij": "3", "persoon-3-achternaam": "martina", "persoon-3-geboortedatum": "9-3-90"},
        headers={"HX-Request": "true"},
    )
    bladzijde = antwoord.content.decode()
    assert bekend.casus.nummer in bladzijde
    assert 'name="persoon-3-keuze"' in bladzijde
    assert "naam en datum gelijk" in bladzijde
    assert "<html" not in bladzijde


@pytest.mark.regel("RW-5.10", "RW-6.2")
def test_een_advies_herkent_niemand_en_heeft_geen_veld_voor_wie_het_betreft(client, bekend):
    bladzijde = lees(client, "/advies/nieuw/")
    assert "/melding/herkennen/" not in bladzijde
    assert "geboortedatum" not in bladzijde.lower().replace(
        'placeholder="nummer, naam, geboortedatum, bsn"', ""
    ).replace("zoek op nummer, naam, geboortedatum of bsn", "")
    antwoord = client.post("/advies/nieuw/", {"adviesvrager_naam": "M. Kok", "onderwerp": "Wat kan ik doen?"})
    advies = Advies.objects.get()
    assert antwoord["Location"] == advies.pad()
    assert not Toegang.objects.filter(gebeurtenis="herkennen").exists()
    assert advies.nummer in lees(client, advies.pad())


def test_een_advies_wordt_aangevuld_en_afgesloten(client):
    client.post("/advies/nieuw/", {"onderwerp": "Wat kan ik doen?"})
    advies = Advies.objects.get()
    bewaar = {"versie": advies.versie, "onderwerp": "x", "advies": "Bel 0800-2000.", "stap": "sluit"}
    weigering = client.post(advies.pad(), bewaar)
    assert weigering.status_code == 422
    assert "Vul functie van de adviesvrager in" in weigering.content.decode()
    advies = Advies.objects.get()
    heel = bewaar | {
        "versie": advies.versie,
        "adviesvrager_functie": "onbekend",
        "adviesvrager_organisatie": "onbekend",
    }
    assert client.post(advies.pad(), heel).status_code == 302
    assert Advies.objects.get().stand == Advies.Stand.AFGESLOTEN


def test_een_signaal_opnemen_en_zelf_sluiten_met_reden(client):
    antwoord = client.post("/signaal/nieuw/", {"tekst": "Er is iets gaande bij de buren."})
    signaal = Signaal.objects.get()
    assert antwoord["Location"] == signaal.pad()
    sluitpad = f"{signaal.pad()}sluiten/"
    leeg = client.post(sluitpad, {"versie": signaal.versie, "reden": " "})
    assert leeg.status_code == 422
    assert "Vul de reden in" in leeg.content.decode()
    assert client.post(sluitpad, {"versie": signaal.versie, "reden": "Bleek de televisie."}).status_code == 302
    assert Signaal.objects.get().stand == Signaal.Stand.AFGESLOTEN
    assert "Bleek de televisie." in lees(client, signaal.pad())


@pytest.mark.regel("RW-6.6")
def test_een_aangeleverd_signaal_sluiten_doen_twee_mensen(client, signaal):
    sluitpad = f"{signaal.pad()}sluiten/"
    client.post(sluitpad, {"versie": signaal.versie, "reden": "Dubbel aangeleverd."})
    signaal.refresh_from_db(fields=["versie"])
    zelf = client.post(sluitpad, {"versie": signaal.versie, "reden": "x", "stap": "bevestigen"})
    assert zelf.status_code == 422
    assert Signaal.objects.get().is_nieuw
    collega = Client()
    collega.force_login(factories.medewerker(Rol.VOORKANT))
    assert "Dubbel aangeleverd." in lees(collega, signaal.pad())
    assert collega.post(sluitpad, {"versie": signaal.versie, "reden": "x", "stap": "bevestigen"}).status_code == 302
    assert Signaal.objects.get().stand == Signaal.Stand.AFGESLOTEN


def test_wie_te_laat_is_met_een_signaal_verliest_niets(client, signaal):
    oud = velden(client, signaal.pad())
    neem_aan(client, signaal.pad())
    antwoord = client.post(signaal.pad(), oud | {"actie": "aannemen"})
    assert antwoord.status_code == 200
    assert "Melding geworden" in antwoord.content.decode()
    assert Melding.objects.count() == 1


@pytest.mark.regel("RW-3.8")
def test_een_signaal_bekijken_wordt_gelogd_en_mag_niet_iedereen(client, signaal, noor):
    lees(client, signaal.pad())
    assert Toegang.objects.filter(medewerker=noor, gebeurtenis="inzien", stuk_id=signaal.pk).exists()
    beheerder = Client()
    beheerder.force_login(factories.medewerker(Rol.BEHEERDER))
    for pad in (signaal.pad(), "/melding/nieuw/", "/advies/nieuw/", "/signaal/nieuw/", f"{signaal.pad()}sluiten/"):
        assert beheerder.get(pad).status_code == 403


def test_een_nieuwe_melding_in_een_open_casus_en_na_een_gesloten(client, noor):
    casus = factories.casus(noor)
    melding = neem_aan(client, f"/melding/nieuw/?casus={casus.nummer}")
    assert melding.casus == casus
    oud = sluit_casus(factories.casus(noor), door=noor)
    vervolg = neem_aan(client, f"/melding/nieuw/?casus={oud.nummer}")
    assert vervolg.casus.volgt_op == oud
    assert client.get("/melding/nieuw/?casus=C-000-000-000").status_code == 404


def test_de_melding_wordt_later_aangevuld_en_een_oude_versie_verliest_niets(client, signaal):
    melding = neem_aan(client, signaal.pad())
    context = client.get(melding.pad()).context
    gevuld = {
        veld.html_name: veld.value() or "" for veld in context["form"] if veld.name not in {"anoniem", "incident_op"}
    }
    gevuld["ontvangen_op"] = f"{melding.ontvangen_op:%d-%m-%Y %H:%M}"
    gevuld.pop("ontvangen_op")
    nieuw = gevuld | {"duur_geweld": "tot-1-jaar", "functie": "politieagent"}
    assert client.post(melding.pad(), nieuw).status_code == 302
    vers = Melding.objects.get()
    assert (vers.duur_geweld, vers.melder.functie) == ("tot-1-jaar", "politieagent")
    te_laat = client.post(melding.pad(), gevuld | {"duur_geweld": "langer", "situatie": "Andere tekst"})
    assert te_laat.status_code == 422
    assert "Twee mensen schreven tegelijk" in te_laat.content.decode()
    assert Melding.objects.get().duur_geweld == "tot-1-jaar"


@pytest.mark.regel("RW-7.10")
def test_nti_staat_apart_is_gemerkt_en_bekijken_wordt_gelogd(client, signaal, noor):
    melding = neem_aan(client, signaal.pad(), anoniem="on")
    nti = f"{melding.pad()}nti/"
    assert client.post(nti, {"inhoud": "De melder woont boven hen.", "reden": "plek-of-tijd"}).status_code == 302
    assert "NTI" in lees(client, f"{melding.casus.pad()}meldingen/")
    assert "woont boven" not in lees(client, melding.pad())
    assert not Toegang.objects.filter(gebeurtenis="nti").exists()
    assert "woont boven" in lees(client, nti)
    assert Toegang.objects.filter(gebeurtenis="nti", medewerker=noor).exists()
    leeg = client.post(f"{nti}weg/", {"reden": ""})
    assert leeg.status_code == 422
    assert client.post(f"{nti}weg/", {"reden": "Melder wil bekend zijn."}).status_code == 302
    assert not NTI.objects.exists()


def test_duizend_personen_in_een_bericht_blijven_werken(client):
    veel = tuple(factories.aangeleverd(voornamen=f"Persoon {i}", achternaam="Veel") for i in range(60))
    signaal = factories.signaal(personen=veel)
    assert "noemt er nog 20" in lees(client, signaal.pad())
    melding = neem_aan(client, signaal.pad())
    assert melding.casus.betrokkenen.count() == 60


@pytest.mark.parametrize("waarde", ["-1", "99999", "x", "²", "1e3"])
def test_een_vreemd_aantal_rijen_breekt_niets(client, waarde):
    antwoord = client.post("/melding/nieuw/", {"actie": "rij", "aantal": waarde})
    assert antwoord.status_code == 200
    assert len(antwoord.context["personen"]) <= 50


@pytest.mark.parametrize("keuze", ["x", "1/x", "99999999/1", "²", "-1", "1/2/3", "999999999999999999999"])
def test_een_vreemde_keuze_wordt_een_zin_en_geen_melding(client, keuze):
    antwoord = client.post(
        "/melding/nieuw/", {"actie": "aannemen", "aantal": "1", "persoon-0-achternaam": "Kok", "persoon-0-keuze": keuze}
    )
    assert antwoord.status_code == 422
    assert not Melding.objects.exists()


@pytest.mark.regel("RW-6.5")
def test_de_gemeente_wordt_voorgesteld_met_reden_en_door_de_medewerker_bevestigd(client, signaal):
    bladzijde = lees(client, signaal.pad())
    assert "omdat de kinderen daar wonen" in bladzijde
    assert velden(client, signaal.pad()).get("gemeente") is None


def test_het_nieuwe_scherm_biedt_signaal_melding_en_advies(client):
    bladzijde = lees(client, "/nieuw/")
    for pad in ("/signaal/nieuw/", "/melding/nieuw/", "/advies/nieuw/"):
        assert pad in bladzijde


# --- Melding, Advies, Nog signaal -------------------------------------------------------------------------------

GEBELD = {
    "wordt": "signaal",
    "situatie": "De buurvrouw hoort vaak ruzie.",
    "naam": "Mevrouw Smit",
    "anoniem": "on",
    "aantal": "1",
    "persoon-0-achternaam": "Brouwers",
    "persoon-0-geboortedatum": "31-2-2015",
}


def test_wat_een_beller_vertelt_kan_een_signaal_blijven_en_niets_gaat_verloren(client):
    antwoord = client.post("/melding/nieuw/", GEBELD | {"actie": "signaal"}, follow=True)
    signaal = Signaal.objects.get()
    assert f"Signaal {signaal.nummer} vastgelegd" in antwoord.content.decode()
    assert signaal.bron == "medewerker"
    assert signaal.melder_naam == "Mevrouw Smit"
    assert signaal.tekst == "De buurvrouw hoort vaak ruzie."
    assert signaal.melder_anoniem == "ja"
    assert [(p.achternaam, p.geboortedatum_opgegeven) for p in signaal.personen.all()] == [("Brouwers", "31-2-2015")]
    assert not Melding.objects.exists()


@pytest.mark.regel("RW-4.1", "RW-5.12d")
def test_wat_bij_een_signaal_is_ingevuld_staat_later_weer_bij_de_melding(client):
    """Everything with a field comes back in that field; the rest stays readable in the text."""
    ingevuld = GEBELD | {
        "soort": "burger",
        "organisatie": "onderwijs",
        "functie": "leraar",
        "email_reden": "wil_niet",
        "telefoon": "0612345678",
        "duur_geweld": "tot-1-jaar",
        "hulpverlening": "onbekend",
        "aanleiding": "politie",
        "afhankelijken": "ja",
        "ambtshalve": "on",
        "ontvangen_op": "1-11-2026 10:00",
        "persoon-0-relatie": "moeder",
        "persoon-0-aandeel": "getuige",
        "persoon-0-rol": "betrokken_derde",
        "actie": "signaal",
    }
    context = client.get("/melding/nieuw/").context
    for naam in ("functie", "aanleiding", "duur_geweld", "hulpverlening", "gemeente"):
        ingevuld[naam] = next(str(code) for code, _ in context["form"].fields[naam].choices if code)
    antwoord = client.post("/melding/nieuw/", ingevuld)
    assert antwoord.status_code == 302, antwoord.context["fouten"]
    signaal = Signaal.objects.get()
    assert f"{signaal.ontvangen_op:%d-%m-%Y}" == "01-11-2026"
    assert f"Gemeente: {label('gemeente', ingevuld['gemeente'])}." in signaal.tekst
    assert "mbtshalve" in signaal.tekst
    weer = client.get(signaal.pad()).context
    velden_ = ("soort", "organisatie", "functie", "email_reden", "telefoon", "naam", "anoniem", "duur_geweld")
    velden_ += ("hulpverlening", "aanleiding", "afhankelijken")
    for naam in velden_:
        assert str(weer["form"][naam].value()) == {**ingevuld, "anoniem": "True"}[naam], naam
    rij = next(iter(weer["personen"]))
    assert rij.waarde("aandeel") == "getuige"
    assert rij.waarde("relatie") == "moeder, betrokken derde, getuige"


def test_wordt_het_een_advies_dan_gaat_alleen_wie_belt_mee(client):
    pagina = client.post("/melding/nieuw/", GEBELD | {"actie": "advies"}).content.decode()
    assert 'action="/advies/nieuw/"' in pagina
    assert "Mevrouw Smit" in pagina
    assert "Brouwers" not in pagina
    assert "buurvrouw" not in pagina
    assert not Advies.objects.exists()


def test_een_digitaal_bericht_wordt_geen_advies_en_kan_een_signaal_blijven(client, signaal):
    pagina = client.get(signaal.pad()).content.decode()
    assert 'value="melding" checked' in pagina
    assert 'value="signaal"' in pagina
    assert 'value="advies"' not in pagina
    client.post(signaal.pad(), {"actie": "signaal"})
    assert Signaal.objects.get().is_nieuw
    assert not Melding.objects.exists()


def test_van_wie_de_tekst_is_staat_er_in_goed_nederlands(client, signaal):
    assert "Tekst van " in client.get(signaal.pad()).content.decode()
    client.post("/melding/nieuw/", GEBELD | {"actie": "signaal"})
    eigen = Signaal.objects.get(bron="medewerker")
    pagina = client.get(eigen.pad()).content.decode()
    assert "Wat de melder vertelde" in pagina
    assert "van ingevoerd" not in pagina
    assert str(eigen).endswith("van een medewerker van Veilig Thuis")
