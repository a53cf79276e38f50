"""What a report may be besides a police report, and what stays in view until someone looked into it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from melding.models import NTI, Melding
from melding.services import leg_nti_vast, neem_melding_aan, wijzig_melder, wijzig_melding
from tests import factories
from tests.melding.conftest import weigering
from vt_cvs.kern.models import Toegang
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db
MEESTE_VRAGEN = 20


@pytest.fixture
def noor():
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


@pytest.mark.regel("RW-13.T1")
@pytest.mark.parametrize(("aanleiding", "uitkomst", "bewaard"), [("thv", "niet", "niet"), ("crisis", "wel", "")])
def test_een_huisverbod_wel_of_niet_uitgesproken(client, aanleiding, uitkomst, bewaard):
    client.post("/melding/nieuw/", {"actie": "aannemen", "aanleiding": aanleiding, "thv_uitkomst": uitkomst})
    assert Melding.objects.get().thv_uitkomst == bewaard


@pytest.mark.regel("RW-13.T1")
def test_een_huisverbod_zonder_die_aanleiding_weigert_de_database(noor):
    melding = factories.melding(door=noor)
    with pytest.raises(DatabaseError, match="rw_13_t1"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE melding_melding SET thv_uitkomst = 'wel' WHERE id = %s", [melding.pk])


@pytest.mark.regel("RW-3.1")
def test_een_ambtshalve_melding_is_een_gewone_melding(client):
    client.post("/melding/nieuw/", {"actie": "aannemen", "ambtshalve": "on"})
    melding = Melding.objects.get()
    assert melding.ambtshalve
    assert melding.nummer.startswith("M-")


@pytest.mark.regel("WVT-9")
@pytest.mark.parametrize("hulpverlening", ["", "onbekend"])
def test_onbekende_hulp_blijft_in_beeld_tot_iemand_het_uitzocht(client, noor, hulpverlening):
    melding = neem_melding_aan(door=noor, hulpverlening=hulpverlening)
    paden = (melding.pad(), f"{melding.casus.pad()}meldingen/")
    assert all("onbekend of er al hulp is" in client.get(pad).content.decode() for pad in paden)
    wijzig_melding(melding, door=noor, hulpverlening="nee")
    assert not any("onbekend of er al hulp is" in client.get(pad).content.decode() for pad in paden)


@pytest.mark.regel("WVT-10")
def test_een_kind_alleen_kan_en_er_wordt_gevraagd_naar_afhankelijken(client):
    bladzijde = client.get("/melding/nieuw/").content.decode()
    assert "Kinderen of afhankelijken in huis" in bladzijde
    rij = {"persoon-0-voornamen": "Noa", "persoon-0-geboortedatum": "1-6-2017", "aantal": "1"}
    assert client.post("/melding/nieuw/", rij | {"actie": "aannemen", "afhankelijken": "ja"}).status_code == 302
    melding = Melding.objects.get()
    (kind,) = melding.casus.betrokkenen.all()
    assert kind.persoon.is_minderjarig()
    assert melding.afhankelijken == "ja"


@pytest.mark.regel("WVT-9", "WVT-10")
def test_wat_het_signaal_zegt_gaat_mee(noor):
    bron = factories.signaal(hulpverlening="ja", afhankelijken="ja")
    melding = neem_melding_aan(bron, door=noor)
    assert (melding.hulpverlening, melding.afhankelijken) == ("ja", "ja")


# --- NTI and an anonymous melder ------------------------------------------------------------------------------------


@pytest.fixture
def anoniem(noor) -> Melding:
    melder = {"anoniem": True, "naam": "Buurvrouw Ida", "email": "ida@buurt.example", "functie": "buurt"}
    return neem_melding_aan(door=noor, melder=melder)


@pytest.mark.regel("RW-6.4", "RW-7.7")
def test_het_adres_van_een_anonieme_melder_staat_apart_en_bekijken_is_gelogd(client, noor, anoniem):
    bladzijde = client.get(anoniem.pad()).content.decode()
    assert "ida@buurt.example" not in bladzijde
    assert "Buurvrouw Ida" not in bladzijde
    assert "Functie" in bladzijde
    assert not Toegang.objects.filter(gebeurtenis="nti").exists()
    apart = client.get(f"{anoniem.pad()}nti/").content.decode()
    assert "ida@buurt.example" in apart
    assert Toegang.objects.filter(gebeurtenis="nti", medewerker=noor).exists()


@pytest.mark.regel("RW-6.4")
def test_de_melding_bewaren_laat_het_aparte_adres_staan(client, anoniem):
    begin = {"versie": anoniem.versie, "melder_versie": anoniem.melder.versie, "anoniem": "on", "functie": "familie"}
    assert client.post(anoniem.pad(), begin | {"situatie": "Nieuw"}).status_code == 302
    melder = Melding.objects.get().melder
    assert (melder.email, melder.functie) == ("ida@buurt.example", "familie")
    contact = {"melder_versie": melder.versie, "naam": "Ida", "email": "", "email_reden": "wil_niet"}
    assert client.post(f"{anoniem.pad()}nti/contact/", contact).status_code == 302
    melder = Melding.objects.get().melder
    assert (melder.email, melder.email_reden) == ("", "wil_niet")


@pytest.mark.regel("RW-6.4")
def test_zonder_adres_staat_er_waarom(client):
    client.post("/melding/nieuw/", {"actie": "aannemen", "naam": "M. Kok"})
    assert Melding.objects.get().melder.email_reden == "niet_bekend"


@pytest.mark.regel("RW-7.12", "RW-7.11")
def test_waarom_iets_nti_is_komt_uit_een_lijst_met_toelichting(client, noor, anoniem):
    pad = f"{anoniem.pad()}nti/"
    assert client.post(pad, {"inhoud": "Woont boven hen.", "reden": "zomaar"}).status_code == 422
    goed = {"inhoud": "Woont boven hen.", "reden": "plek-of-tijd", "toelichting": "Enige buur."}
    assert client.post(pad, goed).status_code == 302
    nti = NTI.objects.get()
    assert (nti.reden, nti.toelichting) == ("plek-of-tijd", "Enige buur.")
    assert "NTI" in client.get(anoniem.casus.pad()).content.decode()
    assert "NTI" in client.get(anoniem.pad()).content.decode()


@pytest.mark.regel("RW-6.16", "RW-7.10")
def test_een_melder_wordt_pas_open_na_een_besluit_over_de_nti(client, noor, anoniem):
    leg_nti_vast(anoniem, "De buurvrouw.", door=noor)
    (bezwaar,) = weigering(wijzig_melder, anoniem.melder, door=noor, anoniem=False)
    assert "Beslis eerst" in bezwaar.uitleg
    begin = {"versie": anoniem.versie, "melder_versie": anoniem.melder.versie}
    assert client.post(anoniem.pad(), begin).status_code == 422
    with pytest.raises(DatabaseError, match="rw_6_16"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE melding_melder SET anoniem = false, soort = 'burger'")


# --- speed ----------------------------------------------------------------------------------------------------------


def _vragen(client: Client, pad: str) -> int:
    client.get(pad)
    with CaptureQueriesContext(connection) as vragen:
        assert client.get(pad).status_code == 200
    return len(vragen)


@pytest.mark.parametrize("wat", ["signaal", "melding", "meldingen"])
def test_het_aantal_vragen_aan_de_database_groeit_niet_met_de_personen(client, noor, wat):
    aantallen = []
    for hoeveel in (1, 7):
        namen = [(f"Jan{i}", f"Zaal{hoeveel}{i}") for i in range(hoeveel)]
        for voornamen, achternaam in namen:
            factories.betrokkene(factories.casus(noor), voornamen=voornamen, achternaam=achternaam)
        mensen = tuple(factories.aangeleverd(voornamen=v, achternaam=a, geboortedatum="") for v, a in namen)
        bron = factories.signaal(personen=mensen)
        if wat == "signaal":
            aantallen.append(_vragen(client, bron.pad()))
            continue
        melding = neem_melding_aan(bron, door=noor)
        aantallen.append(_vragen(client, melding.pad() if wat == "melding" else f"{melding.casus.pad()}meldingen/"))
    assert aantallen[0] == aantallen[1] <= MEESTE_VRAGEN


def test_schreef_een_collega_intussen_over_de_melder_dan_is_dat_op_te_lossen(client, noor):
    melding = neem_melding_aan(door=noor, melder={"naam": "Kok"})
    begin = {"versie": melding.versie, "melder_versie": melding.melder.versie, "naam": "Kok"}
    wijzig_melder(melding.melder, door=noor, naam="M. Kok")
    antwoord = client.post(melding.pad(), begin | {"naam": "Mia Kok"})
    assert antwoord.status_code == 422
    vers = antwoord.context["form"]["melder_versie"].value()
    opnieuw = begin | {"melder_versie": vers, "naam": "Mia Kok", "botsing": "mijn"}
    assert client.post(melding.pad(), opnieuw).status_code == 302
    assert Melding.objects.get().melder.naam == "Mia Kok"
