"""Feedback to whoever reported: done, or motivated not done, and never more than the own number."""

from __future__ import annotations

import threading

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client

from casus.models import Betrokkene, Terugkoppeling
from casus.services.terugkoppeling import kwam_niet_aan, vraag_terugkoppeling
from casus.services.vastleggen import leg_contact_vast
from melding.models import Melding
from tests import factories
from vt_cvs.kern.uitpost import bezorg
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = pytest.mark.django_db
ADRES = "oosterveen@politie.example"


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


@pytest.fixture
def melding(noor) -> Melding:
    melding = factories.melding(door=noor, situatie="PROEFTEKST situatie")
    factories.betrokkene(melding.casus, voornamen="PROEFTEKST", achternaam="Terpstra", rol=Betrokkene.Rol.DIRECT)
    leg_contact_vast(melding.casus, door=noor, soort="telefoon", onderwerp="PROEFTEKST onderwerp", verslag="PROEFTEKST")
    return Melding.objects.get(pk=melding.pk)


@pytest.fixture
def terugkoppeling(melding, noor) -> Terugkoppeling:
    return vraag_terugkoppeling(
        melding.stap,
        Terugkoppeling.Moment.TRIAGEBESLUIT,
        door=noor,
        aan="J. de Wit",
        functie="wijkagent",
        adres=ADRES,
        meldingsnummer=melding.nummer,
    )


def begin(client: Client, terugkoppeling: Terugkoppeling, hoe: str = "bericht") -> dict[str, str]:
    form = client.get(f"{terugkoppeling.pad()}?hoe={hoe}").context["form"]
    return {veld.html_name: str(veld.value() or "") for veld in form}


def vers(terugkoppeling: Terugkoppeling) -> Terugkoppeling:
    return Terugkoppeling.objects.get(pk=terugkoppeling.pk)


@pytest.mark.regel("RW-5.11", "RW-6.13", "RW-10.4")
def test_het_sjabloon_staat_ingevuld_en_gaat_in_een_druk_op_de_knop_weg(
    client, terugkoppeling, django_capture_on_commit_callbacks
):
    gevuld = begin(client, terugkoppeling)
    assert (gevuld["wijze"], gevuld["adres"]) == ("mail", ADRES)
    gevuld["tekst"] += "\n\nBel gerust."
    assert client.post(f"{terugkoppeling.pad()}?hoe=bericht", gevuld).status_code == 302
    bezorg()
    (brief,) = mail.outbox
    assert brief.to == [ADRES]
    assert "Bel gerust." in brief.body
    assert "alleen bestemd voor" in brief.body
    assert vers(terugkoppeling).stand == Terugkoppeling.Stand.AFGELEVERD
    assert "Bel gerust." in client.get(terugkoppeling.pad()).content.decode()


@pytest.mark.regel("RW-5.1")
def test_de_melder_krijgt_alleen_het_eigen_nummer_en_niets_uit_het_dossier(client, terugkoppeling, melding):
    gevuld = begin(client, terugkoppeling)
    client.post(terugkoppeling.pad(), gevuld)
    bezorg()
    (brief,) = mail.outbox
    alles = f"{brief.subject}\n{brief.body}\n{brief.extra_headers}"
    assert melding.nummer in alles
    assert melding.casus.naam == "Terpstra"
    for verboden in (melding.casus.nummer, "PROEFTEKST", "Terpstra"):
        assert verboden not in alles


@pytest.mark.regel("RW-5.1")
@pytest.mark.parametrize("waar", ["scherm", "api"])
@pytest.mark.parametrize("wat", ["casusnummer", "casusnaam", "andere melding"])
def test_een_bericht_met_meer_dan_het_eigen_nummer_gaat_niet_weg(client, terugkoppeling, melding, noor, waar, wat):
    ander = factories.melding(door=noor, casus=melding.casus)
    teveel = {"casusnummer": melding.casus.nummer, "casusnaam": "Terpstra", "andere melding": ander.nummer}[wat]
    gevuld = begin(client, terugkoppeling)
    if waar == "scherm":
        antwoord = client.post(terugkoppeling.pad(), gevuld | {"tekst": f"Het gaat om {teveel}."})
        assert antwoord.status_code == 422
        assert teveel in antwoord.content.decode()
    else:
        from casus.services.terugkoppeling import schrijf_bericht

        gevuld.pop("versie")
        geschreven = schrijf_bericht(terugkoppeling, door=noor, **(gevuld | {"onderwerp": f"Over {teveel}"}))
        antwoord = client.post(
            f"/api/v1/terugkoppelingen/{terugkoppeling.pk}/verstuur",
            {},
            content_type="application/json",
            headers={"If-Match": f'"{geschreven.versie}"'},
        )
        assert antwoord.status_code == 409
        assert antwoord.json()["belemmeringen"][0]["regel"]["id"] == "RW-5.1"
        assert antwoord.json()["belemmeringen"][0]["pointer"] == "/onderwerp"
    assert vers(terugkoppeling).is_open
    bezorg()
    assert mail.outbox == []


