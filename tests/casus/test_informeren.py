"""Whom a case is about hears of it, within the term, and says what they think: per person and per report."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from casus.informeren.selectors import gezaghebbenden_van
from casus.informeren.services import informeer, leg_reactie_vast
from casus.models import Betrokkene, Familieband, Reactie, Taak, Terugkoppeling
from melding.models import Melding
from tests import factories
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.kern.termijnen import informeertermijn
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
def melding(noor) -> Melding:
    return factories.melding(door=noor, ontvangen_op=datetime(2026, 3, 2, 9, tzinfo=UTC))


@pytest.fixture
def moeder(melding) -> Betrokkene:
    return factories.betrokkene(
        melding.casus, voornamen="Marloes", achternaam="Bos", geboortedatum=date(1990, 3, 4), email="m@post.example"
    )


def taak(melding: Melding) -> Taak | None:
    return Taak.objects.filter(soort="informeren", onderwerp_id=melding.stap_id, stand="open").first()


def schrijf(client: Client, melding: Melding, wie: Betrokkene, **data: str):
    pad = f"{melding.casus.pad()}informeren/{melding.stap_id}/{wie.pk}/"
    return client.post(pad, {"moment": "melding", **data})


@pytest.mark.regel("RW-7.13")
def test_de_vier_weken_van_de_wmo_lopen_vanaf_elke_melding(melding, noor):
    open_ = taak(melding)
    assert open_ is not None
    assert open_.uiterlijk == date(2026, 3, 30) == informeertermijn(melding.ontvangen_op).uiterlijk
    assert (open_.termijn, open_.houdt_sluiten_tegen) == ("4 weken", False)
    later = factories.melding(door=noor, casus=melding.casus)
    assert taak(later) is not None


@pytest.mark.regel("RW-7.13")
def test_per_persoon_een_mail_uit_het_sjabloon(client, melding, moeder):
    pad = schrijf(client, melding, moeder)["Location"]
    form = client.get(pad).context["form"]
    gevuld = {veld.html_name: str(veld.value() or "") for veld in form}
    assert gevuld["adres"] == "m@post.example"
    assert "U mag vragen om het dossier te lezen." in gevuld["tekst"]
    assert client.post(pad, gevuld).status_code == 302
    bezorg()
    assert mail.outbox[0].to == ["m@post.example"]
    assert melding.nummer in mail.outbox[0].body
    assert melding.casus.nummer not in mail.outbox[0].body
    assert "Afgeleverd" in client.get(pad).content.decode()
    assert schrijf(client, melding, moeder)["Location"] == pad


@pytest.mark.regel("RW-7.8")
def test_de_reactie_blijft_open_tot_zij_is_vastgelegd_of_gemotiveerd_niet(client, melding, moeder, noor):
    bericht = informeer(melding.stap, moeder, door=noor, moment="melding", meldingsnummer=melding.nummer)
    voer_uit(bericht, "doe_anders", door=noor, toelichting="Verteld aan de keukentafel.")
    assert taak(melding) is not None
    pad = f"{melding.casus.pad()}informeren/{melding.stap_id}/{moeder.pk}/reactie/"
    assert client.post(pad, {"reactie": " ", "reden": ""}).status_code == 422
    assert client.post(pad, {"reactie": "Het klopt niet wat er staat.", "reden": ""}).status_code == 302
    assert taak(melding) is None
    bladzijde = client.get(f"{melding.casus.pad()}informeren/").content.decode()
    assert "Het klopt niet wat er staat." in bladzijde
    later = factories.melding(door=noor, casus=melding.casus)
    assert taak(later) is not None
    leg_reactie_vast(later.stap, moeder, door=noor, meldingsnummer=later.nummer, reden="wilde niets zeggen")
    assert taak(later) is not None
    niet = informeer(later.stap, moeder, door=noor, moment="melding", meldingsnummer=later.nummer)
    voer_uit(niet, "zie_af", door=noor, reden="onveilig")
    assert taak(later) is None


@pytest.mark.regel("RW-7.8")
def test_een_lege_reactie_en_een_vreemde_weigert_de_database(melding, moeder, noor):
    with pytest.raises(IntegrityError, match="rw_7_8_reactie_of_reden"), transaction.atomic():
        Reactie.objects.create(stap=melding.stap, betrokkene=moeder, reactie=" ", reden_geen_reactie="", door=noor)
    elders = factories.betrokkene(factories.melding(door=noor).casus, voornamen="Yusuf", achternaam="Demir")
    with pytest.raises(IntegrityError, match="rw_7_3"), transaction.atomic():
        Reactie.objects.create(stap=melding.stap, betrokkene=elders, reactie="Ja.", door=noor)


@pytest.mark.regel("RW-7.13")
def test_een_kind_wordt_geinformeerd_via_wie_gezag_heeft(client, melding, moeder, noor):
    sem = factories.betrokkene(melding.casus, voornamen="Sem", achternaam="Bos", geboortedatum=date(2018, 5, 6))
    buurvrouw = factories.betrokkene(melding.casus, voornamen="Ans", achternaam="Kok", geboortedatum=date(1960, 1, 1))
    assert gezaghebbenden_van(sem) == []
    Familieband(persoon=moeder.persoon, soort="ouder", ander=sem.persoon).bewaar(door=noor, reden="test")
    assert gezaghebbenden_van(sem) == [moeder]
    pad = schrijf(client, melding, sem, via=str(moeder.pk))["Location"]
    gevraagd = Terugkoppeling.objects.get()
    assert (gevraagd.aan, gevraagd.soort_ontvanger, gevraagd.betrokkene, gevraagd.via) == (
        "Marloes Bos", "gezaghebbende", sem, moeder,
    )  # fmt: skip
    assert "over Sem" in client.get(pad).content.decode()
    with pytest.raises(RegelGeweigerd, match="geen gezag"):
        informeer(melding.stap, sem, door=noor, moment="melding", meldingsnummer=melding.nummer, via=buurvrouw)


@pytest.mark.regel("RW-7.13")
def test_het_scherm_waarschuwt_voor_de_partner_op_hetzelfde_adres(client, melding, moeder):
    factories.betrokkene(melding.casus, voornamen="Rik", achternaam="Bos", geboortedatum=date(1988, 1, 2))
    bladzijde = client.get(f"{melding.casus.pad()}informeren/").content.decode()
    assert "Rik Bos woont op hetzelfde adres." in bladzijde
    assert "Marloes Bos woont op hetzelfde adres." in bladzijde


@pytest.mark.regel("RW-7.13", "RW-12.3")
def test_na_het_triagebesluit_gaat_de_brief_over_dat_besluit(client, noor):
    besluit = factories.besluit("genomen", door=noor, uitkomst="overdracht")
    melding = besluit.vht.melding
    wie = factories.betrokkene(melding.casus, voornamen="Iris", achternaam="Prins", email="i@post.example")
    schrijf(client, melding, wie, moment="triagebesluit")
    gevraagd = Terugkoppeling.objects.get(betrokkene=wie)
    assert gevraagd.uitkomst == "overdracht"
    assert "Een andere organisatie gaat u helpen." in client.get(gevraagd.pad()).context["form"]["tekst"].value()


def test_onzin_in_het_adres_of_het_formulier_geeft_geen_500(client, melding, moeder):
    assert schrijf(client, melding, moeder, moment="zomaar").status_code == 404
    assert schrijf(client, melding, moeder, via="9" * 30).status_code in {302, 404}
    assert schrijf(client, melding, moeder, via=str(10**17)).status_code == 404
    assert (
        client.post(f"{melding.casus.pad()}informeren/{melding.stap_id}/999999/", {"moment": "melding"}).status_code
        == 404
    )
    buiten = Client()
    buiten.force_login(factories.buitenstaander())
    assert schrijf(buiten, melding, moeder).status_code == 403
    assert buiten.get(f"{melding.casus.pad()}informeren/").status_code == 403


@pytest.mark.regel("PRO-3")
def test_een_advies_kent_niemand_om_te_informeren(client, noor):
    from melding.services import begin_advies

    advies = begin_advies(door=noor)
    assert "/informeren/" not in client.get(advies.pad()).content.decode()
    assert not Taak.objects.filter(soort="informeren").exists()


@pytest.mark.regel("RW-7.13")
def test_zonder_besluit_is_er_geen_bericht_over_het_besluit(client, melding, moeder):
    assert schrijf(client, melding, moeder, moment="triagebesluit").status_code == 404
    assert not Terugkoppeling.objects.exists()


@pytest.mark.regel("RW-7.8")
def test_twee_mensen_die_een_reactie_opschrijven_zien_elkaars_woorden(client, melding, moeder, noor):
    pad = f"{melding.casus.pad()}informeren/{melding.stap_id}/{moeder.pk}/reactie/"
    leeg = {veld.html_name: str(veld.value() or "") for veld in client.get(pad).context["form"]}
    assert client.post(pad, leeg | {"reactie": "Zo was het niet."}).status_code == 302
    antwoord = client.post(pad, leeg | {"reactie": "Dat klopt wel."})
    assert antwoord.status_code == 422
    assert "Zo was het niet." in antwoord.content.decode()
    assert "Dat klopt wel." in antwoord.content.decode()
    assert Reactie.objects.get().reactie == "Zo was het niet."
    verder = {veld.html_name: str(veld.value() or "") for veld in client.get(pad).context["form"]}
    assert client.post(pad, verder | {"reactie": "Zo was het niet. Later: wel."}).status_code == 302


@pytest.mark.regel("RW-7.8")
def test_de_reactie_staat_op_de_bladzijde_van_die_melding(client, melding, moeder, noor):
    later = factories.melding(door=noor, casus=melding.casus)
    assert "heeft gereageerd" in client.get(melding.pad()).content.decode()
    leg_reactie_vast(melding.stap, moeder, door=noor, meldingsnummer=melding.nummer, reactie="Dat klopt niet.")
    leg_reactie_vast(later.stap, moeder, door=noor, meldingsnummer=later.nummer, reden="wilde niets zeggen")
    eerste, tweede = (client.get(m.pad()).content.decode() for m in (melding, later))
    assert "Dat klopt niet." in eerste
    assert "Marloes Bos" in eerste
    assert "Dat klopt niet." not in tweede
    assert "wilde niets zeggen" in tweede
