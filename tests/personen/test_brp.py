"""The BRP: the real client against the simulator, its faults, and what the employee takes over."""

from __future__ import annotations

import base64
import html
import json
import re
from datetime import date, timedelta

import httpx
import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from casus.models import Casus, Persoon, Taak
from casus.personen import brp as dienst
from casus.personen import geheimhouding
from casus.personen.brpbewijs import als_bewijs, lees_bewijs
from casus.services.betrokkenen import bevestig_bsn, wijzig_persoon
from tests import factories as f
from vt_cvs.kern.models import Toegang
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.koppelingen import brp, brp_simulator
from vt_cvs.koppelingen.brp_lezen import lees_persoon

pytestmark = pytest.mark.django_db
URL = "http://brp.test/haalcentraal/api/brp"
RIK, AGNIESZKA = "999900080", "999900353"


def klant(transport: httpx.BaseTransport | None = None, **anders) -> brp.HaalCentraal:
    """The real client; without a network it speaks to the simulator, or to what a test puts there."""
    transport = transport or httpx.WSGITransport(app=brp_simulator.app)
    return brp.HaalCentraal(url=URL, transport=transport, **{"sleutel": "demo-brp", **anders})


@pytest.fixture(autouse=True)
def simulator(monkeypatch):
    cache.clear()
    for module in (dienst, geheimhouding):
        monkeypatch.setattr(module, "brppoort", klant)
    yield
    cache.clear()


@pytest.fixture
def noor():
    return f.medewerker(naam="Noor Haddad")


def ingelogd(wie) -> Client:
    client = Client()
    client.force_login(wie)
    return client


def vraag(sleutel: str = "demo-brp", **inhoud) -> httpx.Response:
    with httpx.Client(transport=httpx.WSGITransport(app=brp_simulator.app)) as client:
        return client.post(f"{URL}/personen", json=inhoud, headers={"X-API-KEY": sleutel})


# --- the client reads what the API writes -----------------------------------------------------------------------------


def test_raadplegen_geeft_naam_adres_geboorte_en_familie():
    rik = klant().raadpleeg(RIK)
    assert rik is not None
    assert (rik.naam, rik.geslacht, rik.geboren.datum) == ("Rik Brouwers", "M", date(1988, 4, 5))
    assert (rik.straat, rik.postcode, rik.plaats, rik.geheim) == ("Lindedijk 14", "9999AB", "Zandwolde", False)
    assert rik.kinderen[0] == "Noa Brouwers, geboren 12 maart 2019"
    assert rik.partners[0].startswith("Shanella Martina")