@pytest.mark.regel("RW-6.6")
@pytest.mark.parametrize(
    "reden", [{"reden": ""}, {"reden": "anders"}, {"reden": "anders", "toelichting": "  "}, {"toelichting": " "}]
)
def test_geen_terugkoppeling_zonder_reden_kan_niet_op_het_scherm(client, terugkoppeling, reden):
    gevuld = begin(client, terugkoppeling, "niet") | reden
    antwoord = client.post(f"{terugkoppeling.pad()}?hoe=niet", gevuld)
    assert antwoord.status_code == 422
    assert "Vul de reden in." in antwoord.content.decode()
    assert vers(terugkoppeling).is_open


@pytest.mark.regel("RW-6.6")
def test_geen_terugkoppeling_zonder_reden_kan_niet_met_de_api(client, terugkoppeling):
    adres = f"/api/v1/terugkoppelingen/{terugkoppeling.pk}/zie-af"
    kop = {"If-Match": f'"{terugkoppeling.versie}"'}
    antwoord = client.post(adres, {"reden": " "}, content_type="application/json", headers=kop)
    assert antwoord.status_code == 409
    assert antwoord.json()["belemmeringen"][0]["regel"]["id"] == "RW-6.6"
    assert client.post(adres, {}, content_type="application/json", headers=kop).status_code == 400
    assert (
        client.post(adres, {"reden": "onbereikbaar"}, content_type="application/json", headers=kop).status_code == 200
    )


@pytest.mark.regel("RW-6.6")
def test_geen_terugkoppeling_zonder_reden_weigert_de_database(terugkoppeling):
    with pytest.raises(IntegrityError, match="rw_6_6_niet_met_reden"), transaction.atomic():
        Terugkoppeling.objects.filter(pk=terugkoppeling.pk).update(stand="niet", reden_niet="  ")


@pytest.mark.regel("RW-6.6", "RW-6.15")
def test_met_reden_is_het_gemotiveerd_niet_gedaan_en_weg_uit_het_werk(client, terugkoppeling):
    assert terugkoppeling.dossier.taken.filter(soort="terugkoppeling", stand="open").exists()
    gevuld = begin(client, terugkoppeling, "niet") | {"reden": "onbereikbaar", "toelichting": "drie keer gebeld"}
    assert client.post(f"{terugkoppeling.pad()}?hoe=niet", gevuld).status_code == 302
    klaar = vers(terugkoppeling)
    assert klaar.reden_niet == "De melder is niet te bereiken: drie keer gebeld"
    assert not terugkoppeling.dossier.taken.filter(soort="terugkoppeling", stand="open").exists()
    assert klaar.reden_niet in client.get(terugkoppeling.pad()).content.decode()


@pytest.mark.regel("RW-8.3", "RW-6.6")
def test_dat_de_overdrachtspartij_terugkoppelt_is_een_reden_om_te_kiezen(client, terugkoppeling):
    gevuld = begin(client, terugkoppeling, "niet") | {"reden": "overdrachtspartij"}
    assert client.post(f"{terugkoppeling.pad()}?hoe=niet", gevuld).status_code == 302
    assert vers(terugkoppeling).reden_niet == "De overdrachtspartij koppelt terug"


@pytest.mark.regel("RW-6.12")
def test_het_scherm_vraagt_hoe_mail_brief_anders_of_niet(client, terugkoppeling):
    bladzijde = client.get(terugkoppeling.pad()).content.decode()
    for weg in ("Mail of brief", "Anders gedaan", "Geen terugkoppeling"):
        assert weg in bladzijde
    gevuld = begin(client, terugkoppeling, "anders") | {"toelichting": "Gebeld op maandag."}
    assert client.post(f"{terugkoppeling.pad()}?hoe=anders", gevuld).status_code == 302
    assert vers(terugkoppeling).stand == Terugkoppeling.Stand.AFGELEVERD
    assert client.get(f"{terugkoppeling.pad()}?hoe=onzin").status_code == 404


def test_een_brief_staat_klaar_om_af_te_drukken(client, terugkoppeling):
    assert client.get(f"{terugkoppeling.pad()}brief/").status_code == 404
    gevuld = begin(client, terugkoppeling) | {"wijze": "brief", "adres": "Kerkplein 1, Oosterveen"}
    antwoord = client.post(terugkoppeling.pad(), gevuld)
    assert antwoord["Location"] == terugkoppeling.pad()
    bladzijde = client.get(f"{terugkoppeling.pad()}brief/").content.decode()
    assert "Kerkplein 1, Oosterveen" in bladzijde
    assert "Beste J. de Wit" in bladzijde


