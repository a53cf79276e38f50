"""Advice: on the name of who asks, nobody in it without consent, and nothing of it goes anywhere else."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from casus.models import Bericht, Betrokkene, Casus, Contact, Logregel, Persoon, Taak
from casus.services.betrokkenen import voeg_betrokkene_toe
from casus.services.terugkoppeling import kwam_niet_aan
from melding.advies import rond
from melding.advies.models import Advies, Toestemming
from melding.models import Melding
from melding.services import begin_advies, sluit_advies, wijzig_advies
from tests import factories
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.kern.uitpost import bezorg
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


@pytest.fixture
def advies(noor) -> Advies:
    return begin_advies(
        door=noor,
        adviesvrager_naam="Karin Postma",
        adviesvrager_email="karin@school.example",
        adviesvrager_functie="onbekend",
        adviesvrager_organisatie="onbekend",
        vrager_is="professional",
        fictieve_naam="Zonnebloem",
        onderwerp="PROEFTEKST onderwerp",
        advies="PROEFTEKST advies",
    )


@pytest.fixture
def eigen(noor) -> Advies:
    """Asked by someone it is about."""
    return begin_advies(door=noor, adviesvrager_naam="Karin Postma", vrager_is="directbetrokkene")


def gevuld(client: Client, advies: Advies) -> dict[str, str]:
    return {veld.html_name: str(veld.value() or "") for veld in client.get(advies.pad()).context["form"]}


# --- nobody without consent ------------------------------------------------------------------------------------


@pytest.mark.regel("RW-6.2")
@pytest.mark.parametrize("waar", ["scherm", "dienst", "database"])
def test_zonder_toestemming_komt_er_niemand_in_een_advies(client, advies, noor, waar):
    pad = f"{advies.casus.pad()}betrokkenen/nieuw/"
    eerder = Persoon.objects.count()
    if waar == "scherm":
        form = client.get(pad).context["form"]
        data = {veld.html_name: str(veld.value() or "") for veld in form}
        data |= {"achternaam": "Demir", "voornamen": "Yusuf"}
        antwoord = client.post(pad, data)
        assert antwoord.status_code == 422
        assert "/melding/nieuw/" in antwoord.content.decode()
        assert Persoon.objects.count() == eerder
    elif waar == "dienst":
        with pytest.raises(RegelGeweigerd, match="geen namen") as fout:
            voeg_betrokkene_toe(advies.casus, factories.persoon(), door=noor)
        assert fout.value.belemmeringen[0].link == "/melding/nieuw/"
    else:
        with pytest.raises(IntegrityError, match="rw_6_2"), transaction.atomic():
            Betrokkene.objects.create(casus=advies.casus, persoon=factories.persoon())
        ergens = factories.betrokkene(factories.casus(noor))
        with pytest.raises(IntegrityError, match="rw_6_2"), transaction.atomic():
            Betrokkene.objects.filter(pk=ergens.pk).update(casus=advies.casus)
    assert not Betrokkene.objects.filter(casus=advies.casus).exists()


@pytest.mark.regel("RW-6.2")
def test_een_professional_kan_geen_toestemming_geven(client, advies, noor):
    antwoord = client.post(f"{advies.pad()}toestemming/", {"gegeven_door": "Karin", "waarvoor": "namen"})
    assert antwoord.status_code == 422
    assert "/melding/nieuw/" in antwoord.content.decode()
    with pytest.raises(IntegrityError, match="rw_6_2"), transaction.atomic():
        Toestemming.objects.create(advies=advies, gegeven_door="Karin", waarvoor="namen", door=noor)


@pytest.mark.regel("RW-6.2")
def test_met_toestemming_van_wie_erbij_betrokken_is_kan_het_wel(client, eigen, noor):
    pad = f"{eigen.pad()}toestemming/"
    assert client.post(pad, {"gegeven_door": "Karin Postma", "waarvoor": " "}).status_code == 422
    data = {"gegeven_door": "Karin Postma", "waarvoor": "eigen naam, om terug te bellen"}
    assert client.post(pad, data).status_code == 302
    voeg_betrokkene_toe(eigen.casus, factories.persoon(), door=noor)
    assert eigen.casus.betrokkenen.count() == 1
    assert "eigen naam, om terug te bellen" in client.get(eigen.pad()).content.decode()
    with pytest.raises(RegelGeweigerd, match="blijft zo"):
        wijzig_advies(eigen, door=noor, vrager_is="professional")
    with pytest.raises(IntegrityError, match="rw_6_2"), transaction.atomic():
        Advies.objects.filter(pk=eigen.pk).update(vrager_is="professional")
    with pytest.raises(IntegrityError, match="rw_6_2_van_wie_en_waarvoor"), transaction.atomic():
        Toestemming.objects.update(waarvoor=" ")


# --- a second look before it is kept ---------------------------------------------------------------------------


@pytest.mark.regel("WVT-2")
@pytest.mark.parametrize(
    ("tekst", "wat"),
    [
        ("BSN 111222333", "een BSN"),
        ("geboren 4-3-1990", "geboortedatum"),
        ("geboren op 4 maart 1990", "geboortedatum"),
        ("woont Kerkstraat 12", "een adres"),
        ("8911 AB", "een postcode"),
        ("Yusuf el Demir slaat", "een naam"),
    ],
)
def test_wat_op_een_persoon_lijkt_geeft_een_waarschuwing_voor_het_bewaren(client, advies, tekst, wat):
    data = gevuld(client, advies) | {"onderwerp": tekst}
    antwoord = client.post(advies.pad(), data)
    assert antwoord.status_code == 422
    assert wat in antwoord.content.decode()
    assert Advies.objects.get(pk=advies.pk).onderwerp == "PROEFTEKST onderwerp"
    assert client.post(advies.pad(), data | {"motivering": "Het is een verzonnen voorbeeld."}).status_code == 302
    assert Advies.objects.get(pk=advies.pk).onderwerp == tekst
    assert "WVT-2" in Logregel.objects.filter(motivering__contains="verzonnen").latest("pk").regels
    assert client.post(advies.pad(), gevuld(client, advies) | {"advies": "Bel de huisarts."}).status_code == 302


@pytest.mark.regel("WVT-2")
@pytest.mark.parametrize(
    "tekst", ["", "Een moeder van twee kinderen. Zij belt 0800-2000.", "A-123-456-789", "Veilig Thuis belt"]
)
def test_gewone_tekst_geeft_geen_waarschuwing(client, advies, tekst):
    assert client.post(advies.pad(), gevuld(client, advies) | {"onderwerp": tekst}).status_code == 302


@pytest.mark.regel("WVT-2")
def test_ook_een_nieuw_advies_en_ondersteuning_krijgen_de_waarschuwing(client, advies, noor):
    nieuw = {"onderwerp": "BSN 111222333", "kanaal": "chat"}
    assert client.post("/advies/nieuw/", nieuw).status_code == 422
    assert Advies.objects.count() == 1
    assert client.post("/advies/nieuw/", nieuw | {"motivering": "voorbeeld"}).status_code == 302
    pad = f"{advies.pad()}ondersteuning/"
    data = {"soort": "chat", "op": "", "verslag": "BSN 111222333"}
    assert client.post(pad, data).status_code == 422
    assert not Contact.objects.exists()
    assert client.post(pad, data | {"verslag": "Nog eens gechat."}).status_code == 302
    contact = Contact.objects.get()
    assert (contact.soort, contact.stap_id, contact.verslag) == ("chat", advies.stap_id, "Nog eens gechat.")


@pytest.mark.regel("WVT-2")
@pytest.mark.parametrize("zoek", ["zonnebloem", "Karin", "postma karin"])
def test_een_advies_is_terug_te_vinden_op_vrager_en_fictieve_naam(client, advies, zoek):
    assert advies.nummer in client.post("/zoeken/", {"q": zoek}).content.decode()
    assert client.post("/zoeken/", {"q": advies.nummer})["Location"] == advies.casus.pad()
    assert advies.nummer not in client.post("/zoeken/", {"q": "madelief"}).content.decode()


# --- what leaves -----------------------------------------------------------------------------------------------


@pytest.mark.regel("RW-5.2")
def test_de_bevestiging_zegt_het_nummer_en_niets_anders(client, advies):
    data = gevuld(client, advies) | {"stap": "bevestig"}
    assert client.post(advies.pad(), data).status_code == 302
    bezorg()
    (brief,) = mail.outbox
    alles = f"{brief.subject}\n{brief.body}"
    assert brief.to == ["karin@school.example"]
    assert set(re.findall(r"[A-Z]-\d{3}-\d{3}-\d{3}", alles)) == {advies.nummer}
    for verboden in ("PROEFTEKST", "Zonnebloem", "Karin", "Postma"):
        assert verboden not in alles
    assert "afgeleverd" in client.get(advies.pad()).content.decode()


@pytest.mark.regel("RW-5.2")
@pytest.mark.parametrize("meer", ["Zonnebloem", "PROEFTEKST advies", "Karin Postma", None])
def test_de_database_weigert_een_bevestiging_met_meer(advies, noor, meer):
    tekst = rond.met_disclaimer(f"Uw nummer is {advies.nummer}. {meer}" if meer else "Geen nummer.")
    with pytest.raises(IntegrityError, match="rw_5_2"), transaction.atomic():
        Bericht.objects.create(
            casus=advies.casus,
            stap=advies.stap,
            aan="x",
            adres="a@b.example",
            onderwerp="Advies",
            tekst=tekst,
            door=noor,
            verzonden_op=timezone.now(),
        )


@pytest.mark.regel("RW-5.2")
def test_zonder_mailadres_zegt_het_scherm_wat_er_nodig_is(client, advies):
    data = gevuld(client, advies) | {"stap": "bevestig", "adviesvrager_email": "geen adres"}
    antwoord = client.post(advies.pad(), data)
    assert antwoord.status_code == 422
    assert "noem het nummer zelf" in antwoord.content.decode()


@pytest.mark.regel("WVT-3")
def test_een_melding_die_uit_een_advies_begint_neemt_niets_mee(client, advies):
    bladzijde = client.get(advies.pad()).content.decode()
    assert 'href="/melding/nieuw/"' in bladzijde
    assert f"/melding/nieuw/?casus={advies.nummer}" not in bladzijde
    nieuw = client.get("/melding/nieuw/").content.decode()
    for verboden in ("PROEFTEKST", "Zonnebloem", "Karin", advies.nummer):
        assert verboden not in nieuw
    client.post("/melding/nieuw/", {"situatie": "De vrager vertelt opnieuw."})
    for melding in Melding.objects.all():
        assert melding.casus.soort == Casus.Soort.MELDING
        assert "PROEFTEKST" not in client.get(melding.pad()).content.decode()


@pytest.mark.regel("WVT-3")
def test_geen_tabel_verbindt_een_advies_met_een_melding(advies):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND "
            "(conrelid = 'melding_advies'::regclass OR confrelid = 'melding_advies'::regclass)"
        )
        banden = {frozenset(rij) for rij in cursor.fetchall()}
    assert not any("melding_melding" in band or "melding_melder" in band for band in banden)


# --- appointment, support, end ---------------------------------------------------------------------------------


@pytest.mark.regel("WVT-4")
def test_een_gesprek_met_de_client_erbij_staat_op_die_dag_in_het_werk(client, advies, noor):
    data = {"gesprek_op": "1-12-2030 14:00", "waar": "op kantoor", "client_erbij": "on"}
    antwoord = client.post(f"{advies.pad()}afspraak/", data)
    assert antwoord.status_code == 302, antwoord.context["form"].errors
    taak = Taak.objects.get(soort="adviesgesprek")
    assert (taak.titel, taak.uiterlijk) == ("Adviesgesprek met de cliënt erbij", date(2030, 12, 1))
    with pytest.raises(RegelGeweigerd, match="Adviesgesprek"):
        sluit_advies(advies, door=noor)
    gesprek = advies.afspraken.get()
    assert client.post(f"{advies.pad()}gesprek/{gesprek.pk}/", {"stap": "geweest"}).status_code == 302
    assert Taak.objects.get(pk=taak.pk).stand == "gedaan"


@pytest.mark.regel("RW-5.12e")
def test_afsluiten_geeft_de_casus_zijn_einddatum(client, advies):
    assert client.post(advies.pad(), gevuld(client, advies) | {"stap": "sluit"}).status_code == 302
    casus = Casus.objects.get(pk=advies.casus.pk)
    assert casus.stand == "gesloten"
    assert casus.gesloten_op is not None


@pytest.mark.regel("RW-5.2")
def test_twee_keer_klikken_mailt_het_nummer_een_keer(client, advies, noor):
    data = gevuld(client, advies) | {"stap": "bevestig"}
    for _ in range(2):
        assert client.post(advies.pad(), data).status_code == 302
    bezorg()
    assert len(mail.outbox) == 1
    wijzig_advies(advies, door=noor, adviesvrager_email="ander@school.example")
    rond.bevestig_advies(Advies.objects.get(pk=advies.pk), door=noor)
    assert kwam_niet_aan(Bericht.objects.latest("pk"), door=factories.systeem())
    rond.bevestig_advies(Advies.objects.get(pk=advies.pk), door=noor)
    bezorg()
    assert [brief.to for brief in mail.outbox] == [["karin@school.example"], ["ander@school.example"]]


@pytest.mark.regel("RW-5.2")
def test_een_woord_uit_het_sjabloon_als_naam_geeft_een_zin_en_geen_storing(client, advies):
    data = gevuld(client, advies) | {"stap": "bevestig", "fictieve_naam": "nummer"}
    antwoord = client.post(advies.pad(), data)
    assert antwoord.status_code == 422
    assert "Verander dat, of noem het nummer zelf." in antwoord.content.decode()
    assert client.post(advies.pad(), data | {"fictieve_naam": "Zon", "onderwerp": "advies"}).status_code == 302


@pytest.mark.regel("WVT-2")
@pytest.mark.parametrize("wat", ["contact", "hoor", "afspraak", "voorwaarde"])
def test_ook_een_gewoon_contact_in_een_advies_krijgt_de_waarschuwing(client, advies, eigen, noor, wat):
    veld = "tekst" if wat in {"afspraak", "voorwaarde"} else "verslag"

    def vul(casus: Casus, tekst: str, **meer: str):
        pad = f"{casus.pad()}vastleggen/{wat}/"
        form = client.get(pad).context["form"]
        data = {v.html_name: str(v.value()) for v in form if v.name in {"soort", "hoor_wederhoor"}}
        return client.post(pad, data | {veld: tekst} | meer)

    antwoord = vul(advies.casus, "Yusuf el Demir slaat, BSN 111222333")
    assert antwoord.status_code == 422
    assert "lijkt op een naam" in antwoord.content.decode()
    assert "lijkt op een BSN" in antwoord.content.decode()
    assert vul(advies.casus, "De buurman slaat.").status_code == 302
    assert vul(advies.casus, "Yusuf el Demir slaat.", motivering="Een verzonnen naam.").status_code == 302
    assert Logregel.objects.filter(motivering="Een verzonnen naam.", regels=["WVT-2"]).count() == 1
    assert vul(factories.melding(door=noor).casus, "Yusuf el Demir slaat.").status_code == 302
    rond.leg_toestemming_vast(eigen, door=noor, gegeven_door="Karin Postma", waarvoor="namen")
    assert vul(eigen.casus, "Karin Postma belt terug.").status_code == 302