@pytest.mark.parametrize(
    ("bron", "voluit", "dag"),
    [
        ({"type": "Datum", "datum": "1990-07-03", "langFormaat": "3 juli 1990"}, "3 juli 1990", date(1990, 7, 3)),
        ({"type": "JaarMaandDatum", "jaar": 1995, "maand": 1, "langFormaat": "januari 1995"}, "januari 1995", None),
        ({"type": "JaarDatum", "jaar": 1944, "langFormaat": "1944"}, "1944", None),
        ({"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}, "onbekend", None),
    ],
)
def test_een_onvolledige_geboortedatum_wordt_geen_verzonnen_dag(bron, voluit, dag):
    persoon = lees_persoon({"geboorte": {"datum": bron}})
    assert (persoon.geboren.voluit, persoon.geboren.datum) == (voluit, dag)


@pytest.mark.parametrize(
    ("bsn", "adres"),
    [("999901023", "Musterstraße 12, 99999 Musterstadt, Duitsland"), ("999901035", "verblijfplaats onbekend")],
)
def test_een_adres_in_het_buitenland_of_zonder_adres_wordt_in_woorden_gelezen(bsn, adres):
    gevonden = klant().raadpleeg(bsn)
    assert (gevonden.adres, gevonden.straat) == (adres, "")


def test_wie_overleden_is_wordt_gelezen_uit_opschorting_en_overlijden():
    hendrik = klant().raadpleeg("999901011")
    assert (hendrik.opgeschort, hendrik.overleden.datum) == ("overlijden", date(2024, 3, 2))


def test_zoeken_op_naam_en_op_adres():
    assert [p.naam for p in klant().zoek_op_naam("brouwers", date(1988, 4, 5))] == ["Rik Brouwers"]
    assert [p.naam for p in klant().zoek_op_naam("brou*", date(1988, 4, 5))] == ["Rik Brouwers"]
    assert len(klant().zoek_op_adres("9999 ab", 14)) == 4
    assert klant().zoek_op_naam("Vries", date(1948, 11, 20)) == [], "wie overleden is alleen op BSN"
    assert klant().raadpleeg("999999990") is None, "niemand is een lege lijst"


def test_half_gevulde_en_vreemde_antwoorden_zijn_geen_fout():
    for lijf in (
        {},
        {"personen": None},
        {"personen": [{}]},
        {"personen": [{"naam": 3, "ouders": [None, {"naam": []}]}]},
    ):

        def antwoord(_request, inhoud=lijf):
            return httpx.Response(200, json=inhoud)

        klant(httpx.MockTransport(antwoord)).raadpleeg(RIK)


def test_de_vraag_staat_in_het_lijf_met_sleutel_en_doelbinding_en_nooit_in_het_adres():
    gezien = []

    def antwoord(request: httpx.Request) -> httpx.Response:
        gezien.append(request)
        return httpx.Response(200, json={"personen": []})

    klant(httpx.MockTransport(antwoord), doelbinding="Wmo").raadpleeg(RIK)
    [request] = gezien
    assert (request.method, str(request.url)) == ("POST", f"{URL}/personen")
    assert (request.headers["x-api-key"], request.headers["x-doelbinding"]) == ("demo-brp", "Wmo")
    inhoud = json.loads(request.content)
    assert inhoud["burgerservicenummer"] == [RIK]
    assert "geheimhoudingPersoonsgegevens" not in inhoud["fields"], "die komt ongevraagd mee"


def test_oauth_haalt_een_token_een_keer_en_opnieuw_als_het_is_ingetrokken():
    stappen = []

    def antwoord(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/token":
            stappen.append("token")
            assert b"client_credentials" in request.content
            return httpx.Response(200, json={"access_token": f"t{stappen.count('token')}", "expires_in": 300})
        stappen.append(request.headers["authorization"])
        ingetrokken = request.headers["authorization"] == "Bearer t1" and stappen.count("Bearer t1") > 1
        return httpx.Response(401 if ingetrokken else 200, json={"personen": []})

    poort = klant(
        httpx.MockTransport(antwoord), sleutel="", token_url="http://brp.test/token", client_id="vt", client_geheim="g"
    )
    poort.raadpleeg(RIK)
    poort.raadpleeg(RIK)
    assert stappen == ["token", "Bearer t1", "Bearer t1", "token", "Bearer t2"]


# --- the simulator answers as the API does ----------------------------------------------------------------------------


BSN, NAAM = "RaadpleegMetBurgerservicenummer", "ZoekMetGeslachtsnaamEnGeboortedatum"
FOUTE_VRAGEN = [
    ({"type": BSN, "fields": ["naam"]}, [("required", "burgerservicenummer")]),
    ({"type": BSN, "burgerservicenummer": ["1"], "fields": ["naam"]}, [("pattern", "burgerservicenummer[0]")]),
    ({"type": BSN, "burgerservicenummer": RIK, "fields": ["naam"]}, [("array", "burgerservicenummer")]),
    ({"type": BSN, "burgerservicenummer": [RIK] * 21, "fields": ["naam"]}, [("maxItems", "burgerservicenummer")]),
    ({"type": BSN, "burgerservicenummer": [RIK], "fields": ["bestaatniet"]}, [("fields", "fields[0]")]),
    (
        {"type": BSN, "burgerservicenummer": [RIK], "fields": ["geheimhoudingPersoonsgegevens"]},
        [("fields", "fields[0]")],
    ),
    ({"type": BSN, "burgerservicenummer": [RIK], "fields": []}, [("minItems", "fields")]),
    ({"type": BSN, "burgerservicenummer": [RIK], "fields": ["naam"], "x": "x"}, [("unknownParam", "x")]),
    ({"type": NAAM, "fields": ["naam"]}, [("required", "geboortedatum"), ("required", "geslachtsnaam")]),
    (
        {"type": NAAM, "geslachtsnaam": "*en", "geboortedatum": "1990-1-1", "fields": ["naam"]},
        [("pattern", "geslachtsnaam"), ("date", "geboortedatum")],
    ),
    (
        {"type": "ZoekMetPostcodeEnHuisnummer", "postcode": "0999AB", "huisnummer": 1, "fields": ["ouders"]},
        [("pattern", "postcode"), ("fields", "fields[0]")],
    ),
]


@pytest.mark.parametrize(("inhoud", "params"), FOUTE_VRAGEN)
def test_een_vraag_die_niet_klopt_krijgt_400_met_elke_fout_bij_naam(inhoud, params):
    antwoord = vraag(**inhoud)
    assert antwoord.status_code == 400
    assert antwoord.headers["content-type"].startswith("application/problem+json")
    probleem = antwoord.json()
    code = "paramsCombination" if params[0][0] == "required" else "paramsValidation"
    assert (probleem["code"], probleem["instance"]) == (code, "/haalcentraal/api/brp/personen")
    assert [(p["code"], p["name"]) for p in probleem["invalidParams"]] == params


def test_geheimhouding_komt_ongevraagd_mee_en_anders_alleen_wat_is_gevraagd():
    inhoud = {"type": "RaadpleegMetBurgerservicenummer", "fields": ["burgerservicenummer"]}
    assert vraag(**inhoud, burgerservicenummer=[AGNIESZKA]).json()["personen"] == [
        {"burgerservicenummer": AGNIESZKA, "geheimhoudingPersoonsgegevens": True}
    ]
    assert vraag(**inhoud, burgerservicenummer=[RIK]).json()["personen"] == [{"burgerservicenummer": RIK}]


@pytest.mark.parametrize(("sleutel", "status"), [("fout", 401), ("zonder-recht", 403)])
def test_zonder_sleutel_of_recht_geeft_de_simulator_geen_mens(sleutel, status):
    antwoord = vraag(sleutel, type="RaadpleegMetBurgerservicenummer", burgerservicenummer=[RIK], fields=["naam"])
    assert antwoord.status_code == status
    assert "personen" not in antwoord.json()


# --- faults -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bsn", ["000000429", "000000503"])
def test_druk_of_storing_is_een_zin_die_zegt_wat_je_doet(bsn):
    with pytest.raises(brp.NietBereikbaar, match="opnieuw"):
        klant().raadpleeg(bsn)


@pytest.mark.parametrize("sleutel", ["fout", "zonder-recht"])
def test_een_verkeerde_sleutel_wijst_naar_de_beheerder(sleutel):
    with pytest.raises(brp.NietBereikbaar, match="applicatiebeheerder"):
        klant(sleutel=sleutel).raadpleeg(RIK)


def test_traag_of_weg_wordt_niet_eindeloos_gewacht():
    assert brp.GEDULD.read <= 6
    assert brp.GEDULD.connect <= 2

    def weg(request):
        raise httpx.ReadTimeout("traag", request=request)

    with pytest.raises(brp.NietBereikbaar):
        klant(httpx.MockTransport(weg)).raadpleeg(RIK)


def test_geen_json_of_te_veel_gevonden_is_ook_een_zin():
    def onzin(_request):
        return httpx.Response(200, text="<html>")

    def teveel(_request):
        return httpx.Response(400, json={"code": "tooManyResults"})

    with pytest.raises(brp.NietBereikbaar):
        klant(httpx.MockTransport(onzin)).raadpleeg(RIK)
    with pytest.raises(brp.TeVeelGevonden, match="te veel"):
        klant(httpx.MockTransport(teveel)).zoek_op_naam("Jansen", date(1990, 1, 1))
    with pytest.raises(brp.VraagGeweigerd, match="burgerservicenummer"):
        klant().raadpleeg("12")


def test_na_drie_storingen_wordt_er_een_minuut_niet_meer_gevraagd_en_daarna_weer_wel():
    keren = []

    def weg(request):
        keren.append(request)
        raise httpx.ConnectError("weg", request=request)

    for _ in range(6):
        with pytest.raises(brp.NietBereikbaar):
            klant(httpx.MockTransport(weg)).raadpleeg(RIK)
    assert len(keren) == brp.STUK_NA
    cache.delete("brp:rust")
    assert klant().raadpleeg(RIK) is not None
    assert cache.get("brp:mis") is None


def test_zonder_cache_werkt_de_brp_gewoon(monkeypatch):
    class Stuk:
        def __getattr__(self, naam):
            raise ConnectionError

    monkeypatch.setattr(brp, "cache", Stuk())
    assert klant().raadpleeg(RIK) is not None


# --- on screen --------------------------------------------------------------------------------------------------------


def bewijs_in(pagina: str) -> str:
    return html.unescape(re.search(r'name="bewijs" value="([^"]+)"', pagina)[1])


def vul(noor, **velden):
    return f.betrokkene(f.casus(noor), voornamen="Rick", achternaam="Brouwers", **velden)


@pytest.mark.regel("RW-14.1")
def test_naast_elkaar_en_alleen_wat_is_aangevinkt_wordt_overgenomen(noor):
    rik = vul(noor, bsn=RIK)
    client, pad = ingelogd(noor), f"{rik.casus.pad()}betrokkenen/{rik.pk}/brp/"
    assert client.get(pad).status_code == 200
    pagina = client.post(pad, {"doel": "beoordelen", "op": "bsn"}).content.decode()
    for tekst in ("Rick", "Rik", "5 april 1988", "Lindedijk 14", "Noa Brouwers", "Dit is deze persoon"):
        assert tekst in pagina
    assert Persoon.objects.get(pk=rik.persoon_id).voornamen == "Rick", "er wordt niets vanzelf gevuld"
    versie = Persoon.objects.get(pk=rik.persoon_id).versie
    gegevens = {"bewijs": bewijs_in(pagina), "versie": versie, "velden": ["geboortedatum", "bsn", "adres"]}
    assert client.post(f"{pad}overnemen/", gegevens).status_code == 302
    nu = Persoon.objects.get(pk=rik.persoon_id)
    assert (nu.voornamen, nu.geboortedatum, nu.straat) == ("Rick", date(1988, 4, 5), "Lindedijk 14")
    assert nu.bsn_stand == "bevestigd"


def test_elke_vraag_staat_met_doel_in_het_toegangslog_ook_als_er_geen_antwoord_komt(noor):
    rik = vul(noor, bsn="000000503")
    client, pad = ingelogd(noor), f"{rik.casus.pad()}betrokkenen/{rik.pk}/brp/"
    antwoord = client.post(pad, {"doel": "beoordelen", "op": "bsn"})
    assert antwoord.status_code == 200
    assert "later opnieuw" in antwoord.content.decode()
    regel = Toegang.objects.get(gebeurtenis="brp")
    assert (regel.medewerker, regel.persoon_id, regel.casus_id) == (noor, rik.persoon_id, rik.casus_id)
    assert "Wmo 2015" in regel.grond
    assert "000000503" not in regel.grond
    assert client.post(pad, {"op": "bsn"}).status_code == 422, "zonder doel geen vraag"
    assert Toegang.objects.filter(gebeurtenis="brp").count() == 1


@pytest.mark.regel("RW-7.14")
def test_een_geheim_adres_is_meteen_geheim_en_staat_nergens_op_het_scherm(noor):
    wie = f.betrokkene(f.casus(noor), voornamen="Agnieszka", achternaam="Kowalczyk", bsn=AGNIESZKA)
    client, pad = ingelogd(noor), f"{wie.casus.pad()}betrokkenen/{wie.pk}/"
    pagina = client.post(f"{pad}brp/", {"doel": "beoordelen", "op": "bsn"}).content.decode()
    assert "Havenstraat" not in pagina
    assert "In de BRP staat dit adres als geheim" in pagina
    nu = Persoon.objects.get(pk=wie.persoon_id)
    assert (nu.adres_geheim, nu.brp_geheim, nu.straat) == (True, True, "")
    overzicht = client.get(f"{wie.casus.pad()}betrokkenen/").content.decode()
    assert "adres geheim" in overzicht
    client.post(f"{pad}brp/overnemen/", {"bewijs": bewijs_in(pagina), "versie": nu.versie, "velden": ["adres"]})
    assert Persoon.objects.get(pk=wie.persoon_id).straat == "Havenstraat 7"
    assert "Havenstraat" not in client.get(pad).content.decode()
    getoond = client.post(pad, {"toon_adres": "1", "adres-reden": "brief brengen"}).content.decode()
    assert "Havenstraat 7" in getoond
    assert Toegang.objects.filter(gebeurtenis="geheim", persoon_id=wie.persoon_id).count() == 1


@pytest.mark.regel("RW-7.14")
def test_wat_in_de_brp_geheim_is_wordt_hier_niet_openbaar_ook_niet_met_sql(noor):
    wie = f.betrokkene(f.casus(noor), bsn=AGNIESZKA)
    dienst.raadpleeg(wie, door=noor, doel="beoordelen")
    with pytest.raises(RegelGeweigerd, match="blijft het hier ook geheim"):
        wijzig_persoon(wie, door=noor, adres_geheim=False)
    with pytest.raises(DatabaseError, match="rw_7_14"), transaction.atomic():
        Persoon.objects.filter(pk=wie.persoon_id).update(adres_geheim=False)


def test_zonder_bsn_zoek_je_op_naam_of_adres_en_kies_je_wie_het_is(noor):
    rik = vul(noor, geboortedatum=date(1988, 4, 5))
    client, pad = ingelogd(noor), f"{rik.casus.pad()}betrokkenen/{rik.pk}/brp/"
    assert 'value="bsn"' not in client.get(pad).content.decode()
    pagina = client.post(pad, {"doel": "identiteit", "op": "naam"}).content.decode()
    gekozen = html.unescape(re.search(r'name="kies" value="([^"]+)"', pagina)[1])
    naast = client.post(pad, {"doel": "identiteit", "op": "naam", "kies": gekozen}).content.decode()
    assert RIK in naast
    gegevens = {"bewijs": bewijs_in(naast), "versie": rik.persoon.versie, "velden": ["bsn"]}
    assert client.post(f"{pad}overnemen/", gegevens).status_code == 302
    nu = Persoon.objects.get(pk=rik.persoon_id)
    assert (nu.bsn, nu.bsn_stand) == (RIK, "bevestigd")
    leeg = client.post(pad, {"doel": "identiteit", "op": "adres"})
    assert leeg.status_code == 422
    adres = client.post(pad, {"doel": "identiteit", "op": "adres", "postcode": "9999 AB", "huisnummer": "14"})
    assert adres.content.decode().count('name="kies"') == 4


def test_een_bsn_dat_al_bij_een_ander_hoort_wijst_naar_samenvoegen(noor):
    bekend = vul(noor, bsn=RIK)
    bevestig_bsn(bekend, door=noor)
    dubbel = vul(noor)
    antwoord = klant().raadpleeg(RIK)
    with pytest.raises(RegelGeweigerd, match="voeg die twee dan samen"):
        dienst.neem_over(dubbel, antwoord, ["bsn"], door=noor)


def test_een_antwoord_is_alleen_te_gebruiken_voor_wie_het_kreeg_en_niet_lang(noor, monkeypatch):
    rik = vul(noor, bsn=RIK)
    bewijs = als_bewijs(rik, klant().raadpleeg(RIK), door=noor)
    assert lees_bewijs(rik, bewijs, door=noor).naam == "Rik Brouwers"
    assert RIK not in base64.urlsafe_b64decode(bewijs).decode("latin-1")
    for fout in (lambda: lees_bewijs(rik, bewijs, door=f.medewerker()), lambda: lees_bewijs(rik, "x", door=noor)):
        with pytest.raises(brp.BRPStoring, match="opnieuw"):
            fout()
    monkeypatch.setattr("casus.personen.brpbewijs.GELDIG", -1)
    with pytest.raises(brp.BRPStoring, match="half uur"):
        lees_bewijs(rik, bewijs, door=noor)
    pad = f"{rik.casus.pad()}betrokkenen/{rik.pk}/brp/overnemen/"
    assert ingelogd(noor).post(pad, {"bewijs": bewijs, "velden": ["voornamen"]}).status_code == 422


def test_wie_intussen_is_gewijzigd_ziet_eerst_wat_er_nu_staat(noor):
    rik = vul(noor, bsn=RIK)
    client, pad = ingelogd(noor), f"{rik.casus.pad()}betrokkenen/{rik.pk}/brp/"
    pagina = client.post(pad, {"doel": "beoordelen", "op": "bsn"}).content.decode()
    versie = Persoon.objects.get(pk=rik.persoon_id).versie
    wijzig_persoon(rik, door=noor, telefoon="06 0000 0009", voornamen="Ricky")
    gegevens = {"bewijs": bewijs_in(pagina), "versie": versie, "velden": ["voornamen"]}
    antwoord = client.post(f"{pad}overnemen/", gegevens)
    assert antwoord.status_code == 422
    assert "Ricky" in antwoord.content.decode()
    assert Persoon.objects.get(pk=rik.persoon_id).voornamen == "Ricky"


# --- by the clock -----------------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-7.14")
def test_elke_dag_wordt_nagegaan_of_een_adres_geheim_werd_alleen_in_open_casussen_met_nagekeken_bsn(noor):
    open_, los, dicht = (f.betrokkene(f.casus(noor), bsn=bsn) for bsn in (AGNIESZKA, "999900298", "999900407"))
    for betrokkene in (open_, dicht):
        bevestig_bsn(betrokkene, door=noor)
    Casus.objects.filter(pk=dicht.casus_id).update(stand="gesloten", gesloten_op=timezone.now())
    assert geheimhouding.kijk_geheimhouding_na() == 1
    stand = {b.persoon_id: Persoon.objects.get(pk=b.persoon_id) for b in (open_, los, dicht)}
    assert [stand[b.persoon_id].adres_geheim for b in (open_, los, dicht)] == [True, False, False]
    assert Toegang.objects.filter(gebeurtenis="brp", medewerker__naam="Klok").count() == 1
    assert geheimhouding.kijk_geheimhouding_na() == 0, "vandaag al gedaan"


@pytest.mark.regel("RW-7.14")
def test_niet_meer_geheim_in_de_brp_wordt_een_taak_en_geen_open_adres(noor):
    rik = f.betrokkene(f.casus(noor), bsn=RIK)
    bevestig_bsn(rik, door=noor)
    wijzig_persoon(rik, door=noor, adres_geheim=True, brp_geheim=True)
    geheimhouding.kijk_geheimhouding_na()
    nu = Persoon.objects.get(pk=rik.persoon_id)
    assert (nu.adres_geheim, nu.brp_geheim) == (True, False)
    assert Taak.objects.get(titel="Geheim adres nakijken").voor == noor


def test_een_brp_die_weg_is_houdt_de_klok_niet_op(noor, monkeypatch):
    rik = f.betrokkene(f.casus(noor), bsn=RIK)
    bevestig_bsn(rik, door=noor)
    monkeypatch.setattr(geheimhouding, "brppoort", lambda: klant(sleutel="fout"))
    assert geheimhouding.kijk_geheimhouding_na() == 0
    assert Persoon.objects.get(pk=rik.persoon_id).brp_nagegaan_op is None
    Persoon.objects.filter(pk=rik.persoon_id).update(brp_nagegaan_op=timezone.now() - timedelta(days=2))
    monkeypatch.setattr(geheimhouding, "brppoort", klant)
    cache.clear()
    assert geheimhouding.kijk_geheimhouding_na() == 1


def test_zonder_aansluiting_zegt_het_scherm_dat_je_zelf_verder_kunt(noor, monkeypatch, settings):
    settings.BRP_URL = ""
    monkeypatch.setattr(dienst, "brppoort", brp.brppoort)
    rik = vul(noor, bsn=RIK)
    antwoord = ingelogd(noor).post(f"{rik.casus.pad()}betrokkenen/{rik.pk}/brp/", {"doel": "beoordelen", "op": "bsn"})
    assert antwoord.status_code == 200
    assert "Vul de gegevens zelf in" in antwoord.content.decode()