@pytest.mark.parametrize("adres", ["", "geen adres", "a@b@c"])
def test_een_mail_zonder_goed_adres_zegt_wat_wel_kan(client, terugkoppeling, adres):
    antwoord = client.post(terugkoppeling.pad(), begin(client, terugkoppeling) | {"adres": adres})
    assert antwoord.status_code == 422
    assert "brief" in antwoord.content.decode()
    assert vers(terugkoppeling).is_open


def test_wie_te_laat_is_verliest_niets(client, terugkoppeling):
    oud = begin(client, terugkoppeling)
    client.post(terugkoppeling.pad(), oud | {"adres": ""})
    client.post(
        f"{terugkoppeling.pad()}?hoe=anders", begin(client, terugkoppeling, "anders") | {"toelichting": "Gebeld."}
    )
    antwoord = client.post(terugkoppeling.pad(), oud)
    assert antwoord.status_code == 200
    assert mail.outbox == []


def test_een_collega_van_elders_komt_er_niet_in(terugkoppeling):
    buiten = Client()
    buiten.force_login(factories.buitenstaander())
    assert buiten.get(terugkoppeling.pad()).status_code == 403
    assert buiten.post(terugkoppeling.pad(), {}).status_code == 403
    assert vers(terugkoppeling).is_open


@pytest.mark.regel("RW-6.15")
@pytest.mark.parametrize("toelichting", ["", "  ", "\n"])
def test_anders_gedaan_zegt_wat_er_is_gezegd_ook_met_de_api(client, terugkoppeling, toelichting):
    gevuld = begin(client, terugkoppeling, "anders") | {"toelichting": toelichting}
    assert client.post(f"{terugkoppeling.pad()}?hoe=anders", gevuld).status_code == 422
    adres = f"/api/v1/terugkoppelingen/{terugkoppeling.pk}/doe-anders"
    kop = {"If-Match": f'"{terugkoppeling.versie}"'}
    antwoord = client.post(adres, {"toelichting": toelichting}, content_type="application/json", headers=kop)
    assert antwoord.status_code == 409
    assert antwoord.json()["belemmeringen"][0]["regel"]["id"] == "RW-6.15"
    assert vers(terugkoppeling).is_open


@pytest.mark.regel("RW-6.11", "RW-6.12")
def test_na_een_mail_die_terugkwam_kan_het_ook_anders(client, terugkoppeling, noor):
    """Whoever reaches for the telephone then, can write down that it was done."""
    client.post(terugkoppeling.pad(), begin(client, terugkoppeling))
    bezorg()
    assert kwam_niet_aan(vers(terugkoppeling).bericht, door=factories.systeem())
    gevuld = begin(client, terugkoppeling, "anders") | {"toelichting": "Gebeld op maandag."}
    assert client.post(f"{terugkoppeling.pad()}?hoe=anders", gevuld).status_code == 302
    assert vers(terugkoppeling).stand == Terugkoppeling.Stand.AFGELEVERD
    assert not terugkoppeling.dossier.taken.filter(soort="terugkoppeling", stand="open").exists()
    bladzijde = client.get(terugkoppeling.pad()).content.decode()
    assert "Gebeld op maandag." in bladzijde
    assert "Niet aangekomen" in bladzijde


@pytest.mark.regel("RW-6.11")
def test_een_mail_die_na_het_sluiten_terugkomt_wordt_nog_een_taak(client, terugkoppeling, noor):
    client.post(terugkoppeling.pad(), begin(client, terugkoppeling))
    bezorg()
    casus = terugkoppeling.dossier
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casus_processtap SET geeindigd_op = now() + interval '1 hour'")
        cursor.execute("UPDATE casus_taak SET stand = 'vervallen', klaar_op = now() WHERE stand = 'open'")
        cursor.execute("UPDATE casus_casus SET stand = 'gesloten', gesloten_op = now() + interval '1 hour'")
    assert kwam_niet_aan(vers(terugkoppeling).bericht, door=factories.systeem())
    assert casus.taken.filter(titel__contains="opnieuw versturen", stand="open").exists()


@pytest.mark.django_db(transaction=True)
def test_twee_mensen_die_tegelijk_vragen_krijgen_dezelfde_terugkoppeling(melding, noor):
    """Each waits for the other at the case; without that the second met a constraint."""
    met = {"door": noor, "aan": "J. de Wit", "meldingsnummer": melding.nummer}
    gevonden: list[int] = []
    tegelijk = threading.Barrier(4)

    def vraag() -> None:
        try:
            tegelijk.wait()
            gevonden.append(vraag_terugkoppeling(melding.stap, "einde", **met).pk)
        finally:
            connection.close()

    draden = [threading.Thread(target=vraag) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert len(gevonden) == 4
    assert len(set(gevonden)) == 1
