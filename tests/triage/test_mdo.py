"""A triagebesluit of an MDO: several decide together, each signs under their own log-in, the first makes it hold."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from casus.models import Taak
from casus.rechten import mag_lezen
from melding.services import handel_af
from tests import factories
from triage.models import Bevestiging, Deelnemer, Triagebesluit
from triage.services import bevestig_achteraf
from vt_cvs.kern.overgangen import StapKanNiet, voer_uit
from vt_cvs.kern.regels import RegelGeweigerd
from vt_cvs.organisatie.models import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def arts():
    return factories.medewerker(Rol.VERTROUWENSARTS, van=factories.team("Oost"), naam="Arend Arts")


@pytest.fixture
def mdo(noor, sanne, arts) -> Triagebesluit:
    besluit = factories.besluit(door=noor)
    return voer_uit(besluit, "leg_voor", door=noor, uitkomst="bij_vt", tweede=sanne, deelnemers=[arts, sanne])


def verzoeken() -> set:
    return {taak.voor for taak in Taak.objects.filter(soort="tekenen", stand="open")}


@pytest.mark.regel("RW-8.10", "RW-8.10b")
def test_ieder_van_het_mdo_krijgt_een_verzoek_en_kan_de_casus_lezen(mdo, sanne, arts):
    assert verzoeken() == {sanne, arts}
    assert [str(deelnemer) for deelnemer in mdo.deelnemers.all()] == [sanne.naam, arts.naam]
    assert mag_lezen(arts, mdo)
    assert mdo.nog_te_tekenen == [sanne, arts]


@pytest.mark.regel("RW-8.10", "RW-8.10b")
def test_de_eerste_handtekening_laat_het_gelden_en_wie_nog_niet_tekende_doet_dat_daarna(mdo, noor, sanne, arts):
    besluit = voer_uit(mdo, "bevestig", door=arts)
    assert (besluit.is_genomen, besluit.tweede, besluit.is_bevestigd) == (True, arts, False)
    assert verzoeken() == {sanne}
    with pytest.raises(RegelGeweigerd, match=f"Nog te tekenen door {sanne.naam}"):
        handel_af(besluit.vht.melding, door=noor)
    with pytest.raises(StapKanNiet, match="al getekend"):
        bevestig_achteraf(besluit, door=arts, oordeel="eens")
    bevestig_achteraf(besluit, door=sanne, oordeel="eens")
    assert besluit.is_bevestigd
    assert verzoeken() == set()
    assert set(Bevestiging.objects.values_list("getekend_door", flat=True)) == {sanne.pk, arts.pk}


@pytest.mark.regel("RW-8.10b", "RW-9.3")
def test_bezwaar_na_de_eerste_handtekening_verandert_het_besluit_niet(mdo, noor, sanne, arts):
    besluit = voer_uit(mdo, "bevestig", door=sanne)
    bevestig_achteraf(besluit, door=arts, oordeel="terug", toelichting="Ik mis de school.")
    assert Triagebesluit.objects.get(pk=besluit.pk).versie == besluit.versie
    assert Taak.objects.get(soort="besluit_aanpassen", stand="open").voor == noor


@pytest.mark.regel("RW-8.10b")
def test_bezwaar_voor_de_eerste_handtekening_brengt_het_voorstel_terug(mdo, noor, sanne, arts):
    besluit = voer_uit(mdo, "geef_terug", door=arts, toelichting="Ik mis de school.")
    assert besluit.stand == "concept"
    assert verzoeken() == set()
    besluit = voer_uit(besluit, "leg_voor", door=noor, uitkomst="bij_vt", tweede=sanne)
    assert (verzoeken(), besluit.nog_te_tekenen) == ({sanne}, [sanne])


@pytest.mark.regel("RW-8.13")
def test_wordt_het_intussen_acuut_dan_vervalt_het_mdo(mdo, noor, sanne, arts):
    besluit = voer_uit(mdo, "haal_terug", door=noor)
    besluit = voer_uit(besluit, "neem_acuut", door=noor, tweede=arts, motivering="direct gevaar")
    assert not besluit.deelnemers.exists()
    assert (verzoeken(), besluit.nog_te_tekenen) == ({arts}, [arts])


@pytest.mark.regel("RW-8.10")
@pytest.mark.parametrize("wie", ["opsteller", "systeem", "voorkant"])
def test_wie_niet_mag_tekenen_beslist_ook_in_een_mdo_niet_mee(noor, sanne, wie):
    mensen = {"opsteller": noor, "systeem": factories.systeem(), "voorkant": factories.collega(noor, Rol.VOORKANT)}
    with pytest.raises(RegelGeweigerd) as fout:
        voer_uit(
            factories.besluit(door=noor),
            "leg_voor",
            door=noor,
            uitkomst="bij_vt",
            tweede=sanne,
            deelnemers=[mensen[wie]],
        )
    assert [b.veld for b in fout.value.belemmeringen] == ["deelnemers"]


@pytest.mark.regel("RW-9.3")
@pytest.mark.parametrize(
    "vraag",
    [
        "DELETE FROM triage_deelnemer WHERE id = %s",
        "UPDATE triage_deelnemer SET medewerker_id = (SELECT opsteller_id FROM triage_triagebesluit) WHERE id = %s",
    ],
)
def test_wie_meebesliste_staat_vast_ook_in_de_database(mdo, sanne, vraag):
    besluit = voer_uit(mdo, "bevestig", door=sanne)
    with pytest.raises(DatabaseError, match="rw_9_3"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(vraag, [besluit.deelnemers.last().pk])
    with pytest.raises(DatabaseError, match="rw_9_3"), transaction.atomic():
        Deelnemer(besluit=besluit, medewerker=factories.collega(sanne)).bewaar(door=sanne, reden="erbij")


@pytest.mark.regel("RW-8.19", "RW-8.13")
@pytest.mark.django_db(transaction=True)
def test_twee_die_tegelijk_acuut_besluiten_nemen_er_een(noor, sanne):
    besluit = factories.vht(door=noor).besluit
    klaar, uitkomsten = threading.Barrier(2), []

    def neem(wie, tweede) -> None:
        klaar.wait(timeout=20)
        try:
            vers = Triagebesluit.objects.get(pk=besluit.pk)
            uitkomsten.append(voer_uit(vers, "neem_acuut", door=wie, tweede=tweede, motivering="spoed").opsteller)
        except StapKanNiet:
            uitkomsten.append(None)
        connection.close()

    draden = [threading.Thread(target=neem, args=paar) for paar in ((noor, sanne), (sanne, noor))]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert uitkomsten.count(None) == 1
    genomen = Triagebesluit.objects.get(stand="genomen")
    assert genomen.opsteller in uitkomsten
    assert [taak.voor for taak in Taak.objects.filter(soort="tekenen", stand="open")] == [genomen.tweede]


def test_het_scherm_vraagt_wie_er_nog_meer_meebeslisten_en_toont_wie_tekende(noor, sanne, arts, als):
    besluit = factories.besluit(door=noor)
    bladzijde = als(noor).get(besluit.pad()).content.decode()
    assert "Besproken in een MDO?" in bladzijde
    gegevens = {"uitkomst": "bij_vt", "tweede": sanne.pk, "deelnemers": [arts.pk], "versie": besluit.versie}
    antwoord = als(noor).post(besluit.pad(), gegevens | {"actie": "voorleggen"}, follow=True).content.decode()
    assert f"Voorgelegd aan {sanne.naam} en {arts.naam}" in antwoord
    besluit = Triagebesluit.objects.get(pk=besluit.pk)
    als(arts).post(besluit.tekenpad(), {"oordeel": "eens", "versie": besluit.versie})
    blad = als(sanne).get(besluit.tekenpad()).content.decode()
    assert "Dit besluit van het MDO is genomen" in blad
    als(sanne).post(besluit.tekenpad(), {"oordeel": "eens", "versie": besluit.versie})
    assert Triagebesluit.objects.get(pk=besluit.pk).is_bevestigd


def test_de_api_neemt_de_deelnemers_mee(noor, sanne, arts, als):
    besluit = factories.besluit(door=noor)
    antwoord = als(noor).post(
        f"/api/v1/triagebesluiten/{besluit.vht.melding.nummer}/leg-voor",
        {"uitkomst": "bij_vt", "tweede": sanne.pk, "deelnemers": [arts.pk]},
        content_type="application/json",
        headers={"If-Match": f'"{besluit.versie}"'},
    )
    assert antwoord.status_code == 200, antwoord.json()
    assert set(Deelnemer.objects.values_list("medewerker", flat=True)) == {sanne.pk, arts.pk}
