"""Asking and giving: never without ground and purpose, never waiting for consent, in sight until there is an answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from casus.informatie.services import leg_verstrekking_vast, vraag_informatie
from casus.inzage.samenstellen import stel_samen
from casus.inzage.services import open_verzoek
from casus.models import Bericht, Bijlage, Informatieverzoek, Logregel, Taak, Verstrekking
from casus.services.casussen import sluit_casus
from tests import factories
from tests.machines import JA, NEE, NOOIT, controleer_regel, controleer_trigger, controleer_volledig
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.kern.uitpost import bezorg
from vt_cvs.organisatie.models import Medewerker, Rol

pytestmark = [pytest.mark.django_db, pytest.mark.regel("PRO-4")]
STAND = Informatieverzoek.Stand
WAT = {
    "aan": "Basisschool De Linde",
    "vraagtekst": "Hoe gaat het met Sem in de klas?",
    "doel": "Weten of Sem veilig is.",
    "informatiegrond": "taak",
    "verteld": "vooraf",
}


@pytest.fixture
def noor() -> Medewerker:
    return factories.medewerker(Rol.VOORKANT, Rol.ACHTERKANT)


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


@pytest.fixture
def casus(noor):
    return factories.melding(door=noor).casus


@pytest.fixture
def sem(casus):
    return factories.betrokkene(casus, voornamen="Sem", achternaam="Bos", geboortedatum=date(2018, 5, 6))


def over_twee_weken() -> date:
    return timezone.localdate() + timedelta(days=14)


def gevraagd(casus, door, stand: str = "gevraagd", **velden) -> Informatieverzoek:
    verzoek = vraag_informatie(casus, door=door, antwoord_uiterlijk=over_twee_weken(), **{**WAT, **velden})
    if stand == STAND.BEANTWOORD:
        verzoek = voer_uit(verzoek, "leg_antwoord_vast", door=door, antwoord="Het gaat goed.")
    if stand == STAND.ZONDER:
        verzoek = voer_uit(verzoek, "sluit_zonder_antwoord", door=door, reden="de school wil niets zeggen")
    return verzoek


def taken(verzoek) -> list[Taak]:
    return list(
        Taak.objects.filter(onderwerp_soort="casus.informatieverzoek", onderwerp_id=verzoek.pk, stand=Taak.Stand.OPEN)
    )


TABEL = [
    # stand            stap                     noor   voorkant buiten
    (STAND.GEVRAAGD, "leg_antwoord_vast", JA, JA, NEE),
    (STAND.GEVRAAGD, "sluit_zonder_antwoord", JA, JA, NEE),
    (STAND.BEANTWOORD, "leg_antwoord_vast", NOOIT, NOOIT, NOOIT),
    (STAND.BEANTWOORD, "sluit_zonder_antwoord", NOOIT, NOOIT, NOOIT),
    (STAND.ZONDER, "leg_antwoord_vast", JA, JA, NEE),
    (STAND.ZONDER, "sluit_zonder_antwoord", NOOIT, NOOIT, NOOIT),
]
GEGEVENS = {"leg_antwoord_vast": {"antwoord": "Goed."}, "sluit_zonder_antwoord": {"reden": "hoeft niet meer"}}


@pytest.mark.parametrize("rij", TABEL, ids=lambda rij: f"{rij[0]}-{rij[1]}")
def test_wie_wat_mag_in_welke_stand(casus, noor, rij):
    stand, stap, *verwacht = rij
    wie = {"noor": noor, "voorkant": factories.collega(noor, Rol.VOORKANT), "buiten": factories.buitenstaander()}
    controleer_regel(gevraagd(casus, noor, stand), stap, dict(zip(wie, verwacht, strict=True)), wie, GEGEVENS[stap])


def test_de_tabel_is_volledig_en_de_database_kent_dezelfde_pijlen():
    controleer_volledig(Informatieverzoek, TABEL)
    controleer_trigger(Informatieverzoek)


def test_vragen_op_het_scherm_geeft_brief_taak_en_regel_op_de_tijdlijn(client, casus, sem, noor):
    assert "/informatie/" in client.get(casus.pad()).content.decode()
    pad = f"{casus.pad()}informatie/vragen/"
    data = {**WAT, "vraagwijze": "brief", "adres": "Schoolstraat 1", "over_wie": [sem.pk],
            "antwoord_uiterlijk": f"{over_twee_weken():%d-%m-%Y}"}  # fmt: skip
    assert client.post(pad, data).status_code == 302
    verzoek = Informatieverzoek.objects.get()
    assert (verzoek.stand, verzoek.stap.soort, list(verzoek.over_wie.all())) == ("gevraagd", "triage", [sem])
    [taak] = taken(verzoek)
    assert (taak.voor, taak.uiterlijk, taak.pad) == (noor, over_twee_weken(), verzoek.pad())
    tekst = Bericht.objects.get().tekst
    for zin in ("Sem Bos, geboren op", WAT["vraagtekst"], WAT["doel"], "wettelijke taak van Veilig Thuis"):
        assert zin in tekst
    bezorg()
    document = Bericht.objects.get().document
    assert document is not None
    assert document.mediatype == "application/pdf"
    assert document.naam in client.get(verzoek.pad()).content.decode()
    assert Logregel.objects.filter(casus=casus, zin="Informatie gevraagd", op_tijdlijn=True).exists()
    assert "Informatie gevraagd" in client.get(casus.pad()).content.decode()


def test_een_antwoord_met_bijlage_sluit_de_taak(client, casus, noor):
    verzoek = gevraagd(casus, noor, vraagwijze="telefoon")
    assert not Bericht.objects.exists()
    bestand = SimpleUploadedFile("antwoord.txt", b"Sem komt vaak te laat.", content_type="text/plain")
    assert client.post(verzoek.pad(), {"antwoord": "", "versie": verzoek.versie}).status_code == 422
    antwoord = client.post(verzoek.pad(), {"antwoord": "Zie bijlage.", "versie": verzoek.versie, "bijlage": bestand})
    assert antwoord.status_code == 302
    verzoek = Informatieverzoek.objects.get()
    assert (verzoek.stand, verzoek.antwoord, verzoek.antwoordbijlage) == (
        "beantwoord", "Zie bijlage.", Bijlage.objects.get(),
    )  # fmt: skip
    assert taken(verzoek) == []
    assert "antwoord.txt" in client.get(verzoek.pad()).content.decode()


def test_geen_antwoord_op_tijd_staat_als_te_laat_bij_het_werk_en_houdt_sluiten_tegen(client, casus, noor):
    verzoek = gevraagd(casus, noor)
    Taak.objects.exclude(soort="informatieverzoek").delete()
    Informatieverzoek.objects.filter(pk=verzoek.pk).update(antwoord_uiterlijk=timezone.localdate() - timedelta(days=1))
    Taak.objects.update(uiterlijk=timezone.localdate() - timedelta(days=1))
    assert "1 dag te laat" in client.get("/werk/").content.decode()
    assert "1 dag te laat" in client.get(f"{casus.pad()}informatie/").content.decode()
    with pytest.raises(RegelGeweigerd):
        sluit_casus(casus, door=noor)
    client.post(f"{verzoek.pad()}zonder/", {"reden": "school is dicht", "versie": verzoek.versie})
    verzoek = Informatieverzoek.objects.get()
    assert (verzoek.stand, verzoek.reden_zonder_antwoord, taken(verzoek)) == ("zonder", "school is dicht", [])


def test_een_laat_antwoord_kan_altijd_nog_ook_via_de_api(client, casus, noor):
    verzoek = gevraagd(casus, noor, "zonder")
    antwoord = client.post(
        f"/api/v1/informatieverzoeken/{verzoek.pk}/leg-antwoord-vast",
        {"antwoord": "Toch nog gebeld: het gaat goed."},
        content_type="application/json",
        headers={"If-Match": f'"{verzoek.versie}"'},
    )
    assert antwoord.status_code == 200
    assert Informatieverzoek.objects.get().antwoord == "Toch nog gebeld: het gaat goed."


@pytest.mark.parametrize(
    ("weg", "veld"), [("doel", "doel"), ("vraagtekst", "vraagtekst"), ("informatiegrond", "informatiegrond"),
                      ("verteld", "verteld"), ("aan", "aan")],
)  # fmt: skip
def test_zonder_doel_grond_vraag_of_ontvanger_gaat_er_niets_weg(client, casus, weg, veld):
    data = {**WAT, "vraagwijze": "brief", "antwoord_uiterlijk": f"{over_twee_weken():%d-%m-%Y}", weg: " "}
    antwoord = client.post(f"{casus.pad()}informatie/vragen/", data)
    assert antwoord.status_code == 422
    assert veld in antwoord.context["form"].errors
    assert not Informatieverzoek.objects.exists()
    assert not Bericht.objects.exists()


def test_niet_vertellen_vraagt_een_reden_en_iemand_van_elders_kan_niet(client, casus, noor):
    data = {**WAT, "verteld": "niet", "vraagwijze": "brief", "antwoord_uiterlijk": f"{over_twee_weken():%d-%m-%Y}"}
    antwoord = client.post(f"{casus.pad()}informatie/vragen/", data)
    assert "Schrijf op waarom je het niet vertelt." in antwoord.content.decode()
    elders = factories.betrokkene(factories.melding(door=noor).casus, voornamen="Yusuf", achternaam="Demir")
    assert client.post(f"{casus.pad()}informatie/vragen/", {**data, "betrokkene": elders.pk}).status_code == 422
    with pytest.raises(RegelGeweigerd, match="andere casus"):
        gevraagd(casus, noor, over_wie=[elders])
    with pytest.raises(RegelGeweigerd, match="grond"):
        gevraagd(casus, noor, informatiegrond="verzonnen")


def test_een_verstrekking_staat_vast_met_grond_en_doel(client, casus, noor):
    data = {"aan": "Huisarts Jansen", "gegeven": "Verteld dat er een melding is.", "doel": "Samen zicht houden.",
            "informatiegrond": "taak", "verteld": "vooraf"}  # fmt: skip
    assert client.post(f"{casus.pad()}informatie/geven/", {**data, "doel": ""}).status_code == 422
    assert client.post(f"{casus.pad()}informatie/geven/", data).status_code == 302
    rij = Verstrekking.objects.get()
    bladzijde = client.get(f"{casus.pad()}informatie/").content.decode()
    for zin in ("Huisarts Jansen", "Verteld dat er een melding is.", "Samen zicht houden."):
        assert zin in bladzijde
    assert Logregel.objects.filter(casus=casus, zin="Informatie verstrekt", op_tijdlijn=True).exists()
    with pytest.raises(DatabaseError, match="casus_verstrekking"), transaction.atomic():
        Verstrekking.objects.filter(pk=rij.pk).update(gegeven="Niets.")


@pytest.mark.parametrize(
    ("zet", "naam"),
    [
        ("doel = ' '", "pro_4_verzoek_heeft_grond_en_doel"),
        ("informatiegrond = ''", "pro_4_verzoek_heeft_grond_en_doel"),
        ("verteld = ''", "pro_4_verzoek_zegt_of_het_is_verteld"),
        ("verteld = 'niet', reden_niet_verteld = ' '", "pro_4_verzoek_niet_verteld_met_reden"),
        ("stand = 'zonder'", "pro_4_zonder_antwoord_met_reden"),
        ("stand = 'beantwoord'", "pro_4_beantwoord_heeft_datum"),
    ],
)
def test_wat_vast_moet_staan_weigert_de_database(casus, noor, zet, naam):
    verzoek = gevraagd(casus, noor)
    with pytest.raises(IntegrityError, match=naam), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE casus_informatieverzoek SET {zet} WHERE id = %s", [verzoek.pk])


def test_een_partij_uit_een_andere_casus_weigert_de_database(casus, noor):
    verzoek = gevraagd(casus, noor)
    elders = factories.betrokkene(factories.melding(door=noor).casus, voornamen="Yusuf", achternaam="Demir")
    with pytest.raises(IntegrityError, match="pro_4"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE casus_informatieverzoek SET betrokkene_id = %s WHERE id = %s", [elders.pk, verzoek.pk])


def test_een_advies_kent_geen_uitwisseling(client, noor):
    from melding.services import begin_advies

    casus = begin_advies(door=noor).stap.casus
    assert "/informatie/" not in client.get(casus.pad()).content.decode()
    with pytest.raises(RegelGeweigerd, match="advies"):
        gevraagd(casus, noor)
    with pytest.raises(RegelGeweigerd, match="advies"):
        leg_verstrekking_vast(casus, door=noor, aan="School", gegeven="Iets", doel="Iets", informatiegrond="taak")


def test_geen_stap_na_een_melding_eist_toestemming():
    """No machine asks for a consent, and no ground but one speaks of it."""
    from vt_cvs.kern.overgangen import Toestandsmodel
    from vt_cvs.web.stappen import modellen

    stappen = [
        (model.__name__, o.naam, p.name)
        for model in modellen()
        if issubclass(model, Toestandsmodel) and model.__name__ != "Advies"
        for o in model.overgangen()
        for p in o.gegevens
    ]
    assert len(stappen) > 20
    assert not [s for s in stappen if "toestemming" in s[2] or "toestemming" in s[1]]


def test_de_overdracht_staat_vanzelf_bij_wat_is_gegeven(noor):
    overdracht = factories.overdracht("overgedragen", door=noor)
    rij = Verstrekking.objects.get()
    assert (rij.aan, rij.informatiegrond, rij.stap) == ("Wijkteam Zuid", "taak", overdracht.stap)


def test_de_client_leest_het_in_gewone_taal_na_screening(casus, sem, noor):
    gevraagd(casus, noor, "beantwoord")
    leg_verstrekking_vast(
        casus, door=noor, aan="Huisarts", gegeven="Dat er zorgen zijn.", doel="Zicht houden.", informatiegrond="taak"
    )
    moeder = factories.betrokkene(casus, voornamen="Marloes", achternaam="Bos", geboortedatum=date(1990, 3, 4))
    verzoek = open_verzoek(casus, moeder, door=noor)
    voer_uit(verzoek, "begin_screening", door=noor)
    gevonden = " ".join(deel.stuk.tekst for deel in stel_samen(verzoek).delen)
    for zin in ("vroeg Veilig Thuis iets aan: Basisschool De Linde.", "Hoe gaat het met Sem in de klas?",
                "Het gaat goed.", "gaf Veilig Thuis informatie aan: Huisarts.", "Waarvoor: Zicht houden."):  # fmt: skip
        assert zin in gevonden
