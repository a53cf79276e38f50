"""Which municipality a report counts for: proposed by the rule, confirmed by a person; another region is told."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from casus.models import Betrokkene
from melding.gemeente import Woont, stel_gemeente_voor
from melding.meldingen.services import draag_over_aan_regio, wijzig_melding
from melding.models import Melding, Regiooverdracht
from tests import factories
from tests.melding.conftest import weigering
from vt_cvs.organisatie.gemeenten import andere_regio, gemeente_op
from vt_cvs.organisatie.models import Code, Rol
from vt_cvs.organisatie.selectors import keuzes, label

pytestmark = [pytest.mark.django_db, pytest.mark.regel("RW-6.5")]
ALMERE, AMSTERDAM, LELYSTAD, WEESP = "GM0034", "GM0363", "GM0995", "GM0457"
ONDERGAAT = Betrokkene.Aandeel.ONDERGAAT


@pytest.fixture
def noor():
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


def kind(plaats: str) -> Woont:
    return Woont(plaats, kind=True)


def volwassene(plaats: str, aandeel: str = ONDERGAAT) -> Woont:
    return Woont(plaats, kind=False, aandeel=aandeel)


@pytest.mark.parametrize(
    ("mensen", "code"),
    [
        ([kind("Almere"), kind("almere "), volwassene("Amsterdam")], ALMERE),
        ([kind("Almere"), kind("Lelystad"), volwassene("Amsterdam")], AMSTERDAM),
        ([volwassene("Lelystad"), volwassene("Almere", Betrokkene.Aandeel.PLEGER)], LELYSTAD),
        ([volwassene("Almere", Betrokkene.Aandeel.PLEGER)], None),
        ([volwassene("Almere"), volwassene("Lelystad")], None),
        ([kind("Nergenshuizen")], None),
        ([], None),
    ],
)
def test_de_regel_stelt_voor(mensen, code):
    voorstel = stel_gemeente_voor(mensen, op=date(2026, 11, 22))
    assert (voorstel.code if voorstel else None) == code


def test_een_gemeente_die_opging_telt_naar_de_dag():
    assert stel_gemeente_voor([kind("Weesp")], op=date(2022, 3, 23)).code == WEESP
    assert stel_gemeente_voor([kind("Weesp")], op=date(2022, 3, 24)).code == AMSTERDAM
    assert gemeente_op(ALMERE, date(2030, 1, 1)) == ALMERE
    assert WEESP not in dict(keuzes("gemeente"))
    assert WEESP in dict(keuzes("gemeente", op=date(2020, 1, 1)))
    assert label("gemeente", WEESP) == "Weesp"  # old files keep their words


def test_lijsten_hebben_een_bron():
    assert not Code.objects.filter(lijst__in=["gemeente", "vt_regio", "reden_nti"], bron="").exists()
    assert Code.objects.filter(lijst="vt_regio").count() == 25


def test_een_andere_regio_wordt_gezegd_met_welke(settings):
    assert andere_regio(ALMERE) is None
    assert andere_regio(AMSTERDAM).naam == "Amsterdam-Amstelland"
    assert andere_regio(WEESP).naam == "Amsterdam-Amstelland"
    settings.VT_REGIOCODE = ""
    assert andere_regio(AMSTERDAM) is None


def signaal(plaats: str = "Almere"):
    return factories.signaal(personen=(factories.aangeleverd("kind", voornamen="Noa", plaats=plaats),))


def getypt(plaats: str = "Almere", **velden: str) -> dict[str, str]:
    rij = {"voornamen": "Noa", "achternaam": "Kok", "geboortedatum": "1-6-2017", "plaats": plaats, "keuze": "nieuw"}
    return {f"persoon-0-{naam}": waarde for naam, waarde in rij.items()} | {
        "aantal": "1",
        "actie": "aannemen",
        **velden,
    }


def test_het_voorstel_staat_er_met_uitleg_en_een_vinkje_bevestigt_het(client):
    bladzijde = client.get(signaal().pad()).content.decode()
    assert "omdat de kinderen daar wonen" in bladzijde
    assert "Ja, Almere" in bladzijde
    assert client.post("/melding/nieuw/", getypt(gemeente_akkoord=ALMERE)).status_code == 302
    melding = Melding.objects.get()
    assert (melding.gemeente, melding.casus.gemeente) == (ALMERE, ALMERE)


def test_zonder_bevestiging_blijft_de_gemeente_leeg(client):
    client.post("/melding/nieuw/", getypt())
    assert Melding.objects.get().gemeente == ""


def test_een_andere_gemeente_vraagt_een_reden_en_acuut_nooit(client):
    antwoord = client.post("/melding/nieuw/", getypt(gemeente=LELYSTAD))
    assert antwoord.status_code == 422
    assert "Schrijf kort waarom het niet Almere is" in antwoord.content.decode()
    client.post("/melding/nieuw/", getypt(gemeente=LELYSTAD, gemeente_reden="Net verhuisd."))
    melding = Melding.objects.get()
    assert (melding.gemeente, melding.gemeente_reden) == (LELYSTAD, "Net verhuisd.")
    assert client.post("/melding/nieuw/", getypt(gemeente=LELYSTAD, actie="acuut")).status_code == 302


def test_kinderen_die_er_niet_bij_horen_tellen_niet(client):
    antwoord = client.post("/melding/nieuw/", getypt(**{"actie": "herken", "persoon-0-rol": "betrokken_derde"}))
    assert antwoord.context["voorstel"] is None


@pytest.fixture
def melding(noor) -> Melding:
    melding = factories.melding(door=noor)
    return wijzig_melding(melding, door=noor, gemeente=AMSTERDAM)


def test_overdragen_aan_een_andere_regio_legt_vast_wat_is_meegegeven(client, noor, melding):
    assert "Veilig Thuis Amsterdam-Amstelland" in client.get(melding.pad()).content.decode()
    pad = f"{melding.pad()}regio/"
    assert client.get(pad).context["form"]["andere_regio"].value() == "VT01"
    leeg = client.post(pad, {"andere_regio": "VT01", "meegegeven": " "})
    assert leeg.status_code == 422
    assert "Schrijf op wat je hebt meegegeven" in leeg.content.decode()
    gegevens = {"andere_regio": "VT01", "meegegeven": "De hele melding en de VHT.", "aan_wie": "S. Vos"}
    assert client.post(pad, gegevens).status_code == 302
    bladzijde = client.get(melding.pad()).content.decode()
    assert "De hele melding en de VHT." in bladzijde
    assert "S. Vos" in bladzijde
    assert client.post(pad, gegevens).status_code == 422  # once


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"andere_regio": "VT99"}, "andere_regio"),
        ({"meegegeven": ""}, "meegegeven"),
        ({"overgedragen_op": datetime.fromisoformat("2999-01-01T00:00:00+00:00")}, "overgedragen_op"),
    ],
)
def test_een_overdracht_die_niet_kan_zegt_waarom(noor, melding, velden, veld):
    gegevens = {"andere_regio": "VT01", "meegegeven": "Alles."} | velden
    assert [b.veld for b in weigering(draag_over_aan_regio, melding, door=noor, **gegevens)] == [veld]


def test_wat_is_meegegeven_staat_vast_ook_in_de_database(noor, melding):
    draag_over_aan_regio(melding, door=noor, andere_regio="VT01", meegegeven="Alles.")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE melding_regiooverdracht SET meegegeven = 'niets'")
    assert Regiooverdracht.objects.get().meegegeven == "Alles."
