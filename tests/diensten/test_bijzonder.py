"""A ban, a crisis, a direct request: the fact who carries out what leads to the choice, and nothing is forgotten."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from casus.models import Bericht, Familieband, Taak, Terugkoppeling
from casus.services.terugkoppeling.schrijven import concepttekst
from casus.services.vastleggen import leg_contact_vast
from diensten.models import VV, Keuze, Maatwerk, Overdracht
from diensten.services.keuzes import maak_keuze
from diensten.services.overdrachten import bereid_voor
from melding.models import Melding
from melding.services import wijzig_melding
from tests import factories
from triage.models import VHT
from triage.services import voeg_vorm_toe
from vt_cvs.kern.overgangen import voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Code
from vt_cvs.organisatie.selectors import vergeet_codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(noor) -> Client:
    client = Client()
    client.force_login(noor)
    return client


def bijzondere_keuze(door, aanleiding="thv", *, uitkomst="bij_vt", **taken) -> Keuze | None:
    """The open choice of a report of this kind, after an acute triagebesluit and a first contact."""
    besluit = factories.besluit(door=door)
    wijzig_melding(besluit.vht.melding, door=door, aanleiding=aanleiding, **taken)
    tweede = factories.collega(door)
    besluit = voer_uit(besluit, "leg_voor", door=door, uitkomst=uitkomst, tweede=tweede, motivering="test")
    voer_uit(besluit, "bevestig", door=tweede, motivering="test")
    leg_contact_vast(besluit.casus, door=door, met="moeder", met_directbetrokkene=True)
    return Keuze.objects.filter(vht=besluit.vht).first()


def begin_van(client: Client, keuze: Keuze) -> dict[str, str]:
    """The form as it stands, sent as it is."""
    form = client.get(keuze.pad()).context["form"]
    return {v.html_name: "on" if v.value() is True else str(v.value() or "") for v in form if v.value() is not False}


def open_taken(casus, *soorten: str) -> set[str]:
    taken = Taak.objects.filter(casus=casus, stand="open")
    return set((taken.filter(soort__in=soorten) if soorten else taken).values_list("soort", flat=True))


ERNAAST = ("maatwerk_ernaast", "overdracht_ernaast", "wie_heeft_een_taak")


@pytest.mark.parametrize(
    ("aanleiding", "taak", "soort"),
    [
        pytest.param("thv", "thv-eindadvies", "Eindadvies bij het huisverbod", marks=pytest.mark.regel("RW-13.T3")),
        pytest.param(
            "crisis", "crisisinterventie", "Intensieve crisisinterventie", marks=pytest.mark.regel("RW-13.C3")
        ),
        pytest.param("maatwerk", "", "", marks=pytest.mark.regel("RW-13.R1", "RW-13.LM")),
    ],
)
def test_een_taak_van_veilig_thuis_geeft_op_het_scherm_lokaal_maatwerk_naast_de_dienst(
    client, noor, aanleiding, taak, soort
):
    keuze = bijzondere_keuze(noor, aanleiding, taak_vt=taak, taak_ander="geen")
    bladzijde = client.get(keuze.pad()).content.decode()
    assert "Lokaal maatwerk ernaast" in bladzijde
    assert client.post(keuze.pad(), begin_van(client, keuze)).status_code == 302
    melding = keuze.vht.melding
    vv, maatwerk = VV.objects.get(meldingen=melding), Maatwerk.objects.get(meldingen=melding)
    assert (vv.stand, maatwerk.stand, maatwerk.soort_maatwerk) == ("gekozen", "lopend", soort)
    assert vv.casus == maatwerk.casus
    assert not Overdracht.objects.exists()
    assert open_taken(keuze.casus, *ERNAAST) == set()


@pytest.mark.parametrize(
    ("aanleiding", "taak", "partij", "soort_partij"),
    [
        pytest.param("thv", "thv-wijkteam", "Wijkteam", "wijkteam", marks=pytest.mark.regel("RW-13.T4")),
        pytest.param("crisis", "crisis-jeugd", "Jeugdhulpaanbieder", "jeugdhulp", marks=pytest.mark.regel("RW-13.C4")),
    ],
)
def test_een_taak_van_een_ander_geeft_op_het_scherm_overdracht_naast_de_dienst(
    client, noor, aanleiding, taak, partij, soort_partij
):
    keuze = bijzondere_keuze(noor, aanleiding, taak_vt="geen", taak_ander=taak)
    assert client.post(keuze.pad(), begin_van(client, keuze)).status_code == 302
    overdracht = Overdracht.objects.get(meldingen=keuze.vht.melding)
    assert VV.objects.filter(meldingen=keuze.vht.melding).exists()
    assert (overdracht.partij, overdracht.soort_partij) == (partij, soort_partij)
    assert overdracht.zicht_op_veiligheid == partij
    assert not Maatwerk.objects.exists()


@pytest.mark.regel("RW-13.T3", "RW-13.T4")
def test_via_de_api_kan_het_anders_maar_dan_blijven_er_taken_staan_tot_het_klopt(client, noor):
    keuze = bijzondere_keuze(noor, taak_vt="thv-coordinatie", taak_ander="thv-wijkteam")
    antwoord = client.post(
        f"/api/v1/keuzes/{keuze.pk}/kies",
        {"vv": True},
        content_type="application/json",
        headers={"If-Match": f'"{keuze.versie}"'},
    )
    assert antwoord.status_code == 200
    assert open_taken(keuze.casus, *ERNAAST) == {"maatwerk_ernaast", "overdracht_ernaast"}
    taak = Taak.objects.get(soort="maatwerk_ernaast", stand="open")
    assert (taak.voor, taak.omdat) == (noor, "bij de melding staat: Coördinatie van het huisverbod")
    client.post(taak.pad, {"soort_maatwerk": "Coördinatie"})
    assert open_taken(keuze.casus, *ERNAAST) == {"overdracht_ernaast"}
    client.post(Taak.objects.get(soort="overdracht_ernaast", stand="open").pad, {})
    assert open_taken(keuze.casus, *ERNAAST) == set()


@pytest.mark.regel("RW-13.T4")
def test_een_geweigerde_overdracht_naast_de_dienst_blijft_als_taak_staan(noor):
    keuze = bijzondere_keuze(noor, taak_vt="geen", taak_ander="thv-wijkteam")
    maak_keuze(keuze, door=noor, vv=True, overdracht=True, soort_partij="wijkteam", partij="Wijkteam")
    overdracht = voer_uit(Overdracht.objects.get(), "bied_aan", door=noor)
    voer_uit(overdracht, "weiger", door=noor, reden="geen plek")
    assert open_taken(keuze.casus, *ERNAAST) == {"overdracht_ernaast"}
    wijzig_melding(keuze.vht.melding, door=noor, taak_ander="geen")
    assert open_taken(keuze.casus, *ERNAAST) == set()


@pytest.mark.regel("RW-13.T3", "RW-13.C3")
@pytest.mark.parametrize(
    ("aanleiding", "uitkomst", "vraagt"),
    [("thv", "wel", True), ("thv", "", True), ("thv", "niet", False), ("crisis", "", True), ("maatwerk", "", False)],
)
def test_zolang_niet_vaststaat_wie_een_taak_heeft_staat_er_een_taak(noor, aanleiding, uitkomst, vraagt):
    melding = factories.melding(door=noor_met_voorkant(noor), aanleiding=aanleiding, thv_uitkomst=uitkomst)
    assert ("wie_heeft_een_taak" in open_taken(melding.casus)) is vraagt
    wijzig_melding(melding, door=noor, taak_vt="geen")
    assert ("wie_heeft_een_taak" in open_taken(melding.casus)) is vraagt
    wijzig_melding(melding, door=noor, taak_ander="geen")
    assert "wie_heeft_een_taak" not in open_taken(melding.casus)


def noor_met_voorkant(noor):
    noor.rollen = ["voorkant", "achterkant"]
    noor.save()
    return noor


@pytest.mark.regel("RW-13.T3")
def test_blijkt_de_taak_pas_later_dan_komt_de_taak_er_alsnog(noor):
    keuze = bijzondere_keuze(noor, "crisis", taak_vt="geen", taak_ander="geen")
    maak_keuze(keuze, door=noor, vv=True)
    assert open_taken(keuze.casus, *ERNAAST) == set()
    wijzig_melding(keuze.vht.melding, door=noor, taak_vt="crisisinterventie")
    assert open_taken(keuze.casus, *ERNAAST) == {"maatwerk_ernaast"}
    wijzig_melding(keuze.vht.melding, door=noor, aanleiding="zorgen")
    assert (Melding.objects.get(pk=keuze.vht.melding_id).taak_vt, open_taken(keuze.casus, *ERNAAST)) == ("", set())


@pytest.mark.regel("RW-13.T4")
def test_melder_en_iedere_directbetrokkene_horen_het_en_de_brief_noemt_de_drie_onderwerpen(client, noor):
    keuze = bijzondere_keuze(noor, taak_vt="geen", taak_ander="thv-wijkteam")
    casus, melding = keuze.casus, keuze.vht.melding
    moeder = factories.betrokkene(casus, voornamen="Marloes", achternaam="Bos", geboortedatum=date(1990, 3, 4))
    sem = factories.betrokkene(casus, voornamen="Sem", achternaam="Bos", geboortedatum=date.today().replace(day=1))
    Familieband(persoon=moeder.persoon, soort="ouder", ander=sem.persoon).bewaar(door=noor, reden="test")
    client.post(keuze.pad(), begin_van(client, keuze))
    berichten = Terugkoppeling.objects.filter(meldingsnummer=melding.nummer, moment="overdracht")
    wie = {(b.betrokkene, b.via) for b in berichten}
    assert wie == {(None, None), (moeder, None), (sem, moeder)}
    assert (
        Taak.objects.filter(soort="terugkoppeling", stand="open", onderwerp_id__in=berichten.values("pk")).count() == 3
    )
    for bericht in berichten.exclude(betrokkene=None):
        tekst = concepttekst(bericht)[1]
        assert "Wij bewaren wat wij weten in een dossier." in tekst
        assert "Wij schrijven op wat wij geven en waarom." in tekst
        assert "Dat heet een overdracht." in tekst
    vader = factories.betrokkene(casus, voornamen="Rik", achternaam="Bos", geboortedatum=date(1988, 1, 2))
    assert berichten.filter(betrokkene=vader).exists()


@pytest.mark.regel("RW-13.T4", "RAD-8")
def test_overdragen_voordat_iedereen_het_weet_vraagt_een_motivering_en_de_brief_zegt_wie_zicht_houdt(noor):
    keuze = bijzondere_keuze(noor, taak_vt="geen", taak_ander="thv-wijkteam", thv_uitkomst="wel")
    factories.betrokkene(keuze.casus, voornamen="Marloes", achternaam="Bos", geboortedatum=date(1990, 3, 4))
    voeg_vorm_toe(VHT.objects.get(pk=keuze.vht_id), door=noor, vorm="pg-lichamelijk", feit="slag", bron="politie")
    maak_keuze(keuze, door=noor, vv=True, overdracht=True, soort_partij="wijkteam", partij="Wijkteam Zuid")
    overdracht = Overdracht.objects.get()
    assert "Aanleiding: THV/RIHG, uitgesproken." in overdracht.advies_en_aandachtspunten
    assert "(Ex-)partnergeweld: lichamelijk" in overdracht.advies_en_aandachtspunten
    for stap in ("bied_aan", "accepteer"):
        overdracht = voer_uit(overdracht, stap, door=noor)
    with pytest.raises(RegelGeweigerd) as fout:
        voer_uit(overdracht, "draag_over", door=noor)
    assert {(b.regel.id, b.hard) for b in fout.value.belemmeringen if b.regel} == {("RW-13.T4", False)}
    assert {b.uitleg for b in fout.value.belemmeringen} == {
        "De melder weet nog niet van de overdracht.",
        "Marloes Bos weet nog niet van de overdracht.",
    }
    for bericht in Terugkoppeling.objects.filter(moment="overdracht"):
        voer_uit(bericht, "doe_anders", door=noor, toelichting="Gebeld.")
    voer_uit(overdracht, "draag_over", door=noor)
    brief = Bericht.objects.get(onderwerp="Overdracht door Veilig Thuis")
    assert "Zicht op de veiligheid houdt: Wijkteam Zuid." in brief.tekst
    assert "Aanleiding: THV/RIHG, uitgesproken." in brief.tekst


@pytest.mark.regel("RW-13.T4")
def test_na_een_triagebesluit_overdracht_hoort_de_melder_het_al_en_de_directbetrokkene_hier(noor):
    assert bijzondere_keuze(noor, uitkomst="overdracht", taak_vt="geen", taak_ander="thv-wijkteam") is None
    overdracht = Overdracht.objects.get()
    factories.betrokkene(overdracht.casus, voornamen="Marloes", achternaam="Bos", geboortedatum=date(1990, 3, 4))
    momenten = Terugkoppeling.objects.filter(betrokkene=None).values_list("moment", flat=True)
    assert list(momenten) == ["triagebesluit"]
    assert Terugkoppeling.objects.filter(moment="overdracht").count() == 1


def test_een_gewone_overdracht_brengt_deze_plichten_niet_mee(noor):
    overdracht = factories.overdracht(door=noor)
    factories.betrokkene(overdracht.casus, voornamen="Marloes", achternaam="Bos")
    assert not Terugkoppeling.objects.filter(moment="overdracht").exists()
    bereid_voor(overdracht, door=noor, partij="Wijkteam Noord")
    assert "Wat er speelt" not in overdracht.advies_en_aandachtspunten


@pytest.mark.regel("RW-13.T3", "RW-2.2")
def test_de_beheerder_bepaalt_welke_taken_er_zijn(client, noor):
    Code.objects.filter(lijst="taak_vt").exclude(code="geen").delete()
    Code.objects.create(lijst="taak_vt", code="nazorg", label="Nazorg na het huisverbod")
    vergeet_codes("taak_vt")
    keuze = bijzondere_keuze(noor, taak_vt="nazorg", taak_ander="geen")
    scherm = client.get(keuze.vht.melding.pad()).content.decode()
    assert "Nazorg na het huisverbod" in scherm
    assert "Coördinatie van het huisverbod" not in scherm
    assert begin_van(client, keuze)["soort_maatwerk"] == "Nazorg na het huisverbod"


@pytest.mark.regel("RW-13.T3")
def test_een_taak_zonder_bijzondere_melding_weigert_de_database(noor):
    melding = factories.melding(door=noor_met_voorkant(noor), aanleiding="zorgen")
    with (
        pytest.raises(IntegrityError, match="rw_13_t3_taak_bij_bijzondere_melding"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE melding_melding SET taak_vt = 'thv-beide' WHERE id = %s", [melding.pk])
    assert Melding.objects.get(pk=melding.pk).taak_vt == ""
