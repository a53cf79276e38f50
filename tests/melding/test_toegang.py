"""What an attacker with an ordinary job tries: reading other people's files by way of taking in reports."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from casus import rechten
from casus.models import Betrokkene, Bijlage, Casus, Contact, Logregel, Persoon, Taak
from casus.selectors import is_betrokken_bij
from casus.services.bijlagen import lees_bijlage
from casus.services.casussen import sluit_casus
from melding.models import Melding, Signaal
from melding.services import neem_melding_aan
from tests import factories
from tests.melding.conftest import signaal as politiesignaal
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
GETYPT = {"aantal": "1", "persoon-0-voornamen": "Shanella", "persoon-0-achternaam": "Martina"}


def ingelogd(medewerker: Medewerker) -> Client:
    client = Client()
    client.force_login(medewerker)
    return client


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT, van=factories.team("Oost"))


@pytest.fixture
def houder() -> Medewerker:
    return factories.medewerker(naam="Fatima Aziz")


@pytest.fixture
def schuilt(houder) -> Betrokkene:
    """Someone who hides: one case, shielded, and an address nobody may know."""
    casus = factories.casus(houder)
    rij = factories.betrokkene(
        casus,
        voornamen="Shanella",
        achternaam="Martina",
        straat="Geheimstraat 7",
        bsn="999990019",
        adres_geheim=True,
    )
    Casus.objects.filter(pk=casus.pk).update(afgeschermd=True)
    casus.genoemden.add(houder)
    return rij


def stuur(wie: Medewerker, pad: str = "/melding/nieuw/", **velden: str):
    return ingelogd(wie).post(pad, {"actie": "aannemen", **velden})


@pytest.mark.regel("RW-5.10")
@pytest.mark.parametrize("actie", ["aannemen", "acuut"])
@pytest.mark.parametrize("getypt", [GETYPT, {"aantal": "1"}], ids=["herkend", "geraden"])
def test_wie_afgeschermd_is_komt_niet_in_een_nieuwe_casus_van_een_ander(noor, schuilt, actie, getypt):
    antwoord = stuur(noor, **getypt, **{"actie": actie, "persoon-0-keuze": str(schuilt.persoon_id)})
    assert antwoord.status_code == 422
    assert "Geheimstraat" not in antwoord.content.decode()
    assert not Melding.objects.exists()
    assert Betrokkene.objects.filter(persoon=schuilt.persoon_id).count() == 1


def test_ook_de_knop_daarvoor_is_er_niet(noor, schuilt):
    bladzijde = ingelogd(noor).post("/melding/herkennen/", {"rij": "0", **GETYPT}).content.decode()
    assert "Blind toevoegen" in bladzijde
    assert f'value="{schuilt.persoon_id}"' not in bladzijde
    assert "Deze persoon" not in bladzijde


def test_blind_toevoegen_en_een_nieuwe_persoon_kunnen_wel(noor, schuilt):
    blind = stuur(noor, **GETYPT, **{"persoon-0-keuze": f"{schuilt.persoon_id}/{schuilt.casus_id}"})
    assert (blind.status_code, blind["Location"]) == (302, "/werk/")
    nieuw = stuur(noor, **GETYPT, **{"persoon-0-keuze": "nieuw"})
    assert nieuw.status_code == 302
    assert Persoon.objects.filter(achternaam="Martina").count() == 2


@pytest.mark.regel("RW-5.10")
def test_wie_niet_bij_het_getypte_hoort_kan_niet_gekozen_worden(noor, houder):
    ander = factories.betrokkene(factories.casus(houder), voornamen="Bo", achternaam="Xander", bsn="999990019")
    for keuze in (str(ander.persoon_id), f"{ander.persoon_id}/{ander.casus_id}", "9999999", "1/2", "x"):
        antwoord = stuur(noor, **GETYPT, **{"persoon-0-keuze": keuze})
        assert antwoord.status_code == 422, keuze
    assert Betrokkene.objects.filter(persoon=ander.persoon_id).count() == 1


def test_wie_herkend_is_wordt_niet_in_de_casus_van_een_ander_gezet(noor, houder, schuilt):
    mijn = factories.betrokkene(factories.casus(noor), voornamen="Bo", achternaam="Xander")
    antwoord = stuur(noor, **GETYPT, **{"persoon-0-keuze": f"{mijn.persoon_id}/{schuilt.casus_id}"})
    assert antwoord.status_code == 422
    assert Betrokkene.objects.filter(casus=schuilt.casus_id).count() == 1


def test_wie_in_een_eigen_casus_staat_blijft_gekozen_ook_als_de_naam_anders_getypt_is(noor):
    mijn = factories.betrokkene(factories.casus(noor), voornamen="Bo", achternaam="Xander")
    antwoord = stuur(noor, **GETYPT, **{"persoon-0-keuze": f"{mijn.persoon_id}/{mijn.casus_id}"})
    assert antwoord.status_code == 302
    assert Melding.objects.get().casus == mijn.casus


def test_wat_een_oude_afgeschermde_casus_opvolgt_is_ook_afgeschermd(noor, schuilt, monkeypatch):
    from melding.meldingen.services import aannemen as meldingen

    monkeypatch.setattr(meldingen, "volg_op_monitoren", lambda casus, *, door: True)
    stuur(noor, **GETYPT, **{"persoon-0-keuze": f"{schuilt.persoon_id}/{schuilt.casus_id}"})
    nieuw = Melding.objects.get().casus
    assert nieuw != schuilt.casus
    assert (nieuw.afgeschermd, nieuw.verantwoordelijke) == (True, schuilt.casus.verantwoordelijke)
    assert not rechten.mag_lezen(noor, nieuw)


@pytest.mark.regel("RW-3.3", "RW-3.8")
def test_een_lege_melding_erbij_maakt_niet_betrokken_bij_de_casus_van_een_ander(noor, houder):
    casus = factories.casus(houder)
    assert ingelogd(noor).get(casus.pad()).status_code == 403
    antwoord = stuur(noor, f"/melding/nieuw/?casus={casus.nummer}")
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/werk/")
    melding = Melding.objects.get()
    assert (melding.casus, melding.stap.verantwoordelijke, melding.stap.team) == (casus, houder, casus.team)
    assert not is_betrokken_bij(noor, casus)
    assert ingelogd(noor).get(casus.pad()).status_code == 403
    assert not Taak.objects.filter(casus=casus, voor=noor).exists()


@pytest.mark.regel("RW-3.8")
def test_een_uur_noodknop_wordt_door_een_melding_geen_blijvende_toegang(noor, houder):
    from casus.services.noodknop import open_met_noodknop

    casus = factories.casus(houder)
    open_met_noodknop(casus, "Politie aan de lijn", door=noor)
    stuur(noor, f"/melding/nieuw/?casus={casus.nummer}")
    assert not is_betrokken_bij(noor, casus)


def test_in_een_eigen_casus_is_de_melding_van_wie_haar_opneemt(noor):
    collega = factories.collega(noor, Rol.VOORKANT)
    casus = factories.casus(noor)
    assert neem_melding_aan(door=collega, casus=casus).stap.verantwoordelijke == collega


@pytest.fixture
def gesloten(noor) -> Casus:
    return sluit_casus(factories.casus(noor), door=noor)


@pytest.mark.regel("RW-13.AF")
def test_een_nieuw_signaal_bij_een_gesloten_casus_staat_er_meteen_met_bijlage_taak_en_verwijzing(noor, gesloten):
    client = ingelogd(noor)
    antwoord = client.post(
        f"{gesloten.pad()}vastleggen/contact/",
        {
            "soort": "telefoon",
            "met": "de buurvrouw",
            "verslag": "Weer geschreeuw.",
            "nieuw_signaal": "ja",
            "bijlage": SimpleUploadedFile("brief.pdf", PDF),
        },
    )
    signaal = Signaal.objects.get()
    assert (antwoord.status_code, antwoord["Location"]) == (302, signaal.pad())
    assert (signaal.bron, signaal.volgt_op) == ("medewerker", gesloten)
    assert signaal.tekst == "Gesproken met: de buurvrouw\n\nWeer geschreeuw."
    assert lees_bijlage(signaal.bijlagen.get()) == PDF
    taak = Taak.objects.get(onderwerp_soort="melding.signaal", stand="open")
    assert (taak.pad, taak.team) == (signaal.pad(), noor.team)
    assert "nieuw_signaal" not in client.session
    assert not Contact.objects.exists()

    bladzijde = client.get(signaal.pad()).content.decode()
    assert gesloten.nummer in bladzijde
    assert "Weer geschreeuw." in bladzijde
    client.post(signaal.pad(), {"actie": "aannemen"})
    melding = Melding.objects.get()
    assert (melding.casus.volgt_op, melding.situatie) == (gesloten, signaal.tekst)
    assert Bijlage.objects.get().casus == melding.casus


@pytest.mark.regel("RW-13.AF", "RW-3.3")
def test_ook_wie_geen_meldingen_opneemt_verliest_het_signaal_niet(noor):
    arts = factories.collega(noor, Rol.VERTROUWENSARTS)
    casus = factories.casus(arts)
    Casus.objects.filter(pk=casus.pk).update(stand="gesloten", gesloten_op=timezone.now())
    antwoord = ingelogd(arts).post(
        f"{casus.pad()}vastleggen/contact/", {"soort": "telefoon", "verslag": "Weer.", "nieuw_signaal": "ja"}
    )
    assert (antwoord.status_code, antwoord["Location"]) == (302, casus.pad())
    assert Signaal.objects.get().tekst == "Weer."


def test_een_signaal_dat_geen_melding_wordt_vergeet_ook_bij_welke_casus_het_hoorde(noor, gesloten):
    client = ingelogd(noor)
    client.post(
        f"{gesloten.pad()}vastleggen/contact/", {"soort": "telefoon", "verslag": "Weer.", "nieuw_signaal": "ja"}
    )
    signaal = Signaal.objects.get()
    client.post(f"{signaal.pad()}sluiten/", {"reden": "ging over iemand anders", "versie": signaal.versie})
    signaal = Signaal.objects.get()
    assert (signaal.stand, signaal.kenmerk, signaal.volgt_op) == ("afgesloten", "", None)
    assert not Signaal.history.exclude(kenmerk="").exists()


def _open(soort: str) -> bool:
    return Taak.objects.filter(onderwerp_soort=soort, soort="gegevens", stand="open").exists()


@pytest.mark.regel("RW-4.8b")
def test_gegevens_nakijken_is_gedaan_als_op_het_persoonsscherm_niets_meer_twijfelachtig_is(noor):
    melding = neem_melding_aan(politiesignaal(), door=noor)
    kind = melding.casus.betrokkenen.get(persoon__voornamen="Noa")
    client, pad = ingelogd(noor), f"{kind.pad()}{kind.pk}/"
    assert Taak.objects.get(soort="gegevens").pad == pad
    assert "Nagekeken, het klopt zo" in client.get(pad).content.decode()
    basis = {"voornamen": "Noa", "achternaam": "Brouwers", "geboortedatum": "28-02-2017"}
    client.post(pad, {**basis, "bsn": "123456789"})
    assert _open("casus.betrokkene")
    client.post(pad, {**basis, "bsn": "999990020"})
    assert Persoon.objects.get(pk=kind.persoon_id).bsn_stand == "mogelijk"
    assert not _open("casus.betrokkene")
    assert "Nagekeken, het klopt zo" not in client.get(pad).content.decode()


@pytest.mark.regel("RW-4.8b")
def test_gegevens_die_kloppen_zoals_ze_zijn_zegt_iemand_met_een_reden(noor):
    melding = neem_melding_aan(politiesignaal(ontvangen_op="2126-01-01"), door=noor)
    kind = melding.casus.betrokkenen.get(persoon__voornamen="Noa")
    client = ingelogd(noor)
    assert "Nagekeken, het klopt zo" in client.get(melding.pad()).content.decode()
    for soort, pad in (("casus.betrokkene", f"{kind.pad()}{kind.pk}/"), ("melding.melding", melding.pad())):
        assert client.post(f"{pad}nagekeken/", {"reden": " "}).status_code == 422
        assert _open(soort)
        assert client.post(f"{pad}nagekeken/", {"reden": "Moeder weet de datum niet."}).status_code == 302
        assert not _open(soort)
    regels = Logregel.objects.filter(casus=melding.casus, wat="nagekeken", door=noor)
    assert {r.motivering for r in regels} == {"Moeder weet de datum niet."}
    assert regels.count() == 2
    with pytest.raises(RegelGeweigerd) as gevangen:
        sluit_casus(Casus.objects.get(pk=melding.casus.pk), door=factories.systeem())
    assert not any("nakijken" in b.uitleg for b in gevangen.value.belemmeringen)


def test_wie_niet_in_de_casus_mag_vastleggen_zegt_niet_dat_het_klopt(noor):
    melding = neem_melding_aan(politiesignaal(), door=noor)
    kind = melding.casus.betrokkenen.get(persoon__voornamen="Noa")
    vreemde = factories.medewerker(van=factories.team("Zuid"))
    assert ingelogd(vreemde).post(f"{kind.pad()}{kind.pk}/nagekeken/", {"reden": "x"}).status_code == 403
    assert _open("casus.betrokkene")
